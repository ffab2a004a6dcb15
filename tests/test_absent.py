"""Questions that a tiny library nearly answers: what they ask for is in it nowhere."""

from pathlib import Path

import pytest

from benchmarks.near_amounts import AMOUNT_HELD_OUT, AMOUNT_PAIRS, AMOUNT_STORIES
from benchmarks.near_misses import counts
from benchmarks.near_names import NAME_HELD_OUT, NAME_PAIRS, NAME_STORIES
from benchmarks.near_pairs import PAIRS, TEXTS
from benchmarks.near_phases import PHASE_HELD_OUT, PHASE_PAIRS, PHASE_STORIES
from benchmarks.near_stories import HELD_OUT, STORIES, STORY_PAIRS
from benchmarks.near_swaps import SWAP_HELD_OUT, SWAP_PAIRS, SWAP_STORIES
from search.types import AskResult, Query
from tests.small_library import article, make_engine

BEARS = "Forty-one bears live in the Tarrow hills, wardens say. They counted them in May, when the dens were empty."
VAN = "The old van was bought in Verrin for 3,000 crowns and is repainted by the proclaimed master of vans."


def asked(folder: Path, question: str, *texts: str) -> AskResult:
    """A question to a library of these texts, by words alone: made-up vectors know no other words for a thing."""
    engine = make_engine(folder / "library", [article(f"t{i}", text) for i, text in enumerate(texts)])
    result = engine.ask(Query(question, mode="lexical"))
    engine.close()
    return result


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("How many wolves live in the Tarrow hills?", "wolves"),
        ("When did the wardens shoot the bears?", "shoot"),
    ],
)
def test_what_is_nowhere_is_not_answered(tmp_path: Path, question: str, named: str) -> None:
    """A passage about the same place and the like does not answer for what it does not name."""
    refusal = asked(tmp_path, question, BEARS).refusal
    assert refusal
    assert f"“{named}” occurs nowhere" in refusal.reason


def test_an_age_is_told_beside_a_name(tmp_path: Path) -> None:
    """What somebody did, or another's age, does not tell how old they are; their surname with a figure does."""
    bridge, ferryman = "The engineer Sanna Ruud designed the bridge of Tolm.", "Its old ferryman, 61, is bored."
    assert asked(tmp_path / "one", "How old is Sanna Ruud?", bridge, ferryman).refusal
    assert asked(tmp_path / "two", "How old is Sanna Ruud?", bridge, "Ruud, 47, was born in Orm.").answer
    assert asked(tmp_path / "she", "How old is Sanna Ruud?", f"{bridge} She is fifty.", ferryman).answer


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many bears live in the Tarrow hills?", BEARS),
        ("How many of the bears did the warden count in the Tarrow hills?", BEARS),
        ("What kind of animals are the bears of the Tarrow hills?", BEARS),
        ("How many pasengers did the ferry Petrel carry?", "The ferry Petrel carried 61,000 passengers last year."),
        ("How much did the old van in Verrin cost?", VAN),
        ("Where was the old van purchased for 3,000 crowns?", VAN),
        ("Whose proclamation made him master of vans in Verrin?", VAN),
        ("What did the van in Verrin cost?", VAN),
        ("Who leads the choir of Orm?", "The choir of Orm sings on Sundays. Its head is Ada Brul."),
    ],
)
def test_other_forms_and_words_are_no_other_question(tmp_path: Path, question: str, text: str) -> None:
    """Forms of a word, slips, synonyms, words that only ask, and what a sum of money tells are not missed."""
    assert asked(tmp_path, question, text).answer


VOTE = "The council will close three of its nine libraries in May, as Ada Orr proposed."
SAVED = "Closing the libraries saves 90,000 crowns a year, says Bo Lind."
SIGNED = "Readers gathered 6,700 signatures against closing the libraries, and Bo Lind said “no”."


def test_what_is_saved_is_a_sum_of_money(tmp_path: Path) -> None:
    """A count of signatures answers no question for money, whatever else it shares with it; a sum does."""
    question = "How much will closing the libraries save?"
    assert asked(tmp_path / "without", question, VOTE, SIGNED).refusal
    answer = asked(tmp_path / "with", question, VOTE, SIGNED, SAVED).answer
    assert answer
    assert "90,000 crowns" in answer.citations[0].text


