"""The refusal benchmark measures what it says: answers where the paragraph is there, refusals where it isn't."""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks import fitting, ranking, refusal
from index.types import ModelInfo
from tests.fake_embedder import HashingEmbedder

PLACES = ("Orm", "Tolm", "Verrin", "Sarn", "Skar", "Brenholm", "Castrel", "Dunmark")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A judged set of eight paragraphs, a question for each, and one that none answers."""
    texts = [f"The mill of {place} was built by {place}an millers in 19{i}0." for i, place in enumerate(PLACES, 1)]
    corpus = [{"_id": f"p{i}", "title": "", "text": text} for i, text in enumerate(texts)]
    asked: list[dict[str, object]] = [
        {"_id": str(i), "question": f"Who built the mill of {place}?", "answers": [place], "paragraph_id": f"p{i}"}
        for i, place in enumerate(PLACES)
    ]
    asked.append({"_id": "no", "question": "Which orchestra performed?", "answers": [], "paragraph_id": None})
    for name, lines in (("corpus", corpus), ("questions", asked)):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    monkeypatch.setitem(ranking.SETS, "tiny", ranking.JudgedSet("corpus.jsonl", "questions.jsonl"))
    monkeypatch.setattr(refusal, "load_embedder", lambda name: HashingEmbedder())

    def fake(info: ModelInfo) -> HashingEmbedder:
        return HashingEmbedder()

    monkeypatch.setattr("search.engine.loader", lambda settings: fake)
    return tmp_path


def test_questions_are_asked_with_and_without_their_paragraph(data: Path) -> None:
    """Every question is answered over the whole, and the half whose paragraphs are gone is refused."""
    row = refusal.measure("tiny", data, data / "libraries", None)
    assert (row["questions"], row["hit"], row["wrongly refused, whole"]) == (8, 1.0, 0.0)
    assert (row["paragraph taken: refused"], row["paragraph left: wrongly refused"]) == (1.0, 0.0)
    assert row["set's own unanswerable: refused"] == 1.0


def test_samples_tell_what_is_left(data: Path) -> None:
    """Each question is weighed over either half, once with its paragraph and once without."""
    found = refusal.samples("tiny", data, data / "libraries", None)
    assert sorted(found.is_left) == [False] * 8 + [True] * 8
    assert len(found.sentences) == 8


def test_fitting_finds_the_part_that_tells() -> None:
    """Weights grow where a part goes with the outcome, and stay small where it doesn't."""
    rng = np.random.default_rng(5)
    sizes = np.hstack([np.ones((400, 1)), rng.random((400, 2))])
    weights = fitting.logistic(sizes, (sizes[:, 1] > 0.5).astype(float))
    assert weights[1] > 5 > abs(weights[2])
    groups = [(rows := rng.random((5, 2)), rows[:, 0] == rows[:, 0].max()) for _ in range(200)]
    found = fitting.conditional(groups)
    assert found[0] > 5 > abs(found[1])
