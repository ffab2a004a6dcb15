"""Who is who across a library: clusters of one surname's bucket, and the user's corrections.

Nothing of it is stored but the corrections; identity is a pure function of the names that a
generation's statements carry, and of them.
"""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from index import speakers
from index.speakers import Cluster, Sighting
from index.store.filters import Condition, live
from index.store.mentions import MENTION, MENTIONED, Mentions


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction by the user; `subject` and `object` are ids or names, by `kind`.

    Speakers are recorded by a name of theirs, which outlives ids (an id once recorded counts as well).
    merge: speaker `subject` is `object`. split: the name `object` is not `subject`'s. reject: the
    statement `subject` is none. reattribute: the statement `subject` is by `object` (None: unknown).
    `wording` is what the statement said when it was corrected, by which it is found again.
    """

    number: int
    kind: str
    subject: str
    object: str | None
    wording: str | None
    created: str


@dataclass(frozen=True, slots=True)
class Person:
    """One speaker: an opaque id, and the cluster of their names."""

    id: str
    cluster: Cluster

    @property
    def name(self) -> str:
        """The name to show."""
        return self.cluster.name

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of theirs that statements carry."""
        return self.cluster.names


_OF_STATEMENTS = "'reject', 'reattribute'"


def read_corrections(db: sqlite3.Connection) -> list[Correction]:
    """The corrections that hold, in the order they were made; those undone or replaced stay in the table.

    A later correction of a statement replaces an earlier one, also when it is itself undone: then the document holds.
    """
    # A reader does not migrate: version 1 of the tables had no wording.
    known = db.execute("SELECT 1 FROM pragma_table_info('corrections') WHERE name = 'wording'").fetchone()
    wording = "wording" if known else "NULL"
    query = (
        f"SELECT correction, kind, subject, object, {wording}, created FROM corrections c WHERE kind != 'undo' AND "
        "CAST(correction AS TEXT) NOT IN (SELECT subject FROM corrections WHERE kind = 'undo') AND NOT EXISTS "
        "(SELECT 1 FROM corrections later WHERE later.subject = c.subject AND later.correction > c.correction "
        f"AND c.kind IN ({_OF_STATEMENTS}) AND later.kind IN ({_OF_STATEMENTS})) ORDER BY correction"
    )
    return [Correction(*row) for row in db.execute(query)]


_APART = "="
"""The key of a name that a user split off: no fuller name means it any more."""


class Known:
    """The speakers of one generation, under the same corrections, as far as they were worked out; threads may share it.

    Whoever finds something missing works it out, and everybody comes to the same.
    """

    def __init__(self) -> None:
        self.buckets: dict[str, list[Person]] = {}
        self.bearers: dict[str, dict[str, Person]] = {}
        self.by_name: dict[str, Person] = {}
        self.by_id: dict[str, Person] = {}
        self.former: dict[str, str] = {}
        self.everybody: list[Person] | None = None


