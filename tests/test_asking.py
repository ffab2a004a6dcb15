"""Reporters' questions in other words and forms than those that the rules were made with."""

from pathlib import Path

import pytest

from benchmarks import asking
from tests.gold_scores import read_gold, read_questions

FLOORS = {"news_heldout_questions": (38, 14), "news_further_questions": (29, 14)}
"""Of 43 and 30 questions that a statement answers, so many are answered; of 14 and 10 others, so many refused."""


@pytest.mark.model
@pytest.mark.parametrize("name", FLOORS)
def test_questions_worded_otherwise(shared: Path, news_library: Path, name: str) -> None:
    """Questions that were written first and asked afterwards are answered and refused as well."""
    rows = asking.measure(shared / "news", "news", news_library, name)
    misses = [row["question"] for row in rows if not row["right"]]
    answered, refused = (count["right"] for count in asking.counts(rows))
    assert (answered, refused) >= FLOORS[name], misses
    assert refused >= FLOORS[name][1], misses


@pytest.mark.parametrize("name", FLOORS)
def test_questions_name_statements_that_exist(name: str) -> None:
    """Every accepted answer is a statement of the gold, and no question is asked twice, in this set or another."""
    gold = {document.name: len(document.statements) for document in read_gold("news")}
    questions = read_questions(name)
    assert all(at < gold[document] for one in questions for document, at in one.accepted)
    others = {one.question for other in ("news_questions", *FLOORS) if other != name for one in read_questions(other)}
    assert len({one.question for one in questions} - others) == len(questions)
