"""Word documents (.docx)."""

import io
import re
from collections.abc import Iterator
from typing import Any

from index.errors import ReadError
from index.readers.archive import open_zip
from index.readers.dates import from_datetime, undated
from index.readers.encoding import clean
from index.readers.headline import read_head
from index.types import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_CREATED = "{http://purl.org/dc/terms/}created"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OLE = b"\xd0\xcf\x11\xe0"
_SPACES = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# Content controls, tracked insertions and custom markup, around paragraphs or rows.
_WRAPPERS = frozenset(_W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_TITLE_STYLES = frozenset({"title", "heading 1", "titel", "titre"})
# What python-docx's own template states of every document made with it.
_TEMPLATE_AUTHOR = "python-docx"


def read_docx(data: bytes, uri: str, sha256: str) -> Document:
    """A Word document's paragraphs and tables in their order, one empty line between them.

    A table row is a line, its cells joined by ` | `. Text boxes follow the paragraph they hang on.
    Raises ReadError for what is broken, encrypted or without text.
    """
    document = _open(data)
    text = clean("\n\n".join(_blocks(document.element.body))).strip("\n")
    if not text.strip():
        raise ReadError("it holds no text; if its pages are images, run OCR first")
    properties = document.core_properties
    generated = properties.author == _TEMPLATE_AUTHOR
    title = _tidy(properties.title) or _styled_title(document)
    head = read_head(text, title)
    created = None if generated else from_datetime(properties.created)
    stated = None if generated else _tidy(properties._element.findtext(_CREATED))
    return Document(
        uri=uri,
        sha256=sha256,
        text=text,
        title=title or head.title,
        author=head.author or (None if generated else _tidy(properties.author)),
        published=head.published or created,
        source=head.source,
        meta=undated(stated, created),
        language=None,
    )


def _open(data: bytes) -> Any:
    if data.startswith(_OLE):
        raise ReadError("an encrypted or an old Word file; save it as .docx without a password")
    open_zip(data, "DOCX").close()
    import docx

    try:
        return docx.Document(io.BytesIO(data))
    except Exception as error:
        reason = " ".join(str(error).split())[:200]
        raise ReadError(f"broken DOCX ({reason}); open it in Word and save it again") from error


def _tidy(value: str | None) -> str | None:
    return (" ".join(clean(value).split()) or None) if value else None


def _styled_title(document: Any) -> str | None:
    """The first paragraph in a title's style."""
    names = {style.style_id: (style.name or "").lower() for style in document.styles}
    for paragraph in document.element.body.iter(f"{_W}p"):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        if style is not None and names.get(style.get(f"{_W}val")) in _TITLE_STYLES:
            title = _tidy(_paragraph(paragraph)[0])
            if title:
                return title[:300]
    return None


def _blocks(container: Any) -> Iterator[str]:
    """Paragraphs and tables below an element, in order, through content controls and tracked insertions."""
    for child in container.iterchildren(tag=None):
        if child.tag == f"{_W}p":
            text, boxes = _paragraph(child)
            if text.strip():
                yield text.strip()
            for box in boxes:
                yield from _blocks(box)
        elif child.tag == f"{_W}tbl":
            if table := _table(child):
                yield table
        elif child.tag in _WRAPPERS:
            yield from _blocks(child)


def _table(table: Any) -> str:
    rows = []
    for row in _rows(table):
        cells = [re.sub(r"\s+", " ", " ".join(_blocks(cell))).strip() for cell in row.iterchildren(f"{_W}tc")]
        if any(cells):
            rows.append(" | ".join(cells))
    return "\n".join(rows)


def _rows(container: Any) -> Iterator[Any]:
    """A table's own rows, not those of tables inside its cells."""
    for child in container.iterchildren(tag=None):
        if child.tag == f"{_W}tr":
            yield child
        elif child.tag in _WRAPPERS:
            yield from _rows(child)


def _paragraph(paragraph: Any) -> tuple[str, list[Any]]:
    """A paragraph's text, tracked deletions left out, and the text boxes anchored in it."""
    parts: list[str] = []
    boxes: list[Any] = []
    stack = [paragraph]
    while stack:
        node = stack.pop()
        tag = node.tag
        if tag == f"{_W}txbxContent":
            boxes.append(node)
        elif tag in (f"{_W}t", f"{_M}t"):
            parts.append(node.text or "")
        elif tag in _SPACES and node.getparent().tag == f"{_W}r":
            parts.append(_SPACES[tag])
        # A Fallback repeats what stands in the Choice before it.
        elif tag != _FALLBACK:
            stack.extend(reversed(node))
    return "".join(parts), boxes
