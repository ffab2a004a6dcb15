"""What adding one document costs in a small library and in a big one: processor time and bytes written.

Usage: python -m benchmarks.update [--paragraphs N] [--library DIR] [--additions N] [--commands N] [--out DIR]

Libraries of 1,000 and of N paragraphs are grown (`benchmarks/grown.py`); with `--library` the big one is a copy of
it, which this version of Quoth must have made. To each, real articles are added, one file after the other, by a run
of its own: plan, read, derive, commit, publish, purge, with whatever merging and compaction falls due. All runs of a
library share a process, whose processor time is that of all its threads, and whose bytes are what it handed to the
system in writes (`wchar`). Beside them stands `write_bytes`, which tells little: Linux counts whole folios of its
cache there, for 4 KB of a file of 200 MB on ext4 1.4 MB on average (measured). A compaction is then forced: its cost,
by the number of such additions until one is due, is what `with_compaction` adds to each (twice, should one have
fallen due among them). Vectors come from a stand-in, since the model's time would hide the rest. `quoth index FILE`
is timed as a whole on `--commands` further articles, model included.
"""

import argparse
import hashlib
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks import corpus, grown, results
from index.embedder import load_embedder
from index.library import open_library
from index.settings import DEFAULT_MODEL, IndexSettings
from index.sync import sync
from index.types import ModelInfo, Vectors

SMALL = 1_000
BIG = 100_000


