"""Reading files and streams: dispatch by name, gzip, limits, and a reason for everything refused."""

import gzip
import os
from hashlib import sha256
from pathlib import Path

import pytest

from index import languages
from index.readers import READER_VERSION, SUFFIXES, read_file, record_to_document
from index.readers.html import MARKUP_LIMIT
from index.settings import IndexSettings
from index.types import Document, Rejected
from tests.reading import SETTINGS, URI, document, read, reason


def test_version_and_suffixes_are_what_sync_relies_on() -> None:
    """Every format of the design is among the suffixes, and the version is a positive number."""
    assert {".txt", ".md", ".html", ".pdf", ".docx", ".epub", ".eml", ".mbox", ".jsonl", ".csv"} <= SUFFIXES
    assert READER_VERSION >= 1


def test_a_file_carries_the_hash_of_its_bytes_and_its_uri(tmp_path: Path) -> None:
    """A document is known by the URI it was given and the sha256 of its raw bytes."""
    path = tmp_path / "note.txt"
    path.write_bytes(b"A short note\r\n\r\nThe harbour is open.\r")
    (item,) = read_file(path, "file:///note.txt", SETTINGS)
    assert isinstance(item, Document)
    assert item.uri == "file:///note.txt"
    assert item.sha256 == sha256(path.read_bytes()).hexdigest()
    assert item.text == "A short note\n\nThe harbour is open.\n"


@pytest.mark.parametrize("name", sorted(SUFFIXES))
@pytest.mark.parametrize("data", [b"", b" \n\n\t\r\n"])
def test_empty_and_blank_files_say_so(name: str, data: bytes) -> None:
    """Whatever the format, a file without content is rejected as empty."""
    assert "empty" in reason(data, "input" + name)


@pytest.mark.parametrize("name", sorted(SUFFIXES))
def test_binary_is_never_indexed_as_text(name: str) -> None:
    """Bytes that are no text are rejected in every format, with a reason."""
    items = read(bytes(range(256)) * 40, "input" + name)
    assert items
    assert all(isinstance(item, Rejected) and item.reason for item in items)


def test_a_file_of_an_unknown_suffix_is_rejected_with_the_known_ones(tmp_path: Path) -> None:
    """The reason names the suffix found and those that work."""
    path = tmp_path / "talk.odt"
    path.write_bytes(b"x")
    (item,) = read_file(path, URI, SETTINGS)
    assert isinstance(item, Rejected)
    assert ".odt" in item.reason
    assert ".docx" in item.reason


def test_files_that_vanished_or_are_too_large_or_no_files_are_rejected(tmp_path: Path) -> None:
    """None of them raises; each has its reason."""
    large = tmp_path / "large.txt"
    large.write_text("word " * 100)
    folder = tmp_path / "folder.txt"
    folder.mkdir()
    found = [
        next(read_file(path, URI, IndexSettings(max_file_bytes=100))) for path in (tmp_path / "gone.txt", large, folder)
    ]
    assert [isinstance(item, Rejected) for item in found] == [True] * 3
    assert [word in item.reason for item, word in zip(found, ("vanished", "100 bytes", "not a file"), strict=True)
            if isinstance(item, Rejected)] == [True] * 3  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_rejected(tmp_path: Path) -> None:
    """A file without read permission is rejected, saying so."""
    path = tmp_path / "secret.txt"
    path.write_text("text")
    path.chmod(0)
    (item,) = read_file(path, URI, SETTINGS)
    assert isinstance(item, Rejected)
    assert "permission" in item.reason


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b"A short note\n\nThe harbour is open."),
        ("a.md", b"# A short note\n\nThe harbour is open."),
        ("a.jsonl", b'{"id": "x", "text": "The harbour is open."}\n'),
        ("a.csv", b"id,text\nx,The harbour is open.\n"),
        ("a.eml", b"Subject: A note\n\nThe harbour is open.\n"),
    ],
)
def test_gzip_of_each_format_reads_the_same(name: str, data: bytes) -> None:
    """A compressed file gives the document of the plain one; a single one's hash is of the bytes on disk."""
    plain = document(data, name)
    packed = document(gzip.compress(data, mtime=0), name + ".gz")
    assert (packed.text, packed.title, packed.id) == (plain.text, plain.title, plain.id)
    expected = plain.sha256 if plain.id else sha256(gzip.compress(data, mtime=0)).hexdigest()
    assert packed.sha256 == expected


def test_broken_gzip_and_bombs_are_rejected() -> None:
    """Truncated, mislabelled and exploding archives each have a reason."""
    packed = gzip.compress(b"The harbour is open. " * 5000)
    assert "broken gzip" in reason(packed[:-20], "a.txt.gz")
    assert "broken gzip" in reason(b"plain text", "a.txt.gz")
    assert "unpacked" in reason(packed, "a.txt.gz", IndexSettings(max_file_bytes=50_000))
    lines = gzip.compress(b'{"text": "The harbour is open."}\n' * 5000)
    items = read(lines, "a.jsonl.gz", IndexSettings(max_file_bytes=100_000))
    assert isinstance(items[0], Document)
    assert isinstance(items[-1], Rejected)


