"""An evaluation as a table for people at a terminal, with what changed since a saved run."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import fields

from search.counts import counted
from search.evaluation import Change, Comparison, Evaluation, MeasureChange

_WIDTH = 100
_SHOWN = 5
"""So many questions that got better, and worse, by each measure; `--json` lists all."""
_LISTED = ("ndcg_at_10", "hit_rate", "refusal_recall", "wrongly_refused")
"""The other measures of a ranking move with the first."""


def scorecard(result: Evaluation) -> str:
    """The measures, one a line; below them the comparison."""
    groups = (
        ("", result.ranking),
        ("", result.answers),
        ("search ", result.search_latency),
        ("ask ", result.ask_latency),
    )
    rows: list[tuple[str, object]] = [("questions", result.questions), ("unjudged", result.unjudged)]
    for prefix, group in groups:
        if group is not None:
            rows += [(_name(prefix, f.name), getattr(group, f.name)) for f in fields(group)]
    lines = [f"{name:>20}  {_shown(name, value)}" for name, value in rows]
    if result.comparison:
        lines += ["", *_comparison(result.comparison)]
    return "\n".join(lines)


def _shown(name: str, value: object) -> object:
    if isinstance(value, float):
        return f"{value:.1f}" if name.endswith("_ms") else f"{value:.4f}"
    return "–" if value is None else value


def _name(prefix: str, field: str) -> str:
    return "ranked questions" if field == "questions" else prefix + field


def _comparison(found: Comparison) -> Iterator[str]:
    questions = counted(found.questions, "question")
    yield f"Compared with {found.run}, generation {found.generation}, over {questions} judged alike"
    yield f"{'':>20}  {'before':>8} {'after':>8} {'change':>8} {'better':>7} {'worse':>6} {'p':>8}"
    for one in found.measures:
        yield (
            f"{one.measure:>20}  {one.before:>8.4f} {one.after:>8.4f} {one.after - one.before:>+8.4f} "
            f"{len(one.better):>7} {len(one.worse):>6} {one.p_value:>8.2g}"
        )
    for one in found.measures:
        if one.measure in _LISTED:
            yield from _changes(one, "better", one.better)
            yield from _changes(one, "worse", one.worse)


def _changes(measure: MeasureChange, direction: str, changes: Sequence[Change]) -> Iterator[str]:
    if not changes:
        return
    yield f"\n{measure.measure}, {direction}: {len(changes)}"
    for one in changes[:_SHOWN]:
        head = f"    {one.before:.4f} → {one.after:.4f}  {one.id}  "
        yield head + textwrap.shorten(one.question, max(20, _WIDTH - len(head)), placeholder="…")
    if len(changes) > _SHOWN:
        yield f"    and {len(changes) - _SHOWN} more: --json lists all"
