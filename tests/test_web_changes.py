"""Routes that change the library: what they check, and the jobs that they queue."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import event, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from index.readers.records import record_to_document
from index.settings import IndexSettings
from search.settings import Settings
from search.web.app import create_app
from search.web.errors import UploadError
from search.web.jobs import Jobs
from search.web.uploads import to_lines
from tests.fake_engine import FakeEngine
from tests.web_client import BASE, FAKE_COMMAND, assert_problem

JSON = {"Content-Type": "application/json"}
TEXT = {"Content-Type": "text/plain"}
INDEX = ("index", "--json")
STREAM = ("--progress-json", "--stdin-uri", "http:", "-")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Where the service keeps its state."""
    return tmp_path / "library"


def make_sources(folder: Path) -> Path:
    """A folder that the server may read, holding one file, and links that lead out."""
    (folder / "secret.txt").write_text("not yours")
    sources = folder / "sources"
    sources.mkdir()
    (sources / "a.txt").write_text("yours")
    (sources / "out").symlink_to(folder)
    (sources / "loop").symlink_to(sources / "loop")
    return sources


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A folder that the server may read."""
    return make_sources(tmp_path)


def make_client(library: Path, sources: Path) -> TestClient:
    """A client of a service whose jobs wait forever."""
    settings = Settings(library=str(library), sources=(str(sources),), max_body_bytes=5000)
    return TestClient(create_app(FakeEngine(), settings, Jobs(settings, FAKE_COMMAND)), base_url=BASE)


@pytest.fixture
def client(library: Path, sources: Path) -> TestClient:
    """A client of a service of its own."""
    return make_client(library, sources)


@pytest.fixture(scope="module")
def refusing(tmp_path_factory: pytest.TempPathFactory) -> tuple[TestClient, Path, Path]:
    """A client for requests that are refused, the server's library, and its sources."""
    folder = tmp_path_factory.mktemp("refusing")
    sources = make_sources(folder)
    return make_client(folder / "library", sources), folder / "library", sources


def queued(library: Path) -> tuple[list[str], list[dict[str, Any]]]:
    """Arguments and spooled records of the job that would run next."""
    claim = Jobs(Settings(library=str(library)), FAKE_COMMAND)._rows.claim()
    assert claim is not None
    lines = claim.spool.read_bytes().splitlines() if claim.spool else []
    return list(claim.arguments), [json.loads(line) for line in lines]


def test_a_document_is_spooled_and_queued(client: TestClient, library: Path) -> None:
    """The answer is 202 with the job and its address; the record arrives as it was sent."""
    record = {"id": "n1", "title": "T", "text": "A\r\nb 🌉", "published": "2024-05-31", "desk": {"x": [1, None]}}
    response = client.post("/documents", json=record)
    assert response.status_code == 202
    job = response.json()
    assert response.headers["location"] == f"/jobs/{job['id']}"
    assert list(job) == ["id", "kind", "state", "progress", "result", "problem", "created", "finished"]
    assert (job["kind"], job["state"]) == ("index", "queued")
    assert client.get(response.headers["location"]).json() == job
    assert queued(library) == ([*INDEX, "--library", str(library), *STREAM], [record])


def test_a_batch_goes_in_whole(client: TestClient, library: Path) -> None:
    """Every document of a batch is a line, in order."""
    batch = [{"text": "one"}, {"text": "two", "url": "https://example.org/2"}]
    assert client.post("/documents", json={"documents": batch}).status_code == 202
    assert queued(library)[1] == batch


@pytest.mark.parametrize(
    ("ids", "second", "first"),
    [
        ([{"id": "a"}, {"id": "b"}, {"id": "a"}], 2, 0),
        ([{"id": "x"}, {"id": 7}, {"id": "y"}, {"_id": " 7 "}], 3, 1),
    ],
)
def test_two_documents_of_one_id_are_refused_as_a_batch(
    refusing: tuple[TestClient, Path, Path], ids: list[dict[str, Any]], second: int, first: int
) -> None:
    """Only one of them could be kept; the problem names both places, and nothing is queued."""
    client, library, _ = refusing
    batch = [{**one, "text": "A text."} for one in ids]
    problem = assert_problem(client.post("/documents", json={"documents": batch}), 422, "upload")
    assert problem["field"] == f"documents[{second}]"
    assert f"documents[{first}]" in problem["detail"]
    assert not (library / "spool").exists()


