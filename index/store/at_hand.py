"""The paragraphs of one generation in memory, for a server of a library that is not large: there they never change."""

import sqlite3
from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from index.store import pieces, rows
from index.store.filters import live
from index.types import Kind, Page, Ref, StoredParagraph

Integers = npt.NDArray[np.int64]

MOST, MOST_CHARACTERS = 1 << 17, 1 << 26
"""Of a library of more paragraphs, or with longer ones together, none are kept: it would take a server's memory."""
_AT_ONCE = 512
"""So many are read in one step: others wait some milliseconds for Python's lock."""
_ROWS = msgspec.json.Decoder(list[int])
_WITH_DOCUMENTS = msgspec.json.Decoder(list[tuple[int, int, msgspec.Raw]])
_PACKED = msgspec.json.Decoder(tuple[str, int, int, int, Kind, Page, str])


class _Every(NamedTuple):
    """All paragraphs, by row, which ascend: row `rows[n]` is `packed[starts[n] : starts[n + 1]]`, of `documents[n]`.

    Packed they are JSON, so that they are no objects of Python's before they are asked for.
    """

    rows: Integers
    starts: Integers
    packed: bytes
    documents: Sequence[Ref]

    def of(self, wanted: Sequence[int]) -> Iterator[tuple[int, Ref, tuple[str, int, int, int, Kind, Page, str]]]:
        """Those of the `wanted` rows that there are, in their order: row, document, and what is packed of it."""
        places = np.minimum(np.searchsorted(self.rows, wanted), len(self.rows) - 1)
        are_there, starts, ends = self.rows[places] == wanted, self.starts[places], self.starts[places + 1]
        found = zip(wanted, places.tolist(), starts.tolist(), ends.tolist(), are_there.tolist(), strict=True)
        for row, place, start, end, is_there in found:
            if is_there:
                yield row, self.documents[place], _PACKED.decode(self.packed[start:end])


class AtHand:
    """Paragraphs by row, each read from the database when it is asked for, until all are read. Threads may share it."""

    def __init__(self) -> None:
        self._every: _Every | None = None

    def read_all(self, db: sqlite3.Connection, generation: int) -> None:
        """Read all there are, unless that is too much: of 100,000 of news about 30 MB, in half a second."""
        if self._every is not None:
            return
        query = (
            "SELECT json_group_array(paragraph), sum(length) FROM (SELECT p.paragraph, p.end - p.start AS length FROM "
            f"paragraphs p WHERE {live('p', generation)} ORDER BY p.paragraph LIMIT {MOST + 1})"
        )
        listed, characters = db.execute(query).fetchone()
        there = _ROWS.decode(listed)
        # Of one that was emptied the rows may be there for those who read it as it was.
        if not there or len(there) > MOST or characters > MOST_CHARACTERS:
            return
        query = f"SELECT d.document, {rows.REF_COLUMNS} FROM documents d WHERE {live('d', generation)}"
        refs = {row[0]: rows.ref(row[1:]) for row in db.execute(query)}
        numbers, starts, documents, packed = array("q"), array("q", [0]), list[Ref](), list[bytes]()
        for first, end in pairwise([*there[::_AT_ONCE], there[-1] + 1]):
            read = _WITH_DOCUMENTS.decode(_between(db, generation, first, end))
            packed.append(b"".join(raw for _, _, raw in read))
            for row, document, raw in read:
                numbers.append(row)
                documents.append(refs[document])
                starts.append(starts[-1] + len(raw))
        self._every = _Every(np.array(numbers), np.array(starts), b"".join(packed), documents)

    def paragraphs(
        self, wanted: Sequence[int], look: Callable[[Sequence[int]], list[StoredParagraph]]
    ) -> list[StoredParagraph]:
        """Those of these rows that there are, in the order asked; `look` reads them from the database."""
        if not self._every:
            return look(wanted)
        return [
            StoredParagraph(row, f"{document.id}#{suffix}", ordinal, start, end, kind, page, text, document)
            for row, document, (suffix, ordinal, start, end, kind, page, text) in self._every.of(wanted)
        ]

    def texts(
        self, wanted: Sequence[int], look: Callable[[Sequence[int]], dict[int, tuple[str, str]]]
    ) -> dict[int, tuple[str, str]]:
        """The passage id and the text of each of these rows that there is; `look` reads them from the database."""
        if not self._every:
            return look(wanted)
        return {row: (f"{document.id}#{one[0]}", one[-1]) for row, document, one in self._every.of(wanted)}


def _between(db: sqlite3.Connection, generation: int, first: int, end: int) -> str:
    """Paragraphs from one row to before another: their rows, those of their documents, and they, in JSON."""
    query = (
        "SELECT json_group_array(json_array(p.paragraph, d.document, json_array("
        f"p.suffix, p.ordinal, p.start, p.end, p.kind, p.page, {pieces.cut('p.start', 'p.end')}))) FROM "
        f"paragraphs p JOIN contents c USING (content) JOIN documents d USING (content) "
        f"{pieces.joined('p.content', 'p.start', 'p.end')} "
        f"WHERE p.paragraph >= ? AND p.paragraph < ? AND {live('d', generation)} ORDER BY p.paragraph"
    )
    return str(db.execute(query, (first, end)).fetchone()[0])
