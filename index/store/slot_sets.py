"""Which slots beside a FAISS base matter, listed in two files that a generation shares with the next while they hold.

After a removal a list may be a quarter of the library long; what a publication costs must depend on what it changes.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.store.generations import write_durably
from index.store.vectors import Slots

DEAD, RESURRECTED = "dead.i8", "resurrected.i8"
"""The two files, in a generation's folder."""


@dataclass(frozen=True, slots=True)
class SlotList:
    """Ascending slots; `file` is where they lie already, on disk and never to be changed."""

    slots: Slots
    file: Path | None = None

    @classmethod
    def mapped(cls, path: Path) -> "SlotList":
        """The list in a file; no more of it is read than is looked at."""
        is_empty = path.stat().st_size == 0  # which cannot be mapped
        return cls(_NONE if is_empty else np.asarray(np.memmap(path, dtype="<i8", mode="r")), path)

    def __len__(self) -> int:
        return len(self.slots)

    def __contains__(self, slot: int) -> bool:
        place = self.before(slot)
        return place < len(self.slots) and int(self.slots[place]) == slot

    def before(self, slot: int) -> int:
        """How many are lower than this one: its place, if it is there."""
        return int(np.searchsorted(self.slots, slot))

    def changed(self, less: Iterable[int], plus: Iterable[int]) -> "SlotList":
        """Without some slots and with others; the very same list where that makes no difference."""
        gone = [self.before(slot) for slot in less if slot in self]
        come = np.array(sorted({slot for slot in plus if slot not in self}), dtype="<i8")
        if not gone and not len(come):
            return self
        kept = np.delete(self.slots, gone)
        return SlotList(np.insert(kept, np.searchsorted(kept, come), come))

    def write(self, path: Path) -> None:
        """Durably, once the folder is synced: another name for the file where they lie already, or a new one."""
        if self.file:
            os.link(self.file, path)
        else:
            write_durably(path, self.slots.tobytes())


_NONE: Slots = np.empty(0, dtype="<i8")
NO_SLOTS = SlotList(_NONE)


@dataclass(frozen=True, slots=True)
class SlotSets:
    """Slots that are masked, and living ones older than the base that it doesn't hold."""

    dead: SlotList = NO_SLOTS
    resurrected: SlotList = NO_SLOTS

    @classmethod
    def of(cls, folder: Path) -> "SlotSets":
        """Those of the generation in `folder`."""
        return cls(SlotList.mapped(folder / DEAD), SlotList.mapped(folder / RESURRECTED))

    def write(self, folder: Path) -> None:
        """Into the folder of a generation to be."""
        self.dead.write(folder / DEAD)
        self.resurrected.write(folder / RESURRECTED)

    def after(self, touched: Iterable[tuple[int, bool]], base_slots: int, held: SlotList) -> "SlotSets":
        """Once each of these slots lives or doesn't, beside a base that holds `held` of the first `base_slots`."""
        come, gone = list[int](), list[int]()
        for slot, alive in touched:
            (come if alive else gone).append(slot)

        def is_found(slot: int) -> bool:
            return slot >= base_slots or slot in held

        return SlotSets(
            dead=self.dead.changed(less=come, plus=filter(is_found, gone)),
            resurrected=self.resurrected.changed(less=gone, plus=(slot for slot in come if not is_found(slot))),
        )

    def dead_below(self, base_slots: int) -> int:
        """How many dead slots a base over the slots before that one holds; the others' bytes are zeroed in time."""
        return self.dead.before(base_slots)
