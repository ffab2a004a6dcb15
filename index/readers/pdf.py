"""PDF files."""

import io
import logging
import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from index.errors import ReadError
from index.readers.dates import from_datetime, undated
from index.readers.encoding import clean
from index.readers.headline import read_head
from index.readers.pdf_layout import Layout, Line, lay_out
from index.types import Document

_TAIL_BYTES = 2048
_LONGEST_TITLE = 200
# What word processors put where nobody wrote a title.
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint)\b.*|untitled.*|document\d*|.*\.(?:docx?|indd|qxd|pdf|rtf|odt|tex|dvi|pptx?))",
    re.IGNORECASE,
)
_HEADLINE_SCALE = 1.15


def read_pdf(data: bytes, uri: str, sha256: str) -> Document:
    """A PDF's text: lines joined to paragraphs with an empty line between them, and `pages` from 1.

    Headers and footers that return page after page, and page numbers, are furniture. Raises
    ReadError for what is broken, truncated, locked by a password, or has no text at all.
    """
    reader = _open(data)
    pages = [(number, list(_lines(page))) for number, page in _pages(reader)]
    layout = lay_out(pages)
    if not layout.text.strip():
        raise ReadError(
            "it holds no text: its pages seem to be images; run OCR first, for example `ocrmypdf IN.pdf OUT.pdf`"
        )
    title, author, created, meta = _properties(reader)
    title = title or _largest(pages)
    head = read_head(_without_furniture(layout), title)
    return Document(
        uri=uri,
        sha256=sha256,
        text=layout.text,
        title=title or head.title,
        author=head.author or author,
        published=head.published or created,
        source=head.source,
        meta=meta,
        pages=layout.pages,
        furniture=layout.furniture,
    )


def _open(data: bytes) -> Any:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of each oddity of each file
    if not data[:1024].lstrip().startswith(b"%PDF-"):
        raise ReadError("broken PDF (it does not begin with %PDF); export or download it again")
    tail = data[-_TAIL_BYTES:]
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise ReadError("truncated PDF (its end is missing); export or download it again")
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        locked = reader.is_encrypted and not reader.decrypt("")
    except Exception as error:
        raise ReadError(_broken(error)) from error
    if locked:
        raise ReadError(
            "encrypted PDF: it needs a password; save it without one, for example `qpdf --decrypt --password=… IN OUT`"
        )
    return reader


def _broken(error: Exception) -> str:
    reason = " ".join(str(error).split())[:200] or type(error).__name__
    return f"broken PDF ({reason}); export or download it again"


def _pages(reader: Any) -> Iterator[tuple[int, Any]]:
    try:
        yield from enumerate(reader.pages, start=1)
    except Exception as error:
        raise ReadError(_broken(error)) from error


def _lines(page: Any) -> Iterator[Line]:
    """A page's lines in reading order, with where they begin and how large they are, in points."""
    chunks: list[tuple[str, float, float, float]] = []

    def visit(text: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        if text:
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[2]) or 1.0
            chunks.append((text, x, y, float(size or 0) * scale))

    try:
        page.extract_text(visitor_text=visit)
    except Exception as error:
        raise ReadError(_broken(error)) from error
    yield from _split_lines(chunks)


def _split_lines(chunks: list[tuple[str, float, float, float]]) -> Iterator[Line]:
    parts: list[str] = []
    place: tuple[float, float, float] | None = None
    for text, x, y, size in [*chunks, ("\n", 0.0, 0.0, 0.0)]:
        for number, piece in enumerate(text.split("\n")):
            if number:
                line = " ".join(clean("".join(parts)).split())
                if line and place:
                    yield Line(line, *place)
                parts, place = [], None
            if piece.strip() and place is None:
                place = (x, y, size)
            parts.append(piece)


def _properties(reader: Any) -> tuple[str | None, str | None, str | None, dict[str, str]]:
    """Title, author and date of creation, as the document's properties state them; a date that is none is `meta`."""
    try:
        metadata = reader.metadata
        if metadata is None:
            return None, None, None, {}
        title, author, stated = _tidy(metadata.title), _tidy(metadata.author), _tidy(metadata.creation_date_raw)
    except Exception:  # noqa: BLE001 -- damaged properties are no reason to lose the text
        return None, None, None, {}
    try:
        created = from_datetime(metadata.creation_date)
    except Exception:  # noqa: BLE001 -- as above; a date that is none raises
        created = None
    return None if title and _NO_TITLE.fullmatch(title) else title, author, created, undated(stated, created)


def _tidy(value: Any) -> str | None:
    return (" ".join(clean(str(value)).split())[:500] or None) if value else None


def _largest(pages: list[tuple[int, list[Line]]]) -> str | None:
    """The first page's largest lines, when they are larger than most of its text."""
    lines = pages[0][1] if pages else []
    if len(lines) < 2:
        return None
    weights: dict[float, int] = {}
    for line in lines:
        weights[round(line.size, 1)] = weights.get(round(line.size, 1), 0) + len(line.text)
    usual = max(weights, key=lambda size: (weights[size], size))
    largest = max(weights)
    if largest < _HEADLINE_SCALE * usual:
        return None
    first = next(number for number, line in enumerate(lines) if round(line.size, 1) == largest)
    title = " ".join(line.text for line in takewhile(lambda line: round(line.size, 1) == largest, lines[first:]))
    return title if len(title) <= _LONGEST_TITLE else None


def _without_furniture(layout: Layout) -> str:
    parts = []
    last = 0
    for start, end in layout.furniture[:20]:
        parts.append(layout.text[last:start])
        last = end
    return "".join(parts) + layout.text[last:]