@pytest.mark.parametrize("limit", ["max_record_bytes", "max_document_chars"])
def test_what_the_job_would_reject_for_its_size_is_refused_at_once(limit: str) -> None:
    """A batch goes in whole or not at all, so the limits of indexing are looked at before."""
    limits = replace(IndexSettings(), **{limit: 100})  # type: ignore[arg-type]  # both are numbers
    batch = {"documents": [{"text": "a"}, {"text": "b" * 101}]}
    with pytest.raises(UploadError, match=r"documents\[1\]: .*longer than 100"):
        to_lines(msgspec.json.encode(batch), "application/json", {}, limits)


def test_plain_text_takes_its_fields_from_the_query_string(client: TestClient, library: Path) -> None:
    """The body is the text, decoded by its stated charset and otherwise untouched."""
    headers = {"Content-Type": 'text/plain; charset="latin-1"'}
    response = client.post("/documents?title=T&id=n2", content="é\r\n".encode("latin-1"), headers=headers)
    assert response.status_code == 202
    assert queued(library)[1] == [{"title": "T", "id": "n2", "text": "é\r\n"}]


@pytest.mark.parametrize(
    ("path", "content", "headers", "status", "word"),
    [
        ("/documents", b'{"title": "T"}', JSON, 422, "text"),
        ("/documents", b'{"text": "  "}', JSON, 422, "text"),
        ("/documents", b'{"text": 3}', JSON, 422, "text"),
        ("/documents", b'{"documents": [{"text": "a"}, {"text": ""}]}', JSON, 422, "documents[1]"),
        ("/documents", b'{"documents": [3]}', JSON, 422, "documents[0]"),
        ("/documents", b'{"documents": []}', JSON, 422, "documents"),
        ("/documents", b'{"documents": [{"text": "a"}], "extra": 1}', JSON, 422, "extra"),
        ("/documents", b'"a text"', JSON, 422, "body"),
        ("/documents", b'{"text": "a"', JSON, 422, "body"),
        ("/documents", b'{"text": "\\ud800"}', JSON, 422, "body"),
        ("/documents", b'{"text": "\\ud800"}', JSON, 422, "half a character"),
        ("/documents", b"[" * 4000, JSON, 422, "body"),
        ("/documents", b"", JSON, 422, "body"),
        ("/documents?title=T", b'{"text": "a"}', JSON, 422, "title"),
        ("/documents?wrong=T", b"a", TEXT, 422, "wrong"),
        ("/documents", b"\xff", TEXT, 422, "utf-8"),
        ("/documents", b"a", {"Content-Type": "text/plain; charset=klingon"}, 422, "klingon"),
        ("/documents", b"", TEXT, 422, "text"),
        ("/documents", b"a", {"Content-Type": "text/html"}, 415, "text/html"),
        ("/documents", b"a", {}, 415, "Content-Type"),
    ],
)
def test_what_cannot_be_read_is_refused_before_it_is_queued(
    refusing: tuple[TestClient, Path, Path], path: str, content: bytes, headers: dict[str, str], status: int, word: str
) -> None:
    """The problem names the document and the field; nothing is spooled."""
    client, library, _ = refusing
    response = client.post(path, content=content, headers=headers)
    problem = assert_problem(response, status, "upload-type" if status == 415 else "upload")
    assert word in problem["detail"]
    assert not (library / "spool").exists()


def test_what_is_said_twice_of_a_text_is_refused(refusing: tuple[TestClient, Path, Path]) -> None:
    """Which of the titles is meant cannot be known."""
    response = refusing[0].post("/documents?title=T&title=U", content=b"a", headers=TEXT)
    assert assert_problem(response, 422, "invalid-value")["field"] == "title"


