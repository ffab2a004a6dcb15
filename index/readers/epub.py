"""EPUB books and magazines."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from index.errors import ReadError
from index.readers.archive import open_zip, read_member
from index.readers.dates import normalise_date, undated
from index.readers.encoding import clean
from index.types import Document, PageStart, Span

_DC = "{http://purl.org/dc/elements/1.1/}"
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tr",
        "ul",
    ]
)
_SILENT = frozenset({"head", "script", "style", "template", "svg", "rp", "rt"})
_HEADINGS = frozenset({"h1", "h2", "h3"})
# Obfuscated fonts are not encrypted text; every other algorithm is.
_FONT_OBFUSCATION = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_DEEPEST = 500


@dataclass(frozen=True, slots=True)
class _Chapter:
    title: str | None
    text: str
    is_contents: bool


def read_epub(data: bytes, uri: str, sha256: str) -> Document:
    """An EPUB's chapters in reading order; `pages` are the chapters' titles, a table of contents is furniture.

    Raises ReadError for what is broken, encrypted (DRM) or without text.
    """
    archive = open_zip(data, "EPUB")
    _refuse_encrypted(archive)
    folder, package = _package(archive)
    chapters = [chapter for chapter in _chapters(archive, folder, package) if chapter.text.strip()]
    if not chapters:
        raise ReadError("it holds no text; if its pages are images, run OCR first")
    text, pages, furniture = _join(chapters)
    stated = _field(package, "date")
    day = normalise_date(stated) if stated else None
    language = _field(package, "language") or ""
    return Document(
        uri=uri,
        sha256=sha256,
        text=text,
        title=_field(package, "title"),
        author=", ".join(_fields(package, "creator")) or None,
        published=day,
        source=_field(package, "publisher"),
        language=language[:2].lower() if re.match(r"[A-Za-z]{2}(?:-|$)", language) else None,
        meta=undated(stated, day),
        pages=pages,
        furniture=furniture,
    )


def _join(chapters: list[_Chapter]) -> tuple[str, tuple[PageStart, ...], tuple[Span, ...]]:
    parts: list[str] = []
    pages: list[PageStart] = []
    furniture: list[Span] = []
    start = 0
    for number, chapter in enumerate(chapters, start=1):
        pages.append(PageStart(start, chapter.title or f"Section {number}"))
        if chapter.is_contents:
            furniture.append((start, start + len(chapter.text)))
        parts.append(chapter.text)
        start += len(chapter.text) + 2
    return "\n\n".join(parts), tuple(pages), tuple(furniture)


def _refuse_encrypted(archive: zipfile.ZipFile) -> None:
    if "META-INF/encryption.xml" not in archive.namelist():
        return
    tree = _xml(read_member(archive, "META-INF/encryption.xml", "EPUB"))
    for method in tree.iter("{http://www.w3.org/2001/04/xmlenc#}EncryptionMethod"):
        if method.getparent().tag.endswith("}EncryptedData") and method.get("Algorithm") not in _FONT_OBFUSCATION:
            raise ReadError("it is encrypted (DRM); only an EPUB without copy protection can be read")


def _package(archive: zipfile.ZipFile) -> tuple[str, Any]:
    """The folder and the tree of the package document."""
    container = _xml(read_member(archive, "META-INF/container.xml", "EPUB"))
    rootfile = next(container.iter("{*}rootfile"), None)
    path = rootfile.get("full-path") if rootfile is not None else None
    if not path:
        raise ReadError("broken EPUB (its container names no package); export or download it again")
    return posixpath.dirname(path), _xml(read_member(archive, path, "EPUB"))


def _xml(data: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        tree = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise ReadError(f"broken EPUB ({error}); export or download it again") from error
    if tree is None:
        raise ReadError("broken EPUB (an empty XML file); export or download it again")
    return tree


def _fields(package: Any, name: str) -> list[str]:
    values = (" ".join(clean("".join(node.itertext())).split()) for node in package.iter(_DC + name))
    return [value for value in values if value]


def _field(package: Any, name: str) -> str | None:
    return next(iter(_fields(package, name)), None)


def _chapters(archive: zipfile.ZipFile, folder: str, package: Any) -> Iterator[_Chapter]:
    items = {item.get("id"): item for item in package.iter("{*}item")}
    titles = _contents(archive, folder, items)
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or "html" not in (item.get("media-type") or "html"):
            continue
        path = _resolve(folder, item.get("href") or "")
        if path not in archive.namelist():
            continue
        heading, text = _read_page(read_member(archive, path, "EPUB"))
        is_contents = "nav" in (item.get("properties") or "").split()
        yield _Chapter(titles.get(path) or heading, text, is_contents)


def _resolve(folder: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))


def _contents(archive: zipfile.ZipFile, folder: str, items: dict[Any, Any]) -> dict[str, str]:
    """Chapter titles by path, from the EPUB 3 navigation or the EPUB 2 NCX."""
    titles: dict[str, str] = {}
    for item in items.values():
        is_nav = "nav" in (item.get("properties") or "").split()
        if not is_nav and item.get("media-type") != "application/x-dtbncx+xml":
            continue
        path = _resolve(folder, item.get("href") or "")
        if path not in archive.namelist():
            continue
        tree = _xml(read_member(archive, path, "EPUB"))
        for href, title in _nav_links(tree) if is_nav else _ncx_links(tree):
            titles.setdefault(_resolve(posixpath.dirname(path), href), title)
    return titles


def _nav_links(tree: Any) -> Iterator[tuple[str, str]]:
    for link in tree.iter("{*}a"):
        title = " ".join(clean("".join(link.itertext())).split())
        if link.get("href") and title:
            yield link.get("href"), title


def _ncx_links(tree: Any) -> Iterator[tuple[str, str]]:
    for point in tree.iter("{*}navPoint"):
        label, content = point.find("{*}navLabel"), point.find("{*}content")
        if label is not None and content is not None and content.get("src"):
            title = " ".join(clean("".join(label.itertext())).split())
            if title:
                yield content.get("src"), title


def _read_page(data: bytes) -> tuple[str | None, str]:
    """The first heading and the text of one page of XHTML, an empty line between its blocks."""
    from lxml import etree, html

    try:
        tree = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8", recover=True))
    except (etree.LxmlError, ValueError):
        return None, ""
    blocks: list[list[str]] = [[]]
    _walk(tree, blocks, 0)
    texts = (_tidy("".join(block)) for block in blocks)
    heading = next((node for node in tree.iter() if node.tag in _HEADINGS), None)
    title = _tidy(" ".join(heading.itertext())).replace("\n", " ") if heading is not None else None
    return title or None, "\n\n".join(text for text in texts if text)


def _walk(node: Any, blocks: list[list[str]], depth: int) -> None:
    """Append a node's words to the last block, beginning a new one around each block element."""
    tag = node.tag if isinstance(node.tag, str) else None
    if tag is not None and tag not in _SILENT and depth < _DEEPEST:
        is_block = tag in _BLOCKS
        if is_block:
            blocks.append([])
        if tag == "br":
            blocks[-1].append("\x0b")
        if tag in ("td", "th") and node.getprevious() is not None:
            blocks[-1].append(" | ")
        blocks[-1].append(re.sub(r"\s+", " ", node.text or ""))
        for child in node:
            _walk(child, blocks, depth + 1)
        if is_block:
            blocks.append([])
    blocks[-1].append(re.sub(r"\s+", " ", node.tail or ""))


def _tidy(text: str) -> str:
    """One space between words; a `br`, which came as a vertical tab, is a new line."""
    lines = (" ".join(line.split()) for line in text.split("\x0b"))
    return clean("\n".join(lines)).strip("\n")
