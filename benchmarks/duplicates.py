"""Near-duplicates among documents with planted pairs: which are found, and which wrongly.

Usage: python -m benchmarks.duplicates [--shared DIR] [--out DIR] [--others N] [--pairwise-only]

Two ways: the pairwise test over all pairs that have anything in common worth testing, on whole documents; and the
way of a user, who searches a library of them for the beginning of a passage and finds what is folded under it.
"""

import argparse
import gzip
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks import corpus, results
from index.duplicates import LEAST_SHARED, is_near_duplicate
from index.embedder import Embedder, load_embedder
from index.library import open_library
from index.settings import DEFAULT_MODEL
from index.signature import signature
from index.sync import sync
from search.collapse import fold
from search.engine import Engine
from search.settings import Settings
from search.types import Query

SET = "duplicates/neardup_minhash"
WORDS_ASKED = 40
Pair = tuple[str, str]


def pairwise(texts: Mapping[str, str]) -> set[Pair]:
    """All pairs that the test takes for near-duplicates; those that share too few shingles are not even tested."""
    signatures = {name: signature(text) for name, text in texts.items()}
    holders: dict[tuple[str, ...], list[str]] = {}
    for name, made in signatures.items():
        for shingle in sorted(made.shingles):
            holders.setdefault(shingle, []).append(name)
    shared = Counter(pair for names in holders.values() for pair in combinations(sorted(names), 2))
    return {
        pair
        for pair, count in shared.items()
        # Less by far than the least that the test accepts, of whatever part of the longer one is compared.
        if count >= LEAST_SHARED / 2 * min(len(signatures[name].shingles) for name in pair)
        and is_near_duplicate(*(signatures[name] for name in pair))
    }


def folded(corpus: Path, asked: Iterable[str], folder: Path, embedder: Embedder) -> set[Pair]:
    """All pairs of documents that come folded when the beginnings of these texts are searched for."""
    library = open_library(folder)
    sync(library, [str(corpus)], embedder)
    engine = Engine(library, Settings(library=str(folder)), lambda _: embedder)
    try:
        found: set[Pair] = set()
        for text in asked:
            for passage in engine.search(Query(" ".join(text.split()[:WORDS_ASKED]))).passages:
                together = {passage.document.id, *(one.document.id for one in passage.duplicates)}
                found |= {(a, b) for a, b in combinations(sorted(together), 2)}
        return found
    finally:
        engine.close()


def at_once(texts: Iterable[str], names: Iterable[str]) -> set[Pair]:
    """All pairs within a group, when the whole collection is one result."""
    known = list(names)
    return {(a, b) for group in fold(texts) for a, b in combinations(sorted(known[place] for place in group), 2)}


def measure(data: Path, folder: Path, embedder: Embedder | None, others: int) -> Iterator[dict[str, Any]]:
    """One row a way; without an embedder no library is made. `others` texts are asked for beside the planted ones."""
    corpus = data / SET / "corpus.jsonl.gz"
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        texts = {str(one["_id"]): str(one["text"]) for one in map(json.loads, lines)}
    rows = (data / SET / "pairs.tsv").read_text(encoding="utf-8").splitlines()[1:]
    planted = {(a, b) for a, b in (sorted(row.split("\t")) for row in rows if row)}
    ways = {
        "pairwise, whole documents": lambda: pairwise(texts),
        "fold, all at once": lambda: at_once(texts.values(), texts),
    }
    if embedder is not None:
        names = {name for pair in planted for name in pair}
        rest = [name for name in texts if name not in names]
        names.update(rest[:: max(1, len(rest) // others)])
        asked = [texts[name] for name in sorted(names)]
        ways[f"search for {len(asked)}, ten passages each"] = lambda: folded(
            corpus, asked, folder / "library", embedder
        )
    for way, find in ways.items():
        yield _row(way, find, planted, len(texts))


def _row(way: str, find: Any, planted: set[Pair], documents: int) -> dict[str, Any]:
    started = time.perf_counter()
    found = find()
    return {
        "way": way,
        "documents": documents,
        "planted pairs": len(planted),
        "found": len(found & planted),
        "wrong": len(found - planted),
        "seconds": round(time.perf_counter() - started, 1),
        "missed": sorted(map(list, planted - found)),
        "wrong pairs": sorted(map(list, found - planted)),
    }


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=corpus.SHARED, help="where the judged data lies")
    parser.add_argument("--out", type=Path, default=results.RESULTS, help="where the JSON goes")
    parser.add_argument("--others", type=int, default=200, help="so many texts without a copy are searched for, too")
    parser.add_argument("--pairwise-only", action="store_true", help="make no library")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        embedder = None if given.pairwise_only else load_embedder(DEFAULT_MODEL)
        rows = list(measure(given.shared / "data", Path(folder), embedder, given.others))
    print(results.table(rows))
    print(results.write("duplicates", rows, given.out))


if __name__ == "__main__":
    main()