def test_bodies_that_are_too_large_are_refused(client: TestClient) -> None:
    """Whether their length is announced or they come in chunks."""
    announced = client.post("/documents", content=b"a" * 5001, headers=TEXT)
    assert_problem(announced, 413, "request-entity-too-large")
    chunked = client.post("/documents", content=iter([b"a" * 3000, b"a" * 3000]), headers=TEXT)
    assert_problem(chunked, 413, "request-entity-too-large")
    parsed = client.post("/search", content=iter([b"[" * 3000, b"[" * 3000]), headers=JSON)
    assert_problem(parsed, 413, "request-entity-too-large")
    assert client.post("/documents", content=b"a" * 5000, headers=TEXT).status_code == 202


@pytest.mark.parametrize("path", ["/search", "/ask", "/index"])
def test_bodies_that_the_event_loop_parses_are_smaller_than_documents(library: Path, path: str) -> None:
    """Megabytes of parameters would keep every other client waiting; the longest question passes."""
    settings = Settings(library=str(library))
    client = TestClient(create_app(FakeEngine(), settings, Jobs(settings, FAKE_COMMAND)), base_url=BASE)
    response = client.post(path, content=b" " * (2 << 20), headers=JSON)
    assert_problem(response, 413, "request-entity-too-large")
    escaped = b'{"query": "bridge' + rb"\ud83c\udf09" * 3994 + b'"}'
    assert client.post("/search", content=escaped, headers=JSON).status_code == 200
    assert client.post("/documents", content=b"a" * (2 << 20), headers=TEXT).status_code == 202


def test_removing_a_document_is_a_job_too(client: TestClient, library: Path) -> None:
    """A URI is turned into the id; an id that looks like an option stays an argument."""
    assert_problem(client.delete("/documents/none"), 404, "document-not-found")
    response = client.delete("/documents/file%3A%2F%2F%2Fnews%2Fbridge.txt")
    assert response.status_code == 202
    assert response.json()["kind"] == "remove"
    assert queued(library)[0] == ["remove", "--json", "--library", str(library), "--", "bridge"]


def test_index_reads_all_sources_by_default(client: TestClient, library: Path, sources: Path) -> None:
    """Without a body the configured sources are read as they are."""
    assert client.post("/index").status_code == 202
    common = ["index", "--json", "--library", str(library), "--progress-json"]
    assert queued(library)[0] == [*common, "--", str(sources)]


def test_index_takes_paths_within_the_sources(client: TestClient, library: Path, sources: Path) -> None:
    """Paths, prune and rebuild reach the command."""
    body = {"paths": [f"{sources}/../sources/a.txt"], "prune": True, "rebuild": True}
    response = client.post("/index", json=body)
    assert response.status_code == 202
    assert response.json()["kind"] == "rebuild"
    assert queued(library)[0][-4:] == ["--prune", "--rebuild", "--", f"{sources}/a.txt"]


@pytest.mark.parametrize("path", ["/etc/passwd", "{s}/../secret.txt", "{s}/out/secret.txt", "{s}x", "/", "relative"])
def test_paths_outside_the_sources_are_refused(refusing: tuple[TestClient, Path, Path], path: str) -> None:
    """Also by way of dots and links, and whether they exist or not."""
    client, _, sources = refusing
    response = client.post("/index", json={"paths": [path.format(s=sources)]})
    assert_problem(response, 403, "source-not-allowed")


@pytest.mark.parametrize(
    ("body", "type_"),
    [
        ({"paths": ["{s}/none"]}, "input-not-found"),
        ({"paths": ["{s}/*"]}, "input-not-found"),
        ({"paths": ["{s}/" + "x" * 3000]}, "input-not-found"),
        ({"paths": ["{s}/a\0b"]}, "invalid-value"),
        ({"paths": []}, "invalid-value"),
        ({"paths": "{s}"}, "invalid-value"),
        ({"prune": "yes"}, "invalid-value"),
        ({"watch": True}, "invalid-value"),
    ],
)
def test_index_refuses_what_makes_no_sense(
    refusing: tuple[TestClient, Path, Path], body: dict[str, Any], type_: str
) -> None:
    """Missing files and wrong fields are 422 and queue nothing."""
    client, _, sources = refusing
    text = json.dumps(body).replace("{s}", str(sources))
    assert_problem(client.post("/index", content=text, headers=JSON), 422, type_)