class Directory:
    """The speakers of one generation; built bucket by bucket as they are asked for, into `known`."""

    def __init__(
        self,
        db: sqlite3.Connection,
        generation: int,
        corrections: list[Correction],
        known: Known,
        mentions: Callable[[], Mentions],
    ) -> None:
        self._db, self._generation, self._known, self._mentions = db, generation, known, mentions
        self.rejected = {c.subject for c in corrections if c.kind == "reject"}
        self.reattributed = {c.subject: c.object for c in corrections if c.kind == "reattribute"}
        self._merged = [(c.subject, c.object) for c in corrections if c.kind == "merge" and c.object]
        self._splits = [(c.subject, c.object) for c in corrections if c.kind == "split"]

    def person(self, name: str) -> Person:
        """Who carries a name, as statements carry it."""
        known = self._known.by_name.get(name)
        if known is None:
            known = self._known.by_name[name] = self._bearer(name)
        return known

    def _bearer(self, name: str) -> Person:
        bucket = speakers.name_bucket(name)
        self._bucket(bucket)
        return self._redirected(self._known.bearers[bucket].get(name) or _alone(bucket, name))

    def people(self) -> dict[str, str]:
        """The name to show of everybody, merged ones as one, by id."""
        redirected = (self._redirected(person) for person in self.everybody)
        return {person.id: person.name for person in redirected}

    def bearers(self, names: Iterable[str]) -> dict[str, Person]:
        """What `person` gives for each of these names, all looked up in one step."""
        wanted = set(names)
        buckets = {speakers.name_bucket(name) for name in wanted - self._known.by_name.keys()}
        missing = sorted(buckets - self._known.buckets.keys())
        if missing:
            self._learn("s.bucket IN (SELECT value FROM json_each(?))", (json.dumps(missing),), missing)
        return {name: self.person(name) for name in wanted}

    def find(self, typed: str) -> list[Person]:
        """Everybody whom an id, a name or a role as a user types it can mean, ordered by id.

        An id may be one that they had while the library knew fewer of their names, or before they
        were merged; a role (“the Kremlin spokesman”) counts where nobody has that name.
        """
        if typed.startswith("s_"):
            wanted = self._target(self._id_of(typed))
            if wanted in self._known.by_id:
                return [self._known.by_id[wanted]]
            by_id = [self._redirected(person) for person in self.everybody if self._target(person.id) == wanted]
            if by_id:
                return _distinct(by_id)
        bucket = speakers.name_bucket(typed)
        people = [person for person in self._bucket(bucket) if speakers.matches(typed, person.cluster)]
        return _distinct([self._redirected(person) for person in _meant(typed, people)] or self._with_role(typed))

    @property
    def everybody(self) -> list[Person]:
        """All speakers before merging, ordered by id."""
        if self._known.everybody is None:
            people = self._learn("s.bucket IS NOT NULL", (), map(speakers.name_bucket, self._given()))
            self._known.everybody = sorted(people, key=lambda person: person.id)
        return self._known.everybody

    def _learn(self, where: str, parameters: Sequence[object], buckets: Iterable[str]) -> list[Person]:
        """Work out those of all buckets that a clause on statements finds, and of these."""
        query = (
            f"SELECT bucket, name, count(*) FROM statements s WHERE {where} AND name IS NOT NULL "
            f"AND {live('s', self._generation)} GROUP BY bucket, name ORDER BY bucket, name"
        )
        names: dict[str, Counter[str]] = defaultdict(Counter)
        for bucket, name, count in self._db.execute(query, parameters):
            names[bucket][name] = count
        names.update((bucket, Counter()) for bucket in buckets if bucket not in names)
        for name in self._given():
            if (bucket := speakers.name_bucket(name)) in names:
                names[bucket][name] += 1
        return [person for bucket, theirs in names.items() for person in self._bucket(bucket, theirs)]

    def _given(self) -> list[str]:
        """The names that users gave to statements."""
        return [name for name in self.reattributed.values() if name]

    def names_of(self, person: Person) -> set[str]:
        """Every name of a speaker, those of the speakers merged into them included."""
        merged = [p for p in self.everybody if self._target(p.id) == person.id] if self._merges else []
        return {name for p in (person, *merged) for name in p.names}

    def may_be_by(self, people: list[Person]) -> Condition:
        """The clause that a row `s` of `statements` may be one of theirs, so that few rows need be looked at."""
        buckets = sorted({speakers.name_bucket(name) for person in people for name in self.names_of(person)})
        return self._or_given(Condition("s.bucket IN (SELECT value FROM json_each(?))", (json.dumps(buckets),)))

    def may_be_named(self) -> Condition:
        """The clause that a row `s` of `statements` may have a speaker."""
        return self._or_given(Condition("s.name IS NOT NULL"))

    def _or_given(self, by: Condition) -> Condition:
        given = sorted({statement.rpartition("~")[2] for statement, name in self.reattributed.items() if name})
        if not given:
            return by
        or_given = f"({by.sql} OR s.suffix IN (SELECT value FROM json_each(?)))"
        return Condition(or_given, (*by.parameters, json.dumps(given)))

    def _with_role(self, typed: str) -> list[Person]:
        """Everybody whom some statement's mention calls by these words; one word alone is too vague."""
        role = _plain_role(typed)
        if " " not in role:
            return []
        mentions, words = self._mentions(), role.split()
        # Most are ruled out before they are taken apart.
        holding = (wording for wording in mentions.wordings if all(word in wording.casefold() for word in words))
        said = mentions.statements(wording for wording in holding if _plain_role(wording) == role)
        query = (
            "SELECT DISTINCT s.name FROM json_each(?) w CROSS JOIN statements s ON s.statement = w.value "
            "WHERE s.name IS NOT NULL"
        )
        return [self.person(name) for (name,) in self._db.execute(query, (json.dumps(said),))]

    def _id_of(self, named: str) -> str:
        """The id, before merging, of whom a correction or a user names by a name or by an id they have or had."""
        if named.startswith("s_"):
            if named in self._known.by_id:
                return named
            # It may be of a bucket that nobody has asked for yet, or one that it had before.
            known = {person.id for person in self.everybody}
            return named if named in known else self._known.former.get(named, named)
        people = self._bucket(speakers.name_bucket(named))
        meant = [person for person in people if named in person.names] or [
            person for person in people if speakers.matches(named, person.cluster)
        ]
        return meant[0].id if len(meant) == 1 else _alone(speakers.name_bucket(named), named).id

    @cached_property
    def _merges(self) -> dict[str, str]:
        return {self._id_of(one): self._id_of(into) for one, into in self._merged}

    def _bucket(self, bucket: str, names: Counter[str] | None = None) -> list[Person]:
        """Those whose names meet under a key; `names`, with their counts, where they are read already."""
        if bucket not in self._known.buckets:
            people = list(self._people(bucket, self._names(bucket) if names is None else names))
            self._known.by_id.update((person.id, person) for person in people)
            # Thousands may have one surname: each is found by name without a look at the others.
            self._known.bearers[bucket] = {name: person for person in reversed(people) for name in person.names}
            self._known.buckets[bucket] = people
        return self._known.buckets[bucket]

    def _names(self, bucket: str) -> Counter[str]:
        query = (
            "SELECT name, count(*) FROM statements s WHERE bucket = ? AND name IS NOT NULL "
            f"AND {live('s', self._generation)} GROUP BY name ORDER BY name"
        )
        names = Counter(dict(self._db.execute(query, (bucket,)).fetchall()))
        names.update(name for name in self._given() if speakers.name_bucket(name) == bucket)
        return names

    def _sightings(self, bucket: str, names: Counter[str]) -> dict[str, list[Sighting]]:
        """Where the names of a bucket were met; looked up only where a surname alone may be that of one full name."""
        full = {name: count for name, count in names.items() if speakers.is_full(name)}
        if len(full) in (0, len(names)) or len(speakers.cluster(full)) > 1:
            return {}
        # A mention that is no longer than the name tells no more than it: only its day counts, and no text is read.
        query = (
            "SELECT DISTINCT s.name, CASE WHEN s.mention_end - s.mention_start > length(s.name) "
            f"THEN {MENTION} ELSE '' END, d.published "
            f"FROM statements s JOIN contents c USING (content) JOIN documents d USING (content) {MENTIONED} "
            f"WHERE s.bucket = ? AND {live('s', self._generation)} AND {live('d', self._generation)} ORDER BY 1, 2, 3"
        )
        seen = defaultdict[str, list[Sighting]](list)
        for name, mention, published in self._db.execute(query, (bucket,)):
            seen[name].append(Sighting(mention, published))
        return seen

    def _people(self, bucket: str, names: Counter[str]) -> Iterator[Person]:
        for cluster in speakers.cluster(names, self._sightings(bucket, names)):
            identity = speakers.speaker_id(bucket, cluster)
            former = speakers.former_ids(bucket, cluster)
            self._known.former.update(dict.fromkeys(sorted(former), identity))
            apart = [
                name
                for name in cluster.names
                if any(
                    off and speakers.is_form(name, off) and (whose in former or whose in cluster.names)
                    for whose, off in self._splits
                )
            ]
            together = tuple(name for name in cluster.names if name not in apart)
            if together:
                name = cluster.name if not apart else speakers.fullest(together, names)
                yield Person(identity, Cluster(name, together, cluster.key))
            for name in apart:
                alone = _alone(f"{bucket}\0{name}", name)
                yield Person(alone.id, Cluster(name, (name,), _APART))

    def _target(self, identity: str) -> str:
        """Where merges lead from an id; a circle ends where it was entered."""
        seen = {identity}
        while identity in self._merges and self._merges[identity] not in seen:
            identity = self._merges[identity]
            seen.add(identity)
        return identity

    def _redirected(self, person: Person) -> Person:
        target = self._target(person.id)
        if target == person.id:
            return person
        return next((p for p in self.everybody if p.id == target), person)


def _meant(typed: str, people: list[Person]) -> list[Person]:
    """Of those whom a name can mean, the ones it does mean after splits: what was split off is nobody else's name."""
    off = [person for person in people if person.cluster.key == _APART]
    exact = [person for person in off if any(name.casefold() == typed.casefold() for name in person.names)]
    return exact or [person for person in people if person not in off or not speakers.is_full(typed)]


def _plain_role(text: str) -> str:
    return (speakers.role_in(text) or "").casefold()


def _alone(bucket: str, name: str) -> Person:
    cluster = Cluster(name, (name,))
    return Person(speakers.speaker_id(bucket, cluster), cluster)


def _distinct(people: Iterable[Person]) -> list[Person]:
    return sorted({person.id: person for person in people}.values(), key=lambda person: person.id)
