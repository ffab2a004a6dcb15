"""When something was said, as questions put it: “in April 2031”, “since May”, “on 3 November”, “last week”."""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from index.calendar import MONTHS

_MONTHS = {
    form: number
    for number, name in enumerate(map(str.lower, MONTHS), 1)
    for form in (name, name[:3], name[:4] if name == "september" else name)
}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
_WITHIN = frozenset(("in", "on", "during", "throughout"))
_FROM = frozenset(("since", "from"))
_LEADING = _WITHIN | _FROM | {"between", "before", "after", "until", "till"}
_SHARP = frozenset(("before", "after", "until", "till", "from"))
"""Behind a topic these are part of it more often than not: “about keeping the boom until May”."""
_JOINING = frozenset(("and", "to", "until", "till"))
_TOPICAL = frozenset(
    ("about", "regarding", "concerning", "that", "whether", "if", "over", "against", "of", "why", "how")
)
_PARTS = frozenset(("the", "early", "mid", "late", "start", "beginning", "middle", "end", "of"))
_MARKS = frozenset('"“”„«»')
_SMALL = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "few": 3}
_PAST = re.compile(
    r"(?P<day>today|yesterday)|(?:in |over |during |within )?(?:(?P<which>this|last|previous|past|the past|the last)"
    r"(?: (?P<count>[0-9]{1,3}|two|three|four|five|six|few))? (?P<unit>day|week|month|year)s?)",
    re.IGNORECASE,
)
_MOST_PAST_WORDS = 5
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class Day:
    """A day; without a year it is that day of any year."""

    year: int | None
    month: int
    day: int

    def of(self, year: int) -> date:
        """The day in its own year, else in the one given; 29 February is the 28th where there is none."""
        year = self.year or year
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))


@dataclass(frozen=True, slots=True)
class When:
    """A time as typed: from `first` to `last`, both within it, None for open; or so far back from today, as `past`.

    `names` are the words that a text would tell the same time by; a `past` time has none, since a document's
    “last week” is another one. Behind a topic it may be part of that: “about the plans in May”.
    """

    worded: str
    first: Day | None = None
    last: Day | None = None
    past: str | None = None
    names: tuple[str, ...] = ()
    is_behind_topic: bool = False

    def days(self, newest: str, today: date) -> tuple[date | None, date | None]:
        """The first and the last day, None for open; where no year is typed, the last ones that began by `newest`."""
        if self.past is not None:
            return _past_days(self.past, today)
        upto = date.fromisoformat(newest)
        anchor = self.first or self.last
        years = (year for year in (upto.year, upto.year - 1) if anchor and anchor.of(year) <= upto)
        year = next(years, upto.year)
        first = self.first.of(year) if self.first else None
        last = self.last.of(year) if self.last else None
        if first and last and last < first:
            last = self.last.of(year + 1) if self.last else None
        return first, last

    def holds(self, published: str, newest: str, today: date) -> bool:
        """Whether a date lies within; a month or a day without a year is that of any."""
        any_year = self.first and self.last and self.first.year is None
        year, day = int(published[:4]), date.fromisoformat(published)
        anchors = [f"{year}-12-31", f"{year - 1}-12-31"] if any_year else [newest]
        spans = [self.days(anchor, today) for anchor in anchors]
        return any((first is None or first <= day) and (last is None or day <= last) for first, last in spans)


def today() -> date:
    """The calendar's day: what “last week” counts from."""
    return datetime.now(UTC).date()


def take_time(plain: str) -> tuple[str, When | None]:
    """A question without the time that it names, and that time. What is quoted is left alone. Linear."""
    words = plain.split(" ")
    topical = next((i for i, word in enumerate(words) if i > 1 and _bare(word) in _TOPICAL), len(words))
    for i in _outside_quotations(words):
        found = _past(words, i) or _dated(words, i, topical < i)
        if found is not None:
            when, end = found
            rest = [*words[:i], *words[end:]]
            when = replace(when, worded=_small(when.worded), is_behind_topic=topical < i)
            return " ".join(rest).strip(" ,"), when
    return plain, None


def _small(worded: str) -> str:
    return worded[:1].lower() + worded[1:]


def _outside_quotations(words: Sequence[str]) -> range | list[int]:
    quoted = [i for i, word in enumerate(words) if not _MARKS.isdisjoint(word)]
    return [i for i in range(len(words)) if not quoted or i < quoted[0] or i > quoted[-1]]


def _past(words: Sequence[str], i: int) -> tuple[When, int] | None:
    if i and _bare(words[i - 1]) in {"about", "of", "for", "than", "regarding"}:
        return None
    text = " ".join(words[i : i + _MOST_PAST_WORDS])
    found = _PAST.match(text)
    if found is None or text[found.end() : found.end() + 1] not in ("", " ", ","):
        return None
    if found["which"] and not found["count"] and words[i].lower() not in {"this", "last", "previous", "past", "over"}:
        return None
    end = i + len(found[0].split(" "))
    return When(found[0].rstrip(","), past=found[0].lower()), end


