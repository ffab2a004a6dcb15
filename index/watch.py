"""`--watch`: matching a library to its inputs again and again."""

import logging
import threading
from collections.abc import Callable, Iterator

from index.errors import LibraryBusyError, LibraryReadOnlyError
from index.types import IndexReport, Rejected

log = logging.getLogger(__name__)

POLL_SECONDS = 2.0
"""A look at unchanged files reads their metadata alone."""

_BACKOFF_SECONDS = 10.0


def watch(
    once: Callable[[], IndexReport], stop: threading.Event | None = None, seconds: float = POLL_SECONDS
) -> Iterator[IndexReport]:
    """Run `once` until `stop` is set; yields each report that tells of a change or of new rejections."""
    stop, rejected = stop or threading.Event(), tuple[Rejected, ...]()
    while not stop.is_set():
        try:
            report = once()
        except (LibraryBusyError, LibraryReadOnlyError) as error:
            # Another writer ends, a disk is cleared: whoever watches is there to stay.
            log.warning("%s", error)
            stop.wait(max(seconds, _BACKOFF_SECONDS))
            continue
        changed = report.added + report.changed + report.moved + report.removed
        if changed or report.rejected != rejected:
            yield report
        rejected = report.rejected
        stop.wait(seconds)
