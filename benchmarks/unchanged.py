"""How long `quoth index` takes over a folder in which nothing has changed, and how many of its files it opens.

Usage: python -m benchmarks.unchanged [--files N] [--rounds N] [--out DIR]

N short files in 200 folders are indexed once, with vectors of a stand-in; then the whole command is timed. Opened files
are counted by an audit hook in a run of the same code of its own, since counting takes time.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import results
from benchmarks.update import StandIn, stand_in
from index.library import open_library
from index.sync import sync

_FOLDERS = 200


def write_files(folder: Path, count: int) -> None:
    """Short notes, all different, old enough for their time stamps to tell."""
    for number in range(count):
        place = folder / f"folder{number % _FOLDERS}"
        place.mkdir(parents=True, exist_ok=True)
        text = f"Note {number}\n\nThe note that has the number {number} says nothing that others say.\n"
        (place / f"note{number}.txt").write_text(text, encoding="utf-8")
    time.sleep(0.2)


def opened_below(folder: Path, library: Path, model: StandIn) -> int:
    """How many files of a folder a run opens."""
    names: set[str] = set()
    watched = [str(folder)]

    def note(event: str, arguments: tuple[object, ...]) -> None:
        # A hook cannot be taken off again.
        if watched and event == "open" and str(arguments[0]).startswith(watched[0]):
            names.add(str(arguments[0]))

    sys.addaudithook(note)
    sync(open_library(library), [str(folder)], model)
    watched.clear()
    return len(names)


def measure(files: int, rounds: int, scratch: Path) -> list[dict[str, Any]]:
    """One row."""
    folder, library, took = scratch / "notes", scratch / "library", []
    write_files(folder, files)
    sync(open_library(library), [str(folder)], stand_in())
    command = [sys.executable, str(results.ROOT / "cli.py"), "index", str(folder), "--library", str(library), "--json"]
    for _ in range(rounds):
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        took.append(time.perf_counter() - started)
    opened = opened_below(folder, library, stand_in())
    return [{"files": files, "runs": rounds, "median_s": statistics.median(took), "min_s": min(took), "opened": opened}]


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3, help="how often the command is timed")
    parser.add_argument("--out", type=Path, default=results.RESULTS, help="where the JSON goes")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="quoth-unchanged-") as scratch:
        rows = measure(given.files, given.rounds, Path(scratch))
    print(results.table(rows))
    print(results.write("unchanged", rows, given.out))


if __name__ == "__main__":
    main()
