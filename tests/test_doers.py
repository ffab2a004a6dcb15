"""What another did is no answer to what somebody named did."""

import pytest

from index.terms import term_texts
from search.doers import is_of_other_doer

ORM = "The Orr administration, which has given nearly 20 billion crowns to Corvane, is weary."


@pytest.mark.parametrize(
    ("question", "text", "is_other"),
    [
        ("How much aid has Holt given Corvane?", ORM, True),
        ("How much aid has Orr given Corvane?", ORM, False),
        ("How much aid has Germany given Corvane?", ORM, True),
        ("How much aid has Germany given Corvane?", "The Germans gave 2 billion crowns.", False),
        ("How much aid has Germany given Corvane?", "Italy gave Corvane 2 billion crowns.", True),
        ("How much aid has Holt given Corvane?", "He gave 2 billion crowns.", False),
        ("How much aid has Holt given Corvane?", "Some 2 billion crowns were given.", False),
        ("How many games did the BFC win?", "The Brekkan Fishing Club won 12 games.", False),
        ("When did Ada Orr sell the mill?", "Jan Marlow sold the mill in May.", True),
        ("When did Ada Orr sell the mill?", "The baker of Holm sold the mill in May.", False),
        ("When was the mill sold?", "Jan Marlow sold the mill in May.", False),
    ],
)
def test_who_did_it_is_told_by_the_name_before_the_deed(question: str, text: str, is_other: bool) -> None:
    """Only a name right before the deed is another's; pronouns and what somebody is may mean the one asked about."""
    assert is_of_other_doer(question, text, term_texts(text)) is is_other


def test_a_country_does_what_its_leaders_do() -> None:
    """Where a passage tells of the country, a name in it may be that of its president."""
    question = "How much aid has Germany given Corvane?"
    assert is_of_other_doer(question, ORM, term_texts(ORM))
    assert not is_of_other_doer(question, ORM, term_texts(f"{ORM} Germany is rich."))


def test_names_without_end_take_linear_time() -> None:
    """A text of nothing but names and deeds is read in time in proportion to its length."""
    is_of_other_doer("When did Ada Orr sell the mill?", "Jan Marlow sold " * 5_000, ())
