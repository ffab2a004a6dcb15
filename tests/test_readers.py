"""Reading files and streams: dispatch by name, records, gzip, limits, and a reason for everything refused."""

import gzip
import io
import json
import os
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import languages
from index.errors import ReadError
from index.readers import READER_VERSION, SUFFIXES, read_file, read_stream, record_to_document
from index.readers.html import MARKUP_LIMIT
from index.settings import IndexSettings
from index.types import Document, Rejected

URI = "file:///pile/input"
SETTINGS = IndexSettings()


def read(data: bytes, name: str, settings: IndexSettings = SETTINGS) -> list[Document | Rejected]:
    """Everything a stream of that name holds."""
    return list(read_stream(io.BytesIO(data), name, URI, settings))


def document(data: bytes, name: str) -> Document:
    """The one document a stream of that name holds."""
    (item,) = read(data, name)
    assert isinstance(item, Document), item
    return item


def reason(data: bytes, name: str, settings: IndexSettings = SETTINGS) -> str:
    """Why a stream of that name is rejected, whole."""
    (item,) = read(data, name, settings)
    assert isinstance(item, Rejected), item
    assert item.uri == URI
    return item.reason


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


def test_jsonl_indexes_good_lines_and_names_bad_ones() -> None:
    """Each line stands alone: records become documents, everything else is rejected by line number."""
    lines = [
        b'\xef\xbb\xbf{"id": 7, "text": "One\\r\\ntwo", "title": "T", "desk": {"floor": [1, 2]}}',
        b"",
        b"not json",
        b"[1, 2]",
        b'{"title": "no text"}',
        b'{"text": 5}',
        b'{"text": "   "}',
        b'{"text": "half \\ud800 a character"}',
        b"[" * 100_000,
        b'{"text": "\xff"}',
        b'{"_id": "b", "text": "Last", "url": "https://news.example/last"}',
    ]
    items = read(b"\n".join(lines), "input.jsonl")
    first, last = items[0], items[-1]
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert (first.id, first.uri, first.text, first.title) == ("7", f"{URI}#id=7", "One\r\ntwo", "T")
    assert first.meta == {"desk": {"floor": [1, 2]}}
    assert first.sha256 == sha256(lines[0].removeprefix(b"\xef\xbb\xbf")).hexdigest()
    assert (last.id, last.uri) == ("b", "https://news.example/last")
    reasons = [item.reason for item in items[1:-1] if isinstance(item, Rejected)]
    assert [line.split(":")[0] for line in reasons] == [f"line {number}" for number in range(3, 11)]
    for line, words in zip(
        reasons,
        ("not JSON", "not a JSON object", "'title'", "text: expected a string, got a number", "empty", "surrogate",
         "nested", "UTF-8"),
        strict=True,
    ):  # fmt: skip
        assert words in line


def test_a_record_without_id_or_url_hangs_on_its_hash() -> None:
    """The URI of such a record is the file's and the first 16 digits of its line's sha256."""
    line = b'{"text": "The ferry sails at nine."}'
    item = document(line + b"\r\n", "input.jsonl")
    assert item.id is None
    assert item.uri == f"{URI}#sha={sha256(line).hexdigest()[:16]}"


def test_a_line_beyond_the_limit_is_rejected_and_reading_goes_on() -> None:
    """Only the long line is lost, and its number is named."""
    data = b'{"text": "a"}\n{"text": "' + b"x" * 5000 + b'"}\n{"text": "c"}'
    items = read(data, "input.jsonl", IndexSettings(max_record_bytes=1000))
    assert [type(item) for item in items] == [Document, Rejected, Document]
    assert isinstance(items[1], Rejected)
    assert items[1].reason.startswith("line 2: longer than 1,000 bytes")


@pytest.mark.parametrize("name", ["title", "author", "source", "url", "id", "text", "published"])
def test_fields_of_a_wrong_type_are_named(name: str) -> None:
    """A field that is not of its type raises ReadError that begins with its name."""
    with pytest.raises(ReadError, match=rf"^{name}: expected a .*string, got an array"):
        record_to_document({"text": "Something", name: ["list"]}, URI, b"")


def test_unusable_dates_cost_no_document() -> None:
    """The document is kept without a date, and what was stated stays in `meta`."""
    item = record_to_document({"text": "Something", "published": "last week"}, URI, b"")
    assert item.published is None
    assert item.meta == {"published": "last week"}
    dated = record_to_document({"text": "Something", "date": "26-FEB-1987 15:02:20.00"}, URI, b"")
    assert (dated.published, dated.meta) == ("1987-02-26", {})


@pytest.mark.parametrize(
    ("record", "found"),
    [
        ({"date": "springtime"}, (None, None, {"date": "springtime"})),
        ({"published": "2031-03-03", "date": "springtime"}, (None, "2031-03-03", {"date": "springtime"})),
        ({"published": "2031-03-03", "date": ["list"]}, (None, "2031-03-03", {"date": ["list"]})),
        ({"published": "", "date": "2031-03-03"}, (None, "2031-03-03", {})),
        ({"published": "soon", "date": "2031-03-03"}, (None, None, {"published": "soon", "date": "2031-03-03"})),
        ({"id": "a", "_id": "b"}, ("a", None, {"_id": "b"})),
        ({"id": " ", "_id": 7}, ("7", None, {})),
        ({"id": "a", "_id": None, "date": ""}, ("a", None, {})),
    ],
)
def test_keys_that_stand_in_for_each_other_do_not_vanish(record: dict[str, object], found: object) -> None:
    """The one that is not the id or the date stays in `meta` under its own name."""
    item = record_to_document({"text": "Something", **record}, URI, b"")
    assert (item.id, item.published, item.meta) == found


