"""How good rankings, answers and refusals are, measured on judged questions."""

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from index import __version__
from index.errors import MissingExtraError, UsageError
from index.types import Filters, Ref
from search.accepted import is_hit
from search.counts import named
from search.engine import Engine
from search.errors import EvaluationInputError
from search.evaluation import (
    AnswerMeasures,
    Circumstances,
    Evaluation,
    Latency,
    QuestionOutcome,
    RankingMeasures,
)
from search.judged import JudgedQuestion, read_qrels, read_questions
from search.reranker import identity
from search.types import AskResult, Mode, Query

DEPTH = 100
"""Documents in a ranking, for recall@100."""
_PASSAGES = (300, 1000)
"""So many passages are fetched for those documents, and so many where they are of too few: no more are given out."""
_REASONS = 3
_DIGITS = 6
"""Decimals of a question's values: finer than what changes them."""


@dataclass(frozen=True, slots=True)
class _Run:
    """One question, asked: ranked document keys with scores, whether that is all there may be, and the answer."""

    question: JudgedQuestion
    ranking: Mapping[str, float]
    is_cut: bool
    asked: AskResult | None
    search_ms: float | None
    ask_ms: float | None

    @property
    def is_hit(self) -> bool | None:
        """Whether the answer shows an accepted string; None where none is known."""
        if self.asked is None or self.question.unanswerable or not self.question.answers:
            return None
        return self.asked.answer is not None and is_hit(self.asked.answer, self.question.answers)

    @property
    def unworded(self) -> str | None:
        """Why an LLM that was to word the answer did not; None where it did, or none was to."""
        if self.asked is None or self.asked.note is None or self.asked.answer is None:
            return None
        return None if self.asked.answer.kind == "generated" else self.asked.note.partition("; ")[0]

    @property
    def is_refused(self) -> bool | None:
        """Whether it was asked and not answered."""
        return self.asked.answer is None if self.asked else None


@dataclass(frozen=True, slots=True)
class _Values:
    """A question's ranking in figures."""

    ndcg_at_10: float
    recall_at_10: float
    recall_at_100: float
    mrr_at_10: float
    judged_at_10: float


def evaluate(
    engine: Engine, questions: Path, qrels: Path | None = None, k: int = 10, mode: Mode = "hybrid"
) -> Evaluation:
    """Ask every judged question, with `k` passages for an answer, and measure.

    Raises EvaluationInputError for a malformed file, or where nothing is judged; MissingExtraError without
    ir-measures, and what the engine raises.
    """
    _require_measures()
    every, notes = _judged(questions, qrels)
    judged = [one for one in every if one.is_asked or one.is_ranked]
    # Nobody's question is the first after a start but one.
    engine.warm()
    status = engine.status()
    runs = [_run(engine, question, k, mode, questions) for question in judged]
    values = _rank_values([run for run in runs if run.question.is_ranked])
    notes += [*_notes_of_runs(runs), *_notes_of_library(engine, runs, status.generation)]
    return Evaluation(
        questions=len(every),
        unjudged=len(every) - len(judged),
        generation=status.generation,
        circumstances=Circumstances(
            library=status.library,
            documents=status.documents,
            model=status.model.name,
            mode=mode,
            k=k,
            questions=str(questions),
            qrels=str(qrels) if qrels else None,
            quoth=__version__,
            settings={"vector_index": status.vector_index.kind, **_settings(engine)},
        ),
        ranking=_ranking_measures([*values.values()]),
        answers=_answer_measures(runs),
        search_latency=_latency(run.search_ms for run in runs),
        ask_latency=_latency(run.ask_ms for run in runs),
        notes=tuple(notes),
        outcomes=tuple(_outcome(run, values.get(run.question.id)) for run in runs),
    )


def _settings(engine: Engine) -> dict[str, str | int | float | None]:
    """What rankings and answers depend on beside the library, by the names of the settings; never a key."""
    settings = engine.settings
    url = settings.llm.url or None
    return {
        "dense_weight": settings.dense_weight,
        "candidates": settings.candidates,
        "answer_words": settings.answer_words,
        "reranker": identity(settings.reranker),
        "llm.url": url,
        "llm.model": settings.llm.model if url else None,
    }


