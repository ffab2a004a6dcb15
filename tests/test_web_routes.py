"""The routes of the service, over an engine with canned answers."""

import json
import re
import threading
from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from index.types import Filters
from search.settings import Settings
from search.types import Query, StatementsQuery
from search.web.app import create_app
from tests.fake_engine import FakeEngine, bridge_statement
from tests.web_client import BASE, assert_problem


def test_search_takes_every_parameter_by_query_string_and_by_body(client: TestClient, engine: FakeEngine) -> None:
    """Both ways the engine is asked the very same."""
    filters = {"source": "Courier", "title": "Bridge", "after": "2024-01-01", "before": "2024-12-31", "speaker": "Ruiz"}
    shared: dict[str, Any] = {**filters, "k": 3, "mode": "dense"}
    found = client.get(
        "/search", params={"q": "bridge", "meta.topic": "x", "meta.a": "y", "collapse": "false", **shared}
    )
    posted = client.post(
        "/search", json={"query": "bridge", "meta": {"topic": "x", "a": "y"}, "collapse": False, **shared}
    )
    dotted = client.post(
        "/search", json={"query": "bridge", "meta.topic": "x", "meta.a": "y", "collapse": False, **shared}
    )
    expected = Query("bridge", 3, "dense", Filters(**filters, meta=(("a", "y"), ("topic", "x"))), False)
    assert engine.asked == [expected] * 3
    assert found.json() == posted.json() == dotted.json()
    assert list(found.json()) == ["query", "generation", "took_ms", "passages"]


def test_defaults_are_those_of_the_contract(client: TestClient, engine: FakeEngine) -> None:
    """Ten passages, hybrid, folded; statements by pages of 100, unfolded."""
    client.get("/ask", params={"q": "bridge"})
    client.get("/statements")
    client.get("/speakers")
    assert engine.asked == [Query("bridge"), StatementsQuery(k=100), (Filters(), 100, None)]


def test_a_list_of_all_is_asked_for_by_0(client: TestClient, engine: FakeEngine) -> None:
    """As on the command line; passages are at least one."""
    assert client.get("/documents?k=0").json()["next"] is None
    client.get("/statements?k=0")
    client.get("/speakers?k=0")
    assert engine.asked == [(Filters(), 0, None), StatementsQuery(k=0), (Filters(), 0, None)]


def test_an_empty_filter_restricts_nothing(client: TestClient, engine: FakeEngine) -> None:
    """A form sends the fields that were left empty, too."""
    empty = {"source": "", "title": "", "speaker": ""}
    client.get("/search", params={"q": "bridge", **empty})
    client.post("/search", json={"query": "bridge", **empty})
    assert engine.asked == [Query("bridge")] * 2


def test_numbers_in_a_bodys_meta_are_what_a_query_string_spells(client: TestClient, engine: FakeEngine) -> None:
    """Numbers and booleans are compared as text, however they come."""
    client.post("/search", json={"query": "bridge", "meta": {"n": 3, "x": 0.5, "yes": True}, "meta.no": False})
    client.get("/search?q=bridge&meta.n=3&meta.x=0.5&meta.yes=true&meta.no=false")
    meta = (("n", "3"), ("no", "false"), ("x", "0.5"), ("yes", "true"))
    assert engine.asked == [Query("bridge", filters=Filters(meta=meta))] * 2


def test_ask_answers_and_refuses_with_200(client: TestClient) -> None:
    """A question without an answer is no failure."""
    answered = client.get("/ask", params={"q": "the bridge?"}).json()
    assert answered["refusal"] is None
    assert [one["marker"] for one in answered["answer"]["citations"]] == [1, 2]
    refused = client.post("/ask", json={"query": "the moon?"})
    assert refused.status_code == 200
    assert refused.json()["answer"] is None
    assert refused.json()["refusal"]["reason"]


