"""`quoth serve --watch`: a `quoth index --watch` of its own keeps the library at its files while the server lives."""

import logging
import subprocess
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import search
from search.settings import Settings
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

log = logging.getLogger("quoth.watching")


class Watching:
    """The process that watches `settings.watch`; one thread at a time may use it."""

    def __init__(self, settings: Settings, command: Sequence[str] = QUOTH) -> None:
        self._settings, self._command = settings, tuple(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._next_try = 0.0
        self._closing = threading.Event()

    def tend(self) -> None:
        """Begin to watch, and begin again where that has ended; called now and then. Raises OSError."""
        if not self._settings.watch or time.monotonic() < self._next_try:
            return
        if self._process is not None:
            if self._process.poll() is None:
                return
            log.warning("watching ended with exit code %d and begins again", self._process.returncode)
        self._next_try = time.monotonic() + AGAIN_SECONDS
        # It ends with its standard input, which even a killed server closes: nobody is left watching for nothing.
        flags = ["index", "--watch", "--while-stdin-open", "--json", "--", *self._settings.watch]
        self._process = subprocess.Popen(  # noqa: S603 - the operator named the paths, and they are behind `--`
            [*self._command, *flags],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(search.__file__).parents[1],
            env=child_environment(self._settings),
            start_new_session=True,
        )
        lower_priority(self._process.pid)
        threading.Thread(target=self._tell, args=(self._process.stdout,), daemon=True).start()

    def close(self) -> None:
        """Stop watching: what was finished is kept."""
        if self._process is None or self._process.poll() is not None:
            return
        self._closing.set()
        if self._process.stdin:
            self._process.stdin.close()
        self._process.terminate()
        try:
            self._process.wait(KILL_AFTER_SECONDS)
        except subprocess.TimeoutExpired:
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
