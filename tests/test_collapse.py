"""Near-duplicates fold under the first."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.collapse import fold
from search.types import Query
from tests.small_library import FERRY_ABROAD, WIRE, WIRE_COPY, article, make_engine


def test_copies_fold_under_the_first() -> None:
    """A wire report and its edited copy are one, different news are not."""
    assert fold([FERRY_ABROAD, WIRE, WIRE_COPY, WIRE]) == [[0], [1, 2, 3]]
    assert fold([WIRE_COPY, FERRY_ABROAD, WIRE]) == [[0, 2], [1]]


def test_another_figure_is_other_news() -> None:
    """A report that differs in a number never folds."""
    assert fold([WIRE, WIRE.replace("2.7 million", "3.9 million")]) == [[0], [1]]


def test_nothing_folds_to_nothing() -> None:
    """No texts, no groups."""
    assert fold([]) == []


@given(st.lists(st.text(max_size=40), max_size=12))
def test_every_text_is_in_one_group(texts: list[str]) -> None:
    """Groups hold each position once, leaders come in order and each group starts with its own."""
    groups = fold(texts)
    assert sorted(position for group in groups for position in group) == list(range(len(texts)))
    assert [group[0] for group in groups] == sorted(group[0] for group in groups)
    assert all(group == sorted(group) for group in groups)


@given(st.lists(st.sampled_from([WIRE, WIRE_COPY, FERRY_ABROAD, "A short one.", "A short one", "", "An other"])))
def test_first_groups_are_as_large_as_among_all(texts: list[str]) -> None:
    """How many groups are asked for changes nothing about those that are given."""
    assert fold(texts, 2) == fold(texts)[:2]


@pytest.mark.parametrize("cut", [0, 12])
def test_a_text_with_words_left_out_in_front_folds(cut: int) -> None:
    """An added beginning of some words hides no copy, whichever is longer."""
    long = "In a vote that many had expected for some weeks, " + WIRE.replace("TOLM - The", "the")
    short = long[cut:]
    assert fold([long, short]) == fold([short, long]) == [[0, 1]]


@pytest.mark.parametrize("k", [1, 2, 5])
def test_duplicates_do_not_depend_on_how_many_passages_are_wanted(tmp_path: Path, k: int) -> None:
    """However few passages are asked for, all copies of one are listed under it, though others rank in between."""
    copies = [article(f"copy-{i}", f"{WIRE}\nThe ferry board of place {i} met.\n") for i in range(12)]
    engine = make_engine(tmp_path / "library", copies)
    found = engine.search(Query("Tolm voted to end the ferry service to Verrin", k=k)).passages
    engine.close()
    assert len(found[0].duplicates) == len(copies) - 1
