"""Quotations as typed, with slips and without."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.quotations import MOST_SLIPS, is_exact, slips, words

SAID = "“We don’t  count boats at night,” she said, “we count the lamps that are left.”"


@pytest.mark.parametrize(
    "typed",
    [
        "We don't count boats at night",
        "we count the lamps that are left.",
        "We don't count the boats at night",
        "we cuont boats at night",
        "we count lamps which are left",
    ],
)
def test_found_though_a_word_slipped(typed: str) -> None:
    """A word too many, too few, other or mistyped doesn't hide the quotation."""
    assert slips(words(typed), words(SAID)) <= MOST_SLIPS


@pytest.mark.parametrize("typed", ["we sold every boat to the islanders", "the lamps belong to the harbour board"])
def test_other_words_are_not_found(typed: str) -> None:
    """A shared word or two is no quotation."""
    assert slips(words(typed), words(SAID)) > MOST_SLIPS


def test_exact_but_for_marks_white_space_and_capitals() -> None:
    """Quotation marks, apostrophes' shapes, white space and capitals make no difference; a word does."""
    assert is_exact("We don't count boats at night.", SAID)
    assert is_exact("We don’t count\nboats", SAID)
    assert not is_exact("We do not count boats", SAID)
    assert is_exact("we don't count boats", SAID)


@given(st.lists(st.sampled_from(["abc", "de", "fgh", "ij", "klmn"]), min_size=1, max_size=12), st.data())
def test_a_stretch_has_no_slips(said: list[str], data: st.DataObject) -> None:
    """Whatever stands in a text is found in it as it is."""
    start = data.draw(st.integers(0, len(said) - 1))
    end = data.draw(st.integers(start + 1, len(said)))
    assert slips(said[start:end], said) == 0.0


@given(
    st.lists(st.text("abcd", min_size=1, max_size=6), max_size=10), st.lists(st.text("abcd", min_size=1), max_size=10)
)
def test_slips_are_a_share(typed: list[str], said: list[str]) -> None:
    """Slips lie between none and all, whatever is compared."""
    assert 0.0 <= slips(typed, said) <= 1.0


@given(st.text(max_size=80))
def test_what_was_copied_is_exact(text: str) -> None:
    """A copy equals its source."""
    assert is_exact(text, text)
