"""The queue of background jobs, with a stand-in for the command that they run."""

import errno
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest

from index.errors import InvalidValueError, JobNotFoundError, LibraryReadOnlyError, LibraryVersionError
from index.settings import IndexSettings
from search.errors import ServiceBusyError
from search.settings import Settings
from search.types import Job, JobsPage
from search.web import job_rows
from search.web import jobs as jobs_module
from search.web.job_rows import JobRows
from search.web.jobs import Jobs
from search.web.service_db import ServiceDb
from search.web.watching import Watching
from tests.web_client import FAKE_COMMAND


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs_module, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(jobs_module, "BUSY_RETRY_SECONDS", 0.1)


def open_jobs(library: Path) -> Jobs:
    """A queue that nobody runs yet."""
    return Jobs(Settings(library=str(library)), FAKE_COMMAND)


@contextmanager
def running(library: Path) -> Iterator[Jobs]:
    """A queue that is run, and stopped in the end."""
    jobs = open_jobs(library)
    jobs.start()
    try:
        yield jobs
    finally:
        jobs.close()


def wait_for(jobs: Jobs, job: Job, reached: Callable[[Job], bool]) -> Job:
    """Poll until a job is as wanted; a minute is for machines under load."""
    for _ in range(1200):
        now = jobs.get(job.id)
        if reached(now):
            return now
        time.sleep(0.05)
    raise AssertionError(f"the job stays {now}")


def finished(job: Job) -> bool:
    """Whether nothing more will happen to it."""
    return job.finished is not None


def test_a_job_runs_and_reports(tmp_path: Path) -> None:
    """A queued job reads its spooled lines, runs at low priority, and gives report and progress."""
    with running(tmp_path) as jobs:
        queued = jobs.submit("index", ["done"], [b"{}\n", b"{}\n"])
        assert queued.state == "queued"
        job = wait_for(jobs, queued, finished)
    assert job.state == "done"
    assert job.problem is None
    assert job.result is not None
    assert (job.result.generation, job.result.added) == (3, 2)
    assert job.result.embedded >= 10
    assert (job.progress.done, job.progress.total) == (1, 2)
    assert list((tmp_path / "spool").iterdir()) == []


def test_jobs_run_one_at_a_time_in_order(tmp_path: Path) -> None:
    """A second job waits until the first one is finished."""
    with running(tmp_path) as jobs:
        first = jobs.submit("index", ["sleep"])
        second = jobs.submit("index", ["done"])
        wait_for(jobs, first, lambda job: job.state == "running")
        assert jobs.get(second.id).state == "queued"
        jobs.cancel(first.id)
        assert wait_for(jobs, second, finished).state == "done"
        assert jobs.get(first.id).state == "cancelled"


def test_a_running_job_is_interrupted_when_cancelled(tmp_path: Path) -> None:
    """Cancelling ends the process, and the job is then cancelled, not failed."""
    with running(tmp_path) as jobs:
        job = jobs.submit("index", ["sleep"])
        wait_for(jobs, job, lambda job: job.progress.done == 1)
        cancelling = jobs.cancel(job.id)
        assert cancelling is not None
        assert cancelling.state == "running"
        assert wait_for(jobs, job, finished).state == "cancelled"


def test_a_queued_job_is_cancelled_at_once_and_a_finished_one_forgotten(tmp_path: Path) -> None:
    """Cancelling what waits needs no runner; cancelling it again removes it and its lines."""
    jobs = open_jobs(tmp_path)
    job = jobs.submit("index", ["done"], [b"{}\n"])
    cancelled = jobs.cancel(job.id)
    assert cancelled is not None
    assert cancelled.state == "cancelled"
    assert list((tmp_path / "spool").iterdir()) == []
    assert jobs.cancel(job.id) is None
    with pytest.raises(JobNotFoundError):
        jobs.get(job.id)
    with pytest.raises(JobNotFoundError):
        jobs.cancel(job.id)


@pytest.mark.parametrize(
    ("act", "type_"),
    [("problem", "model"), ("crash", "job-crashed"), ("rejected", "all-rejected"), ("nonsense", "job-crashed")],
)
def test_a_failed_job_says_why(tmp_path: Path, act: str, type_: str) -> None:
    """A problem that the process prints is shown; one that it could not print is made up for."""
    with running(tmp_path) as jobs:
        job = wait_for(jobs, jobs.submit("index", [act]), finished)
    assert job.state == "failed"
    assert job.problem is not None
    assert job.problem["type"] == f"urn:quoth:problem:{type_}"
    assert (job.result is not None) == (act == "rejected")


