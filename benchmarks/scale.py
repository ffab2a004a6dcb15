"""What a large library takes and how fast it answers: size, recall, latency, memory, opening.

Usage: python -m benchmarks.scale [--paragraphs N] [--library DIR] [--keep DIR] [--questions N] [--out DIR]

The library is grown as `benchmarks/grown.py` tells: real sentences recombined, each paragraph's vector the normalised
sum of its sentences' own, and no statements. With `--keep` it stays in that folder, with the pool of embedded
sentences; `--library` measures one that is there. Questions are words of real sentences, encoded by the real model, all
distinct.

- recall@10: of the paragraphs that an exact scan of all stored vectors finds, what a dense search finds.
- search: `Engine.search` as a whole, hybrid; encode, dense and lexical are its parts, each by itself.
- ask: `Engine.ask`, for other questions.
- http: `GET /search` of a `quoth serve` process; rss is what is resident of it, pages of mapped files included.
- cold: `quoth search` from the start of the process to its end; open: from the first import to the first hit.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks import corpus, grown, results
from benchmarks.client import Client
from benchmarks.serving import Server, serving
from index.embedder import Embedder, load_embedder
from index.library import open_library
from index.settings import DEFAULT_MODEL, IndexSettings
from index.store.snapshot import LocalSnapshot
from index.types import Filters
from search.engine import Engine
from search.retrieve import query_terms
from search.settings import Settings
from search.types import Query

QUESTIONS = 300
_WARMING = 20
_COLD = 5
_ANSWERED = 100
_DEPTH = 200
_CLIENTS = 32
"""How many candidates a search takes from each ranking."""
_CHUNK = 50_000
_TIE = 5e-5
"""Scores are rounded to 1e-4."""
_OPEN = """
import sys, time
started = time.perf_counter()
import numpy as np
from index.library import open_library
from index.types import Filters
with open_library(sys.argv[1]).snapshot() as snapshot:
    vector = np.full(snapshot.model.dim, snapshot.model.dim**-0.5, dtype=np.float32)
    snapshot.paragraphs([hit.row for hit in snapshot.dense(vector, 10, Filters())])
print(time.perf_counter() - started)
"""


def measure(library: Path, questions: Sequence[str], built: float | None) -> list[dict[str, Any]]:
    """One row a figure: measure, value, unit."""
    model = load_embedder(DEFAULT_MODEL, cache=IndexSettings().cache)
    warming, asked, answered = questions[:_WARMING], questions[_WARMING:-_ANSWERED], questions[-_ANSWERED:]
    rows = [] if built is None else [_row("build", built, "s")]
    rows += _sizes(library)
    opened = open_library(library)
    with opened.snapshot() as snapshot:
        rows.append(
            _row("recall@10", round(_recall(snapshot, model, asked[:100]), 4), snapshot.status().vector_index.kind)
        )
        rows += _parts(snapshot, model, warming, asked)
    engine = Engine(opened, Settings(library=str(library)))
    rows += _latencies("search", lambda text: engine.search(Query(text)), warming, asked)
    rows += _latencies("ask", lambda text: engine.ask(Query(text)), warming, answered)
    engine.close()
    rows += _served(library, warming, asked)
    return rows + _cold(library, asked)


def _row(name: str, value: float, unit: str) -> dict[str, Any]:
    return {"measure": name, "value": value, "unit": unit}


def _sizes(library: Path) -> list[dict[str, Any]]:
    """Bytes a paragraph, by part."""
    with open_library(library).snapshot() as snapshot:
        count, generation = snapshot.paragraph_count, str(snapshot.generation)
    parts = {"library.db": library / "library.db", "vectors": library / "vectors", "faiss": library / "faiss"}
    parts["tantivy"] = library / "generations" / generation / "tantivy"
    found = {name: sum(file.stat().st_size for file in _files(path)) / count for name, path in parts.items()}
    rows = [_row(f"size of {name}", round(size), "bytes a paragraph") for name, size in found.items()]
    return [_row("paragraphs", count, ""), *rows, _row("size", round(sum(found.values())), "bytes a paragraph")]


def _files(path: Path) -> Iterable[Path]:
    return [path] if path.is_file() else (file for file in path.rglob("*") if file.is_file())


def _recall(snapshot: LocalSnapshot, model: Embedder, questions: Sequence[str]) -> float:
    """The share of the ten best scores that a dense search finds; of equal scores any will do."""
    vectors = np.stack([model.encode_query(text) for text in questions])
    best = _best_scores(snapshot, vectors)
    hits = 0
    for vector, scores in zip(vectors, best, strict=True):
        found = snapshot.dense(vector, 10, Filters())
        hits += sum(hit.score >= scores[0] - _TIE for hit in found)
    return hits / best.size


def _best_scores(snapshot: LocalSnapshot, queries: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The ten best exact scores of each query, ascending, by a scan of all stored vectors that live."""
    slots = snapshot.searchable_slots()
    best = np.full((len(queries), 10), -1.0, dtype=np.float32)
    for start in range(0, len(slots), _CHUNK):
        scores = queries @ snapshot.vectors.take(slots[start : start + _CHUNK]).T
        best = np.partition(np.concatenate([best, scores], axis=1), -10, axis=1)[:, -10:]
    return np.sort(best, axis=1)


