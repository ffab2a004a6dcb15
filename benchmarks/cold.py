"""How long a question takes from a cold shell, against importing sentence-transformers alone.

Usage: python -m benchmarks.cold [--rounds N] [--out DIR]

`quoth ask` and `quoth search` as whole processes on a library of five documents (`shared/news`, else samples), and
`python -c "import sentence_transformers"`, one after the other, N rounds of each: what slows the machine meanwhile
slows all of them. Files are in the system's cache, and modules compiled, by a round before the first that counts.
`cpu_s` is processor time of all threads; on a loaded machine it says more than `median_s`.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import corpus, results
from index.embedder import load_embedder
from index.library import open_library
from index.settings import DEFAULT_MODEL
from index.sync import sync

QUESTIONS = {"news": "What did Peskov say about negotiations?", "samples": "What did Soresk say about the reef?"}
IMPORT = 'python -c "import sentence_transformers"'


def documents() -> list[Path]:
    """The five documents."""
    news = corpus.SHARED / "news"
    return sorted((news if news.is_dir() else results.ROOT / "samples").glob("*.txt"))[:5]


def commands(library: Path, question: str) -> dict[str, list[str]]:
    """What is timed, by name; the installed console script where there is one, with the code that lies here."""
    script = Path(sys.executable).with_name("quoth")
    quoth = [str(script)] if script.exists() else [sys.executable, str(results.ROOT / "cli.py")]
    return {
        "quoth ask": [*quoth, "ask", question, "--library", str(library)],
        "quoth search": [*quoth, "search", question, "--library", str(library)],
        IMPORT: [sys.executable, "-c", "import sentence_transformers"],
    }


def run_times(wanted: Mapping[str, Sequence[str]], rounds: int) -> dict[str, list[tuple[float, float]]]:
    """(seconds, processor seconds) of each run of each command, the commands taking turns."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    # The console script may have been installed from other code than that of the commit that results name.
    environment["PYTHONPATH"] = str(results.ROOT)
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in wanted}
    for number in range(rounds + 1):
        for name, command in wanted.items():
            before, started = os.times(), time.perf_counter()
            ran = subprocess.run(command, capture_output=True, env=environment, check=False)
            assert ran.returncode in (0, 3), ran.stderr.decode()
            took, after = time.perf_counter() - started, os.times()
            spent = after.children_user + after.children_system - before.children_user - before.children_system
            if number:
                found[name].append((took, spent))
    return found


def summary(times: Mapping[str, Sequence[tuple[float, float]]], base: str) -> list[dict[str, Any]]:
    """One row a command; `ratio` is how many times as long `base` takes."""
    medians = {name: [statistics.median(column) for column in zip(*runs, strict=True)] for name, runs in times.items()}
    return [
        {
            "command": name,
            "runs": len(times[name]),
            "median_s": took,
            "min_s": min(run[0] for run in times[name]),
            "cpu_s": spent,
            "ratio": medians[base][0] / took,
            "ratio_cpu": medians[base][1] / spent,
        }
        for name, (took, spent) in medians.items()
    ]


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7, help="how often each is run")
    parser.add_argument("--out", type=Path, default=results.RESULTS, help="where the JSON goes")
    given = parser.parse_args()
    paths = documents()
    with tempfile.TemporaryDirectory(prefix="quoth-cold-") as scratch:
        library = Path(scratch) / "library"
        opened = open_library(library)
        sync(opened, [str(path) for path in paths], load_embedder(DEFAULT_MODEL, cache=opened.settings.cache))
        opened.close()
        rows = summary(run_times(commands(library, QUESTIONS[paths[0].parent.name]), given.rounds), IMPORT)
    print(results.table(rows))
    print(results.write("cold", rows, given.out))


if __name__ == "__main__":
    main()
