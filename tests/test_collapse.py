"""Near-duplicates fold under the first."""

from hypothesis import given
from hypothesis import strategies as st

from search.collapse import fold
from tests.small_library import FERRY_ABROAD, WIRE, WIRE_COPY


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
