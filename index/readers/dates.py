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
_SHOWN = 60
_WEEKDAY = re.compile(r"\A(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.IGNORECASE)
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d)",
        r"(?P<y>(?:1[5-9]|2\d)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?!\d)",
        r"(?P<y>\d{4})年\s?(?P<m>\d{1,2})月\s?(?P<d>\d{1,2})日",
        r"(?P<y>\d{4})-" + _MONTH + r"-(?P<d>\d{1,2})(?!\d)",
        r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})(?!\d)",
        r"(?P<d>\d{1,2})(?:st|nd|rd|th|\.)?(?:\s+of)?[\s-]+" + _MONTH + r",?[\s-]+(?P<y>\d{4})(?!\d)",
        _MONTH + r"\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})(?!\d)",
    )
)
# As `date` and C's ctime write it, and with a zone before the year or without: "Mar  4 09:30:00 UTC 2031".
_YEAR_LAST = re.compile(
    r"(?P<day>[a-z]{3,9}\s\d{1,2})\s(?P<time>\d\d:\d\d(?::\d\d)?)(?P<zone>\s[a-z]{1,5}|\s[+-]\d\d:?\d\d)?\s(?P<y>\d{4})",
    re.IGNORECASE,
)
_EITHER_WAY = re.compile(r"(?P<a>\d{1,2})(?P<sep>[-/])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4})(?!\d)")
"""Half of the world writes the day first, the other half the month."""
_TIME = re.compile(
    r"(?:T|,?\s+(?:at\s+)?|-)?(?P<h>\d{1,2})(?:[:.]?(?P<min>\d\d)(?::?(?P<s>\d\d)(?:[.,]\d{1,9})?)?|(?=Z|[+-]\d\d$))"
    r"\s*(?P<half>[ap]\.?m\.?)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(
    r"\s*\(?(?:(?:utc|gmt)?(?P<sign>[+-])(?P<h>\d\d?)(?::?(?P<m>\d\d))?|(?P<name>[a-z]{1,5}))\)?", re.IGNORECASE
)
_COMMENT = re.compile(r"\s*(?:\([A-Za-z ]{1,40}\)|\[[A-Za-z_/+-]{1,40}\])$")


def normalise_date(value: str) -> str | None:
    """The UTC date of a date or time in ISO 8601, RFC 2822, `26-FEB-1987 15:02:20.00` or as English writes it.

    With a zone it is converted to UTC, without one kept as written. None for anything else, for a
    year or month alone, and for `03/04/2031`, which two halves of the world read differently.
    """
    text = _tidy(value)
    found = _find_date(text) if 0 < len(text) <= _LONGEST else None
    if found is None:
        return None
    day, rest = found
    return _with_time(day, rest)


def why_no_date(value: object) -> str:
    """What is wrong with a value that `normalise_date` makes nothing of, and what to write instead; one line."""
    words = " ".join(str(value)[: 4 * _LONGEST].split())
    words = words if len(words) <= _SHOWN else words[:_SHOWN] + "…"
    shown = repr(words) if isinstance(value, str) else words
    match = _EITHER_WAY.match(_tidy(words))
    days = {_date(int(match["y"]), m, d, "") for m, d in _both_ways(match)} - {None} if match else set()
    if len(days) == 2:
        first, second = sorted(day.isoformat() for day, _ in filter(None, days))
        return f"{shown} may be {first} or {second}; write the one that is meant"
    return f"{shown} is no date; write it like 2031-03-14, 2031-03-14T09:30:00+01:00 or 14 March 2031, or leave it out"


def _tidy(value: str) -> str:
    """A date's words with single spaces, the usual minus, and no name of a weekday before them."""
    return _WEEKDAY.sub("", " ".join(value.replace("\u2212", "-").split()), count=1) if value else ""


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


def undated(stated: str | None, day: str | None) -> dict[str, str]:
    """The `meta` in which a date stays as a document states it, where no day can be made of it; else empty."""
    return {"published": stated} if stated and day is None else {}


def _find_date(text: str) -> tuple[date, str] | None:
    """The date that `text` begins with, and what follows it."""
    if match := _YEAR_LAST.fullmatch(text):
        text = f"{match['day']} {match['y']} {match['time']}{match['zone'] or ''}"
    for pattern in _DATES:
        if match := pattern.match(text):
            parts = match.groupdict()
            month = int(parts["m"]) if "m" in parts else _MONTHS.get(parts["month"].lower(), 0)
            return _date(int(parts["y"]), month, int(parts["d"]), text[match.end() :])
    if match := _EITHER_WAY.match(text):
        days = {_date(int(match["y"]), month, day, text[match.end() :]) for month, day in _both_ways(match)} - {None}
        return days.pop() if len(days) == 1 else None
    return None


def _both_ways(match: re.Match[str]) -> tuple[tuple[int, int], tuple[int, int]]:
    """What may be month and day in `03/04/2031`."""
    a, b = int(match["a"]), int(match["b"])
    return (a, b), (b, a)


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
    hour, minute, second = int(match["h"]), int(match["min"] or 0), int(match["s"] or 0)
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower().startswith("p") else 0)
    # Midnight may be written as the end of its day, and a leap second as the 60th.
    if hour > 24 or second > 60:
        return None
    try:
        moment = datetime(day.year, day.month, day.day, hour % 24, minute, tzinfo=zone)
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