def _require_measures() -> None:
    try:
        import ir_measures  # noqa: F401
    except ImportError as error:
        raise MissingExtraError("evaluate", "`quoth evaluate`") from error


def _judged(questions: Path, qrels: Path | None) -> tuple[list[JudgedQuestion], list[str]]:
    """The questions with all that is judged of them, and what doesn't fit together."""
    every = read_questions(questions)
    grades = read_qrels(qrels) if qrels is not None else {}
    notes: list[str] = []
    strangers = sorted(grades.keys() - {one.id for one in every})
    if strangers:
        notes.append(f"{qrels} judges {named(strangers, 'question')} that {questions} doesn't hold")
    every = [_with_grades(one, grades[one.id]) if one.id in grades else one for one in every]
    unjudged = [one.id for one in every if not (one.is_asked or one.is_ranked)]
    if len(unjudged) == len(every):
        where = f"{qrels}: the judgements are of other questions" if strangers else "name judgements with --qrels FILE"
        raise EvaluationInputError(
            str(questions),
            None,
            f"no question has `answers`, `paragraph_id`, `documents` or a relevant document; {where}",
        )
    if unjudged:
        notes.append(f"{named(unjudged, 'question')} not asked: without answers and without a relevant document")
    return every, notes


def _with_grades(question: JudgedQuestion, grades: Mapping[str, int]) -> JudgedQuestion:
    """Judgements by id stand in for names of files, and beside the paragraph that the question names."""
    named = {} if question.files else question.relevant
    return replace(question, relevant={**named, **grades}, files=())


def _run(engine: Engine, question: JudgedQuestion, k: int, mode: Mode, path: Path) -> _Run:
    asked, search_ms, ask_ms = None, None, None
    query = Query(question.text, k=k, mode=mode)
    try:
        # Timed as a user asks, and first, before the question's vector is known.
        started = time.perf_counter()
        if question.is_asked:
            asked = engine.ask(query)
            ask_ms = (time.perf_counter() - started) * 1000
        else:
            engine.search(query)
            search_ms = (time.perf_counter() - started) * 1000
        ranking, is_cut = _documents(engine, question, mode) if question.is_ranked else ({}, False)
    except UsageError as error:
        raise EvaluationInputError(str(path), question.line, f"question {question.id}: {error}") from error
    return _Run(question, ranking, is_cut, asked, search_ms, ask_ms)


def _documents(engine: Engine, question: JudgedQuestion, mode: Mode) -> tuple[dict[str, float], bool]:
    """Documents by id or file name with the score of their best passage, best first, and whether some are lacking."""
    for most in _PASSAGES:
        passages = engine.search(Query(question.text, most, mode, collapse=False)).passages
        ranking: dict[str, float] = {}
        for passage in passages:
            document = passage.document
            # Records of one file have ids of their own, by which they can be named among files.
            by_id = not question.files or document.id in question.relevant
            ranking.setdefault(document.id if by_id else _file_name(document), passage.score)
        if len(ranking) >= DEPTH or len(passages) < most:
            return ranking, False
    return ranking, True


def _file_name(document: Ref) -> str:
    """The last part of a file's URI, without a record's fragment."""
    return document.uri.partition("#")[0].rpartition("/")[2]


def _rank_values(runs: Sequence[_Run]) -> dict[str, _Values]:
    """The measures of each ranked question; they are ir-measures'."""
    import ir_measures
    from ir_measures import RR, Judged, R, nDCG

    measures = [nDCG @ 10, R @ 10, R @ 100, RR @ 10, Judged @ 10]
    qrels = [ir_measures.Qrel(run.question.id, *pair) for run in runs for pair in run.question.relevant.items()]
    ranked = [ir_measures.ScoredDoc(run.question.id, *pair) for run in runs for pair in _strict(run.ranking)]
    # What finds nothing at all has no value of its own there, and none is 0.
    values = {run.question.id: dict.fromkeys(measures, 0.0) for run in runs}
    for metric in ir_measures.iter_calc(measures, qrels, ranked):
        values[metric.query_id][metric.measure] = float(metric.value)
    return {name: _Values(*(found[measure] for measure in measures)) for name, found in values.items()}


def _strict(ranking: Mapping[str, float]) -> list[tuple[str, float]]:
    """The first documents with scores that fall strictly: measures break ties by id, we by our order."""
    return [(document, float(-place)) for place, document in enumerate(list(ranking)[:DEPTH])]


