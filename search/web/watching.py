"""`quoth serve --watch`: a `quoth index --watch` of its own keeps the library at its files while the server lives."""

import logging
import subprocess
import threading
import time
from collections import deque
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import search
from search.settings import Settings
from search.web.child_lines import LINE_BYTES, Told, how_it_ended, read_line
from search.web.job_process import (
    KILL_AFTER_SECONDS,
    QUOTH,
    child_environment,
    decode_problem,
    decode_report,
    lower_priority,
)

AGAIN_SECONDS = 10.0
"""After so long it is begun again when it has ended: a model may be installed, a disk be cleared meanwhile."""
BEHIND_SECONDS = 5.0
"""It comes round every two seconds, of many files less often; what takes longer has found something or is held up."""
POLL_SECONDS = 0.1
_LAST_LINES = 200

log = logging.getLogger("quoth.watching")


class Watching:
    """The process that watches `settings.watch`; one thread at a time may use it."""

    def __init__(self, settings: Settings, command: Sequence[str] = QUOTH) -> None:
        self._settings, self._command = settings, tuple(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._next_try = 0.0
        self._closing = threading.Event()
        self._came_round = datetime.now(UTC)
        self._said: deque[str] = deque(maxlen=_LAST_LINES)
        self._listener: threading.Thread | None = None

    def tend(self) -> None:
        """Begin to watch, and begin again where that has ended; called now and then. Raises OSError."""
        if not self._settings.watch or time.monotonic() < self._next_try:
            return
        if self._process is not None:
            if self._process.poll() is None:
                return
            self._tell_end(self._process)
        else:
            self._came_round = datetime.now(UTC)
        self._next_try = time.monotonic() + AGAIN_SECONDS
        # It ends with its standard input, which even a killed server closes: nobody is left watching for nothing.
        flags = ["index", "--watch", "--while-stdin-open", "--json", "--progress-json", "--", *self._settings.watch]
        self._process = subprocess.Popen(  # noqa: S603 - the operator named the paths, and they are behind `--`
            [*self._command, *flags],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=Path(search.__file__).parents[1],
            env=child_environment(self._settings),
            start_new_session=True,
        )
        lower_priority(self._process.pid)
        threading.Thread(target=self._tell, args=(self._process.stdout,), daemon=True).start()
        self._listener = threading.Thread(target=self._listen, args=(self._process.stderr,), daemon=True)
        self._listener.start()

    def behind_since(self) -> str | None:
        """When it last had everything done that it found, where that is longer ago than it should be; else None."""
        came_round = self._came_round
        if not self._settings.watch or (datetime.now(UTC) - came_round).total_seconds() < BEHIND_SECONDS:
            return None
        return came_round.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def close(self, hurrying: threading.Event) -> None:
        """Stop watching: what was finished is kept. Waits no longer than until `hurrying` is set."""
        if self._process is None or self._process.poll() is not None:
            return
        self._closing.set()
        if self._process.stdin:
            self._process.stdin.close()
        self._process.terminate()
        latest = time.monotonic() + KILL_AFTER_SECONDS
        while self._process.poll() is None:
            if hurrying.wait(POLL_SECONDS) or time.monotonic() > latest:
                self._process.kill()
                self._process.wait()

    def _tell(self, said: IO[bytes]) -> None:
        """Log each report of a change, and why watching cannot go on."""
        with said:
            for line in said:
                report = decode_report(line)
                if report is not None:
                    changes = (report.added, report.changed, report.moved, report.removed)
                    if any(changes):
                        log.info("watched files: %d added, %d changed, %d moved, %d removed", *changes)
                    for rejected in report.rejected:
                        log.warning("%s: %s", rejected.uri, rejected.reason)
                elif (problem := decode_problem(line)) is not None and not self._closing.is_set():
                    log.warning("watching: %s", problem.get("detail"))

    def _listen(self, said: IO[bytes]) -> None:
        """Note when it has come round, log its warnings, and keep what else it says for when it fails."""
        with said:
            while line := said.readline(LINE_BYTES):
                read = read_line(line, log)
                if isinstance(read, Told):
                    if read.stage == "waiting":
                        self._came_round = datetime.now(UTC)
                elif read is not None:
                    self._said.append(read)

    def _tell_end(self, process: subprocess.Popen[bytes]) -> None:
        if self._listener is not None:
            self._listener.join(1.0)
        reason = how_it_ended(self._said)
        self._said.clear()
        told = f" ({reason})" if reason else ""
        log.warning("watching ended with exit code %d%s and begins again", process.returncode, told)
