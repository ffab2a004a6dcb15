"""Sentences that tell the contrary of what is asked."""

from pathlib import Path

import pytest

from search.contrary import turns
from search.types import AskResult, Query
from tests.small_library import article, make_engine


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("When did the southern wing burn?", "The northern wing burned in 1978."),
        ("Who was the former minister of culture?", "The current minister, Bram Oosten, is new."),
        ("Whom did Torvik beat in the first round?", "Torvik beat Hammel in the second round."),
        ("When did she get the silver medal?", "She was given the gold medal in 1926."),
        ("When was the upper stone bridge built?", "The lower bridge was built in 1958."),
        ("Where did Ada Orr die?", "Ada Orr was born in Tolm."),
        ("How much did the price rise?", "The price fell by two crowns."),
        ("Who praised the mill?", "Bo Lind blamed the mill."),
        ("Where was Ada Orr born?", "Ada Orr died from a fever."),
        ("Who led the Norwegian delegation?", "Ada Orr led the Danish delegation to the talks with Norway."),
        ("When did prices fall?", "Rose by two crowns in May."),
    ],
)
def test_the_other_one_is_no_answer(question: str, text: str) -> None:
    """Another modifier before the same noun, or an opposite verb, tells the contrary."""
    assert turns(question).are_turned_by(text, ())


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("When did the southern wing burn?", "The northern and the southern wing burned in 1978."),
        ("When did the southern wing burn?", "The northern tower saw the southern wing burn."),
        ("Who led the Norwegian delegation?", "Ada Orr led the Danish and the Norwegian delegation."),
        ("Who led the German delegation?", "Ada Orr led the European delegation."),
        (
            "What Danish order did the king follow?",
            "The king followed Danish law and the Norwegian order of the fleet.",
        ),
        ("What was the Danish Norwegian colony called?", "The Norwegian colony was called Sund."),
        ("When did the southern wing burn?", "The northern lights were seen in 1978."),
        ("When did the southern wing burn?", "The wing burned in 1978, in the northern winter."),
        ("Who is the present minister?", "The current minister is Bram Oosten."),
        ("Who is the first minister?", "Second, the minister is new."),
        ("Where did Ada Orr die?", "Ada Orr, born in Tolm, died in Orm."),
        ("When was the theatre opened and closed?", "It closed in 1963."),
        ("How many died?", "Forty bears live there."),
        ("Who bought the mill?", "The mill was sold to Pell Dahl."),
        ("When did the profit of Orm Steel fall?", "Rose Miller runs Orm Steel."),
        ("How much did Rose Miller earn?", "The price fell to two crowns."),
        ("Wo steht die alte Mühle?", "The mill was born of need."),
        ("Where was Ada Orr born?", "Ada Orr, a poet from Tolm who died in 1904, wrote it."),
    ],
)
def test_what_may_be_the_one_is_none_of_the_other(question: str, text: str) -> None:
    """Both told, another noun, the same in other words, one deed from its other side; no names, no other languages."""
    assert not turns(question).are_turned_by(text, ())


def test_what_heads_a_sentence_tells_which_one_it_is() -> None:
    """Under a title that names the second voyage, the first mast is that of the second."""
    assert turns("How long did the second voyage last?").are_turned_by("The first voyage lasted a day.", ())
    assert not turns("How long did the second voyage last?").are_turned_by("The first voyage lasted a day.", {"second"})


def asked(folder: Path, question: str, *texts: str) -> AskResult:
    """A question to a library of these texts, by words alone."""
    engine = make_engine(folder / "library", [article(f"t{i}", text) for i, text in enumerate(texts)])
    result = engine.ask(Query(question, mode="lexical"))
    engine.close()
    return result


NORTH = "The northern wing of the castle of Orm burned down in 1978."
SOUTH = "The southern wing of the castle of Orm burned down in 1902, on a Sunday."
EMPTY = "Nobody lives in the southern wing of the castle of Orm."


def test_the_contrary_is_refused_and_comes_last(tmp_path: Path) -> None:
    """What tells of the other wing does not answer, even beside a sentence on the right one; the right one does."""
    question = "When did the southern wing of the castle of Orm burn down?"
    assert asked(tmp_path / "other", question, NORTH).refusal
    assert asked(tmp_path / "both", question, NORTH, EMPTY).refusal
    answer = asked(tmp_path / "right", question, NORTH, SOUTH).answer
    assert answer
    assert "1902" in answer.citations[0].text


def test_what_somebody_blamed_is_not_what_they_praised(tmp_path: Path) -> None:
    """A statement whose verb is the opposite of the one asked for does not answer."""
    text = "Publisher Dag Ullman blamed the price of paper for the end of the Evening Lantern."
    assert asked(tmp_path / "praise", "What did Dag Ullman praise?", text).refusal
    assert asked(tmp_path / "blame", "What did Dag Ullman blame?", text).answer


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("When was Felix Aronde born?", "Felix Aronde retired in March 2031 to Tolm."),
        ("When was the market of Vessin burned down?", "The market of Vessin was roofed in 1937."),
        ("Who founded the clinic of Verrin?", "The clinic of Verrin is headed by Amund Lie."),
    ],
)
def test_the_verb_of_an_event_must_be_told(tmp_path: Path, question: str, told: str) -> None:
    """When something else was done to it is no answer; nor is who does something else for it."""
    assert asked(tmp_path, question, told).refusal


def test_what_a_question_repeats_is_told_once() -> None:
    """A page pasted as a question is weighed by its words, not by how often it has them."""
    once = turns("When did the first bridge of Orm collapse?")
    assert once.verbs
    assert turns("When did the first bridge of Orm collapse? " * 3) == once
