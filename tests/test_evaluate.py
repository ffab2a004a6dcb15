"""Measures on judged questions, and the files they are read from."""

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.errors import MissingExtraError
from search.engine import Engine
from search.errors import EvaluationInputError
from search.evaluate import evaluate
from search.judged import read_qrels, read_questions
from tests.small_library import make_engine

ANSWERABLE = {"_id": "a", "question": "How many passengers did the boat carry last year?", "answers": ["41,000"]}
UNANSWERABLE: dict[str, Any] = {
    "_id": "n",
    "question": "Which orchestra performed the symphony?",
    "answers": [],
    "paragraph_id": None,
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine over the small library."""
    engine = make_engine(tmp_path_factory.mktemp("evaluate") / "library")
    yield engine
    engine.close()


def _write(path: Path, *records: dict[str, Any]) -> Path:
    lines = "".join(json.dumps(record) + "\n" for record in records)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(lines.encode()))
    else:
        path.write_text(lines)
    return path


@pytest.mark.parametrize("name", ["questions.jsonl", "questions.jsonl.gz"])
def test_answers_and_refusals(engine: Engine, tmp_path: Path, name: str) -> None:
    """A right answer is a hit, a wrong one is none; a right refusal counts for both of its measures."""
    wrong = {"_id": "w", "question": "How many passengers did the boat carry last year?", "answers": ["52,000"]}
    refused = {"_id": "r", "question": "Who plays the violin?", "answers": ["the librarian"]}
    path = _write(tmp_path / name, ANSWERABLE, UNANSWERABLE, wrong, refused)
    found = evaluate(engine, path)
    assert (found.questions, found.ranking) == (4, None)
    assert found.answers
    assert (found.answers.answerable, found.answers.unanswerable, found.answers.refused) == (3, 1, 2)
    assert found.answers.hit_rate == round(1 / 3, 4)
    assert (found.answers.refusal_precision, found.answers.refusal_recall) == (0.5, 1.0)
    assert [(one.id, one.hit, one.refused) for one in found.outcomes] == [
        ("a", True, False),
        ("n", None, True),
        ("w", False, False),
        ("r", False, True),
    ]
    assert found.ask_latency
    assert found.ask_latency.p50_ms <= found.ask_latency.p95_ms
    assert found.search_latency is None


def test_ranking_by_paragraph_id(engine: Engine, tmp_path: Path) -> None:
    """The document that a question names is looked for in the ranking of documents."""
    first = {**ANSWERABLE, "question": "buckets between the shelves", "paragraph_id": "roof"}
    absent = {**ANSWERABLE, "_id": "b", "paragraph_id": "nowhere"}
    found = evaluate(engine, _write(tmp_path / "questions.jsonl", first, absent))
    assert found.ranking
    assert (found.ranking.questions, found.ranking.ndcg_at_10, found.ranking.mrr_at_10) == (2, 0.5, 0.5)
    assert (found.ranking.recall_at_10, found.ranking.recall_at_100) == (0.5, 0.5)
    assert [one.ndcg_at_10 for one in found.outcomes] == [1.0, 0.0]


def test_ranking_by_qrels(engine: Engine, tmp_path: Path) -> None:
    """Queries without answers are ranked by judgements of their own, in TREC's form or below a header."""
    queries = _write(tmp_path / "queries.jsonl", {"_id": "q1", "text": "frost apple blossom"})
    trec, table = tmp_path / "qrels.txt", tmp_path / "qrels.tsv"
    trec.write_text("q1 0 orchard 1\nq1 0 ferry 0\n")
    table.write_text("query-id\tcorpus-id\tscore\nq1\torchard\t1\nq1\tferry\t0\n")
    for qrels in (trec, table):
        found = evaluate(engine, queries, qrels)
        assert found.answers is None
        assert found.ranking
        assert found.ranking.ndcg_at_10 == 1.0
        assert found.search_latency


def test_ranking_by_file_name(engine: Engine, tmp_path: Path) -> None:
    """Documents named by their file are told by the end of their URI."""
    record = {**ANSWERABLE, "question": "buckets between the shelves", "documents": ["roof", "of"]}
    found = evaluate(engine, _write(tmp_path / "questions.jsonl", record))
    assert found.ranking
    assert (found.ranking.recall_at_10, found.ranking.mrr_at_10) == (0.5, 1.0)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("[1]", "not a JSON object"),
        ('{"_id": "x"}', "no `question`"),
        ('{"_id": "x", "question": " "}', "no `question`"),
        ('{"question": "what?"}', "no `_id`"),
        ('{"_id": "x", "question": "what?", "answers": "a"}', "`answers` is not a list"),
        ('{"_id": "x", "question": "what?", "documents": [1]}', "`documents` is not a list"),
        ('{"_id": "a", "question": "again?"}', "twice"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_malformed_questions_are_named_by_line(tmp_path: Path, line: str, reason: str) -> None:
    """What is wrong is told with file, line and reason."""
    path = tmp_path / "questions.jsonl"
    path.write_text(json.dumps(ANSWERABLE) + "\n\n" + line + "\n")
    with pytest.raises(EvaluationInputError, match=reason) as caught:
        read_questions(path)
    assert (caught.value.path, caught.value.line) == (str(path), 3)


@pytest.mark.parametrize("line", ["q1 d1", "q1 0 d1 high", "a b c d e", "q1\td1\t1\t1.5"])
def test_malformed_qrels_are_named_by_line(tmp_path: Path, line: str) -> None:
    """Judgements are checked line by line."""
    path = tmp_path / "qrels.txt"
    path.write_text("q1 0 d1 1\n" + line + "\n")
    with pytest.raises(EvaluationInputError) as caught:
        read_qrels(path)
    assert caught.value.line == 2


def test_unreadable_files(tmp_path: Path) -> None:
    """A file that is missing, empty, not UTF-8 or no gzip is refused in words."""
    broken, latin, empty = tmp_path / "broken.gz", tmp_path / "latin.jsonl", tmp_path / "empty.jsonl"
    broken.write_bytes(b"no gzip")
    latin.write_bytes('{"_id": "é"}'.encode("latin-1"))
    empty.write_text("\n")
    with pytest.raises(EvaluationInputError, match=r"missing\.jsonl: cannot be read .*; check the path"):
        read_questions(tmp_path / "missing.jsonl")
    for path in (tmp_path / "missing.jsonl", broken, latin, empty):
        for read in (read_questions, read_qrels):
            with pytest.raises(EvaluationInputError):
                read(path)


def test_missing_extra_is_named(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without ir-measures the error says what to install."""
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    with pytest.raises(MissingExtraError, match=r"pip install .\.\[evaluate\]"):
        evaluate(engine, _write(tmp_path / "questions.jsonl", ANSWERABLE))
