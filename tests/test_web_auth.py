"""Who may use the service: holders of its key, or this machine alone."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from search.errors import LoopbackOnlyError
from search.settings import Settings
from search.web.app import create_app, serve
from search.web.auth import is_loopback
from search.web.guesses import WRONG_KEYS_PER_MINUTE, GuessLimit
from search.web.keys import Keyring, Keys
from tests.fake_engine import FakeEngine
from tests.web_client import assert_problem, service_of

KEY = "s3cret-kéy"


def make_client(api_key: str | None = None, base: str = "http://127.0.0.1:8765") -> TestClient:
    """A client that names the server by `base`."""
    return TestClient(create_app(FakeEngine(), Settings(api_key=api_key)), base_url=base)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True), ("127.8.9.1", True), ("localhost", True), ("LOCALHOST.", True), ("::1", True),
        ("[::1]", True), ("app.localhost", True), ("0.0.0.0", False), ("::", False), ("10.0.0.1", False),
        ("localhost.evil.example", False), ("127.0.0.1.evil.example", False), ("", False), ("example.org", False),
    ],
)  # fmt: skip
def test_loopback_is_told_from_everything_else(host: str, expected: bool) -> None:
    """Names that merely begin like this machine's are not loopback."""
    assert is_loopback(host) is expected


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "news.example"])
def test_serving_others_without_a_key_is_refused(host: str) -> None:
    """The server does not start; the reason names the way out."""
    with pytest.raises(LoopbackOnlyError, match="QUOTH_API_KEY"):
        serve(Settings(host=host))


def test_without_a_key_the_host_header_must_be_loopback() -> None:
    """A name that an attacker's DNS points here is refused, on every route."""
    assert make_client().get("/search?q=bridge").status_code == 200
    assert make_client(base="http://localhost:9").get("/search?q=bridge").status_code == 200
    assert make_client(base="http://[::1]:9").get("/search?q=bridge").status_code == 200
    for path in ("/search?q=bridge", "/", "/healthz"):
        response = make_client(base="http://evil.example").get(path)
        assert response.status_code == 403
        assert response.headers["content-type"] == "application/problem+json"
    for host in ("", "a:b:c", "[", "127.0.0.1@evil.example:80"):
        assert make_client().get("/search?q=bridge", headers={"Host": host}).status_code in (400, 403)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://127.0.0.1:8765", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:9999"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_other_origins_may_not_change_anything(headers: dict[str, str], status: int) -> None:
    """A page of another site, or another port, cannot post here; reading is left to the browser's own rules."""
    client = make_client()
    assert client.post("/search", json={"query": "bridge"}, headers=headers).status_code == status
    if status == 403:
        assert client.delete("/documents/bridge", headers=headers).status_code == 403
    assert client.get("/search?q=bridge", headers=headers).status_code == 200
    assert "access-control-allow-origin" not in client.get("/search?q=bridge", headers=headers).headers


def test_with_a_key_every_route_needs_it_but_health_and_the_page() -> None:
    """Either header will do; a wrong one won't, whatever it is made of."""
    client = make_client(KEY, "http://news.example")
    service_of(client).follow()
    for path in ("/", "/healthz", "/readyz", "/docs", "/openapi.json", "/page/app.js"):
        assert client.get(path).status_code == 200, path
    for path in ("/search?q=bridge", "/documents", "/documents/bridge", "/metrics", "/jobs/x", "/nothing"):
        refused = client.get(path)
        assert refused.status_code == 401, path
        assert refused.headers["www-authenticate"] == "Bearer"
        assert refused.headers["content-type"] == "application/problem+json"
    for value in (f"Bearer {KEY}", f"bearer  {KEY}"):
        assert client.get("/search?q=bridge", headers={b"Authorization": value.encode()}).status_code == 200
    assert client.get("/search?q=bridge", headers={b"X-API-Key": KEY.encode()}).status_code == 200
    for wrong in (b"", b"s3cret", KEY.encode() + b"x", b"\xff\xfe"):
        refused = client.get("/search?q=bridge", headers={b"X-API-Key": wrong})
        assert (refused.status_code, "not known here" in refused.json()["detail"]) == (401, bool(wrong))
        assert client.get("/search?q=bridge", headers={b"Authorization": b"Bearer " + wrong}).status_code == 401
    assert client.get("/search?q=bridge", headers={b"Authorization": f"Basic {KEY}".encode()}).status_code == 401


def test_whoever_guesses_keys_is_not_listened_to_for_a_while(tmp_path: Path) -> None:
    """Not even to a right one, unless that was right from there before; other addresses are as they were."""
    now = [0.0]
    right, late = (Keys(tmp_path).create(name, "read") for name in ("desk", "late"))
    limit = GuessLimit(Keyring(Keys(tmp_path), None), clock=lambda: now[0])

    def find(sent: str, address: str = "192.0.2.1") -> tuple[str | None, int]:
        key, wait = limit.find(sent.encode(), address)
        return key.id if key else None, wait

    assert find(right.key) == (right.id, 0)
    assert [find(f"guess {number}") for number in range(WRONG_KEYS_PER_MINUTE)] == [(None, 0)] * WRONG_KEYS_PER_MINUTE
    assert find("another guess") == (None, 2)
    assert find("") == (None, 0)
    assert find(late.key) == (None, 2)
    assert find(right.key) == (right.id, 0)
    assert find(late.key, "192.0.2.2") == (late.id, 0)
    now[0] += 2.0
    assert find(late.key) == (late.id, 0)


def test_guessing_is_refused_for_a_while() -> None:
    """Whichever route is asked and whatever limit there is for requests; health stays open."""
    client = make_client(KEY)
    sent = [client.get("/search?q=bridge", headers={"X-API-Key": "guess"}) for _ in range(WRONG_KEYS_PER_MINUTE + 1)]
    assert [one.status_code for one in sent] == [401] * WRONG_KEYS_PER_MINUTE + [403]
    assert_problem(sent[-1], 403, "too-many-wrong-keys")
    assert int(sent[-1].headers["retry-after"]) >= 1
    assert client.get("/search?q=bridge").status_code == 401
    assert client.get("/healthz").status_code == 200
