"""Web pages of other origins: which may use the service, and what they can read of its answers."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from index.errors import InvalidValueError
from search.errors import OpenOriginsError
from search.settings import Settings, load_settings
from search.web.app import create_app, serve
from search.web.keys import Keys
from tests.fake_engine import FakeEngine
from tests.web_client import BASE, assert_problem

PAGE = "https://desk.example"
OTHER = "https://other.example"
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-api-key,content-type"}


def make_client(*origins: str, api_key: str | None = None, engine: FakeEngine | None = None, **more: int) -> TestClient:
    """A client of a service that lets pages of these origins in."""
    settings = Settings(cors_origins=origins, api_key=api_key, **more)  # type: ignore[arg-type]  # all are numbers
    return TestClient(create_app(engine or FakeEngine(), settings), base_url=BASE, raise_server_exceptions=False)


def allowed(response: Any) -> str | None:
    """Whose pages may read a response."""
    found: str | None = response.headers.get("access-control-allow-origin")
    return found


def test_nobody_is_let_in_by_default() -> None:
    """Without the setting no answer says that another origin may read it."""
    client = make_client()
    assert allowed(client.get("/search?q=bridge", headers={"Origin": PAGE})) is None
    assert allowed(client.options("/search", headers={"Origin": PAGE, **PREFLIGHT})) is None


def test_a_preflight_needs_no_key() -> None:
    """A browser sends none with it; other origins get no permission."""
    client = make_client(PAGE, api_key="s3cret")
    response = client.options("/documents", headers={"Origin": PAGE, **PREFLIGHT})
    assert response.status_code == 200
    assert allowed(response) == PAGE
    assert {"GET", "POST", "DELETE"} <= set(response.headers["access-control-allow-methods"].split(", "))
    assert "X-API-Key" in response.headers["access-control-allow-headers"]


def test_a_preflight_that_is_refused_is_noted_like_any_request(caplog: pytest.LogCaptureFixture) -> None:
    """A problem with the id of its log line, counted; other origins learn nothing, ours what they may send."""
    client = make_client(PAGE)
    with caplog.at_level("INFO", "quoth.http"):
        refused = client.options("/documents", headers={"Origin": OTHER, **PREFLIGHT})
    problem = assert_problem(refused, 403, "forbidden")
    assert problem["request_id"] in caplog.text
    assert not [name for name in refused.headers if name.startswith("access-control")]
    assert 'method="OPTIONS",route="other",status="403"' in client.get("/metrics").text
    wrong = client.options("/documents", headers={"Origin": PAGE, "Access-Control-Request-Method": "PATCH"})
    assert "DELETE" in assert_problem(wrong, 403, "forbidden")["detail"]
    assert allowed(wrong) == PAGE


def test_refusals_and_failures_can_be_read_too(tmp_path: Path) -> None:
    """401, 403, 404, 413, 422, 429 and even 500 carry the headers, or the page could not say what is wrong."""
    engine, sent = FakeEngine(), {"Origin": PAGE}
    with_key = make_client(PAGE, api_key="s3cret")
    reader = Keys(tmp_path).create("reader", "read").key
    scoped = TestClient(create_app(engine, Settings(library=str(tmp_path), cors_origins=(PAGE,))), base_url=BASE)
    open_ = make_client(PAGE, engine=engine, max_body_bytes=1024)
    rare = make_client(PAGE, requests_per_minute=1)
    rare.get("/search?q=bridge")
    found = [
        with_key.get("/search?q=bridge", headers=sent),
        scoped.delete("/documents/bridge", headers={**sent, "X-API-Key": reader}),
        open_.get("/nothing", headers=sent),
        open_.post("/search", headers=sent, content=b"a" * 2000),
        open_.get("/search", headers=sent),
        rare.get("/search?q=bridge", headers=sent),
    ]
    assert [one.status_code for one in found] == [401, 403, 404, 413, 422, 429]
    engine.current = None
    found.append(open_.get("/search?q=bridge", headers=sent))
    engine.failure = ZeroDivisionError("unforeseen")
    found.append(open_.get("/search?q=bridge", headers=sent))
    assert [one.status_code for one in found[-2:]] == [503, 500]
    assert {allowed(one) for one in found} == {PAGE}
    exposed = {name.strip() for name in found[0].headers["access-control-expose-headers"].split(",")}
    assert exposed == {"ETag", "Location", "Retry-After", "X-Request-ID"}


def test_a_crowd_that_is_turned_away_can_read_it() -> None:
    """503 of the bounded queue carries the headers as well."""
    app = create_app(FakeEngine(), Settings(cors_origins=(PAGE,), max_requests=1))

    async def scenario() -> httpx.Response:
        started, release = asyncio.Event(), asyncio.Event()

        async def slowly() -> AsyncIterator[bytes]:
            started.set()
            yield b'{"query": '
            await release.wait()
            yield b'"bridge"}'

        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE) as client:
            headers = {"Content-Type": "application/json"}
            first = asyncio.create_task(client.post("/search", content=slowly(), headers=headers))
            await started.wait()
            refused = await client.get("/search?q=bridge", headers={"Origin": PAGE})
            release.set()
            assert (await first).status_code == 200
        return refused

    refused = asyncio.run(scenario())
    assert_problem(refused, 503, "service-busy")
    assert allowed(refused) == PAGE


def test_a_named_origin_may_change_things_on_loopback_without_a_key() -> None:
    """The operator said so; pages of other origins stay refused, whatever they call themselves."""
    client = make_client(PAGE)
    body = {"query": "bridge"}
    cross = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/search", json=body, headers={"Origin": PAGE, **cross}).status_code == 200
    for origin in (OTHER, "null", PAGE + ".evil.example", PAGE.replace("https", "http")):
        assert client.post("/search", json=body, headers={"Origin": origin, **cross}).status_code == 403
    assert client.post("/search", json=body, headers=cross).status_code == 403


def test_any_origin_is_for_holders_of_keys_alone(tmp_path: Path) -> None:
    """Without keys every page that somebody has open could read the library: then the server does not start."""
    with pytest.raises(OpenOriginsError, match="quoth keys"):
        serve(Settings(library=str(tmp_path), cors_origins=("*",)))
    client = TestClient(create_app(FakeEngine(), Settings(library=str(tmp_path), cors_origins=("*",))), base_url=BASE)
    refused = client.get("/search?q=bridge", headers={"Origin": OTHER})
    assert_problem(refused, 401, "unauthorized")
    key = Keys(tmp_path).create("reader", "read").key
    client = TestClient(create_app(FakeEngine(), Settings(library=str(tmp_path), cors_origins=("*",))), base_url=BASE)
    answered = client.get("/search?q=bridge", headers={"Origin": OTHER, "X-API-Key": key})
    assert (answered.status_code, allowed(answered)) == (200, "*")
    assert "access-control-allow-credentials" not in answered.headers


@pytest.mark.parametrize(
    "origin", ["desk.example", "https://desk.example/", "https://Desk.example", "ftp://a", "https://*", ""]
)
def test_what_no_browser_sends_is_no_origin(origin: str) -> None:
    """It would never match: a slip that is found at the start."""
    with pytest.raises(InvalidValueError, match="cors_origins"):
        load_settings({"cors_origins": [origin]}, {})


def test_origins_come_by_the_environment() -> None:
    """Parted by commas: colons are in every origin."""
    settings, _ = load_settings({}, {"QUOTH_CORS_ORIGINS": "https://a.example, http://127.0.0.1:3000"})
    assert settings.cors_origins == ("https://a.example", "http://127.0.0.1:3000")
