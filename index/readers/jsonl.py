"""JSONL: one document a line."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from math import isinf
from typing import Any, BinaryIO

import msgspec

from index.errors import ReadError
from index.readers.encoding import WHOLE, refuse_binary
from index.readers.records import record_to_document
from index.readers.repeats import Repeats
from index.readers.streams import lines
from index.readers.twice import is_each_once, said_twice
from index.settings import IndexSettings
from index.types import Document, Rejected

_BOM = b"\xef\xbb\xbf"
_SNIFFED_LINES = 8
_MOST_DIGITS = 308
"""Larger whole numbers are beyond those that parsers know."""
_TOO_LARGE = object()
_SURROGATE_ESCAPE = re.compile(rb"\\u[dD][89a-fA-F]")


def read_jsonl(stream: BinaryIO, uri: str, settings: IndexSettings) -> Iterator[Document | Rejected]:
    """A document for each line, or a Rejected that names the line; blank lines are passed over.

    An id that came among the last records is rejected. Memory is bounded by `settings.max_record_bytes`.
    Raises ReadError when the file is binary.
    """
    repeats = Repeats(uri)
    for number, line in lines(stream, settings.max_record_bytes):
        if line is None:
            yield Rejected(uri, f"line {number}: longer than {settings.max_record_bytes:,} bytes; split it")
            continue
        if number == 1:
            refuse_binary(line[:4096])
            line = line.removeprefix(_BOM)  # noqa: PLW2901 -- the mark is no part of the line
        raw = line.strip()
        if not raw:
            continue
        try:
            document = record_to_document(decode_record(raw), uri, line.rstrip(b"\r\n"))
            yield repeats.checked(document, number)
        except ReadError as error:
            yield Rejected(uri, f"line {number}: {error.reason}")


def sniff_jsonl(stream: BinaryIO, limit: int) -> tuple[bool, bytes]:
    """Whether a stream is JSONL, and the bytes that were read from it to tell.

    It is when its first line that is not blank begins as an object, and one of the first few is a
    record with a "text", or is longer than `limit` bytes: a broken first line must not cost the others.
    """
    head = bytearray()
    filled = 0
    while filled < _SNIFFED_LINES and (line := stream.readline(limit + 1)):
        bare = line.strip() if head else line.removeprefix(_BOM).strip()
        head += line
        filled += bool(bare)
        if filled == 1 and bare and not bare.startswith(b"{"):
            break
        if len(line) > limit or (bare and _is_record(bare)):
            return True, bytes(head)
        if len(head) > limit:
            break
    return False, bytes(head)


def _is_record(line: bytes) -> bool:
    try:
        return "text" in _decode_object(line)
    except ReadError:
        return False


def decode_record(raw: bytes) -> dict[str, Any]:
    """The JSON object in these bytes, which says each name once. Raises ReadError with what is wrong and where."""
    record = _decode_object(raw)
    if not is_each_once(raw, record) and (twice := said_twice(raw)):
        first, second = (repr(value)[:40] for value in twice.values)
        raise ReadError(f"{twice.name}: it is there twice, as {first} and as {second}; keep one of them")
    return record


def _decode_object(raw: bytes) -> dict[str, Any]:
    record = decode_json(raw)
    if not isinstance(record, dict):
        raise ReadError("not a JSON object; expected {…} with a 'text'")
    return record


def decode_json(raw: bytes) -> Any:
    """The JSON value in these bytes. Raises ReadError with what is wrong and where."""
    try:
        return msgspec.json.decode(raw)
    except RecursionError as error:
        raise ReadError("not usable JSON (nested too deeply)") from error
    except UnicodeDecodeError as error:
        raise ReadError(f"not JSON (not valid UTF-8: {error.reason})") from error
    except msgspec.DecodeError as error:
        raise ReadError(_why_not_json(raw, error)) from error


def _where_too_large(raw: bytes) -> str:
    """The name that a number beyond all bounds stands behind, with a colon; nothing where it stands in a list."""
    names = list[str]()

    def gather(pairs: list[tuple[str, Any]]) -> None:
        names.extend(name for name, value in pairs if value is _TOO_LARGE)

    with suppress(ValueError, RecursionError):
        json.loads(
            raw,
            parse_int=lambda digits: _TOO_LARGE if len(digits) > _MOST_DIGITS else 0,
            parse_float=lambda digits: _TOO_LARGE if isinf(float(digits)) else 0,
            object_pairs_hook=gather,
        )
    return f"{names[0][:100]}: " if names else ""


def _why_not_json(raw: bytes, error: msgspec.DecodeError) -> str:
    """The decoder's own words; but it reports half a character as malformed JSON, which it is not."""
    if _SURROGATE_ESCAPE.search(raw):
        try:
            json.loads(raw)
        except (ValueError, RecursionError):
            pass
        else:
            return f"half a character (a lone surrogate) in a string; {WHOLE}"
    if "out of range" in str(error):
        return f"{_where_too_large(raw)}a number is too large; write it as a string"
    return f"not JSON ({error})"