@dataclass(frozen=True, slots=True)
class StandIn:
    """Implements `index.embedder.Embedder` for a model that it only names: a text's vector is drawn by its hash."""

    info: ModelInfo

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """About as many as a model makes of English."""
        return [len(text) // 4 + 2 for text in texts]

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Float32 (n, dim), unit length."""
        return np.stack([self.encode_query(text) for text in texts])

    def encode_query(self, text: str) -> npt.NDArray[np.float32]:
        """Float32 (dim,), unit length."""
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")
        drawn = np.random.default_rng(seed).standard_normal(self.info.dim, dtype=np.float32)
        return drawn / np.linalg.norm(drawn)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Float32 (n, dim), unit length."""
        return self.encode_documents(texts)


def stand_in() -> StandIn:
    """In place of the default model."""
    return StandIn(load_embedder(DEFAULT_MODEL).info)


def make_library(folder: Path, paragraphs: int) -> None:
    """A library of recombined sentences, published once."""
    model = stand_in()
    pool = list(dict.fromkeys(corpus.sentences(2 * grown.POOL)))[: grown.POOL]
    rows = {sentence: row for row, sentence in enumerate(pool)}
    grown.grow(folder, paragraphs, grown.SentenceSums(model, rows, model.encode_documents(pool)), IndexSettings())


def write_files(folder: Path, count: int) -> list[Path]:
    """The first real articles, a text file each."""
    folder.mkdir()
    paths = []
    for number, article in enumerate(corpus.articles(count)):
        paths.append(folder / f"{number}.txt")
        paths[-1].write_text(f"{article['title']}\n\n{article['text']}\n", encoding="utf-8")
    return paths


def add_one_by_one(folder: Path, paths: Sequence[Path], model: StandIn) -> dict[str, Any]:
    """Add files to a library, each by its own run; what that took, after one more that opened everything.

    Raises SystemExit where another version of Quoth, or other settings, made the library.
    """
    library = open_library(folder)
    sync(library, [str(paths[0])], model, progress=_check_version)
    cpu, before, each = _processor_s(), _written(), []
    for path in paths[1:]:
        started = time.perf_counter()
        sync(library, [str(path)], model)
        each.append((time.perf_counter() - started) * 1000)
    spent, written = _processor_s() - cpu, {name: now - before[name] for name, now in _written().items()}
    library.close()
    return {
        "additions": len(each),
        "cpu_ms": 1000 * spent / len(each),
        "wchar_kb": written["wchar"] / 1024 / len(each),
        "write_bytes_kb": written["write_bytes"] / 1024 / len(each),
        "p50_ms": statistics.median(each),
        "max_ms": max(each),
    }


def _check_version(step: str, _done: int, of: int) -> None:
    if step == "deriving":
        made_by = "another version of Quoth, or other settings, made this library"
        raise SystemExit(f"{made_by}: {of:,} documents would be derived again first")


def compact(folder: Path, path: Path, model: StandIn, added: dict[str, Any]) -> dict[str, Any]:
    """The same figures with an addition's share of the compaction that falls due after many of them.

    `added` is what `add_one_by_one` gave. One more file is added, and the base made anew whatever is due.
    """
    with open_library(folder).snapshot() as snapshot:
        before, base = snapshot.paragraph_count, snapshot.manifest.base
    assert base is not None
    library = open_library(folder, IndexSettings(delta_vectors=1))
    cpu, written = _processor_s(), _written()["wchar"]
    sync(library, [str(path)], model)
    spent_ms, spent_kb = 1000 * (_processor_s() - cpu), (_written()["wchar"] - written) / 1024
    with library.snapshot() as snapshot:
        paragraphs = max(1, snapshot.paragraph_count - before)
    library.close()
    due_after = base.beside_it(IndexSettings().delta_vectors) / paragraphs
    return {
        "with_compaction_cpu_ms": added["cpu_ms"] + spent_ms / due_after,
        "with_compaction_kb": added["wchar_kb"] + spent_kb / due_after,
    }


def _processor_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _written() -> dict[str, int]:
    lines = Path("/proc/self/io").read_text(encoding="ascii").splitlines()
    found = {name: int(value) for name, _, value in (line.partition(": ") for line in lines)}
    return {name: found[name] for name in ("wchar", "write_bytes")}


def run_commands(folder: Path, paths: Sequence[Path]) -> float:
    """The median time of `quoth index FILE`, in seconds."""
    took = []
    for path in paths:
        started = time.perf_counter()
        command = [sys.executable, str(results.ROOT / "cli.py"), "index", str(path), "--library", str(folder), "--json"]
        subprocess.run(command, check=True, capture_output=True)
        took.append(time.perf_counter() - started)
    return statistics.median(took)


def measure(big: int, library: Path | None, additions: int, commands: int, scratch: Path) -> list[dict[str, Any]]:
    """One row a library, and one of how many times as much the big one takes."""
    paths = write_files(scratch / "articles", 2 + additions + commands)
    rows = []
    for name, paragraphs in (("small", SMALL), ("big", big)):
        folder = scratch / name
        if name == "big" and library:
            shutil.copytree(library, folder)
        else:
            make_library(folder, paragraphs)
        # In a process of its own, so that making the library leaves no trace in its figures.
        child = [sys.executable, "-m", "benchmarks.update", "--one", str(folder), "--additions", str(additions)]
        ran = subprocess.run(child, check=True, stdout=subprocess.PIPE, cwd=results.ROOT)
        with open_library(folder).snapshot() as snapshot:
            size = snapshot.paragraph_count
        row = {"library": f"{size:,} paragraphs", **json.loads(ran.stdout)}
        rows.append(row | {"command_s": run_commands(folder, paths[2 + additions :]) if commands else None})
        shutil.rmtree(folder)
    ratios = {key: _ratio(rows[1][key], rows[0][key]) for key in rows[0] if key not in ("library", "additions")}
    return [*rows, {"library": "big / small", "additions": None, **ratios}]


def _ratio(big: float | None, small: float | None) -> float | None:
    return big / small if big is not None and small else None


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--paragraphs", type=int, default=BIG, help="the size of the big library")
    parser.add_argument("--library", type=Path, help="a big library of the default model, which is copied")
    parser.add_argument("--additions", type=int, default=100, help="how many documents are added one by one")
    parser.add_argument("--commands", type=int, default=3, help="how many whole commands are timed")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, default=results.RESULTS, help="where the JSON goes")
    given = parser.parse_args()
    if given.one:
        paths = [given.one.parent / "articles" / f"{number}.txt" for number in range(2 + given.additions)]
        added = add_one_by_one(given.one, paths[:-1], stand_in())
        print(json.dumps(added | compact(given.one, paths[-1], stand_in(), added)))
        return
    with tempfile.TemporaryDirectory(prefix="quoth-update-") as scratch:
        rows = measure(given.paragraphs, given.library, given.additions, given.commands, Path(scratch))
    print(results.table(rows))
    print(results.write("update", rows, given.out))


if __name__ == "__main__":
    main()
