"""A record (a JSON object, a CSV row) to a document."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import msgspec

from index.errors import ReadError
from index.readers.dates import normalise_date, why_no_date
from index.readers.encoding import WHOLE
from index.types import Document

_STRINGS = ("title", "author", "source", "url")
_ALTERNATIVES = frozenset({"_id", "published", "date"})
_KNOWN = frozenset({"id", "text", *_ALTERNATIVES, *_STRINGS})
_KINDS = {str: "a string", bool: "a boolean", int: "a number", float: "a number", list: "an array", dict: "an object"}


def record_to_document(record: Mapping[str, Any], uri_base: str, raw: bytes) -> Document:
    """The document a record describes; its text is untouched, keys that have no place become `meta`.

    `uri_base` is what a record without a `url` hangs its `#id=…` or `#sha=…` on; `raw` are the
    record's bytes, for the hash. Raises ReadError naming the field that is wrong.
    """
    digest = sha256(raw).hexdigest()
    text = _text(record)
    strings = {name: _string(record, name) for name in _STRINGS}
    id_key, identity = _identity(record)
    published_key, published = _published(record)
    taken = {id_key, published_key}
    meta = {name: value for name, value in record.items() if name not in _KNOWN or _is_left(name, value, taken)}
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
    if "text" in record and record["text"] is None:
        raise ReadError("text: it is null; every record needs a text")
    if "text" not in record:
        names = ", ".join(sorted(map(repr, list(record)[:20]))) or "nothing"
        raise ReadError(f"text: it is missing; every record needs one; found {names}")
    text = _checked("text", record["text"])
    if not text.strip():
        raise ReadError("text: it is empty; every record needs a text")
    return text


def _string(record: Mapping[str, Any], name: str) -> str | None:
    value = record.get(name)
    return None if value is None else _checked(name, value).strip() or None


def _identity(record: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The key that gives the id, and the id."""
    for name in ("id", "_id"):
        value = record.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return name, str(value)
        if value is not None and (identity := _checked(name, value).strip()):
            return name, identity
    return None, None


def _published(record: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The key that gives the date, and the date; neither when none is stated.

    `published` is a promise, so what is no date there is an error, and so is an ambiguous one. `date`
    is anybody's key: it counts where it holds a date, and is one of the other fields elsewhere.
    """
    value = record.get("published")
    if value is not None and str(value).strip():
        return "published", _date("published", value)
    other = record.get("date")
    day = normalise_date(str(other)) if _may_be_date(other) else None
    return (None if day is None else "date"), day


def _date(name: str, value: object) -> str:
    if not _may_be_date(value):
        raise ReadError(f"{name}: expected a date as a string, got {_kind(value)}")
    day = normalise_date(str(value))
    if day is None:
        raise ReadError(f"{name}: {why_no_date(value)}")
    return day


def _may_be_date(value: object) -> bool:
    """Whether it is words, or a number such as 20310314; seconds since 1970 are told from nothing else, and refused."""
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _is_left(name: str, value: object, taken: set[str | None]) -> bool:
    """Whether one of the keys that stand in for each other says something that has no other place."""
    return name in _ALTERNATIVES and name not in taken and value is not None and bool(str(value).strip())


def _checked(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise ReadError(f"{name}: expected a string, got {_kind(value)}")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ReadError(f"{name}: half a character (a lone surrogate) at position {error.start:,}; {WHOLE}") from error
    # SQLite takes the end of a text from it.
    if "\0" in value:
        raise ReadError(f"{name}: it holds a NUL at position {value.index(chr(0)):,}; send it without")
    return value


def _check_meta(meta: Mapping[str, Any]) -> None:
    try:
        msgspec.json.encode(meta)
    except UnicodeEncodeError as error:
        raise ReadError(f"meta: half a character (a lone surrogate) in one of the other fields; {WHOLE}") from error
    except RecursionError as error:
        raise ReadError("meta: one of the other fields is nested too deeply; flatten it or leave it out") from error


def _kind(value: object) -> str:
    return _KINDS.get(type(value), type(value).__name__)
