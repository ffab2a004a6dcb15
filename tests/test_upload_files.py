"""Forms of `POST /documents`: files, what is said of them, and what is refused before it is queued."""

import io
import tarfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from index.bundle import read_bundle
from index.settings import IndexSettings
from index.types import Document
from search.settings import Settings
from search.web.app import create_app
from search.web.errors import UploadError
from search.web.jobs import Jobs
from search.web.upload_files import MAX_FILES, FormFile, plain_name, to_files
from tests.fake_engine import FakeEngine
from tests.web_client import BASE, FAKE_COMMAND, assert_problem

TEXT = b"The old bridge over the Vell opened again on Monday."
Part = tuple[str, tuple[str, bytes]]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Where the service keeps its state."""
    return tmp_path / "library"


@pytest.fixture
def client(library: Path) -> TestClient:
    """A client of a service whose jobs wait forever."""
    settings = Settings(library=str(library), max_body_bytes=5_000_000)
    return TestClient(create_app(FakeEngine(), settings, Jobs(settings, FAKE_COMMAND)), base_url=BASE)


def queued(library: Path) -> tuple[list[str], bytes]:
    """Arguments and standard input of the job that would run next."""
    claim = Jobs(Settings(library=str(library)), FAKE_COMMAND)._rows.claim()
    assert claim is not None
    assert claim.spool is not None
    return list(claim.arguments), claim.spool.read_bytes()


def file(name: str, content: bytes = TEXT) -> FormFile:
    """A file as a form gives it."""
    return FormFile(name, len(content), io.BytesIO(content))


def test_files_are_spooled_and_queued(client: TestClient, library: Path) -> None:
    """Several at once, also those that are too large for memory, with what the form says of all of them."""
    large = b"A line of a long report.\n" * 100_000
    parts: list[Part] = [("files", ("report.txt", large)), ("anything", ("b.html.gz", b"\x1f\x8b"))]
    response = client.post("/documents", files=parts, data={"source": "Courier", "meta.desk": "city"})
    assert response.status_code == 202
    assert response.json()["kind"] == "index"
    arguments, bundle = queued(library)
    assert arguments[-4:] == ["--stdin-uri", "http:", "--stdin-bundle", "-"]
    first, second = read_bundle(io.BytesIO(bundle), "http:", IndexSettings())
    assert isinstance(first, Document)
    assert (first.text, first.source, first.meta) == (large.decode(), "Courier", {"file": "report.txt", "desk": "city"})
    assert second.uri == "b.html.gz"


@pytest.mark.parametrize(
    "name",
    ["../../../etc/passwd.txt", "/etc/a.txt", "C:\\news\\a.txt", "..", "a\0b.txt", "a\nb.txt", "x" * 3000 + ".txt"],
)
def test_no_name_leads_anywhere(client: TestClient, library: Path, tmp_path: Path, name: str) -> None:
    """What was sent lies in one file of the library, whose name is the job's."""
    before = {path for path in tmp_path.rglob("*") if "library" not in path.parts}
    assert client.post("/documents", files=[("files", (name, TEXT))]).status_code == 202
    assert {path for path in tmp_path.rglob("*") if "library" not in path.parts} == before
    (spool,) = (library / "spool").iterdir()
    assert spool.name.startswith("j_")
    with tarfile.open(spool) as tar:
        (shown,) = tar.getnames()
    assert "/" not in shown
    assert "\\" not in shown
    assert shown.isprintable()
    assert len(shown) <= 200


@given(st.text(max_size=300))
def test_a_shown_name_is_printable_and_short(sent: str) -> None:
    """What is kept holds neither separators nor what a terminal would obey; done twice it is as done once."""
    shown = plain_name(sent)
    assert 0 < len(shown) <= 200
    assert shown.isprintable()
    assert not set("/\\") & set(shown)
    assert plain_name(shown) == shown


