"""Which paragraphs have which vector, as far as one generation was asked: there it never changes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

_Value = TypeVar("_Value")

MOST = 1 << 16
"""So many are kept of each, about 20 MB in all; then it begins anew."""


class Links:
    """Rows by slot and slots by row, each looked up in the database once. Threads may look for the same at once."""

    def __init__(self) -> None:
        self._rows: dict[int, list[int]] = {}
        self._slots: dict[int, int] = {}

    def rows_of(
        self, slots: Sequence[int], look: Callable[[Sequence[int]], Iterable[tuple[int, int]]]
    ) -> list[tuple[int, int]]:
        """(slot, row) of the paragraphs with these vectors, slots in the order given; `look` finds unknown ones."""
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
        found = {row: slot for row in rows if (slot := self._slots.get(row)) is not None}
        missing = [row for row in rows if row not in found]
        if missing:
            fresh = look(missing)
            found |= fresh
            _keep(self._slots, fresh)
        return found


def _keep(known: dict[int, _Value], fresh: Mapping[int, _Value]) -> None:
    if len(known) + len(fresh) > MOST:
        known.clear()
    if len(fresh) <= MOST:
        known.update(fresh)
