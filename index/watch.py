"""`--watch`: matching a library to its inputs again and again."""

import logging
import sys
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


def at_end_of_stdin() -> threading.Event:
    """An event that is set when standard input ends, as it does with the process that holds its other end."""
    ended = threading.Event()

    def read() -> None:
        while sys.stdin is not None and sys.stdin.buffer.read(1 << 16):
            pass
        ended.set()

    threading.Thread(target=read, name="quoth-stdin", daemon=True).start()
    return ended
