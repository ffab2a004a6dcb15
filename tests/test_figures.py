"""Figures for what is counted: read from digits and words, told apart by what they count."""

import time

import pytest

from search.figures import asked_count, counts_asked, figures_for


@pytest.mark.parametrize(
    ("question", "sentence", "values"),
    [
        ("How many passengers did the boat carry?", "It carried 41,000 passengers in 1998.", {41_000}),
        ("How many passengers did the boat carry?", "Forty-one thousand passengers came.", {41_000}),
        ("How many people were hurt?", "Two hundred and six people were hurt.", {206}),
        ("How many ships are waiting?", "Some 41 laden merchant ships wait, 9 of them for wheat.", {41}),
        ("How many ships are waiting?", "Ships have waited for 9 days.", set()),
        ("How much aid was given?", "Aid of $2.5 million was given in 2031.", {2_500_000}),
        ("How much aid was given?", "They gave 3 million crowns in aid, and 40 blankets.", {3_000_000}),
        ("How much aid was given?", "The mill cost 3 million crowns.", set()),
        ("How much did the mill cost?", "The mill cost 3 million crowns.", {3_000_000}),
        ("How many people live in Orm?", "Orm has 4,200 inhabitants.", {4_200}),
        ("How many people live in Orm?", "The population of Orm had risen to 4,500 by 1990.", {4_500}),
        ("How many people live in Orm?", "In 1990 the population of Orm fell.", set()),
        ("What is the population of Orm?", "Some 4,200 people live in Orm.", {4_200}),
        ("What was the number of bears?", "The number of bears in the hills rose to 52.", {52}),
        ("How many bears live there?", "Wardens counted 41 bears, and 7 wolves.", {41}),
        ("How many people were killed?", "It flooded three villages, killing nine people.", {9}),
        ("How many people were hurt?", "Of those aboard, 40 of the 50 people were hurt.", {40, 50}),
        ("How many people were hurt?", "Some 40 to 50 people were hurt.", {40, 50}),
    ],
)
def test_figures_of_what_is_counted(question: str, sentence: str, values: set[int]) -> None:
    """Only the number of the thing that is asked for, whichever way it is written."""
    asked = asked_count(question)
    assert asked
    assert figures_for(asked, sentence) == values


def test_what_is_counted_may_be_told_in_letters_with_points() -> None:
    """“U.S. troops” are troops, and a text without a number of them counts none."""
    counts = counts_asked("How many U.S. troops are in Karst?")
    assert counts
    assert counts("Some 4,000 U.S. troops are in Karst.")
    assert not counts("As long as there are troops in Karst, the only way is out.")


def test_a_sum_or_a_length_counts_nothing_else() -> None:
    """“Two-hour” is no number of viewers, “$4 million” none of the ships that were bought for it."""
    viewers, ships = counts_asked("How many people watched the concert?"), counts_asked("How many ships did Orm buy?")
    assert viewers
    assert ships
    assert not viewers("The two-hour concert was watched in Tolm.")
    assert viewers("Two thousand watched the concert in Tolm.")
    assert not ships("Orm paid $4 million for ships.")
    assert ships("Orm paid $4 million for three ships.")


def test_other_questions_count_nothing() -> None:
    """No question without “how many” or “how much” of something is about a number of things."""
    assert asked_count("Who sold the boat?") is None
    assert asked_count("How many?") is None


def test_long_rows_of_numbers_take_linear_time() -> None:
    """A hostile sentence is read in one pass."""
    asked = asked_count("How many boats?")
    assert asked
    assert figures_for(asked, "one hundred and " * 20_000 + "1,111" * 20_000) == frozenset()


def test_things_and_numbers_without_end_take_linear_time() -> None:
    """However many things stand before however many numbers, each is looked at once."""
    tells = counts_asked("How many boats?")
    assert tells
    began = time.thread_time()
    assert not tells("boats " * 5_000 + "in Tolm on the long quay " + "1 " * 5_000)
    assert tells("boats " * 5_000 + "1 " * 5_000 + "boats")
    assert time.thread_time() - began < 3


def test_three_of_a_kind_are_counted() -> None:
    """“A hat-trick of goals” is a number of goals, as a pair of them is."""
    tells = counts_asked("How many goals did Ada Orr score?")
    assert tells
    assert tells("Ada Orr scored a hat-trick of goals.")
    assert not tells("Ada Orr scored goals.")


def test_ordinals_before_a_word_count_nothing() -> None:
    """“Second-ranked member” is no number of members."""
    counts = counts_asked("How many members does the parliament have?")
    assert counts
    assert not counts("It chose the second-ranked member Jan Orr, 74, for the post.")
    assert counts("It has 496 members.")
