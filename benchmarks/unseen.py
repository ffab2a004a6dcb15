"""nDCG@10 of each way to rank, on sets that nobody judged, made by a seed (`benchmarks/unseen_sets.py`).

Usage: python -m benchmarks.unseen [SET…] [--seed N…] [--limit N] [--shared DIR] [--work DIR] [--out DIR]

Each set is indexed into a real library and ranked as a search does; beside it stand meaning and words alone, reciprocal
rank fusion of the two, and txtai's hybrid, computed from its formulas over the same paragraphs and vectors. Each seed
makes a library, and all questions of a kind count together. `best` is the best of those four on a set, and the interval
holds 95 in 100 of the differences to it when the questions are drawn again. Which of four is best on a sample owes
something to its luck: a second table has the difference to each of them, with its own interval. DIR keeps vectors by
model and text, so that only the first run embeds.
"""

import argparse
import hashlib
import json
import math
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks import corpus, results
from benchmarks.unseen_sets import MAKERS, Made, Question, make
from index.beside import Beside
from index.embedder import Embedder, load_embedder
from index.library import Snapshot, open_library
from index.settings import DEFAULT_MODEL, IndexSettings
from index.sync import sync
from index.types import Filters, Hit, ModelInfo, StoredParagraph, Vectors
from search.fusion import FIRST, fuse, lift
from search.proximity import closeness, weigh
from search.retrieve import Probe, by_words, query_terms, retrieve
from search.settings import Settings

Scores = npt.NDArray[np.float64]
Values = dict[str, list[float]]
"""By system, what each question is worth."""
PEERS = ("dense", "BM25", "RRF(60)", "txtai")
OURS = "Quoth"
DEPTH = 100
"""Passages that the peers take from each ranking."""
DRAWS = 2000
NEAR = 0.01
"""What counts as no worse than the best."""
_RRF = 60
_WORD = re.compile(r"\w+(?:['’.]\w+)*")
_K1, _B, _COMMON, _MOST = 1.2, 0.75, 0.1, 6
"""txtai's BM25; words in more than a tenth of all texts only weigh what others found; what scores count as full."""


class Remembering:
    """An embedder that embeds no text twice, in this run or in those before that had the same folder."""

    def __init__(self, embedder: Embedder, folder: Path) -> None:
        self._embedder, self._path = embedder, folder / f"unseen-{embedder.info.key}.npz"
        self._known: dict[str, npt.NDArray[np.float32]] = {}
        if self._path.is_file():
            with np.load(self._path) as kept:
                self._known = dict(zip(kept["names"].tolist(), kept["vectors"], strict=True))

    @property
    def info(self) -> ModelInfo:
        """The model's."""
        return self._embedder.info

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The model's."""
        return self._embedder.count_tokens(texts)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Float32 (n, dim), unit length, in the order given."""
        return self._encode("document", texts, self._embedder.encode_documents)

    def encode_query(self, text: str) -> npt.NDArray[np.float32]:
        """Float32 (dim,), unit length."""
        vector: npt.NDArray[np.float32] = self.encode_queries([text])[0]
        return vector

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Float32 (n, dim), unit length, in the order given."""
        return self._encode("query", texts, self._embedder.encode_queries)

    def save(self) -> None:
        """Keep what is known for the next run."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(self._path, names=np.array(list(self._known)), vectors=np.stack(list(self._known.values())))

    def _encode(self, role: str, texts: Sequence[str], encode: Callable[[Sequence[str]], Vectors]) -> Vectors:
        names = [hashlib.sha256(f"{role}\0{text}".encode()).hexdigest() for text in texts]
        new = {name: text for name, text in zip(names, texts, strict=True) if name not in self._known}
        if new:
            self._known.update(zip(new, encode(list(new.values())), strict=True))
        return np.stack([self._known[name] for name in names])


class Txtai:
    """txtai's hybrid, half and half: its own words, none left out and none stemmed, of title and text."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [Counter(_WORD.findall(text.lower())) for text in texts]
        lengths = np.array([one.total() for one in counts], dtype=float)
        penalty = _K1 * (1 - _B + _B * lengths / max(lengths.mean(), 1.0))
        holders: dict[str, list[int]] = {}
        for place, one in enumerate(counts):
            for word in one:
                holders.setdefault(word, []).append(place)
        n, self._n = len(texts), len(texts)
        self._common = {word for word, places in holders.items() if len(places) > _COMMON * n}
        self._weights: dict[str, tuple[npt.NDArray[np.intp], Scores]] = {}
        idfs, total = [], 0
        for word, places in holders.items():
            idf = math.log1p((n - len(places) + 0.5) / (len(places) + 0.5))
            times = np.array([counts[place][word] for place in places], dtype=float)
            at = np.array(places)
            self._weights[word] = at, idf * times * (_K1 + 1) / (times + penalty[at])
            idfs.append(idf)
            total += int(times.sum())
        usual = total / max(len(holders), 1)
        self._average = float(np.mean(idfs)) * usual * (_K1 + 1) / (usual + _K1) if idfs else 1.0

    def scores(self, query: str, cosines: Scores) -> Scores:
        """The fused scores (n,) of all texts, of which `cosines` (n,) are known."""
        words = self._words(query)
        fused = np.zeros(self._n)
        near = np.argsort(-cosines, kind="stable")[:DEPTH]
        near = near[cosines[near] > 0]
        fused[near] += 0.5 * cosines[near]
        best = np.argsort(-words, kind="stable")[:DEPTH]
        best = best[words[best] > 0]
        if len(best):
            full = min(words.max() + self._average, _MOST * self._average)
            fused[best] += 0.5 * np.minimum(words[best] / full, 1.0)
        return fused

    def _words(self, query: str) -> Scores:
        found = np.zeros(self._n)
        known = [
            (word, times) for word, times in Counter(_WORD.findall(query.lower())).items() if word in self._weights
        ]
        rare = [one for one in known if one[0] not in self._common]
        for word, times in rare:
            at, weights = self._weights[word]
            found[at] += times * weights
        only = found > 0 if rare else np.ones(self._n, dtype=bool)
        for word, times in known:
            if word in self._common:
                at, weights = self._weights[word]
                found[at] += times * weights * only[at]
        return found


