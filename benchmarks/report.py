"""The table of `docs/performance.md`: one row a measure, with its target, from what benchmarks wrote last."""

import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import latency, results

PAGE = results.ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- table: python -m benchmarks -->", "<!-- end of table -->"
NOT_RUN = "not run"

Rows = Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Measure:
    """What is promised, by which benchmark it is measured, and how its rows say it."""

    name: str
    target: str
    benchmark: str
    said: Callable[[Rows], str]

    def row(self, found: dict[str, dict[str, Any]]) -> dict[str, Any]:
        """A line of the table; a figure that its benchmark does not give is told apart from one that was not run."""
        ran = found.get(self.benchmark)
        try:
            measured = self.said(ran["rows"]) if ran else NOT_RUN
        except (KeyError, IndexError, TypeError, StopIteration):
            measured = "not among its figures"
        return {"measure": self.name, "target": self.target, "measured": measured, "by": f"`{self.benchmark}.py`"}


def _of(rows: Rows, column: str, value: object) -> dict[str, Any]:
    return next(row for row in rows if row.get(column) == value)


def _cold(command: str) -> Callable[[Rows], str]:
    def said(rows: Rows) -> str:
        row = _of(rows, "command", command)
        return f"{row['median_s']:.2f} s, 1/{row['ratio']:.1f} of {row['median_s'] * row['ratio']:.1f} s"

    return said


def _indexing(rows: Rows) -> str:
    return "; ".join(_way(row) for row in rows)


def _way(row: dict[str, Any]) -> str:
    said = f"{row['way']}: {row['paragraphs a second']:.0f}/s"
    if row.get("faster than encode"):
        said += f", {row['faster than encode']:.2f}× encode"
    if row["way"].startswith("whole"):
        said += f", {row['time of embedding alone']:.2f}× embedding's time"
    elif row.get("least cosine"):
        said += f", cosine ≥ {math.floor(row['least cosine'] * 1e6) / 1e6}"
    return said


def _scale(rows: Rows) -> str:
    wanted = ("paragraphs", "recall@10", "search p50", "http p50", "rss", "rss, 32 clients", "open", "cold")
    found = (_of(rows, "measure", name) for name in wanted)
    return ", ".join(f"{row['measure']} {row['value']:,} {row['unit']}".strip() for row in found)


def _update(column: str) -> Callable[[Rows], str]:
    def said(rows: Rows) -> str:
        small, big, ratio = rows
        unit = column.rpartition("_")[2].upper().replace("MS", "ms")
        libraries = f"{small['library']} and {big['library']}"
        return f"{ratio[column]:.2f}× ({small[column]:.0f} and {big[column]:.0f} {unit}, {libraries})"

    return said


def _peers(column: str) -> Callable[[Rows], str]:
    def said(rows: Rows) -> str:
        largest = max(row["paragraphs"] for row in rows)
        others = [row for row in rows if row["paragraphs"] == largest and not row["system"].startswith("quoth")]
        return ", ".join(f"{row['system']} {_times(row[column])}" for row in others)

    return said


def _times(value: float) -> str:
    return f"{value:.2f}×"


def _latency(rows: Rows) -> str:
    row, theirs = _of(rows, "what", latency.SEARCH), _of(rows, "what", latency.THEIRS)
    return (
        f"{row['p50_of_encoding']:.2f}× / {row['p99_of_encoding']:.2f}× ({row['p50_ms']:.1f} / {row['p99_ms']:.1f} ms, "
        f"{row['paragraphs']:,} paragraphs), by our own encoder; {row['p50_ms'] / theirs['p50_ms']:.2f}× / "
        f"{row['p99_ms'] / theirs['p99_ms']:.2f}× by sentence-transformers'"
    )


def _ask(rows: Rows) -> str:
    row = _of(rows, "what", latency.ASK)
    return f"{row['p50_ms']:.1f} / {row['p99_ms']:.1f} ms, {row['paragraphs']:,} paragraphs"


def _concurrency(rows: Rows) -> str:
    many = max((row for row in rows if not row["building"]), key=lambda row: int(row["clients"]))
    errors = sum(row["errors"] for row in rows)
    return f"{many['clients']} clients, {many['workers']} workers: {many['times_one']:.2f}× one's, {errors} errors"


def _load(rows: Rows) -> str:
    row = rows[0]
    grown = row["rss_last_third_mb"] / row["rss_middle_third_mb"] - 1
    return (
        f"{row['clients']} clients for {row['seconds']:.0f} s: {row['failures']} failures, {row['busy_503']} busy "
        f"of {row['replies']:,} replies; memory {grown:+.0%} from the middle third to the last"
    )


