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
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import msgspec

from index.errors import InvalidValueError, JobNotFoundError, QuothError
from index.types import IndexReport
from search.errors import ServiceBusyError
from search.settings import Settings
from search.shapes import problem
from search.types import Job, JobsPage, Progress
from search.web.errors import ServerStoppedError
from search.web.job_process import QUOTH, JobProcess, Outcome
from search.web.service_db import ServiceDb
from search.web.spool import Spool, remove
from search.web.watching import Watching

MAX_QUEUED = 1000
MAX_FINISHED = 1000
_NEVER = 1 << 62
"""Above every job's number."""
POLL_SECONDS = 0.5
"""How soon jobs and cancellations that another server process took in are seen."""
BUSY_RETRY_SECONDS = 3.0
"""How long a job waits when something else, such as `quoth index`, is writing to the library."""

log = logging.getLogger("quoth.jobs")


@dataclass(frozen=True, slots=True)
class Claim:
    """A job that is about to run: arguments of `quoth`, and the file for its standard input."""

    id: str
    arguments: tuple[str, ...]
    spool: Path | None


class Jobs:
    """The queue, and the thread that runs it."""

    def __init__(self, settings: Settings, command: Sequence[str] = QUOTH) -> None:
        """Open the queue, without running it. Raises LibraryReadOnlyError, LibraryVersionError."""
        self._command = tuple(command)
        self._settings = settings
        self._watching = Watching(settings, self._command)
        self._library = Path(settings.library).absolute()
        self._db = ServiceDb(self._library)
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
        if self.counts().get("queued", 0) >= MAX_QUEUED:
            raise ServiceBusyError
        with ExitStack() as stack:
            spool = None if content is None else stack.enter_context(self._spool.written(job, content))
            connection = stack.enter_context(self._db.transaction())
            row = connection.execute(
                "INSERT INTO jobs (id, kind, arguments, spool, created) VALUES (?, ?, ?, ?, ?) RETURNING *",
                (job, kind, msgspec.json.encode(list(arguments)).decode(), str(spool) if spool else None, _now()),
            ).fetchone()
        self._wake.set()
        return _to_job(row)

    def get(self, job: str) -> Job:
        """Look up a job. Raises JobNotFoundError."""
        with self._db.reading() as connection:
            row = connection.execute("SELECT * FROM jobs WHERE id = ?", (job,)).fetchone()
        if row is None:
            raise JobNotFoundError(job)
        return _to_job(row)

    def page(self, k: int, cursor: str | None) -> JobsPage:
        """List up to `k` jobs, the newest first, from where the page before ended. Raises InvalidValueError."""
        if cursor is not None and not (cursor.isascii() and cursor.isdecimal() and len(cursor) < 19):
            raise InvalidValueError("cursor", cursor, "`next` of the page before")
        with self._db.reading() as connection:
            total = connection.execute("SELECT count(*) FROM jobs").fetchone()[0]
            found = "SELECT * FROM jobs WHERE number < ? ORDER BY number DESC LIMIT ?"
            rows = connection.execute(found, (int(cursor) if cursor else _NEVER, k + 1)).fetchall()
        following = str(rows[k - 1]["number"]) if len(rows) > k else None
        return JobsPage(total, following, tuple(_to_job(row) for row in rows[:k]))

    def cancel(self, job: str) -> Job | None:
        """Cancel a job that waits or runs; forget one that is finished, and return None then.

        A running job is `cancelled` once its process has ended; what it finished is kept.
        """
        with self._db.transaction() as connection:
            row = connection.execute("SELECT * FROM jobs WHERE id = ?", (job,)).fetchone()
            if row is None:
                raise JobNotFoundError(job)
            if row["state"] == "running":
                connection.execute("UPDATE jobs SET cancelling = 1 WHERE id = ?", (job,))
            elif row["state"] == "queued":
                connection.execute("UPDATE jobs SET state = 'cancelled', finished = ? WHERE id = ?", (_now(), job))
            else:
                connection.execute("DELETE FROM jobs WHERE id = ?", (job,))
        if row["state"] != "running":
            remove(row["spool"])
        return self.get(job) if row["state"] in ("queued", "running") else None

    def counts(self) -> dict[str, int]:
        """How many jobs are in each state."""
        with self._db.reading() as connection:
            return dict(connection.execute("SELECT state, count(*) FROM jobs GROUP BY state ORDER BY state").fetchall())

    def lag(self) -> float:
        """For how many seconds the library is behind: the oldest job that is not done, or watching; 0 when it isn't."""
        with self._db.reading() as connection:
            oldest = connection.execute(
                "SELECT min(since) FROM (SELECT since FROM watched UNION "
                "SELECT created FROM jobs WHERE state IN ('queued', 'running'))"
            ).fetchone()[0]
        if oldest is None:
            return 0.0
        return max(0.0, (datetime.now(UTC) - datetime.fromisoformat(oldest)).total_seconds())

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
                self._fail_orphans()
                self._first_of_all = False
            self._sweep()
            self._watching.tend()
            self._note_lag()
            claim = self._claim()
            if claim is not None:
                self._finish_surely(claim, self._run_process(claim))
                return
            self._wake.wait(POLL_SECONDS)
            self._wake.clear()
        except (OSError, sqlite3.Error, QuothError):
            # A full disk may pass; the queue must still be there when it has.
            log.exception("the job queue met a problem and goes on")
            self._stopping.wait(BUSY_RETRY_SECONDS)

    def _fail_orphans(self) -> None:
        """Jobs that ran when the last server died did not finish, whatever they had got done."""
        shown = msgspec.json.encode(problem(ServerStoppedError())).decode()
        with self._db.transaction() as connection:
            connection.execute(
                "UPDATE jobs SET state = 'failed', problem = ?, finished = ? WHERE state = 'running'", (shown, _now())
            )
            connection.execute("DELETE FROM watched")

    def _sweep(self) -> None:
        """Remove what a server that died has left of jobs that are over, or never came to be."""
        try:
            self._is_swept = self._is_swept or self._spool.sweep(self._queued)
        except OSError as error:
            log.warning("files of old jobs cannot be removed (%s)", error)
            self._is_swept = True

    def _queued(self) -> set[str]:
        with self._db.reading() as connection:
            return {row["id"] for row in connection.execute("SELECT id FROM jobs WHERE state = 'queued'")}

    def _note_lag(self) -> None:
        """Let every server process know since when the watched files are behind."""
        since = self._watching.behind_since()
        if since != self._behind_since:
            with self._db.transaction() as connection:
                connection.execute("DELETE FROM watched")
                if since is not None:
                    connection.execute("INSERT INTO watched (since) VALUES (?)", (since,))
            self._behind_since = since

    def _claim(self) -> Claim | None:
        with self._db.transaction() as connection:
            row = connection.execute("SELECT * FROM jobs WHERE state = 'queued' ORDER BY number LIMIT 1").fetchone()
            if row is None:
                return None
            connection.execute("UPDATE jobs SET state = 'running' WHERE id = ?", (row["id"],))
        arguments = tuple(msgspec.json.decode(row["arguments"], type=list[str]))
        return Claim(row["id"], arguments, Path(row["spool"]) if row["spool"] else None)

    def _run_process(self, claim: Claim) -> Outcome:
        log.info("job %s: quoth %s", claim.id, claim.arguments[0])
        try:
            process = JobProcess(self._settings, [*self._command, *claim.arguments], claim.spool)
        except OSError as error:
            return Outcome("failed", None, problem(error))
        shown = Progress(0, 0)
        while not process.wait(POLL_SECONDS / 2):
            try:
                self._watching.tend()
                self._note_lag()
                if self._hurrying.is_set():
                    process.kill()
                if self._stopping.is_set() or self._is_cancelling(claim.id):
                    process.interrupt()
                if process.progress != shown:
                    shown = process.progress
                    self._write_progress(claim.id, shown)
            except sqlite3.Error as error:
                # A full disk, say: the process runs on, and must still be looked after.
                log.warning("job %s: its progress cannot be noted (%s)", claim.id, error)
        with suppress(sqlite3.Error):
            self._write_progress(claim.id, process.progress)
        return process.outcome()

    def _finish_surely(self, claim: Claim, outcome: Outcome) -> None:
        """Note how a job ended, however often that must be tried: else it would run forever, by all accounts."""
        while True:
            try:
                self._finish(claim, outcome)
            except (OSError, sqlite3.Error):
                log.exception("job %s: its end cannot be noted yet", claim.id)
                if self._stopping.wait(BUSY_RETRY_SECONDS):
                    return
            else:
                return

    def _finish(self, claim: Claim, outcome: Outcome) -> None:
        interrupted = outcome.state == "cancelled"
        if (interrupted and not self._is_cancelling(claim.id) and self._stopping.is_set()) or outcome.is_library_busy:
            self._put_back(claim)
            return
        with self._db.transaction() as connection:
            connection.execute(
                "UPDATE jobs SET state = ?, result = ?, problem = ?, finished = ? WHERE id = ?",
                (outcome.state, _json(outcome.result), _json(outcome.problem), _now(), claim.id),
            )
            connection.execute(
                "DELETE FROM jobs WHERE finished IS NOT NULL AND number <= (SELECT number FROM jobs "
                "WHERE finished IS NOT NULL ORDER BY number DESC LIMIT 1 OFFSET ?)",
                (MAX_FINISHED,),
            )
        log.info("job %s: %s", claim.id, outcome.state)
        remove(claim.spool)

    def _put_back(self, claim: Claim) -> None:
        """Queue a job again in its old place; it stays cancelled if that was asked meanwhile."""
        with self._db.transaction() as connection:
            row = connection.execute(
                "UPDATE jobs SET state = iif(cancelling, 'cancelled', 'queued'), finished = iif(cancelling, ?, NULL), "
                "done = 0, total = 0 WHERE id = ? RETURNING state",
                (_now(), claim.id),
            ).fetchone()
        if row is None or row["state"] == "cancelled":
            remove(claim.spool)
        if not self._stopping.is_set():
            self._stopping.wait(BUSY_RETRY_SECONDS)

    def _is_cancelling(self, job: str) -> bool:
        with self._db.reading() as connection:
            row = connection.execute("SELECT cancelling FROM jobs WHERE id = ?", (job,)).fetchone()
        return row is None or bool(row["cancelling"])

    def _write_progress(self, job: str, progress: Progress) -> None:
        with self._db.transaction() as connection:
            connection.execute("UPDATE jobs SET done = ?, total = ? WHERE id = ?", (progress.done, progress.total, job))


def _try_lock(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _json(value: Any) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


def _to_job(row: sqlite3.Row) -> Job:
    return Job(
        id=row["id"],
        kind=row["kind"],
        state=row["state"],
        progress=Progress(row["done"], row["total"]),
        result=msgspec.json.decode(row["result"], type=IndexReport) if row["result"] else None,
        problem=msgspec.json.decode(row["problem"]) if row["problem"] else None,
        created=row["created"],
        finished=row["finished"],
    )
