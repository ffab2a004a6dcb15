"""What every route needs: the engine, the settings, the queue, the counters; and how it replies."""

import hashlib
import threading
from dataclasses import dataclass, field, replace
from typing import Annotated

from fastapi import Depends, Request, Response

from search.engine import Engine
from search.settings import Settings
from search.shapes import encode
from search.types import AskResult, SearchResult
from search.web.errors import ReadOnlyServerError
from search.web.jobs import Jobs
from search.web.metrics import Metrics

JSON = "application/json"


@dataclass
class Service:
    """One server process, until `stopping` is set. `jobs` is None where the library cannot be written."""

    engine: Engine
    settings: Settings
    jobs: Jobs | None
    metrics: Metrics
    stopping: threading.Event = field(default_factory=threading.Event)
    _warming: threading.Lock = field(default_factory=threading.Lock)
    _warm: bool = False

    @property
    def queue(self) -> Jobs:
        """The queue of jobs. Raises ReadOnlyServerError."""
        self.check_writable()
        assert self.jobs is not None
        return self.jobs

    def check_writable(self) -> None:
        """Raise ReadOnlyServerError where this server takes no changes."""
        if self.jobs is None:
            raise ReadOnlyServerError(self.settings.library)

    def warm(self) -> int:
        """Load what the first question would wait for, once; return the generation that is served."""
        generation = self.engine.generation()
        with self._warming:
            if not self._warm:
                self.engine.warm()
                self._warm = True
        return generation


async def _service(request: Request) -> Service:  # async, or every request would wait for a thread just for this
    service: Service = request.app.state.service
    return service


ServiceDep = Annotated[Service, Depends(_service)]


def reply(value: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Send a result in the contract's JSON."""
    return Response(encode(value), status, {"Cache-Control": "no-store", **(headers or {})}, JSON)


def reply_tagged(request: Request, value: object) -> Response:
    """Send a result with an entity tag; 304 where the client has it already.

    The tag is made of the result: a generation's number would not do, since corrections change
    answers within a generation, and a library that is made anew counts from 1 again.
    """
    tag = _entity_tag(value)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Authorization, X-API-Key"}
    if tag in [one.strip() for one in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    return Response(encode(value), headers=headers, media_type=JSON)


def _entity_tag(value: object) -> str:
    """Weak, because `took_ms`, which it leaves out, differs from one answer to the next."""
    lasting = replace(value, took_ms=0.0) if isinstance(value, SearchResult | AskResult) else value
    return f'W/"{hashlib.sha256(encode(lasting)).hexdigest()[:32]}"'
