"""Who is who across a library: clusters of one surname's bucket, and the user's corrections.

Nothing of it is stored but the corrections; identity is a pure function of the names that a
generation's statements carry, and of them.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from index import speakers
from index.speakers import Cluster
from index.store.filters import live


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction by the user; `subject` and `object` are ids or names, by `kind`.

    merge: speaker `subject` is `object`. split: the name `object` is not `subject`'s. reject: the
    statement `subject` is none. reattribute: the statement `subject` is by `object` (None: unknown).
    """

    number: int
    kind: str
    subject: str
    object: str | None
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


def read_corrections(db: sqlite3.Connection) -> list[Correction]:
    """All corrections, in the order they were made."""
    query = "SELECT correction, kind, subject, object, created FROM corrections ORDER BY correction"
    return [Correction(*row) for row in db.execute(query)]


class Directory:
    """The speakers of one generation; built bucket by bucket as they are asked for."""

    def __init__(self, db: sqlite3.Connection, generation: int, corrections: list[Correction]) -> None:
        self._db, self._generation = db, generation
        self.rejected = {c.subject for c in corrections if c.kind == "reject"}
        self.reattributed = {c.subject: c.object for c in corrections if c.kind == "reattribute"}
        self._merges = {c.subject: c.object for c in corrections if c.kind == "merge" and c.object}
        self._splits = {(c.subject, c.object) for c in corrections if c.kind == "split"}
        self._buckets: dict[str, list[Person]] = {}

    def person(self, name: str) -> Person:
        """Who carries a name, as statements carry it."""
        for person in self._bucket(speakers.name_bucket(name)):
            if name in person.names:
                return self._redirected(person)
        return self._redirected(_alone(speakers.name_bucket(name), name))

    def find(self, typed: str) -> list[Person]:
        """Everybody whom an id or a name as a user types it can mean, ordered by id."""
        if typed.startswith("s_"):
            by_id = [self._redirected(p) for p in self.everybody if p.id == typed or self._target(p.id) == typed]
            if by_id:
                return _distinct(by_id)
        bucket = speakers.name_bucket(typed)
        people = [
            self._redirected(person) for person in self._bucket(bucket) if speakers.matches(typed, person.cluster)
        ]
        return _distinct(people)

    @cached_property
    def everybody(self) -> list[Person]:
        """All speakers before merging, ordered by id."""
        query = f"SELECT DISTINCT bucket FROM statements s WHERE bucket IS NOT NULL AND {live('s', self._generation)}"
        buckets = {row[0] for row in self._db.execute(query)}
        buckets |= {speakers.name_bucket(name) for name in self.reattributed.values() if name}
        return sorted((p for bucket in buckets for p in self._bucket(bucket)), key=lambda p: p.id)

    def names_of(self, person: Person) -> set[str]:
        """Every name of a speaker, those of the speakers merged into them included."""
        merged = [p for p in self.everybody if self._target(p.id) == person.id] if self._merges else []
        return {name for p in (person, *merged) for name in p.names}

    def _bucket(self, bucket: str) -> list[Person]:
        if bucket not in self._buckets:
            self._buckets[bucket] = list(self._people(bucket, self._names(bucket)))
        return self._buckets[bucket]

    def _names(self, bucket: str) -> Counter[str]:
        query = (
            "SELECT name, count(*) FROM statements s WHERE bucket = ? AND name IS NOT NULL "
            f"AND {live('s', self._generation)} GROUP BY name ORDER BY name"
        )
        names = Counter(dict(self._db.execute(query, (bucket,)).fetchall()))
        names.update(name for name in self.reattributed.values() if name and speakers.name_bucket(name) == bucket)
        return names

    def _people(self, bucket: str, names: Counter[str]) -> Iterator[Person]:
        for cluster in speakers.cluster(names):
            identity = speakers.speaker_id(bucket, cluster)
            apart = [name for name in cluster.names if (identity, name) in self._splits]
            together = tuple(name for name in cluster.names if name not in apart)
            if together:
                name = cluster.name if not apart else together[0]
                yield Person(identity, Cluster(name, together, cluster.key))
            for name in apart:
                yield _alone(f"{bucket}\0{name}", name)

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


def _alone(bucket: str, name: str) -> Person:
    cluster = Cluster(name, (name,))
    return Person(speakers.speaker_id(bucket, cluster), cluster)


def _distinct(people: list[Person]) -> list[Person]:
    return sorted({person.id: person for person in people}.values(), key=lambda person: person.id)
