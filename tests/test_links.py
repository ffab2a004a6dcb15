"""What was looked up once about slots and rows is known, and nothing else is."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.store import links
from index.store.links import Links

ROWS = {1: [10, 11], 2: [20], 3: []}
SLOTS = {10: 1, 11: 1, 20: 2}


def _slots(numbers: Sequence[int]) -> links.Integers:
    return np.array(numbers, dtype=np.int64)


def _pairs(slots: Sequence[int], places: links.Integers, rows: links.Integers) -> list[tuple[int, int]]:
    """Slots and rows, of what was found."""
    return [(slots[place], row) for place, row in zip(places.tolist(), rows.tolist(), strict=True)]


@given(st.lists(st.lists(st.sampled_from(sorted(ROWS)), unique=True, max_size=3), max_size=6), st.integers(1, 4))
def test_answers_are_those_of_the_database(asked: list[list[int]], most: int) -> None:
    """Whatever was asked before, and however few are kept."""
    known, kept = Links(), links.MOST
    links.MOST = most
    try:
        for slots in asked:
            found = known.rows_of(
                _slots(slots), lambda missing: [(slot, row) for slot in missing for row in ROWS[slot]]
            )
            assert _pairs(slots, *found) == [(slot, row) for slot in slots for row in ROWS[slot]]
            rows = [10 * slot for slot in slots]
            there = {row: SLOTS[row] for row in rows if row in SLOTS}
            assert known.slots_of(rows, lambda missing: {r: SLOTS[r] for r in missing if r in SLOTS}) == there
    finally:
        links.MOST = kept


@given(
    st.lists(st.lists(st.integers(0, 10**12), unique=True, max_size=3), max_size=9),
    st.lists(st.integers(0, 8)),
    st.data(),
)
def test_what_is_read_at_once_is_what_is_looked_up(
    held: list[list[int]], asked: list[int], data: st.DataObject
) -> None:
    """However often a slot is asked for, and whether it has paragraphs or none; nothing is looked up any more."""

    def between(start: int, end: int) -> tuple[links.Integers, links.Integers]:
        pairs = [(slot, row) for slot in range(start, end) for row in sorted(held[slot])]
        found = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        return found[:, 0], found[:, 1]

    slots = [slot for slot in asked if slot < len(held)]
    at_once = data.draw(st.integers(1, 4))
    known, kept = Links(), links._AT_ONCE
    links._AT_ONCE = at_once
    try:
        known.read_all(len(held), between)
    finally:
        links._AT_ONCE = kept
    found = known.rows_of(_slots(slots), lambda _: pytest.fail("what is known was looked up"))
    assert _pairs(slots, *found) == [(slot, row) for slot in slots for row in sorted(held[slot])]
    known.read_all(len(held), lambda start, end: pytest.fail(f"{start} to {end} were read again"))


@given(st.dictionaries(st.integers(0, 10**12), st.integers(0, 8)), st.sets(st.integers(0, 40)))
def test_slots_of_many_rows_are_those_with_one_of_them(slot_of: dict[int, int], others: set[int]) -> None:
    """Each slot once, in order, however many of its paragraphs are asked for, and none for rows without a vector."""
    pairs = np.array(sorted((slot, row) for row, slot in slot_of.items()), dtype=np.int64).reshape(-1, 2)
    wanted = sorted(others | set(list(slot_of)[::2]))
    known = Links()
    assert not known.are_read
    known.read_all(9, lambda start, end: (pairs[:, 0], pairs[:, 1]))
    assert known.are_read
    among = known.slots_among(np.array(wanted, dtype=np.int64))
    assert among.tolist() == sorted({slot_of[row] for row in wanted if row in slot_of})
    there = {row: slot for row, slot in slot_of.items() if row in wanted}
    assert known.slots_of(wanted, lambda missing: dict.fromkeys(missing, -1)) == dict.fromkeys(wanted, -1) | there


def test_nothing_is_looked_up_twice() -> None:
    """A slot without paragraphs is known to have none; a row without a slot may get one, and is looked for again."""
    known, looked = Links(), list[Sequence[int]]()

    def rows_of(slots: Sequence[int]) -> list[tuple[int, int]]:
        looked.append(slots)
        return [(slot, row) for slot in slots for row in ROWS[slot]]

    def slots_of(rows: Sequence[int]) -> dict[int, int]:
        looked.append(rows)
        return {row: SLOTS[row] for row in rows if row in SLOTS}

    for _ in range(2):
        known.rows_of(_slots([1, 3]), rows_of)
        known.slots_of([10, 30], slots_of)
    assert looked == [[1, 3], [10, 30], [30]]
