"""How often one client may ask, and how many may at once: what is too much is refused at once, not left waiting."""

import time
from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from search.errors import ServiceBusyError
from search.settings import Settings
from search.web.auth import KEY_STATE, is_open
from search.web.buckets import Buckets, address_of
from search.web.metrics import Metrics
from search.web.problems import problem_response, status_response


class RateLimitMiddleware:
    """Answers 429 to a key, or without one an address, that sends more requests in a minute than `settings` allow.

    A minute's requests may come at once. Each server process counts for itself. Health, and the page's own files,
    are never refused.
    """

    def __init__(self, app: ASGIApp, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._per_minute = settings.requests_per_minute
        self._buckets = Buckets(self._per_minute, clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count a request, or refuse it."""
        if scope["type"] != "http" or not self._per_minute or is_open(scope["path"]):
            await self._app(scope, receive, send)
            return
        wait = self._buckets.take(_client(scope))
        if wait > 0:
            detail = f"more than {self._per_minute} requests a minute; try again in {wait} s"
            await status_response(429, detail, {"Retry-After": str(wait)})(scope, receive, send)
            return
        await self._app(scope, receive, send)


class CrowdMiddleware:
    """Answers 503 with Retry-After where `settings.max_requests` are in the works already, waiting ones included."""

    def __init__(self, app: ASGIApp, settings: Settings, metrics: Metrics) -> None:
        self._app = app
        self._most = settings.max_requests
        self._metrics = metrics
        self._running = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or turn it away; health answers however crowded it is."""
        if scope["type"] != "http" or is_open(scope["path"]):
            await self._app(scope, receive, send)
            return
        if self._running >= self._most:
            await problem_response(ServiceBusyError())(scope, receive, send)
            return
        self._count(1)
        try:
            await self._app(scope, receive, send)
        finally:
            self._count(-1)

    def _count(self, more: int) -> None:
        self._running += more
        self._metrics.run(more)


def _client(scope: Scope) -> str:
    """Whom a request counts for: its key, so that an office behind one address doesn't share; else its address."""
    key = scope.get("state", {}).get(KEY_STATE)
    return f"key {key.id}" if key is not None else f"address {address_of(scope)}"
