"""`quoth serve` as a process of its own, with what it costs: processor time and memory of all its processes."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from benchmarks import results
from benchmarks.client import Client

STARTED = re.compile(r"running on http://127\.0\.0\.1:(\d+)")
_STOP_SECONDS = 60
_STILL_SECONDS, _STILL_SHARE, _SETTLING_SECONDS = 2.5, 0.05, 300
"""A server looks every two seconds whether there is something to do."""
_TICK = os.sysconf("SC_CLK_TCK")
_JOB = b"\0-m\0cli\0"
"""What is in the command line of an indexing job, and of no process that answers."""


class ServerFailedError(Exception):
    """The server did not start, or a job did not get done."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: its port, the first of its processes, and what it has logged; whole once it has ended."""

    port: int
    pid: int
    log: list[str]
    printed: list[str]
    """What it has written to standard output: nothing, if all is well."""

    @property
    def address(self) -> str:
        """Where it listens, as a URL without a path."""
        return f"http://127.0.0.1:{self.port}"

    def processes(self, *, jobs: bool = False) -> list[int]:
        """The processes that answer, or those of the job that runs."""
        return [pid for pid in _family(self.pid) if (_JOB in _read(pid, "cmdline")) == jobs]

    def cpu_seconds(self) -> float:
        """Processor time of the processes that answer, so far."""
        return sum(_cpu(pid) for pid in self.processes())

    def wait_until_settled(self) -> None:
        """Until it has worked out ahead what it does once nobody asks: its processor time has stood still for a while.

        Raises ServerFailedError where that does not come to an end.
        """
        for _ in range(round(_SETTLING_SECONDS / _STILL_SECONDS)):
            before = self.cpu_seconds()
            time.sleep(_STILL_SECONDS)
            if self.cpu_seconds() - before <= _STILL_SHARE * _STILL_SECONDS:
                return
        raise ServerFailedError("".join(self.log))

    def memory(self) -> dict[str, int]:
        """Bytes of the processes that answer: resident, shared pages once for each (`rss`) or once in all (`pss`)."""
        return {name: sum(_rollup(pid, name) for pid in self.processes()) for name in ("rss", "pss")}


@contextmanager
def serving(
    library: Path, *flags: str, with_model: bool = True, environment: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Serve a library on a free port until the context ends, with variables on top of those of this process.

    It listens by then, and `with_model` also has loaded what a question needs. Raises ServerFailedError, also where
    it does not end when it is told to.
    """
    process = subprocess.Popen(
        [sys.executable, "cli.py", "serve", "--library", str(library), "--port", "0", *flags],
        cwd=results.ROOT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    log: list[str] = []
    readers: list[threading.Thread] = []
    try:
        server = Server(_announced_port(process, log), process.pid, log, [])
        readers += [_reader(process.stdout, server.printed), _reader(process.stderr, log)]
        _wait_for(server, "/readyz" if with_model else "/healthz")
        yield server
    finally:
        _stop(process)
    for reader in readers:
        # Workers that outlive a parent that was killed hold its pipes.
        reader.join(_STOP_SECONDS)
    if process.returncode < 0:
        raise ServerFailedError(f"it did not end within {_STOP_SECONDS} s\n{''.join(log)}")


def _announced_port(process: "subprocess.Popen[str]", log: list[str]) -> int:
    """What the server says it listens on; lines until then go to the log. Raises ServerFailedError."""
    for line in iter(process.stderr.readline, "") if process.stderr else ():
        log.append(line)
        if found := STARTED.search(line):
            return int(found[1])
    raise ServerFailedError("".join(log))


def _reader(stream: IO[str] | None, lines: list[str]) -> threading.Thread:
    """Collects lines until a stream ends: a pipe that nobody empties would stop who writes into it."""
    thread = threading.Thread(target=lines.extend, args=(stream,), daemon=True)
    thread.start()
    return thread


def _stop(process: "subprocess.Popen[str]") -> None:
    """Stop it by Ctrl-C's signal; kill it where that is no use."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait_for(server: Server, path: str) -> None:
    """Until a path's answer is good, or lacks no more than a library."""
    for _ in range(3000):
        client = Client(server.port)
        try:
            reply = client.get(path)
            if reply.status == 200 or not reply.json()["type"].endswith(":not-ready"):
                return
        except OSError:
            # With several workers the address is announced before the first of them listens.
            pass
        finally:
            client.close()
        time.sleep(0.1)
    raise ServerFailedError("".join(server.log))


def _family(pid: int) -> list[int]:
    """A process and all that descend from it and still run."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _text(task).split():
            found += _family(int(child))
    return found


def _cpu(pid: int) -> float:
    # Behind the name, which may hold blanks and brackets, the 12th and 13th fields are user and system time.
    fields = _read(pid, "stat").rpartition(b")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK if fields else 0.0


def _rollup(pid: int, name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+) kB", _read(pid, "smaps_rollup").decode(), re.IGNORECASE | re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


def _read(pid: int, name: str) -> bytes:
    """A file of /proc; empty once the process is gone."""
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
