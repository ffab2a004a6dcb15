"""How good rankings, answers and refusals are, measured on judged questions."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.errors import MissingExtraError
from search.engine import Engine
from search.judged import JudgedQuestion, read_qrels, read_questions
from search.types import AskResult, Mode, Query, Ref

DEPTH = 100
"""Documents in a ranking, for recall@100."""
_PASSAGES = 3
"""So many passages are fetched for each document wanted: several may be of one document."""


@dataclass(frozen=True, slots=True)
class Latency:
    """Percentiles of the time a call took, in milliseconds."""

    p50_ms: float
    p95_ms: float


@dataclass(frozen=True, slots=True)
class RankingMeasures:
    """Means over the questions with judged documents."""

    questions: int
    ndcg_at_10: float
    recall_at_10: float
    recall_at_100: float
    mrr_at_10: float


@dataclass(frozen=True, slots=True)
class AnswerMeasures:
    """`hit_rate`: answerable questions whose answer's text holds an accepted string.

    `refusal_precision`: refusals that were right; `refusal_recall`: unanswerable questions that
    were refused. None where there is nothing to divide by.
    """

    answerable: int
    hit_rate: float | None
    unanswerable: int
    refused: int
    refusal_precision: float | None
    refusal_recall: float | None


@dataclass(frozen=True, slots=True)
class QuestionOutcome:
    """What happened to one question; None where it was not judged so."""

    id: str
    question: str
    ndcg_at_10: float | None
    hit: bool | None
    refused: bool | None
    answer: str | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All measures of a run."""

    questions: int
    generation: int
    ranking: RankingMeasures | None
    answers: AnswerMeasures | None
    search_latency: Latency | None
    ask_latency: Latency | None
    outcomes: tuple[QuestionOutcome, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """One question, asked: ranked document keys with scores, and the answer."""

    question: JudgedQuestion
    relevant: Mapping[str, int]
    ranking: Mapping[str, float]
    asked: AskResult | None
    search_ms: float | None
    ask_ms: float | None


def evaluate(
    engine: Engine, questions: Path, qrels: Path | None = None, k: int = 10, mode: Mode = "hybrid"
) -> Evaluation:
    """Ask every question, with `k` passages for an answer, and measure.

    Raises EvaluationInputError for a malformed file, MissingExtraError without ir-measures, and
    what the engine raises.
    """
    _require_measures()
    judged = read_questions(questions)
    grades = read_qrels(qrels) if qrels is not None else {}
    runs = [_ask(engine, question, grades.get(question.id, {}), k, mode) for question in judged]
    ndcg, ranking = _rank_measures(runs)
    return Evaluation(
        questions=len(runs),
        generation=engine.generation(),
        ranking=ranking,
        answers=_answer_measures(runs),
        search_latency=_latency([run.search_ms for run in runs if run.search_ms is not None]),
        ask_latency=_latency([run.ask_ms for run in runs if run.ask_ms is not None]),
        outcomes=tuple(_outcome(run, ndcg.get(run.question.id)) for run in runs),
    )


def _require_measures() -> None:
    try:
        import ir_measures  # noqa: F401
    except ImportError as error:
        raise MissingExtraError("evaluate", "`quoth evaluate`") from error


def _ask(engine: Engine, question: JudgedQuestion, grades: Mapping[str, int], k: int, mode: Mode) -> _Run:
    relevant = {**question.relevant, **grades} or dict.fromkeys(question.files, 1)
    asked, search_ms, ask_ms = None, None, None
    # Timed as a user asks, and first, before the question's vector is known.
    started = time.perf_counter()
    if question.answers is not None or question.unanswerable:
        asked = engine.ask(Query(question.text, k=k, mode=mode))
        ask_ms = (time.perf_counter() - started) * 1000
    elif relevant:
        engine.search(Query(question.text, k=k, mode=mode))
        search_ms = (time.perf_counter() - started) * 1000
    by_file = bool(question.files) and relevant.keys() <= set(question.files)
    ranking = (
        _documents(engine, Query(question.text, _PASSAGES * DEPTH, mode, collapse=False), by_file) if relevant else {}
    )
    return _Run(question, relevant, ranking, asked, search_ms, ask_ms)


def _documents(engine: Engine, query: Query, by_file: bool) -> dict[str, float]:
    """Documents by id or file name with the score of their best passage, best first."""
    ranking: dict[str, float] = {}
    for passage in engine.search(query).passages:
        ranking.setdefault(_file_name(passage.document) if by_file else passage.document.id, passage.score)
    return ranking


def _file_name(document: Ref) -> str:
    """The last part of a file's URI, without a record's fragment."""
    return document.uri.partition("#")[0].rpartition("/")[2]


def _rank_measures(runs: Sequence[_Run]) -> tuple[dict[str, float], RankingMeasures | None]:
    """NDCG@10 of each judged question, and the means; the measures are ir-measures'."""
    import ir_measures
    from ir_measures import RR, R, nDCG

    judged = [run for run in runs if run.relevant]
    if not judged:
        return {}, None
    qrels = [
        ir_measures.Qrel(run.question.id, document, grade) for run in judged for document, grade in run.relevant.items()
    ]
    ranked = [ir_measures.ScoredDoc(run.question.id, *pair) for run in judged for pair in _strict(run.ranking)]
    measures = [nDCG @ 10, R @ 10, R @ 100, RR @ 10]
    values = {measure: dict.fromkeys((run.question.id for run in judged), 0.0) for measure in measures}
    for metric in ir_measures.iter_calc(measures, qrels, ranked):
        values[metric.measure][metric.query_id] = float(metric.value)
    ndcg, recall_10, recall_100, mrr = ([*values[measure].values()] for measure in measures)
    means = (round(float(np.mean(column)), 4) for column in (ndcg, recall_10, recall_100, mrr))
    return dict(values[measures[0]]), RankingMeasures(len(judged), *means)


def _strict(ranking: Mapping[str, float]) -> list[tuple[str, float]]:
    """The first documents with scores that fall strictly: measures break ties by id, we by our order."""
    return [(document, float(-place)) for place, document in enumerate(list(ranking)[:DEPTH])]


def _answer_measures(runs: Sequence[_Run]) -> AnswerMeasures | None:
    asked = [run for run in runs if run.asked is not None]
    if not asked:
        return None
    answerable = [run for run in asked if not run.question.unanswerable]
    unanswerable = len(asked) - len(answerable)
    refused = [run for run in asked if run.asked and run.asked.refusal]
    right = sum(run.question.unanswerable for run in refused)
    return AnswerMeasures(
        answerable=len(answerable),
        hit_rate=_share(sum(_hit(run) for run in answerable), len(answerable)),
        unanswerable=unanswerable,
        refused=len(refused),
        refusal_precision=_share(right, len(refused)),
        refusal_recall=_share(right, unanswerable),
    )


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _hit(run: _Run) -> bool:
    if run.asked is None or run.asked.answer is None:
        return False
    text = _plain(run.asked.answer.text)
    return any(_plain(answer) in text for answer in run.question.answers or ())


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _latency(times: Sequence[float]) -> Latency | None:
    if not times:
        return None
    p50, p95 = np.percentile(times, [50, 95])
    return Latency(round(float(p50), 1), round(float(p95), 1))


def _outcome(run: _Run, ndcg: float | None) -> QuestionOutcome:
    answer = run.asked.answer.text if run.asked and run.asked.answer else None
    hit = _hit(run) if run.asked and not run.question.unanswerable else None
    refused = run.asked.refusal is not None if run.asked else None
    return QuestionOutcome(run.question.id, run.question.text, ndcg, hit, refused, answer)
