"""Sentences that tell an age, and those that tell another number or another's age."""

import time

import pytest

from search.ages import tells_age


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("Ruth Okello, 34, won.", True),
        ("Okello (34) won.", True),
        ("Dusan Kovar, 28, trained with Ruth Okello.", False),
        ("Okello, who is 34 years old, won.", True),
        ("Okello won at the age of 34.", True),
        ("Okello was born in 1991.", True),
        ("Okello broke a record that was set in 2011.", False),
        ("Okello won eleven days after she had arrived.", False),
        ("Okello was born in Keld.", False),
        ("Okello will leave it; Joan Merrow, whose grandfather founded it in 1921, stays.", False),
        ("Born in 1991, Okello is a nurse.", True),
        ("Okello came from Lyon in 2019.", False),
        ("Okello's mill is from about 1871.", True),
        ("Okello turned 34 in May.", True),
        ("Okello turned 34 pages.", False),
        ("Okello died at 93 in Keld.", True),
        ("Okello died at 12 Mill Street in Keld.", False),
    ],
)
def test_an_age_is_that_of_whom_it_stands_beside(text: str, tells: bool) -> None:
    """An age behind a name is of that one; a year tells an age where something began in it."""
    assert tells_age(text, frozenset({"okello", "ruth"})) is tells


def test_of_nobody_in_particular_any_age_will_do() -> None:
    """A question for the ferryman's age names nobody."""
    assert tells_age("Its ferryman, Olaf Brun, 61, is bored.", frozenset())


def test_a_word_without_end_takes_linear_time() -> None:
    """A hostile word is read in one pass."""
    began = time.thread_time()
    assert not tells_age("a" * 100_000 + " " + "b-" * 50_000, frozenset({"okello"}))
    assert time.thread_time() - began < 3