def test_a_job_waits_while_the_library_is_written_by_somebody_else(tmp_path: Path) -> None:
    """A busy library puts the job back in the queue until it is free."""
    flag = tmp_path / "free"
    with running(tmp_path) as jobs:
        job = jobs.submit("index", ["busy", str(flag)])
        wait_for(jobs, job, lambda job: job.state == "running")
        wait_for(jobs, job, lambda job: job.state == "queued")
        flag.touch()
        assert wait_for(jobs, job, finished).state == "done"


def test_queued_jobs_survive_a_restart_and_running_ones_fail_when_the_server_died(tmp_path: Path) -> None:
    """What a dead server ran is failed with the reason; what it had queued is run by the next one."""
    dead = open_jobs(tmp_path)
    ran = dead.submit("index", ["done"], [b"{}\n"])
    assert dead._rows.claim() is not None
    waited = dead.submit("index", ["done"], [b"{}\n"])
    with running(tmp_path) as jobs:
        failed = wait_for(jobs, ran, finished)
        assert wait_for(jobs, waited, finished).state == "done"
    assert failed.state == "failed"
    assert failed.problem is not None
    assert failed.problem["type"] == "urn:quoth:problem:server-stopped"
    assert list((tmp_path / "spool").iterdir()) == []


def test_a_job_that_runs_at_shutdown_is_taken_up_by_the_next_server(tmp_path: Path) -> None:
    """Stopping a server in order puts its job back, lines included."""
    with running(tmp_path) as jobs:
        job = jobs.submit("index", ["sleep"], [b"{}\n"])
        wait_for(jobs, job, lambda job: job.progress.done == 1)
    assert open_jobs(tmp_path).get(job.id).state == "queued"
    assert len(list((tmp_path / "spool").iterdir())) == 1


def test_only_one_of_several_servers_runs_jobs(tmp_path: Path) -> None:
    """A second process on the same library takes jobs in, the first one runs them, and is succeeded."""
    with running(tmp_path) as first, running(tmp_path) as second:
        running_job = first.submit("index", ["sleep"])
        wait_for(first, running_job, lambda job: job.state == "running")
        other = second.submit("index", ["done"])
        time.sleep(0.3)
        assert second.get(other.id).state == "queued"
        first.close()
        second.cancel(running_job.id)
        assert wait_for(second, other, finished).state == "done"


def test_the_child_has_the_servers_settings_but_not_its_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings go by environment, whatever file or flag they came from; the key stays here."""
    monkeypatch.setenv("QUOTH_CONFIG", "relative.toml")
    monkeypatch.setenv("QUOTH_API_KEY", "secret")
    settings = Settings(library=str(tmp_path), indexing=IndexSettings(model="some-model", batch_size=3))
    jobs = Jobs(settings, FAKE_COMMAND)
    jobs.start()
    job = wait_for(jobs, jobs.submit("index", ["environment"]), finished)
    jobs.close()
    assert job.result is not None
    seen = {one.uri: one.reason for one in job.result.rejected}
    assert seen["QUOTH_LIBRARY"] == str(tmp_path)
    assert seen["QUOTH_INDEXING_MODEL"] == "some-model"
    assert seen["QUOTH_INDEXING_BATCH_SIZE"] == "3"
    assert "QUOTH_API_KEY" not in seen
    assert "QUOTH_CONFIG" not in seen


def test_a_job_is_looked_after_while_the_database_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk must not leave a process running by itself, nor a job that seems to run forever."""
    write, finish, refused = JobRows.note_progress, JobRows.finish, list[str]()

    def refuse_first(name: str, method: Callable[..., None]) -> Callable[..., None]:
        def refuse(*arguments: object) -> None:
            if refused.count(name) < 2:
                refused.append(name)
                raise sqlite3.OperationalError("database or disk is full")
            method(*arguments)

        return refuse

    monkeypatch.setattr(JobRows, "note_progress", refuse_first("progress", write))
    monkeypatch.setattr(JobRows, "finish", refuse_first("finish", finish))
    with running(tmp_path) as jobs:
        job = wait_for(jobs, jobs.submit("index", ["pause"]), finished)
        assert job.state == "done"
        assert wait_for(jobs, jobs.submit("index", ["done"], [b"{}\n"]), finished).state == "done"
    assert refused == ["progress", "progress", "finish", "finish"]