def test_statements_takes_its_own_parameters(client: TestClient, engine: FakeEngine) -> None:
    """About, kind, confidence and cursor reach the engine."""
    params = {"about": "the bridge", "kind": "direct", "min_confidence": "0.5", "k": "2", "collapse": "true"}
    page = client.get("/statements", params={**params, "speaker": "Ruiz"}).json()
    assert engine.asked == [StatementsQuery("the bridge", "direct", 0.5, 2, Filters(speaker="Ruiz"), True)]
    assert list(page) == ["generation", "total", "next", "statements"]
    assert page["statements"][0]["spans"][0][0] == page["statements"][0]["start"]


def test_lists_go_on_by_their_cursor(client: TestClient, engine: FakeEngine) -> None:
    """The pages hold every document once; an old cursor is 410, a made-up one 422."""
    seen, cursor = [], None
    for _ in range(3):
        page = client.get("/documents", params={"k": 1} | ({"cursor": cursor} if cursor else {})).json()
        seen += [one["id"] for one in page["documents"]]
        kept, cursor = cursor or page["next"], page["next"]
    assert sorted(seen) == ["a b/c#d?e%f", "bridge", "hostile"]
    assert cursor is None
    engine.current = 8
    assert_problem(client.get("/documents", params={"cursor": kept}), 410, "cursor-expired")
    assert_problem(client.get("/documents", params={"cursor": "what?"}), 422, "invalid-value")


@pytest.mark.parametrize("identity", ["bridge", "file:///news/bridge.txt", "a b/c#d?e%f"])
def test_a_document_is_found_by_id_or_uri(client: TestClient, identity: str) -> None:
    """Whatever an id is made of, percent-encoding brings it through."""
    encoded = "".join(f"%{byte:02X}" for byte in identity.encode())
    document = client.get("/documents/" + encoded).json()
    assert identity in (document["id"], document["uri"])
    assert document["text"]
    assert document["paragraphs"][0]["kind"] == "body"


