"""How often, how many at once, how slowly: what is refused, and what never is."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from search.settings import Settings
from search.web.app import create_app
from search.web.buckets import MOST_CLIENTS, Buckets, address_of
from search.web.keys import Keys
from search.web.metrics import Metrics
from search.web.rates import CrowdMiddleware, RateLimitMiddleware
from tests.fake_engine import FakeEngine
from tests.web_client import BASE, assert_problem


async def answered(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that answers at once."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"ok"})


def ask(app: RateLimitMiddleware, address: str = "192.0.2.1") -> int:
    """The status of the answer to one address."""

    async def scenario() -> int:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app, client=(address, 1)), base_url=BASE) as client:
            return (await client.get("/search")).status_code

    return asyncio.run(scenario())


def test_a_client_that_asks_too_often_is_told_when_to_come_again(tmp_path: Path) -> None:
    """The answer is 429 with Retry-After; health is never refused."""
    client = TestClient(create_app(FakeEngine(), Settings(library=str(tmp_path), requests_per_minute=3)), BASE)
    assert [client.get("/search?q=bridge").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = client.get("/search?q=bridge")
    assert_problem(refused, 429, "too-many-requests")
    assert 1 <= int(refused.headers["retry-after"]) <= 20
    assert client.get("/healthz").status_code == 200


def test_tokens_come_back_with_time() -> None:
    """Sixty a minute are one a second, and never more than a minute's worth at once."""
    now = [0.0]
    app = RateLimitMiddleware(answered, Settings(requests_per_minute=60), clock=lambda: now[0])
    assert [ask(app) for _ in range(61)].count(429) == 1
    now[0] += 1.0
    assert [ask(app) for _ in range(2)] == [200, 429]
    now[0] += 3600.0
    assert [ask(app) for _ in range(61)].count(429) == 1


def test_each_address_and_each_key_counts_for_itself(tmp_path: Path) -> None:
    """One client's requests never refuse another's, also where both come from one address."""
    app = RateLimitMiddleware(answered, Settings(requests_per_minute=1), clock=lambda: 0.0)
    assert [ask(app, address) for address in ("192.0.2.1", "192.0.2.2", "192.0.2.1")] == [200, 200, 429]
    one, other = (Keys(tmp_path).create(name, "read").key for name in ("one", "other"))
    client = TestClient(create_app(FakeEngine(), Settings(library=str(tmp_path), requests_per_minute=1)), BASE)
    sent = [client.get("/search?q=bridge", headers={"X-API-Key": key}).status_code for key in (one, other, one)]
    assert sent == [200, 200, 429]


def test_clients_beyond_measure_are_forgotten() -> None:
    """Whoever makes up addresses cannot fill the memory."""
    buckets = Buckets(1, clock=lambda: 0.0)
    for number in range(MOST_CLIENTS + 50):
        buckets.take(f"address {number}")
    assert len(buckets._buckets) == MOST_CLIENTS


@pytest.mark.parametrize(
    ("sent", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
        (None, "unknown"),
    ],
)
def test_an_ipv6_network_is_one_address(sent: str | None, counted: str) -> None:
    """Whoever has one address of it has them all, and would never run out."""
    assert address_of({"client": (sent, 1) if sent else None}) == counted


def test_a_crowd_is_turned_away_instead_of_left_waiting() -> None:
    """Of three at once where two may be, one gets 503 with Retry-After, health answers, and later all do."""
    entered, release = asyncio.Event(), asyncio.Event()

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        entered.set()
        await release.wait()
        await answered(scope, receive, send)

    async def scenario() -> tuple[list[int], str]:
        transport = httpx.ASGITransport(CrowdMiddleware(slow, Settings(max_requests=2), Metrics()))
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            running = [asyncio.create_task(client.get("/search")) for _ in range(2)]
            await entered.wait()
            await asyncio.sleep(0)
            refused = await client.get("/search")
            release.set()
            done = [one.status_code for one in await asyncio.gather(*running)]
            again = await client.get("/search")
        return [*done, refused.status_code, again.status_code], refused.headers["retry-after"]

    statuses, retry = asyncio.run(scenario())
    assert statuses == [200, 200, 503, 200]
    assert int(retry) >= 1


def test_a_body_that_never_ends_is_given_up(tmp_path: Path) -> None:
    """A client that announces a body and sends a byte now and then gets 408, and its place is free again."""

    async def drip() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.Event().wait()

    async def scenario() -> httpx.Response:
        app = create_app(FakeEngine(), Settings(library=str(tmp_path), body_timeout=0.05))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE) as client:
            return await client.post("/search", content=drip(), headers={"Content-Type": "application/json"})

    assert_problem(asyncio.run(scenario()), 408, "request-timeout")


@pytest.fixture
def chunks() -> Iterator[bytes]:
    """A body in two parts."""
    return iter([b'{"query": ', b'"bridge"}'])


def test_a_body_in_parts_is_taken(tmp_path: Path, chunks: Iterator[bytes]) -> None:
    """The limit on time is on the whole body, and does not show otherwise."""
    client = TestClient(create_app(FakeEngine(), Settings(library=str(tmp_path))), BASE)
    assert client.post("/search", content=chunks, headers={"Content-Type": "application/json"}).status_code == 200