def _parts(
    snapshot: LocalSnapshot, model: Embedder, warming: Sequence[str], asked: Sequence[str]
) -> list[dict[str, Any]]:
    vectors = {text: model.encode_query(text) for text in (*warming, *asked)}
    parts: dict[str, Callable[[str], object]] = {
        "encode": model.encode_query,
        "dense": lambda text: snapshot.dense(vectors[text], _DEPTH, Filters()),
        "lexical": lambda text: snapshot.lexical(query_terms(text), _DEPTH, Filters()),
    }
    return [row for name, ask in parts.items() for row in _latencies(name, ask, warming, asked)]


def _latencies(
    name: str, ask: Callable[[str], object], warming: Sequence[str], asked: Sequence[str]
) -> list[dict[str, Any]]:
    for text in warming:
        ask(text)
    took = []
    for text in asked:
        began = time.perf_counter()
        ask(text)
        took.append((time.perf_counter() - began) * 1000)
    cuts = statistics.quantiles(took, n=100)
    return [_row(f"{name} p{percent}", round(cuts[percent - 1], 2), "ms") for percent in (50, 95, 99)]


def _served(library: Path, warming: Sequence[str], asked: Sequence[str]) -> list[dict[str, Any]]:
    with serving(library) as server:
        client = Client(server.port)

        def ask(text: str) -> None:
            assert client.get("/search", q=text).status == 200

        server.wait_until_settled()
        rows = [*_latencies("http", ask, warming, asked), *_memory(server)]
        with ThreadPoolExecutor(_CLIENTS) as clients:
            list(clients.map(partial(_ask_all, server.port), (asked[number::_CLIENTS] for number in range(_CLIENTS))))
        return [*rows, *_memory(server, f", {_CLIENTS} clients")]


def _ask_all(port: int, asked: Sequence[str]) -> None:
    client = Client(port)
    for text in asked:
        assert client.get("/search", q=text).status == 200
    client.close()


def _memory(server: Server, of: str = "") -> list[dict[str, Any]]:
    """What is resident of the server's processes after all the questions, in MB."""
    found = dict.fromkeys(("VmRSS", "RssAnon", "RssFile"), 0)
    for pid in server.processes():
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            name, _, rest = line.partition(":")
            if name in found:
                found[name] += int(rest.split()[0])
    names = {"VmRSS": "rss", "RssAnon": "rss anonymous", "RssFile": "rss file"}
    return [_row(names[name] + of, round(size / 1024), "MB") for name, size in found.items()]


def _cold(library: Path, asked: Sequence[str]) -> list[dict[str, Any]]:
    """Medians of processes started anew; the system has the files in its cache."""
    took, opening = [], []
    for text in asked[:_COLD]:
        began = time.perf_counter()
        command = [sys.executable, "cli.py", "search", text, "--library", str(library), "--json"]
        subprocess.run(command, cwd=results.ROOT, check=True, capture_output=True)
        took.append(time.perf_counter() - began)
        ran = subprocess.run(
            [sys.executable, "-c", _OPEN, str(library)], cwd=results.ROOT, check=True, capture_output=True, text=True
        )
        opening.append(float(ran.stdout))
    return [
        _row("cold", round(statistics.median(took), 2), "s"),
        _row("open", round(statistics.median(opening), 2), "s"),
    ]


def build(folder: Path, paragraphs: int) -> float:
    """Grow a library in `folder/library` (new); how many seconds that took, the pool of sentences not counted."""
    settings, sentences = IndexSettings(), min(grown.POOL, paragraphs)
    pool = grown.pool(load_embedder(DEFAULT_MODEL, cache=settings.cache), sentences, folder / f"pool-{sentences}.npy")
    began = time.perf_counter()
    grown.grow(folder / "library", paragraphs, pool, settings)
    return round(time.perf_counter() - began, 1)


def main() -> None:
    """Build or reuse a library, measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--paragraphs", type=int, default=1_000_000, help="how many; 1,000,000 by default")
    parser.add_argument("--library", type=Path, help="measure this one, and build none")
    parser.add_argument("--keep", type=Path, help="where the library is built, and left; by default it goes at the end")
    parser.add_argument("--questions", type=int, default=QUESTIONS, help="how many are asked")
    parser.add_argument("--out", type=Path, default=results.RESULTS, help="where the JSON goes")
    given = parser.parse_args()
    questions = corpus.questions(_WARMING + given.questions + _ANSWERED)
    with tempfile.TemporaryDirectory() as scratch:
        library, built = given.library, None
        if library is None:
            folder = given.keep or Path(scratch)
            library, built = folder / "library", build(folder, given.paragraphs)
        rows = measure(library, questions, built)
    print(results.table(rows))
    count = next(row["value"] for row in rows if row["measure"] == "paragraphs")
    print(results.write(f"scale_{count}", rows, given.out))


if __name__ == "__main__":
    main()
