"""Answers and refusals: verbatim, cited, and silent where nothing was said."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import sync
from index.library import open_library
from search.engine import Engine
from search.types import AskResult, Query, StatementView
from tests.small_library import ARTICLES, article, make_engine


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine over the small library."""
    documents = [*ARTICLES, article("lake", LAKE, title="Herons return", published="2031-06-01")]
    engine = make_engine(tmp_path_factory.mktemp("answers") / "library", documents)
    yield engine
    engine.close()


QUESTIONS = (
    "What did Ostrel say about the ferry?",
    "What did Pavel Drin say?",
    "Who said that a ferry without islanders is only a boat?",
    "How many passengers did the boat carry last year?",
    "When would the room close?",
    "What does the librarian read before the newspapers?",
    "What did the ministry of agriculture say about the damage?",
    "ferry crowns",
    "Who said that the lake is a mirror for people who never row on it?",
    "Who said the herons came back when nobody was looking?",
    "What did Brannoch say about the lake?",
    "What did Ulla Brannoch say?",
    "When did the herons come back to the lake?",
    "Who said that the nets will hang dry?",
    "Who said “Nobody has asked the herons what they think of it”?",
)

_DOCUMENTS = len(ARTICLES) + 1

LAKE = """\
Herons return to Lake Orm

ORM, Tuesday — Ulla T. Brannoch keeps the lake's only boats.

“The lake is a mirror for people who never row on it,” Ms. Brannoch said. “Those who do row have always known how \
deep it is, and where the reeds begin.

“The herons came back when nobody was looking. They stood in the shallows like visitors who had come too early.

“Nobody has asked the herons what they think of it.”

Mr. Corrin, of the anglers' club, disagreed. “The nets will hang dry,” he said.
"""


def _ask(engine: Engine, question: str) -> AskResult:
    return engine.ask(Query(question))


