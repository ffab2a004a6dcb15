"""HTML: the article's text and what the page says of itself, whatever the markup."""

import gzip
import json
import re
from collections import Counter
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ReadError
from index.furniture import blocks
from index.readers.html import read_html
from index.types import Document
from tests.shared import SHARED

PAGES = SHARED / "data" / "pages"
FRAGMENTS = SHARED / "data" / "files" / "docling-html"

PROSE = "The council of Vellmar met on Monday evening to talk about the ferry pier, which has been closed since May."
ARTICLE = f"""<!doctype html><html lang="en-GB"><head><title>Pier to close | The Vellmar Post</title>
<meta property="og:site_name" content="The Vellmar Post"><meta name="author" content="Ada Orr">
<meta property="og:type" content="article">
<meta property="article:published_time" content="2024-05-06T10:00:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav>
<main><article><h1>Pier to close</h1><p>{PROSE}</p><p>{PROSE.replace("Monday", "Tuesday")}</p>
<aside><h3>Related articles</h3><a href="/x">Ferry fares to rise again</a></aside>
<p>{PROSE.replace("Monday", "Friday")}</p><blockquote><p>We waited &amp; waited.</p></blockquote>
<p>{PROSE.replace("Monday", "Sunday")}</p></article></main>
<footer>Imprint</footer><script>var a = "<p>no text</p>";</script></body></html>"""


def read(page: str | bytes) -> Document:
    """A page, read."""
    return read_html(page.encode() if isinstance(page, str) else page, "file:///page.html", "0" * 64)


def body(document: Document) -> str:
    """The text of the blocks that are searched."""
    return "\n\n".join(document.text[b.start : b.end] for b in blocks(document) if b.kind == "body")


def grams(text: str) -> Counter[tuple[str, ...]]:
    """Every four words in a row, with their counts, as the benchmark of these pages counts them."""
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[index : index + 4]) for index in range(max(1, len(words) - 3)))


@cache
def page_scores() -> tuple[tuple[float, float], ...]:
    """Precision and recall of every page's body against the one made by hand; takes about 5 s."""
    scores = []
    for truth in json.loads((PAGES / "ground-truth.json").read_text(encoding="utf-8")).values():
        wanted = grams(truth["articleBody"])
        found = grams(body(read(gzip.decompress((PAGES / truth["file"]).read_bytes()))))
        common = (wanted & found).total()
        scores.append((common / max(1, found.total()), common / max(1, wanted.total())))
    return tuple(scores)


def f1(precision: float, recall: float) -> float:
    """The harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def test_bodies_agree_with_those_made_by_hand() -> None:
    """Over 60 pages, word 4-gram F1 is at least 0.93, of the mean precision and recall as well as on average."""
    if not PAGES.is_dir():
        pytest.skip(f"{PAGES} is missing")
    scores = page_scores()
    precision, recall = (sum(score[side] for score in scores) / len(scores) for side in (0, 1))
    mean = sum(f1(*score) for score in scores) / len(scores)
    assert len(scores) == 60
    assert min(f1(precision, recall), mean) >= 0.93, f"P {precision:.3f} R {recall:.3f} mean F1 {mean:.3f}"


def test_fragments_and_tables_give_all_their_words() -> None:
    """Pages without an article are read whole."""
    if not FRAGMENTS.is_dir():
        pytest.skip(f"{FRAGMENTS} is missing")
    for path in sorted(FRAGMENTS.glob("*.html")):
        text = read(path.read_bytes()).text
        assert text.strip(), path.name
        assert "<" not in text or "&lt;" in path.read_text(encoding="utf-8"), path.name


def test_an_article_is_read_with_what_its_page_states() -> None:
    """Title, author, date, source and language come from the page; the article is body, the rest is not."""
    document = read(ARTICLE)
    stated = (document.title, document.author, document.published, document.source, document.language)
    assert stated == ("Pier to close", "Ada Orr", "2024-05-06", "The Vellmar Post", "en")
    assert body(document).split("\n\n") == [
        PROSE,
        PROSE.replace("Monday", "Tuesday"),
        PROSE.replace("Monday", "Friday"),
        "We waited & waited.",
        PROSE.replace("Monday", "Sunday"),
    ]


def test_related_links_stay_in_the_text_as_furniture() -> None:
    """What stands in the article's container besides it is kept and marked; the rest of the page is left out."""
    document = read(ARTICLE)
    kept = [document.text[start:end] for start, end in document.furniture]
    assert "Ferry fares to rise again" in kept
    assert "Imprint" not in document.text
    assert "no text" not in document.text


def test_tables_lists_and_line_breaks_keep_their_lines() -> None:
    """A row is a line with tabs, an item and a line break a line, a paragraph stands between empty lines."""
    page = "<h1>T</h1><table><tr><th>a<th>b<tr><td>1<td>2</table><ul><li>x<li>y</ul><p>one<br>two"
    assert read(page).text == "T\n\na\tb\n1\t2\n\nx\ny\n\none\ntwo"


@pytest.mark.parametrize(
    "page",
    [
        "<p>café “q”".encode("utf-8-sig"),
        "<p>café “q”".encode("utf-16"),
        "<p>café “q”".encode(),
        b'<meta charset="iso-8859-1"><p>caf\xe9 \x93q\x94',
        b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><p>caf\xe9 \x93q\x94',
        '<meta charset="nonsense"><p>café “q”'.encode(),
        b"<p>caf\xe9 \x93q\x94",
    ],
)
def test_encodings_are_recognised(page: bytes) -> None:
    """By byte order mark, by what the page says, and else by trial."""
    assert read(page).text == "café “q”"


@pytest.mark.parametrize(
    "page", ["", "   ", "<html><body></body></html>", "<script>x</script>", "<!-- x -->", "<p>&nbsp;"]
)
def test_a_page_without_text_is_rejected(page: str) -> None:
    """No text is a reason, not an empty document."""
    with pytest.raises(ReadError):
        read(page)


@pytest.mark.parametrize("tag", ["div", "span", "ul><li", "table><tr><td", "b", "blockquote"])
def test_deep_nesting_loses_no_text(tag: str) -> None:
    """Text below thousands of elements is found, in bounded depth of calls."""
    assert "The council met." in read(f"<{tag}>" * 20_000 + "The council met.").text


def test_a_huge_page_is_read_whole() -> None:
    """Pages too large for finding their article are still read."""
    assert read("<p>hello there world</p>" * 40_000).text.count("world") == 40_000


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<div ", ">", "<", "&#xD800;", "&amp", "<table>", "<td>", "\0", "<!--", "é", "word "]
        ),
        max_size=40,
    ).map("".join)
)
def test_broken_markup_raises_nothing_but_read_errors(page: str) -> None:
    """Whatever the markup, there is a document with text, or a reason."""
    try:
        document = read(page)
    except ReadError:
        return
    assert document.text.strip()
    document.text.encode()


@given(st.binary(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_or_rejected(data: bytes) -> None:
    """The same for bytes that are no markup at all."""
    try:
        read(data).text.encode()
    except ReadError:
        return
