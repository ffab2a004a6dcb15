"""A body of `POST /documents` as the JSON lines that the indexing job reads.

Every document is checked before any is taken: a batch goes in whole or not at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from index.errors import ReadError
from index.readers.jsonl import decode_json
from index.readers.records import record_to_document
from index.settings import IndexSettings
from index.types import Document
from search.web.errors import UploadError, UploadTypeError
from search.web.sole_names import refuse_repeated_names

TEXT_FIELDS = frozenset({"id", "title", "author", "published", "source", "url"})
"""What a query string may say about a text that is sent plain."""
URI_BASE = "http:"
"""What the URI of a document without a `url` begins with: it came over HTTP, wherever from."""


@dataclass(frozen=True, slots=True)
class _Accepted:
    """A document that can be indexed: how an error calls it, what will be read, and the line to spool."""

    name: str
    document: Document
    line: bytes


def to_lines(body: bytes, content_type: str, query: Mapping[str, str], limits: IndexSettings) -> list[bytes]:
    """Turn a body into one line of JSON for each document.

    Raises UploadError, UploadTypeError, and InvalidValueError for a name that is twice in one object.
    """
    media_type, _, parameters = content_type.partition(";")
    media_type = media_type.strip().lower()
    if media_type == "application/json" or media_type.endswith("+json"):
        check_query(query, frozenset())
        return _check_ids([_to_line(name, record, limits) for name, record in _records(body)])
    if media_type == "text/plain":
        check_query(query, TEXT_FIELDS)
        return [_to_line("text", {**query, "text": _decode(body, parameters)}, limits).line]
    raise UploadTypeError(media_type)


def _records(body: bytes) -> list[tuple[str, Any]]:
    """The documents of a JSON body, each with the name by which an error calls it."""
    try:
        value = decode_json(body)
    except ReadError as error:
        raise UploadError("body", error.reason) from error
    refuse_repeated_names(body)
    if isinstance(value, list):
        value = {"documents": value}
    if not isinstance(value, dict):
        raise UploadError("body", 'expected a document such as {"title": "…", "text": "…"}, or a list of them')
    if "documents" in value and "text" not in value:
        batch = value["documents"]
        unknown = sorted(value.keys() - {"documents"})
        if unknown:
            raise UploadError(unknown[0], "a batch holds `documents` and nothing else")
        if not isinstance(batch, list) or not batch:
            raise UploadError("documents", "expected a list of at least one document")
        return [(f"documents[{number}]", record) for number, record in enumerate(batch)]
    return [("body", value)]


def _to_line(name: str, record: Any, limits: IndexSettings) -> _Accepted:
    """Check all that a reader would check later, when it is too late to refuse the whole batch."""
    if not isinstance(record, dict):
        raise UploadError(name, 'expected an object such as {"title": "…", "text": "…"}')
    try:
        line = msgspec.json.encode(record)
        document = record_to_document(record, URI_BASE, line)
    except ReadError as error:
        raise UploadError(name, error.reason) from error
    if len(line) > limits.max_record_bytes:
        raise UploadError(name, f"longer than {limits.max_record_bytes:,} bytes; split it")
    if len(document.text) > limits.max_document_chars:
        raise UploadError(name, f"its text is longer than {limits.max_document_chars:,} characters; split it")
    return _Accepted(name, document, line)


def _check_ids(accepted: list[_Accepted]) -> list[bytes]:
    """The lines of a batch. Raises UploadError where two documents have one id: only one could be kept."""
    first: dict[str, str] = {}
    for one in accepted:
        identity = one.document.id
        if identity is not None and first.setdefault(identity, one.name) != one.name:
            raise UploadError(one.name, f"its id {identity!r} is that of {first[identity]} too; ids must differ")
    return [one.line for one in accepted]


def check_query(query: Mapping[str, str], known: frozenset[str]) -> None:
    """Raise UploadError for a parameter of the query string that this body does not take."""
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
