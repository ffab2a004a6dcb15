"""What is wrong with a request, and how the service says so."""

import errno
import json
import os
import re

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from index.errors import (
    LibraryBusyError,
    LibraryDamagedError,
    LibraryReadOnlyError,
    LibraryUnreadableError,
    ModelError,
    ModelMismatchError,
    QuothError,
)
from tests.fake_engine import FakeEngine
from tests.web_client import assert_problem, service_of


@pytest.mark.parametrize("path", ["/documents/none", "/documents/", "/jobs/none"])
def test_what_is_not_there_is_404(client: TestClient, path: str, engine: FakeEngine) -> None:
    """Unknown documents are named; without a queue there are no jobs to ask for."""
    response = client.get(path)
    if path.startswith("/jobs"):
        assert_problem(response, 403, "read-only-server")
    else:
        assert_problem(response, 404, "document-not-found")


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/search", "q"),
        ("/search?q=bridge&wrong=1", "wrong"),
        ("/search?q=bridge&meta=1", "meta"),
        ("/search?q=bridge&meta.=1", "meta."),
        ("/search?q=bridge&meta=&meta.desk=city", "meta"),
        ("/search?q=bridge&meta.desk=city&meta.desk=sport", "meta.desk"),
        ("/search?q=bridge&q=tower", "q"),
        ("/search?q=bridge&after=2024-01-01&after=2025-01-01", "after"),
        ("/search?q=bridge&before=2024-01-01&before=2024-01-01", "before"),
        ("/ask?q=bridge&k=5&k=10", "k"),
        ("/ask?q=bridge&mode=dense&mode=hybrid", "mode"),
        ("/ask?q=bridge&source=Wire&source=Courier", "source"),
        ("/search?q=bridge&collapse=true&collapse=false", "collapse"),
        ("/statements?kind=direct&kind=mixed", "kind"),
        ("/speakers?title=a&title=b", "title"),
        ("/documents?cursor=a&cursor=b", "cursor"),
        ("/search?q=bridge&wrong=1&wrong=2", "wrong"),
        ("/search?q=bridge&k=0", "k"),
        ("/search?q=bridge&k=1001", "k"),
        ("/search?q=bridge&k=ten", "k"),
        ("/search?q=bridge&mode=magic", "mode"),
        ("/search?q=bridge&after=2024-02-30", "after"),
        ("/search?q=bridge&before=20240230", "before"),
        ("/search?q=bridge&before=1700000000", "before"),
        ("/search?q=bridge&after=2024-W10-1", "after"),
        ("/statements?before=2024-366-1", "before"),
        ("/search?q=bridge&after=", "after"),
        ("/search?q=bridge&after=%D9%A2024-01-01", "after"),
        ("/ask?q=" + "a" * 5000, "q"),
        ("/documents?k=1001", "k"),
        ("/search?q=bridge&collapse=perhaps", "collapse"),
        ("/ask?query=bridge", "q"),
        ("/statements?kind=loud", "kind"),
        ("/statements?min_confidence=2", "min_confidence"),
        ("/statements?min_confidence=nan", "min_confidence"),
        ("/statements?q=bridge", "q"),
        ("/documents?k=-1", "k"),
    ],
)
def test_a_wrong_parameter_is_named(shared_client: TestClient, path: str, field: str) -> None:
    """Each is 422, with the field's name in the problem and in its words."""
    problem = assert_problem(shared_client.get(path), 422, "invalid-value")
    assert problem["field"] == field
    assert field in problem["detail"]
    assert "value error" not in json.dumps(problem).lower()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"query": "x", "wrong": 1}, "wrong"),
        ({"q": "x"}, "query"),
        ({"query": 3}, "query"),
        ({"query": "x", "k": 10.5}, "k"),
        ({"query": "x", "meta": {"a": [1]}}, "meta.a"),
        ({"query": "x", "meta.a": None}, "meta.a"),
        ({"query": "x", "meta": {"": "x"}}, "meta"),
        ({"query": "x", "meta.": "x"}, "meta."),
        ({"query": "x", "meta": None, "meta.a": "x"}, "meta"),
        ({"query": "x", "meta": {"a": "x"}, "meta.a": "y"}, "meta.a"),
        ([1], "body"),
        ("bridge", "body"),
        (None, "body"),
    ],
)
def test_a_wrong_field_of_a_body_is_named(shared_client: TestClient, body: object, field: str) -> None:
    """The same for JSON bodies."""
    for path in ("/search", "/ask"):
        assert assert_problem(shared_client.post(path, json=body), 422, "invalid-value")["field"] == field


