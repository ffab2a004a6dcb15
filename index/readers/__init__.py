"""Files and streams to documents, whatever their format; what cannot be read is rejected with a reason."""

import codecs
import io
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from index import languages
from index.errors import ReadError
from index.readers import records
from index.readers.csv import read_csv
from index.readers.docx import read_docx
from index.readers.encoding import EMPTY, refuse_binary
from index.readers.epub import read_epub
from index.readers.formats import SUFFIXES, is_gzipped, suffix_of, unknown_format
from index.readers.html import MARKUP_LIMIT, TOO_MUCH_MARKUP, read_html
from index.readers.jsonl import read_jsonl
from index.readers.mail import read_mail, read_mbox
from index.readers.markdown import read_markdown
from index.readers.pdf import read_pdf
from index.readers.sniff import sniff
from index.readers.streams import gunzipped, read_bounded, too_large
from index.readers.text import read_text
from index.settings import IndexSettings
from index.types import Document, Rejected

__all__ = ["READER_VERSION", "SUFFIXES", "read_file", "read_stream", "record_to_document"]

READER_VERSION = 5
"""Goes up when the same bytes become another document, so that libraries read them again."""

_HEAD_BYTES = 1 << 16
_CHAR_BYTES = 8
"""No character of a text takes more bytes in any encoding, even of a line end in UTF-32."""
_PLAIN = frozenset({".txt", ".md", ".markdown"})
_PAGES = frozenset({".html", ".htm", ".xhtml"})


def _read_page(data: bytes, uri: str, digest: str) -> Document:
    """A web page; parsers of HTML make something of anything, so what is no text is refused first."""
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        refuse_binary(data[:_HEAD_BYTES])
    return read_html(data, uri, digest)


Single = Callable[[bytes, str, str], Document]
Streamed = Callable[[BinaryIO, str, IndexSettings], Iterator[Document | Rejected]]

_SINGLE: dict[str, Single] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": _read_page,
    ".htm": _read_page,
    ".xhtml": _read_page,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".epub": read_epub,
    ".eml": read_mail,
}
_STREAMED: dict[str, Streamed] = {".jsonl": read_jsonl, ".ndjson": read_jsonl, ".csv": read_csv, ".mbox": read_mbox}


def read_file(
    path: Path, uri: str, settings: IndexSettings, tell: Callable[[int], None] | None = None
) -> Iterator[Document | Rejected]:
    """The documents of one file, its format told by its name; never raises for bad input.

    `tell` is told after each of them how many bytes of the file were read.
    """
    if suffix_of(path.name) is None:
        yield Rejected(uri, unknown_format(path.name))
        return
    try:
        reason = _refused(path.stat(), settings.max_file_bytes)
        if reason:
            yield Rejected(uri, reason)
            return
        with path.open("rb") as stream:
            for item in read_stream(stream, path.name, uri, settings):
                yield item
                if tell is not None:
                    tell(stream.tell())
    except OSError as error:
        yield Rejected(uri, _os_reason(error))


def _refused(status: os.stat_result, most_bytes: int) -> str | None:
    """Why what lies at a path is not opened at all."""
    if not stat.S_ISREG(status.st_mode):
        return "not a file; name a file or folder, or pipe the text in"
    return too_large(most_bytes) if status.st_size > most_bytes else None


def read_stream(stream: BinaryIO, name: str, uri: str, settings: IndexSettings) -> Iterator[Document | Rejected]:
    """The documents of a stream; never raises for bad input.

    `name` tells the format by its suffix; without one the first bytes tell it, see `index.readers.sniff`.
    """
    empty = True
    try:
        for item in _read(stream, name, uri, settings):
            empty = False
            yield _bounded(_finish(item), settings) if isinstance(item, Document) else item
        if empty:
            yield Rejected(uri, EMPTY)
    except ReadError as error:
        yield Rejected(uri, error.reason)
    except OSError as error:
        yield Rejected(uri, _os_reason(error))
    except MemoryError:
        yield Rejected(uri, "too large for this machine's memory; split it")
    except Exception as error:  # noqa: BLE001 -- parsers raise anything on hostile bytes, and the run must go on
        detail = " ".join(str(error).split())[:200]
        yield Rejected(uri, f"broken ({type(error).__name__}: {detail}); export or download it again")


def record_to_document(record: Mapping[str, Any], uri_base: str, raw: bytes) -> Document:
    """The document a record (JSON object) describes; see `index.readers.records`. Raises ReadError."""
    return _finish(records.record_to_document(record, uri_base, raw))


def _read(stream: BinaryIO, name: str, uri: str, settings: IndexSettings) -> Iterator[Document | Rejected]:
    suffix = suffix_of(name)
    if suffix is None:
        suffix, stream = sniff(stream, settings)
    if suffix in _STREAMED:
        source = gunzipped(stream, settings.max_file_bytes) if is_gzipped(name) else stream
        yield from _STREAMED[suffix](source, uri, settings)
        return
    limit, reason = _limit(suffix, settings)
    if is_gzipped(name):
        raw = read_bounded(stream, settings.max_file_bytes, too_large(settings.max_file_bytes))
        data = read_bounded(gunzipped(io.BytesIO(raw), settings.max_file_bytes), limit, reason) if raw else raw
    else:
        data = raw = read_bounded(stream, limit, reason)
    digest = sha256(raw).hexdigest()
    if not data.strip():
        raise ReadError(EMPTY)
    document = _SINGLE[suffix](data, uri, digest)
    if not document.text.strip():
        raise ReadError("it holds no text; export it with its text (scans: run OCR), or leave it out")
    yield document


def _limit(suffix: str, settings: IndexSettings) -> tuple[int, str]:
    """How many bytes a file of this format may have, and the reason when there are more.

    Parsing and the search for an encoding cost many times what reading does, so what is bound to
    be refused for its length is refused before.
    """
    limits = [(settings.max_file_bytes, too_large(settings.max_file_bytes))]
    if suffix in _PLAIN:
        limits.append((_CHAR_BYTES * settings.max_document_chars, _too_long(settings)))
    elif suffix in _PAGES:
        limits.append((MARKUP_LIMIT, TOO_MUCH_MARKUP))
    elif suffix == ".eml":
        most = settings.max_record_bytes
        limits.append((most, f"longer than {most:,} bytes; save it without attachments, or raise max_record_bytes"))
    return min(limits)


def _bounded(document: Document, settings: IndexSettings) -> Document | Rejected:
    """The document, unless it holds more text than can be derived in a reader's lifetime."""
    if len(document.text) <= settings.max_document_chars:
        return document
    return Rejected(document.uri, _too_long(settings))


def _too_long(settings: IndexSettings) -> str:
    return f"its text is longer than {settings.max_document_chars:,} characters; split it, or raise max_document_chars"


def _finish(document: Document) -> Document:
    """The document with its language, unless the format states it."""
    if document.language is not None:
        return document
    spans = document.furniture
    start = spans[0][1] if spans and spans[0][0] == 0 else 0
    language = languages.detect(document.text[start : start + 2000])
    return document if language is None else replace(document, language=language)


def _os_reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "cannot be read: permission denied; give the user who runs this the right to read it"
    if isinstance(error, FileNotFoundError):
        return "it vanished while it was being read; run it again"
    return f"cannot be read: {error.strerror or error}"
