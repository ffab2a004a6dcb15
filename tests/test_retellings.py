"""One statement in several wordings folds; different statements never do."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Ref, Statement, StoredStatement
from search import retellings
from search.collapse import fold
from search.retellings import DAYS, fold_statements
from search.types import StatementsQuery
from tests.small_library import article, make_engine

SAME = [
    ("We are ready to negotiate", "We are willing to negotiate"),
    ("The harbour will reopen in April, and not a day later", "The port will reopen in April and not one day later"),
    ("We found no letters to show that he wanted to buy this ferry", "We have not found any letter that shows that he "
     "wished to buy this ferry"),
    ("It is up to the islanders to decide their future", "It is for the islanders to decide about their own future"),
    ("I will not resign, because I did nothing wrong", "I am not going to resign because I have done nothing wrong"),
    ("The bridge cost 40 million crowns more than planned", "The bridge has cost 40 million crowns more than was "
     "planned"),
    ("We know of no such plan for the quay", "We do not know of any such plan for the quay"),
    ("Every child in this valley deserves clean water", "Each child of this valley deserves to have clean water"),
    ("We met President Zelenskyy twice, and he never asked for ships", "We met President Zelensky twice and he never "
     "asked for ships"),
    ("The roof is safe. Nobody needs to worry about the children in the gym", "Nobody has to worry about the children "
     "in the gym"),
    ("The bridge was kept open through the whole winter", "They kept the bridge open for the entire winter"),
    ("The government knew about the danger for years", "For years the government had known about the danger"),
    ("The crews withdrew from the harbour on Monday", "On Monday the crews pulled out of the harbour"),
]  # fmt: skip
OTHER = [
    ("We are ready to negotiate", "We are ready to fight"),
    ("We are ready to negotiate", "We are not ready to negotiate"),
    ("We will never negotiate with them", "We will always negotiate with them"),
    ("The harbour will reopen in April", "The harbour will reopen in May"),
    ("The harbour will reopen in April", "The harbour will close in April"),
    ("The bridge cost 40 million crowns", "The bridge cost 70 million crowns"),
    ("We will build the school in Tolm", "We will build the school in Verrin"),
    ("I will not resign, because I did nothing wrong", "I will resign, because I did wrong"),
    ("Taxes will rise next year", "Taxes will fall next year"),
    ("Prices will rise again in autumn", "Wages will rise again in autumn"),
    ("We support the plan for the new harbour", "We oppose the plan for the new harbour"),
    ("We will vote before the talks", "We will vote after the talks"),
    ("Every child in this valley deserves clean water", "Every farmer in this valley deserves cheap water"),
    ("Our army is ready to defend the border", "Our army is ready to cross the border"),
    ("More aid is needed before winter", "Less aid is needed before winter"),
    ("We expect an answer by Friday", "We expect no answer before Friday"),
    ("Then Tolm attacked Verrin at dawn", "Then Verrin attacked Tolm at dawn"),
    ("Most islanders want the new harbour", "Few islanders want the new harbour"),
    ("We have the crews and the ships", "We lack the crews and the ships"),
    ("We will sail unless the harbour freezes over", "We will sail if the harbour freezes over"),
    ("We always pay our crews on Friday", "We rarely pay our crews on Friday"),
    ("We welcome the decision of the harbour court", "We regret the decision of the harbour court"),
    ("He paid the crew of the ferry", "She paid the crew of the ferry"),
    ("I paid the crew of the ferry", "You paid the crew of the ferry"),
    ("The ferry sails tomorrow from Tolm", "The ferry sailed yesterday from Tolm"),
    ("Will we stay in the harbour union?", "We will stay in the harbour union"),
    ("The suspect was arrested in the old town", "The suspect was released in the old town"),
    ("The bridge may be closed in winter", "The bridge will be closed in winter"),
    ("We hope to open the museum by spring", "We plan to open the museum by spring"),
    ("We believe the treaty can be saved", "We believe the treaty can hardly be saved"),
    ("The river is safe to drink", "The river is barely safe to drink"),
    ("The mayor asked the judge for patience", "The judge asked the mayor for patience"),
    ("Ilmar promised Katrine the lamp", "Katrine promised Ilmar the lamp"),
    ("I trust the engineers of the dam", "I distrust the engineers of the dam"),
    ("The tunnel costs 3 million crowns", "The tunnel costs 3 billion crowns"),
    ("We are ready for talks without conditions", "We are ready for talks with conditions"),
    ("It is too early to open the gates", "It is too late to open the gates"),
    ("The enemy attacked us at dawn and we answered", "We attacked the enemy at dawn and they answered"),
    ("There is no peace without justice", "There is no justice without peace"),
    ("I trust the police more than the army", "I trust the army more than the police"),
    ("We will sign before they withdraw", "They will withdraw before we sign"),
]


def _said(text: str, document: str) -> StoredStatement:
    """A statement by one speaker, of one day, whichever document has it."""
    place = Statement("indirect", spans=((0, len(text)),), cue=(0, 0), mention=None, name=None, confidence=1.0)
    ref = Ref(document, f"file:///{document}", document, None, "2031-05-06", None, "en")
    return StoredStatement(f"s_{document}", place, text, "", "Ostrel", "p_ostrel", "Marta Ostrel", ref)


def _is_one(one: str, other: str) -> bool:
    """Whether two documents' wordings of what one speaker said fold into one statement."""
    return len(fold_statements([_said(one, "a"), _said(other, "b")])) == 1


