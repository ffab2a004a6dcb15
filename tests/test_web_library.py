"""The service over the real engine and a small real library, embedded by the hashing embedder."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from search.settings import Settings
from search.web.app import create_app
from tests.small_library import make_engine
from tests.web_client import BASE, assert_problem


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a service over invented articles."""
    engine = make_engine(tmp_path_factory.mktemp("library"))
    with TestClient(create_app(engine, Settings()), base_url=BASE) as client:
        yield client


def test_every_offset_that_is_sent_is_right(client: TestClient) -> None:
    """Passages, citations, statements, spans and cues are the document's own words."""
    asked = client.get("/ask", params={"q": "What did Ostrel say about the ferry?"}).json()
    listed = client.get("/statements").json()["statements"]
    assert asked["passages"]
    assert listed
    for found in [*asked["passages"], *asked["answer"]["citations"], *asked["statements"], *listed]:
        document = client.get("/documents/" + found["document"]["id"]).json()
        assert document["text"][found["start"] : found["end"]] == found["text"]
        if "cue" in found:
            assert document["text"][found["cue_start"] : found["cue_end"]] == found["cue"]


def test_filters_and_pages_work_together(client: TestClient) -> None:
    """Pages of one hold what one page of all holds; `meta.FIELD` restricts."""
    whole = client.get("/documents", params={"meta.desk": "home"}).json()
    assert [one["id"] for one in whole["documents"]] == ["ferry", "orchard"]
    first = client.get("/documents", params={"meta.desk": "home", "k": 1}).json()
    second = client.get("/documents", params={"meta.desk": "home", "k": 1, "cursor": first["next"]}).json()
    assert first["documents"] + second["documents"] == whole["documents"]
    other = client.get("/documents", params={"meta.desk": "world", "cursor": first["next"]})
    assert_problem(other, 422, "invalid-value")


@hypothesis_settings(max_examples=60, deadline=None)
@given(
    path=st.sampled_from(["/search", "/ask", "/statements", "/speakers", "/documents"]),
    words=st.one_of(st.text(max_size=40), st.sampled_from(["what did \0 say", "who said \U0001f309", "' OR 1 --"])),
    filters=st.dictionaries(
        st.sampled_from(["source", "title", "speaker", "after", "meta.x", "meta.$..a", "cursor"]),
        st.one_of(st.text(min_size=1, max_size=20), st.sampled_from(["%", "_", "2031-05-06", "0001-01-01", "W10"])),
        max_size=3,
    ),
)  # fmt: skip
def test_odd_questions_never_make_a_server_error(
    client: TestClient, path: str, words: str, filters: dict[str, str]
) -> None:
    """Whatever is asked, the answer is JSON and below 500; mode and k at their edges too."""
    asking = {"q": words, "mode": "hybrid", "k": "1000"} if path in ("/search", "/ask") else {}
    about = {"about": words or "a"} if path == "/statements" else {}
    response = client.get(path, params={**asking, **about, **filters})
    assert response.status_code in (200, 410, 422), response.text
    assert isinstance(response.json(), dict)