def test_what_is_gone_may_be_named_to_prune(client: TestClient, library: Path, sources: Path) -> None:
    """A folder that was deleted whole is the one whose documents are to go; outside the sources it stays refused."""
    gone = f"{sources}/gone"
    assert client.post("/index", json={"paths": [gone], "prune": True}).status_code == 202
    assert queued(library)[0][-3:] == ["--prune", "--", gone]
    response = client.post("/index", json={"paths": [f"{sources}x/gone"], "prune": True})
    assert_problem(response, 403, "source-not-allowed")


def test_a_loop_of_links_is_refused(client: TestClient, sources: Path) -> None:
    """Resolving it ends, with a problem."""
    response = client.post("/index", json={"paths": [f"{sources}/loop"]})
    assert response.status_code in (403, 422)


def test_without_sources_index_names_the_option(library: Path) -> None:
    """The operator must say what may be read."""
    settings = Settings(library=str(library))
    client = TestClient(create_app(FakeEngine(), settings, Jobs(settings, FAKE_COMMAND)), base_url=BASE)
    problem = assert_problem(client.post("/index"), 422, "no-sources")
    assert "--source" in problem["detail"]
    assert_problem(client.post("/index", json={"paths": ["/etc"]}), 403, "source-not-allowed")


def test_jobs_are_shown_cancelled_and_forgotten(client: TestClient) -> None:
    """Cancelling gives the job back; forgetting gives 204 and then 404."""
    assert client.get("/jobs").json() == {"total": 0, "next": None, "jobs": []}
    address = client.post("/index").headers["location"]
    assert client.get("/jobs", params={"k": 1}).json()["jobs"] == [client.get(address).json()]
    assert_problem(client.get("/jobs", params={"state": "queued"}), 422, "invalid-value")
    assert assert_problem(client.get("/jobs?k=1&k=2"), 422, "invalid-value")["field"] == "k"
    assert client.delete(address).json()["state"] == "cancelled"
    assert client.get(address).json()["finished"]
    assert client.delete(address).status_code == 204
    assert_problem(client.get(address), 404, "job-not-found")
    assert_problem(client.delete(address), 404, "job-not-found")


def test_the_application_runs_its_jobs_while_it_lives(library: Path, sources: Path) -> None:
    """Starting it starts the queue, closing it closes queue and engine."""
    settings, engine = Settings(library=str(library), sources=(str(sources),)), FakeEngine()
    jobs = Jobs(settings, FAKE_COMMAND)
    with TestClient(create_app(engine, settings, jobs), base_url=BASE) as client:
        address = client.post("/index").headers["location"]
        for _ in range(600):
            job = client.get(address).json()
            if job["finished"]:
                break
        # The stand-in knows no act called "index": what counts is that it was run.
        assert job["problem"]["type"] == "urn:quoth:problem:job-crashed"
        assert 'quoth_jobs{state="failed"} 1.0' in client.get("/metrics").text
    assert engine.closed


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@hypothesis_settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["id", "title", "published", "url", "x", "y"]), json_values), st.text(min_size=1)
)
def test_a_line_holds_exactly_the_record_that_was_sent(fields: dict[str, Any], text: str) -> None:
    """What is accepted comes through unchanged; the rest is refused for a stated reason."""
    record = {**fields, "text": text}
    body = msgspec.json.encode(record)
    try:
        lines = to_lines(body, "application/json", {}, IndexSettings())
    except UploadError as refused:
        event(refused.reason[:20])
        return
    assert [msgspec.json.decode(line) for line in lines] == [record]
    assert b"\n" not in lines[0]
    assert record_to_document(record, "http:", lines[0]).text == text
