"""Records: lines of JSONL, their fields, and those that come twice."""

import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ReadError
from index.readers import record_to_document
from index.settings import IndexSettings
from index.types import Document, Rejected
from tests.reading import URI, document, read, reason


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
        b'{"text": null}',
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
    assert [line.split(":")[0] for line in reasons] == [f"line {number}" for number in range(3, 12)]
    for line, words in zip(
        reasons,
        ("not JSON", "not a JSON object", "'title'", "text: expected a string, got a number", "empty", "null",
         "surrogate", "nested", "UTF-8"),
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


@pytest.mark.parametrize("stated", ["yesterday", "2031-02-31", "2031-13-01", "2031", "03/04/2031", 1678752000, 0, 2.5])
def test_a_published_that_is_no_date_costs_the_record(stated: object) -> None:
    """The reason names field and value; a date gone in silence would be missed only by whoever searches for it."""
    with pytest.raises(ReadError, match=rf"^published: '?{stated}'? (is no date|may be).*; write"):
        record_to_document({"text": "Something", "published": stated}, URI, b"")


def test_another_field_that_is_no_date_costs_nothing() -> None:
    """`date` counts where it holds one, and is one of the other fields elsewhere."""
    item = record_to_document({"text": "Something", "date": "last week"}, URI, b"")
    assert (item.published, item.meta) == (None, {"date": "last week"})
    dated = record_to_document({"text": "Something", "date": "26-FEB-1987 15:02:20.00"}, URI, b"")
    assert (dated.published, dated.meta) == ("1987-02-26", {})


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (
            "a.jsonl",
            b'{"text": "One.", "published": "2031-03-03"}\n{"text": "Two.", "published": "soon"}\n{"text": "3."}\n',
        ),
        ("a.csv", b"text,published\nOne.,2031-03-03\nTwo.,soon\n3.,\n"),
        ("", b'{"text": "One.", "published": "2031-03-03"}\n{"text": "Two.", "published": "soon"}\n{"text": "3."}\n'),
    ],
)
def test_a_bad_date_is_named_by_its_line_and_costs_no_other(name: str, data: bytes) -> None:
    """In lines, rows and on standard input alike."""
    items = read(data, name)
    assert [item.published for item in items if isinstance(item, Document)] == ["2031-03-03", None]
    (bad,) = [item for item in items if isinstance(item, Rejected)]
    assert bad.reason.startswith(f"line {3 if name.endswith('csv') else 2}: published: 'soon' is no date")


@pytest.mark.parametrize(
    ("record", "found"),
    [
        ({"date": "springtime"}, (None, None, {"date": "springtime"})),
        ({"published": "2031-03-03", "date": "springtime"}, (None, "2031-03-03", {"date": "springtime"})),
        ({"published": "2031-03-03", "date": ["list"]}, (None, "2031-03-03", {"date": ["list"]})),
        ({"published": "", "date": "2031-03-03"}, (None, "2031-03-03", {})),
        ({"published": "  ", "date": "2031-03-03"}, (None, "2031-03-03", {})),
        ({"published": None, "date": 20310303}, (None, "2031-03-03", {})),
        ({"published": 20310303}, (None, "2031-03-03", {})),
        ({"date": True}, (None, None, {"date": True})),
        ({"id": "a", "_id": "b"}, ("a", None, {"_id": "b"})),
        ({"id": " ", "_id": 7}, ("7", None, {})),
        ({"id": "a", "_id": None, "date": ""}, ("a", None, {})),
    ],
)
def test_keys_that_stand_in_for_each_other_do_not_vanish(record: dict[str, object], found: object) -> None:
    """The one that is not the id or the date stays in `meta` under its own name."""
    item = record_to_document({"text": "Something", **record}, URI, b"")
    assert (item.id, item.published, item.meta) == found


@pytest.mark.parametrize("name", ["text", "title", "id"])
def test_a_nul_is_rejected_by_its_field(name: str) -> None:
    """Where it were kept, a passage would end there."""
    record = {"text": "The ferry has sailed.", name: "The ferry\0 has sailed."}
    with pytest.raises(ReadError, match=f"^{name}: it holds a NUL at position 9"):
        record_to_document(record, "http:", b"")


def test_lone_surrogates_are_rejected_wherever_they_are() -> None:
    """Neither the text nor a field nor `meta` may hold half a character."""
    for record in ({"text": "a\ud800"}, {"text": "a", "title": "\udfff"}, {"text": "a", "desk": ["\ud83d"]}):
        with pytest.raises(ReadError, match="surrogate"):
            record_to_document(record, URI, b"")


@given(
    st.dictionaries(st.text(max_size=8), st.none() | st.integers(-9, 9) | st.text(max_size=8)),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1).filter(str.strip),
)
def test_records_survive_a_round_trip(extra: dict[str, object], text: str) -> None:
    """A record's text arrives untouched and unknown keys arrive in `meta`, whatever they hold; a text, but for NUL."""
    known = {"id", "_id", "text", "title", "author", "published", "date", "source", "url"}
    extra = {key: value for key, value in extra.items() if key not in known}
    item = document(json.dumps({**extra, "text": text}).encode(), "input.jsonl")
    assert item.text == text
    assert item.meta == extra


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
    ("line", "advice"),
    [
        ('{"text": " "}', "text: it is empty; every record needs a text"),
        ('{"text": null}', "text: it is null; every record needs a text"),
        ('{"body": "a"}', "text: it is missing; every record needs one; found 'body'"),
        ('{"text": "a\\ud83d"}', "U+FFFD"),
    ],
)
def test_a_rejected_record_says_what_to_do(line: str, advice: str) -> None:
    """What is wrong and how to mend it stand in one line."""
    assert advice in reason(line.encode(), "a.jsonl")


@pytest.mark.parametrize(
    ("line", "named"),
    [
        (b'{"text": "T", "yes": true, "id": ' + b"9" * 5000 + b"}", "id: "),
        (b'{"text": "T", "a": 1, "desk": {"floor": -1e999}}', "floor: "),
        (b'{"text": "T", "floors": [1e999]}', ""),
    ],
)
def test_a_number_beyond_all_bounds_is_named(line: bytes, named: str) -> None:
    """It is JSON, but no number that a computer knows; the field is told."""
    assert reason(line, "input.jsonl") == f"line 1: {named}a number is too large; write it as a string"
