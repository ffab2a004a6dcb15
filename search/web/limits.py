"""Bodies that are too large are refused before they are read, or as soon as they turn out so."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search.web.problems import status_response


class BodyLimitMiddleware:
    """Answers 413 for bodies above a size, whether their length was announced or they are chunked."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self._app = app
        self._max = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count what comes in."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        if announced.isdecimal() and int(announced[:20]) > self._max:
            await status_response(413, self._detail())(scope, receive, send)
            return
        await self._app(scope, self._count(receive), send)

    def _count(self, receive: Receive) -> Receive:
        received = 0

        async def counting() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._max:
                # FastAPI lets this class through while it reads a body; others would become 400.
                raise HTTPException(413, self._detail())
            return message

        return counting

    def _detail(self) -> str:
        return f"the body is larger than {self._max} bytes; send the documents in smaller batches"
