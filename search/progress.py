"""Progress on standard error: bars on a terminal, JSON lines for a parent process, else nothing."""

import json
import logging
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from index.types import Progress, silent
from search.web.logs import JsonFormatter

_EVERY_SECONDS = 0.2
_RATE_SECONDS = 30.0
"""A rate is that of so long."""


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
    """Lines `{"progress": {"stage", "done", "total"}}`, a few a second, of stages that know their total."""
    last = [0.0]

    def tell(stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if total == 0:
            return
        if now - last[0] >= _EVERY_SECONDS or done == total:
            last[0] = now
            line = json.dumps({"progress": {"stage": stage, "done": done, "total": total}})
            sys.stderr.write(line + "\n")
            sys.stderr.flush()

    return tell


class EmbeddingRate:
    """How many paragraphs were embedded so far, and how many a second of late."""

    def __init__(self, now: float) -> None:
        self._seen: deque[tuple[float, int]] = deque([(now, 0)])

    def told(self, done: int, now: float) -> str:
        """What to show once `done` are embedded at the time `now`."""
        self._seen.append((now, done))
        while len(self._seen) > 2 and now - self._seen[0][0] > _RATE_SECONDS:
            self._seen.popleft()
        since, before = self._seen[0]
        return f"{done:,} paragraphs, {(done - before) / max(now - since, 1e-3):.0f}/s"


@contextmanager
def _bars() -> Iterator[Progress]:
    """One bar for reading, in bytes, as nobody knows how many documents a file holds; what is embedded stands beside.

    One for each of the stages that may follow.
    """
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as RichProgress

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[note]}"),
        TimeRemainingColumn(),
    )
    with RichProgress(*columns, console=Console(stderr=True), transient=True) as bars:
        stages = ("reading", "deriving", "compacting")
        tasks = {stage: bars.add_task(stage, total=None, visible=False, note="") for stage in stages}
        rate, current = EmbeddingRate(time.monotonic()), ["reading"]

        def tell(stage: str, done: int, total: int) -> None:
            if stage == "embedding":
                note = rate.told(done, time.monotonic())
                bars.update(tasks[current[0]], note=note, visible=True)
            elif stage == "waiting":
                for task in tasks.values():
                    bars.update(task, visible=False)
            else:
                current[0] = stage
                # Of an unknown total, the bar just moves.
                bars.update(tasks[stage], completed=done, total=total or None, visible=True)

        yield tell
