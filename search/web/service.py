"""What every route needs: the engine, the settings, the queue, the counters; and how it replies."""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated

import msgspec
from fastapi import Depends, Request, Response

from search.engine import Engine
from search.settings import Settings
from search.shapes import encode
from search.web.errors import ReadOnlyServerError
from search.web.jobs import Jobs
from search.web.metrics import Metrics

JSON = "application/json"


@dataclass
class Service:
    """One server process. `jobs` is None where the library cannot be written."""

    engine: Engine
    settings: Settings
    jobs: Jobs | None
    metrics: Metrics
    _warming: threading.Lock = field(default_factory=threading.Lock)
    _warm: bool = False

    @cached_property
    def salt(self) -> bytes:
        """What answers depend on beside the library and the request, for entity tags."""
        shown = [release(), self.settings.dense_weight, self.settings.candidates, self.settings.answer_words]
        return hashlib.sha256(msgspec.json.encode(shown)).digest()

    @property
    def queue(self) -> Jobs:
        """The queue of jobs. Raises ReadOnlyServerError."""
        if self.jobs is None:
            raise ReadOnlyServerError(self.settings.library)
        return self.jobs

    def warm(self) -> int:
        """Load what the first question would wait for, once; return the generation that is served."""
        generation = self.engine.generation()
        with self._warming:
            if not self._warm:
                self.engine.warm()
                self._warm = True
        return generation


def release() -> str:
    """The installed version, or `0` from a source tree that was never installed."""
    try:
        return version("quoth")
    except PackageNotFoundError:
        return "0"


def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


ServiceDep = Annotated[Service, Depends(_service)]


def reply(value: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Send a result in the contract's JSON."""
    return Response(encode(value), status, {"Cache-Control": "no-store", **(headers or {})}, JSON)


def reply_cached(request: Request, service: Service, produce: Callable[[], object]) -> Response:
    """Send a result that stays the same for as long as the generation does; 304 where the client has it.

    The tag is taken before the work. Should a new generation come between, the tag is older than
    its content, which costs a second request and never shows anything stale.
    """
    tag = _entity_tag(request, service)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Authorization, X-API-Key"}
    if tag in [one.strip() for one in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    return Response(encode(produce()), headers=headers, media_type=JSON)


def _entity_tag(request: Request, service: Service) -> str:
    """Weak, because `took_ms` differs from one answer to the next."""
    asked = hashlib.sha256(service.salt)
    asked.update(request.url.path.encode("utf-8", "replace") + b"?" + request.scope["query_string"])
    return f'W/"{service.engine.generation()}-{asked.hexdigest()[:16]}"'
