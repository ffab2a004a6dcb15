"""What a `quoth` that we started says on standard error: progress, our own warnings, or how it came to its end."""

import logging
import re
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from search.types import Progress

LINE_BYTES = 10_000
"""Longer lines are neither progress nor worth keeping."""
_TRACEBACK = "Traceback (most recent call last):"
_TYPE = re.compile(r"[A-Za-z_][\w.]*")
_BLUNT = ("Fatal Python error", "terminate called", "quoth: ", "MemoryError")
"""How what is no exception announces itself; nothing of a document is in such a line."""
_MOST_FRAMES = 8


class Told(NamedTuple):
    """How far a stage is."""

    stage: str
    progress: Progress


class _Line(msgspec.Struct):
    """Any line of JSON that `--progress-json` makes."""

    progress: dict[str, str | int] | None = None
    level: str = ""
    logger: str = ""
    message: str = ""


def read_line(line: bytes, log: logging.Logger) -> Told | str | None:
    """Progress, or a line that is not ours to understand; a warning of ours goes to `log`, and gives None."""
    if not line.startswith((b'{"progress"', b'{"timestamp"')):
        return line.decode("utf-8", "replace").rstrip() or None
    try:
        read = msgspec.json.decode(line, type=_Line)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    if read.progress is None:
        log.log(logging.getLevelNamesMapping().get(read.level, logging.WARNING), "%s", read.message)
        return None
    done, total = read.progress.get("done"), read.progress.get("total")
    stage = str(read.progress.get("stage", ""))
    return Told(stage, Progress(done, total)) if isinstance(done, int) and isinstance(total, int) else None


def how_it_ended(lines: Iterable[str]) -> str:
    """Where the last exception was raised, and its type: its own words, like any other line, may be a document's."""
    said = list(lines)
    if _TRACEBACK in said:
        last = said[len(said) - said[::-1].index(_TRACEBACK) :]
        frames = [one.strip() for one in last if one.startswith("  File ")]
        # What is indented is the frames and their source; the first line that isn't begins with the type.
        raised = next((found[0] for one in last if (found := _TYPE.match(one))), "")
        return "; ".join([*frames[-_MOST_FRAMES:], raised])
    return next((one[:200] for one in reversed(said) if one.startswith(_BLUNT)), "")
