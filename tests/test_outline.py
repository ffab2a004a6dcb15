"""Figures that tell most texts apart never tell copies apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.duplicates import is_near_duplicate
from index.outline import Figures
from index.signature import signature

STYLES = [
    ("2.7 million", "2,700,000", "2 700 000", "2.7 mn"),
    ("12", "twelve"),
    ("12th", "twelfth"),
    ("21st", "twenty-first"),
    ("205", "two hundred and five"),
    ("24", "two dozen", "twenty-four"),
    ("a million", "1 million", "1,000,000"),
    ("a hundred", "100"),
    ("90", "ninety"),
    ("3/4", "3/4"),
    ("10", "ten"),
]
"""Each row is one number."""


def _worded(numbers: list[str]) -> str:
    rows = " then ".join(f"came {number} boats of the harbour in the long and windy spring" for number in numbers)
    return f"In the old town by the sea the keeper of the lighthouse wrote that {rows} and all were counted at once."


numbers_in_two_styles = st.lists(
    st.sampled_from(STYLES).flatmap(lambda row: st.tuples(st.sampled_from(row), st.sampled_from(row))), max_size=5
)


@given(numbers_in_two_styles)
def test_figures_in_another_style_may_be_the_same(pairs: list[tuple[str, str]]) -> None:
    """In words, in digits, with a scale: whichever way either text writes each of its numbers."""
    one, other = (_worded([pair[side] for pair in pairs]) for side in (0, 1))
    assert Figures(one.lower()).may_be_those_of(Figures(other.lower()))


@given(st.lists(st.sampled_from([style for row in STYLES for style in row]), max_size=4), st.data())
def test_copies_are_never_told_apart_by_figures(numbers: list[str], data: st.DataObject) -> None:
    """Whatever is folded by the whole test passes this one, with numbers left out or changed, too."""
    others = [data.draw(st.sampled_from([number, "12", "7", "ninety"])) for number in numbers]
    one, other = _worded(numbers), _worded(others)
    if is_near_duplicate(signature(one), signature(other)):
        assert Figures(one.lower()).may_be_those_of(Figures(other.lower()))


@pytest.mark.parametrize(
    ("one", "other"),
    [("34 cts vs 25 cts", "38 cts vs 27 cts"), ("net 2,692,000", "net 485,000"), ("rose to 2-5/8", "rose to 3/4")],
)
def test_other_figures_are_told_apart(one: str, other: str) -> None:
    """Where neither text spells a number."""
    assert not Figures(one).may_be_those_of(Figures(other))
