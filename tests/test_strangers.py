"""Answers that tell of somebody or somewhere else than was asked about."""

from pathlib import Path

import pytest

from index.types import Document
from search.engine import Engine
from search.extract import extract
from search.reading import read
from search.settings import Settings
from search.strangers import is_of_others
from search.types import Query
from tests.fake_embedder import HashingEmbedder
from tests.small_library import article, make_engine, make_library

TOLM = article("tolm", "Tolmark has 4,200 inhabitants and two bakeries. Its mayor, Ada Renn, keeps bees.")
FAIR = article("fair", "Tornea hosts a fair every May, where cheese is rolled down a hill. Last year a goat won it.")
FIRE = article("fire", "The saw mill of Drossen burned down in 1904. Nobody was hurt.")
PICTURES = "She was born in 1887 and painted 340 pictures of snow."
PAINTER = article(
    "painter", f"Mirre Holt lived in Quarn.\n\n{PICTURES}\n\nThe mill of Orm burned down in 1931.", title="A painter"
)
YARD = article(
    "yard", "The shipbuilder employs 2,300 people in three yards in NS, says Klem.", title="Brask lifts its profit"
)
HILL = article("hill", "The tunnel under Mount Sedge is 900 metres long, and Jan Marlow has a key to it.")
LEAGUE = article("league", "The Norlandic parliament has 120 seats. The Swiss one has 246 seats.")


def is_refused(folder: Path, question: str, *documents: Document) -> bool:
    """Whether the likeliest sentences of a library of these, whatever speaks for them, tell of others."""
    library = make_library(folder / "library", documents)
    engine = Engine(library, Settings(), lambda info: HashingEmbedder())
    with library.snapshot() as snapshot:
        probe = engine._probe(snapshot, question, "lexical")
        found = engine._rank(snapshot, probe, Query(question, mode="lexical"))
        cited = extract(snapshot, probe, found, 60).citations
        told = is_of_others(snapshot, probe, read(snapshot, probe, found), cited)
    engine.close()
    return told


@pytest.mark.parametrize(
    "question",
    [
        "How many inhabitants does Tornea have?",
        "How many inhabitants does Brekkan have?",
        "Who is the mayor of Tornea?",
        "When did the saw mill of Tornea burn down?",
        "When did the saw mill of Arnsby burn down?",
        "How many seats does the Ostrian parliament have?",
        "How long is the tunnel under Mount Corran?",
        "How many keys to the tunnel does Tess Marlow have?",
    ],
)
def test_what_is_told_of_another_does_not_answer(tmp_path: Path, question: str) -> None:
    """Another town's figure is none of a town that is nowhere, or in the library with other news."""
    assert is_refused(tmp_path, question, TOLM, FAIR, FIRE, LEAGUE, HILL)


@pytest.mark.parametrize(
    "question",
    [
        "How many inhabitants does Tolmark have?",
        "When was Mirre Holt born?",
        "How many pictures of snow did Holt paint?",
        "How many people does Brask employ?",
        "How many seats does the parliament of Norlandia have?",
        "How many seats does the parliament of Switzerland have?",
        "How many inhabitants of the EU keep bees?",
        "How many people does Northern Sarn employ?",
        "How many people does the yard of Ruta Klem employ?",
        "How many inhabitants kept bees on Monday?",
        "How many inhabitants are there?",
        "Wie viele Bienen hat ada?",
    ],
)
def test_who_is_meant_may_be_told_elsewhere_or_otherwise(tmp_path: Path, question: str) -> None:
    """In a paragraph before, in a title, as a people; short forms, days and other languages' nouns name nobody."""
    assert not is_refused(tmp_path, question, TOLM, FAIR, PAINTER, YARD, LEAGUE)


@pytest.mark.parametrize(
    ("question", "text", "refused"),
    [
        ("How far is Tolm from Orm?", "Tolm lies 12 miles from Holm.", True),
        ("How far is Tolm from Holm?", "Tolm lies 12 miles from Holm.", False),
        ("How far is Tolm from Atlanta?", "Tolm lies on the Atlantic, 12 miles from Holm.", True),
        ("When did Ada Orr visit Tolm?", "Ada Orr visited the lake of Holm in May.", True),
        ("When did Ada Orr visit Holm?", "Ada Orr visited the lake of Holm in May.", False),
        ("When did Ada Orr buy Tolm?", "Ada Orr bought it in May.", False),
        ("When did Ada Orr sell the mill?", "Ada Orr sold the mill in May.", False),
        ("When did Ada Orr sell the mill?", "Jan Marlow sold the mill in May.", True),
    ],
)
def test_both_ends_of_a_deed_are_told(tmp_path: Path, question: str, text: str, refused: bool) -> None:
    """How far it is to one place is not how far it is to another; whom one visited, and who sold it, must be told."""
    assert is_refused(tmp_path, question, article("one", text)) is refused


