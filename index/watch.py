"""`--watch`: matching a library to its inputs again and again."""

import threading
from collections.abc import Callable, Iterator

from index.types import IndexReport, Rejected

POLL_SECONDS = 2.0
"""A look at unchanged files reads their metadata alone."""


def watch(
    once: Callable[[], IndexReport], stop: threading.Event | None = None, seconds: float = POLL_SECONDS
) -> Iterator[IndexReport]:
    """Run `once` until `stop` is set; yields each report that tells of a change or of new rejections."""
    stop, rejected = stop or threading.Event(), tuple[Rejected, ...]()
    while not stop.is_set():
        report = once()
        changed = report.added + report.changed + report.moved + report.removed
        if changed or report.rejected != rejected:
            yield report
        rejected = report.rejected
        stop.wait(seconds)