@pytest.mark.parametrize(("one", "other"), SAME)
def test_other_words_for_the_same(one: str, other: str) -> None:
    """Translations and excerpts of one statement are one, whichever is looked at first."""
    assert _is_one(one, other)
    assert _is_one(other, one)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_like_words_for_something_else(one: str, other: str) -> None:
    """A negation, a number, a name, a turning word or the one word that matters sets statements apart."""
    assert not _is_one(one, other)
    assert not _is_one(other, one)


WORDS = [
    "we",
    "will",
    "not",
    "build",
    "two",
    "ships",
    "in",
    "Tolm.",
    "Open",
    "the",
    "harbour,",
    "or",
    "close",
    "it?",
    "“No”",
]


@given(st.lists(st.sampled_from(WORDS)))
def test_retelling_is_symmetric(words: list[str]) -> None:
    """The order of the two never matters, whatever they are made of."""
    text, other = " ".join(words), " ".join(words[: len(words) // 2])
    assert _is_one(text, other) == _is_one(other, text)


READY = "“We are ready to negotiate about the harbour,” said Marta Ostrel.\n"
WILLING = "“We are willing to negotiate about the harbour,” Marta Ostrel said on Tuesday.\n"


def test_outlets_are_named_with_their_own_wording(tmp_path: Path) -> None:
    """Folded, the earliest leads and `also_in` has the other's words and offsets; unfolded, each stands alone."""
    documents = [article("b", WILLING, published="2031-05-08"), article("a", READY, published="2031-05-06")]
    engine = make_engine(tmp_path / "library", documents)
    (folded,) = engine.statements(StatementsQuery(collapse=True)).statements
    assert folded.document.id == "a"
    (copy,) = folded.also_in
    assert (copy.document.id, copy.document.published) == ("b", "2031-05-08")
    assert copy.text == WILLING[copy.start : copy.end] == "“We are willing to negotiate about the harbour,”"
    assert [one.also_in for one in engine.statements(StatementsQuery()).statements] == [(), ()]
    engine.close()


@pytest.mark.parametrize(
    ("other", "published"),
    [
        (WILLING.replace("Marta Ostrel", "Oda Krell"), "2031-05-08"),
        (WILLING.replace("Marta Ostrel", "an official"), "2031-05-08"),
        (WILLING, f"2031-05-{6 + DAYS + 1:02}"),
    ],
)
def test_somebody_else_and_another_time_stay_apart(tmp_path: Path, other: str, published: str) -> None:
    """The same view of another speaker, of nobody named, or of another week, is a statement of its own."""
    documents = [article("a", READY, published="2031-05-06"), article("b", other, published=published)]
    engine = make_engine(tmp_path / "library", documents)
    assert engine.statements(StatementsQuery(collapse=True)).total == 2
    engine.close()


PARAGRAPH = (
    "The ferry to Tolm was held at the northern quay because the harbour master had found a crack in its ramp, and "
    "the crews of both ships waited for an engineer until the lamps of the town were lit"
)


def _nameless(text: str, sayer: str) -> StoredStatement:
    """The same by somebody of whom only this is known."""
    return replace(_said(text, sayer), mention=sayer, speaker_id=None, speaker=None)


def test_nameless_sayers_are_told_apart_by_what_they_are_called() -> None:
    """Copies fold where the sayer is worded alike, in any case; what another one said draws nothing together."""
    near, inside = PARAGRAPH.replace("at the", "near the"), PARAGRAPH.replace("of the town", "in the town")
    said = [(PARAGRAPH, "a pilot"), (near, "a cook"), (PARAGRAPH, "A pilot"), (inside, "a cook"), (near, "a pilot")]
    assert fold_statements([_nameless(*one) for one in said]) == [[0, 2, 4], [1], [3]]
    assert fold_statements([_nameless(text, "a pilot") for text, _ in said]) == [[0, 1, 2, 3, 4]]


def test_many_nameless_sayers_are_not_compared_with_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of thousands, most of whose sayers have no name, is folded by sayer."""
    sizes: list[int] = []

    def counted(texts: Iterable[str]) -> list[list[int]]:
        given = list(texts)
        sizes.append(len(given))
        return fold(given)

    monkeypatch.setattr(retellings, "fold", counted)
    groups = fold_statements([_nameless(f"{PARAGRAPH} {n}", f"pilot {n // 2}") for n in range(20)])
    assert sizes == [2] * 10
    assert len(groups) == 20


def test_one_document_never_folds_into_itself(tmp_path: Path) -> None:
    """What somebody says twice in one article in other words was said twice."""
    engine = make_engine(tmp_path / "library", [article("a", READY + "\n" + WILLING)])
    assert engine.statements(StatementsQuery(collapse=True)).total == 2
    engine.close()