def _dated(words: Sequence[str], i: int, is_behind_topic: bool) -> tuple[When, int] | None:
    lead = _bare(words[i])
    if lead not in _LEADING or (lead in _SHARP and is_behind_topic):
        return None
    one = _days(words, i + 1)
    if one is None:
        return None
    first, last, end = one
    other = _days(words, end + 1) if end < len(words) and _bare(words[end]) in _JOINING else None
    if lead in {"between", "from"} and other is not None:
        return _when(words, i, other[2], _started(first, other[0]), other[1]), other[2]
    if lead == "between":
        return None
    span = {
        "before": (None, _beside(first, -1)),
        "until": (None, last),
        "till": (None, last),
        "after": (_beside(last, 1), None),
        "since": (first, None),
        "from": (first, None),
    }
    return _when(words, i, end, *span.get(lead, (first, last))), end


def _when(words: Sequence[str], start: int, end: int, first: Day | None, last: Day | None) -> When:
    named = [_bare(word) for word in words[start + 1 : end]]
    names = tuple(word for word in named if word in _MONTHS or word[:1].isdigit() or word in _SEASONS)
    return When(" ".join(words[start:end]).strip(" ,"), first, last, names=names)


def _started(first: Day, other: Day) -> Day:
    """The start of “between March and May 2031”, which is of the year that stands behind."""
    if first.year is not None or other.year is None:
        return first
    comes_later = (first.month, first.day) > (other.month, other.day)
    return Day(other.year - comes_later, first.month, first.day)


def _beside(day: Day, by: int) -> Day:
    """The day before or after; without a year, reckoned in one with a 29 February."""
    found = day.of(2000) + timedelta(days=by)
    return Day(None if day.year is None else found.year, found.month, found.day)


def _days(words: Sequence[str], i: int) -> tuple[Day, Day, int] | None:
    """The first and the last day of a date in words, and where it ends."""
    while i < len(words) and _bare(words[i]) in _PARTS:
        i += 1
    if i >= len(words):
        return None
    word, following = _bare(words[i]), _bare(words[i + 1]) if i + 1 < len(words) else ""
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?", word)
    if iso:
        return _month(_year(iso[1]), int(iso[2]), int(iso[3]) if iso[3] else None, i + 1)
    if word in _SEASONS and _year_at(words, i + 1):
        (start, stop), (of, end) = _SEASONS[word], _year_at(words, i + 1) or (0, 0)
        return Day(of, start, 1), Day(of, stop, monthrange(of, stop)[1]), end
    day = _ordinal(word)
    if day and following == "of":
        i, following = i + 1, _bare(words[i + 2]) if i + 2 < len(words) else ""
    if day and following in _MONTHS:
        return _with_year(words, _MONTHS[following], day, i + 2)
    if word in _MONTHS and (word != "march" or words[i][0].isupper() or following[:1].isdigit()):
        day = _ordinal(following)
        return _with_year(words, _MONTHS[word], day, i + 2 if day else i + 1)
    year = _year(word)
    return (Day(year, 1, 1), Day(year, 12, 31), i + 1) if year else None


def _with_year(words: Sequence[str], month: int, day: int | None, end: int) -> tuple[Day, Day, int] | None:
    dated = _year_at(words, end)
    return _month(dated[0], month, day, dated[1]) if dated else _month(None, month, day, end)


def _month(year: int | None, month: int, day: int | None, end: int) -> tuple[Day, Day, int] | None:
    if not 1 <= month <= 12 or (day or 1) > monthrange(year or 2000, month)[1] or day == 0:
        return None
    return Day(year, month, day or 1), Day(year, month, day or monthrange(year or 2000, month)[1]), end


def _year_at(words: Sequence[str], i: int) -> tuple[int, int] | None:
    i += i < len(words) and _bare(words[i]) == "of"
    year = _year(_bare(words[i])) if i < len(words) else None
    return (year, i + 1) if year else None


def _year(word: str) -> int | None:
    return int(word) if re.fullmatch(r"[0-9]{4}", word) and _FIRST_YEAR <= int(word) <= _LAST_YEAR else None


def _ordinal(word: str) -> int | None:
    found = re.fullmatch(r"([0-9]{1,2})(?:st|nd|rd|th)?", word)
    return int(found[1]) if found and 1 <= int(found[1]) <= 31 else None


def _bare(word: str) -> str:
    return word.strip(",.;:").lower()


def _past_days(past: str, today: date) -> tuple[date, date]:
    if past in ("today", "yesterday"):
        day = today - timedelta(days=past == "yesterday")
        return day, day
    found = _PAST.fullmatch(past)
    which, count, unit = (found["which"].split()[-1], found["count"], found["unit"]) if found else ("past", None, "day")
    if count or which == "past":
        days = {"day": 1, "week": 7, "month": 31, "year": 366}[unit]
        number = (int(count) if count.isdigit() else _SMALL[count]) if count else 1
        return today - timedelta(days=days * number), today
    back = which != "this"
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * back)
        return monday, monday + timedelta(days=6)
    if unit == "year":
        return date(today.year - back, 1, 1), date(today.year - back, 12, 31)
    if unit == "day":
        return today - timedelta(days=back), today - timedelta(days=back)
    first = (today.replace(day=1) - timedelta(days=back)).replace(day=1)
    return first, first.replace(day=monthrange(first.year, first.month)[1])
