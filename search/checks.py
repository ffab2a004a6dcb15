"""What a request may ask: everything is checked here, before a library is touched."""

import datetime
import re
from collections.abc import Iterable

from index.errors import EmptyQueryError, InvalidValueError
from index.types import Filters
from search.types import Query, StatementsQuery

MAX_K = 1000
MAX_FIELDS = 100
"""A database refuses a condition of too many parts."""
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def check_query(query: Query, max_chars: int) -> None:
    """Raise EmptyQueryError or InvalidValueError for a query that cannot be answered."""
    _check_text("query", query.text, max_chars)
    if not 1 <= query.k <= MAX_K:
        raise InvalidValueError("k", query.k, f"a number from 1 to {MAX_K}")
    if query.mode not in {"hybrid", "dense", "lexical"}:
        raise InvalidValueError("mode", query.mode, "hybrid, dense or lexical")
    check_filters(query.filters)


def check_statements(query: StatementsQuery, max_chars: int) -> None:
    """Raise EmptyQueryError or InvalidValueError for a list that cannot be made."""
    if query.about is not None:
        _check_text("about", query.about, max_chars)
    check_list(query.k, query.filters)
    if query.kind not in {None, "direct", "mixed", "indirect"}:
        raise InvalidValueError("kind", query.kind, "direct, mixed or indirect")
    if not 0 <= query.min_confidence <= 1:
        raise InvalidValueError("min_confidence", query.min_confidence, "a number from 0 to 1")


def check_list(k: int, filters: Filters) -> None:
    """Raise InvalidValueError; a list's `k` of 0 is all of it."""
    if not 0 <= k <= MAX_K:
        raise InvalidValueError("k", k, f"a number from 1 to {MAX_K}, or 0 for all")
    check_filters(filters)


def check_filters(filters: Filters) -> None:
    """Raise InvalidValueError for a date that is none, and for text that no document can hold."""
    for field, value in (("after", filters.after), ("before", filters.before)):
        if value is not None and not _is_date(value):
            raise InvalidValueError(field, value, "a date as YYYY-MM-DD")
    if filters.after and filters.before and filters.after > filters.before:
        raise InvalidValueError("after", filters.after, f"a date not later than before ({filters.before})")
    if len(filters.meta) > MAX_FIELDS:
        raise InvalidValueError("meta", len(filters.meta), f"at most {MAX_FIELDS} fields")
    unnamed = next((value for name, value in filters.meta if not name), None)
    if unnamed is not None:
        raise InvalidValueError("meta", f"={unnamed[:40]}", "a field's name before its value")
    refuse_repeated((f"meta.{name}", value) for name, value in filters.meta)
    texts = [("source", filters.source), ("title", filters.title), ("speaker", filters.speaker)]
    for field, text in texts + [(f"meta.{name}", value) for name, value in filters.meta]:
        _check_encodable(field, text or "")


def refuse_repeated(sent: Iterable[tuple[str, object]]) -> None:
    """Raise InvalidValueError for a name that is there twice: no parameter has two values, and neither is a guess."""
    found: dict[str, object] = {}
    for name, value in sent:
        if name in found:
            both = [str(one)[:40] for one in (found[name], value)]
            raise InvalidValueError(name[:100], both, "it once, with one value")
        found[name] = value


def _is_date(value: str) -> bool:
    if not _DATE.fullmatch(value):
        return False
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _check_text(field: str, text: str, max_chars: int) -> None:
    if len(text) > max_chars:
        raise InvalidValueError(field, text[:40] + "…", f"at most {max_chars} characters, not {len(text)}")
    if not any(c.isalnum() for c in text):
        raise EmptyQueryError(field)
    _check_encodable(field, text)


def _check_encodable(field: str, text: str) -> None:
    if any("\ud800" <= c <= "\udfff" for c in text):
        raise InvalidValueError(field, text[:40].encode("ascii", "replace").decode(), "text without lone surrogates")
