"""Whether a sentence tells how old somebody or something is."""

import re
from collections.abc import Iterator, Set
from functools import cache

from index.terms import term_texts
from search.numbers import numbers

_AGES = (
    r"1[01][0-9]|[1-9][0-9]?|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:-(?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]{3,6}teen|a hundred"
)
"""“Aged 42”, “the 42-year-old”, “she is fifty”, “in his forties”; not “at 42 metres”, which counts what is behind."""
_BEHIND_NAME = re.compile(
    r"(?P<who>(?<![\w’'-])[^\W\d_][\w’'-]*)(?:, (?:now |then )?| \()(?:1[01][0-9]|[1-9][0-9]?)(?=[,;.)]|$)"
)
"""“Sanna Ruud, 42,”: how old she is, and nobody else."""
_BEGUN = re.compile(
    r"\b(?:born|found(?:ed|ing)|buil[td]|erected|constructed|establish(?:ed|ment)|open(?:s|ed)|creat(?:ed|ion)|made"
    r"|dat(?:es?|ed|ing)|since|form(?:ed|ation)|paint(?:ed|ing)|written|launched|complet(?:ed|ion)|finished|started"
    r"|began|begun|introduced|installed|planted|laid|cast|minted|signed|discovered|invented|formulated|settled"
    r"|inhabited|b\.|ago"
    r"|from (?=(?:the |about |around |circa |early |late |mid-?){0,2}[0-9]))\b",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\b[12][0-9]{3}\b|\b[1-9][0-9]?(?:st|nd|rd|th)[ -]century\b|\b(?:years?|decades?|century|centuries) ago\b"
    r"|\b[0-9][0-9,]* ?(?:BC|BCE|AD|CE)\b"
)
"""What began in a year is as old as that; what else happened in a year tells no age."""

_OLD = re.compile(r"[ -](?P<unit>year|month|week|day|decade|centur)[a-z]*[ -](?:old|of age)\b", re.IGNORECASE)
_PARTS = {"year": 1.0, "month": 1 / 12, "week": 7 / 365.25, "day": 1 / 365.25, "decade": 10.0, "centur": 100.0}
_BEFORE = re.compile(
    r"\b(?:age[ds]?|age of|turn(?:s|ed|ing)?|(?:died|dies|dead|retired|married|wed) at)"
    r" (?:just |only |about |around )?\Z",
    re.IGNORECASE,
)
_BEING = re.compile(r"\b(?:is|was|are|were) (?:just |only |about |around |now |nearly |almost )?\Z", re.IGNORECASE)
_ENDING = re.compile(r"[.,;!?)]|\Z| (?:and|but|when|as|now|then|today)\b")

_REACH = 5
"""What is told to have begun stands so many words before that: “the bridge of Orm, it is said, was built in 1871”."""


def tells_age(text: str, names: Set[str]) -> bool:
    """Whether a text tells an age; one that stands behind a name only where that is among these terms, or none are.

    So does what began in a year, where one of the names stands before it, or none in the text.
    """
    if _aged().search(text):
        return True
    if _DATED.search(text) and any(_is_theirs(text[: one.start()], text, names) for one in _BEGUN.finditer(text)):
        return True
    return any(_is_named(one["who"], names) for one in _BEHIND_NAME.finditer(text))


def _is_theirs(before: str, text: str, names: Set[str]) -> bool:
    near = term_texts(before[-80:])[-_REACH:]
    return not names or not near or not names.isdisjoint(near) or names.isdisjoint(term_texts(text))


def aged(text: str, names: Set[str]) -> Iterator[tuple[float, float]]:
    """The ages that a text tells, each as the two between which it lies, in years; linear.

    One that stands behind a name is told only where that is among these terms, or none are.
    """
    named = {one.end() for one in _BEHIND_NAME.finditer(text) if _is_named(one["who"], names)}
    for number in numbers(text):
        old = _OLD.match(text, number.end)
        before = text[max(0, number.start - 30) : number.start]
        is_being = _BEING.search(before) and _ENDING.match(text, number.end)
        if old or number.end in named or _BEFORE.search(before) or is_being:
            part = _PARTS[old["unit"].lower()] if old else 1.0
            yield part * number.low, part * number.high


def _is_named(who: str, names: Set[str]) -> bool:
    return not names or not names.isdisjoint(term_texts(who))


# Made when first needed: few questions ask how old, and a cold start should not pay for it.
@cache
def _aged() -> re.Pattern[str]:
    return re.compile(
        rf"\bage[ds]? (?:of |just |only |about |around )?(?:{_AGES})\b|\b(?:{_AGES}) years of age\b"
        rf"|\bturn(?:s|ed|ing)? (?:{_AGES})\b(?! [a-z]*s\b)"
        r"|\b(?:(?:year|month|week|day|decade)s?|century|centuries)[ -]old\b|\b(?:birthday|anniversary|bicentenary)\b"
        rf"|\b(?:is|was|am|are|were|be|at|only|just|now|nearly|almost|barely|about) (?:{_AGES})"
        r"(?=[.,;:!?)”\"]|$| (?:and|but|or|when|as|now|then|today)\b)"
        rf"|\b(?:died|dies|dead|retired|married|wed) at (?:{_AGES})\b(?= (?:in|on|after|from|following|last|this)\b)"
        r"|\bin (?:his|her|their|my|your|its) (?:early |mid-?|late |middle )?"
        r"(?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|[2-9]0['’]?s)\b"
        r"|\b(?:teenager|septuagenarian|octogenarian|nonagenarian|centenarian)\b",
        re.IGNORECASE,
    )
