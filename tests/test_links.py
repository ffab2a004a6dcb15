"""What was looked up once about slots and rows is known, and nothing else is."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.store import links
from index.store.links import Links
from search.types import Query
from tests.small_library import FERRY_ABROAD, WIRE, article, make_engine

ROWS = {1: [10, 11], 2: [20], 3: []}
SLOTS = {10: 1, 11: 1, 20: 2}


@given(st.lists(st.lists(st.sampled_from(sorted(ROWS)), unique=True, max_size=3), max_size=6), st.integers(1, 4))
def test_answers_are_those_of_the_database(asked: list[list[int]], most: int) -> None:
    """Whatever was asked before, and however few are kept."""
    known, kept = Links(), links.MOST
    links.MOST = most
    try:
        for slots in asked:
            found = known.rows_of(slots, lambda missing: [(slot, row) for slot in missing for row in ROWS[slot]])
            assert found == [(slot, row) for slot in slots for row in ROWS[slot]]
            rows = [10 * slot for slot in slots]
            there = {row: SLOTS[row] for row in rows if row in SLOTS}
            assert known.slots_of(rows, lambda missing: {r: SLOTS[r] for r in missing if r in SLOTS}) == there
    finally:
        links.MOST = kept


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
        known.rows_of([1, 3], rows_of)
        known.slots_of([10, 30], slots_of)
    assert looked == [[1, 3], [10, 30], [30]]


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 40)), unique_by=lambda pair: pair[1], max_size=20),
    st.lists(st.integers(0, 12), unique=True),
    st.lists(st.integers(0, 45), unique=True),
)
def test_all_links_at_once_tell_what_the_database_does(
    pairs: list[tuple[int, int]], slots: list[int], rows: list[int]
) -> None:
    """A vector may be that of many paragraphs, or of none; only a row without a slot is looked for."""
    slot_of, looked = {row: slot for slot, row in pairs}, Links()
    known = Links()
    known.learn(*(np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1)))

    def rows_of(missing: Sequence[int]) -> list[tuple[int, int]]:
        return [(slot, row) for slot in missing for row in sorted(slot_of) if slot_of[row] == slot]

    def slots_of(missing: Sequence[int]) -> dict[int, int]:
        assert not pairs or slot_of.keys().isdisjoint(missing)
        return {row: slot_of[row] for row in missing if row in slot_of}

    assert known.rows_of(slots, rows_of) == looked.rows_of(slots, rows_of)
    assert known.slots_of(rows, slots_of) == {row: slot_of[row] for row in rows if row in slot_of}


def test_searches_find_the_same_once_all_links_are_known(tmp_path: Path) -> None:
    """By slot and by row, in a library where two paragraphs have one vector."""
    engine = make_engine(tmp_path, [article("one", WIRE), article("two", WIRE), article("ferry", FERRY_ABROAD)])
    query = Query("what did the board decide?", collapse=False)
    before = engine.search(query).passages
    engine.prepare(lists=False)
    assert engine.search(query).passages == before
    assert len(before) > 2
