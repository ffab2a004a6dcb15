"""Where somebody works is told by the post that they hold there."""

from pathlib import Path

import pytest

from search.posts import post
from search.types import Query
from tests.small_library import article, make_engine

TOLD = "Ferry fares will rise, said Ada Orr, a harbour historian at the Tolm School of Trade."


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        (TOLD, True),
        ("Fares will rise, said a historian at Tolm College, Ada Orr.", True),
        ("Orr is chief economist of the Bank of Tolm.", True),
        ("Ada Orr of the Tolm Institute counted them.", True),
        ("Ada Orr, the daughter of Jan Orr, counted them.", False),
        ("Ada Orr, a native of Tolm, counted them.", False),
        ("Ada Orr counted them at Tolm.", False),
        ("Ada Orr is fond of Paris and Rome, her friends said.", False),
        ("Ada Orr was killed at Tolm on Friday.", False),
        ("Ada Orr is recovering at Tolm Hospital.", False),
        ("Ada Orr, accused of Tolm's largest fraud, denied it.", False),
        ("Ada Orr is a critic of Tolm College.", False),
        ("Ada Orr of Tolm won the race.", False),
        ("Jan Reck, a historian at Tolm College, counted them.", False),
    ],
)
def test_a_post_tells_where_somebody_works(text: str, is_told: bool) -> None:
    """Whoever is a historian at a school works there; whose daughter she is does not tell it."""
    asked = post("Where does Ada Orr work?")
    assert asked
    assert asked.is_told_by(text) is is_told


@pytest.mark.parametrize(
    ("question", "is_asked"),
    [
        ("Where does Orr work?", True),
        ("Which school does Ada Orr teach at?", True),
        ("Who does Ada Orr work for?", True),
        ("Where does Ada Orr teach?", True),
        ("Where do the bakers work?", False),
        ("Where does Ada Orr live?", False),
        ("How does Ada Orr work?", False),
    ],
)
def test_places_of_work_are_asked_for(question: str, is_asked: bool) -> None:
    """Only where a named person works is asked for."""
    assert (post(question) is not None) is is_asked


def test_a_place_of_work_is_answered_from_a_post(tmp_path: Path) -> None:
    """No text says that she works there."""
    engine = make_engine(tmp_path / "library", [article("one", TOLD)])
    found = engine.ask(Query("Where does Ada Orr work?", mode="lexical"))
    other = engine.ask(Query("Where does Jan Reck work?", mode="lexical"))
    engine.close()
    assert found.answer
    assert found.answer.text.startswith("Ferry fares")
    assert other.answer is None


def test_what_has_a_converse_is_told_by_a_post_as_well(tmp_path: Path) -> None:
    """Whoever teaches has pupils who learn, but where, her post tells."""
    engine = make_engine(tmp_path / "library", [article("one", TOLD)])
    found = engine.ask(Query("Where does Ada Orr teach?", mode="lexical"))
    engine.close()
    assert found.answer