class Rankings:
    """A library's documents for a question, by each system; a document is as good as its best passage."""

    def __init__(self, snapshot: Snapshot, embedder: Embedder) -> None:
        self._snapshot, self._embedder, self._settings = snapshot, embedder, Settings()

    @cached_property
    def _paragraphs(self) -> dict[int, StoredParagraph]:
        # Among as many as there are, every paragraph is near.
        anything = self._embedder.encode_query("anything")
        rows = sorted(hit.row for hit in self._snapshot.dense(anything, self._snapshot.paragraph_count, Filters()))
        return dict(zip(rows, self._snapshot.paragraphs(rows), strict=True))

    @cached_property
    def _txtai(self) -> Txtai:
        return Txtai([f"{one.document.title or ''}\n{one.text}" for one in self._paragraphs.values()])

    def of(self, text: str) -> dict[str, list[str]]:
        """By system: the ids of the first documents, best first."""
        probe = Probe(text, query_terms(text), Beside(partial(self._embedder.encode_query, text)))
        assert probe.vector is not None
        every = self._snapshot.dense(probe.vector, len(self._paragraphs), Filters())
        words = self._snapshot.lexical(probe.terms, DEPTH, Filters())
        rows = list(self._paragraphs)
        cosines = {hit.row: hit.score for hit in every}
        hybrid = self._txtai.scores(text, np.array([cosines[row] for row in rows]))
        found = {
            "dense": [hit.row for hit in every],
            "BM25": [hit.row for hit in words],
            "RRF(60)": _reciprocal(every[:DEPTH], words),
            "txtai": [rows[place] for place in np.argsort(-hybrid, kind="stable")],
            OURS: self._fused(probe),
        }
        return {name: self._documents(ranked) for name, ranked in found.items()}

    def _fused(self, probe: Probe) -> list[int]:
        """As `search.ranking` does it, before near-duplicates are folded."""
        n, snapshot = self._settings.candidates, self._snapshot
        words = by_words(snapshot, probe, "hybrid", n, Filters(), FIRST)
        pool = retrieve(snapshot, probe, "hybrid", n, Filters(), words)
        weights = weigh(snapshot, probe)
        close = partial(closeness, snapshot, probe, weights.by_term)
        fused = fuse(pool, self._settings.dense_weight, close, weights.attainable, snapshot.paragraph_count)
        return [one.row for one in lift(fused, words.named.keys())]

    def _documents(self, rows: Iterable[int]) -> list[str]:
        found: dict[str, None] = {}
        for row in rows:
            found[self._paragraphs[row].document.id] = None
            if len(found) == FIRST:
                break
        return list(found)


def _reciprocal(*rankings: Sequence[Hit]) -> list[int]:
    scores: dict[int, float] = {}
    for ranking in rankings:
        for place, hit in enumerate(ranking, 1):
            scores[hit.row] = scores.get(hit.row, 0.0) + 1 / (_RRF + place)
    return sorted(scores, key=lambda row: (-scores[row], row))


