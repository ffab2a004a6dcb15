"""What no request can do: read the server's files, send without end, or tell keys apart by the clock."""

import hmac
import socket
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from search.settings import Settings
from search.web.app import create_app
from search.web.jobs import Jobs
from search.web.keys import Keyring, Keys
from tests.fake_engine import FakeEngine
from tests.serving import served
from tests.web_client import BASE, FAKE_COMMAND, assert_problem, service_of

JSON = {"Content-Type": "application/json"}
NOT_YOURS = "nobody-may-read-this"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A file on the server's disk that no source holds."""
    file = tmp_path / "outside.txt"
    file.write_text(NOT_YOURS, encoding="utf-8")
    return file


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    """A client of a service whose jobs wait forever, with a source that holds nothing."""
    sources = tmp_path / "sources"
    sources.mkdir()
    settings = Settings(library=str(tmp_path / "library"), sources=(str(sources),), max_query_chars=100)
    jobs = Jobs(settings, FAKE_COMMAND)
    made = TestClient(create_app(FakeEngine(max_query_chars=100), settings, jobs), base_url=BASE)
    service_of(made).follow()
    return made


def test_no_route_takes_a_path_of_the_server(client: TestClient, outside: Path) -> None:
    """Every route of the description, with that path wherever it takes a text: none shows or reads the file."""
    paths: dict[str, dict[str, Any]] = client.get("/openapi.json").json()["paths"]
    for path, methods in paths.items():
        for method in methods.keys() & {"get", "post", "delete"}:
            if path.endswith("/events"):
                continue
            for named in (str(outside), f"file://{outside}", f"../../..{outside}"):
                encoded = "".join(f"%{byte:02X}" for byte in named.encode())
                params = {"q": named} if method == "get" and path in ("/search", "/ask") else {}
                body = {"query": named, "text": named, "paths": [named], "question": named, "name": named}
                known = {name: value for name, value in body.items() if name in str(methods[method].get("requestBody"))}
                sent: dict[str, Any] = {"json": known} if method == "post" else {}
                address = path.replace("{id}", encoded).replace("{number}", "1")
                response = client.request(method, address, params=params, **sent)
                assert response.status_code < 500 or path in ("/corrections", "/corrections/{number}"), (method, path)
                assert NOT_YOURS not in response.text
    assert_problem(client.post("/index", json={"paths": [str(outside)]}), 403, "source-not-allowed")


@pytest.mark.parametrize("path", ["/search", "/ask", "/index", "/alerts", "/corrections", "/keys"])
def test_every_body_is_bounded(client: TestClient, path: str) -> None:
    """Whether its length is announced or not."""
    large = b" " * (2 << 20)
    for content in (large, iter([large])):
        assert_problem(client.post(path, content=content, headers=JSON), 413, "request-entity-too-large")


def test_every_question_is_bounded(client: TestClient) -> None:
    """Also those of alerts and of lists, before a model sees them."""
    long = "bridge " * 20
    for response in (
        client.get("/search", params={"q": long}),
        client.post("/ask", json={"query": long}),
        client.get("/statements", params={"about": long}),
        client.post("/alerts", json={"question": long}),
    ):
        assert_problem(response, 422, "invalid-value")
    for name in ("source", "title", "speaker"):
        response = client.get("/documents", params={name: "x" * 1001})
        assert assert_problem(response, 422, "invalid-value")["field"] == name


def test_nobody_holds_a_connection_without_a_request(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever says nothing, or not all of a head, is hung up on; whoever has asked may send the body later."""
    monkeypatch.setattr("search.web.patience.HEAD_SECONDS", 0.5)
    body = b'{"query": "bridge"}'
    head = b"POST /search HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
    with served(cast(FastAPI, client.app)) as url, ExitStack() as opened:
        address = ("127.0.0.1", int(url.rpartition(":")[2]))
        asking, silent, halting = (opened.enter_context(socket.create_connection(address, 60)) for _ in range(3))
        asking.sendall(head % len(body) + b"\r\n")
        halting.sendall(head)
        # Both were opened after the one that asks.
        assert (silent.recv(1), halting.recv(1)) == (b"", b"")
        asking.sendall(body)
        assert asking.recv(100).startswith(b"HTTP/1.1 200 ")


def test_nobody_holds_a_turn_without_reading_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks and never reads is hung up on; whoever reads gets all of it."""
    monkeypatch.setattr("search.web.patience.UNREAD_SECONDS", 0.5)
    ended = threading.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"64000000")]})
        for _ in range(64):
            await send({"type": "http.response.body", "body": bytes(1_000_000), "more_body": True})
        await send({"type": "http.response.body"})
        if scope["path"] == "/unread":
            ended.set()

    with served(cast(FastAPI, app)) as url:
        address = ("127.0.0.1", int(url.rpartition(":")[2]))
        with socket.create_connection(address, 60) as unread:
            unread.sendall(b"GET /unread HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert ended.wait(60)
        assert len(httpx.get(f"{url}/read", timeout=60).content) == 64_000_000


@pytest.mark.parametrize("place", [0, 1, 2, None])
def test_every_key_is_compared_whichever_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: int | None
) -> None:
    """By the comparison whose time tells nothing, and without ending at the first that fits."""
    made = [Keys(tmp_path).create(f"desk {number}", "read").key for number in range(3)]
    ring = Keyring(Keys(tmp_path), None)
    compared: list[tuple[str, str]] = []
    real = hmac.compare_digest

    def watched(one: str, other: str) -> bool:
        compared.append((one, other))
        return real(one, other)

    monkeypatch.setattr("search.web.keys.hmac.compare_digest", watched)
    found = ring.find((made[place] if place is not None else "quoth_wrong").encode())
    assert (found is None) == (place is None)
    assert len(compared) == 3
    assert all(made[number] not in pair for pair in compared for number in range(3))
