"""HTML into a document: the article in reading order, and the text around it marked as furniture.

trafilatura says what the article is; the page's own tree says in which order its text stands and what else
lies in the article's container (related links, share bars, comments). A page without an article is read whole.
"""

import copy
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from index.errors import ReadError
from index.readers.page import DEPTH_LIMIT, Stretch, crude_stretches, decoded, head_alone, parsed, size, stretches
from index.readers.page_date import page_date
from index.types import Document, Span

MARKUP_LIMIT = 16_000_000
"""Bytes; the trees of larger pages, and the search for an article in them, take gigabytes of memory."""
_TAG_LIMIT = 1_000_000
"""Tags; pages of more take minutes, however short."""
TOO_MUCH_MARKUP = f"its markup is longer than {MARKUP_LIMIT:,} bytes; split it, or save the article as text"

_ARTICLE_LIMIT = 30_000
"""Elements above which the page is read whole: finding an article takes far more than linear time in them."""
_LONGEST_ARTICLE = 2_000_000
"""Characters above which the page is read whole: the comparison of its paragraphs takes memory for each word."""
_LEAST_ARTICLE = 250
"""Characters; a shorter article is taken for a chance find, unless the page says that it is an article."""

_SENTENCE_WORDS = 8
_SENTENCE_END = re.compile(r"[.!?…。][\"'’”»)\]]*\Z")
_WORD = re.compile(r"\w+")
_NO_SITE = re.compile(r"https?:|www\.|copyright\b|©", re.IGNORECASE)
_LONGEST_AUTHOR = 100
"""Characters; longer ones are a box on the page that was mistaken for a byline."""
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?=[-_]|\Z)")


@dataclass(slots=True)
class _Text:
    """A text that grows by paragraphs, and the spans of those that are furniture."""

    parts: list[str] = field(default_factory=list)
    furniture: list[Span] = field(default_factory=list)
    length: int = 0

    def add(self, text: str, *, is_furniture: bool = False) -> None:
        """Append a paragraph after an empty line."""
        start = self.length + 2 if self.parts else 0
        self.parts.append(text)
        self.length = start + len(text)
        if is_furniture:
            self.furniture.append((start, self.length))


def read_html(data: bytes, uri: str, sha256: str) -> Document:
    """Read a page.

    `text` holds the article's paragraphs with empty lines between them, table rows and list items on lines of
    their own; `furniture` are the spans of what stands in the article's container without belonging to it. The
    title is not repeated in the text. Raises ReadError when there is no text, or too much markup.
    """
    markup = decoded(data) if len(data) <= MARKUP_LIMIT else data
    if len(markup) > MARKUP_LIMIT:
        raise ReadError(TOO_MUCH_MARKUP)
    if markup.count(b"<") > _TAG_LIMIT:
        raise ReadError(f"it has more than {_TAG_LIMIT:,} tags; split it, or save the article as text")
    tree = parsed(markup)
    elements, depth = size(tree)
    page = crude_stretches(markup) if depth > DEPTH_LIMIT else list(stretches(tree))
    if not page:
        raise ReadError("the page has no text; it may be an empty template that a script fills in a browser")
    length = sum(len(stretch.text) for stretch in page)
    is_small = depth <= DEPTH_LIMIT and elements <= _ARTICLE_LIMIT and length <= _LONGEST_ARTICLE
    stated, says_article = _metadata(tree if is_small else head_alone(tree), uri)
    article = _article(tree) if is_small else []
    text = _Text()
    if sum(map(len, article)) >= (_LEAST_ARTICLE // 2 if says_article else _LEAST_ARTICLE):
        _weave(article, page, text, stated.get("title"))
    else:
        for stretch in page:
            text.add(stretch.text)
    return Document(uri=uri, sha256=sha256, text="\n\n".join(text.parts), furniture=tuple(text.furniture), **stated)


def _article(tree: Any) -> list[str]:
    """The paragraphs that trafilatura takes for the article; none where it finds none."""
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(
            copy.deepcopy(tree), favor_precision=True, include_comments=False, include_tables=True, with_metadata=False
        )
    except Exception:  # noqa: BLE001  (broken markup makes it fail in many ways; the page is then read whole)
        return []
    body = getattr(found, "body", None)
    return [] if body is None else [stretch.text for stretch in stretches(body)]


def _key(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text))


