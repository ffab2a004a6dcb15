"""What an evaluation yields, in the shape of `--json`; a saved one is read back to be compared with."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import msgspec

from search.errors import EvaluationInputError
from search.shapes import encode

MeasureName = Literal[
    "ndcg_at_10", "recall_at_10", "recall_at_100", "mrr_at_10", "hit_rate", "refusal_recall", "wrongly_refused"
]
TestName = Literal["permutation", "mcnemar"]


@dataclass(frozen=True, slots=True)
class Latency:
    """Percentiles of the time a call took, in milliseconds, the model being loaded."""

    p50_ms: float
    p95_ms: float


@dataclass(frozen=True, slots=True)
class RankingMeasures:
    """Means over the questions that have a relevant document.

    `judged_at_10` is the share of the first ten documents that have a judgement at all: where it is
    low, the other measures are lower bounds.
    """

    questions: int
    ndcg_at_10: float
    recall_at_10: float
    recall_at_100: float
    mrr_at_10: float
    judged_at_10: float


@dataclass(frozen=True, slots=True)
class AnswerMeasures:
    """`hit_rate`: answerable questions with accepted strings, one of which the answer shows.

    `refusal_precision`: refusals that were right; `refusal_recall`: unanswerable questions that
    were refused; `wrongly_refused`: answerable ones that were. None where there is nothing to divide by.
    """

    answerable: int
    hit_rate: float | None
    unanswerable: int
    refused: int
    refusal_precision: float | None
    refusal_recall: float | None
    wrongly_refused: float | None


@dataclass(frozen=True, slots=True)
class QuestionOutcome:
    """What happened to one question; None where it was not judged so.

    `judgement` is a digest of what counts as right for it: with another one, its values mean something else.
    """

    id: str
    question: str
    judgement: str
    ndcg_at_10: float | None
    recall_at_10: float | None
    recall_at_100: float | None
    mrr_at_10: float | None
    answerable: bool | None
    hit: bool | None
    refused: bool | None
    answer: str | None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What was measured: which library, by which model, on which files, by which version of Quoth.

    `settings` are those that rankings and answers depend on, by their names; of a reranker its files, too. A run that
    an earlier version saved has none.
    """

    library: str
    documents: int
    model: str
    mode: str
    k: int
    questions: str
    qrels: str | None
    quoth: str
    settings: dict[str, str | int | float | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose value is another than before."""

    id: str
    question: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """One measure before and after, over the questions that both runs judge alike.

    `p_value`: how probable a difference of the means as large as this, or larger, is by chance alone.
    `better` and `worse` are all questions that changed, the most changed first.
    """

    measure: MeasureName
    questions: int
    before: float
    after: float
    test: TestName
    p_value: float
    better: tuple[Change, ...]
    worse: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run against one saved earlier; `notes` name what differs beside the values."""

    run: str
    generation: int
    questions: int
    notes: tuple[str, ...]
    measures: tuple[MeasureChange, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All measures of a run. `unjudged` questions have neither answers nor documents, and were not asked."""

    questions: int
    unjudged: int
    generation: int
    circumstances: Circumstances
    ranking: RankingMeasures | None
    answers: AnswerMeasures | None
    search_latency: Latency | None
    ask_latency: Latency | None
    notes: tuple[str, ...]
    outcomes: tuple[QuestionOutcome, ...]
    comparison: Comparison | None = None


def read_run(path: Path) -> Evaluation:
    """Read a saved run. Raises EvaluationInputError naming the field that is missing or wrong."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Evaluation)
    except OSError as error:
        reason = f"cannot be read ({error.strerror}); name what `quoth evaluate --save FILE` wrote"
        raise EvaluationInputError(str(path), None, reason) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        reason = f"not a run saved by this version of `quoth evaluate` ({error}); measure that state again with --save"
        raise EvaluationInputError(str(path), None, reason) from error


def check_target(path: Path) -> None:
    """Raise EvaluationInputError where a run could not be saved: better told before it is measured than after."""
    folder = path.parent
    if path.is_dir() or not folder.is_dir() or not os.access(path if path.exists() else folder, os.W_OK):
        raise EvaluationInputError(str(path), None, "cannot be written; name a file in a folder that can")


def save_run(result: Evaluation, path: Path) -> None:
    """Write a run, as `--json` prints it. Raises EvaluationInputError."""
    try:
        path.write_bytes(encode(result) + b"\n")
    except OSError as error:
        raise EvaluationInputError(str(path), None, f"cannot be written ({error.strerror})") from error
