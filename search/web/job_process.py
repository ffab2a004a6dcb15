"""One job's subprocess: a `quoth` command at low priority, its progress and its result."""

import logging
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import IO, Any

import msgspec

import search
from index.errors import LibraryBusyError, QuothError
from index.settings import IndexSettings
from index.types import IndexReport
from search.settings import PREFIX, Settings
from search.shapes import problem, problem_type
from search.types import JobState, Progress
from search.web.child_lines import LINE_BYTES, Told, read_line
from search.web.errors import AllRejectedError, JobCrashedError, http_status
from search.web.paths import without_paths

QUOTH = (sys.executable, "-m", "cli")
NICENESS = 10
KILL_AFTER_SECONDS = 30.0
"""An interrupted run finishes its document and publishes; one that takes longer than this hangs."""

log = logging.getLogger("quoth.jobs")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended: its report, or a problem object, or neither when it was cancelled."""

    state: JobState
    result: IndexReport | None
    problem: dict[str, Any] | None

    @property
    def is_library_busy(self) -> bool:
        """Whether it could not begin, because another process was writing."""
        return self.problem is not None and self.problem.get("type") == problem_type(LibraryBusyError.__name__)


class JobProcess:
    """A running `quoth` command whose standard input is `spool`."""

    def __init__(self, settings: Settings, command: Sequence[str], spool: Path | None) -> None:
        """Start it. Raises OSError."""
        self.progress = Progress(0, 0)
        self._last_line = ""
        self._interrupted_at: float | None = None
        # A file, because a report with many rejections would fill a pipe and block its writer.
        self._stdout: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        with spool.open("rb") if spool else Path(os.devnull).open("rb") as stdin:
            self._process = subprocess.Popen(  # noqa: S603 - the arguments are ours, or checked and behind `--`
                list(command),
                stdin=stdin,
                stdout=self._stdout,
                stderr=subprocess.PIPE,
                cwd=Path(search.__file__).parents[1],
                env=child_environment(settings),
                start_new_session=True,
            )
        lower_priority(self._process.pid)
        self._reader = threading.Thread(target=self._read_stderr, daemon=True)
        self._reader.start()

    def wait(self, seconds: float) -> bool:
        """Wait at most so long for the end; True when it has come."""
        overdue = self._interrupted_at is not None and time.monotonic() - self._interrupted_at > KILL_AFTER_SECONDS
        if overdue:
            self._process.kill()
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        self._reader.join(1.0)
        return True

    def interrupt(self) -> None:
        """Ask it to stop, as Ctrl-C does; what it finished is kept.

        Not by Ctrl-C's own signal: a server started in the background of a script hands down to its
        children that they ignore it.
        """
        if self._interrupted_at is None:
            self._interrupted_at = time.monotonic()
            self._process.terminate()

    def kill(self) -> None:
        """End it on the spot, for whoever cannot wait."""
        self._interrupted_at = self._interrupted_at or time.monotonic()
        self._process.kill()

    def outcome(self) -> Outcome:
        """Read what it said on standard output, once it has ended."""
        self._stdout.seek(0)
        said = self._stdout.read()
        self._stdout.close()
        code = self._process.returncode
        report = decode_report(said)
        if report is not None and code in (0, 4):
            return Outcome("done", report, None)
        if self._interrupted_at is not None:
            return Outcome("cancelled", report, None)
        if report is not None and report.rejected:
            return Outcome("failed", report, _describe(AllRejectedError(report.rejected)))
        shown = decode_problem(said) or _describe(JobCrashedError(code, self._last_line))
        return Outcome("failed", None, without_paths(shown))

    def _read_stderr(self) -> None:
        """Follow progress; keep the last other line for when it crashes."""
        stream = self._process.stderr
        if stream is None:
            return
        with stream:
            while line := stream.readline(LINE_BYTES):
                read = read_line(line, log)
                if isinstance(read, Told):
                    self.progress = read.progress
                elif read is not None:
                    self._last_line = read.strip()


def child_environment(settings: Settings) -> dict[str, str]:
    """The environment by which a child has the same settings, whatever file or flags ours came from.

    The keys of the service and of an LLM endpoint are left out: a job has no use for them.
    """
    dropped = {PREFIX + name for name in ("CONFIG", "API_KEY", "LLM_KEY", "SERVE_SETTINGS", "MODEL")}
    environment = {name: value for name, value in os.environ.items() if name not in dropped}
    environment[PREFIX + "LIBRARY"] = str(Path(settings.library).absolute())
    for field in fields(IndexSettings):
        value = getattr(settings.indexing, field.name)
        # A default must not look like somebody's choice: a library keeps the model it was made with.
        if value is not None and value != field.default:
            environment[f"{PREFIX}INDEXING_{field.name.upper()}"] = str(value)
    return environment


def lower_priority(pid: int) -> None:
    """Set from here and not by a hook in the child, which is unsafe in a process with threads."""
    try:
        os.setpriority(os.PRIO_PROCESS, pid, NICENESS)
    except OSError:
        log.debug("job: cannot lower its priority")


def _describe(error: QuothError) -> dict[str, Any]:
    return problem(error, http_status(error))


def decode_report(said: bytes) -> IndexReport | None:
    """The report that `--json` printed, if it is one."""
    if decode_problem(said) is not None:
        return None
    try:
        return msgspec.json.decode(said, type=IndexReport)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def decode_problem(said: bytes) -> dict[str, Any] | None:
    """A problem object, told from a report by its type and title."""
    try:
        shown = msgspec.json.decode(said, type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return shown if "title" in shown and "type" in shown else None
