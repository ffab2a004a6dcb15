"""A real HTTP server on this machine that speaks the protocol of /chat/completions, or whatever a test has it say."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TICK_SECONDS = 0.02


@dataclass
class LlmServer:
    """What the server says to the next request, and what it was asked: bodies, headers and paths."""

    url: str
    reply: Callable[[BaseHTTPRequestHandler], None] = field(default=lambda handler: None)
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def says(self, text: object) -> None:
        """Answer with this content."""
        self.sends(json.dumps(completion(text)).encode())

    def sends(self, body: bytes, status: int = 200, **headers: str) -> None:
        """Answer with these bytes."""
        self.reply = lambda handler: send(handler, body, status, headers)

    def sends_in_turn(self, *replies: tuple[int, bytes]) -> None:
        """Answer each request with the next of these, the last one again and again."""
        left = list(replies)

        def reply(handler: BaseHTTPRequestHandler) -> None:
            status, body = left.pop(0) if len(left) > 1 else left[0]
            send(handler, body, status, {})

        self.reply = reply

    def drips(self, head: bytes, drop: bytes) -> None:
        """Send `head`, then `drop` again and again, until the client or the test has had enough."""

        def reply(handler: BaseHTTPRequestHandler) -> None:
            handler.wfile.write(head)
            while not self.stopping.wait(TICK_SECONDS):
                handler.wfile.write(drop)
                handler.wfile.flush()

        self.reply = reply

    @property
    def prompt(self) -> str:
        """All that the last request told the model."""
        return "\n".join(message["content"] for message in self.asked[-1]["messages"])


def completion(text: object) -> dict[str, Any]:
    """The protocol's response with this content."""
    message = {"role": "assistant", "content": text}
    return {"id": "c", "object": "chat.completion", "choices": [{"index": 0, "message": message}]}


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int, headers: dict[str, str]) -> None:
    """One whole response, its length stated unless `headers` states another."""
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), "Content-Type": "application/json", **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def llm_server() -> Iterator[LlmServer]:
    """Serve on a free port of 127.0.0.1 until the context ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.asked.append(json.loads(body))
            server.headers.append({name.lower(): value for name, value in self.headers.items()})
            server.paths.append(self.path)
            try:
                server.reply(self)
            except ConnectionError:
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing."""

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    server = LlmServer(f"http://127.0.0.1:{httpd.server_address[1]}/v1")
    threading.Thread(target=httpd.serve_forever, args=(TICK_SECONDS,), daemon=True).start()
    try:
        yield server
    finally:
        server.stopping.set()
        httpd.shutdown()
        httpd.server_close()
