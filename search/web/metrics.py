"""What the service counts, for Prometheus; the only user of `prometheus_client`."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from index.errors import QuothError
from search.engine import Engine
from search.web.jobs import Jobs

MEDIA_TYPE = CONTENT_TYPE_LATEST
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
OTHER_ROUTE = "other"
"""Paths that no route takes are counted together: a client must not be able to make up labels."""


class Metrics:
    """The counters of one server process."""

    def __init__(self, engine: Engine, jobs: Jobs | None) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "quoth_http_requests", "Requests answered.", ["method", "route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "quoth_http_request_seconds", "Time to the end of the answer.", ["route"],
            buckets=SECONDS, registry=self.registry,
        )  # fmt: skip
        self.asked = Counter("quoth_questions", "Questions, by outcome.", ["outcome"], registry=self.registry)
        self.registry.register(_State(engine, jobs))

    def observe(self, method: str, route: str | None, status: int, seconds: float) -> None:
        """Count a request; `route` is its template, such as `/jobs/{id}`."""
        shown = route or OTHER_ROUTE
        known = method if method in ("GET", "HEAD", "POST", "DELETE", "OPTIONS") else OTHER_ROUTE
        self.requests.labels(known, shown, str(status)).inc()
        self.seconds.labels(shown).observe(seconds)

    def render(self) -> bytes:
        """Write everything in Prometheus's text format."""
        return generate_latest(self.registry)


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
            for state, count in self._jobs.counts().items():
                states.add_metric([state], count)
            yield states

    def _collect_library(self) -> Iterator[Metric]:
        try:
            status = self._engine.status()
        except QuothError:
            # No library yet: a scrape then shows that by what is missing.
            return
        for name in ("generation", "documents", "paragraphs", "statements", "speakers"):
            yield GaugeMetricFamily(f"quoth_{name}", f"As `quoth status` shows: {name}.", getattr(status, name))
        yield GaugeMetricFamily("quoth_library_bytes", "Size of the library on disk.", status.bytes)
