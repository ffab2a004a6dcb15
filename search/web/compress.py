"""Long answers are sent compressed, in a worker thread: the event loop must stay free meanwhile."""

import gzip

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MINIMUM_BYTES = 1024
LEVEL = 5


class CompressMiddleware:
    """Compresses a response that is sent in one piece, as all of ours are, for clients that take gzip."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold a response's start back until its body is there."""
        if scope["type"] != "http" or not _takes_gzip(Headers(scope=scope).get("accept-encoding", "")):
            await self._app(scope, receive, send)
            return
        start: Message | None = None

        async def send_compressed(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            if start is not None:
                held, start = start, None
                message = await _compress(held, message)
                await send(held)
            await send(message)

        await self._app(scope, receive, send_compressed)


async def _compress(start: Message, message: Message) -> Message:
    """The body's message, compressed where that is worth it; the headers of `start` then say so."""
    headers = MutableHeaders(raw=start["headers"])
    headers.add_vary_header("Accept-Encoding")
    body = message.get("body", b"")
    if message.get("more_body") or len(body) < MINIMUM_BYTES or "content-encoding" in headers:
        return message
    packed = await run_in_threadpool(gzip.compress, body, LEVEL)
    headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(packed))
    return {**message, "body": packed}


def _takes_gzip(accepted: str) -> bool:
    """Whether gzip is among the codings that a client names, and not with a weight of zero."""
    for coding in accepted.lower().split(","):
        name, _, weight = coding.replace(" ", "").partition(";")
        if name == "gzip" and weight not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            return True
    return False
