"""How long a client may take to say what it wants, and to read the answer: connections and turns are few."""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 30.0
"""Ample for any request line and headers; browsers open connections ahead of need, and open others when they are gone.

uvicorn waits for ever for them, so that a thousand silent connections would keep everybody else out.
"""

UNREAD_SECONDS = 60.0
"""Ample for the 64 KiB that wait to be sent, at a kilobyte a second. A request that nobody reads keeps its turn."""


class PatientProtocol(H11Protocol):
    """uvicorn's, but a connection without a whole head of a request is closed in time, and one whose answer isn't read.

    Between the two others count: `body_timeout` while the body arrives, uvicorn's keep-alive after the answer.
    """

    _timer: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        """Wait for the first request."""
        super().connection_made(transport)
        self._wait_for_head()

    def data_received(self, data: bytes) -> None:
        """Take what came; a head that has begun must be whole in time, however often a byte of it comes."""
        super().data_received(data)
        if self._is_answering():
            self._stop_waiting()
        elif self._timer is None:
            self._wait_for_head()

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
