"""How fast texts become vectors, and articles a library, beside sentence-transformers' own `encode`.

Every way takes its turn in each round, over texts that no round had before. Usage:
python -m benchmarks.indexing [--articles N] [--rounds N] [--out DIR]
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import corpus, results
from index import furniture, paragraphs
from index.embedder import Embedder, load_embedder, quiet_and_offline
from index.library import open_library
from index.model_files import model_folder
from index.precision import named
from index.readers import read_file
from index.settings import DEFAULT_MODEL, IndexSettings
from index.sync import sync
from index.types import Document, Vectors

ENCODE, EXACT, INT8 = "sentence-transformers' encode", "embedding alone", "embedding alone, int8"
WHOLE, PLAIN = "whole indexing", "whole indexing, without statements"
WARM = ["A first text, so that nobody is timed while a model is loaded."] * 64


@dataclass(frozen=True)
class Pile:
    """One round's articles, as a file of records and as the texts that are embedded for them."""

    file: Path
    texts: list[str]


@dataclass(frozen=True)
class Turn:
    """One way's turn in one round: its seconds, its vectors if it gives any, its most resident memory in MB."""

    seconds: float
    vectors: Vectors | None = None
    peak: float | None = None


Way = Callable[[Pile], Turn]


def measure(ways: dict[str, Way], piles: Sequence[Pile]) -> list[dict[str, Any]]:
    """One row a way: medians over the rounds, ratios within each round, least cosines of all texts to the first way."""
    turns = [{name: way(pile) for name, way in ways.items()} for pile in piles]
    first, *_ = ways

    def median(of: Callable[[dict[str, Turn], Pile], float]) -> float:
        return round(statistics.median(of(turn, pile) for turn, pile in zip(turns, piles, strict=True)), 3)

    def row(name: str) -> dict[str, Any]:
        cosines = [_least_cosine(turn[first].vectors, turn[name].vectors) for turn in turns]
        peaks = [turn[name].peak or 0.0 for turn in turns]
        return {
            "way": name,
            "paragraphs a second": median(lambda turn, pile: len(pile.texts) / turn[name].seconds),
            "faster than encode": median(lambda turn, _: turn[first].seconds / turn[name].seconds),
            "time of embedding alone": median(lambda turn, _: turn[name].seconds / turn[EXACT].seconds),
            "least cosine": None if None in cosines else min(one for one in cosines if one is not None),
            "peak MB": max(peaks) or None,
        }

    return [row(name) for name in ways]


def _least_cosine(expected: Vectors | None, found: Vectors | None) -> float | None:
    if expected is None or found is None:
        return None
    return round(float(np.einsum("ij,ij->i", expected, found, dtype=np.float64).min()), 6)


def piles(articles: int, rounds: int, folder: Path, embedder: Embedder) -> Iterator[Pile]:
    """So many articles, dealt out to the rounds."""
    records = list(corpus.articles(articles))
    for number in range(rounds):
        file = folder / f"{number}.jsonl"
        corpus.write(file, iter(records[number::rounds]))
        yield Pile(file, list(dict.fromkeys(_texts(file, embedder))))


def _texts(file: Path, embedder: Embedder) -> Iterator[str]:
    settings = IndexSettings()
    for document in read_file(file, file.as_uri(), settings):
        assert isinstance(document, Document)
        blocks = furniture.blocks(document)
        info = embedder.info
        for one in paragraphs.split(document, blocks, embedder.count_tokens, info.max_tokens, settings.short_paragraph):
            if one.embedded is not None:
                yield one.embedded


def embedding(embedder: Embedder) -> Way:
    """The model alone, its texts in memory."""
    embedder.encode_documents(WARM)

    def turn(pile: Pile) -> Turn:
        began = time.perf_counter()
        vectors = embedder.encode_documents(pile.texts)
        return Turn(time.perf_counter() - began, vectors)

    return turn


def sentence_transformers(model: str) -> Way:
    """The library that everybody knows, by its defaults."""
    from sentence_transformers import SentenceTransformer

    with quiet_and_offline():
        loaded = SentenceTransformer(str(model_folder(model)), local_files_only=True)
    loaded.encode(WARM, show_progress_bar=False)

    def turn(pile: Pile) -> Turn:
        began = time.perf_counter()
        vectors = np.asarray(loaded.encode(pile.texts, show_progress_bar=False), dtype=np.float32)
        seconds = time.perf_counter() - began
        return Turn(seconds, vectors / np.linalg.norm(vectors, axis=1, keepdims=True))

    return turn


def whole(*, statements: bool) -> Way:
    """A new library of the pile, in a process of its own, so that its memory is told from ours."""

    def turn(pile: Pile) -> Turn:
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "benchmarks.indexing", "--one", str(pile.file), folder]
            ran = subprocess.run(
                [*command, *([] if statements else ["--no-statements"])],
                cwd=results.ROOT,
                stdout=subprocess.PIPE,
                check=True,
            )
        found = json.loads(ran.stdout)
        assert found["embedded"] == len(pile.texts)
        return Turn(found["seconds"], peak=found["peak"])

    return turn


def index_one(file: Path, folder: Path, *, statements: bool) -> dict[str, Any]:
    """Index one file of records into a new library, the model being loaded."""
    settings = IndexSettings(statements=statements)
    embedder = load_embedder(settings.model, settings.batch_size, settings.cache)
    embedder.encode_documents(WARM)
    began = time.perf_counter()
    report = sync(open_library(folder / "library", settings), [str(file)], embedder)
    return {"seconds": time.perf_counter() - began, "embedded": report.embedded, "peak": _peak_mb()}


def _peak_mb() -> float | None:
    """Most resident memory of this process; not by getrusage, which counts the parent's before `exec` too."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), None)


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path, default=results.RESULTS)
    parser.add_argument("--one", type=Path, nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--no-statements", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(index_one(*given.one, statements=not given.no_statements)))
        return
    cache = IndexSettings().cache
    exact = load_embedder(DEFAULT_MODEL, cache=cache)
    ways = {
        ENCODE: sentence_transformers(DEFAULT_MODEL),
        EXACT: embedding(exact),
        INT8: embedding(load_embedder(named(DEFAULT_MODEL, "int8"), cache=cache)),
        WHOLE: whole(statements=True),
        PLAIN: whole(statements=False),
    }
    with tempfile.TemporaryDirectory() as folder:
        rows = measure(ways, list(piles(given.articles, given.rounds, Path(folder), exact)))
    print(results.table(rows))
    print(results.write("indexing", rows, given.out))


if __name__ == "__main__":
    main()