def test_a_document_that_names_both_tells_them_apart(tmp_path: Path) -> None:
    """A name elsewhere in the document does not help where another stands in its place."""
    assert is_refused(tmp_path / "her", "When did the mill of Quarn burn down?", PAINTER)
    assert not is_refused(tmp_path / "own", "When did the mill of Orm burn down?", PAINTER)
    flood = article("flood", "The river rose at Holm.\n\nA man of 70 drowned in his cellar in Colne.", title="A flood")
    assert is_refused(tmp_path / "holm", "How many people drowned in Holm?", flood)
    assert not is_refused(tmp_path / "colne", "How many people drowned in Colne?", flood)


def test_a_word_is_no_part_of_a_name(tmp_path: Path) -> None:
    """The pier of a bridge does not tell of Pier Holm, who is named elsewhere."""
    bridge = article("bridge", "The bridge of Orm has a pier of oak. It is named after Clara Dunn, born in 1888.")
    critic = article("critic", "The critic Pier Holm chose the book.")
    assert is_refused(tmp_path, "How old is Pier Holm?", bridge, critic)


def test_who_nobody_names_may_be_meant(tmp_path: Path) -> None:
    """A text that begins with a pronoun is of nobody else."""
    bees = article("bees", "She keeps 40 bees at the market of Holm.")
    assert not is_refused(tmp_path / "she", "How many bees does Inga Roth keep?", bees)
    named = article("named", "Ada Renn left. She keeps 40 bees at the market of Holm.")
    assert is_refused(tmp_path / "ada", "How many bees does Inga Roth keep?", named)


def test_another_answer_beside_the_right_name_is_refused(tmp_path: Path) -> None:
    """The sentence that names the town and gives no figure of it does not vouch for the other's."""
    engine = make_engine(tmp_path, [TOLM, FAIR])
    assert engine.ask(Query("How many inhabitants does Tolmark have?", mode="lexical")).answer
    assert engine.ask(Query("How many inhabitants does Tornea have?", mode="lexical")).refusal
    engine.close()


def test_a_pasted_page_asks_of_nobody_in_particular(tmp_path: Path) -> None:
    """Its names are not compared, one by one, with all that a text names."""
    names = [f"Br{first}k{second}n" for first in "aeiou" for second in "aeiou"]
    assert is_refused(tmp_path / "few", f"How many inhabitants have {', '.join(names[:3])}?", TOLM)
    assert not is_refused(tmp_path / "page", f"How many inhabitants have {', '.join(names)}?", TOLM)


PRYNNE = article(
    "prynne",
    "Walter Prynne must go to prison for 18 years, the judge said.\n\nHis daughter, Elaine Prynne, cried.\n\n"
    "Bob Tarrant was fined 900 crowns.",
)
POST = article("post", "The Marrick Post sells 11,000 copies. Its editor is Hilda Crane.")
YARDS = article("yards", "The yard of Marrick builds ships for 40 million crowns, and its copies cost 9 crowns.")


@pytest.mark.parametrize(
    ("question", "refused"),
    [
        ("How long must Walter Prynne go to prison?", False),
        ("How long must Elaine Prynne go to prison?", True),
        ("How much was Robert Tarrant fined?", False),
        ("How much was Judith Tarrant fined?", True),
    ],
)
def test_a_namesake_is_another(tmp_path: Path, question: str, refused: bool) -> None:
    """A surname with another first name tells of another; a short form of it, of the same."""
    assert is_refused(tmp_path, question, PRYNNE) is refused


def test_a_part_of_a_name_that_is_told_in_full_elsewhere_is_another(tmp_path: Path) -> None:
    """What the yard of Marrick makes is none of the Marrick Post, which the library knows."""
    assert is_refused(tmp_path / "both", "How much does a copy of the Marrick Post cost?", POST, YARDS)
