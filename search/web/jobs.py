"""Background jobs: kept in `service.db`, run one at a time and in order, by subprocesses.

Any number of server processes may share a library: each takes in jobs, and the one that holds the
lock on `service.lock` runs them. When it goes, another one takes over.
"""

import fcntl
import logging
import secrets
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO

from index.errors import QuothError, TooManyFilesError
from search.errors import ServiceBusyError
from search.settings import Settings
from search.shapes import problem
from search.types import Job, JobsPage, Progress
from search.web.errors import http_status
from search.web.job_process import QUOTH, JobProcess, Outcome
from search.web.job_rows import Claim, JobRows
from search.web.service_db import ServiceDb
from search.web.spool import Spool, remove
from search.web.watching import Watching

MAX_QUEUED = 1000
POLL_SECONDS = 0.5
"""How soon jobs and cancellations that another server process took in are seen."""
BUSY_RETRY_SECONDS = 3.0
"""How long a job waits when something else, such as `quoth index`, is writing to the library."""
_PASSING = (OSError, sqlite3.Error, QuothError)
"""What may pass by itself, as a full disk does when it is cleared: a job and its process must outlive it."""

log = logging.getLogger("quoth.jobs")


class Jobs:
    """The queue, and the thread that runs it."""

    def __init__(self, settings: Settings, command: Sequence[str] = QUOTH) -> None:
        """Open the queue, without running it. Raises LibraryReadOnlyError, LibraryVersionError."""
        self._command = tuple(command)
        self._settings = settings
        self._watching = Watching(settings, self._command)
        self._library = Path(settings.library).absolute()
        self._rows = JobRows(ServiceDb(self._library))
        self._spool = Spool(self._library)
        self._wake = threading.Event()
        self._stopping, self._hurrying = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._first_of_all = True
        self._is_swept = False
        self._behind_since: str | None = None

    def start(self) -> None:
        """Begin to run jobs, as soon as no other process does."""
        self._thread = threading.Thread(target=self._run, name="quoth-jobs", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop: a job that runs is interrupted, and put back so that the next server goes on with it."""
        self._stopping.set()
        self._wake.set()
        thread = self._thread
        if thread is not None:
            thread.join()
            self._thread = None

    def hurry(self) -> None:
        """Let `close` wait for no process: what runs is killed, which a library survives as it does a crash."""
        self._hurrying.set()

    def submit(self, kind: str, arguments: Iterable[str], content: Iterable[bytes] | None = None) -> Job:
        """Queue a `quoth` command, with the pieces of `content` as its standard input; return it as queued.

        Raises ServiceBusyError, LibraryReadOnlyError.
        """
        job = "j_" + secrets.token_hex(8)
        if self._rows.counts().get("queued", 0) >= MAX_QUEUED:
            raise ServiceBusyError
        with ExitStack() as stack:
            spool = None if content is None else stack.enter_context(self._spool.written(job, content))
            queued = self._rows.add(job, kind, arguments, spool)
        self._wake.set()
        return queued

    def get(self, job: str) -> Job:
        """Look up a job. Raises JobNotFoundError."""
        return self._rows.get(job)

    def page(self, k: int, cursor: str | None) -> JobsPage:
        """List up to `k` jobs, the newest first, from where the page before ended. Raises InvalidValueError."""
        return self._rows.page(k, cursor)

    def cancel(self, job: str) -> Job | None:
        """Cancel a job that waits or runs; forget one that is finished, and return None then.

        A running job is `cancelled` once its process has ended; what it finished is kept. Raises JobNotFoundError.
        """
        state, spool = self._rows.cancel(job)
        if state != "running":
            remove(spool)
        return self._rows.get(job) if state in ("queued", "running") else None

    def counts(self) -> dict[str, int]:
        """How many jobs are in each state."""
        return self._rows.counts()

    def lag(self) -> float:
        """For how many seconds the library is behind: the oldest job that is not done, or watching; 0 when it isn't."""
        return self._rows.lag()

    def _run(self) -> None:
        """Wait for the lock, then for jobs, until the server stops."""
        with (self._library / "service.lock").open("wb") as lock:
            while not self._stopping.is_set() and not _try_lock(lock):
                self._stopping.wait(POLL_SECONDS)
            try:
                while not self._stopping.is_set():
                    self._run_next_safely()
            finally:
                self._watching.close(self._hurrying)

    def _run_next_safely(self) -> None:
        try:
            if self._first_of_all:
                self._rows.fail_orphans()
                self._first_of_all = False
            self._sweep()
            self._watching.tend()
            self._note_lag()
            claim = self._rows.claim()
            if claim is not None:
                self._finish_surely(claim, self._run_process(claim))
                return
            self._wake.wait(POLL_SECONDS)
            self._wake.clear()
        except _PASSING as error:
            # A full disk may pass; the queue must still be there when it has.
            _log_failure("the job queue met a problem and goes on", error)
            self._stopping.wait(BUSY_RETRY_SECONDS)

    def _sweep(self) -> None:
        """Remove what a server that died has left of jobs that are over, or never came to be."""
        try:
            self._is_swept = self._is_swept or self._spool.sweep(self._rows.queued)
        except OSError as error:
            log.warning("files of old jobs cannot be removed (%s)", error)
            self._is_swept = True

    def _note_lag(self) -> None:
        """Let every server process know since when the watched files are behind."""
        since = self._watching.behind_since()
        if since != self._behind_since:
            self._rows.note_behind(since)
            self._behind_since = since

    def _run_process(self, claim: Claim) -> Outcome:
        log.info("job %s: quoth %s", claim.id, claim.arguments[0])
        try:
            process = JobProcess(self._settings, [*self._command, *claim.arguments], claim.spool)
        except OSError as error:
            told = _told(error)
            _log_failure(f"job {claim.id}: it cannot be started", told)
            return Outcome("failed", None, problem(told, http_status(told)))
        shown = Progress(0, 0)
        while not process.wait(POLL_SECONDS / 2):
            try:
                self._watching.tend()
                self._note_lag()
                if self._hurrying.is_set():
                    process.kill()
                if self._stopping.is_set() or self._rows.is_cancelling(claim.id):
                    process.interrupt()
                if process.progress != shown:
                    shown = process.progress
                    self._rows.note_progress(claim.id, shown)
            except _PASSING as error:
                # A full disk, say: the process runs on, and must still be looked after.
                log.warning("job %s: its progress cannot be noted (%s)", claim.id, _told(error))
        with suppress(*_PASSING):
            self._rows.note_progress(claim.id, process.progress)
        return process.outcome()

    def _finish_surely(self, claim: Claim, outcome: Outcome) -> None:
        """Note how a job ended, however often that must be tried: else it would run forever, by all accounts."""
        while True:
            try:
                self._finish(claim, outcome)
            except _PASSING as error:
                _log_failure(f"job {claim.id}: its end cannot be noted yet", error)
                if self._stopping.wait(BUSY_RETRY_SECONDS):
                    return
            else:
                return

    def _finish(self, claim: Claim, outcome: Outcome) -> None:
        is_interrupted = outcome.state == "cancelled" and self._stopping.is_set()
        if outcome.is_library_busy or (is_interrupted and not self._rows.is_cancelling(claim.id)):
            self._put_back(claim)
            return
        self._rows.finish(claim.id, outcome)
        log.info("job %s: %s", claim.id, outcome.state)
        remove(claim.spool)

    def _put_back(self, claim: Claim) -> None:
        """Queue a job again in its old place; it stays cancelled if that was asked meanwhile."""
        if not self._rows.put_back(claim.id):
            remove(claim.spool)
        if not self._stopping.is_set():
            self._stopping.wait(BUSY_RETRY_SECONDS)


def _told(error: Exception) -> Exception:
    """What is to be told of a failure: that there are too many open files, where it comes from that."""
    return TooManyFilesError.behind(error) or error


def _log_failure(what: str, error: Exception) -> None:
    """What a failure that was foreseen says; of others the traceback, too."""
    told = _told(error)
    log.error("%s: %s", what, told, exc_info=None if isinstance(told, QuothError) else told)


def _try_lock(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
