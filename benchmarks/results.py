"""Where a benchmark's figures go, with what is needed to read them later."""

import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results"
LIBRARIES = ("onnxruntime", "faiss-cpu", "tantivy", "sentence-transformers", "torch", "numpy")
"""What figures depend on, beside our own code."""


def write(name: str, rows: list[dict[str, Any]], folder: Path = RESULTS) -> Path:
    """Write the rows of one benchmark, with machine, memory, versions and commit, and what is not committed."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    found = {"benchmark": name, **_circumstances(), "rows": rows}
    path.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return path


def table(rows: list[dict[str, Any]]) -> str:
    """The rows as Markdown."""
    names = list(rows[0])
    lines = [names, ["---"] * len(names), *([shown(row[name]) for name in names] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def shown(value: object) -> str:
    """A value as a table has it."""
    return "–" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)


def _circumstances() -> dict[str, Any]:
    changes = _git("status", "--porcelain", "--", ":!docs")
    return {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _git("rev-parse", "--short", "HEAD") or None,
        # Not of what is written about the code, where figures themselves end up.
        "dirty": None if changes is None else bool(changes),
        "python": platform.python_version(),
        "machine": f"{_processor()}, {os.cpu_count()} cores",
        "memory_bytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        "versions": {name: version(name) for name in LIBRARIES},
    }


def _git(*arguments: str) -> str | None:
    """What git says of the tree; None where it is not one of git's."""
    said = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False, cwd=ROOT)
    return said.stdout.strip() if said.returncode == 0 else None


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