def _cited(asked: AskResult) -> set[str]:
    assert asked.answer
    return {citation.document.id for citation in asked.answer.citations}


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_citation_is_a_slice_of_its_document(engine: Engine, question: str) -> None:
    """What an answer shows stands in the document, code point for code point, and nothing else is in it."""
    answer = _ask(engine, question).answer
    assert answer
    assert 1 <= len(answer.citations) <= 3
    for citation in answer.citations:
        document = engine.document(citation.document.id)
        assert citation.text == document.text[citation.start : citation.end] != ""
        passage, _ = engine.passage(citation.passage_id)
        assert passage.document.id == citation.document.id
        assert passage.start <= citation.start < citation.end <= passage.end
    assert answer.text == " ".join(f"{citation.text} [{citation.marker}]" for citation in answer.citations)
    assert [citation.marker for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert 0 <= answer.confidence <= 1
    assert sum(len(citation.text.split()) for citation in answer.citations) <= 60


@pytest.mark.parametrize("question", QUESTIONS)
def test_asking_twice_answers_the_same(engine: Engine, question: str) -> None:
    """Nothing but the time taken differs between two runs."""
    first, second = _ask(engine, question), _ask(engine, question)
    assert (first.answer, first.statements, first.passages) == (second.answer, second.statements, second.passages)


def test_statements_of_a_speaker_come_from_every_outlet(engine: Engine) -> None:
    """Both outlets that quote the chair are cited, under either form of her name, and nobody else."""
    asked = _ask(engine, "What did Ostrel say about the ferry?")
    assert asked.answer
    assert asked.answer.kind == "statements"
    assert _cited(asked) == {"ferry", "abroad"}
    assert "for one crown" in asked.answer.text
    assert "nine years" in asked.answer.text
    assert "only a boat" not in asked.answer.text
    assert {one.document.id for one in asked.statements} == {"ferry", "abroad"}


def test_speaker_without_a_topic(engine: Engine) -> None:
    """Asked for anything, a speaker's statements answer."""
    asked = _ask(engine, "What did Pavel Drin say?")
    assert asked.answer
    assert "only a boat" in asked.answer.text
    assert _cited(asked) == {"ferry"}


def test_silence_of_a_speaker_is_told_in_numbers(engine: Engine) -> None:
    """Who is quoted, but on other things, is not made to speak; what they did say is named as nearest."""
    refusal = _ask(engine, "What did Pavel Drin say about apple blossom?").refusal
    assert refusal
    assert (refusal.documents_searched, refusal.documents_mentioning) == (_DOCUMENTS, 1)
    assert refusal.statements_by_speaker >= 1
    assert isinstance(refusal.nearest[0], StatementView)
    assert refusal.nearest[0].speaker
    assert refusal.nearest[0].speaker.name == "Pavel Drin"
    assert "Pavel Drin" in refusal.reason


def test_mentions_of_a_body_are_of_its_whole_name(tmp_path: Path) -> None:
    """That many firms are an “Inc”, and many offices a “Department”, makes no mention of one of them."""
    firms = ("Reck Mining Inc", "Tide Shipping Inc", "the Harbour Department", "the Water Department")
    documents = [
        article(f"n{n}", f"{firm[0].upper()}{firm[1:]} said it will sell the mill.") for n, firm in enumerate(firms)
    ]
    engine = make_engine(tmp_path, [*documents, article("n9", "Shares of Reck Mining fell on Monday.")])
    for speaker, mentioning in (("Reck Mining Inc", 2), ("Tide Shipping Inc", 1), ("the Harbour Department", 1)):
        refusal = _ask(engine, f"What did {speaker} say about apple blossom?").refusal
        assert refusal
        assert refusal.documents_mentioning == mentioning


def test_unknown_speaker_is_refused(engine: Engine) -> None:
    """A name that nobody carries gets no answer, though its topic is all over the library."""
    asked = _ask(engine, "What did Quillon Farrow say about the ferry?")
    assert asked.answer is None
    assert asked.refusal
    assert (asked.refusal.statements_by_speaker, asked.refusal.documents_mentioning) == (0, 0)
    assert asked.statements == ()
    assert asked.passages


def test_what_a_role_did_is_not_what_it_said(engine: Engine) -> None:
    """Who is asked for by role, and is told of but not quoted, has said nothing; the passage is still listed."""
    asked = _ask(engine, "What did the librarian say about buckets?")
    assert asked.answer is None
    assert asked.refusal
    assert (asked.refusal.statements_by_speaker, asked.refusal.documents_mentioning) == (0, 1)
    assert "buckets between the shelves" in asked.passages[0].text


def test_who_said_it(engine: Engine) -> None:
    """The one who said it leads the statements, and the answer's words name them."""
    asked = _ask(engine, "Who said that a ferry without islanders is only a boat?")
    assert asked.answer
    assert asked.statements[0].speaker
    assert asked.statements[0].speaker.name == "Pavel Drin"
    assert "Pavel Drin" in asked.answer.text


def test_statement_over_several_paragraphs_is_cited_in_each(engine: Engine) -> None:
    """A quotation that goes on in the next paragraph has a citation there, of another passage."""
    asked = _ask(engine, "What did Brannoch say about the lake?")
    assert asked.answer
    first, second, *_ = asked.answer.citations
    assert first.passage_id != second.passage_id
    assert first.text.startswith("“The lake is a mirror")
    assert second.text.startswith("“The herons came back")


def test_sayer_is_introduced_by_a_sentence(engine: Engine) -> None:
    """Where only a surname or a pronoun stands beside the words, the sentence with the full name is cited too."""
    asked = _ask(engine, "Who said the lake is a mirror for people who never row on it?")
    assert asked.answer
    assert asked.statements[0].speaker
    assert asked.statements[0].speaker.name == "Ulla T. Brannoch"
    assert "Ulla T. Brannoch keeps the lake's only boats." in [
        c.text.partition("— ")[2] for c in asked.answer.citations
    ]


@pytest.mark.parametrize(
    "question", ["Who said the ferry is made of paper?", "Who said “the newspapers leak”?", "Who said the boat grew?"]
)
def test_words_that_nobody_said_are_refused(engine: Engine, question: str) -> None:
    """Words that are no one's statement get no unrelated sentences, but numbers and what comes nearest."""
    asked = _ask(engine, question)
    assert asked.answer is None
    assert asked.refusal
    assert asked.refusal.documents_searched == _DOCUMENTS
    assert str(_DOCUMENTS) in asked.refusal.reason
    assert asked.refusal.nearest


def test_nearest_is_a_statement(engine: Engine) -> None:
    """What comes near words that nobody said is a statement on the same thing."""
    refusal = _ask(engine, "Who said the islanders will build a ferry of paper?").refusal
    assert refusal
    assert isinstance(refusal.nearest[0], StatementView)
    assert "islanders" in refusal.nearest[0].text


def test_who_did_something_else_than_speak_is_told_in_sentences(engine: Engine, tmp_path: Path) -> None:
    """“Who declared …” may be told by any sentence that declares, so it isn't refused for want of a statement."""
    assert _ask(engine, "Who declared the frost and the damage?").refusal
    isle = "By a treaty of 1702, the isle of Orm was declared neutral by the count of Tolm.\n"
    own = make_engine(tmp_path / "library", [article("isle", isle)])
    assert _ask(own, "Who declared the isle of Orm neutral?").answer
    own.close()


def test_unnamed_sayer_is_better_than_none(tmp_path: Path) -> None:
    """Words of somebody without a name are shown with the mention as it stands, not denied."""
    engine = make_engine(tmp_path / "library", [article("mill", "“The old mill turns at night,” a guard said.\n")])
    answer = engine.ask(Query("Who said the old mill turns at night?")).answer
    engine.close()
    assert answer
    assert "a guard said" in answer.text


def test_nearest_does_not_follow_the_ids(tmp_path: Path) -> None:
    """What is equally near is ordered by date and title, wherever the files lie and whatever their ids are."""
    said = "“The {} is a fine place for a pony,” Orin Dahl said.\n"
    places = ["barn", "field", "meadow", "stable"]
    orders = []
    for ids in (places, places[::-1]):
        documents = [
            article(name, said.format(place), title=f"Of the {place}", published=f"2031-01-0{1 + i // 2}")
            for i, (name, place) in enumerate(zip(ids, places, strict=True))
        ]
        engine = make_engine(tmp_path / ids[0], documents)
        refusal = engine.ask(Query("What did Orin Dahl say about submarines?")).refusal
        engine.close()
        assert refusal
        orders.append([one.document.title for one in refusal.nearest])
    assert orders[0] == orders[1] == ["Of the barn", "Of the field", "Of the meadow"]


def test_best_sentence_answers_a_plain_question(engine: Engine) -> None:
    """The sentence that holds the question's words is in the answer."""
    asked = _ask(engine, "How many passengers did the boat carry last year?")
    assert asked.answer
    assert asked.answer.kind == "extract"
    assert "41,000" in asked.answer.text


def test_no_shared_word_is_refused(engine: Engine) -> None:
    """Where nothing holds a content word of the question, the library is silent and says so."""
    asked = _ask(engine, "Which orchestra performed the symphony?")
    assert asked.answer is None
    assert asked.refusal
    assert asked.refusal.documents_searched == _DOCUMENTS
    assert str(_DOCUMENTS) in asked.refusal.reason


def test_lexical_mode_answers_too(engine: Engine) -> None:
    """Without the model, words alone find statements and sentences."""
    said = engine.ask(Query("What did Ostrel say about the ferry?", mode="lexical"))
    assert said.answer
    assert said.answer.kind == "statements"
    assert engine.ask(Query("passengers of the boat", mode="lexical")).answer


def test_long_sentence_is_cut(tmp_path: Path) -> None:
    """Of a sentence longer than an answer may be, as much is shown as fits, as it stands, whoever says it."""
    sentence = "The tunnel " + "and the long bridge " * 20 + "were opened together."
    said = "The pier, " + "and the long mole, " * 20 + "will be shut together."
    text = f"Heading words.\n\n{sentence}\n\n“{said}” Pavel Drin said.\n"
    engine = make_engine(tmp_path / "library", [article("tunnel", text)])
    for question, told, end in (
        ("When were tunnel and bridge opened?", sentence, "were opened together."),
        ("What did Pavel Drin say?", text, "The pier,"),
        ("Who said that the pier and the mole will be shut together?", text, "will be shut together."),
    ):
        answer = engine.ask(Query(question)).answer
        assert answer
        assert all(one.text in told for one in answer.citations)
        assert end in answer.text
        assert sum(len(one.text.split()) for one in answer.citations) <= 60
    engine.close()


def test_who_praised_is_not_told_by_blame(tmp_path: Path) -> None:
    """Who called a thing a scandal has spoken against it, and is no answer to who supports it."""
    text = "The mayor, Pavel Drin, called the new ferry tax a scandal.\n"
    engine = make_engine(tmp_path / "library", [article("tax", text)])
    against, backing = (engine.ask(Query(f"Who {verb} the ferry tax?")) for verb in ("condemned", "supported"))
    engine.close()
    assert against.answer
    assert "Drin" in against.answer.text
    assert backing.refusal


def test_empty_library_refuses(tmp_path: Path) -> None:
    """A library whose documents were all removed answers nothing, and says why."""
    engine = make_engine(tmp_path / "library", ARTICLES[:1])
    library = open_library(tmp_path / "library")
    sync.remove(library, [str(ARTICLES[0].id)])
    library.close()
    asked = engine.ask(Query("What did Ostrel say about the ferry?"))
    plain = engine.ask(Query("ferry"))
    engine.close()
    for refusal in (asked.refusal, plain.refusal):
        assert refusal
        assert refusal.documents_searched == 0
        assert refusal.nearest == ()


def test_who_said_it_is_told_of_names_in_british_spelling(tmp_path: Path) -> None:
    """Copies are compared by American ones, statements hold what they hold."""
    vote = "“The Labour party will never sell the old harbour to any foreign company,” Mayor Ilka Tarn said on Friday."
    engine = make_engine(tmp_path / "library", [*ARTICLES, article("vote", f"Harbour vote\n\n{vote}\n")])
    answer = engine.ask(Query("Who said that Labour never sells the old harbour to foreign companies?")).answer
    engine.close()
    assert answer
    assert "Tarn" in answer.text
