"""The benchmarks run, on a set small enough to tell that they measure what they say."""

import json
import subprocess
from pathlib import Path

import pytest

from benchmarks import ranking, report, results
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
    monkeypatch.setattr(ranking, "load_embedder", lambda *_: HashingEmbedder())

    def fake(info: ModelInfo) -> HashingEmbedder:
        return HashingEmbedder()

    monkeypatch.setattr("search.engine.loader", lambda settings: fake)
    rows = list(ranking.measure("tiny", data, tmp_path, None))
    assert [row["mode"] for row in rows] == ["dense", "lexical", "hybrid"]
    assert [row["questions"] for row in rows] == [1, 1, 1]
    assert all(row["nDCG@10"] == 1.0 for row in rows)
    written = json.loads(results.write("tiny", rows, tmp_path / "out").read_text(encoding="utf-8"))
    assert {"when", "commit", "dirty", "python", "machine", "memory_bytes", "rows"} <= set(written)
    assert written["memory_bytes"] > 2**28
    assert results.table(rows).count("\n") == 4


def test_figures_tell_whether_they_are_of_their_commit_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed or new file of code makes a result dirty, docs do not; without git nobody knows."""
    tree, out = tmp_path / "tree", tmp_path / "out"
    (tree / "docs").mkdir(parents=True)
    monkeypatch.setattr(results, "ROOT", tree)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))

    def dirty() -> bool | None:
        return json.loads(results.write("tiny", [], out).read_text(encoding="utf-8"))["dirty"]  # type: ignore[no-any-return]

    assert dirty() is None
    for command in (
        ["init", "-q"],
        ["-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qm", "-", "--allow-empty"],
    ):
        subprocess.run(["git", *command], cwd=tree, check=True)
    assert dirty() is False
    (tree / "docs" / "performance.md").write_text("figures", encoding="utf-8")
    assert dirty() is False
    (tree / "search.py").write_text("changed = True", encoding="utf-8")
    assert dirty() is True


def test_the_table_says_what_memory_there_was_and_what_is_dirty(tmp_path: Path) -> None:
    """Under the table stand commit and machine of each run; a result from before this was noted is shown as it is."""
    page, out = tmp_path / "page.md", tmp_path / "out"
    page.write_text(f"{report.BEGIN}\n{report.END}\n", encoding="utf-8")
    for name, more in (("cold", {"dirty": True, "memory_bytes": 2**33}), ("latency", {"dirty": False}), ("load", {})):
        path = results.write(name, [], out)
        written = {
            key: value for key, value in json.loads(path.read_text()).items() if key not in ("dirty", "memory_bytes")
        }
        path.write_text(json.dumps({**written, "commit": "abc1234", **more}), encoding="utf-8")
    lines = report.write(out, page).splitlines()
    measured = [line for line in lines if line.startswith("Measured ")]
    begun = [line[20:].partition(" on ")[0] for line in measured]
    assert begun == ["at commit abc1234 with uncommitted changes", "at commit abc1234"]
    assert [line.rpartition(": ")[2] for line in measured] == ["`cold`.", "`latency`, `load`."]
    assert [", 8.0 GiB of memory; " in line for line in measured] == [True, False]
