"""JSONL: one document a line."""

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from index.errors import ReadError
from index.readers.encoding import refuse_binary
from index.readers.records import record_to_document
from index.readers.streams import lines
from index.settings import IndexSettings
from index.types import Document, Rejected

_BOM = b"\xef\xbb\xbf"
_SURROGATE_ESCAPE = re.compile(rb"\\u[dD][89a-fA-F]")


def read_jsonl(stream: BinaryIO, uri: str, settings: IndexSettings) -> Iterator[Document | Rejected]:
    """A document for each line, or a Rejected that names the line; blank lines are passed over.

    Memory is bounded by `settings.max_record_bytes`. Raises ReadError when the file is binary.
    """
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
            yield record_to_document(decode_record(raw), uri, line.rstrip(b"\r\n"))
        except ReadError as error:
            yield Rejected(uri, f"line {number}: {error.reason}")


def decode_record(raw: bytes) -> dict[str, Any]:
    """The JSON object in these bytes. Raises ReadError with what is wrong and where."""
    try:
        record = msgspec.json.decode(raw)
    except RecursionError as error:
        raise ReadError("not usable JSON (nested too deeply)") from error
    except UnicodeDecodeError as error:
        raise ReadError(f"not JSON (not valid UTF-8: {error.reason})") from error
    except msgspec.DecodeError as error:
        raise ReadError(_why_not_json(raw, error)) from error
    if not isinstance(record, dict):
        raise ReadError("not a JSON object; expected {…} with a 'text'")
    return record


def _why_not_json(raw: bytes, error: msgspec.DecodeError) -> str:
    """The decoder's own words; but it reports half a character as malformed JSON, which it is not."""
    if _SURROGATE_ESCAPE.search(raw):
        try:
            json.loads(raw)
        except (ValueError, RecursionError):
            pass
        else:
            return "half a character (a lone surrogate) in a string"
    return f"not JSON ({error})"