def test_lines_are_kept_only_for_jobs_that_will_read_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not where a job cannot be noted, nor where one that is put back turns out cancelled."""
    jobs = open_jobs(tmp_path)
    claimed = jobs.submit("index", ["busy"], [b"{}\n"])
    claim = jobs._rows.claim()
    assert claim is not None
    jobs.cancel(claimed.id)
    jobs._put_back(claim)
    assert jobs.get(claimed.id).state == "cancelled"
    assert list((tmp_path / "spool").iterdir()) == []

    def full() -> NoReturn:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(jobs._rows._db, "transaction", full)
    with pytest.raises(sqlite3.OperationalError):
        jobs.submit("index", ["done"], [b"{}\n"])
    assert list((tmp_path / "spool").iterdir()) == []


def test_what_a_dead_server_left_is_swept_but_not_what_is_being_written(tmp_path: Path) -> None:
    """Of files without a job none stays, of those that wait none goes, even if the library was moved."""
    jobs = open_jobs(tmp_path)
    waiting = jobs.submit("index", ["done"], [b"{}\n"])
    (tmp_path / "spool" / "j_left").write_text("x", encoding="utf-8")
    with jobs._spool.written("j_new", [b"{}\n"]) as new:
        jobs._sweep()
        assert new.exists()
    new.unlink()
    jobs._sweep()
    assert [one.name for one in (tmp_path / "spool").iterdir()] == [waiting.id]


def test_whoever_is_in_a_hurry_waits_for_no_job(tmp_path: Path) -> None:
    """A job that does not end when it is asked to is killed, and goes on with the next server."""
    with running(tmp_path) as jobs:
        job = jobs.submit("index", ["stubborn"], [b"{}\n"])
        wait_for(jobs, job, lambda job: job.progress.done == 1)
        jobs.hurry()
    assert open_jobs(tmp_path).get(job.id).state == "queued"
    assert len(list((tmp_path / "spool").iterdir())) == 1


def test_the_queue_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit a job is refused, and its lines are not kept."""
    monkeypatch.setattr(jobs_module, "MAX_QUEUED", 2)
    jobs = open_jobs(tmp_path)
    for _ in range(2):
        jobs.submit("index", ["done"])
    with pytest.raises(ServiceBusyError):
        jobs.submit("index", ["done"], [b"{}\n"])
    assert not (tmp_path / "spool").exists()


def test_old_finished_jobs_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the newest finished jobs are kept."""
    monkeypatch.setattr(job_rows, "MAX_FINISHED", 1)
    with running(tmp_path) as jobs:
        first = jobs.submit("index", ["done"])
        second = jobs.submit("index", ["done"])
        wait_for(jobs, second, finished)
        with pytest.raises(JobNotFoundError):
            jobs.get(first.id)


def test_jobs_are_listed_newest_first_by_pages(tmp_path: Path) -> None:
    """Every job comes once, pages follow each other, and a cursor that none gave is refused."""
    jobs = open_jobs(tmp_path)
    assert jobs.page(10, None) == JobsPage(0, None, ())
    ids = [jobs.submit("index", ["done"]).id for _ in range(5)]
    first = jobs.page(2, None)
    assert (first.total, [job.id for job in first.jobs]) == (5, ids[:2:-1])
    second = jobs.page(2, first.next)
    newer = jobs.submit("index", ["done"])
    last = jobs.page(2, second.next)
    assert [job.id for job in (*second.jobs, *last.jobs)] == [ids[2], ids[1], ids[0]]
    assert last.next is None
    assert jobs.page(6, None).jobs[0] == newer
    for cursor in ("x", "-1", "²", "9" * 30):
        with pytest.raises(InvalidValueError, match="cursor"):
            jobs.page(2, cursor)


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    """A database of a version that this release does not know is not touched."""
    with ServiceDb(tmp_path).transaction() as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(LibraryVersionError):
        open_jobs(tmp_path)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """The service learns that it can take no jobs."""
    (tmp_path / "file").touch()
    with pytest.raises(LibraryReadOnlyError, match="file"):
        open_jobs(tmp_path / "file")


def test_a_job_outlives_a_lack_of_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """While it runs, whatever cannot be opened: its process is looked after, and the log says why, in one line each."""
    lacking = iter(range(3))

    def tend(self: Watching) -> None:
        if jobs.counts().get("running") and next(lacking, None) is not None:
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    with running(tmp_path) as jobs:
        monkeypatch.setattr(Watching, "tend", tend)
        job = wait_for(jobs, jobs.submit("index", ["pause"]), finished)
    assert job.state == "done"
    assert "open no more files" in caplog.text
    assert "Traceback" not in caplog.text


def test_a_job_that_cannot_be_started_for_want_of_files_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Its problem is the one that a request would be answered with, and so is the line in the log."""

    def start(*given: object) -> NoReturn:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr(jobs_module, "JobProcess", start)
    with running(tmp_path) as jobs:
        job = wait_for(jobs, jobs.submit("index", ["done"]), finished)
    assert job.problem is not None
    assert (job.problem["title"], job.problem["status"]) == ("Too many open files", 503)
    assert "it cannot be started: the system lets this process open no more files" in caplog.text
    assert "Traceback" not in caplog.text
