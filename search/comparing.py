"""A run against one saved earlier: which questions changed, and whether that may be chance."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path

import numpy as np

from index.errors import MissingExtraError
from search.counts import named
from search.errors import EvaluationInputError
from search.evaluation import (
    Change,
    Comparison,
    Evaluation,
    MeasureChange,
    MeasureName,
    QuestionOutcome,
    TestName,
    read_run,
)

_RESAMPLES = 9_999
"""Random signs are tried so often: p-values are good to about .005 at .05. Up to 13 changes all are tried."""
Value = Callable[[QuestionOutcome], float | bool | None]


def _refused_rightly(one: QuestionOutcome) -> bool | None:
    return one.refused if one.answerable is False else None


def _refused_wrongly(one: QuestionOutcome) -> bool | None:
    return one.refused if one.answerable else None


_MEASURES: tuple[tuple[MeasureName, Value, TestName, int], ...] = (
    ("ndcg_at_10", lambda one: one.ndcg_at_10, "permutation", 1),
    ("recall_at_10", lambda one: one.recall_at_10, "permutation", 1),
    ("recall_at_100", lambda one: one.recall_at_100, "permutation", 1),
    ("mrr_at_10", lambda one: one.mrr_at_10, "permutation", 1),
    ("hit_rate", lambda one: one.hit, "mcnemar", 1),
    ("refusal_recall", _refused_rightly, "mcnemar", 1),
    ("wrongly_refused", _refused_wrongly, "mcnemar", -1),
)
"""Each with a question's value, the test that fits its kind, and whether more of it is better (1) or worse (-1)."""


def read_baseline(path: Path) -> Evaluation:
    """Read a run to compare with. Raises EvaluationInputError, MissingExtraError without SciPy."""
    try:
        import scipy.stats  # noqa: F401
    except ImportError as error:
        raise MissingExtraError("evaluate", "`quoth evaluate --compare`") from error
    return read_run(path)


def compared(now: Evaluation, then: Evaluation, path: Path) -> Evaluation:
    """The run with what changed since the one saved at `path`, over the questions that both judge alike.

    Raises EvaluationInputError where there is no such question.
    """
    before = {one.id: one for one in then.outcomes}
    pairs = [(before[one.id], one) for one in now.outcomes if one.id in before]
    alike = [(a, b) for a, b in pairs if (a.question, a.judgement) == (b.question, b.judgement)]
    if not alike:
        reason = f"none of its {len(before)} questions is also asked and judged so in {now.circumstances.questions}"
        raise EvaluationInputError(str(path), None, f"{reason}; compare runs over the same questions and judgements")
    comparison = Comparison(
        run=str(path),
        generation=then.generation,
        questions=len(alike),
        notes=(*_notes_of_questions(now, then, pairs), *_notes_of_circumstances(now, then)),
        measures=tuple(change for measure in _MEASURES if (change := _change(alike, *measure)) is not None),
    )
    return replace(now, comparison=comparison)


def _notes_of_questions(
    now: Evaluation, then: Evaluation, pairs: Sequence[tuple[QuestionOutcome, QuestionOutcome]]
) -> list[str]:
    """Which questions are left out of the comparison, and why."""
    ids_now, ids_then = ({one.id: None for one in run.outcomes} for run in (now, then))
    groups = {
        "only in this run": [name for name in ids_now if name not in ids_then],
        "only in the saved run": [name for name in ids_then if name not in ids_now],
        "worded otherwise in the saved run": [b.id for a, b in pairs if a.question != b.question],
        "judged otherwise in the saved run": [
            b.id for a, b in pairs if a.question == b.question and a.judgement != b.judgement
        ],
    }
    return [f"left out, {why}: {named(ids, 'question')}" for why, ids in groups.items() if ids]


def _notes_of_circumstances(now: Evaluation, then: Evaluation) -> list[str]:
    """What else differs, and may be the cause of a change, or make it mean nothing."""
    found: list[tuple[str, object, object]] = [("generation", then.generation, now.generation)]
    found += [
        (field.name, getattr(then.circumstances, field.name), getattr(now.circumstances, field.name))
        for field in fields(now.circumstances)
        if field.name != "settings"
    ]
    were, are = then.circumstances.settings, now.circumstances.settings
    found += [(name, were.get(name, "unknown"), are.get(name, "unknown")) for name in {**were, **are}]
    return [
        f"{name}: {_told(was)} in the saved run, {_told(is_now)} in this one"
        for name, was, is_now in found
        if was != is_now
    ]


def _told(value: object) -> str:
    return "none" if value is None else str(value)


def _change(
    pairs: Sequence[tuple[QuestionOutcome, QuestionOutcome]],
    measure: MeasureName,
    value: Value,
    test: TestName,
    sign: int,
) -> MeasureChange | None:
    """None where neither run has the measure. Ties of the most changed are ordered by id."""
    valued = [(b, value(a), value(b)) for a, b in pairs]
    known = [
        Change(one.id, one.question, float(x), float(y)) for one, x, y in valued if x is not None and y is not None
    ]
    if not known:
        return None
    changed = sorted((one for one in known if one.before != one.after), key=lambda one: (-_size(one), one.id))
    better = tuple(one for one in changed if sign * (one.after - one.before) > 0)
    worse = tuple(one for one in changed if sign * (one.after - one.before) < 0)
    return MeasureChange(
        measure=measure,
        questions=len(known),
        before=round(float(np.mean([one.before for one in known])), 4),
        after=round(float(np.mean([one.after for one in known])), 4),
        test=test,
        p_value=_TESTS[test](better, worse),
        better=better,
        worse=worse,
    )


def _size(change: Change) -> float:
    return abs(change.after - change.before)


def _permutation(better: Sequence[Change], worse: Sequence[Change]) -> float:
    """Flip the signs of the differences at random: how often is their sum as far from 0? Two-sided.

    Differences of nDCG are mostly 0 and far from normal, which this doesn't ask for. Those that are 0 change no sum.
    """
    from scipy.stats import permutation_test

    differences = np.array([one.after - one.before for one in (*better, *worse)])
    # Of a single difference either sign is as far from 0.
    if differences.size < 2:
        return 1.0
    found = permutation_test(
        (differences,),
        np.sum,
        permutation_type="samples",
        vectorized=True,
        n_resamples=_RESAMPLES,
        batch=1000,
        rng=np.random.default_rng(0),
    )
    return _rounded(float(found.pvalue))


def _mcnemar(better: Sequence[Change], worse: Sequence[Change]) -> float:
    """Of the questions that changed sides, are as many as can be expected of a coin? Exact, two-sided."""
    from scipy.stats import binomtest

    changed = len(better) + len(worse)
    return _rounded(float(binomtest(len(better), changed).pvalue)) if changed else 1.0


def _rounded(p_value: float) -> float:
    """Four digits that count, so that a small one doesn't become 0."""
    return float(f"{p_value:.4g}")


_TESTS: Mapping[TestName, Callable[[Sequence[Change], Sequence[Change]], float]] = {
    "permutation": _permutation,
    "mcnemar": _mcnemar,
}
