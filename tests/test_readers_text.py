"""Dates, encodings, heads of texts, and Markdown."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers import read_stream
from index.readers.dates import normalise_date
from index.readers.encoding import decode
from index.readers.headline import Head, read_head
from index.settings import IndexSettings
from index.types import Document, Rejected

URI = "file:///pile/input"


def read(data: bytes, name: str) -> list[Document | Rejected]:
    """Everything a stream of that name holds."""
    return list(read_stream(io.BytesIO(data), name, URI, IndexSettings()))


def document(data: bytes, name: str) -> Document:
    """The one document a stream of that name holds."""
    (item,) = read(data, name)
    assert isinstance(item, Document), item
    return item


def reason(data: bytes, name: str) -> str:
    """Why a stream of that name is rejected."""
    (item,) = read(data, name)
    assert isinstance(item, Rejected), item
    return item.reason


def marked(item: Document) -> list[str]:
    """The texts of a document's furniture spans."""
    return [item.text[start:end] for start, end in item.furniture]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2031-03-11", "2031-03-11"),
        ("2031-03-11T23:30:00-05:00", "2031-03-12"),
        ("2031-03-11 00:30 +0200", "2031-03-10"),
        ("2031-03-11T08:00:00.123Z", "2031-03-11"),
        ("20310311", "2031-03-11"),
        ("Thu, 05 Jun 2031 23:15:00 -0300", "2031-06-06"),
        ("Thu, 05 Jun 2031 06:15:00 +0000 (UTC)", "2031-06-05"),
        ("26-FEB-1987 15:02:20.00", "1987-02-26"),
        (" 3 March 2031", "2031-03-03"),
        ("3rd of March, 2031", "2031-03-03"),
        ("Saturday, March 3, 2031, 11:30 PM EST", "2031-03-04"),
        ("Sept. 9 2031", "2031-09-09"),
        ("03.04.2031", "2031-04-03"),
        ("25/04/2031", "2031-04-25"),
        ("04/25/2031", "2031-04-25"),
        ("03/04/2031", None),
        ("2031", None),
        ("March 2031", None),
        ("2031-02-30", None),
        ("0000-00-00", None),
        ("0001-01-01T00:00:00+05:00", None),
        ("last Friday", None),
        ("3 Smarch 2031", None),
        ("2031-03-11 and later", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_dates_are_normalised_to_utc(stated: str, expected: str | None) -> None:
    """Known forms become a UTC date; what is ambiguous, incomplete or no date becomes None."""
    assert normalise_date(stated) == expected


@given(st.text(max_size=120))
def test_no_date_string_raises(stated: str) -> None:
    """Whatever stands in a date field, the answer is a date or None."""
    found = normalise_date(stated)
    assert found is None or len(found) == 10


SENTENCES = {
    "cp1252": "Der Bürgermeister erklärte am Freitag, über die Brücke müsse schnell entschieden werden.",
    "latin-1": "Le président a déclaré vendredi que la réunion n'aurait pas lieu à Genève.",
    "cp1251": "Президент заявил в пятницу, что переговоры возможны уже в марте.",
    "koi8_r": "Президент заявил в пятницу, что переговоры возможны уже в марте.",
    "shift_jis": "外務省の報道官は金曜日、交渉の用意があると述べた。",
    "gb18030": "外交部发言人周五表示，双方应当谈判解决问题。",
    "utf-16": "“We are ready,” Mr. O’Neil said.",
    "utf-8-sig": "“We are ready,” Mr. O’Neil said.",
    "utf-32": "“We are ready,” Mr. O’Neil said.",
}


@pytest.mark.parametrize("encoding", SENTENCES)
def test_encodings_are_detected(encoding: str) -> None:
    """Byte order marks and common legacy encodings are understood."""
    assert decode((SENTENCES[encoding] * 8).encode(encoding)) == SENTENCES[encoding] * 8


@given(st.text())
def test_utf8_is_read_as_it_is(text: str) -> None:
    """Any text without controls survives, but for line ends."""
    item = read(("x " * 200 + text).encode(), "a.txt")[0]
    if isinstance(item, Document):
        assert item.text == ("x " * 200 + text).replace("\r\n", "\n").replace("\r", "\n")
    else:
        assert "binary" in item.reason


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("Café, naïve, déjà vu\n".encode() * 3 + b"and \xff then", "not valid UTF-8 at byte 79 (line 4)"),
        (b"Valid words \xff\xfe\xfa and more", "not valid UTF-8 at byte 12"),
        (b"words \x00 words", "NUL at byte 6"),
        (b"%PDF-1.7 words", "it is a PDF"),
        (b"PK\x03\x04 words", "ZIP"),
        (bytes(range(1, 32)) * 20, "control characters"),
        (b"\xff\xfeodd", "not valid utf-16-le"),
    ],
)
def test_undecodable_and_binary_text_files_say_what_is_wrong(data: bytes, words: str) -> None:
    """The reason says what the bytes are or where they stop making sense."""
    assert words in reason(data, "a.txt")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ferry runs aground\nBy Ana Holt, The Bay Post\n3 March 2031, 18:40\n\nIt was dark.",
         Head("Ferry runs aground", "Ana Holt", "2031-03-03", "The Bay Post")),
        ("Ferry runs aground\n\nAna Holt | Bay Post | 3 March 2031\n\nIt was dark.",
         Head("Ferry runs aground", "Ana Holt", "2031-03-03", "Bay Post")),
        ("Ferry runs aground off Pell\nBay Dispatch | March 3, 2031\n\nShare\n\nIt was dark.",
         Head("Ferry runs aground off Pell", None, "2031-03-03", "Bay Dispatch")),
        ("in\n\nWhy the ferry ran aground\n\n\nIt was dark.", Head("Why the ferry ran aground")),
        ("The ferry ran aground on Friday, the company said.\n\nIt was dark.", Head()),
        ("By the sea, on 3 March 2031, a ferry ran aground near Pell.\n\nIt was dark.", Head()),
        ("Ferries\n\nThey are old.", Head("Ferries")),
        ("x" * 300 + "\n\nA short line\n\nmore.", Head()),
        ("", Head()),
    ],
)  # fmt: skip
def test_the_head_of_a_text_states_only_what_is_unmistakable(text: str, expected: Head) -> None:
    """Headline, byline, outlet and date lines are read; sentences are not taken for them."""
    assert read_head(text) == expected


