"""What “how large” asks the size of, and whether a text tells that size: an army's by those who are in it."""

import re
from functools import cache

from index.stopwords import FUNCTION_WORDS
from index.terms import term_texts
from search.told import is_told
from search.wordings import word_set

_OF = re.compile(
    r"\bhow (?:large|big) (?:(?:is|are|was|were|will) (?:be )?(?:(?:the|its|his|her|their) )?|(?:an?) )"
    r"(?P<what>[^?.!;,]+)",
    re.IGNORECASE,
)
_ENDS = FUNCTION_WORDS | word_set("expected supposed likely said thought ever today now compared")
"""What stands behind the words for what is large, as in “the army of Holm”, “the loss that it expects”."""
_BODIES = (
    "army armies navy force forces military police staff workforce crowd audience crew team garrison membership squad "
    "delegation congregation congress parliament jury orchestra choir"
)
"""Bodies of people, which are as large as they have members."""
_MEMBERS = (
    "people person man men woman women soldier troop troops officer fighter sailor recruit conscript reservist member "
    "employee worker clerk player delegate spectator fan visitor personnel strong head seat lawmaker deputy musician "
    "singer juror volunteer"
)
_BEFORE, _BEHIND = 4, 2
"""A number stands so many words before the members, or so many behind the body: “an army of 40,000”."""
_PERCENT = re.compile(r"\b[0-9][0-9.,]*[ -]?(?:%|per ?cent|pct)", re.IGNORECASE)
_NUMBER = r"(?:[0-9][0-9.,]*|(?:an? )?(?:dozen|hundred|thousand|million)s?|two|three|four|five|six|seven|eight|nine|ten)"


def sized(question: str) -> str | None:
    """The term of the army in “how large is the army of Holm”; None where a name is asked about, or no size."""
    found = _OF.search(question)
    words: list[str] = []
    for word in found["what"].split() if found else ():
        if word.lower() in _ENDS:
            break
        words.append(word)
    return next(reversed(term_texts(words[-1])), None) if words and words[-1].islower() else None


def is_body(of: str) -> bool:
    """Whether a term is that of a body of people."""
    return of in _bodies()


def numbers_members(of: str, text: str) -> bool:
    """Whether a text tells how many a body of people has: “40,000 men”, “a 500-strong staff”, “a crowd of 300”."""
    told = term_texts(_PERCENT.sub(" ", text))
    at = [place for place, one in enumerate(told) if one in _members() or is_told(of, {one})]
    counts = {place for place, one in enumerate(told) if _number().fullmatch(one)}
    return any(not counts.isdisjoint(range(place - _BEFORE, place + _BEHIND + 1)) for place in at)


@cache
def _bodies() -> frozenset[str]:
    return frozenset(term_texts(_BODIES))


@cache
def _members() -> frozenset[str]:
    return frozenset(term_texts(_MEMBERS))


@cache
def _number() -> re.Pattern[str]:
    return re.compile(_NUMBER)
