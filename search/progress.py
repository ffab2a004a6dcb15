"""Progress on standard error: bars on a terminal, JSON lines for a parent process, else nothing."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from index.types import Progress, silent

_EVERY_SECONDS = 0.2


@contextmanager
def progress_for(style: Literal["bar", "json"]) -> Iterator[Progress]:
    """What to hand to `index.sync`; the bars are gone when the context ends."""
    if style == "json":
        yield _json_lines()
    elif not sys.stderr.isatty():
        yield silent
    else:
        with _bars() as progress:
            yield progress


def _json_lines() -> Progress:
    """Lines `{"progress": {"stage", "done", "total"}}`, a few a second."""
    last = [0.0]

    def tell(stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - last[0] >= _EVERY_SECONDS or done == total:
            last[0] = now
            line = json.dumps({"progress": {"stage": stage, "done": done, "total": total}})
            sys.stderr.write(line + "\n")
            sys.stderr.flush()

    return tell


@contextmanager
def _bars() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as RichProgress

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with RichProgress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks = {stage: bars.add_task(stage, total=None, visible=False) for stage in ("reading", "embedding")}

        def tell(stage: str, done: int, total: int) -> None:
            bars.update(tasks[stage], completed=done, total=total, visible=True)

        yield tell