def ndcg(ranked: Sequence[str], right: Sequence[str]) -> float:
    """nDCG@10 of document ids, each right or wrong."""
    gains = [1 / math.log2(place + 2) for place in range(FIRST)]
    found = sum(gain for gain, one in zip(gains, ranked, strict=False) if one in right)
    return found / sum(gains[: len(right)])


def interval(differences: Scores) -> tuple[float, float]:
    """Where 95 in 100 means of the paired differences (n,) lie when they are drawn again, with replacement."""
    draws = np.random.default_rng(0).integers(0, len(differences), (DRAWS, len(differences)))
    low, high = np.quantile(differences[draws].mean(axis=1), [0.025, 0.975])
    return float(low), float(high)


def measure(name: str, made: Made, embedder: Embedder, folder: Path, limit: int | None) -> Iterator[tuple[str, Values]]:
    """Each kind of question with its values, over one library."""
    source, library = folder / f"{name}.jsonl", open_library(folder / name, IndexSettings(statements=False))
    source.write_text("".join(json.dumps(one._asdict()) + "\n" for one in made.texts), encoding="utf-8")
    sync(library, [str(source)], embedder)
    with library.snapshot() as snapshot:
        rankings = Rankings(snapshot, embedder)
        for kind, questions in made.asked.items():
            yield kind, _values(rankings, questions[:limit])
    library.close()


def _values(rankings: Rankings, questions: Sequence[Question]) -> Values:
    values: Values = {name: [] for name in (*PEERS, OURS)}
    for question in questions:
        for name, ranked in rankings.of(question.text).items():
            values[name].append(ndcg(ranked, question.right))
    return values


def row(title: str, parts: Sequence[Values]) -> dict[str, Any]:
    """One kind of question, asked of one library or more."""
    values = {name: [value for part in parts for value in part[name]] for name in (*PEERS, OURS)}
    means = {name: float(np.mean(each)) for name, each in values.items()}
    best = max(PEERS, key=lambda name: means[name])
    each = {name: interval(np.array(values[OURS]) - np.array(values[name])) for name in PEERS}
    found = {"set": title, "questions": len(values[OURS]), **means, "best": best}
    found |= {"to the best": means[OURS] - means[best], "from": each[best][0], "to": each[best][1]}
    return found | {f"to {name}": (means[OURS] - means[name], *each[name]) for name in PEERS}


def shown(rows: Sequence[dict[str, Any]]) -> str:
    """Two tables of the same rows: what each system reaches, and by how much that differs from each of the four."""
    single = [f"to {name}" for name in PEERS]
    means = [{key: value for key, value in row.items() if key not in single} for row in rows]
    apart = [
        {"set": row["set"], **{name: "{:+.3f} ({:+.3f} to {:+.3f})".format(*row[name]) for name in single}}
        for row in rows
        if row["best"]
    ]
    return f"{results.table(means)}\n\n{results.table(apart)}"


def summary(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A row of means, each set counting once."""
    means = {name: float(np.mean([row[name] for row in rows])) for name in (*PEERS, OURS, "to the best")}
    return {**dict.fromkeys(rows[0]), "set": "mean", "questions": sum(row["questions"] for row in rows), **means}


def main() -> None:
    """Make, measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", choices=[*MAKERS, []], help="which sets; all by default")
    parser.add_argument("--seed", type=int, nargs="+", default=[0], help="other numbers, other texts and questions")
    parser.add_argument("--limit", type=int, help="the first so many questions of each kind")
    parser.add_argument("--shared", type=Path, default=corpus.SHARED, help="where the judged data lies")
    parser.add_argument("--work", type=Path, help="where vectors are kept from run to run")
    parser.add_argument("--out", type=Path, default=results.RESULTS, help="where the JSON goes")
    given = parser.parse_args()
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        embedder = Remembering(load_embedder(DEFAULT_MODEL), given.work or Path(folder))
        for name in given.sets or MAKERS:
            parts: dict[str, list[Values]] = {}
            for seed in given.seed:
                made = make(name, given.shared / "data", seed)
                for kind, values in measure(f"{name}-{seed}", made, embedder, Path(folder), given.limit):
                    parts.setdefault(kind, []).append(values)
            rows += [row(f"{name}: {kind}", each) for kind, each in parts.items()]
            embedder.save()
    near = sum(row["to the best"] >= -NEAR for row in rows)
    rows.append(summary(rows))
    print(shown(rows))
    print(
        f"{near} of {len(rows) - 1} at most {NEAR} below the best; {rows[-1][OURS] - rows[-1]['RRF(60)']:+.3f} to RRF"
    )
    print(results.write("unseen", rows, given.out))


if __name__ == "__main__":
    main()
