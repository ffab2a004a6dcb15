"""Formats of streams without a name, as `quoth index -` reads them."""

import gzip
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from index.library import open_library
from index.settings import IndexSettings
from index.sync import add_stream
from index.types import Filters, IndexReport
from tests.fake_embedder import HashingEmbedder
from tests.reading import document
from tests.test_readers_formats import BOOK, FIRST, book, pdf, word

PROSE = "The mayor opened the new bridge over the Alwen on Monday, and the ferry made its last crossing."
PAGE = f"<!DOCTYPE html>\n<html><head><title>Bridge</title></head><body><p>{PROSE}</p></body></html>"
MAIL = f"From: Ada Quill <ada@quill.example>\nDate: Mon, 3 Mar 2031 10:00:00 +0000\nSubject: Bridge\n\n{PROSE}\n"


def piped(root: Path, data: bytes) -> tuple[IndexReport, list[str], list[str | None]]:
    """The report of piping bytes in, and the URIs and titles of what the library then holds."""
    library = open_library(root / "library", IndexSettings(max_file_bytes=1 << 20))
    report = add_stream(library, io.BytesIO(data), HashingEmbedder())
    if report.rejected:
        return report, [], []
    with library.snapshot() as snapshot:
        found = snapshot.documents(Filters(), 10, 0)[1]
        for ref in found:
            assert snapshot.document(ref.id).text.strip() == PROSE
    return report, [ref.uri for ref in found], [ref.title for ref in found]


@pytest.mark.parametrize(
    "data",
    [
        PAGE.encode(),
        b"\xef\xbb\xbf\n  " + PAGE.encode(),
        PAGE.encode("utf-16"),
        b'<?xml version="1.0"?>\n<!-- a - b -->' + PAGE.removeprefix("<!DOCTYPE html>").encode(),
        gzip.compress(PAGE.encode()),
        MAIL.encode(),
        MAIL.replace("\n", "\r\n").encode(),
    ],
)
def test_pages_and_mails_are_known_by_their_beginning(tmp_path: Path, data: bytes) -> None:
    """Their markup and headers are no text; the URI says where they came from."""
    report, uris, titles = piped(tmp_path, data)
    assert report.rejected == ()
    assert titles == ["Bridge"]
    assert uris[0].startswith("stdin:#sha=")


def test_a_box_of_mails_is_known_by_its_first_line(tmp_path: Path) -> None:
    """Each mail becomes a document."""
    first, second = (f"From ada Mon Mar  3 10:00:00 2031\nMessage-ID: <{n}@x>\n{MAIL}\n" for n in "12")
    assert sorted(piped(tmp_path, (first + second).encode())[1]) == ["stdin:#id=1@x", "stdin:#id=2@x"]


@pytest.mark.parametrize("data", [PROSE.encode(), gzip.compress(PROSE.encode())])
def test_prose_stays_prose(tmp_path: Path, data: bytes) -> None:
    """Plain text is what nothing else is."""
    assert piped(tmp_path, data)[0].added == 1


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_records_are_known_within_gzip_too(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    """A line is a document, and keeps its id."""
    assert piped(tmp_path, pack(f'{{"id": "a", "text": "{PROSE}"}}\n'.encode()))[1] == ["stdin:#id=a"]


@pytest.mark.parametrize(
    "text",
    ["From: a desk\n\nSubject: bridges.", "From Monday on.\nDate: 3 March\nSubject: ferries\n\nMore.", "a <html>"],
)
def test_words_that_remind_of_mails_and_pages_are_text(tmp_path: Path, text: str) -> None:
    """A mail has all the headers that every mail has; a page begins with its tag."""
    library = open_library(tmp_path / "library", IndexSettings())
    add_stream(library, io.BytesIO(text.encode()), HashingEmbedder())
    with library.snapshot() as snapshot:
        (ref,) = snapshot.documents(Filters(), 10, 0)[1]
        assert snapshot.document(ref.id).text == text


@pytest.mark.parametrize(
    ("name", "data"), [("a.pdf", pdf(FIRST)), ("a.docx", word()), ("a.epub", book(BOOK)), ("a.eml", MAIL.encode())]
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_pipe_reads_what_a_file_does(tmp_path: Path, name: str, data: bytes, pack: Callable[[bytes], bytes]) -> None:
    """A document that was piped in is the one that its named file is."""
    library = open_library(tmp_path / "library", IndexSettings())
    assert add_stream(library, io.BytesIO(pack(data)), HashingEmbedder()).rejected == ()
    expected = document(data, name)
    with library.snapshot() as snapshot:
        (ref,) = snapshot.documents(Filters(), 10, 0)[1]
        assert snapshot.document(ref.id).text == expected.text
    assert (ref.title, ref.author) == (expected.title, expected.author)


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (b"", "it is empty; put text in it or leave it out"),
        (gzip.compress(b""), "it is empty; put text in it or leave it out"),
        (book({"x.txt": "words"}), "neither .docx nor .epub; unpack it"),
        (gzip.compress(gzip.compress(b"words")), "gzip within gzip; unpack it once"),
        (gzip.compress(PAGE.encode())[:-9], "broken gzip"),
        (gzip.compress(b"words " * (1 << 20)), "unpacked, it is larger than 1,048,576 bytes"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, "it is a PNG image"),
    ],
)
def test_what_cannot_be_read_from_a_pipe_says_what_to_do(tmp_path: Path, data: bytes, advice: str) -> None:
    """In one line, and nothing is added."""
    (rejected,) = piped(tmp_path, data)[0].rejected
    assert advice in rejected.reason
    assert "rename" not in rejected.reason
    assert "\n" not in rejected.reason
