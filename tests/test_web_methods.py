"""HEAD, OPTIONS, and methods that a path does not take."""

import pytest
from starlette.testclient import TestClient

from tests.web_client import assert_problem


@pytest.mark.parametrize(
    "path", ["/search?q=bridge", "/documents/bridge", "/healthz", "/metrics", "/", "/docs", "/openapi.json"]
)
def test_head_is_get_without_its_body(shared_client: TestClient, path: str) -> None:
    """The same headers, length and entity tag included."""
    got = shared_client.get(path, headers={"Accept-Encoding": "identity"})
    head = shared_client.head(path, headers={"Accept-Encoding": "identity"})
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "etag", "cache-control"):
        assert head.headers.get(name) == got.headers.get(name)
    if path != "/metrics":
        assert head.headers["content-length"] == str(len(got.content))


def test_head_knows_entity_tags_and_failures(shared_client: TestClient) -> None:
    """304 and 404 as for GET; what takes no GET takes no HEAD."""
    tag = shared_client.get("/documents/bridge").headers["etag"]
    assert shared_client.head("/documents/bridge", headers={"If-None-Match": tag}).status_code == 304
    assert shared_client.head("/documents/none").status_code == 404
    assert shared_client.head("/index").status_code == 405
    assert 'method="HEAD",route="/documents/{id:path}",status="404"' in shared_client.get("/metrics").text


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/documents", {"GET", "HEAD", "POST", "OPTIONS"}),
        ("/documents/x", {"GET", "HEAD", "DELETE", "OPTIONS"}),
        ("/index", {"POST", "OPTIONS"}),
        ("/healthz", {"GET", "HEAD", "OPTIONS"}),
        ("/", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_a_path_tells_all_its_methods(shared_client: TestClient, path: str, methods: set[str]) -> None:
    """Also where several routes share it: to OPTIONS, and with 405."""
    asked = shared_client.options(path)
    assert (asked.status_code, asked.content) == (204, b"")
    assert set(asked.headers["allow"].split(", ")) == methods
    refused = shared_client.patch(path)
    assert_problem(refused, 405, "method-not-allowed")
    assert set(refused.headers["allow"].split(", ")) == methods


def test_what_is_not_there_has_no_methods(shared_client: TestClient) -> None:
    """404 to every method."""
    for method in ("OPTIONS", "PATCH", "HEAD", "GET"):
        assert shared_client.request(method, "/nothing").status_code == 404