def _unchanged(rows: Rows) -> str:
    row = rows[0]
    return f"{row['files']:,} files: {row['median_s']:.2f} s, {row['opened']} of them opened"


MEASURES = (
    Measure(
        "`quoth ask`, cold, 5 documents, against importing sentence-transformers",
        "≤ 1/7, < 1 s where that takes 7 s",
        "cold",
        _cold("quoth ask"),
    ),
    Measure("`quoth search`, the same", "", "cold", _cold("quoth search")),
    Measure(
        "embedding and indexing, paragraphs a second",
        "1.15× `encode`, 1.6× at int8; ≤ 1.15× embedding's time without statements, ≤ 2× with",
        "indexing",
        _indexing,
    ),
    Measure("warm search against encoding the query alone, p50 / p99", "≤ 2.5× / ≤ 6×", "latency", _latency),
    Measure("a warm question with its answer, p50 / p99", "", "latency", _ask),
    Measure("searches a second, many clients against one", "≥ 1.6× at 32, 0 errors", "concurrency", _concurrency),
    Measure("questions, uploads, deletions and rebuilds at once", "64 clients for 60 s, 0 failures", "load", _load),
    Measure("a large library", "1,000,000: recall@10 ≥ .99, p50 ≤ 30 ms, ≤ 2 GB, open ≤ 2 s", "scale", _scale),
    Measure(
        "adding a document, big library against small, compaction included: processor time",
        "≤ 3×",
        "update",
        _update("with_compaction_cpu_ms"),
    ),
    Measure("the same: bytes handed to the system", "≤ 5×", "update", _update("with_compaction_kb")),
    Measure("`quoth index` over unchanged files", "20,000 in ≤ 3 s, none opened", "unchanged", _unchanged),
    Measure("peers: time to index, against ours without statements", "≥ 1.1×", "peers", _peers("times_index")),
    Measure("peers: warm query p50, against ours", "≥ 3×", "peers", _peers("times_warm")),
    Measure("peers: cold question, against ours", "≥ 7×", "peers", _peers("times_cold")),
)
BENCHMARKS = tuple(dict.fromkeys(one.benchmark for one in MEASURES))


def read(folder: Path) -> dict[str, dict[str, Any]]:
    """What each benchmark wrote last, by its name; of the sizes of one, the newest."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime):
        written = json.loads(path.read_text(encoding="utf-8"))
        if "rows" in written:
            found[re.sub(r"_\d+$", "", str(written["benchmark"]))] = written
    return found


def write(folder: Path, page: Path = PAGE) -> str:
    """Put the table of what lies in `folder` between the marks of a page; give the table.

    Lines of what does not lie there stay as they are, and so does what is said below of when and on what each benchmark
    was measured.
    """
    found = read(folder)
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    old, _, after = rest.partition(END)
    known = _measured(old)
    rows = [measure.row(found) for measure in MEASURES]
    kept = [row for row in rows if row["measured"] == NOT_RUN and row["measure"] in known]
    for row in kept:
        row["measured"] = known[row["measure"]]
    told = _told(old) | {name: _circumstances(found[name]) for name in BENCHMARKS if name in found}
    lines = {how: [name for name in BENCHMARKS if told.get(name) == how] for how in dict.fromkeys(told.values())}
    measured = (f"Measured {how}: {', '.join(f'`{name}`' for name in names)}." for how, names in lines.items())
    table = "\n".join([results.table(rows), "", *measured])
    page.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")
    return table


def _measured(table: str) -> dict[str, str]:
    """What a table says was measured, by measure."""
    lines = ([cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines())
    return {cells[0]: cells[2] for cells in lines if len(cells) == 4}


def _told(table: str) -> dict[str, str]:
    """What is said below a table of when and on what a benchmark was measured, by benchmark."""
    found = dict[str, str]()
    for line in table.splitlines():
        how, _, names = line.removeprefix("Measured ").rpartition(": ")
        if how and line.startswith("Measured "):
            found |= dict.fromkeys(re.findall("`(.+?)`", names), how)
    return found


def _circumstances(run: dict[str, Any]) -> str:
    """When a benchmark was run, of which code and on what."""
    versions = ", ".join(f"{name} {number}" for name, number in run.get("versions", {}).items())
    machine = f"{run['machine']}{_memory(run)}; Python {run['python']}; {versions}"
    return f"{run['when'][:10]} at commit {run['commit']}{_dirty(run)} on {machine}"


def _memory(run: dict[str, Any]) -> str:
    return f", {run['memory_bytes'] / 2**30:.1f} GiB of memory" if run.get("memory_bytes") else ""


def _dirty(run: dict[str, Any]) -> str:
    """Whether it is not of that commit alone; results of before this was noted do not say."""
    return " with uncommitted changes" if run.get("dirty") else ""
