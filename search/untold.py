"""Whether what would be cited leaves out a deed that texts tell by its own verb: who died, what ended, who resigned."""

import re
from collections.abc import Sequence
from functools import cache

from index.terms import term_texts
from search.deeds import deed_of, done_to_whom, has_nouns, without_nouns
from search.reading import Reading, shown
from search.told import is_told
from search.types import Citation

_EVENTS = """
end ended ending resume resumed return returned withdraw withdrew withdrawn destroy destroyed kill killed die died born
reject rejected refuse refused deny denied leave left succeed succeeded replace replaced resign resigned retire retired
release released arrest arrested dismiss dismissed fire fired sack sacked appoint appointed join joined lose lost order
ordered approve approved convict convicted sentence sentenced marry married divorce divorced graduate graduated convert
converted defeat defeated surrender surrendered escape escaped capture captured injure injured hurt empty emptied
abolish abolished cancel cancelled canceled ban banned shoot shot beat survive survived drown drowned collapse collapsed
explode exploded crash crashed steal stole stolen rescue rescued evacuate evacuated flee fled expel expelled suspend
suspended sink sank sunk burn burned burnt demolish demolished rebuild rebuilt reopen reopened close closed shut quit
depose deposed overthrow overthrown murder murdered assassinate assassinated bury buried crown crowned sue sued accuse
accused jail jailed imprison imprisoned become became
elect elected nominate nominated inaugurate inaugurated lift lifted repeal repealed revoke revoked
find found founded accept accepted ratify ratified vote voted hire hired promote promoted apologise apologised apologize
apologized testify testified
"""
"""Verbs that a text about the same thing does not tell in passing; what tells them is told by them."""
_START = "start started begin began begun launch launched initiate initiated"
"""Whoever launched it began it."""
_BY_WHOM = f"pay paid own owned {_START}"
"""So are these where it is asked who did it; when it began, any day may tell."""
_KILL = (
    "kill kills killed killing killer murder murders murdered murderer assassinate assassinated assassin shot stabbed "
    "slain executed execution beheaded hanged poisoned massacre massacred"
)
"""Who died was not killed."""
_PAY = (
    "pay pays paid paying payment fund funds funded finance financed sponsor sponsored spend spends spent cover covered"
    " buy buys bought purchase purchased donate donated grant granted subsidy foot footed"
)
"""Who paid for it is not told by what it cost."""
_ELECT = (
    "elect elected electing won wins winner chosen chose become became named inaugurated inauguration sworn "
    "succeeded appointed installed nominated selected landslide"
)
_APPOINT = (
    "appoint appointed named nominated nominate chosen chose picked selected promoted elected become became succeeded "
    "replaced installed sworn hired recruited assigned ordained designated"
)
"""Whoever is elected wins, is chosen or named."""
_BECOME = "become became becoming named appointed elected crowned sworn succeed succeeded"
_BECAME = re.compile(r"\b(?:(?:took|taken|taking) (?:over|office|charge|command|the)|since)\b")
_GOES_ON = re.compile(r"\W*(?:he|she|it|they|this|that|his|her|their)\b", re.IGNORECASE)
_WHO = re.compile(r"\W*who\b", re.IGNORECASE)
_SPAN = re.compile(
    r"(?:[0-9]{3,4}|present)\)|[0-9]{3,4}s?\s?[–-]\s?[0-9]{2,4}|\b(?:until|till|through|lasts|lasted)\b"
    r"|\b(?:from|between) (?:the |early |late |[A-Z][a-z]+ ){0,3}[0-9][^.;]{0,60} (?:to|and|through)\b|\b[bd]\. ",
    re.IGNORECASE,
)
"""Years of a life or of a war tell when it began and ended: “(1919–1980)”, “until the middle of the century”."""


def is_untold(question: str, reading: Reading, cited: Sequence[Citation]) -> bool:
    """Whether no citation tells the deed of a question in any form, the sentence before it and headings included."""
    deed = event_of(question)
    return deed is not None and not any(tells(deed, reading, number) for one in cited for number in shown(reading, one))


def event_of(question: str) -> str | None:
    """The deed of a question as a term, if it is one that texts tell by its own verb."""
    deed = deed_of(question) or done_to_whom(question)
    if deed and deed not in term_texts(without_nouns(deed, question)):
        return None  # “How often do elections take place?”
    return deed if deed in _events() or (deed in _by_whom() and _WHO.match(question)) else None


def tells(deed: str, reading: Reading, number: int) -> bool:
    """Whether a sentence tells such a deed, itself, by the one before it, by the headings above or in other words.

    What nouns are taken for must be told by itself, or by the one before if it goes on about that.
    """
    one = reading.sentences[number]
    other = _others().get(deed)
    if other is not None and other.search(one.text):
        return True
    own, passage = _own().get(deed), reading.passages[one.passage]
    if has_nouns(deed):
        before = reading.before(number) if _GOES_ON.match(one.text) else ""
        held = set(term_texts(without_nouns(deed, f"{before}\n{one.text}")))
    else:
        held = {*one.terms, *passage.above, *term_texts(reading.before(number))}
    return is_told(deed, held) if own is None else not own.isdisjoint(held)


@cache
def _own() -> dict[str, frozenset[str]]:
    """Deeds that only these words tell, all as terms."""
    kill, become, pay = (frozenset(term_texts(words)) for words in (_KILL, _BECOME, _PAY))
    found = {"elect": frozenset(term_texts(_ELECT)), "appoint": frozenset(term_texts(_APPOINT))}
    found |= dict.fromkeys(term_texts("kill murder"), kill) | dict.fromkeys(term_texts("become became"), become)
    found |= dict.fromkeys(term_texts(_START), frozenset(term_texts(_START)))
    return found | dict.fromkeys(term_texts("pay paid"), pay)


@cache
def _others() -> dict[str, re.Pattern[str]]:
    """What tells a deed without a verb for it."""
    spanned = dict.fromkeys(term_texts("end ended die died born"), _SPAN)
    return spanned | dict.fromkeys(term_texts("become became"), _BECAME)


@cache
def _by_whom() -> frozenset[str]:
    return frozenset(term_texts(_BY_WHOM))


@cache
def _events() -> frozenset[str]:
    return frozenset(term_texts(_EVENTS))
