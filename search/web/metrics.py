"""What the service counts, for Prometheus; the only user of `prometheus_client`."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

from index.errors import QuothError
from search.engine import Engine
from search.stages import Stage
from search.web.jobs import Jobs

MEDIA_TYPE = CONTENT_TYPE_LATEST
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
STAGE_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
OTHER_ROUTE = "other"
"""Paths that no route takes are counted together: a client must not be able to make up labels."""
SHARED_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
"""Where several processes keep their counters, so that each can tell the sum of all; `prometheus_client`'s name."""

# When a counter was made: as many lines again, which no scrape asks for.
disable_created_metrics()  # type: ignore[no-untyped-call]


class Metrics:
    """The counters of one server, and the observer of its engine. Safe to use from many threads."""

    def __init__(self) -> None:
        own = CollectorRegistry()
        self._requests = Counter(
            "quoth_http_requests", "Requests answered.", ["method", "route", "status"], registry=own
        )
        self._seconds = Histogram(
            "quoth_http_request_seconds", "Time to the end of the answer.", ["route"], buckets=SECONDS, registry=own
        )
        self._running = Gauge(
            "quoth_http_requests_running", "Requests in the works, waiting ones included.",
            multiprocess_mode="livesum", registry=own,
        )  # fmt: skip
        self._stages = Histogram(
            "quoth_stage_seconds", "Time of a stage of answering.", ["stage"], buckets=STAGE_SECONDS, registry=own
        )
        self._vectors = Counter(
            "quoth_query_vectors", "Vectors of questions, by where they came from.", ["origin"], registry=own
        )
        self.asked = Counter("quoth_questions", "Questions, by outcome.", ["outcome"], registry=own)
        for outcome in ("answered", "refused"):
            # A rate of what has not happened yet is 0, and not missing.
            self.asked.labels(outcome)
        self._counted: Collector = own
        self._shared = os.environ.get(SHARED_VARIABLE)
        self._state: Collector | None = None

    def watch(self, engine: Engine, jobs: Jobs | None) -> None:
        """Tell from now on what `engine` serves and what `jobs` wait."""
        self._state = _State(engine, jobs)

    def observe(self, method: str, route: str | None, status: int, seconds: float) -> None:
        """Count a request; `route` is its template, such as `/jobs/{id}`."""
        shown = route or OTHER_ROUTE
        known = method if method in ("GET", "HEAD", "POST", "DELETE", "OPTIONS") else OTHER_ROUTE
        self._requests.labels(known, shown, str(status)).inc()
        self._seconds.labels(shown).observe(seconds)

    def run(self, more: int) -> None:
        """Count a request that begins, as 1, or ends, as -1."""
        self._running.inc(more)

    def stage(self, name: Stage, seconds: float) -> None:
        """Count a stage of answering."""
        self._stages.labels(name).observe(seconds)

    def query_vector(self, *, is_known: bool) -> None:
        """Count where the vector of a question came from."""
        self._vectors.labels("cache" if is_known else "model").inc()

    def render(self) -> bytes:
        """Write everything in Prometheus's text format; with several processes, the sum of all."""
        registry = CollectorRegistry()
        if self._shared:
            _forget_dead(Path(self._shared))
            MultiProcessCollector(registry, self._shared)  # type: ignore[no-untyped-call]
        else:
            registry.register(self._counted)
        if self._state is not None:
            registry.register(self._state)
        return generate_latest(registry)


@contextmanager
def shared_by_processes() -> Iterator[None]:
    """Let the processes that are started in this context count together."""
    with tempfile.TemporaryDirectory(prefix="quoth-metrics-") as folder:
        os.environ[SHARED_VARIABLE] = folder
        try:
            yield
        finally:
            del os.environ[SHARED_VARIABLE]


def _forget_dead(folder: Path) -> None:
    """What a process that died was doing is not in the works any more."""
    for pid in {path.stem.rpartition("_")[2] for path in folder.glob("gauge_live*.db")}:
        try:
            os.kill(int(pid), 0)
        except ProcessLookupError:
            # Another worker may forget it at the same time.
            with suppress(FileNotFoundError):
                mark_process_dead(int(pid), str(folder))  # type: ignore[no-untyped-call]
        except PermissionError:
            # Somebody else's process has its number now.
            continue


class _State(Collector):
    """Reads what is true at the moment of a scrape."""

    def __init__(self, engine: Engine, jobs: Jobs | None) -> None:
        self._engine = engine
        self._jobs = jobs

    def describe(self) -> list[Metric]:
        """Keep the registry from collecting at registration, when the library may not be there."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Yield the generation that is served, what it holds, and the length of the queue."""
        yield from self._collect_library()
        if self._jobs is not None:
            states = GaugeMetricFamily("quoth_jobs", "Jobs by state.", labels=["state"])
            for state, count in {"queued": 0, "running": 0, **self._jobs.counts()}.items():
                states.add_metric([state], count)
            yield states
            lag = "How long the oldest change that is not done has waited; 0 when none does."
            yield GaugeMetricFamily("quoth_index_lag_seconds", lag, self._jobs.lag())

    def _collect_library(self) -> Iterator[Metric]:
        try:
            status, published = self._engine.status(), self._engine.published()
        except QuothError:
            # No library yet: a scrape then shows that by what is missing.
            return
        for name in ("generation", "documents", "paragraphs", "statements", "speakers"):
            yield GaugeMetricFamily(f"quoth_{name}", f"As `quoth status` shows: {name}.", getattr(status, name))
        yield GaugeMetricFamily("quoth_library_bytes", "Size of the library on disk.", status.bytes)
        said = "When the generation that is served was published, in Unix time."
        yield GaugeMetricFamily("quoth_published_timestamp_seconds", said, published.timestamp())
