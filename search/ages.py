"""Whether a sentence tells how old somebody or something is."""

import re
from collections.abc import Set

from index.terms import term_texts

_AGES = (
    r"1[01][0-9]|[1-9][0-9]?|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:-(?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]{3,6}teen|a hundred"
)
_AGED = re.compile(
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
"""“Aged 42”, “the 42-year-old”, “she is fifty”, “in his forties”; not “at 42 metres”, which counts what is behind."""
_BEHIND_NAME = re.compile(
    r"(?P<who>(?<![\w’'-])[^\W\d_][\w’'-]*)(?:, (?:now |then )?| \()(?:1[01][0-9]|[1-9][0-9]?)(?=[,;.)]|$)"
)
"""“Sanna Ruud, 42,”: how old she is, and nobody else."""
_BEGUN = re.compile(
    r"\b(?:born|found(?:ed|ing)|buil[td]|erected|constructed|establish(?:ed|ment)|open(?:s|ed)|creat(?:ed|ion)|made"
    r"|dat(?:es?|ed|ing)|since|form(?:ed|ation)|paint(?:ed|ing)|written|launched|complet(?:ed|ion)|finished|started"
    r"|began|begun|introduced|installed|planted|laid|cast|minted|signed|discovered|invented|formulated|from|settled"
    r"|inhabited|b\.|ago)\b",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\b[12][0-9]{3}\b|\b[1-9][0-9]?(?:st|nd|rd|th)[ -]century\b|\b(?:years?|decades?|century|centuries) ago\b"
    r"|\b[0-9][0-9,]* ?(?:BC|BCE|AD|CE)\b"
)
"""What began in a year is as old as that; what else happened in a year tells no age."""


_REACH = 5
"""What is told to have begun stands so many words before that: “the bridge of Orm, it is said, was built in 1871”."""


def tells_age(text: str, names: Set[str]) -> bool:
    """Whether a text tells an age; one that stands behind a name only where that is among these terms, or none are.

    So does what began in a year, where one of the names stands before it, or none in the text.
    """
    if _AGED.search(text):
        return True
    if _DATED.search(text) and any(_is_theirs(text[: one.start()], text, names) for one in _BEGUN.finditer(text)):
        return True
    return any(not names or not names.isdisjoint(term_texts(one["who"])) for one in _BEHIND_NAME.finditer(text))


def _is_theirs(before: str, text: str, names: Set[str]) -> bool:
    near = term_texts(before[-80:])[-_REACH:]
    return not names or not near or not names.isdisjoint(near) or names.isdisjoint(term_texts(text))
