"""Who, where and when: told by some words alone, and refused where they are missing."""

from pathlib import Path

import pytest

from search.circumstances import asked
from search.types import Query
from tests.small_library import article, make_engine


@pytest.mark.parametrize(
    ("question", "text", "is_told"),
    [
        ("Who built the bridge of Halm?", "The bridge of Halm was built in 1931.", False),
        ("Who built the bridge of Halm?", "The bridge of Halm was built by two brothers.", True),
        ("Who built the bridge of Halm?", "Karel Vost built the bridge of Halm.", True),
        ("Who built the bridge of Halm?", "An engineer built it.", True),
        ("Who built the bridge of Halm?", "The bridge crosses the Isk.", None),
        ("Who built the bridge of Halm?", "The bridge of Halm was built in Mill Street.", False),
        ("Who built the bridge of Halm?", "In Mill Street, Oda Dahl built the bridge of Halm.", True),
        ("Who feeds the swans?", "A hermit feeds the swans.", True),
        ("Who feeds the swans?", "A hermit of the Isk who has long fed the swans got a medal.", True),
        ("Who feeds the swans?", "The swans feed at dawn.", False),
        ("Where was Otto Lemm born?", "Otto Lemm was born in 1811.", False),
        ("Where was Otto Lemm born?", "Otto Lemm was born in Tarn in 1811.", True),
        ("When was the chapel of Sarn built?", "The chapel of Sarn was built by monks.", False),
        ("When was the chapel of Sarn built?", "The chapel of Sarn was built after the flood.", True),
        ("When did the mill close?", "The mill will close, its owner, the Orr family, said on Tuesday.", False),
        ("When did the mill close?", "The mill closed on Thursday, police said.", True),
        ("When did the fire close the mill?", "A fire closed the mill for six weeks.", False),
        ("When did the fire close the mill?", "A fire closed the mill for six weeks last spring.", True),
        ("Where was the pact signed?", "The pact was signed by the two dukes.", False),
        ("Where was the pact signed?", "The pact was signed by the river.", True),
        ("Where was the coin found?", "The coin was found beneath it, a relic of a queen.", False),
        ("Who found the coin?", "A coin was found by the fence, detective Omar Dahl said.", False),
        ("Who found the coin?", "The coin was found, said Omar Dahl, who found it with a rake.", True),
        ("Who stole the coin?", "Ada Orr's coin, which was stolen in 1987, has come back.", False),
        ("Who stole the coin?", "The coin, which was stolen in 1987, has been returned by a dentist.", False),
        ("Who stole the coin?", "The coin was returned by a dentist long after it was stolen.", False),
        ("Who stole the coin?", "The coin was stolen by a dentist and has been returned.", True),
        ("Who stole the coin?", "It was not stolen until the work of Ada Orr.", True),
        ("Who stole the coin?", "Ada Orr has stolen the coin.", True),
        ("Who did the club beat?", "Otto Lemm was beaten by the club.", True),
        ("When was the chapel of Sarn built?", "SARN, March 2 - The chapel of Sarn was built by monks.", False),
    ],
)
def test_what_tells_who_where_or_when(question: str, text: str, is_told: bool | None) -> None:
    """A year tells nobody, a builder no year; what tells of no such deed is not judged."""
    asks = asked(question)
    assert asks
    assert asks.is_told_by(text) is is_told


@pytest.mark.parametrize("question", ["Who is Ada Orr?", "When it rains, what do they do?", "How high is it?"])
def test_other_questions_ask_no_circumstance(question: str) -> None:
    """Who somebody is, is told by what they are."""
    assert asked(question) is None


def test_it_goes_on_about_who_was_named_before() -> None:
    """Whose “this was the first bridge” was, is told by the sentence before it."""
    asks = asked("Who built the first bridge?")
    assert asks
    assert asks.is_told_by("This was the first bridge to be built.", "Karel Vost drew it.")


BUILT = article("built", "The bridge of Halm was built in 1931. It crosses the Isk.")
BUILDER = article("builder", "The bridge of Halm was built in 1931. The engineer Karel Vost built it for the county.")


def test_who_is_not_told_by_when(tmp_path: Path) -> None:
    """Where no sentence tells who did it, the question is refused; where one does, that one answers."""
    question = Query("Who built the bridge of Halm?")
    engine = make_engine(tmp_path / "one", [BUILT])
    assert engine.ask(question).answer is None
    engine.close()
    engine = make_engine(tmp_path / "two", [BUILDER])
    answer = engine.ask(question).answer
    engine.close()
    assert answer
    assert "Karel Vost" in answer.text
    assert "1931" not in answer.text


def test_what_was_founded_is_not_told_by_what_was_found(tmp_path: Path) -> None:
    """Both have one stem."""
    pile = [article("museum", "The Rolfe Museum shows a painting. Its keepers found a coin under the floor in 1987.")]
    assert make_engine(tmp_path, pile).ask(Query("When was the Rolfe Museum founded?")).answer is None


def test_what_tells_who_did_it_needs_no_other_beside_it(tmp_path: Path) -> None:
    """A sentence with the deed and its doer is surer than others that hold as much of the question."""
    pile = [
        article("closed", "The Old Weir bridge, built in 1911 by the engineer Lowell Straker, crosses the Tarn."),
        article("repairs", "Repairing the Old Weir bridge will cost 4.1 million crowns, the council was told."),
    ]
    answer = make_engine(tmp_path, pile).ask(Query("Who built the Old Weir bridge?")).answer
    assert answer
    assert [one.document.id for one in answer.citations] == ["closed"]


def test_it_was_built_tells_nobody_who_did() -> None:
    """Those in the sentence before did something else."""
    asks = asked("Who built the bridge?")
    assert asks
    assert asks.is_told_by("It was built in 1932.", "Engineers found a crack in the bridge.") is False
    assert asks.is_told_by("It was built by Karel Vost.", "Engineers found a crack in the bridge.")
