"""Encodings, heads of texts, and Markdown."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.readers.encoding import decode
from index.readers.headline import Head, read_head
from index.types import Document
from tests.reading import document, marked, read, reason

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


@settings(deadline=None)
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
        ("Orlow speaks\nBy Jane Doe\n\nHe spoke.\n", Head("Orlow speaks", "Jane Doe")),
        ("Floods\n3 March 2031\nThe river rose.\n", Head("Floods", None, "2031-03-03")),
        ("Opinion\nBy Jane Doe\n\nWhy the dam failed us\n\nIt did.\n", Head("Why the dam failed us", "Jane Doe")),
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


@pytest.mark.parametrize(
    ("matter", "published", "meta"),
    [
        ("---\ntitle: Ferry\ndate: 2031-02-31\n---\n", None, {"date": "2031-02-31"}),
        ("---\ntitle: Ferry\ndate: 2031-02-31T10:00:00Z\n---\n", None, {"date": "2031-02-31T10:00:00Z"}),
        ("---\ntitle: Ferry\ndate: soon\npublished: 2031-03-03\n---\n", "2031-03-03", {"date": "soon"}),
        ("---\ntitle: Ferry\ndate: 3/4/2031\npublished: true\n---\n", None, {"date": "3/4/2031", "published": True}),
        ("---\ntitle: Ferry\npublished: 2031\ndate: 2031-03-03\n---\n", "2031-03-03", {"published": 2031}),
        ("---\ntitle: Ferry\ndate: 2031-03-03 23:30 -0500\ns: 2031-03-05\n---\n", "2031-03-04", {"s": "2031-03-05"}),
        ('+++\ntitle = "Ferry"\ndate = 2031-02-31 # soon\n+++\n', None, {"date": "2031-02-31"}),
        ('+++\ntitle = "Ferry"\ndate = 2031-03-03 23:30:00-05:00\n+++\n', "2031-03-04", {}),
    ],
)  # fmt: skip
def test_a_bad_date_in_front_matter_costs_neither_document_nor_front_matter(
    matter: str, published: str | None, meta: dict[str, object]
) -> None:
    """It is written for other tools as well: what is no date stays in `meta` as it stands, and the rest counts."""
    item = document(f"{matter}\nIt was dark.\n".encode(), "a.md")
    assert (item.title, item.published, item.meta) == ("Ferry", published, meta)
    assert marked(item) == [matter.rstrip("\n")]