def _weave(article: list[str], page: list[Stretch], text: _Text, title: str | None) -> None:
    """The article's paragraphs, and between and after them what its container holds besides."""
    places: dict[tuple[str, ...], list[int]] = {}
    for index, stretch in enumerate(page):
        places.setdefault(_key(stretch.text), []).append(index)
    anchors: list[int | None] = []
    last = -1
    for paragraph in article:
        indexes = places.get(_key(paragraph), [])
        at = bisect_right(indexes, last)
        anchors.append(indexes[at] if at < len(indexes) else None)
        last = indexes[at] if at < len(indexes) else last
    frame = _Frame.around(article, [page[index].element for index in anchors if index is not None])
    headline = _key(title) if title else None
    position = next((index for index in anchors if index is not None), len(page))
    for paragraph, anchor in zip(article, anchors, strict=True):
        if anchor is not None:
            for stretch in filter(frame.holds, page[position:anchor]):
                text.add(stretch.text, is_furniture=not frame.has_missed(stretch, is_between=True))
            position = anchor + 1
        text.add(paragraph, is_furniture=_key(paragraph) == headline)
    for stretch in filter(frame.holds, page[position:]):
        text.add(stretch.text, is_furniture=not frame.has_missed(stretch, is_between=False))


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where an article stands in its page: its container, the parents of its paragraphs, and what it says."""

    container: Any
    columns: frozenset[Any]
    known: frozenset[tuple[str, ...]]

    @classmethod
    def around(cls, article: list[str], elements: list[Any]) -> "_Frame":
        """The frame of an article whose paragraphs stand in `elements`, as far as they were found."""
        columns = frozenset(_column(element) for element in elements if element.tag == "p")
        return cls(_container(elements), columns, frozenset(gram for text in article for gram in _grams(text)))

    def holds(self, stretch: Stretch) -> bool:
        """Whether it stands in the container without saying what the article says anyway."""
        grams = _grams(stretch.text)
        return sum(gram in self.known for gram in grams) * 2 < len(grams) and _lies_in(stretch.element, self.container)

    def has_missed(self, stretch: Stretch, *, is_between: bool) -> bool:
        """Whether it is the article's: a sentence in the same kind of column, or a quotation between paragraphs."""
        element = stretch.element
        if element.tag == "p" and _column(element) in self.columns and _is_sentence(stretch.text):
            return True
        return is_between and any(e.tag == "blockquote" for e in (element, *element.iterancestors()))


def _column(element: Any) -> tuple[Any, ...]:
    """What paragraphs of one text share: the kind of element they stand in, by tag and class."""
    parent = element.getparent()
    return () if parent is None else (parent.tag, parent.get("class") or parent)


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= _SENTENCE_WORDS and _SENTENCE_END.search(text[-4:]) is not None


def _grams(text: str) -> list[tuple[str, ...]]:
    """Every four words in a row, or all of them where there are fewer."""
    words = _key(text)
    return [words[index : index + 4] for index in range(max(1, len(words) - 3))]


def _container(elements: list[Any]) -> Any:
    """The innermost element around all of `elements`, or the article or main element around it."""
    if not elements:
        return None
    common = [elements[0], *elements[0].iterancestors()]
    for element in elements[1:]:
        around = {element, *element.iterancestors()}
        common = [candidate for candidate in common if candidate in around]
    named = [element for element in common if element.tag in ("article", "main")]
    return (named or common)[0]


def _lies_in(element: Any, container: Any) -> bool:
    return container is not None and (element is container or any(a is container for a in element.iterancestors()))


def _metadata(tree: Any, uri: str) -> tuple[dict[str, Any], bool]:
    """What the page states of itself, by the names of `Document`'s fields, and whether it says it is an article."""
    from trafilatura.metadata import extract_metadata

    language = _LANGUAGE.match((tree.get("lang") or tree.get("xml:lang") or "").strip())
    host = urlsplit(uri).hostname if uri.startswith(("http://", "https://")) else None
    day, no_day = page_date(tree)
    known: dict[str, Any] = {
        "language": language.group().lower() if language else None,
        "source": host,
        "published": day,
        "meta": {"published": no_day} if no_day else {},
    }
    try:
        found = extract_metadata(copy.deepcopy(tree), default_url=uri if host else None, extensive=False)
    except Exception:  # noqa: BLE001  (as above: what a page says of itself is optional)
        return known, False
    site, author = _line(found.sitename), _line((found.author or "").replace("; ", ", "))
    if site and _NO_SITE.match(site):
        site = None
    stated = {
        "title": _without_site(_line(found.title), site),
        "author": author if author and len(author) <= _LONGEST_AUTHOR else None,
        "published": day or (None if no_day else _line(found.date)),
        "source": site or _line(found.hostname) or host,
    }
    return known | stated, found.pagetype == "article"


def _without_site(title: str | None, site: str | None) -> str | None:
    """A browser's title often ends in the site's name."""
    if title and site:
        for sign in ("|", "-", "–", "—", "·", "»"):
            if title.endswith(ending := f" {sign} {site}"):
                return title.removesuffix(ending).rstrip()
    return title


def _line(value: str | None) -> str | None:
    return " ".join((value or "").split()) or None
