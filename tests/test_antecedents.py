"""Paragraphs that begin with a pronoun, read with the sentence before them."""

from collections.abc import Iterator

import pytest

from search.antecedents import goes_on
from search.engine import Engine
from search.reading import read
from search.types import Query
from tests.small_library import article, make_engine

DOCUMENTS = (
    article(
        "school",
        "The parliament of Ardal passed the school law on Tuesday by 88 votes to 41.\n\nThe Greens voted against it. "
        "Their leader, Kirsi Aalto, called it a law for the rich.",
        title="Ardal's parliament passes school law",
    ),
    article(
        "ferry",
        "The ferry to Rosk broke down on Monday with 140 passengers aboard.\n\nIt was built in 1979. Its owner, Rosk "
        "Lines, said that it would be repaired by Friday.",
        title="Ferry to Rosk breaks down",
    ),
    article(
        "launch",
        "The shipyard of Varde launched the new ferry for Holm on Monday.\n\nIts captain will be Bo Kjeld, who has "
        "sailed to Holm since 1996.",
        title="New ferry for Holm launched",
    ),
    article(
        "sale", "The old Holm ferry was sold on Thursday to a dealer in Tunis.", title="Old Holm ferry sold"
    ),
    article(
        "crack",
        "Engineers found a crack in the Fenmouth bridge on Monday. It was closed at once.\n\nIt was built in 1932 and "
        "is 180 metres long.",
        title="Crack found in Fenmouth bridge",
    ),
    article(
        "toll",
        "The toll on the Calder bridge rises to 4.50 crowns in October.\n\nThe bridge was opened in 1971.",
        title="Toll on Calder bridge rises",
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine over reports in short paragraphs."""
    engine = make_engine(tmp_path_factory.mktemp("antecedents") / "library", [*DOCUMENTS])
    yield engine
    engine.close()


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("When was the ferry to Rosk built?", "It was built in 1979."),
        ("How long is the Fenmouth bridge?", "180 metres"),
        ("When was the Calder bridge opened?", "1971"),
    ],
)
def test_it_means_what_the_paragraph_before_tells(engine: Engine, question: str, told: str) -> None:
    """The sentence with the pronoun answers, verbatim."""
    answer = engine.ask(Query(question)).answer
    assert answer
    assert any(told in one.text for one in answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        "When was the ferry to Rosk sold?",
        "Who is the captain of the Rosk ferry?",
        "When was the Fenmouth bridge opened?",
        "When was the Calder bridge closed?",
    ],
)
def test_what_another_ferry_or_bridge_is_does_not_answer(engine: Engine, question: str) -> None:
    """Names stand in one report, the deed in another: that is refused."""
    assert engine.ask(Query(question)).refusal


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("It is 94 metres long.", True),
        ("Their leader, Kirsi Aalto, left.", True),
        ("The Greens voted against it. More follows.", True),
        ("Italy voted against a law on schools.", False),
        ("Clara Veldt painted it in 1904, two years before her death in Ostend.", False),
    ],
)
def test_what_goes_on_begins_with_a_pronoun(text: str, leans: bool) -> None:
    """Or is short and has one for a thing."""
    assert goes_on(text) is leans


def test_a_pronoun_at_the_start_holds_what_the_sentence_before_holds(engine: Engine) -> None:
    """“The Greens voted against it” holds the school law, and is read though only the paragraph before was found."""
    question = "Who voted against the school law?"
    with engine._library.snapshot() as snapshot:
        probe = engine._probe(snapshot, question, "lexical")
        found = engine._rank(snapshot, probe, Query(question, mode="lexical"))
        first = [one for one in found if one.paragraph.text.startswith("The parliament")]
        reading = read(snapshot, probe, first)
    greens = next(number for number, one in enumerate(reading.sentences) if one.text.startswith("The Greens"))
    assert reading.before(greens).startswith("The parliament of Ardal passed the school law")
    assert reading.sentences[greens].before == 1
