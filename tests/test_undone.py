"""What a text tells only as denied, wanted or possible does not answer when it was done."""

from pathlib import Path

import pytest

from search.types import Query
from search.undone import asks_of_done, asks_of_undone, tells_undone
from tests.small_library import article, make_engine

WAR = "The war in Corvane could not end until May, said Ada Brandt, when the last soldier would have left."
LEAGUE = "Corvane promised in March 2031 that it wouldn't join the Northern League."


@pytest.mark.parametrize(
    ("deed", "text", "is_undone"),
    [
        ("end", "The war could not end until the last soldier had left.", True),
        ("end", "This war will end through talks.", True),
        ("end", "He is not serious about ending the war.", True),
        ("end", "The war ended in May.", False),
        ("end", "The war will end, he said. It ended in May.", False),
        ("close", "The plant will close in May 2016.", False),
        ("join", "Corvane wouldn't join the league.", True),
        ("join", "Corvane never joined the league.", True),
        ("join", "Before joining the league, Corvane held a vote.", False),
        ("recogn", "It still does not recognize the border.", True),
        ("releas", "They met to discuss the potential release of two pilots.", True),
        ("releas", "They were freed after the release of two pilots.", False),
        ("withdraw", "It refuses unless the offer includes a complete withdrawal.", True),
        ("scuttl", "Britain is alleged to have scuttled the deal.", False),
        ("talk", "He would hold his first conversation with her.", True),
        ("talk", "He held his first conversation with her.", False),
        ("sink", "Nobody tells of that.", False),
    ],
)
def test_what_is_denied_or_wanted_was_not_done(deed: str, text: str, is_undone: bool) -> None:
    """Each time the deed is told must be as not done; what is to come at a time that is told counts as done by then."""
    assert tells_undone(deed, text) is is_undone


@pytest.mark.parametrize(
    ("question", "is_of_done"),
    [
        ("When did the war end?", True),
        ("Which treaty ended the war?", True),
        ("When will the war end?", False),
        ("Why did Corvane not join the league?", False),
        ("When does the shop close?", False),
    ],
)
def test_only_what_was_done_must_have_been_done(question: str, is_of_done: bool) -> None:
    """What will be, or was not, is asked about in other words."""
    assert asks_of_done(question) is is_of_done


@pytest.mark.parametrize(
    ("question", "is_of_undone"),
    [
        ("Who did not sign the treaty?", True),
        ("Which towns never signed it?", True),
        ("Who wasn't there?", True),
        ("Why did Tolm not sign it?", False),
        ("Which towns may or may not sign it?", False),
        ("What was the only town not taken by Karst?", False),
        ("Whom did Ada Orr meet who was not of her party?", False),
    ],
)
def test_only_what_the_question_itself_denies_must_be_denied(question: str, is_of_undone: bool) -> None:
    """Reasons are told without denying, and a clause behind “who” is not what is asked."""
    assert asks_of_undone(question) is is_of_undone


@pytest.mark.parametrize(
    ("question", "text", "is_answered"),
    [
        ("When did the war in Corvane end?", WAR, False),
        ("When did the war in Corvane end?", "The war in Corvane ended in May.", True),
        ("When did Corvane join the Northern League?", LEAGUE, False),
        ("When did Corvane join the Northern League?", "In March 2031 Corvane joined the Northern League.", True),
    ],
)
def test_a_deed_that_is_not_done_has_no_date(tmp_path: Path, question: str, text: str, is_answered: bool) -> None:
    """A date beside a deed that is only wanted is not when it was done."""
    engine = make_engine(tmp_path / "library", [article("one", text)])
    answer = engine.ask(Query(question, mode="lexical")).answer
    engine.close()
    assert (answer is not None) is is_answered


def test_words_without_end_take_linear_time() -> None:
    """A question or a text of one kind of word is read in time in proportion to its length."""
    asks_of_done("was " * 5_000)
    tells_undone("end", "to end " * 5_000)
