"""One connection to a server on this machine, and how long its answers take."""

import json
import re
import select
import socket
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

_TIMEOUT = 120.0
_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+) *\r\n", re.IGNORECASE)
_READ = 1 << 16


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, and how many seconds lie between the request's first byte and the answer's last."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    def json(self) -> Any:
        """The body, decoded."""
        return json.loads(self.body)


class Client:
    """One connection that is kept, and opened again where the server has closed it; for one thread.

    Spoken by hand: on two cores whatever a client does besides is taken from the server, and `http.client` takes a
    quarter of a millisecond to read a head. What is timed ends before the answer is looked at.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None

    def get(self, path: str, **parameters: object) -> Reply:
        """GET; raises OSError, for a connection that the server ends is an error."""
        asked = "&".join(f"{name}={quote(str(value), safe='')}" for name, value in parameters.items())
        return self.send("GET", f"{path}?{asked}" if asked else path)

    def close(self) -> None:
        """Close the connection."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def send(self, method: str, path: str, body: object = None) -> Reply:
        """Send a request, with a JSON body if given; raises what `get` raises."""
        content = b"" if body is None else json.dumps(body).encode()
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self._port}", f"Content-Length: {len(content)}"]
        lines += [] if body is None else ["Content-Type: application/json"]
        request = "\r\n".join(lines).encode() + _END + content
        if self._is_over():
            self.close()
        try:
            began = time.perf_counter()
            head, received = self._exchange(request)
            seconds = time.perf_counter() - began
        except BaseException:
            self.close()  # or the next request would read the rest of this one's answer
            raise
        status, *fields = head.decode("latin-1").split("\r\n")
        named = {name.lower(): value.strip() for name, _, value in (field.partition(":") for field in fields)}
        if named.get("connection", "").lower() == "close":
            self.close()
        return Reply(int(status.split(" ")[1]), named, received, seconds)

    def _exchange(self, request: bytes) -> tuple[bytes, bytes]:
        """Head and body of the answer. Raises OSError, also where it ends early or tells no length."""
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), _TIMEOUT)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        received = bytearray()
        while (end := received.find(_END)) < 0:
            received += self._received()
        head, body = bytes(received[:end]), received[end + len(_END) :]
        while len(body) < _length(head):
            body += self._received()
        return head, bytes(body)

    def _is_over(self) -> bool:
        """Whether the server has closed the connection while nothing was asked for long."""
        return self._socket is not None and bool(select.select([self._socket], [], [], 0)[0])

    def _received(self) -> bytes:
        assert self._socket is not None
        found = self._socket.recv(_READ)
        if not found:
            raise ConnectionResetError("the server closed the connection")
        return found


def _length(head: bytes) -> int:
    """Of the body behind a head. Raises OSError where it isn't told, which none of Quoth's answers does."""
    found = _LENGTH.search(head + b"\r\n")
    if found:
        return int(found[1])
    if head.split(b" ", 2)[1] in (b"204", b"304"):
        return 0
    raise OSError(f"an answer without a length: {head[:200]!r}")
