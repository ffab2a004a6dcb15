"""Dates as inputs write them, to `YYYY-MM-DD` in UTC."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
# RFC 2822's names; others ("CET", "BST") are ambiguous in practice and leave the date as written.
_ZONES = {"z": 0, "utc": 0, "gmt": 0, "ut": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6,
          "pst": -8, "pdt": -7}  # fmt: skip
_LONGEST = 100
_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.IGNORECASE)
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)",
        r"(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})(?!\d)",
        r"(?P<y>(?:1[5-9]|2\d)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?!\d)",
        r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})(?!\d)",
        r"(?P<d>\d{1,2})(?:st|nd|rd|th|\.)?(?:\s+of)?[\s-]+" + _MONTH + r",?[\s-]+(?P<y>\d{4})(?!\d)",
        _MONTH + r"\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})(?!\d)",
    )
)
_SLASHED = re.compile(r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d{4})(?!\d)")
_TIME = re.compile(
    r"(?:T|,?\s+(?:at\s+)?|-)?(?P<h>\d{1,2})[:.]?(?P<min>\d\d)(?::?(?P<s>\d\d)(?:[.,]\d{1,9})?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"\s*\(?(?:(?P<name>[a-z]{1,5})|(?P<sign>[+-])(?P<h>\d\d):?(?P<m>\d\d)?)\)?", re.IGNORECASE)
_COMMENT = re.compile(r"\s*\([A-Za-z ]{1,40}\)$")


def normalise_date(value: str) -> str | None:
    """The UTC date of a date or time in ISO 8601, RFC 2822, `26-FEB-1987 15:02:20.00` or as English writes it.

    With a zone it is converted to UTC, without one kept as written. None for anything else, for a
    year or month alone, and for `03/04/2031`, which two halves of the world read differently.
    """
    text = " ".join(value.split())
    if not text or len(text) > _LONGEST:
        return None
    text = _WEEKDAY.sub("", text, count=1) if _WEEKDAY.match(text) else text
    found = _find_date(text)
    if found is None:
        return None
    day, rest = found
    return _with_time(day, rest)


def from_datetime(value: datetime | date | None) -> str | None:
    """The UTC date of a datetime (as written when it has no zone)."""
    if value is None:
        return None
    if isinstance(value, datetime) and value.tzinfo is not None:
        try:
            value = value.astimezone(UTC)
        except (OverflowError, ValueError):
            return None
    return f"{value.year:04}-{value.month:02}-{value.day:02}"


def _find_date(text: str) -> tuple[date, str] | None:
    """The date that `text` begins with, and what follows it."""
    for pattern in _DATES:
        if match := pattern.match(text):
            parts = match.groupdict()
            month = int(parts["m"]) if "m" in parts else _MONTHS.get(parts["month"].lower(), 0)
            return _date(int(parts["y"]), month, int(parts["d"]), text[match.end() :])
    if match := _SLASHED.match(text):
        a, b = int(match["a"]), int(match["b"])
        if a > 12 >= b or a == b:
            return _date(int(match["y"]), b, a, text[match.end() :])
        if b > 12 >= a:
            return _date(int(match["y"]), a, b, text[match.end() :])
    return None


def _date(year: int, month: int, day: int, rest: str) -> tuple[date, str] | None:
    try:
        return date(year, month, day), rest
    except ValueError:
        return None


def _with_time(day: date, rest: str) -> str | None:
    """The UTC date of a day with a time of day and zone after it; None when something else follows."""
    if not rest.strip(" ,."):
        return day.isoformat()
    match = _TIME.match(rest)
    if match is None:
        return None
    zone = _zone(_COMMENT.sub("", rest[match.end() :]))
    if zone is None:
        return None
    hour = int(match["h"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower().startswith("p") else 0)
    try:
        moment = datetime(day.year, day.month, day.day, hour % 24, int(match["min"]), tzinfo=zone)
    except ValueError:
        return None
    return from_datetime(moment)


def _zone(text: str) -> timezone | None:
    """The zone written after a time; UTC, which changes nothing, when there is none or an unknown name."""
    if not text.strip():
        return UTC
    match = _OFFSET.fullmatch(text)
    if match is None:
        return None
    if match["name"]:
        return timezone(timedelta(hours=_ZONES.get(match["name"].lower(), 0)))
    minutes = int(match["h"]) * 60 + int(match["m"] or 0)
    if minutes >= 24 * 60:
        return None
    return timezone(timedelta(minutes=-minutes if match["sign"] == "-" else minutes))
