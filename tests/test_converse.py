"""Deeds that are told from their other side."""

from pathlib import Path

import pytest

from search.converse import deed
from search.types import Query
from tests.small_library import article, make_engine


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Who bought the mill of Orm?", "The mill of Orm was sold to two bakers."),
        ("Which company bought the mill?", "The mill was sold in 1931 to Brask Steel."),
        ("Who sold the mill?", "Pell Dahl bought the mill from a widow."),
        ("When did Ada Orr buy the mill?", "The mill was sold to the young Ada Orr in 1931."),
        ("When was the mill bought?", "The mill was sold in 1931."),
        ("Who bought the mill?", "Ada Lind gave up, and sold it to her cousin."),
        ("Who beat Torvik?", "Torvik lost to Hammel."),
        ("Who lost to Hammel?", "Hammel beat Torvik."),
        ("Who taught Ada Orr Latin?", "Ada Orr learned Latin from a monk."),
        ("Who received the medal?", "The medal was given to Bo Lind."),
        ("Who lent Bo the cart?", "Bo borrowed the cart from his aunt."),
    ],
)
def test_the_other_side_tells_the_deed(question: str, text: str) -> None:
    """Where it names who did what is asked about."""
    asked = deed(question)
    assert asked
    assert asked.is_told_by(text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Who bought the mill of Orm?", "Ada Lind sold the mill of Orm to pay her debts."),
        ("Who bought the mill?", "Ada Lind sold the mill."),
        ("Who sold the mill?", "Pell Dahl bought the mill."),
        ("Who bought the bakery?", "The bakery sells bread to schools."),
        ("When was the bakery bought?", "The bakery sold bread in 1931."),
        ("What was lost in the flood?", "The club won the cup."),
        ("When did Ada Orr buy the mill?", "Ada Orr sold the mill to Bo Lind in 1931."),
        ("Who beat Torvik?", "Hammel lost to Torvik."),
        ("Who lost to Hammel?", "Torvik beat Hammel."),
        ("Who beat Torvik?", f"Torvik lost {'and more ' * 40}to Hammel."),
    ],
)
def test_the_wrong_way_round_tells_another_one(question: str, text: str) -> None:
    """Who sold it did not buy it, and where nobody else is named nobody is told."""
    asked = deed(question)
    assert asked
    assert not asked.is_told_by(text)


@pytest.mark.parametrize("question", ["Who built the mill?", "How much did the sale bring?", "buy", ""])
def test_other_questions_have_none(question: str) -> None:
    """A noun is no deed, nor is a word that begins the question."""
    assert deed(question) is None


def test_who_bought_it_is_answered_by_whom_it_was_sold_to(tmp_path: Path) -> None:
    """The sentence with the buyer is chosen, and without it the question is refused."""
    built = "The mill of Orm was built by Oda Dahl in 1871."
    sold = "The mill of Orm was sold to Pell Dahl for 300 crowns. It has a wheel."
    for name, texts, is_answered in (("sold", (built, sold), True), ("built", (built,), False)):
        engine = make_engine(tmp_path / name, [article(f"t{i}", text) for i, text in enumerate(texts)])
        answer = engine.ask(Query("Who bought the mill of Orm?", mode="lexical")).answer
        engine.close()
        assert bool(answer) is is_answered
        assert not answer or "sold to Pell Dahl" in answer.citations[0].text