@pytest.mark.parametrize(
    ("parts", "fields", "field", "word"),
    [
        ([], {"title": "x"}, "files", "missing"),
        ([("files", ("a.jpg", b"x"))], {}, "files[0]", ".jpg"),
        ([("files", ("a.txt", TEXT)), ("files", ("b.txt", b""))], {}, "files[1]", "b.txt: it is empty"),
        ([("files", ("a.txt", TEXT))], {"publisher": "x"}, "publisher", "no such field"),
        ([("files", ("a.txt", TEXT))], {"meta.": "x"}, "meta.", "no such field"),
        ([("files", ("a.txt", TEXT))], {"meta.id": "x"}, "meta.id", "no such field"),
        ([("files", ("a.txt", TEXT))], {"text": "x"}, "text", "no such field"),
        ([("files", ("a.txt", TEXT))], {"published": "soon"}, "form", "published"),
        ([("files", ("a.txt", TEXT))], {"source": ["x", "y"]}, "source", "twice"),
        ([("files", ("a.jsonl", b"{}"))], {"id": "x"}, "id", "one document only"),
        ([("files", ("a.txt", TEXT)), ("files", ("b.txt", TEXT))], {"title": "x"}, "title", "one document only"),
    ],
)
def test_what_a_form_tells_is_checked_before_anything_is_queued(
    client: TestClient, library: Path, parts: list[Part], fields: dict[str, Any], field: str, word: str
) -> None:
    """The problem names the file or field; nothing is spooled."""
    # Without a file the client would not make it a form of parts.
    sent: list[Any] = parts or [("title", (None, b"x"))]
    problem = assert_problem(client.post("/documents", files=sent, data=fields if parts else {}), 422, "upload")
    assert problem["field"] == field
    assert word in problem["detail"]
    assert not (library / "spool").exists()


def test_limits_hold_for_forms_too(client: TestClient, library: Path) -> None:
    """The whole by `max_body_bytes`, each file by `max_file_bytes`, their number by what a form may hold."""
    large = client.post("/documents", files=[("files", ("a.txt", b"a" * 5_000_001))])
    assert_problem(large, 413, "request-entity-too-large")
    many = client.post("/documents", files=[("files", (f"{n}.txt", b"a")) for n in range(MAX_FILES + 1)])
    assert_problem(many, 400, "bad-request")
    with pytest.raises(UploadError, match=r"files\[0\]: a.txt: larger than 10 bytes"):
        to_files([file("a.txt")], [], replace(IndexSettings(), max_file_bytes=10))
    assert_problem(client.post("/documents?title=x", files=[("files", ("a.txt", TEXT))]), 422, "upload")
    assert not (library / "spool").exists()


@pytest.mark.parametrize("header", ["multipart/form-data", "multipart/form-data; boundary=x"])
def test_a_form_that_is_none_is_the_callers_fault(client: TestClient, header: str) -> None:
    """Without a boundary, or with another one than stated."""
    response = client.post("/documents", content=b"abc", headers={"Content-Type": header})
    assert_problem(response, 400, "bad-request")


def test_two_files_of_one_name_are_told_apart() -> None:
    """A report about either says which."""
    files = to_files([file("a/index.html"), file("b/index.html"), file("c.txt")], [], IndexSettings())
    assert [one.name for one in files] == ["1-index.html", "2-index.html", "c.txt"]


def test_a_server_that_cannot_write_takes_no_files(tmp_path: Path) -> None:
    """It says so before it reads them."""
    client = TestClient(create_app(FakeEngine(), Settings(library=str(tmp_path))), base_url=BASE)
    assert_problem(client.post("/documents", files=[("files", ("a.txt", TEXT))]), 403, "read-only-server")


def test_a_full_disk_is_a_problem(client: TestClient, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """507, and nothing half written is left."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("search.web.spool.os.fsync", full)
    response = client.post("/documents", files=[("files", ("a.txt", TEXT))])
    assert_problem(response, 507, "library-read-only")
    assert list((library / "spool").iterdir()) == []
    assert client.get("/jobs").json()["total"] == 0