def test_lone_surrogates_are_rejected_wherever_they_are() -> None:
    """Neither the text nor a field nor `meta` may hold half a character."""
    for record in ({"text": "a\ud800"}, {"text": "a", "title": "\udfff"}, {"text": "a", "desk": ["\ud83d"]}):
        with pytest.raises(ReadError, match="surrogate"):
            record_to_document(record, URI, b"")


@given(
    st.dictionaries(st.text(max_size=8), st.none() | st.integers(-9, 9) | st.text(max_size=8)),
    st.text(min_size=1).filter(str.strip),
)
def test_records_survive_a_round_trip(extra: dict[str, object], text: str) -> None:
    """A record's text arrives untouched and unknown keys arrive in `meta`, whatever characters they hold."""
    known = {"id", "_id", "text", "title", "author", "published", "date", "source", "url"}
    extra = {key: value for key, value in extra.items() if key not in known}
    item = document(json.dumps({**extra, "text": text}).encode(), "input.jsonl")
    assert item.text == text
    assert item.meta == extra


def test_csv_reads_columns_by_name_in_any_case() -> None:
    """Known columns are found whatever their case, others become `meta`, line breaks in quotes stay."""
    data = b'\xef\xbb\xbfID,Title,TEXT,Desk,Published\r\n1,Ferry,"He said ""no"".\r\nTwice.",Castrin,3 March 2031\r\n'
    item = document(data, "input.csv")
    assert (item.id, item.title, item.text) == ("1", "Ferry", 'He said "no".\r\nTwice.')
    assert (item.published, item.meta, item.uri) == ("2031-03-03", {"Desk": "Castrin"}, f"{URI}#id=1")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_takes_the_delimiter_of_its_header(delimiter: str) -> None:
    """Spreadsheets of many countries write semicolons or tabs."""
    data = f"title{delimiter}text\nHarbour{delimiter}Ships, eleven of them; all full\n"
    expected = "Ships, eleven of them; all full"
    if delimiter in ",;":
        data = data.replace(expected, f'"{expected}"')
    assert document(data.encode(), "input.csv").text == expected


def test_csv_without_a_text_column_names_what_it_found() -> None:
    """The reason lists the columns, so that the user sees which to rename."""
    assert "'headline', 'body'" in reason(b"headline,body\na,b\n", "input.csv")


def test_csv_rejects_bad_rows_and_goes_on() -> None:
    """Rows that are empty of text, too wide, too long or badly quoted are named by line."""
    rows = ["id,text", "1,good", "2,", "3,a,b,c", f"4,{'x' * 3000}", '5,"bad" quoting', "6,good"]
    items = read("\n".join(rows).encode(), "input.csv", IndexSettings(max_record_bytes=2000))
    assert [item.id for item in items if isinstance(item, Document)] == ["1", "6"]
    assert [item.reason.split(":")[0] for item in items if isinstance(item, Rejected)] == [
        f"line {number}" for number in (3, 4, 5, 6)
    ]


def test_a_bad_byte_costs_its_csv_row_alone() -> None:
    """The row is named by the line of the byte, and one of several lines is not taken apart."""
    rows = [
        b"id,text",
        b"1,good",
        b"2,bad \xff byte",
        b'3,"first',
        b"4,caf\xc3\xa9 \xfe",
        b'5,last"',
        "6,déjà".encode(),
    ]
    for filler in (0, 30_000):
        data = b"\n".join([*rows[:2], *(b"f%d,filler words" % number for number in range(filler)), *rows[2:]])
        items = read(data, "input.csv")
        good = [item.id for item in items if isinstance(item, Document) and not (item.id or "").startswith("f")]
        assert good == ["1", "6"]
        reasons = [item.reason for item in items if isinstance(item, Rejected)]
        assert [words.split(" of")[0] for words in reasons] == [
            f"line {filler + 3}: not valid UTF-8 at byte 6",
            f"line {filler + 5}: not valid UTF-8 at byte 8",
        ]


def test_csv_in_a_legacy_encoding_is_read_whole() -> None:
    """Accents of another encoding are no damage."""
    text = "Le président a déclaré vendredi que la réunion n'aurait pas lieu à Genève."
    assert document(f"id,text\n1,{text}\n".encode("cp1252"), "input.csv").text == text


def test_repeated_records_are_rejected_with_the_line_of_the_first() -> None:
    """The same id, the same url without one, and the same line: the first counts, the others are named."""
    lines = [
        b'{"id": "a", "text": "One."}',
        b"",
        b'{"text": "Two."}',
        b'{"id": "a", "text": "Three."}',
        b'{"text": "Two."}',
        b'{"url": "https://n.example/1", "text": "Four."}',
        b'{"url": "https://n.example/1", "text": "Five."}',
        b'{"id": "b", "url": "https://n.example/1", "text": "Six."}',
    ]
    items = read(b"\n".join(lines), "input.jsonl")
    assert [item.text for item in items if isinstance(item, Document)] == ["One.", "Two.", "Four.", "Six."]
    assert [(item.uri, item.reason) for item in items if isinstance(item, Rejected)] == [
        (URI, "line 4: its id a was given on line 1 already; ids must differ"),
        (URI, "line 5: the same as line 3"),
        (URI, "line 7: its url https://n.example/1 was given on line 6 already; urls must differ"),
    ]
    table = read(b"id,text\na,One.\na,Two.\n,Three.\n,Three.\n", "input.csv")
    assert [item.reason for item in table if isinstance(item, Rejected)] == [
        "line 3: its id a was given on line 2 already; ids must differ",
        "line 5: the same as line 4",
    ]


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
