"""How large something is, is told of that thing, and of a body of people by its members."""

import time
from pathlib import Path

import pytest

from search.sizes import numbers_members, sized
from search.types import Query
from tests.small_library import article, make_engine


@pytest.mark.parametrize(
    ("question", "of"),
    [
        ("How large is the army of Corvane?", "armi"),
        ("How big was the second Corvane aid package?", "packag"),
        ("How large a loss does Brask expect?", "loss"),
        ("How big is Corvane's army?", "armi"),
        ("How big is the U.S. national debt?", "debt"),
        ("How large is Corvane?", None),
        ("How large is it?", None),
        ("How old is the army?", None),
    ],
)
def test_what_is_large(question: str, of: str | None) -> None:
    """The last word before a small word or the end; a name may be told by any word for it."""
    assert sized(question) == of


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("The army has 40,000 men.", True),
        ("It is an army of 40,000.", True),
        ("The 40,000-strong army waited.", True),
        ("The army took 40 villages and 300 square kilometres of forest.", False),
        ("The army holds 18 percent of the country.", False),
        ("The army waited.", False),
    ],
)
def test_an_army_is_as_large_as_those_in_it(text: str, is_told: bool) -> None:
    """What an army took or holds is not its size."""
    assert numbers_members("armi", text) is is_told


@pytest.mark.parametrize(
    ("question", "text", "is_answered"),
    [
        ("How large is the army of Corvane?", "The army of Corvane has 40,000 soldiers.", True),
        ("How large is the army of Corvane?", "The army of Corvane took 300 square kilometres of Karst.", False),
        ("How large is the army of Corvane?", "Corvane is large, and it lost 300 square kilometres to Karst.", False),
        ("How large is the loan to Corvane?", "The loan to Corvane is new. It amounts to 40 million marks.", True),
        ("How large is the loan to Corvane?", "Corvane is large, and paid 40 million marks for eels.", False),
    ],
)
def test_a_size_is_of_what_is_asked_about(tmp_path: Path, question: str, text: str, is_answered: bool) -> None:
    """Another number beside the same name is no answer."""
    engine = make_engine(tmp_path / "library", [article("one", text)])
    answer = engine.ask(Query(question, mode="lexical")).answer
    engine.close()
    assert (answer is not None) is is_answered


def test_words_without_end_are_read_in_linear_time() -> None:
    """A table without white space is read in time in proportion to its length."""
    began = time.thread_time()
    numbers_members("armi", "a.1," * 8_000)
    sized("How large is " + "a " * 8_000)
    assert time.thread_time() - began < 3
