"""Which paragraphs have which vector, as far as one generation was asked: there it never changes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

_Value = TypeVar("_Value")
Integers = npt.NDArray[np.int64]

MOST = 1 << 16
"""So many are kept of each, about 20 MB in all; then it begins anew."""


class Links:
    """Rows by slot and slots by row, each looked up in the database once. Threads may look for the same at once."""

    def __init__(self) -> None:
        self._rows: dict[int, list[int]] = {}
        self._slots: dict[int, int] = {}
        self._all: _All | None = None

    def learn(self, slots: Integers, rows: Integers) -> None:
        """Take all links of the generation, shape (links,) each: nothing but rows without a slot is looked up then."""
        self._all = _All(slots, rows) if len(slots) else None

    def rows_of(
        self, slots: Sequence[int], look: Callable[[Sequence[int]], Iterable[tuple[int, int]]]
    ) -> list[tuple[int, int]]:
        """(slot, row) of the paragraphs with these vectors, slots in the order given; `look` finds unknown ones."""
        if self._all:
            return self._all.rows_of(slots)
        found = {slot: rows for slot in slots if (rows := self._rows.get(slot)) is not None}
        missing = [slot for slot in slots if slot not in found]
        if missing:
            fresh: dict[int, list[int]] = {slot: [] for slot in missing}
            for slot, row in look(missing):
                fresh[slot].append(row)
            found |= fresh
            _keep(self._rows, fresh)
        return [(slot, row) for slot in slots for row in found[slot]]

    def slots_of(self, rows: Sequence[int], look: Callable[[Sequence[int]], Mapping[int, int]]) -> dict[int, int]:
        """The slot of each of these rows that has one. One that has none is looked for each time: it may get one."""
        known = self._all.slots_of(rows) if self._all else self._slots
        found = {row: slot for row in rows if (slot := known.get(row)) is not None}
        missing = [row for row in rows if row not in found]
        if missing:
            fresh = look(missing)
            found |= fresh
            _keep(self._slots, fresh)
        return found


class _All:
    """Every link of a generation, by slot and by row."""

    def __init__(self, slots: Integers, rows: Integers) -> None:
        by_slot, by_row = np.lexsort((rows, slots)), np.argsort(rows)
        self._of_slots, self._of_rows = (slots[by_slot], rows[by_slot]), (rows[by_row], slots[by_row])

    def rows_of(self, wanted: Sequence[int]) -> list[tuple[int, int]]:
        slots, rows = self._of_slots
        first, behind = (np.searchsorted(slots, wanted, side).tolist() for side in ("left", "right"))
        return [
            (slot, row) for slot, a, b in zip(wanted, first, behind, strict=True) if a < b for row in rows[a:b].tolist()
        ]

    def slots_of(self, wanted: Sequence[int]) -> dict[int, int]:
        rows, slots = self._of_rows
        places = np.minimum(np.searchsorted(rows, wanted), len(rows) - 1)
        found = zip(wanted, rows[places].tolist(), slots[places].tolist(), strict=True)
        return {row: slot for row, there, slot in found if row == there}


def _keep(known: dict[int, _Value], fresh: Mapping[int, _Value]) -> None:
    if len(known) + len(fresh) > MOST:
        known.clear()
    if len(fresh) <= MOST:
        known.update(fresh)
