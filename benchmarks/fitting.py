"""The weights of evidence and of sentences, fitted on one judged set and tried on the others; deterministic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from search import evidence
from search.engine import Engine
from search.evidence import ENOUGH, Evidence
from search.reading import Reading, read
from search.types import Query

Array = npt.NDArray[np.float64]
RIDGE = 1.0
"""The penalty on half the squared weights: small beside some thousand questions."""
TYPES = ("figure", "date", "name", "reason")
PARTS = ("covered", "ordered", "unnamed", "typed", "near", "agree")
SENTENCE = ("covered", "before", "place", "ordered", *TYPES)


@dataclass
class Samples:
    """Evidence (n, 6) with whether the library answers, and of each question it answers, its sentences (m, 8)."""

    evidence: list[list[float]] = field(default_factory=list)
    is_left: list[bool] = field(default_factory=list)
    sentences: list[tuple[Array, npt.NDArray[np.bool_]]] = field(default_factory=list)

    def take(self, engine: Engine, question: str, answers: Sequence[str], is_left: bool) -> None:
        """Read what one question finds."""
        with engine._library.snapshot() as snapshot:
            probe = engine._probe(snapshot, question, "hybrid")
            reading = read(snapshot, probe, engine._rank(snapshot, probe, Query(question)))
            self.evidence.append(_parts(evidence.weigh(snapshot, probe, reading)))
        self.is_left.append(is_left)
        holds = np.array(
            [any(answer.casefold() in one.text.casefold() for answer in answers) for one in _told(reading)]
        )
        if is_left and holds.any():
            self.sentences.append((_sentences(reading), holds))


def fit(samples: Mapping[str, Samples]) -> list[dict[str, Any]]:
    """One row a set and way to weigh: the weights, and of the other sets what they refuse, rightly and wrongly."""
    rows = []
    for name, one in samples.items():
        for label, parts in (("words and meaning", 6), ("words", 4)):
            weights = logistic(_with_one(one, parts), np.array(one.is_left, dtype=float))
            row: dict[str, Any] = {
                "fitted on": name,
                "evidence": label,
                "weights": _shown(("1", *PARTS[:parts]), weights),
            }
            for other, two in samples.items():
                if other != name:
                    enough = 1 / (1 + np.exp(-_with_one(two, parts) @ weights)) >= ENOUGH
                    left = np.array(two.is_left)
                    row |= {"tried on": other, "refused": float(np.mean(~enough[~left]))}
                    row |= {"wrongly": float(np.mean(~enough[left]))}
            rows.append(row)
        weights = conditional(one.sentences)
        empty = {"tried on": None, "refused": None, "wrongly": None} if len(samples) > 1 else {}
        rows.append({"fitted on": name, "evidence": "sentences", "weights": _shown(SENTENCE, weights), **empty})
    return rows


def logistic(sizes: Array, is_left: Array) -> Array:
    """Weights (p,) of a ridge logistic regression on sizes (n, p), by Newton's method; the first is not penalised."""
    weights = np.zeros(sizes.shape[1])
    penalty = np.diag([0.0] + [RIDGE] * (sizes.shape[1] - 1))
    for _ in range(30):
        chance = 1 / (1 + np.exp(-sizes @ weights))
        slope = sizes.T @ (chance - is_left) + penalty @ weights
        bend = (sizes * (chance * (1 - chance))[:, None]).T @ sizes + penalty
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def conditional(groups: Sequence[tuple[Array, npt.NDArray[np.bool_]]]) -> Array:
    """Weights (p,) with which one of the right rows of each group is likeliest among all of its rows."""
    from scipy.optimize import minimize

    def loss(weights: Array) -> tuple[float, Array]:
        total, slope = 0.5 * RIDGE * float(weights @ weights), RIDGE * weights
        for rows, holds in groups:
            sizes = rows @ weights
            odds = np.exp(sizes - sizes.max())
            chance, right = odds / odds.sum(), odds * holds / (odds * holds).sum()
            total -= float(np.log((chance * holds).sum()))
            slope = slope + (chance - right) @ rows
        return total, slope

    start = np.zeros(groups[0][0].shape[1])
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x)


def _parts(found: Evidence) -> list[float]:
    return [float(getattr(found, part) or 0.0) for part in PARTS]


def _told(reading: Reading) -> list[Any]:
    return [one for one in reading.sentences if not one.is_heading] or list(reading.sentences)


def _sentences(reading: Reading) -> Array:
    rows = []
    for one in _told(reading):
        shown = [float(reading.asking.type == kind and bool(one.shows_type)) for kind in TYPES]
        place = 1 / (1 + reading.passages[one.passage].place)
        rows.append([one.covered, one.before, place, one.in_order, *shown])
    return np.array(rows)


def _with_one(samples: Samples, parts: int) -> Array:
    sizes = np.array(samples.evidence)[:, :parts]
    return np.hstack([np.ones((len(sizes), 1)), sizes])


def _shown(names: Sequence[str], weights: Array) -> str:
    return ", ".join(f"{name} {weight:.2f}" for name, weight in zip(names, weights, strict=True))
