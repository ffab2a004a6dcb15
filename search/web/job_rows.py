"""What `service.db` knows of background jobs: rows that are added, claimed, finished and listed."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from index.errors import InvalidValueError, JobNotFoundError
from index.types import IndexReport
from search.shapes import problem
from search.types import Job, JobsPage, JobState, Progress
from search.web.errors import ServerStoppedError
from search.web.job_process import Outcome
from search.web.service_db import ServiceDb

MAX_FINISHED = 1000
_NEVER = 1 << 62
"""Above every job's number."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A job that is about to run: arguments of `quoth`, and the file for its standard input."""

    id: str
    arguments: tuple[str, ...]
    spool: Path | None


class JobRows:
    """What is known of jobs, by every server process of a library; each method is a transaction of its own."""

    def __init__(self, db: ServiceDb) -> None:
        self._db = db

    def add(self, job: str, kind: str, arguments: Iterable[str], spool: Path | None) -> Job:
        """Queue a job; return it as queued."""
        with self._db.transaction() as connection:
            row = connection.execute(
                "INSERT INTO jobs (id, kind, arguments, spool, created) VALUES (?, ?, ?, ?, ?) RETURNING *",
                (job, kind, msgspec.json.encode(list(arguments)).decode(), str(spool) if spool else None, _now()),
            ).fetchone()
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

    def cancel(self, job: str) -> tuple[JobState, str | None]:
        """Cancel a job that waits or runs, forget one that is finished; return the state it was in, and its spool.

        Raises JobNotFoundError.
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
        return row["state"], row["spool"]

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

    def queued(self) -> set[str]:
        """The ids of the jobs that wait."""
        with self._db.reading() as connection:
            return {row["id"] for row in connection.execute("SELECT id FROM jobs WHERE state = 'queued'")}

    def fail_orphans(self) -> None:
        """Jobs that ran when the last server died did not finish, whatever they had got done."""
        shown = msgspec.json.encode(problem(ServerStoppedError())).decode()
        with self._db.transaction() as connection:
            connection.execute(
                "UPDATE jobs SET state = 'failed', problem = ?, finished = ? WHERE state = 'running'", (shown, _now())
            )
            connection.execute("DELETE FROM watched")

    def note_behind(self, since: str | None) -> None:
        """Let every server process know since when the watched files are behind, or that they aren't."""
        with self._db.transaction() as connection:
            connection.execute("DELETE FROM watched")
            if since is not None:
                connection.execute("INSERT INTO watched (since) VALUES (?)", (since,))

    def claim(self) -> Claim | None:
        """Take the job that has waited longest, if any: it is `running` from now on."""
        with self._db.transaction() as connection:
            row = connection.execute("SELECT * FROM jobs WHERE state = 'queued' ORDER BY number LIMIT 1").fetchone()
            if row is None:
                return None
            connection.execute("UPDATE jobs SET state = 'running' WHERE id = ?", (row["id"],))
        arguments = tuple(msgspec.json.decode(row["arguments"], type=list[str]))
        return Claim(row["id"], arguments, Path(row["spool"]) if row["spool"] else None)

    def finish(self, job: str, outcome: Outcome) -> None:
        """Note how a job ended, and forget the oldest of more than `MAX_FINISHED` that did."""
        with self._db.transaction() as connection:
            connection.execute(
                "UPDATE jobs SET state = ?, result = ?, problem = ?, finished = ? WHERE id = ?",
                (outcome.state, _json(outcome.result), _json(outcome.problem), _now(), job),
            )
            connection.execute(
                "DELETE FROM jobs WHERE finished IS NOT NULL AND number <= (SELECT number FROM jobs "
                "WHERE finished IS NOT NULL ORDER BY number DESC LIMIT 1 OFFSET ?)",
                (MAX_FINISHED,),
            )

    def put_back(self, job: str) -> bool:
        """Queue a job again in its old place; False where it stays cancelled, or is forgotten, meanwhile."""
        with self._db.transaction() as connection:
            row = connection.execute(
                "UPDATE jobs SET state = iif(cancelling, 'cancelled', 'queued'), finished = iif(cancelling, ?, NULL), "
                "done = 0, total = 0 WHERE id = ? RETURNING state",
                (_now(), job),
            ).fetchone()
        return row is not None and row["state"] == "queued"

    def is_cancelling(self, job: str) -> bool:
        """Whether a job that runs is to stop, or is forgotten."""
        with self._db.reading() as connection:
            row = connection.execute("SELECT cancelling FROM jobs WHERE id = ?", (job,)).fetchone()
        return row is None or bool(row["cancelling"])

    def note_progress(self, job: str, progress: Progress) -> None:
        """Let those who ask know how far a job is."""
        with self._db.transaction() as connection:
            connection.execute("UPDATE jobs SET done = ?, total = ? WHERE id = ?", (progress.done, progress.total, job))


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
