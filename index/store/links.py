"""Which paragraphs have which vector, as far as one generation was asked: there it never changes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import compress
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
_Value = TypeVar("_Value")

MOST = 1 << 16
"""So many are kept of each, about 20 MB in all; then it begins anew."""


_AT_ONCE = 4096
"""So many slots are looked for in one step where all are: others wait some milliseconds for Python's lock."""


class _Every(NamedTuple):
    """The rows of all slots, int64: those of slot s are `rows[starts[s] : starts[s + 1]]`; and the slots of all rows.

    The row `ascending[n]` has the vector in `slots[n]`.
    """

    starts: Integers
    rows: Integers
    ascending: Integers
    slots: Integers

    def of(self, slots: Integers) -> tuple[Integers, Integers]:
        """Of each row of these slots the place of its slot among them, ascending, and the row."""
        starts = self.starts[slots]
        counts = self.starts[slots + 1] - starts
        # Each slot's rows lie side by side, wherever they begin.
        offsets = np.repeat(starts - np.cumsum(counts) + counts, counts)
        return np.repeat(np.arange(len(slots)), counts), self.rows[offsets + np.arange(len(offsets))]

    def slots_of(self, rows: Sequence[int]) -> dict[int, int]:
        """The slot of each of these rows that has one."""
        if not len(self.ascending):
            return {}
        places = np.minimum(np.searchsorted(self.ascending, rows), len(self.ascending) - 1)
        there = self.ascending[places] == rows
        return dict(zip(compress(rows, there.tolist()), self.slots[places[there]].tolist(), strict=True))


class Links:
    """Rows by slot and slots by row, each looked up in the database once. Threads may look for the same at once."""

    def __init__(self) -> None:
        self._every: _Every | None = None
        self._rows: dict[int, list[int]] = {}
        self._slots: dict[int, int] = {}

    def rows_of(
        self, slots: Integers, look: Callable[[Sequence[int]], Iterable[tuple[int, int]]]
    ) -> tuple[Integers, Integers]:
        """The paragraphs with these vectors: the place of each one's slot among `slots`, ascending, and its row.

        `look` gives (slot, row) of unknown slots.
        """
        every = self._every
        if every is not None:
            return every.of(slots)
        wanted: list[int] = slots.tolist()
        found = {slot: rows for slot in wanted if (rows := self._rows.get(slot)) is not None}
        missing = [slot for slot in wanted if slot not in found]
        if missing:
            fresh: dict[int, list[int]] = {slot: [] for slot in missing}
            for slot, row in look(missing):
                fresh[slot].append(row)
            found |= fresh
            _keep(self._rows, fresh)
        pairs = [(place, row) for place, slot in enumerate(wanted) for row in found[slot]]
        both = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        return both[:, 0], both[:, 1]

    def read_all(self, slots: int, look: Callable[[int, int], tuple[Integers, Integers]]) -> None:
        """Look up the rows of all slots, which are `slots`, 32 bytes each: `rows_of` looks up none from then on.

        `look` gives the slots in a range, which ascend, once for each row, and the rows.
        """
        if self._every is not None:
            return
        parts = [look(start, min(start + _AT_ONCE, slots)) for start in range(0, slots, _AT_ONCE)]
        none = np.empty(0, dtype=np.int64)
        of, rows = (np.concatenate([none, *some]) for some in (list(zip(*parts, strict=True)) or [(), ()]))
        order = np.argsort(rows)
        self._every = _Every(np.searchsorted(of, np.arange(slots + 1)), rows, rows[order], of[order])
        self._rows.clear()
        self._slots.clear()

    @property
    def are_read(self) -> bool:
        """Whether all are read, for good."""
        return self._every is not None

    def slots_among(self, rows: Integers) -> Integers:
        """The slots of all of these distinct rows, ascending, once `read_all` has read them."""
        assert self._every is not None
        starts, every, *_ = self._every
        before = np.concatenate([[0], np.cumsum(np.isin(every, rows, assume_unique=True))])[starts]
        return np.flatnonzero(before[1:] > before[:-1])

    def slots_of(self, rows: Sequence[int], look: Callable[[Sequence[int]], Mapping[int, int]]) -> dict[int, int]:
        """The slot of each of these rows that has one. One that has none is looked for each time: it may get one."""
        every, known = self._every, self._slots
        found = every.slots_of(rows) if every else {row: at for row in rows if (at := known.get(row)) is not None}
        missing = [row for row in rows if row not in found]
        if missing:
            fresh = look(missing)
            found |= fresh
            if not every:
                _keep(known, fresh)
        return found


def _keep(known: dict[int, _Value], fresh: Mapping[int, _Value]) -> None:
    if len(known) + len(fresh) > MOST:
        known.clear()
    if len(fresh) <= MOST:
        known.update(fresh)
