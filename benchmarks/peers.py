"""Quoth and others like it, side by side: same texts, same weights, same machine, taking turns.

Usage: python -m benchmarks.peers [--peers NAME…] [--paragraphs N…] [--work DIR] [--out DIR]

Each peer is installed from pip into an environment of its own under DIR (a temporary folder by default; name one to
keep the environments). All embed with the default model's weights, the peers by sentence-transformers. Indexing is
without statements, which no peer has. Warm queries are distinct, and the same for all; in turns each system is asked
`IN_A_ROW` of them, of which the first `SETTLING` don't count: they find the processor's caches full of what the others
left. Cold ones are whole processes, from their start to the first answer. Columns of `times` say how many times as
long a peer takes.
"""

import argparse
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import corpus, results
from index import __version__
from index.model_files import model_folder
from index.settings import DEFAULT_MODEL

PEERS = {"txtai": "txtai[ann]==9.14.0", "chromadb": "chromadb==1.5.9", "lancedb": "lancedb==0.40.0"}
"""Requirements; pinned, so that a figure can be found again."""
HYBRID = {"quoth", "txtai", "lancedb"}
_SHARED = ("torch==2.13.0", "transformers", "sentence-transformers")
"""torch is pinned as ours is: an open range takes gigabytes. The others are taken as they are here."""
_ADAPTER = Path(__file__).with_name("peer.py")
IN_A_ROW, SETTLING = 25, 3


@dataclass(frozen=True, slots=True)
class System:
    """A system, its version, and the interpreter of its environment."""

    name: str
    version: str
    python: Path

    def command(self, folder: Path) -> list[str]:
        """What starts it."""
        return [str(self.python), str(_ADAPTER), self.name, str(model_folder(DEFAULT_MODEL)), str(folder)]

    def cold(self, folder: Path, query: str) -> list[str]:
        """A whole process for one question; for Quoth its own command."""
        if self.name == "quoth":
            return [str(self.python), str(results.ROOT / "cli.py"), "search", query, "--library", str(folder)]
        return [*self.command(folder), "--query", query]


class Running:
    """A system's process, asked line by line."""

    def __init__(self, system: System, folder: Path) -> None:
        self._process = subprocess.Popen(
            system.command(folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=results.ROOT,
            env=_environment(),
        )
        self.name = system.name
        # Whoever still imports its libraries would take the processor from the one that is measured.
        assert self._process.stdout
        self._process.stdout.readline()

    def ask(self, **request: Any) -> float:
        """How long it took, in seconds. Raises RuntimeError when the process ended."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} ended with code {self._process.wait()}")
        return float(json.loads(line)["s"])

    def end(self) -> None:
        """Close its input, upon which it ends."""
        self._process.communicate()


def _environment() -> dict[str, str]:
    without = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return without | {
        "PYTHONPATH": str(results.ROOT),
        "HF_HUB_OFFLINE": "1",
        "ANONYMIZED_TELEMETRY": "False",
        "ORT_DISABLE_TELEMETRY": "1",
    }


def install(name: str, work: Path) -> System:
    """A peer's environment under `work`, made unless it is there."""
    folder, requirement = work / name / "env", PEERS[name]
    python = folder / "bin" / "python"
    marker = folder / f"installed-{requirement.replace('[', '-').replace(']', '')}"
    if not marker.exists():
        venv.create(folder, with_pip=True, clear=True)
        shared = [one if "==" in one else f"{one}=={version(one)}" for one in _SHARED]
        subprocess.run([str(python), "-m", "pip", "install", "-q", requirement, *shared], check=True)
        marker.touch()
    return System(name, requirement.partition("==")[2], python)


def measure(
    systems: Sequence[System], paragraphs: int, queries: int, rounds: int, scratch: Path
) -> list[dict[str, Any]]:
    """One row a system, at one size."""
    texts = scratch / "texts.jsonl"
    texts.write_text("\n".join(json.dumps(text) for text in corpus.paragraphs(paragraphs)), encoding="utf-8")
    folders = {system.name: scratch / system.name for system in systems}
    running = [Running(system, folders[system.name]) for system in systems]
    took = {one.name: one.ask(index=str(texts)) for one in running}
    for one in running:
        one.ask(open=True)
    rows = -(-queries // IN_A_ROW)
    asked = iter(corpus.questions(rows * (IN_A_ROW + SETTLING) + rounds))
    warm: dict[str, list[float]] = {one.name: [] for one in running}
    for _ in range(rows):
        in_a_row = list(itertools.islice(asked, IN_A_ROW + SETTLING))
        for one in running:
            warm[one.name] += [1000 * one.ask(query=query) for query in in_a_row][SETTLING:]
    for one in running:
        one.end()
    cold = _cold(systems, folders, list(asked))
    return [
        {
            "system": f"{system.name} {system.version}",
            "search": "hybrid" if system.name in HYBRID else "meaning",
            "paragraphs": paragraphs,
            "indexed_per_s": paragraphs / took[system.name],
            "warm_p50_ms": float(np.percentile(warm[system.name], 50)),
            "warm_p95_ms": float(np.percentile(warm[system.name], 95)),
            "cold_s": cold[system.name],
        }
        for system in systems
    ]


def _cold(systems: Sequence[System], folders: dict[str, Path], asked: Sequence[str]) -> dict[str, float]:
    """Median seconds of a whole process, after a first one that does not count."""
    times: dict[str, list[float]] = {system.name: [] for system in systems}
    for query, system in itertools.product((asked[0], *asked), systems):
        started = time.perf_counter()
        subprocess.run(
            system.cold(folders[system.name], query),
            check=True,
            capture_output=True,
            cwd=results.ROOT,
            env=_environment(),
        )
        times[system.name].append(time.perf_counter() - started)
    return {name: statistics.median(found[1:]) for name, found in times.items()}


def compared(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows, each with what it is against the first, which is Quoth's."""
    first = rows[0]
    return [
        {
            **row,
            "times_index": first["indexed_per_s"] / row["indexed_per_s"],
            "times_warm": row["warm_p50_ms"] / first["warm_p50_ms"],
            "times_cold": row["cold_s"] / first["cold_s"],
        }
        for row in rows
    ]


def main() -> None:
    """Install, measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", nargs="+", choices=sorted(PEERS), default=sorted(PEERS))
    parser.add_argument("--paragraphs", nargs="+", type=int, default=[2_000, 4_000], help="sizes")
    parser.add_argument("--queries", type=int, default=100, help="warm queries a system")
    parser.add_argument("--rounds", type=int, default=3, help="cold queries a system")
    parser.add_argument("--work", type=Path, help="where environments are kept")
    parser.add_argument("--out", type=Path, default=results.RESULTS, help="where the JSON goes")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="quoth-peers-") as scratch:
        work = given.work or Path(scratch) / "work"
        ours = System("quoth", __version__, Path(sys.executable))
        systems = [ours, *(install(name, work) for name in given.peers)]
        rows = []
        for paragraphs in given.paragraphs:
            place = Path(scratch) / str(paragraphs)
            place.mkdir()
            rows += compared(measure(systems, paragraphs, given.queries, given.rounds, place))
    print(results.table(rows))
    print(results.write("peers", rows, given.out))


if __name__ == "__main__":
    main()
