"""Many clients against one: searches a second, and how long each takes, by a real server over loopback.

Usage: python -m benchmarks.concurrency [--library DIR] [--clients N] [--seconds N] [--workers N] [--out DIR]

Rounds of one client and of many alternate, each with questions that nobody asked before; then both again while the
server indexes new articles. There is one server process a core unless told otherwise. A library that is named is
copied first; else one is grown (`benchmarks/grown.py`). The clients are threads of this process, with connections that
are kept; `client_share` is the processor time they took of all that was taken, indexing left out.
"""

import argparse
import itertools
import os
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import corpus, grown, results
from benchmarks.client import Client, Reply
from benchmarks.serving import Server, ServerFailedError, serving
from index.embedder import load_embedder
from index.settings import DEFAULT_MODEL, IndexSettings

PARAGRAPHS = 20_000
POOL = 3_000
QUESTIONS = 20_000
ROUNDS = 4
BUILT_AT_ONCE = 400
"""Articles in one upload: several minutes of embedding."""


@dataclass
class Tally:
    """What the clients of one kind met, over all their rounds."""

    clients: int
    building: bool
    seconds: float = 0.0
    server_cpu: float = 0.0
    client_cpu: float = 0.0
    errors: int = 0
    times: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Searches a second."""
        return len(self.times) / self.seconds

    def row(self) -> dict[str, Any]:
        """What is written down; times in milliseconds."""
        found = sorted(self.times)
        return {
            "building": self.building,
            "clients": self.clients,
            "searches": len(found),
            "per_second": self.rate,
            "p50_ms": statistics.median(found) * 1000,
            "p99_ms": found[int(0.99 * (len(found) - 1))] * 1000,
            "errors": self.errors,
            "server_cpu_ms": self.server_cpu / len(found) * 1000,
            "client_share": self.client_cpu / (self.client_cpu + self.server_cpu),
        }


def measure(library: Path, clients: int, seconds: float, workers: int) -> list[dict[str, Any]]:
    """Rows of one client and of many, without and with a build, and the memory of the server."""
    asked = itertools.chain.from_iterable(itertools.repeat(corpus.questions(QUESTIONS)))
    with serving(library, "--workers", str(workers)) as server:
        _warm(server, asked, clients)
        quiet = [Tally(1, building=False), Tally(clients, building=False)]
        _rounds(server, quiet, asked, seconds)
        memory = {f"server_{name}_mb": size / 1e6 for name, size in server.memory().items()}
        busy = [Tally(1, building=True), Tally(clients, building=True)]
        with _building(server):
            _rounds(server, busy, asked, seconds)
    rows = []
    for one, many in (quiet, busy):
        gain = many.rate / one.rate
        rows += [{**tally.row(), "times_one": times} for tally, times in ((one, 1.0), (many, gain))]
    return [{"workers": workers, **row, **memory} for row in rows]


def _rounds(server: Server, tallies: Sequence[Tally], asked: Iterator[str], seconds: float) -> None:
    """Alternate, so that whatever else the machine does meets all alike."""
    for _ in range(ROUNDS):
        for tally in tallies:
            _round(server, tally, asked, seconds / ROUNDS)


def _round(server: Server, tally: Tally, asked: Iterator[str], seconds: float) -> None:
    guard, end = threading.Lock(), time.perf_counter() + seconds

    def ask() -> None:
        client, times, errors = Client(server.port), [], 0
        while time.perf_counter() < end:
            with guard:
                question = next(asked)
            try:
                reply = client.get("/search", q=question)
                times.append(reply.seconds)
                errors += reply.status != 200
            except OSError:
                errors += 1
        client.close()
        with guard:
            tally.times += times
            tally.errors += errors

    server_cpu, client_cpu, began = server.cpu_seconds(), time.process_time(), time.perf_counter()
    _together(ask, tally.clients)
    tally.seconds += time.perf_counter() - began
    tally.server_cpu += server.cpu_seconds() - server_cpu
    tally.client_cpu += time.process_time() - client_cpu


def _together(target: Callable[[], None], count: int) -> None:
    threads = [threading.Thread(target=target) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _warm(server: Server, asked: Iterator[str], clients: int) -> None:
    """Ask before anything counts: every process loads its model, and opens as many connections as it will need."""
    for _ in range(3):
        _round(server, Tally(clients, building=False), asked, 1.0)


@contextmanager
def _building(server: Server) -> Iterator[None]:
    """Articles are indexed as long as the context lasts. Raises ServerFailedError where they were done before."""
    # A title of their own, which is embedded with each paragraph: the library may hold these articles already.
    records = [
        {**article, "id": f"new-{article['id']}", "title": f"{article['title']} (once more)"}
        for article in corpus.articles(BUILT_AT_ONCE)
    ]
    address = _sent(server, "POST", "/documents", {"documents": records}).headers["location"]
    # At low priority, on a machine that does much else, it may need long to begin.
    for _ in range(150):
        if _sent(server, "GET", address).json()["progress"]["total"]:
            break
        time.sleep(0.2)
    yield
    job = _sent(server, "GET", address).json()
    _sent(server, "DELETE", address)
    if job["state"] != "running":
        raise ServerFailedError(f"the build did not last as long as the measurement: {job}")


def _sent(server: Server, method: str, path: str, body: object = None) -> Reply:
    """A request on a connection of its own: the server closes those on which nothing was asked for some seconds."""
    client = Client(server.port)
    try:
        return client.send(method, path, body)
    finally:
        client.close()


def _library(folder: Path, named: Path | None) -> Path:
    """A library that may be changed: a copy, or a new one."""
    if named is not None:
        return Path(shutil.copytree(named, folder / "library"))
    settings = IndexSettings()
    pool = grown.pool(load_embedder(DEFAULT_MODEL, cache=settings.cache), POOL, folder / "pool.npy")
    grown.grow(folder / "library", PARAGRAPHS, pool, settings)
    return folder / "library"


def main() -> None:
    """Measure, print the table, write everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", type=Path, help="ask this one, or rather a copy of it")
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=20.0, help="for each of the four measurements")
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)), help="server processes")
    parser.add_argument("--out", type=Path, default=results.RESULTS, help="where the JSON goes")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="quoth-concurrency-") as scratch:
        rows = measure(_library(Path(scratch), given.library), given.clients, given.seconds, given.workers)
    print(results.table(rows))
    print(results.write("concurrency", rows, given.out))


if __name__ == "__main__":
    main()
