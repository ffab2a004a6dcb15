"""Bodies that are too large are refused before they are read, or as soon as they turn out so."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search.settings import Settings
from search.web.problems import status_response

UPLOAD_PATH = "/documents"
PARAMETER_BYTES = 1 << 20
"""Enough for everything beside the question. All bodies but documents are parsed in the event loop."""
ESCAPED_BYTES = 12
"""The longest that JSON makes of one character: a pair of escaped surrogates."""


class BodyLimitMiddleware:
    """Answers 413 for bodies above a size, whether their length was announced or they are chunked."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._max = settings.max_body_bytes
        self._max_parameters = min(self._max, PARAMETER_BYTES + ESCAPED_BYTES * settings.max_query_chars)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count what comes in."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        limit = self._max if scope["path"] == UPLOAD_PATH else self._max_parameters
        if announced.isdecimal() and int(announced[:20]) > limit:
            await status_response(413, _detail(limit))(scope, receive, send)
            return
        await self._app(scope, self._count(receive, limit), send)

    def _count(self, receive: Receive, limit: int) -> Receive:
        received = 0

        async def counting() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                # FastAPI lets this class through while it reads a body; others would become 400.
                raise HTTPException(413, _detail(limit))
            return message

        return counting


def _detail(limit: int) -> str:
    return f"the body is larger than {limit} bytes; send documents in smaller batches"
