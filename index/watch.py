"""`--watch`: matching a library to its inputs again and again."""

import logging
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from index.errors import LibraryBusyError, LibraryMissingError, LibraryReadOnlyError, QuothError, TooManyFilesError
from index.memory import give_back
from index.plan import LOOKED_UP, is_settled
from index.readers import READER_VERSION
from index.readers.discover import SourceFile, anchor, discover, exists
from index.readers.under import is_under
from index.store.files import KnownFiles
from index.store.local import LocalLibrary
from index.store.records import FileRow
from index.types import IndexReport, Progress, Rejected, silent

log = logging.getLogger(__name__)

POLL_SECONDS = 2.0
"""A look at unchanged files reads their metadata alone."""

_SHARE, _LONGEST = 0.01, 30
"""Looking takes this share of a core at most (every 2 s for a few thousand files), unless the pause would be so many
times as long: what changes among millions is still seen within a minute."""

_BACKOFF_SECONDS = 10.0
"""How long a watch rests after a failure, such as a full disk, that trying again at once would meet again."""

Difference = tuple[str, str]
"""What a run may have to do something about: where it is, and how it looks there."""


def watch(
    once: Callable[[], IndexReport],
    watched: "Watched",
    stop: threading.Event | None = None,
    seconds: float = POLL_SECONDS,
    progress: Progress = silent,
) -> Iterator[IndexReport]:
    """Run `once` until `stop` is set, at first and whenever what is watched differs from the library.

    Looks every `seconds`, of many files less often. Yields each report that tells of a change or of new rejections;
    `progress` is told whenever nothing is left to do.
    """
    stop, rejected, told = stop or threading.Event(), tuple[Rejected, ...](), ""
    while not stop.is_set():
        began = time.thread_time()
        if not watched.is_run_due():
            progress("waiting", 1, 1)
            stop.wait(pause(time.thread_time() - began, seconds))
            continue
        try:
            report = once()
        except (LibraryBusyError, LibraryReadOnlyError, TooManyFilesError) as error:
            # Another writer ends, a disk is cleared, files are closed: whoever watches is there to stay.
            if str(error) != told:
                log.warning("%s", error)
            told = str(error)
            stop.wait(max(seconds, _BACKOFF_SECONDS))
            while watched.is_busy() and not stop.wait(seconds):
                pass
            continue
        told = ""
        watched.take_up()
        give_back()
        changed = report.added + report.changed + report.moved + report.removed
        if changed or report.rejected != rejected:
            yield report
        rejected = report.rejected
        progress("waiting", 1, 1)
        stop.wait(seconds)


def pause(cost: float, seconds: float) -> float:
    """How long to rest after a look that took so much processor time and found nothing: at least `seconds`."""
    return max(seconds, min(cost / _SHARE, seconds * _LONGEST))


def at_end_of_stdin() -> threading.Event:
    """An event that is set when standard input ends, as it does with the process that holds its other end."""
    ended = threading.Event()

    def read() -> None:
        while sys.stdin is not None and sys.stdin.buffer.read(1 << 16):
            pass
        ended.set()

    threading.Thread(target=read, name="quoth-stdin", daemon=True).start()
    return ended


class Watched:
    """The watched paths beside the library: what differs, and what a run has tried in vain.

    Looking takes no lock of the library's: corrections and uploads never wait for a look.
    """

    def __init__(self, library: LocalLibrary, paths: Sequence[str]) -> None:
        self._library, self._paths = library, paths
        self._devices = {path: device for path in map(anchor, paths) if (device := _device(path)) is not None}
        self._gone: list[str] = []
        self._seen: frozenset[Difference] = frozenset()
        self._tried: frozenset[Difference] | None = None

    def are_there(self) -> bool:
        """Whether every path that was there in the beginning still is, on the same disk.

        What a disk that is gone held must not be taken for deleted; the log tells when one goes.
        """
        gone = [path for path, device in self._devices.items() if _device(path) != device]
        if gone != self._gone:
            for path in gone:
                log.warning(
                    "%s is gone: its documents are kept until it is back; `quoth index --prune` removes them", path
                )
            self._gone = gone
        return not gone

    def is_run_due(self) -> bool:
        """Whether there is something that a run may take up and that the last one has not tried; at first there is."""
        try:
            self._seen = self._differences()
            return self._tried is None or bool(self._seen - self._tried) or self._library.is_unfinished()
        except (QuothError, OSError):
            # A run says what is wrong here, or mends it.
            self._seen = frozenset()
            return True

    def is_busy(self) -> bool:
        """Whether another process is writing: a run would only wait for it."""
        return self._library.is_being_written()

    def take_up(self) -> None:
        """Take note that a run is done: what differs as it did before was rejected, and is left until it changes."""
        try:
            self._tried = self._seen & self._differences()
        except (QuothError, OSError):
            self._tried = frozenset()

    def _differences(self) -> frozenset[Difference]:
        """Files that the library does not know as they are, what cannot be read, and known ones that are gone."""
        found = list(discover(self._paths))
        different = {(item.uri, item.reason) for item in found if isinstance(item, Rejected)}
        files = [item for item in found if isinstance(item, SourceFile)]
        try:
            with self._library.known_files() as known:
                different.update(_unsettled(files, known))
                if self.are_there():
                    here = {file.uri for file in files}
                    # What was just found is there: to ask for each file again would double what a look costs.
                    others = (uri for uri in known.uris() if uri not in here)
                    different.update((uri, "gone") for uri in others if self._is_under(uri) and not exists(uri))
        except LibraryMissingError:
            different.update((file.uri, _look_of(file)) for file in files)
        return frozenset(different)

    def _is_under(self, uri: str) -> bool:
        return any(is_under(uri, path) for path in self._paths)


def _unsettled(files: Sequence[SourceFile], known: KnownFiles) -> Iterator[Difference]:
    for start in range(0, len(files), LOOKED_UP):
        part = files[start : start + LOOKED_UP]
        rows = known.rows([file.uri for file in part])
        for file in part:
            row = rows.get(file.uri)
            if row is None or not is_settled(file, row):
                yield file.uri, _look_of(file)


def _look_of(file: SourceFile) -> str:
    """Size and time stamps; with the time of looking where the file may change again without another stamp."""
    now = time.time_ns()
    is_racy = FileRow(file.size, file.mtime_ns, now, READER_VERSION).is_racy
    return f"{file.size} {file.mtime_ns} {_inode_changed(file)} {now if is_racy else ''}"


def _inode_changed(file: SourceFile) -> int | None:
    """When more of a file than its bytes was changed: who may read it, say."""
    try:
        return file.path.stat().st_ctime_ns
    except OSError:
        return None


def _device(path: str) -> int | None:
    try:
        return Path(path).stat().st_dev
    except OSError:
        return None