@pytest.mark.parametrize(
    ("path", "content", "field"),
    [
        ("/search", '{"query": "bridge", "k": 1, "k": 2}', "k"),
        ("/ask", '{"query": "bridge", "query": "bridge"}', "query"),
        ("/search", '{"query": "bridge", "meta": {"desk": "a", "desk": "b"}}', "meta.desk"),
        ("/search", '{"query": "bridge", "meta.desk": "a", "meta.desk": "a"}', "meta.desk"),
        ("/index", '{"prune": false, "prune": true}', "prune"),
        ("/corrections", '{"kind": "split", "kind": "merge", "subject": "a", "object": "b"}', "kind"),
        ("/alerts", '{"question": "a", "question": "b"}', "question"),
        ("/keys", '{"name": "a", "scope": "read", "scope": "admin"}', "scope"),
    ],
)
def test_a_name_that_a_body_says_twice_is_named(shared_client: TestClient, path: str, content: str, field: str) -> None:
    """Neither value is taken for the one that was meant."""
    response = shared_client.post(path, content=content, headers={"Content-Type": "application/json"})
    assert assert_problem(response, 422, "invalid-value")["field"] == field


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b'{"query": ', 422),
        (b"", 422),
        (b"\xff\xfe\x00", 400),
        (b'{"query": "\\ud800"}', 422),
        (b'{"query": "x", "k": ' + b"9" * 5000 + b"}", 400),
        (b"[" * 100_000, 400),
        (b'{"query": "x", "k": NaN}', 422),
        (b'{"query": "x", "k": 1e400}', 422),
    ],
)
def test_a_body_that_is_no_json_is_the_callers_fault(shared_client: TestClient, content: bytes, status: int) -> None:
    """Broken, nested or absurd JSON is refused, and never makes a 500."""
    response = shared_client.post("/search", content=content, headers={"Content-Type": "application/json"})
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"


def test_a_question_without_words_or_too_long_is_refused(client: TestClient) -> None:
    """The engine's own checks come out as problems; a long value is not sent back whole."""
    for path, params, field in (
        ("/search", {"q": " ?! "}, "q"),
        ("/ask", {"q": ""}, "q"),
        ("/statements", {"about": ""}, "about"),
    ):
        problem = assert_problem(client.get(path, params=params), 422, "empty-query")
        assert problem["field"] == field
        assert problem["detail"].startswith(f"{field}:")
    assert assert_problem(client.post("/search", json={"query": "?"}), 422, "empty-query")["field"] == "query"
    response = client.post("/ask", json={"query": "a" * 5000})
    assert_problem(response, 422, "invalid-value")
    assert len(response.content) < 3000


def test_unknown_routes_and_methods_are_problems(client: TestClient) -> None:
    """404 and 405 speak the same language; 405 says what is allowed."""
    assert "/docs" in assert_problem(client.get("/nothing"), 404, "not-found")["detail"]
    assert_problem(client.get("/page/../app.py"), 404, "not-found")
    assert "GET" in client.put("/search").headers["allow"]
    assert "takes GET, POST" in assert_problem(client.put("/search"), 405, "method-not-allowed")["detail"]


@pytest.mark.parametrize(
    ("failure", "status", "type_"),
    [
        (LibraryBusyError("/lib"), 503, "library-busy"),
        (ModelError("m", "broken"), 500, "model"),
        (
            LibraryUnreadableError("/secret/lib.db", PermissionError(13, "Denied"), is_folder=False),
            500,
            "library-unreadable",
        ),
        (OSError(errno.EMFILE, os.strerror(errno.EMFILE), "/secret/CURRENT"), 503, "too-many-files"),
        (ZeroDivisionError("secret words"), 500, "internal"),
    ],
)
def test_failures_of_the_engine_are_mapped(
    client: TestClient, engine: FakeEngine, failure: Exception, status: int, type_: str
) -> None:
    """Foreseen failures say what they are; unforeseen ones don't quote themselves."""
    engine.failure = failure
    problem = assert_problem(client.get("/ask", params={"q": "bridge"}), status, type_)
    assert "secret" not in json.dumps(problem)


