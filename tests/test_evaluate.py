"""Measures on judged questions, and the files they are read from."""

import gzip
import json
import math
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
from search.types import Query
from tests.small_library import FERRY, ORCHARD, article, make_engine

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


def _ranked(engine: Engine, text: str) -> list[str]:
    """Documents by their best passage, as the engine gives them."""
    return list(dict.fromkeys(p.document.id for p in engine.search(Query(text, 300, collapse=False)).passages))


def test_graded_measures_are_those_of_the_formulas(engine: Engine, tmp_path: Path) -> None:
    """nDCG, recall and reciprocal rank of a known ranking, computed by hand from grades at its places."""
    text = "the ferry between Tolm and Verrin"
    order = _ranked(engine, text)
    assert len(order) >= 5
    queries = _write(tmp_path / "queries.jsonl", {"_id": "q", "text": text})
    qrels = tmp_path / "qrels.txt"
    # Second and fourth of the ranking, something irrelevant in front, and two that are not in the library.
    grades = {order[0]: 0, order[1]: 2, order[3]: 1, "gone": 3, "lost": 1}
    qrels.write_text("".join(f"q 0 {name} {grade}\n" for name, grade in grades.items()))
    found = evaluate(engine, queries, qrels)
    dcg = 2 / math.log2(3) + 1 / math.log2(5)
    best = 3 + 2 / math.log2(3) + 1 / math.log2(4) + 1 / math.log2(5)
    assert found.ranking
    assert found.ranking.ndcg_at_10 == round(dcg / best, 4)
    assert found.ranking.recall_at_10 == found.ranking.recall_at_100 == 0.5
    assert found.ranking.mrr_at_10 == 0.5
    assert found.ranking.judged_at_10 == round(3 / min(10, len(order)), 4)
    outcome = found.outcomes[0]
    assert outcome.ndcg_at_10 == round(dcg / best, 6)
    assert (outcome.recall_at_10, outcome.mrr_at_10, outcome.hit, outcome.refused) == (0.5, 0.5, None, None)
    assert any("2 judged documents (gone, lost) of 5 not in the library" in note for note in found.notes)


def test_means_are_over_the_questions_that_have_something_to_find(engine: Engine, tmp_path: Path) -> None:
    """Unjudged questions are counted and named, not averaged in; neither are those without a relevant document."""
    queries = [{"_id": f"q{i}", "text": "frost apple blossom"} for i in range(4)]
    qrels = tmp_path / "qrels.txt"
    qrels.write_text("q0 0 orchard 1\nq1 0 ferry 0\nq2 0 ferry 1\nother 0 ferry 1\n")
    found = evaluate(engine, _write(tmp_path / "queries.jsonl", *queries), qrels)
    assert (found.questions, found.unjudged) == (4, 2)
    assert found.ranking
    assert found.ranking.questions == 2
    first = _ranked(engine, "frost apple blossom").index("ferry") + 1
    assert found.ranking.mrr_at_10 == round((1 + 1 / first) / 2, 4)
    notes = "\n".join(found.notes)
    assert "judges 1 question (other) that" in notes
    assert "2 questions (q1, q3) not asked" in notes


def test_a_document_is_as_good_as_its_best_passage(tmp_path: Path) -> None:
    """However many passages of one document come first, 100 documents are looked at."""
    many = "\n\n".join(f"The frost of the year {1900 + i} took the apple blossom of the valley." for i in range(400))
    others = [article(f"other-{i}", f"Some frost was seen in village number {i}.") for i in range(120)]
    engine = make_engine(tmp_path / "library", [article("chronicle", many), *others])
    qrels = tmp_path / "qrels.txt"
    qrels.write_text("q 0 other-0 1\nq 0 other-1 1\n")
    queries = _write(tmp_path / "queries.jsonl", {"_id": "q", "text": "frost took the apple blossom of the valley"})
    found = evaluate(engine, queries, qrels)
    order = _ranked(engine, "frost took the apple blossom of the valley")
    engine.close()
    assert order == ["chronicle"]
    assert found.ranking
    assert found.ranking.judged_at_10 == 0.0
    assert not [note for note in found.notes if "at least what is shown" in note]
    assert found.ranking.recall_at_100 > 0


