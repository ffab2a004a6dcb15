"""A server that is asked, filled, emptied and rebuilt at once: `benchmarks/load.py`, in small."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.load import CHANGING, Load
from benchmarks.serving import serving
from tests.small_library import ARTICLES

QUESTIONS = (
    "What did Ostrel say about the ferry?",
    "What did Drin say?",
    "ferry passengers last year",
    "apple blossom frost",
    "Who said that a ferry without islanders is only a boat?",
    "What did Ostrel say about whales?",
    "roof of the reading room",
)
HALL = {"id": "hall", "title": "Rain", "text": "The roof of the town hall leaks, too, the mayor of Verrin said."}
"""In the source that is read again, and sent as well."""


def records() -> list[dict[str, Any]]:
    """More articles than change, each twice under names of its own."""
    made = [{"id": f"{one.id}-{copy}", "title": one.title, "text": one.text} for copy in "ab" for one in ARTICLES]
    assert len(made) > CHANGING
    return made


@pytest.mark.model
def test_every_answer_holds_while_documents_come_and_go(tmp_path: Path) -> None:
    """Quotations stand where they are said to, and a question has one answer in a generation, in two processes."""
    source = tmp_path / "news"
    source.mkdir()
    (source / "roof.jsonl").write_text(json.dumps(HALL), encoding="utf-8")
    with serving(tmp_path / "library", "--source", str(source), "--workers", "2") as server:
        outcome = Load(server, [*records(), HALL], QUESTIONS).run(clients=12, seconds=3, replies=100)
    assert outcome.failures == []
    assert outcome.checked
    assert outcome.repeated
