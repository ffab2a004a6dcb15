"""What every response carries, what is noted of every request, and the last resort for unforeseen failures."""

import asyncio
import logging
import re
import secrets
import time
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from index.errors import TooManyFilesError
from search.web.metrics import Metrics
from search.web.problems import REQUEST_ID_STATE, problem_response, status_response

REQUEST_ID = "X-Request-ID"
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_REQUEST_ID = REQUEST_ID.lower().encode()
_SECURITY = [(name.lower().encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]
"""As they are sent: each answer carries them."""
_PATH_SIGNS = "/:@!$&'()*+,;="
_MOST_PATH = 500
_REQUEST_ID_SENT = re.compile(r"[A-Za-z0-9._-]{1,64}")

log = logging.getLogger("quoth.http")


class ContextMiddleware:
    """The outermost layer: request id, security headers, a log line and metrics for each request."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, and note how it ended."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, request_id = time.perf_counter(), _request_id(scope)
        scope.setdefault("state", {})[REQUEST_ID_STATE] = request_id
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                given = message.get("headers", ())
                named = {name for name, _ in given}
                kept = (header for header in _SECURITY if header[0] not in named)
                message = {**message, "headers": [*given, (_REQUEST_ID, request_id.encode()), *kept]}
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        finally:
            self._note(scope, request_id, status, time.perf_counter() - began)

    def _note(self, scope: Scope, request_id: str, status: int, seconds: float) -> None:
        """Log and count; never the query string, which holds what somebody wants to know."""
        route = getattr(scope.get("route"), "path", None)
        self._metrics.observe(scope["method"], route, status, seconds)
        path, ms = quote(scope["path"], safe=_PATH_SIGNS)[:_MOST_PATH], round(seconds * 1000, 1)
        fields = {"request_id": request_id, "method": scope["method"], "path": path, "status": status, "ms": ms}
        log.info("%s %s %d %.1fms %s", scope["method"], path, status, ms, request_id, extra=fields)


class LastResortMiddleware:
    """Answers 500 with a problem object where a request fails unforeseen; behind CORS, so that pages can read it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, whatever happens."""
        has_begun = False

        async def send_and_know(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._app(scope, receive, send_and_know)
        except asyncio.CancelledError:
            # A server that ends lets requests finish for a while only.
            if has_begun or scope["type"] != "http":
                raise
            await status_response(503, "the server is being stopped; ask again in a moment")(scope, receive, send)
        except Exception as error:
            if scope["type"] != "http":
                raise
            told = TooManyFilesError.behind(error)
            if told:
                log.error("%s: %s", scope["state"][REQUEST_ID_STATE], told)
            else:
                # Whatever it is, the client gets an answer, and the log the traceback.
                log.exception("%s: unforeseen failure", scope["state"][REQUEST_ID_STATE], exc_info=error)
            if not has_begun:
                await problem_response(told or error)(scope, receive, send)


def _request_id(scope: Scope) -> str:
    """The caller's own id where it is harmless to repeat, else a new one."""
    sent = Headers(scope=scope).get(REQUEST_ID, "")
    return sent if _REQUEST_ID_SENT.fullmatch(sent) else secrets.token_hex(8)