def test_standard_input_is_sniffed() -> None:
    """Without a name it is JSONL when its first line is a record, else plain text; all of it is read."""
    records = read(b'\n\n{"text": "One of them."}\n{"text": "Two of them."}\n', "")
    assert [item.text for item in records if isinstance(item, Document)] == ["One of them.", "Two of them."]
    data = b'{"no": "record"}\n\nJust words, and a closing line.'
    assert document(data, "").text == data.decode()
    assert document(b"Only words", "-").sha256 == sha256(b"Only words").hexdigest()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"\n \n"])
def test_a_broken_first_line_on_standard_input_costs_no_other(mark: bytes) -> None:
    """One record among the first lines tells that it is JSONL; the broken line is named by its number."""
    items = read(mark + b'{"id":"k1","text":\n{"id":"k2","text":"two good"}\n', "")
    assert [type(item) for item in items] == [Rejected, Document]
    broken, good = items
    assert isinstance(broken, Rejected)
    assert isinstance(good, Document)
    number = 1 + mark.count(b"\n")
    assert broken.reason.startswith(f"line {number}: not JSON")
    assert (good.id, good.text) == ("k2", "two good")


def test_an_overlong_first_record_on_standard_input_costs_no_other() -> None:
    """What begins as an object and is too long for a record is one all the same."""
    data = b'{"text": "' + b"x" * 5000 + b'"}\n{"text": "two good"}'
    items = read(data, "", IndexSettings(max_record_bytes=1000))
    assert [item.reason[:7] if isinstance(item, Rejected) else item.text for item in items] == ["line 1:", "two good"]


@pytest.mark.parametrize(
    "text",
    [
        '{ a brace begins this text\nand {"text": "a quotation"} goes on within it.',
        'Words first.\n{"text": "then what looks like a record"}',
        '{\n  "text": "written over lines"\n}',
        "{" * 40 + "\n" + "words\n" * 40 + '{"text": "far below"}',
        "\n" * 5000 + "{ words",
    ],
)
def test_a_text_that_begins_with_a_brace_stays_a_text(text: str) -> None:
    """Without a whole line that is a record among the first few, it is read as it is."""
    assert document(text.encode(), "").text == text


def test_documents_carry_their_language() -> None:
    """The language is detected in one place for all formats, and left open when unsure."""
    german = "Der Kanzler sagte am Freitag, über die Brücke müsse bald entschieden werden."
    assert document(german.encode(), "a.txt").language == "de"
    assert (
        record_to_document({"text": "The chancellor said on Friday that he would not talk."}, URI, b"").language == "en"
    )
    assert languages.detect("42 17 33 99") is None
    assert languages.detect("hm") is None
    assert languages.detect("外交部发言人周五表示，双方应当通过谈判解决有关问题，并继续保持沟通。") == "zh"


def test_text_longer_than_any_article_is_rejected() -> None:
    """A file with more text than the setting allows is refused with the limit, not cut."""
    (item,) = read(b"word " * 300, "input.txt", IndexSettings(max_document_chars=1000))
    assert isinstance(item, Rejected)
    assert "1,000 characters" in item.reason


@pytest.mark.parametrize("name", ["input.txt", "input.md", "input.txt.gz", ""])
def test_what_is_surely_too_long_is_refused_unparsed(name: str) -> None:
    """The bytes alone tell: bytes that could not be decoded are not even looked at."""
    settings = IndexSettings(max_document_chars=1000)
    damaged = b"caf\xc3\xa9 " * 100 + b"\xff"
    assert "not valid UTF-8" in reason(damaged if not name.endswith("gz") else gzip.compress(damaged), name, settings)
    large = b"caf\xc3\xa9 " * 2000 + b"\xff"
    assert "1,000 characters" in reason(large if not name.endswith("gz") else gzip.compress(large), name, settings)


def test_pages_of_too_much_markup_are_refused_unparsed() -> None:
    """A single line of many bytes, a heap of tags, and a page that only grows when it is decoded."""
    assert "markup is longer" in reason(b"<p>" + b"word " * (MARKUP_LIMIT // 5), "input.html")
    assert "tags" in reason(b"<b>" * 1_000_001, "input.html")
    wide = b'<meta charset="windows-1251"><p>' + b"\xe0\xe1 " * (MARKUP_LIMIT // 4)
    assert len(wide) < MARKUP_LIMIT
    assert "markup is longer" in reason(wide, "input.html")


def test_mails_longer_than_a_record_are_refused_alone_as_in_a_box() -> None:
    """A mail has the same limit in a file of its own as in an mbox."""
    settings = IndexSettings(max_record_bytes=1000)
    mail = b"Subject: Long\n\n" + b"words\n" * 400
    assert "longer than 1,000 bytes" in reason(mail, "input.eml", settings)
    assert "longer than 1,000 bytes" in reason(b"From a@b Thu\n" + mail, "input.mbox", settings)
