"""Days, years and times of day that texts give, as far as they tell them, so that they can be compared."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from index.calendar import ANY_MONTH, ANY_SHORT_MONTH, MONTHS

_MONTH = rf"(?P<{{0}}month>{ANY_MONTH}|{ANY_SHORT_MONTH}\.?)"
_DAY = r"(?P<{0}day>[0-3]?[0-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<{0}year>1[0-9]{{3}}|20[0-9]{{2}})(?![0-9]|[.,][0-9]|s\b|['’]s\b)"
_HOURS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_NOON = 12 * 60


@dataclass(frozen=True, slots=True)
class Dating:
    """A date as far as it is told: None for what is not. `start` and `end` are its place in the text."""

    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int

    def agrees(self, other: "Dating") -> bool:
        """Whether both may be the same day: nothing that both tell differs."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(one is None or two is None or one == two for one, two in pairs)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in minutes since midnight; `is_half` where it may be that of the morning or of the evening."""

    minutes: int
    is_half: bool

    def agrees(self, other: "Clock") -> bool:
        """Whether both may be the same time of day."""
        if self.is_half or other.is_half:
            return self.minutes % _NOON == other.minutes % _NOON
        return self.minutes == other.minutes


def datings(text: str, with_months: bool = False) -> list[Dating]:
    """The dates of a text, at least their year or their day; linear. `with_months` also those of a month alone."""
    found = [one for match in _date().finditer(text) if (one := _dating(match)) is not None]
    if with_months:
        known = [(one.start, one.end) for one in found]
        found += [
            Dating(None, _month(one["month"]), None, one.start("month"), one.end("month"))
            for one in _lone_month().finditer(text)
            if not any(start <= one.start("month") < end for start, end in known)
        ]
    return sorted(found, key=lambda one: one.start)


def _dating(match: re.Match[str]) -> Dating | None:
    told = {name[1:]: value for name, value in match.groupdict().items() if value}
    year, month, day = told.get("year"), told.get("month"), told.get("day")
    if day and not 0 < int(day) <= 31:
        return None
    return Dating(
        int(year) if year else None,
        _month(month) if month else None,
        int(day) if day else None,
        match.start(),
        match.end(),
    )


def _month(name: str) -> int:
    return next(at for at, month in enumerate(MONTHS, 1) if month.startswith(name[:3].capitalize()))


def clocks(text: str) -> list[Clock]:
    """The times of day of a text; a bare number is none. Linear."""
    return list(_clocks(text))


def _clocks(text: str) -> Iterator[Clock]:
    for one in _clock().finditer(text):
        if one["named"]:
            yield Clock(0 if one["named"].lower() == "midnight" else _NOON, is_half=False)
            continue
        half, part = (one["half"] or "").lower(), (one["day"] or one["part"] or "").lower()
        if not one["word"] and not half and not part and one["minute"] is None:
            continue
        hour = _HOURS.index(one["word"].lower()) + 1 if one["word"] else int(one["hour"])
        minutes = 60 * hour + int(one["minute"] or 0) if not one["word"] else 60 * hour
        is_late = half.startswith("p") or part.endswith(("afternoon", "evening"))
        is_early = half.startswith("a") or part.endswith("morning")
        if is_late and hour < 12:
            minutes += _NOON
        if is_early and hour == 12:
            minutes -= _NOON
        is_half = not (is_late or is_early) and hour <= 12 and (half != "hours")
        yield Clock(minutes, is_half)


# Made when first needed: few questions want dates compared, and a cold start should not pay for it.
@cache
def _date() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{_DAY.format('a')} (?:of )?{_MONTH.format('a')}(?:,? {_YEAR.format('a')})?(?![\w])"
        rf"|{_MONTH.format('b')} {_DAY.format('b')}(?![0-9.:])(?:,? {_YEAR.format('b')})?"
        rf"|{_MONTH.format('c')},? (?:of )?{_YEAR.format('c')}"
        rf"|(?<![\w.,$€£-]){_YEAR.format('d')})"
    )


@cache
def _lone_month() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:in|of|since|until|by|from|for|late|early|mid|last|this|next|during|through|to) (?:late |early |mid-?)?"
        rf"{_MONTH.format('')}(?![\w’'])"
    )


@cache
def _clock() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w.,:$€£])(?P<hour>[01]?[0-9]|2[0-4])(?:[.:h](?P<minute>[0-5][0-9]))?(?![0-9.:%]*[0-9%])"
        r"(?: ?(?P<half>a\.?m\b\.?|p\.?m\b\.?|o['’]clock|hours\b|uhr\b))?"
        r"(?P<day>(?: in the (?:morning|afternoon|evening))?)"
        r"|\b(?P<word>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) o['’]clock"
        r"(?P<part>(?: in the (?:morning|afternoon|evening))?)|\b(?P<named>noon|midday|midnight)\b",
        re.IGNORECASE,
    )
