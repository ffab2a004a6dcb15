"""Bodies that are too large are refused before they are read, or as soon as they turn out so; slow ones in time."""

import asyncio
import time

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
    """Answers 413 for bodies above a size, whether their length was announced or they are chunked; 408 for slow ones.

    A client that sends a byte now and then would hold its place for ever.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._max = settings.max_body_bytes
        self._seconds = settings.body_timeout
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
        received, deadline, is_whole = 0, time.monotonic() + self._seconds, False

        async def counting() -> Message:
            nonlocal received, is_whole
            # Once all has come, the next message is that the client went away: whenever it likes.
            message = await (receive() if is_whole else self._in_time(receive, deadline))
            received += len(message.get("body", b""))
            is_whole = is_whole or not message.get("more_body", False)
            if received > limit:
                # FastAPI lets this class through while it reads a body; others would become 400.
                raise HTTPException(413, _detail(limit))
            return message

        return counting

    async def _in_time(self, receive: Receive, deadline: float) -> Message:
        try:
            return await asyncio.wait_for(receive(), max(0.0, deadline - time.monotonic()))
        except TimeoutError as error:
            raise HTTPException(408, f"the body did not arrive within {self._seconds:g} s") from error


def _detail(limit: int) -> str:
    return f"the body is larger than {limit} bytes; send documents in smaller batches"
