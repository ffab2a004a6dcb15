"""Progress on standard error: bars on a terminal, JSON lines for a parent process, else nothing."""

import json
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from index.types import Progress, silent
from search.time_left import TimeLeft
from search.web.logs import JsonFormatter

_EVERY_SECONDS = 0.2


@contextmanager
def progress_for(style: Literal["bar", "json"]) -> Iterator[Progress]:
    """What to hand to `index.sync`; the bars are gone when the context ends."""
    if style == "json":
        with _json_log():
            yield _json_lines()
    elif not sys.stderr.isatty():
        yield silent
    else:
        with _bars() as progress:
            yield progress


@contextmanager
def _json_log() -> Iterator[None]:
    """Our own warnings as JSON, or a parent could not tell them from what a library says of a document."""
    log, handler = logging.getLogger("index"), logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    log.addHandler(handler)
    log.propagate = False
    try:
        yield
    finally:
        log.propagate = True
        log.removeHandler(handler)


def _json_lines() -> Progress:
    """Lines `{"progress": {"stage", "done", "total"}}`, a few a second, of stages that know their total.

    That of embedding is only what was read so far, and would look like an end.
    """
    last = [0.0]

    def tell(stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if total == 0 or stage == "embedding":
            return
        if now - last[0] >= _EVERY_SECONDS or done == total:
            last[0] = now
            line = json.dumps({"progress": {"stage": stage, "done": done, "total": total}})
            sys.stderr.write(line + "\n")
            sys.stderr.flush()

    return tell


@contextmanager
def _bars() -> Iterator[Progress]:
    """One bar for reading, in bytes, as nobody knows how many documents a file holds; what is embedded stands beside.

    One for each of the stages that may follow. The time left is the whole run's, and stands at the stage that it is at.
    """
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn
    from rich.progress import Progress as RichProgress

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[note]}"),
        TextColumn("{task.fields[left]}", style="progress.remaining"),
    )
    with RichProgress(*columns, console=Console(stderr=True), transient=True) as bars:
        stages = ("reading", "deriving", "compacting")
        tasks = {stage: bars.add_task(stage, total=None, visible=False, note="", left="") for stage in stages}
        current, run = "reading", TimeLeft()

        def tell(stage: str, done: int, total: int) -> None:
            nonlocal current, run
            if stage == "waiting":
                run = TimeLeft()
                for task in tasks.values():
                    bars.update(task, visible=False, note="", left="")
                return
            run.tell(stage, done, total, time.monotonic())
            if stage == "embedding":
                if run.rate is not None and done:
                    bars.update(tasks[current], note=str(run.rate), left=run, visible=True)
                return
            if stage != current:
                bars.update(tasks[current], left="")
                current = stage
            # Of an unknown total, the bar just moves.
            bars.update(tasks[stage], completed=done, total=total or None, left=run, visible=True)

        yield tell
