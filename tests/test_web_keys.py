"""API keys: made once, kept as hashes, each allowing what its scope says."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from index.errors import InvalidValueError
from search.settings import Settings
from search.types import KeyScope
from search.web.app import create_app
from search.web.auth import needed_scope
from search.web.errors import KeyNotFoundError
from search.web.keys import Key, Keyring, Keys
from search.web.service_db import FILE_NAME, ServiceDb
from tests.fake_engine import FakeEngine
from tests.web_client import BASE, assert_problem

OPERATOR = "an operator's own"


def make_client(library: Path, host: str = "127.0.0.1", api_key: str | None = None) -> TestClient:
    """A service of `library`, for whoever sends a key."""
    return TestClient(create_app(FakeEngine(), Settings(library=str(library), host=host, api_key=api_key)), BASE)


def bearer(key: str) -> dict[str, str]:
    """The header that a client sends."""
    return {"Authorization": f"Bearer {key}"}


def test_a_key_is_kept_as_a_hash_and_found_by_its_secret(tmp_path: Path) -> None:
    """Whoever reads the library's folder finds no key there; a wrong one is nobody's."""
    made = Keys(tmp_path).create("  night desk ", "write")
    assert made.name == "night desk"
    assert not any(made.key.encode() in file.read_bytes() for file in tmp_path.iterdir())
    ring = Keyring(Keys(tmp_path), OPERATOR)
    assert ring.find(made.key.encode()) == Key(made.id, "night desk", "write", made.created)
    assert ring.find(OPERATOR.encode()) == Key("operator", "QUOTH_API_KEY", "admin", "")
    for wrong in (b"", made.key[:-1].encode(), made.id.encode(), b"\xff\xfe"):
        assert ring.find(wrong) is None


def test_keys_are_listed_and_revoked(tmp_path: Path) -> None:
    """A key that was revoked is gone; one that never was is an error that names it."""
    keys = Keys(tmp_path)
    assert keys.standing() == []
    assert not (tmp_path / FILE_NAME).exists()
    first, second = keys.create("a", "read"), keys.create("b", "admin")
    assert {one.id for one in keys.standing()} == {first.id, second.id}
    keys.revoke(first.id)
    assert [one.id for one in keys.standing()] == [second.id]
    with pytest.raises(KeyNotFoundError, match=first.id):
        keys.revoke(first.id)


def test_a_database_of_before_keys_has_none(tmp_path: Path) -> None:
    """What an older service left is read as it is, and upgraded by the first key."""
    with ServiceDb(tmp_path).transaction() as connection:
        for table in ("keys", "alerts", "reported", "watched"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("PRAGMA user_version = 1")
    assert Keys(tmp_path).standing() == []
    Keys(tmp_path).create("a", "read")
    assert len(Keys(tmp_path).standing()) == 1


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "two\nlines"])
def test_a_key_must_be_named(tmp_path: Path, name: str) -> None:
    """A list of keys is of use only when it tells whose they are."""
    with pytest.raises(InvalidValueError, match="name"):
        Keys(tmp_path).create(name, "read")


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "/search", "read"), ("POST", "/search", "read"), ("POST", "/ask", "read"),
        ("HEAD", "/documents", "read"),
        ("GET", "/metrics", "read"), ("POST", "/documents", "write"), ("DELETE", "/documents/a", "write"),
        ("POST", "/index", "write"), ("DELETE", "/jobs/j", "write"), ("POST", "/corrections", "write"),
        ("PUT", "/whatever", "write"), ("GET", "/keys", "admin"), ("DELETE", "/keys/k", "admin"),
    ],
)  # fmt: skip
def test_each_route_needs_its_scope(method: str, path: str, scope: KeyScope) -> None:
    """What changes something needs `write`, whatever the route; only questions are read by POST."""
    assert needed_scope(method, path) == scope


def test_a_scope_allows_what_those_before_it_allow(tmp_path: Path) -> None:
    """A key for reading asks, and changes nothing; the answer says what it lacks."""
    read, write, admin = (Keys(tmp_path).create(scope, scope).key for scope in ("read", "write", "admin"))
    client = make_client(tmp_path)
    assert client.get("/search?q=bridge").status_code == 401
    for key in (read, write, admin):
        assert client.get("/search?q=bridge", headers=bearer(key)).status_code == 200
        assert client.post("/search", json={"query": "bridge"}, headers=bearer(key)).status_code == 200
    refused = assert_problem(client.post("/index", json={}, headers=bearer(read)), 403, "forbidden")
    assert "`write`" in refused["detail"]
    assert client.post("/index", json={}, headers=bearer(write)).json()["type"].endswith("no-sources")
    assert client.get("/keys", headers=bearer(write)).status_code == 403
    assert client.get("/keys", headers=bearer(admin)).json()["total"] == 3


def test_keys_are_handed_out_over_http_by_admins_alone(tmp_path: Path) -> None:
    """Made, used, listed without its secret, revoked, refused."""
    assert_problem(make_client(tmp_path).post("/keys", json={"name": "a"}), 403, "key-needed")
    headers = bearer(OPERATOR)
    client = make_client(tmp_path, api_key=OPERATOR)
    made = client.post("/keys", json={"name": "desk"}, headers=headers)
    assert made.status_code == 201
    assert made.json()["scope"] == "read"
    assert made.json()["key"] not in client.get("/keys", headers=headers).text
    ours = make_client(tmp_path, api_key=OPERATOR)
    assert ours.get("/search?q=bridge", headers=bearer(made.json()["key"])).status_code == 200
    assert ours.delete(made.headers["location"], headers=headers).status_code == 204
    later = make_client(tmp_path, api_key=OPERATOR)
    assert later.get("/search?q=bridge", headers=bearer(made.json()["key"])).status_code == 401
    assert_problem(later.delete(made.headers["location"], headers=headers), 404, "key-not-found")


def test_revoking_the_last_key_opens_nothing(tmp_path: Path) -> None:
    """A server that others can reach stays closed, even to whoever claims to be this machine."""
    made = Keys(tmp_path).create("only", "read")
    Keys(tmp_path).revoke(made.id)
    client = make_client(tmp_path, host="0.0.0.0")
    assert client.get("/search?q=bridge").status_code == 401
    assert client.get("/healthz").status_code == 200