def _ranking_measures(values: Sequence[_Values]) -> RankingMeasures | None:
    if not values:
        return None
    names = ("ndcg_at_10", "recall_at_10", "recall_at_100", "mrr_at_10", "judged_at_10")
    means = {name: round(float(np.mean([getattr(one, name) for one in values])), 4) for name in names}
    return RankingMeasures(questions=len(values), **means)


def _answer_measures(runs: Sequence[_Run]) -> AnswerMeasures | None:
    asked = [run for run in runs if run.asked is not None]
    if not asked:
        return None
    hits = [run.is_hit for run in asked if run.is_hit is not None]
    refused = [run for run in asked if run.is_refused]
    unanswerable = sum(run.question.unanswerable for run in asked)
    right = sum(run.question.unanswerable for run in refused)
    return AnswerMeasures(
        answerable=len(asked) - unanswerable,
        hit_rate=_share(sum(hits), len(hits)),
        unanswerable=unanswerable,
        refused=len(refused),
        refusal_precision=_share(right, len(refused)),
        refusal_recall=_share(right, unanswerable),
        wrongly_refused=_share(len(refused) - right, len(asked) - unanswerable),
    )


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _latency(times: Iterable[float | None]) -> Latency | None:
    taken = [time for time in times if time is not None]
    if not taken:
        return None
    p50, p95 = np.percentile(taken, [50, 95])
    return Latency(round(float(p50), 1), round(float(p95), 1))


def _notes_of_runs(runs: Sequence[_Run]) -> list[str]:
    """What makes a figure less than it seems."""
    notes: list[str] = []
    unknown = [run.question.id for run in runs if run.question.answers == () and not run.question.unanswerable]
    if unknown:
        notes.append(f"{named(unknown, 'answerable question')} without accepted answers: no hits are counted there")
    irrelevant = [run.question.id for run in runs if run.question.relevant and not run.question.is_ranked]
    if irrelevant:
        notes.append(f"{named(irrelevant, 'question')} without a relevant document: left out of the ranking")
    unworded = Counter(run.unworded for run in runs if run.unworded)
    if unworded:
        why = "; ".join(f"{reason} ({count})" for reason, count in unworded.most_common(_REASONS))
        notes.append(f"{unworded.total()} answers are not in the LLM's words: {why}")
    cut = [run.question.id for run in runs if run.is_cut]
    if cut:
        notes.append(
            f"the first {_PASSAGES[-1]:,} passages are of fewer than {DEPTH} documents for {named(cut, 'question')}: "
            "recall@100 is at least what is shown"
        )
    return notes


def _notes_of_library(engine: Engine, runs: Sequence[_Run], generation: int) -> list[str]:
    """Judged documents that the library doesn't hold, and whether it changed meanwhile."""
    notes: list[str] = []
    judged = {name for run in runs for name in run.question.relevant}
    lacking = [name for run in runs for name in run.question.relevant if name not in run.ranking]
    if lacking:
        held = engine.documents(Filters()).documents
        names = {one.id for one in held} | {_file_name(one) for one in held}
        lacking = [name for name in dict.fromkeys(lacking) if name not in names]
    if lacking:
        which = named(lacking, "judged document")
        notes.append(f"{which} of {len(judged):,} not in the library: was it made of what was judged?")
    if engine.generation() != generation:
        notes.append(f"the library changed meanwhile, from generation {generation} to {engine.generation()}")
    return notes


def _outcome(run: _Run, values: _Values | None) -> QuestionOutcome:
    question = run.question
    return QuestionOutcome(
        id=question.id,
        question=question.text,
        judgement=question.judgement,
        ndcg_at_10=round(values.ndcg_at_10, _DIGITS) if values else None,
        recall_at_10=round(values.recall_at_10, _DIGITS) if values else None,
        recall_at_100=round(values.recall_at_100, _DIGITS) if values else None,
        mrr_at_10=round(values.mrr_at_10, _DIGITS) if values else None,
        answerable=not question.unanswerable if run.asked else None,
        hit=run.is_hit,
        refused=run.is_refused,
        answer=run.asked.answer.text if run.asked and run.asked.answer else None,
    )
