"""Whether a sentence tells of another quantity than a question asks for: of another month, or of the core of it."""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from index.terms import term_texts
from search.datings import Dating, datings

_BEFORE = frozenset(
    term_texts(
        "core underlying monthly weekly daily quarterly producer wholesale food energy youth female male average "
        "median minimum maximum net gross"
    )
)
"""A word before what is asked for that narrows it: “core inflation”."""
_BEHIND = frozenset(term_texts("target goal forecast expectations limit"))
"""Behind it: “the inflation target”."""
_OTHERWISE = re.compile(
    r"\bmonth[- ]on[- ]month\b|\bfrom (?:the|a) month (?:before|earlier)\b|\bmonth over month\b"
    r"|\bamong (?:the |those |all )*[a-z]+|\b(?:was|were|aged|age of) [0-9]+,? when\b",
    re.IGNORECASE,
)
"""By the month, of a part, or of an age long ago."""
_TO_COME = re.compile(
    r"\b(?:forecast|projected|predicted|expected|set|likely|due) (?:to|at)\b|\bwill (?:be|reach|rise|fall)\b",
    re.IGNORECASE,
)
"""What is forecast, unless that is asked for: “will cost”."""
_ASKED_TO_COME = re.compile(rf"{_TO_COME.pattern}|\b(?:will|going to|would)\b", re.IGNORECASE)
_RATE = re.compile(r"\b(?:an?|per|each|every) (?P<span>hour|day|week|month|year)\b", re.IGNORECASE)
_LAG = 2
"""A report tells what was so many months ago, where it tells no month itself."""


def is_narrower(nouns: Collection[str], question: str, text: str) -> bool:
    """Whether a text narrows what is asked for, by these terms, by a word that the question lacks; linear."""
    asked, told = frozenset(term_texts(question)), term_texts(text)
    if any(
        (one in _BEFORE and one not in asked and other in nouns)
        or (other in _BEHIND and other not in asked and one in nouns)
        for one, other in pairwise(told)
    ):
        return True
    if _TO_COME.search(text) and not _ASKED_TO_COME.search(question):
        return True
    return _OTHERWISE.search(text) is not None and not _OTHERWISE.search(question)


def is_of_other_rate(question: str, text: str) -> bool:
    """Whether a question asks how much a day, or a year, and a text tells it for another span."""
    asked, told = ({one["span"].lower() for one in _RATE.finditer(words)} for words in (question, text))
    return bool(asked) and bool(told) and asked.isdisjoint(told)


def is_of_other_time(question: str, text: str, title: str, published: str | None) -> bool:
    """Whether a question names a month or a year, and a text, or else its title or its date, only others."""
    return any(_is_of_other(part, question, text, title, published) for part in ("year", "month"))


def _is_of_other(part: str, question: str, text: str, title: str, published: str | None) -> bool:
    asked = [getattr(one, part) for one in datings(question, with_months=True)]
    return _differs(asked, _of(part, text, title), _since(part, published))


def _of(part: str, text: str, title: str) -> Sequence[int | None]:
    told: Sequence[Dating] = datings(text, with_months=True)
    if not any(getattr(one, part) for one in told):
        told = datings(title, with_months=True)
    return [getattr(one, part) for one in told]


def _since(part: str, published: str | None) -> frozenset[int]:
    """The years, or months, of which a document of this date may tell without naming them."""
    if not published or not re.match(r"[0-9]{4}-[0-9]{2}", published):
        return frozenset()
    year, month = int(published[:4]), int(published[5:7])
    if part == "year":
        return frozenset({year, year - 1})
    return frozenset((month - 1 - lag) % 12 + 1 for lag in range(_LAG + 1))


def _differs(asked: Sequence[int | None], told: Sequence[int | None], known: frozenset[int]) -> bool:
    wanted, has = set(filter(None, asked)), set(filter(None, told)) or known
    return bool(wanted) and bool(has) and wanted.isdisjoint(has)
