"""The benchmarks run, on a set small enough to tell that they measure what they say."""

import json
from pathlib import Path

import pytest

from benchmarks import ranking, results
from index.types import ModelInfo
from tests.fake_embedder import HashingEmbedder


def test_ranking_measures_every_mode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each way to rank gets a row; the words of the question find their document; the JSON says when and on what."""
    data = tmp_path / "data"
    data.mkdir()
    texts = {"a": "The ferry sank in the strait.", "b": "Apples froze in May.", "c": "The roof leaks again."}
    lines = [json.dumps({"_id": name, "title": "", "text": text}) for name, text in texts.items()]
    (data / "corpus.jsonl").write_text("\n".join(lines), encoding="utf-8")
    questions = [
        {"_id": "1", "question": "Where did the ferry sank?", "answers": ["strait"], "paragraph_id": "a"},
        {"_id": "2", "question": "Who won?", "answers": [], "paragraph_id": None},
    ]
    (data / "questions.jsonl").write_text("\n".join(map(json.dumps, questions)), encoding="utf-8")
    monkeypatch.setitem(ranking.SETS, "tiny", ranking.JudgedSet("corpus.jsonl", "questions.jsonl"))
    monkeypatch.setattr(ranking, "load_embedder", lambda name: HashingEmbedder())

    def fake(info: ModelInfo) -> HashingEmbedder:
        return HashingEmbedder()

    monkeypatch.setattr("search.engine.loader", lambda settings: fake)
    rows = list(ranking.measure("tiny", data, tmp_path, None))
    assert [row["mode"] for row in rows] == ["dense", "lexical", "hybrid"]
    assert [row["questions"] for row in rows] == [1, 1, 1]
    assert all(row["nDCG@10"] == 1.0 for row in rows)
    written = json.loads(results.write("tiny", rows, tmp_path / "out").read_text(encoding="utf-8"))
    assert {"when", "commit", "python", "machine", "rows"} <= set(written)
    assert results.table(rows).count("\n") == 4
