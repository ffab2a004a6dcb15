"""How long a client may take to say what it wants, and to read the answer: connections and turns are few."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD = 64 << 10
"""So many bytes may come of a request line and headers, or of trailers, before they end: the parser keeps them all."""
MOST_AHEAD = 64
"""So many requests may be sent before the first of them is answered."""

HEAD_SECONDS = 30.0
"""Ample for any request line and headers; browsers open connections ahead of need, and open others when they are gone.

uvicorn waits for ever for them, so that a thousand silent connections would keep everybody else out.
"""

UNREAD_SECONDS = 60.0
"""Ample for the 64 KiB that wait to be sent, at a kilobyte a second. A request that nobody reads keeps its turn."""


class PatientProtocol(HttpToolsProtocol):
    """uvicorn's, but a connection without a whole head of a request is closed in time, and one whose answer isn't read.

    Between the two others count: `body_timeout` while the body arrives, uvicorn's keep-alive after the answer.
    """

    _timer: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None
    _pending = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        """Wait for the first request."""
        super().connection_made(transport)
        self._wait_for_head()

    def data_received(self, data: bytes) -> None:
        """Take what came; a head that has begun must be whole in time, however often a byte of it comes."""
        self._pending += len(data)
        super().data_received(data)
        if self._pending > MOST_HEAD:
            self._refuse_head()
        if self._is_answering():
            self._stop_waiting()
        elif self._timer is None:
            self._wait_for_head()

    def on_message_begin(self) -> None:
        """Count the head of a request."""
        self._pending = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Serve a request whose head is whole, in its turn."""
        self._pending = 0
        if len(self.pipeline) >= MOST_AHEAD:
            self.transport.abort()
        if not self.transport.is_closing():
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a part of the body; others count how large it gets."""
        self._pending = 0
        super().on_body(body)

    def _refuse_head(self) -> None:
        if self._is_answering():
            # What is being answered was another request, or its trailers never end.
            self.transport.abort()
        elif not self.transport.is_closing():
            self.send_400_response("The head of the request is too long.")

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._stop_waiting()
        self._forget_unread()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Wait for the client to read what was sent."""
        super().pause_writing()
        # Not closed: that would wait for the rest to be read.
        self._unread = self.loop.call_later(UNREAD_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on, as the client has read most of it."""
        self._forget_unread()
        super().resume_writing()

    def _forget_unread(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait_for_head(self) -> None:
        self._timer = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        self._timer = None
        # A request that was sent before the answer to another begins without a word from the client.
        if not self._is_answering():
            self.transport.close()