def test_without_a_library_the_service_lives_but_is_not_ready(client: TestClient, engine: FakeEngine) -> None:
    """Health is 200, readiness and questions are 503 until a generation is there."""
    engine.current = None
    assert client.get("/healthz").json() == {"ok": True}
    for path in ("/readyz", "/search?q=bridge", "/documents"):
        assert "/" not in assert_problem(client.get(path), 503, "library-missing")["library"]
    assert client.get("/search?q=bridge").headers["retry-after"]
    assert client.get("/metrics").status_code == 200
    engine.current = 1
    service_of(client).follow()
    assert client.get("/readyz").json() == {"ready": True, "generation": 1}


def test_readiness_never_waits_for_the_model(client: TestClient, engine: FakeEngine) -> None:
    """While it loads, and when it cannot be loaded, 503 says so at once, without the server's paths."""
    loading = client.get("/readyz")
    assert "the model is loading" in assert_problem(loading, 503, "not-ready")["detail"]
    assert int(loading.headers["retry-after"]) >= 1
    for failure, said in (
        (
            ModelError("/srv/models/small", "no such folder as /srv/models/small"),
            "model small: no such folder as small",
        ),
        (ZeroDivisionError("secret words"), "not ready yet: it met a problem; see the server's log"),
    ):
        engine.warming = failure
        with pytest.raises(type(failure)):
            service_of(client).follow()
        assert said in assert_problem(client.get("/readyz"), 503, "not-ready")["detail"]
    engine.warming = None
    service_of(client).follow()
    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize(
    ("failure", "shown"),
    [
        (
            LibraryReadOnlyError("/srv/my news", OSError(28, "No space left", "/srv/my news/library.db")),
            "my news: cannot",
        ),
        (LibraryDamagedError("/srv/lib/generations/3/manifest.json", "it is gone"), "manifest.json: it is gone"),
        (ModelMismatchError("/srv/lib", "small", "/opt/models/large"), "not large;"),
        (ModelError("small", "cannot read /home/desk/.cache/quoth/model.onnx"), "cannot read model.onnx"),
    ],
)
def test_no_answer_shows_where_the_server_keeps_its_files(
    client: TestClient, engine: FakeEngine, failure: QuothError, shown: str
) -> None:
    """Folders are cut to their names; the log has them whole."""
    engine.failure = failure
    response = client.get("/documents")
    assert shown in response.json()["detail"]
    assert not re.search(r"/(srv|opt|home)", response.text)
    assert "/srv" in str(failure) or "/home" in str(failure)


odd_text = st.text(max_size=30)


@hypothesis_settings(max_examples=60, deadline=None)
@given(
    path=st.sampled_from(["/search", "/ask", "/statements", "/speakers", "/documents", "/documents/x", "/jobs/x"]),
    params=st.dictionaries(
        st.one_of(st.sampled_from(["q", "k", "mode", "after", "meta.a", "cursor", "speaker", "kind"]), odd_text),
        odd_text, max_size=4,
    ),
    raw=st.binary(max_size=20),
)  # fmt: skip
def test_odd_requests_never_make_a_server_error(
    shared_client: TestClient, path: str, params: dict[str, str], raw: bytes
) -> None:
    """Whatever is in a query string, an id or a body, the answer is below 500 and JSON."""
    client = shared_client
    odd_id = "".join(f"%{byte:02X}" for byte in raw)
    for response in (
        client.get(path, params=params),
        client.get(path.replace("/x", "/" + odd_id), headers={"If-None-Match": raw.hex()}),
        client.post("/search", json={"query": "x", **params}),
        client.post("/ask", content=raw, headers={"Content-Type": "application/json"}),
    ):
        assert response.status_code < 500
        assert isinstance(response.json(), dict)
