"""All benchmarks of speed, each in a process of its own, and the table in `docs/performance.md`.

Usage: python -m benchmarks [--quick] [--only NAME…] [--work DIR] [--out DIR]

`--quick` takes smaller sizes, to see that everything runs, and writes no table unless `--page` says where. What fails
is told at the end; a row of the table that was not run keeps what was measured before. Environments of peers are kept
in DIR. Documents are added to the large library that `scale` has made, where both are run.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import report, results

RUNS: dict[str, tuple[list[str], list[str]]] = {
    "cold": ([], ["--rounds", "2"]),
    "indexing": ([], ["--articles", "60", "--rounds", "1"]),
    "latency": ([], ["--paragraphs", "5000", "--queries", "50"]),
    "unchanged": ([], ["--files", "1000"]),
    "concurrency": ([], ["--seconds", "3"]),
    "load": ([], ["--clients", "8", "--seconds", "5"]),
    "peers": ([], ["--paragraphs", "200", "--queries", "10", "--rounds", "1", "--peers", "txtai"]),
    "scale": ([], ["--paragraphs", "5000", "--questions", "50"]),
    "update": ([], ["--paragraphs", "5000", "--additions", "10", "--commands", "1"]),
}
"""By name: what each is given, and what `--quick` adds. The shortest come first, but for additions."""


def run(name: str, options: list[str]) -> bool:
    """Run one; whether it came to its end."""
    print(f"== {name} {' '.join(options)}", flush=True)
    command = [sys.executable, "-m", f"benchmarks.{name}", *options]
    return subprocess.run(command, cwd=results.ROOT, check=False).returncode == 0


def main() -> None:
    """Run them, write the table, and fail if one failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="smaller sizes")
    parser.add_argument("--only", nargs="+", choices=list(RUNS), default=list(RUNS), help="just these")
    parser.add_argument("--work", type=Path, help="where the environments of peers are kept")
    parser.add_argument("--out", type=Path, default=results.RESULTS, help="where the JSON goes")
    parser.add_argument("--page", type=Path, help=f"where the table goes; {report.PAGE.name} unless --quick")
    given = parser.parse_args()
    failed = []
    with tempfile.TemporaryDirectory(prefix="quoth-large-") as large:
        kept = {"scale": ["--keep", large]}
        if given.work:
            kept["peers"] = ["--work", str(given.work.absolute())]
        if "scale" in given.only:
            kept["update"] = ["--library", f"{large}/library"]
        for name in (name for name in RUNS if name in given.only):
            usual, quick = RUNS[name]
            options = [*usual, *(quick if given.quick else []), *kept.get(name, [])]
            if not run(name, [*options, "--out", str(given.out.absolute())]):
                failed.append(name)
    page = given.page or (None if given.quick else report.PAGE)
    if page:
        print(report.write(given.out, page))
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
