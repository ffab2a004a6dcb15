"""What questions ask for, and which sentences show it."""

import pytest

from index.terms import term_texts
from search.answer_types import asked_type, class_terms, names_in, shows


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many boats sank?", "figure"),
        ("How much did the pier cost?", "figure"),
        ("What percentage of the herring is sold?", "figure"),
        ("When did the bridge open?", "date"),
        ("In what year did the bridge open?", "date"),
        ("Who built the bridge?", "name"),
        ("Whose horse won?", "name"),
        ("Where is the mill?", "name"),
        ("In which city was Oda born?", "name"),
        ("What was the estimated population of Orm?", "figure"),
        ("What's the name of the ferry?", "name"),
        ("Which two rivers meet in Orm?", "name"),
        ("What is the bridge called?", None),
        ("Why was the pier closed?", "reason"),
        ("What is the bridge made of?", None),
        ("How did the fire begin?", None),
        ("bridge over the Orm", None),
        ("When the bridge was sold, who bought it?", "name"),
        ("", None),
    ],
)
def test_kind_of_answer_that_is_asked_for(question: str, kind: str | None) -> None:
    """The asking word decides, and a clause of time before it doesn't."""
    assert asked_type(question) == kind


@pytest.mark.parametrize(
    ("question", "yes", "no"),
    [
        ("How many boats sank in 1871?", "Seven boats sank.", "The boats of 1871 sank."),
        ("When did Oda Dahl leave?", "She left on 3 May.", "Oda Dahl left early."),
        ("When did Oda Dahl leave?", "In a Feb. 6 letter she took her leave.", "A Feb of butter and 6 eggs were left."),
        ("When did Oda Dahl leave?", "She left on 6 Feb.", "She left Jan 6,000 crowns and a Sept coat."),
        ("Who built the bridge of Orm?", "It was Pavel Drin.", "The bridge of Orm was built on Monday."),
        ("Why was it closed?", "It was closed because of ice.", "It was closed."),
    ],
)
def test_a_sentence_shows_what_is_asked(question: str, yes: str, no: str) -> None:
    """What the question itself names is no answer to it, nor is a day a person."""
    kind = asked_type(question)
    assert kind
    asked = frozenset(term_texts(question))
    assert shows(kind, yes, asked)
    assert not shows(kind, no, asked)


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("Which country held up the deal?", {"country"}),
        ("In what year did the bridge open?", {"year"}),
        ("How many boats sank?", set()),
        ("Who built the bridge?", set()),
        ("What bridge is it?", {"bridge"}),
    ],
)
def test_the_word_for_what_is_asked(question: str, terms: set[str]) -> None:
    """Hungary is told to have held it up, and seldom to be a country."""
    assert class_terms(question) == frozenset(term for word in terms for term in term_texts(word))


def test_names_and_numbers_of_a_question() -> None:
    """The question word's capital makes no name."""
    assert names_in("Which of the boats did Oda Dahl sell in 1871?") == ["Oda", "Dahl", "1871"]
