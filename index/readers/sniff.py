"""Which format a stream without a name has, told by its first bytes."""

import codecs
import io
import re
from typing import BinaryIO

from index.errors import ReadError
from index.readers.archive import open_zip
from index.readers.jsonl import sniff_jsonl
from index.readers.streams import chained, gunzipped, read_bounded, too_large
from index.settings import IndexSettings

_HEAD_BYTES = 1 << 16
"""Mails have been seen with 20 kB of headers."""
_GZIP = b"\x1f\x8b\x08"
_ZIP = b"PK\x03\x04"
_SPACE = b" \t\r\n"
# A comment's body is spelt so that it can end in one place only: the match stays linear.
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:[^-]|-(?!->))*-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_HEADER = re.compile(rb"([!-9;-~]+):|[ \t]")


def sniff(stream: BinaryIO, settings: IndexSettings) -> tuple[str, BinaryIO]:
    """The suffix of a stream's format, and a stream of all its bytes, without gzip around them.

    PDF, DOCX, EPUB, web pages, mails and boxes of them are known by how they begin; anything else is
    JSONL or plain text (see `sniff_jsonl`). Reads at most `settings.max_file_bytes`. Raises ReadError for
    broken gzip and for archives of another kind.
    """
    head, stream = _peeked(stream)
    if head.startswith(_GZIP):
        head, stream = _peeked(gunzipped(stream, settings.max_file_bytes))
        if head.startswith(_GZIP):
            raise ReadError("gzip within gzip; unpack it once")
    if head.startswith(_ZIP):
        data = read_bounded(stream, settings.max_file_bytes, too_large(settings.max_file_bytes))
        return _suffix_of_zip(data), io.BytesIO(data)
    suffix = _suffix_of_head(head)
    if suffix is None:
        is_jsonl, taken = sniff_jsonl(stream, settings.max_record_bytes)
        suffix, stream = ".jsonl" if is_jsonl else ".txt", chained(taken, stream)
    return suffix, stream


def _peeked(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """A stream's first bytes, and a stream of these and the others."""
    head = stream.read(_HEAD_BYTES)
    return head, chained(head, stream)


def _suffix_of_zip(data: bytes) -> str:
    with open_zip(data, "ZIP archive") as archive:
        names = archive.namelist()
        if "word/document.xml" in names:
            return ".docx"
        if "META-INF/container.xml" in names:
            return ".epub"
    raise ReadError("a ZIP archive that is neither .docx nor .epub; unpack it and index its files")


def _suffix_of_head(head: bytes) -> str | None:
    bare = head.removeprefix(codecs.BOM_UTF8).lstrip(_SPACE)
    if bare.startswith(b"%PDF-"):
        return ".pdf"
    if _is_mail(bare):
        return ".eml"
    if bare.startswith(b"From ") and _is_mail(bare.partition(b"\n")[2]):
        return ".mbox"
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return ".html" if _PAGE.match(head.decode("utf-16", "ignore") if wide else bare.decode("latin-1")) else None


def _is_mail(head: bytes) -> bool:
    """Whether it begins with a whole block of headers, and among them those that every mail has."""
    names: set[bytes] = set()
    for line in head.splitlines():
        if not line.strip():
            return {b"date", b"subject"} <= names and not names.isdisjoint({b"from", b"received"})
        found = _HEADER.match(line)
        if found is None:
            return False
        names.add((found[1] or b"").lower())
    return False
