"""A body of `POST /documents` as the JSON lines that the indexing job reads.

Every document is checked before any is taken: a batch goes in whole or not at all.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from index.errors import ReadError
from index.readers.records import record_to_document
from search.web.errors import UploadError, UploadTypeError

TEXT_FIELDS = frozenset({"id", "title", "author", "published", "source", "url"})
"""What a query string may say about a text that is sent plain."""


def to_lines(body: bytes, content_type: str, query: Mapping[str, str]) -> list[bytes]:
    """Turn a body into one line of JSON for each document. Raises UploadError, UploadTypeError."""
    media_type, _, parameters = content_type.partition(";")
    media_type = media_type.strip().lower()
    if media_type == "application/json" or media_type.endswith("+json"):
        _check_query(query, frozenset())
        return [_to_line(name, record) for name, record in _records(body)]
    if media_type == "text/plain":
        _check_query(query, TEXT_FIELDS)
        return [_to_line("text", {**query, "text": _decode(body, parameters)})]
    raise UploadTypeError(media_type)


def _records(body: bytes) -> list[tuple[str, Any]]:
    """The documents of a JSON body, each with the name by which an error calls it."""
    try:
        value = msgspec.json.decode(body)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise UploadError("body", f"it is not valid JSON ({error})") from error
    if isinstance(value, dict) and "documents" in value and "text" not in value:
        batch = value["documents"]
        unknown = sorted(value.keys() - {"documents"})
        if unknown:
            raise UploadError(unknown[0], "a batch holds `documents` and nothing else")
        if not isinstance(batch, list) or not batch:
            raise UploadError("documents", "expected a list of at least one document")
        return [(f"documents[{number}]", record) for number, record in enumerate(batch)]
    return [("body", value)]


def _to_line(name: str, record: Any) -> bytes:
    if not isinstance(record, dict):
        raise UploadError(name, 'expected an object such as {"title": "…", "text": "…"}')
    try:
        line = msgspec.json.encode(record)
        record_to_document(record, "http:", line)
    except ReadError as error:
        raise UploadError(name, error.reason) from error
    return line


def _check_query(query: Mapping[str, str], known: frozenset[str]) -> None:
    for name in sorted(query):
        if name not in known:
            raise UploadError(name, f"no such parameter here; known are {', '.join(sorted(known)) or 'none'}")


def _decode(body: bytes, parameters: str) -> str:
    """Decode by the charset that is stated, else UTF-8; the text itself is left as it is."""
    charset = "utf-8"
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip('"') or charset
    try:
        return body.decode(charset)
    except (LookupError, ValueError) as error:
        raise UploadError("body", f"it cannot be decoded as {charset[:40]} ({error})") from error
