"""A record (a JSON object, a CSV row) to a document."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import msgspec

from index.errors import ReadError
from index.readers.dates import normalise_date
from index.types import Document

_STRINGS = ("title", "author", "source", "url")
_KNOWN = frozenset({"id", "_id", "text", "published", "date", *_STRINGS})
_KINDS = {str: "a string", bool: "a boolean", int: "a number", float: "a number", list: "an array", dict: "an object"}


def record_to_document(record: Mapping[str, Any], uri_base: str, raw: bytes) -> Document:
    """The document a record describes; its text is untouched, keys that have no place become `meta`.

    `uri_base` is what a record without a `url` hangs its `#id=…` or `#sha=…` on; `raw` are the
    record's bytes, for the hash. Raises ReadError naming the field that is wrong.
    """
    digest = sha256(raw).hexdigest()
    text = _text(record)
    strings = {name: _string(record, name) for name in _STRINGS}
    identity = _identity(record)
    meta = {name: value for name, value in record.items() if name not in _KNOWN}
    published = _published(record, meta)
    _check_meta(meta)
    uri = strings["url"] or f"{uri_base}#" + (f"id={identity}" if identity else f"sha={digest[:16]}")
    return Document(
        uri=uri,
        sha256=digest,
        text=text,
        id=identity,
        title=strings["title"],
        author=strings["author"],
        published=published,
        source=strings["source"],
        meta=meta,
    )


def _text(record: Mapping[str, Any]) -> str:
    if record.get("text") is None:
        names = ", ".join(sorted(map(repr, list(record)[:20]))) or "nothing"
        raise ReadError(f"text: it is missing; found {names}")
    text = _checked("text", record["text"])
    if not text.strip():
        raise ReadError("text: it is empty")
    return text


def _string(record: Mapping[str, Any], name: str) -> str | None:
    value = record.get(name)
    return None if value is None else _checked(name, value).strip() or None


def _identity(record: Mapping[str, Any]) -> str | None:
    for name in ("id", "_id"):
        value = record.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if value is not None and (identity := _checked(name, value).strip()):
            return identity
    return None


def _published(record: Mapping[str, Any], meta: dict[str, Any]) -> str | None:
    """The date; a value that is none is kept in `meta`, for a document is worth more than its date."""
    value = record.get("published")
    if value is None:
        value = record.get("date")
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ReadError(f"published: expected a date as a string, got {_kind(value)}")
    published = normalise_date(value) if isinstance(value, str) else None
    if published is None:
        meta["published"] = value
    return published


def _checked(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise ReadError(f"{name}: expected a string, got {_kind(value)}")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ReadError(f"{name}: half a character (a lone surrogate) at position {error.start:,}") from error
    return value


def _check_meta(meta: Mapping[str, Any]) -> None:
    try:
        msgspec.json.encode(meta)
    except UnicodeEncodeError as error:
        raise ReadError("meta: half a character (a lone surrogate) in one of the other fields") from error
    except RecursionError as error:
        raise ReadError("meta: one of the other fields is nested too deeply") from error


def _kind(value: object) -> str:
    return _KINDS.get(type(value), type(value).__name__)
