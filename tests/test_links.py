"""What was looked up once about slots and rows is known, and nothing else is."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from index.store import links
from index.store.links import Links

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
