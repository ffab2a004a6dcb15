"""What is enough for an answer: words, names and figures of the question that stand together in a passage."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import sync
from index.types import Document
from search.engine import Engine
from search.evidence import Evidence
from search.settings import Settings
from search.types import AskResult, Passage, Query
from tests.fake_embedder import HashingEmbedder
from tests.small_library import ARTICLES, article, make_engine, make_library

SKAR = article(
    "skar", "Captain Elvira Skarsund sold the old lighthouse of Brenholm to two bakers in 1931.", title="Of Brenholm"
)
TOPICS = ("lighthouse", "granary", "windmill", "ferry house", "chapel", "smithy")
SELLERS = ("Elvira Skarsund", "Pelle Orrman", "Ketil Vraun", "Inger Stolm", "Baltus Dreen", "Mirja Quell")


def asked(folder: Path, documents: list[Document], question: str, mode: str = "hybrid") -> AskResult:
    """A question to a library of these documents."""
    engine = make_engine(folder / "library", documents)
    result = engine.ask(Query(question, mode=mode))  # type: ignore[arg-type]  # the parameters are modes
    engine.close()
    return result


@pytest.mark.parametrize("mode", ["hybrid", "lexical"])
def test_taking_the_passage_away_refuses_and_bringing_it_back_answers(tmp_path: Path, mode: str) -> None:
    """With the only passage that holds the question's name gone, the same words elsewhere are no answer."""
    question = Query("Who sold the lighthouse of Brenholm?", mode=mode)  # type: ignore[arg-type]
    library = make_library(tmp_path / "library", [*ARTICLES, SKAR])
    engine = Engine(library, Settings(), lambda info: HashingEmbedder())
    answer = engine.ask(question).answer
    assert answer
    assert "Skarsund" in answer.text
    sync.remove(library, ["skar"])
    refusal = engine.ask(question).refusal
    assert refusal
    assert "“Brenholm”" in refusal.reason
    assert f"{len(ARTICLES)} documents searched" in refusal.reason
    assert refusal.nearest or mode == "lexical"
    sync.add(library, [SKAR], HashingEmbedder())
    assert engine.ask(question).answer == answer
    engine.close()


@pytest.mark.parametrize("missing", range(len(TOPICS)))
def test_every_fact_is_answered_and_none_is_borrowed(tmp_path: Path, missing: int) -> None:
    """Of many alike passages, each answers its own question, and none the question of the one that is missing."""
    documents = [
        article(f"sold-{i}", f"{seller} of Tolm sold the {topic} to the county in 19{30 + i}.")
        for i, (topic, seller) in enumerate(zip(TOPICS, SELLERS, strict=True))
        if i != missing
    ]
    engine = make_engine(tmp_path / "library", documents)
    for i, (topic, seller) in enumerate(zip(TOPICS, SELLERS, strict=True)):
        result = engine.ask(Query(f"What did {seller.split()[1]} do with the {topic}?"))
        if i == missing:
            assert result.refusal
            assert seller.split()[1] in result.refusal.reason
        else:
            assert result.answer
            assert seller in result.answer.citations[0].text
    engine.close()


def test_reason_names_what_the_nearest_lacks(tmp_path: Path) -> None:
    """Words that the library has, but nowhere together, are told from those it lacks."""
    documents = [
        article("mill", "The mill of Orm burned down on a summer night.", title="Mill"),
        article("bank", "A robber took four silver spoons and a clock from a cellar in Tolm.", title="Bank"),
        article("ball", "Every autumn the mayor dances with the oldest baker of the valley.", title="Ball"),
    ]
    refusal = asked(tmp_path, documents, "Which robber burned spoons with the mayor and the baker one summer?").refusal
    assert refusal
    assert "lacks" in refusal.reason
    assert "“robber”" in refusal.reason or "“mayor”" in refusal.reason


def test_reason_is_about_a_passage_that_is_shown(tmp_path: Path) -> None:
    """Of the passages shown as the nearest, one lacks the words that the reason names, and no word that only asks."""
    documents = [
        *(article(f"siege{n}", f"The siege of {name} ruined its bakers.") for n, name in enumerate(("Orm", "Tolm"))),
        *(article(f"fair{n}", f"The {name} will begin at noon.") for n, name in enumerate(("fair", "race", "mass"))),
    ]
    refusal = asked(tmp_path, documents, "Which bandits' siege of Orm did the mayor begin to regret?").refusal
    assert refusal
    named = refusal.reason.partition("lacks")[2] or refusal.reason
    shown = [one.text for one in refusal.nearest if isinstance(one, Passage)]
    assert any("siege" in text for text in shown)
    assert "“siege”" not in named
    happened = asked(tmp_path / "again", documents, "When did the siege take place?").refusal
    assert happened
    assert "place" not in happened.reason
    dated = asked(tmp_path / "dated", documents, "What year did the siege start?").refusal
    assert dated
    assert "year" not in dated.reason


def test_a_year_that_a_document_is_dated_is_not_nowhere(tmp_path: Path) -> None:
    """The reason does not say of 2022 that it occurs nowhere where something of 2022 was searched."""
    dated = replace(article("fair", "The Tolm fair drew a crowd of bakers."), published="2022-05-11")
    refusal = asked(tmp_path, [dated], "How many horses were sold at the Tolm fair in 2022?").refusal
    assert refusal
    assert "“2022” occurs" not in refusal.reason
    assert "“horses” and “sold” occur nowhere" in refusal.reason


def test_refusal_without_any_word_says_so(tmp_path: Path) -> None:
    """Where nothing is shared, every word is named."""
    refusal = asked(tmp_path, [SKAR], "Which orchestra performed?").refusal
    assert refusal
    assert "“orchestra” and “performed” occur nowhere" in refusal.reason
    assert "1 document searched" in refusal.reason


def probability(parts: list[float], with_cosines: bool) -> float:
    """What six parts come to, or the first four of them."""
    covered, ordered, unnamed, typed, near, agree = parts
    cosines = (near, agree) if with_cosines else (None, None)
    return Evidence(covered, ordered, unnamed, typed, *cosines).probability


@given(st.lists(st.floats(0, 1), min_size=6, max_size=6), st.integers(0, 5), st.floats(0, 1))
def test_more_evidence_never_makes_an_answer_less_probable(parts: list[float], at: int, more: float) -> None:
    """Each part speaks one way: for an answer, but for names that are missing."""
    raised = [max(part, more) if i == at else part for i, part in enumerate(parts)]
    for with_cosines in (False, True):
        before, after = probability(parts, with_cosines), probability(raised, with_cosines)
        assert 0 <= before <= 1
        assert after <= before if at == 2 else after >= before


@pytest.mark.parametrize(
    "question",
    [
        f"What does {'qlorp' * 600} cost?",
        f"What did {'Qlorp' * 600} say about ferries?",
        f"What did the mayor say about {'qlorp ' * 600}?",
        f"Who said that {'qlorp ' * 600}?",
        f"Who said “{'qlorp ' * 600}”?",
    ],
)
def test_long_words_and_topics_are_quoted_shortened(tmp_path: Path, question: str) -> None:
    """A reason stays readable whatever was typed, and shows by an ellipsis that it was more."""
    refusal = asked(tmp_path, [*ARTICLES], question).refusal
    assert refusal
    assert "…" in refusal.reason
    assert len(refusal.reason) < 1_000
