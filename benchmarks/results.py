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
    """Write the rows of one benchmark, with machine, versions and commit."""
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
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    return {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit.stdout.strip() or None,
        "python": platform.python_version(),
        "machine": f"{_processor()}, {os.cpu_count()} cores",
        "versions": {name: version(name) for name in LIBRARIES},
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
