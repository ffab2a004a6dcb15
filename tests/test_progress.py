"""Progress: JSON lines that a parent process reads, a rate that people do."""

import json
from pathlib import Path

import pytest

from index.library import open_library
from search.progress import EmbeddingRate, progress_for
from tests.piles import LONG, OTHER, run


def test_json_lines_tell_how_far_reading_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In bytes, never falling, to the end, though one file holds all documents; nothing of an unknown total is told."""
    file = tmp_path / "pile.jsonl"
    lines = [json.dumps({"id": str(number), "text": f"{number}. {LONG}\n\n{number}. {OTHER}"}) for number in range(50)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    told: list[tuple[str, int, int]] = []
    with progress_for("json") as lines_of:

        def tell(stage: str, done: int, total: int) -> None:
            told.append((stage, done, total))
            lines_of(stage, done, total)

        run(open_library(tmp_path / "library"), file, progress=tell)
    size = file.stat().st_size
    reading = [(done, total) for stage, done, total in told if stage == "reading"]
    assert reading == sorted(reading)
    assert reading[-1] == (size, size)
    assert len({done for done, _ in reading}) > 10
    assert [done for stage, done, _ in told if stage == "embedding"][-1] == 100
    shown = [json.loads(line)["progress"] for line in capsys.readouterr().err.splitlines()]
    assert {one["stage"] for one in shown} == {"reading"}
    assert shown[-1] == {"stage": "reading", "done": size, "total": size}


def test_the_rate_is_that_of_late() -> None:
    """What was slow long ago no longer counts."""
    rate = EmbeddingRate(now=0.0)
    assert rate.told(10, 1.0) == "10 paragraphs, 10/s"
    assert rate.told(1000, 100.0) == "1,000 paragraphs, 10/s"
    assert rate.told(4000, 110.0) == "4,000 paragraphs, 300/s"