def test_a_library_made_of_something_else_is_told(engine: Engine, tmp_path: Path) -> None:
    """Judgements of documents that the library lacks are the sign of a wrong file: they are counted and named."""
    qrels = tmp_path / "qrels.txt"
    qrels.write_text("".join(f"q 0 D{i} 1\n" for i in range(6)))
    found = evaluate(engine, _write(tmp_path / "queries.jsonl", {"_id": "q", "text": "the ferry"}), qrels)
    assert any("6 judged documents (D0, D1, D2, …) of 6 not in the library" in note for note in found.notes)


def test_answers_are_not_hit_by_their_markers(engine: Engine, tmp_path: Path) -> None:
    """The number of a citation is not the number that was asked for, nor is a part of a number."""
    for accepted, hit in (("1", False), ("41", False), ("41,000", True), ("41,000  Passengers", True)):
        path = _write(tmp_path / "questions.jsonl", {**ANSWERABLE, "answers": [accepted]})
        found = evaluate(engine, path)
        assert found.outcomes[0].hit is hit, (accepted, found.outcomes[0].answer)


def test_what_may_be_answered_anyhow_counts_for_refusals_alone(engine: Engine, tmp_path: Path) -> None:
    """A paragraph that answers, without accepted strings: no hit is missed, but a refusal is wrong."""
    open_ended = {"_id": "o", "question": "Who plays the violin?", "answers": [], "paragraph_id": "roof"}
    nobody = {"_id": "u", "question": "Which orchestra performed the symphony?", "answers": []}
    found = evaluate(engine, _write(tmp_path / "questions.jsonl", open_ended, nobody))
    assert found.answers
    assert (found.answers.answerable, found.answers.unanswerable, found.answers.hit_rate) == (1, 1, None)
    assert (found.answers.refusal_precision, found.answers.refusal_recall, found.answers.wrongly_refused) == (0.5, 1, 1)
    assert any("1 answerable question (o) without accepted answers" in note for note in found.notes)


def test_without_any_judgement_nothing_is_measured(engine: Engine, tmp_path: Path) -> None:
    """Questions alone, or judgements of other questions, are an error that says which file lacks what."""
    queries = _write(tmp_path / "queries.jsonl", {"_id": "q1", "text": "the ferry"})
    with pytest.raises(EvaluationInputError, match=r"queries\.jsonl: no question has .*--qrels FILE"):
        evaluate(engine, queries)
    qrels = tmp_path / "qrels.txt"
    qrels.write_text("other 0 ferry 1\n")
    with pytest.raises(EvaluationInputError, match=r"qrels\.txt: the judgements are of other questions"):
        evaluate(engine, queries, qrels)


def test_a_question_that_cannot_be_asked_is_named_by_its_line(engine: Engine, tmp_path: Path) -> None:
    """What the engine refuses is told with file, line and question."""
    path = _write(tmp_path / "questions.jsonl", ANSWERABLE, {**ANSWERABLE, "_id": "long", "question": "why " * 10_000})
    with pytest.raises(EvaluationInputError, match=r"questions\.jsonl:2: question long: query: .*at most"):
        evaluate(engine, path)


def test_a_run_says_what_it_was_measured_on(tmp_path: Path) -> None:
    """Circumstances name library, model, mode, files and version; the generation is the one at the start."""
    engine = make_engine(tmp_path / "library", [article("ferry", FERRY), article("orchard", ORCHARD)])
    path = _write(tmp_path / "questions.jsonl", ANSWERABLE)
    found = evaluate(engine, path, k=3, mode="lexical")
    assert found.generation == engine.generation()
    about = found.circumstances
    assert (about.mode, about.k, about.documents, about.questions, about.qrels) == ("lexical", 3, 2, str(path), None)
    assert about.library.endswith("library")
    assert about.settings["reranker"] is None
    assert about.settings["llm.url"] is None
    assert about.settings["dense_weight"] == engine.settings.dense_weight
    assert found.notes == ()
    engine.close()


