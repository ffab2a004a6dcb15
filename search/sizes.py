"""What “how large” asks the size of, and whether a text tells that size: an army's by those who are in it."""

import re
from functools import cache

from index.stopwords import FUNCTION_WORDS
from index.terms import term_texts
from search.told import is_told
from search.wordings import word_set

_OF = re.compile(
    r"\bhow (?:large|big) (?:(?:is|are|was|were|will) (?:be )?(?:(?:the|its|his|her|their) )?|(?:an?) )"
    r"(?P<what>[^?!;,]+)",
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
_BEFORE, _BESIDE = 4, 2
"""A number stands so many words before the members, or so many before the body: “a 500-strong staff”."""
_LED = word_set(
    "of number numbers numbered total totals totalled is was were are at about some nearly almost over more than "
    "around an estimated to grew grown reached swelled rose fell stands stood by"
)
"""What may stand between a body and how many it has: “an army of some 40,000”."""
_PERCENT = re.compile(r"\b[0-9][0-9.,]*[ -]?(?:%|per ?cent|pct)", re.IGNORECASE)
_NUMBER = re.compile(
    r"[0-9][0-9.,]*|dozens?|hundreds?|thousands?|millions?|two|three|four|five|six|seven|eight|nine|ten"
)


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
    counts = {place for place, one in enumerate(told) if _NUMBER.fullmatch(one)}
    if not counts:
        return False
    for place, one in enumerate(told):
        is_body_itself = is_told(of, {one})
        reach = _BESIDE if is_body_itself else _BEFORE if one in _members() else 0
        if not counts.isdisjoint(range(place - reach, place)):
            return True
        behind = place + 1
        while is_body_itself and behind < len(told) and told[behind] in _LED:
            behind += 1
        if is_body_itself and behind in counts:
            return True
    return False


@cache
def _bodies() -> frozenset[str]:
    return frozenset(term_texts(_BODIES))


@cache
def _members() -> frozenset[str]:
    return frozenset(term_texts(_MEMBERS))
