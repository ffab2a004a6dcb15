"""Whether who is said to have said something, in reported speech, is who a text tells to have said it."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.sentences import sentences
from index.speakers.given_names import FEMALE_NAMES, MALE_NAMES
from index.stopwords import FUNCTION_WORDS
from index.terms import Term, content_terms, terms
from search.synonyms import canonical
from search.wordings import SAYING, word_set

_ENOUGH = 2
"""So many words must be the same for two reports to be of the same; all, of shorter ones."""
_LONGEST_SAYER = 8
"""A part behind a report that tells whose it is, “said Ines Calloway”, has at most so many words."""
_ACCORDING = re.compile(r"according to ([^,]+), |, according to ([^,.]+)", re.IGNORECASE)
_PART = re.compile(r"[,;:”\"–—]+\s")
_SAID = r"(?:said|says|added|adds|argued|argues|claimed|claims|insisted|insists|warned|warns|admitted|admits)"
_SAID_OWN = re.compile(rf"(?<=\w)\s{_SAID}\s(?:that\s)?(?:he|she)(?=\s)")
_SAID_OF = re.compile(
    rf"\s{_SAID}\s(?:that\s)?"
    r"(?!(?:he|she|it|they|we|i|there|to|in|on|at|by|for|from|after|before|when|if|as)\s)",
    re.IGNORECASE,
)
"""Behind this somebody else is told of by whoever said it."""
_BODIES = word_set("company firm group bank party union agency ministry government council club team league committee")
"""By these a body that speaks may mean itself: “Castell Marine said the company was sorry”."""
_GIVEN = FEMALE_NAMES | MALE_NAMES


@dataclass(frozen=True, slots=True)
class _Report:
    """Who said something, empty where only a pronoun tells, which of these are names, and what was said, by terms."""

    sayer: frozenset[str]
    names: frozenset[str]
    said: frozenset[str]


def credits_others(claim: str, cited: Sequence[str]) -> bool:
    """Whether what a claim reports is only told as the words of others.

    Takes time in proportion to the claim's length times that of what it cites.
    """
    told = [one for text in cited for one in _reports(text)]
    return any(_is_anothers(one, told, cited) for one in _reports(claim) if one.sayer)


def _is_anothers(one: _Report, told: Sequence[_Report], cited: Sequence[str]) -> bool:
    held = [len(one.said & other.said) for other in told]
    most = max(held, default=0)
    if most < max(1, min(_ENOUGH, len(one.said))):
        return False
    same = [other for other, count in zip(told, held, strict=True) if count == most]
    return not any(_may_be(one, other, cited) for other in same)


def _may_be(one: _Report, other: _Report, cited: Sequence[str]) -> bool:
    """Whether two sayers have a word in common, are beside each other somewhere, or the second is not named."""
    if not other.sayer or not one.sayer.isdisjoint(other.sayer):
        return True
    if one.names and not other.names:
        return True  # “the company said”
    held = [held for text in cited for held in _sentences(text)]
    if not one.names and not any(one.sayer & terms for terms in held):
        return True
    return any(one.sayer & terms and other.sayer & terms for terms in held)


@lru_cache(maxsize=256)
def _sentences(text: str) -> tuple[frozenset[str], ...]:
    spans = sentences(text)
    return tuple(frozenset(canonical(one.text) for one in content_terms(text[start:end])) for start, end in spans)


@lru_cache(maxsize=256)
def _reports(text: str) -> tuple[_Report, ...]:
    plain = {one.text for one in terms(text) if text[one.start].islower()}
    return tuple(report for start, end in sentences(text) for report in _reports_of(text[start:end], plain))


def _reports_of(sentence: str, plain: Collection[str]) -> Iterator[_Report]:
    found = terms(sentence)

    def report(sayer: Sequence[Term], said: Sequence[Term]) -> _Report:
        who, what = ([one for one in side if not _is_small(sentence, one)] for side in (sayer, said))
        names = (one for one in who if sentence[one.start].isupper() and one.text not in plain)
        meant = [frozenset(canonical(one.text) for one in side) for side in (who, names, what)]
        return _Report(*meant)

    for one in _ACCORDING.finditer(sentence):
        start, end = one.span(1) if one[1] else one.span(2)
        sayer = [term for term in found if start <= term.start < end]
        yield report(sayer, [term for term in found if not start <= term.start < end])
    verbs = [at for at, one in enumerate(found) if _is_saying(sentence[one.start : one.end])]
    for at in verbs[:1]:
        start = max((one.end() for one in _PART.finditer(sentence, 0, found[at].start)), default=0)
        end = next((one.start() for one in _PART.finditer(sentence, found[at].end)), len(sentence))
        part = [one for one in found if start <= one.start < end]
        before = [one for one in found if one.start < start]
        is_behind = (
            bool(before)
            and found[-1].start < end
            and not any(sentence[one.start : one.end].lower() == "that" for one in found[at:])
        )
        if is_behind and len(part) <= _LONGEST_SAYER:
            yield report([one for one in part if one is not found[at]], before)
        else:
            yield report(found[:at], found[at + 1 :])


def said_of_oneself(claim: str) -> str:
    """A claim as it tells of its sayer: “Lund had warned them” of “Lund said she had warned them”, else nothing."""
    return _SAID_OWN.sub("", claim) if _SAID_OWN.search(claim) else ""


def sayers_of_others(sentence: str, found: Sequence[Term], at: int) -> frozenset[str]:
    """The names, by canonical terms, before what somebody says of another, where the word at a place stands in that.

    “Lund said the firm had warned them” tells nothing that Lund did.
    """
    said = _SAID_OF.search(sentence, 0, found[at].start)
    if said is None:
        return frozenset()
    subject = [sentence[one.start : one.end] for one in found[:at] if one.start >= said.end()]
    names = [one for one in found if one.end <= said.start() and sentence[one.start].isupper()]
    is_person = any(sentence[one.start : one.end].lower() in _GIVEN for one in names)
    if not any(map(str.islower, subject)) or (not is_person and not _BODIES.isdisjoint(subject)):
        return frozenset()
    return frozenset(canonical(one.text) for one in names)


def _is_saying(word: str) -> bool:
    """Whether it is a form that no noun has: “claim” and “states” are such, too."""
    return word in SAYING and word.endswith(("ed", "said", "says", "told", "tells"))


def _is_small(sentence: str, one: Term) -> bool:
    word = sentence[one.start : one.end].lower()
    return word in FUNCTION_WORDS or word in SAYING