def test_judgements_with_a_mark_and_windows_lines(tmp_path: Path) -> None:
    """A byte order mark, CRLF, spaces in ids and a header of four columns are read as they are meant."""
    path = tmp_path / "qrels.tsv"
    path.write_bytes("\ufeffquery-id\titer\tcorpus-id\tscore\r\nq 1\t0\td 1\t1\r\nq 1\t0\td 1\t1\r\n".encode())
    assert read_qrels(path) == {"q 1": {"d 1": 1}}
    path.write_text("q1\t0\td1\t-1\n")
    assert read_qrels(path) == {"q1": {"d1": -1}}


def test_the_first_judgement_is_no_header(tmp_path: Path) -> None:
    """What is wrong with the grade of a file's first line is told, like that of any other."""
    path = tmp_path / "qrels.trec"
    path.write_text("q1 0 d1 high\nq1 0 d2 1\n")
    with pytest.raises(EvaluationInputError, match=r"qrels\.trec:1: grade: 'high'"):
        read_qrels(path)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("[1]", "not a JSON object"),
        ('{"_id": "x"}', "no `question`"),
        ('{"_id": "x", "question": " "}', "no `question`"),
        ('{"question": "what?"}', "no `_id`"),
        ('{"_id": "x", "question": "what?", "answers": "a"}', "`answers` is not a list"),
        ('{"_id": "x", "question": "what?", "answers": ["a", " "]}', r"`answers\[1\]` is not a string with text"),
        ('{"_id": "x", "question": "what?", "documents": [1]}', r"`documents\[0\]` is not a string"),
        ('{"_id": "x", "question": "what?", "paragraph_id": ["p"]}', "`paragraph_id` is neither"),
        ('{"_id": true, "question": "what?"}', "no `_id`"),
        ('{"_id": "x", "question": "what \\ud800?"}', "surrogate"),
        ('{"_id": "x", "question": "?!"}', "no `question`"),
        ('{"_id": "a", "question": "again?"}', "is that of line 1, too"),
        (
            '{"_id": "x", "question": "what?", "answers": ["a"], "answers": []}',
            "^[^(]*:3: the key 'answers' stands twice",
        ),
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


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("q1 d1", "2 columns"),
        ("q1 0 d1 high", "grade: 'high' is not a whole number"),
        ("a b c d e", "5 columns"),
        ("q1\td1\t1\t1.5", "grade: '1.5'"),
        ("q1 0 d1 2", "has another grade further up, 1"),
        ("q1\t0\t\t2", "no document"),
        ("\t0\td1\t2", "no question"),
    ],
)
def test_malformed_qrels_are_named_by_line(tmp_path: Path, line: str, reason: str) -> None:
    """Judgements are checked line by line, and the column is named."""
    path = tmp_path / "qrels.txt"
    path.write_text("q1 0 d1 1\n" + line + "\n")
    with pytest.raises(EvaluationInputError, match=reason) as caught:
        read_qrels(path)
    assert caught.value.line == 2


@pytest.mark.parametrize("name", ["latin.jsonl", "latin.jsonl.gz"])
def test_a_line_that_is_not_utf_8_is_named(tmp_path: Path, name: str) -> None:
    """Also far behind the first, in a file that is read in one block."""
    lines = [json.dumps(ANSWERABLE | {"_id": str(number)}).encode() for number in range(60)]
    lines[49] = '{"_id": "é"}'.encode("latin-1")
    content = b"\n".join(lines)
    (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    with pytest.raises(EvaluationInputError, match=rf"{name}:50: is not UTF-8 .*0xe9 at 10"):
        read_questions(tmp_path / name)


def test_a_file_under_the_wrong_name_says_so(tmp_path: Path) -> None:
    """Gzipped without `.gz`; and the place in a broken line is counted from that line alone."""
    packed, broken = tmp_path / "packed.jsonl", tmp_path / "broken.jsonl"
    packed.write_bytes(gzip.compress(b"{}"))
    with pytest.raises(EvaluationInputError, match=r"packed\.jsonl:1: .*let its name end in \.gz"):
        read_questions(packed)
    broken.write_text(json.dumps(ANSWERABLE) + "\r\n" + '{"_id": "b", "question":\r\n')
    with pytest.raises(EvaluationInputError, match=r"broken\.jsonl:2: not JSON \(Expecting value at character 2\d\)"):
        read_questions(broken)


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