def test_an_amount_goes_on_about_what_was_named_before(tmp_path: Path) -> None:
    """“A dose costs 4” is of the vaccine that the paragraph before names."""
    trial = "The new vaccine is called Morvax, and three doses of Morvax protect a child.\n\nIt costs 4 marks a dose."
    assert asked(tmp_path / "trial", "How much does a dose of Morvax cost?", trial).answer


def test_a_profit_is_no_other_sum(tmp_path: Path) -> None:
    """What an airline pays for its jets is not what it earns."""
    jets = "Kesten Air has ordered 20 jets for 1.6 billion marks."
    assert asked(tmp_path / "none", "What was Kesten Air's profit?", jets).refusal
    told = asked(
        tmp_path / "told", "What was Kesten Air's profit?", f"{jets}\n\nKesten Air earned 90 million marks."
    ).answer
    assert told
    assert "90 million" in told.text


def test_the_verb_of_a_question_must_be_told(tmp_path: Path) -> None:
    """What is told of the thing that a question names does not answer for what is asked of it."""
    mill = "The mill was burned down by Pell Dahl, and nobody has mended its wheel."
    singer = "Critics liked the singer of Tolm, who toured the north, and a goat that danced there."
    assert asked(tmp_path / "mill", "Who praised the mill?", mill, singer).refusal
    assert asked(tmp_path / "burned", "Who burned down the mill?", mill, singer).answer


@pytest.mark.parametrize(
    ("question", "text", "is_answered"),
    [
        ("How many bears live in the Tarrow hills?", BEARS, True),
        ("How many people live in Orm?", "Orm has 4,200 inhabitants.", True),
        ("How many teachers has the school of Tarn?", "The school of Tarn has 38 pupils and may close.", False),
        (
            "How many elephants live in the zoo of Orm?",
            "ORM, May 2 - An elephant of 104 kilograms came to the zoo of Orm.",
            False,
        ),
        ("How many times did the mill of Orm burn?", "The mill of Orm burned twice.", True),
    ],
)
def test_a_number_is_of_what_is_counted(tmp_path: Path, question: str, text: str, is_answered: bool) -> None:
    """A figure answers where it counts the thing that is asked for; that of a dateline counts nothing."""
    assert bool(asked(tmp_path, question, text).answer) is is_answered


def test_when_somebody_died_is_told_by_a_death(tmp_path: Path) -> None:
    """A date beside a name is none of a death that nobody tells of."""
    text = "The comet was found in 1998 by Rosa Hallam of Keld."
    assert asked(tmp_path / "one", "When did Rosa Hallam die?", text).refusal
    assert asked(tmp_path / "two", "When did Rosa Hallam die?", f"{text} Hallam was killed in 2003.").answer


def test_pairs_are_pairs() -> None:
    """Every pair names a library that exists, and asks two questions; the counts say which went wrong."""
    assert len(PAIRS) >= 60
    assert {library for library, _, _ in PAIRS} == {*TEXTS, "samples"}
    assert all(one != other for _, one, other in PAIRS)
    assert {story for story, _, _ in STORY_PAIRS} == set(STORIES) > HELD_OUT
    assert all(one != other for _, one, other in STORY_PAIRS)
    assert {story for story, _, _ in SWAP_PAIRS} == set(SWAP_STORIES) > SWAP_HELD_OUT
    assert all(one != other for _, one, other in SWAP_PAIRS)
    assert {story for story, _, _ in NAME_PAIRS} == set(NAME_STORIES) > NAME_HELD_OUT
    assert all(one != other for _, one, other in NAME_PAIRS)
    assert {story for story, _, _ in AMOUNT_PAIRS} == set(AMOUNT_STORIES) > AMOUNT_HELD_OUT
    assert all(one != other for _, one, other in AMOUNT_PAIRS)
    assert {story for story, _, _ in PHASE_PAIRS} == set(PHASE_STORIES) > PHASE_HELD_OUT
    assert all(one != other for _, one, other in PHASE_PAIRS)
    rows: list[dict[str, object]] = [
        {"group": "pairs", "answerable": True, "answer": None},
        {"group": "pairs", "answerable": False, "answer": "41"},
    ]
    counted = {"mode": "hybrid", "group": "pairs", "pairs": 1, "false answers": 1, "wrong refusals": 1}
    assert counts(rows, "hybrid") == [counted]
