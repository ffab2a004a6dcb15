"""The lexical index holds what it is given, less what is taken out, and shares nothing that changes."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.store.lexical import LexicalIndex, derive

Row = tuple[int, int, str, str]


def entries(numbers: Iterable[int], title: str = "gazett") -> list[Row]:
    """Rows that share a word and have one of their own."""
    return [(number, number // 3, f"harbour only{number}", title) for number in numbers]


def held(folder: Path) -> list[int]:
    """The rows that a search for the shared word finds, each as often as it is found."""
    return sorted(row for row, _ in LexicalIndex(folder).search(["harbour"], 10_000))


def test_derived_index_lacks_what_died_and_holds_what_came(tmp_path: Path) -> None:
    """Rows go by their number and no others with them; the index before is as it was."""
    derive(tmp_path / "1", None, (), entries(range(100)))
    derive(tmp_path / "2", tmp_path / "1", [2, 3, 77], entries([100]))
    derive(tmp_path / "3", tmp_path / "2", [100, 0], [])
    assert held(tmp_path / "1") == list(range(100))
    assert held(tmp_path / "2") == sorted(set(range(101)) - {2, 3, 77})
    assert held(tmp_path / "3") == sorted(set(range(1, 100)) - {2, 3, 77})
    last = LexicalIndex(tmp_path / "3")
    assert last.rows() == set(held(tmp_path / "3"))
    assert last.count == 96
    assert last.search(["only77"], 10) == []
    assert last.contents_with_all(["harbour", "only3"]) == set()


def test_no_more_are_found_than_are_said_to_be(tmp_path: Path) -> None:
    """What a text and its title hold counts twice, what was taken out until it is merged away: never less."""
    derive(tmp_path / "1", None, (), entries(range(30)))
    derive(tmp_path / "2", tmp_path / "1", [2, 3], entries([30], "harbour"))
    last = LexicalIndex(tmp_path / "2")
    for terms in (["harbour"], ["gazett"], ["harbour", "gazett", "harbour"], ["only2"], ["only7"], ["nowhere"], []):
        assert len(last.search(terms, 1000)) <= last.most_found(terms) <= 2 * 32
    assert last.most_found(["only7", "only7"]) == 1
    assert last.most_found(["nowhere"]) == 0


def test_row_that_dies_and_comes_back_is_there_once(tmp_path: Path) -> None:
    """A document under another title keeps its rows: each is found once, by the new title alone."""
    derive(tmp_path / "1", None, (), entries(range(10)))
    derive(tmp_path / "2", tmp_path / "1", [4, 5], entries([4, 5], "zeppelin"))
    assert held(tmp_path / "2") == list(range(10))
    assert {row for row, _ in LexicalIndex(tmp_path / "2").search(["zeppelin"], 10)} == {4, 5}


@settings(max_examples=15, deadline=None)
@given(steps=st.lists(st.tuples(st.sets(st.integers(0, 40)), st.sets(st.integers(0, 40))), max_size=4))
def test_any_steps_hold_what_a_set_holds(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[set[int], set[int]]]
) -> None:
    """However rows come and go, the index agrees with a plain set."""
    folder = tmp_path_factory.mktemp("steps")
    wanted = set(range(20))
    derive(folder / "0", None, (), entries(sorted(wanted)))
    for number, (leaving, coming) in enumerate(steps, 1):
        dead = leaving & wanted
        added = coming - (wanted - dead)
        derive(folder / str(number), folder / str(number - 1), sorted(dead), entries(sorted(added)))
        wanted = (wanted - dead) | added
        assert held(folder / str(number)) == sorted(wanted)
