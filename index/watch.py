"""`--watch`: matching a library to its inputs again and again."""

import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence

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


class Roots:
    """The watched paths as they were in the beginning: what a disk that is gone held must not be taken for deleted."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._devices = {path: device for path in paths if (device := _device(path)) is not None}
        self._gone: list[str] = []

    def are_there(self) -> bool:
        """Whether every path that was there still is, on the same disk; tells in the log when that changes."""
        gone = [path for path, device in self._devices.items() if _device(path) != device]
        if gone != self._gone:
            for path in gone:
                log.warning(
                    "%s is gone: its documents are kept until it is back; `quoth index --prune` removes them", path
                )
            self._gone = gone
        return not gone


def _device(path: str) -> int | None:
    try:
        return os.stat(path).st_dev  # noqa: PTH116 -- a glob is no path
    except OSError:
        return None