def test_markdown_front_matter_is_kept_and_marked() -> None:
    """Its values are the document's; its span is furniture, and the text is as it was."""
    text = ('---\ntitle: "Ferry: aground"\nauthors: [Ana Holt, {name: Bo Li}]\ndate: 2031-03-03\nsource: Bay Post\n'
            "lang: en-GB\ntags: [sea]\n---\n\n# Another heading\n\nIt was dark.\n")  # fmt: skip
    item = document(text.replace("\n", "\r\n").encode(), "a.md")
    assert item.text == text
    assert (item.title, item.author, item.published) == ("Ferry: aground", "Ana Holt, Bo Li", "2031-03-03")
    assert (item.source, item.language, dict(item.meta)) == ("Bay Post", "en", {"tags": ["sea"]})
    assert marked(item) == [text[: text.index("\n\n# Another")]]


@pytest.mark.parametrize(
    ("text", "title", "furniture"),
    [
        ('+++\ntitle = "Ferry"\npublished = 2031-03-03T23:00:00-05:00\n+++\nDark.', "Ferry", 1),
        ("```\n# no heading\n```\n\n## The [ferry](x) *ran* aground ##\n\nDark.", "The ferry ran aground", 0),
        ("The ferry ran aground\n===\n\nDark.", "The ferry ran aground", 0),
        ("---\nJust a rule above and below\n---\n\nDark.", "Just a rule above and below", 0),
        ("---\na: &a [x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b]\n"
         "d: &d [*c, *c, *c, *c, *c, *c, *c, *c]\n"
            "e: [*d, *d, *d]\n---\n\n# Bomb\n", "Bomb", 0),
        ("---\nnever: closed\n\n# Heading\n", "Heading", 0),
    ],
)  # fmt: skip
def test_markdown_titles(text: str, title: str, furniture: int) -> None:
    """Front matter in TOML, headings of both kinds, and front matter that is none or would explode."""
    item = document(text.encode(), "a.md")
    assert (item.title, len(item.furniture), item.text) == (title, furniture, text)


def test_front_matter_cannot_smuggle_half_characters_in() -> None:
    """YAML's escapes may spell a lone surrogate, which no store could hold."""
    item = document(b'---\ntitle: "a\\ud800"\nother: ["\\udfff"]\n---\n\nDark.', "a.md")
    assert (item.title, item.meta) == ("a\ufffd", {"other": ["\ufffd"]})