def test_an_entity_tag_lasts_until_the_answer_changes(
    client: TestClient, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same request is 304 until the library changes; the time that the answer took does not count."""
    tag = client.get("/search?q=bridge").headers["etag"]
    same = client.get("/search?q=bridge", headers={"If-None-Match": f'"other", {tag}'})
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
    for known in (tag.removeprefix("W/"), "*"):
        assert client.get("/search?q=bridge", headers={"If-None-Match": known}).status_code == 304
    assert client.get("/search?q=bridge&k=2", headers={"If-None-Match": tag}).status_code == 200
    engine.current = 8
    assert client.get("/search?q=bridge", headers={"If-None-Match": tag}).status_code == 200
    assert "etag" not in client.post("/search", json={"query": "bridge"}).headers
    monkeypatch.setattr("tests.fake_engine.TOOK_MS", 2.5)
    slower = client.get("/search?q=bridge")
    engine.current = 7
    assert slower.json()["took_ms"] == 2.5
    assert client.get("/search?q=bridge", headers={"If-None-Match": tag}).status_code == 304


def test_an_entity_tag_does_not_outlive_a_correction(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A correction holds at once and makes no generation; whoever has the old answer must get the new one."""
    tag = client.get("/statements").headers["etag"]
    assert client.get("/statements", headers={"If-None-Match": tag}).status_code == 304
    corrected = replace(bridge_statement(), speaker=None)
    monkeypatch.setattr("tests.fake_engine.bridge_statement", lambda: corrected)
    changed = client.get("/statements", headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.json()["statements"][0]["speaker"] is None


class WatchedEngine(FakeEngine):
    """Tells when it was looked at for the second time."""

    def __init__(self) -> None:
        super().__init__()
        self.seen, self.looked_again = 0, threading.Event()

    def generation(self) -> int:
        """Fail at first, as a library that is not there yet."""
        self.seen += 1
        if self.seen > 3:
            self.looked_again.set()
        if self.seen < 3:
            raise OSError("not now")
        return super().generation()


def test_an_idle_server_follows_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody asks anything, yet an old generation is let go of; a failure does not end that."""
    monkeypatch.setattr("search.web.app.FOLLOW_SECONDS", 0.01)
    engine = WatchedEngine()
    with TestClient(create_app(engine, Settings()), base_url=BASE):
        assert engine.looked_again.wait(60)
    assert engine.closed


def test_long_answers_are_compressed(client: TestClient) -> None:
    """A client that takes gzip gets it, another one and short answers don't; caches are told that it matters."""
    response = client.get("/ask?q=bridge", headers={"Accept-Encoding": "br, gzip;q=0.5"})
    assert response.headers["content-encoding"] == "gzip"
    assert response.json()["answer"]
    assert int(response.headers["content-length"]) < len(response.content)
    for path, accepted in (("/ask?q=bridge", "gzip;q=0"), ("/ask?q=bridge", "identity"), ("/healthz", "gzip")):
        plain = client.get(path, headers={"Accept-Encoding": accepted})
        assert "content-encoding" not in plain.headers
        assert int(plain.headers["content-length"]) == len(plain.content)
    assert "Accept-Encoding" in client.get("/healthz", headers={"Accept-Encoding": "gzip"}).headers["vary"]
    assert client.get("/ask?q=bridge", headers={"Accept-Encoding": "gzip"}).headers["vary"].startswith("Authorization")


def test_a_request_id_is_kept_when_it_is_harmless(client: TestClient) -> None:
    """A caller's id comes back, one that could forge a header or log line does not."""
    assert client.get("/healthz", headers={"X-Request-ID": "abc-1"}).headers["x-request-id"] == "abc-1"
    assert client.get("/healthz", headers={"X-Request-ID": "a b"}).headers["x-request-id"] != "a b"


def test_metrics_count_requests_by_route_and_questions_by_outcome(client: TestClient) -> None:
    """Paths that don't exist, and ids, make no labels."""
    client.get("/ask?q=bridge")
    client.get("/ask?q=moon")
    client.get("/documents/none")
    client.get("/made-up/label")
    shown = client.get("/metrics").text
    assert 'quoth_http_requests_total{method="GET",route="/ask",status="200"} 2.0' in shown
    assert 'route="/documents/{id}",status="404"' in shown.replace("{id:path}", "{id}")
    assert 'quoth_questions_total{outcome="refused"} 1.0' in shown
    assert "quoth_generation 7.0" in shown
    assert "made-up" not in shown


def test_openapi_describes_every_route_of_the_contract(client: TestClient) -> None:
    """Parameters, shapes and problems are all in the description, and every reference leads somewhere."""
    description = client.get("/openapi.json").json()
    methods = {f"{method.upper()} {path}" for path, known in description["paths"].items() for method in known}
    assert methods >= {
        "GET /search", "POST /search", "GET /ask", "POST /ask", "GET /statements", "GET /speakers", "GET /documents",
        "POST /documents", "GET /documents/{id}", "DELETE /documents/{id}", "POST /index", "GET /jobs/{id}",
        "DELETE /jobs/{id}", "GET /healthz", "GET /readyz", "GET /metrics",
    }  # fmt: skip
    search = description["paths"]["/search"]["get"]
    assert search["parameters"][0]["name"] == "q"
    assert "meta.FIELD" in [one["name"] for one in search["parameters"]]
    assert "application/problem+json" in search["responses"]["default"]["content"]
    text = json.dumps(description)
    known = set(description["components"]["schemas"])
    assert set(re.findall(r"#/components/schemas/(\w+)", text)) <= known
    assert {"SearchResult", "AskResult", "StatementView", "DocumentView", "Job", "ProblemBody"} <= known
    assert client.app.openapi() is client.app.openapi()  # type: ignore[attr-defined]


def test_docs_and_page_ask_nothing_of_other_hosts(client: TestClient) -> None:
    """No address in them leads elsewhere, and no script or style is inline."""
    for path in ("/", "/docs", "/page/app.js", "/page/text.js", "/page/style.css", "/page/icon.svg"):
        response = client.get(path)
        assert response.status_code == 200
        shown = response.text.replace("http://127.0.0.1:8765", "").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"(?:src|href)=.?https?://|@import|url\(|style=|<style|innerHTML|\bonclick=", shown), path
        assert "script-src 'self'" in response.headers["content-security-policy"]
        if path.startswith("/page/"):
            again = client.get(path, headers={"If-None-Match": response.headers["etag"]})
            assert again.status_code == 304
