"""Who said what in one generation, under the corrections made so far."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.store import rows
from index.store.filters import ANY, Condition, live
from index.store.identity import Directory, Person
from index.store.mentions import Mentions
from index.store.roll import Roll
from index.types import Filters, Grouping, StatementQuery, StoredStatement

Places = npt.NDArray[np.int64]
"""Of some statements the rows of `documents` and of `statements`, (n, 2)."""
_IsListed = Callable[[str, str | None], bool]


class Groups(NamedTuple):
    """Statements in groups: the places of each group's, one group behind the other, and where each ends, (groups,)."""

    places: Places
    ends: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ends)

    def of(self, start: int, end: int) -> tuple[Places, list[int]]:
        """The places of the groups from `start` to `end`, and how many each of these has."""
        bounds = np.concatenate(([0], self.ends))[start : max(start, end) + 1]
        if len(bounds) < 2:
            return self.places[:0], []
        return self.places[bounds[0] : bounds[-1]], np.diff(bounds).tolist()


class Sayings:
    """The statements of a generation, with their speakers as a directory knows them."""

    def __init__(
        self, db: sqlite3.Connection, generation: int, directory: Directory, mentions: Callable[[], Mentions]
    ) -> None:
        self._db, self._generation, self._directory, self._mentions = db, generation, directory, mentions

    def statements(self, query: StatementQuery) -> list[StoredStatement]:
        """Statements that match, oldest document first (undated last), then by place in the text."""
        by, is_listed = self._listed(query)
        every = rows.statements(self._db, self._generation, query, by)
        return self._attributed(
            every if is_listed is None else (one for one in every if is_listed(one.id, one.statement.name))
        )

    def places(self, query: StatementQuery) -> Places:
        """Where the statements that match are, in their order: no text is read."""
        by, is_listed = self._listed(query)
        found = rows.statement_places(self._db, self._generation, query, by, is_listed)
        return np.array(found, dtype=np.int64).reshape(-1, 2)

    def groups(self, query: StatementQuery, group: Grouping) -> Groups:
        """The statements that match as `group` puts them together."""
        places = self.places(query)
        found = group(self.at(places))
        positions = [position for one in found for position in one]
        return Groups(places[positions], np.cumsum([len(one) for one in found], dtype=np.int64))

    def at(self, places: Places) -> list[StoredStatement]:
        """The statements at some places, in that order."""
        return self._attributed(rows.statements_at(self._db, places.tolist()))

    def roll(self, filters: Filters) -> Roll:
        """The speakers of what matches; `filters.speaker` picks one."""
        directory = self._directory
        people = None if filters.speaker is None else directory.find(filters.speaker)
        by = directory.may_be_named() if people is None else directory.may_be_by(people)
        ids = frozenset(person.id for person in people or ())

        def bearers(names: Iterable[str]) -> Mapping[str, Person]:
            found = directory.bearers(names)
            return found if people is None else {name: one for name, one in found.items() if one.id in ids}

        return Roll(self._namings(filters, by), bearers)

    def paragraphs_of(self, speaker: str) -> Iterator[int]:
        """Rows of the paragraphs that hold a statement of a speaker's, in no order, some of them more than once."""
        by, is_theirs = self._theirs(speaker)
        query = (
            "SELECT p.paragraph, d.id || '~' || s.suffix, s.name FROM statements s JOIN paragraphs p "
            "ON p.content = s.content AND s.start < p.end AND s.end > p.start "
            f"JOIN documents d ON d.content = s.content WHERE {by.sql} "
            f"AND {live('s', self._generation)} AND {live('d', self._generation)}"
        )
        return (row for row, *named in self._db.execute(query, by.parameters) if is_theirs(*named))

    def _namings(self, filters: Filters, by: Condition) -> Iterator[tuple[str, str | None, int, str | None]]:
        """Of each statement with a name: that name, the mention, the row of its document, and its date."""
        rejected, reattributed = self._directory.rejected, self._directory.reattributed
        for identity, given, mention, document, published in rows.namings(self._db, self._generation, filters, by):
            name = reattributed.get(identity, given)
            if name and identity not in rejected:
                yield name, mention, document, published

    def _listed(self, query: StatementQuery) -> tuple[Condition, _IsListed | None]:
        """What tells by speaker and mention which statements are listed: see `_theirs`; None where all of those are."""
        rejected = self._directory.rejected
        by, is_listed = ANY, (lambda identity, _: identity not in rejected) if rejected else None
        if query.filters.speaker is not None:
            by, is_listed = self._theirs(query.filters.speaker)
        if query.mentions is not None:
            called = rows.listed(self._mentions().statements(query.mentions))
            by = Condition(f"{by.sql} AND s.statement {rows.AMONG}", (*by.parameters, called))
        return by, is_listed

    def _theirs(self, speaker: str) -> tuple[Condition, _IsListed]:
        """A clause that holds for all statements of a speaker's, and a test by id and name of those it finds."""
        directory = self._directory
        people = directory.find(speaker)
        ids = frozenset(person.id for person in people)

        def is_theirs(identity: str, given: str | None) -> bool:
            name = directory.reattributed.get(identity, given)
            return bool(name and identity not in directory.rejected and directory.person(name).id in ids)

        return directory.may_be_by(people), is_theirs

    def _attributed(self, told: Iterable[rows.Told]) -> list[StoredStatement]:
        named = [(one, self._directory.reattributed.get(one.id, one.statement.name)) for one in told]
        people = self._directory.bearers(name for _, name in named if name)
        return [_stored(one, people[name] if name else None) for one, name in named]


def _stored(told: rows.Told, by: Person | None) -> StoredStatement:
    identity, name = (by.id, by.name) if by else (None, None)
    return StoredStatement(
        told.id, told.statement, told.text, told.cue, told.mention or None, identity, name, told.document
    )
