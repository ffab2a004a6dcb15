"""Whether a sentence tells as done what a text only tells as possible, wanted, suspected or to come."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from index.opposites import BEING_WORDS
from index.sentences import sentences
from index.stopwords import FUNCTION_WORDS
from index.terms import Term, terms
from search.kindred import are_kindred
from search.meaning import is_form
from search.synonyms import canonical, irregular_forms
from search.wordings import SAYING, word_set

_PART = re.compile(r"[,;:.?!…()\[\]“”\"«»]+(?=\s|\Z)|\s[-–—]\s|—|\n+")
"""Where what a word governs ends."""
_OPENING = word_set(
    "may might could can should must cannot allegedly reportedly supposedly possibly perhaps probably presumably likely"
)
_COMING = word_set("will would shall")
_CONDITIONS = word_set("if unless whether")
_SUSPECTING = word_set(
    "suspect suspects suspected accuse accuses accused accusing allege alleges alleged alleging suspicion suspicions "
    "allegation allegations accusation accusations believe believes believed"
)
_ANEW = word_set("and but or while although though who which whose when after before because so then")
"""A part that one of these begins need not go on with what is suspected."""
_WEIGHING = word_set("consider considers considered considering suggest suggests suggested propose proposes proposed")
_CONDITIONAL = re.compile(
    r"(?<!\beven )(?<!\bas )(?<!\bask )(?<!\basked )\b(?:if|unless|provided that)\s", re.IGNORECASE
)
"""What a sentence with one of these tells to come is only possible."""
_DONE_TO = word_set(
    "manage manages managed begin begins began begun start starts started continue continues continued help helps "
    "helped used had forced came went able met rushed enough first last only"
)
"""Before “to”: what follows was done."""
_BEING = word_set(BEING_WORDS)
_DUE_TO = word_set("due set scheduled agreed decided going") | _BEING
"""Before “to”: what follows is to come."""
_HAVE = word_set("have has had having")
_PASSED = _HAVE | _BEING | word_set("not never also soon now then still already even only just again")
"""Words between a verb and what governs it."""
_ARTICLES = word_set("the a an his her its their this that these those no")
_SUSPECTED_BEHIND = 6


class Standing(IntEnum):
    """How a text tells a deed: as possible or wanted, as to come, as happening, or as done."""

    OPEN = 0
    COMING = 1
    PRESENT = 2
    DONE = 3


@dataclass(frozen=True, slots=True)
class Told:
    """An occurrence of a word, by its offset; `is_verb`: whether its form or what governs it shows that it is one."""

    term: str
    start: int
    standing: Standing
    is_verb: bool


class _Form(NamedTuple):
    """How a word stands, whether it is a verb, and whether another word governs it."""

    standing: Standing
    is_verb: bool
    is_led: bool


def tells_other_standing(claim: str, cited: Sequence[str]) -> bool:
    """Whether a claim tells as done what is only open or to come, as open what is done, or as so what is suspected.

    Takes time in proportion to the claim's length times that of what it cites.
    """
    told: dict[str, list[Told]] = {}
    for text in cited:
        for one in standings(text):
            told.setdefault(canonical(one.term), []).append(one)
    if any(one.is_verb and _stands_otherwise(one, told) for one in standings(claim)):
        return True
    return _tells_suspected(claim, cited)


def _stands_otherwise(one: Told, told: Mapping[str, Sequence[Told]]) -> bool:
    same = told.get(canonical(one.term)) or [
        other
        for others in told.values()
        for other in others
        if is_form(one.term, other.term) or are_kindred(one.term, other.term)
    ]
    if not same:
        return False
    most = max(other.standing for other in same)
    if one.standing is Standing.OPEN:
        return all(other.is_verb and other.standing is Standing.DONE for other in same)
    if one.standing is Standing.COMING:
        is_past = all(other.is_verb and other.standing is Standing.DONE for other in same)
        return most is Standing.OPEN or is_past
    if one.standing is Standing.PRESENT:
        return most is Standing.OPEN
    return most < Standing.PRESENT


def _tells_suspected(claim: str, cited: Sequence[str]) -> bool:
    """Whether a word is told only as that of which somebody is suspected, and the claim does not say so."""
    words = [one for one in terms(claim) if claim[one.start].islower()]
    if any(claim[one.start : one.end].lower() in _SUSPECTING | _OPENING | _CONDITIONS for one in words):
        return False
    suspected, known = set[str](), set[str]()
    for text in cited:
        mine, others = _suspected(text)
        suspected |= mine
        known |= others
    return any(one.text in suspected - known for one in words)


@lru_cache(maxsize=256)
def _suspected(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The terms behind a word of suspicion in its part of the sentence, and all others; small words are neither."""
    suspected, known = set[str](), set[str]()
    end, is_behind = 0, False
    for found in _parts(text):
        first = text[found[0].start : found[0].end].lower() if found else ""
        # “The police suspect that his brother, Jan Thorn, hid it.”
        is_aside = bool(found) and text[end : found[0].start].strip() == "," and first not in _ANEW
        is_behind = is_behind and is_aside and not any(text[one.start : one.end].lower() in SAYING for one in found)
        end = found[-1].end if found else end
        for one in found:
            word = text[one.start : one.end].lower()
            if word not in FUNCTION_WORDS:
                (suspected if is_behind else known).add(one.text)
            is_behind |= word in _SUSPECTING
    return frozenset(suspected), frozenset(known)


@lru_cache(maxsize=256)
def standings(text: str) -> tuple[Told, ...]:
    """How each word with a meaning of its own stands in a text, in order, but for names; linear."""
    told = []
    for start, end in sentences(text):
        is_possible = _CONDITIONAL.search(text, start, end) is not None
        for found in _parts(text[start:end]):
            for one in _told_in(text[start:end], found):
                is_open = is_possible and one.standing is Standing.COMING
                standing = Standing.OPEN if is_open else one.standing
                told.append(replace(one, start=start + one.start, standing=standing))
    return tuple(told)


def _parts(text: str) -> Iterator[list[Term]]:
    """The terms of a text, cut where marks are."""
    cuts = [found.start() for found in _PART.finditer(text)] + [len(text)]
    part: list[Term] = []
    at = 0
    for one in terms(text):
        while one.start > cuts[at]:
            yield part
            part, at = [], at + 1
        part.append(one)
    yield part


def _told_in(text: str, found: Sequence[Term]) -> Iterator[Told]:
    written = [text[one.start : one.end] for one in found]
    lower = [word.lower() for word in written]
    # “May 3” and “Will Orr” leave nothing open.
    lower = [
        word if one.islower() or not at else one for at, (one, word) in enumerate(zip(written, lower, strict=True))
    ]
    is_open = False
    before: _Form | None = None
    for at, one in enumerate(found):
        is_open |= lower[at] in _CONDITIONS
        if lower[at] in FUNCTION_WORDS or not written[at][0].islower():
            continue
        form = _standing(lower, at, before)
        before = form if form.is_verb else before
        yield Told(one.text, one.start, Standing.OPEN if is_open else form.standing, form.is_verb)


def _standing(words: Sequence[str], at: int, before: _Form | None) -> _Form:
    """How the word at a place stands, behind the verb before it."""
    word = words[at]
    is_past = word.endswith("ed") or word in irregular_forms() or word.removeprefix("re") in irregular_forms()
    is_base = not is_past and not word.endswith(("s", "ing"))
    place = at - 1
    while place >= 0 and (words[place] in _PASSED or words[place].endswith("ly")) and words[place] not in _OPENING:
        place -= 1
    leader, passed = words[place] if place >= 0 else "", words[place + 1 : at]
    governed = _behind(leader, words[: max(place, 0)], is_base or "be" in passed or "have" in passed)
    if governed is not None:
        return _Form(governed, is_verb=True, is_led=True)
    if word.endswith("ing"):
        return _Form(_of_gerund(words[:at]), not _BEING.isdisjoint(passed), is_led=False)
    if leader in ("and", "or") and before and before.is_led and not passed and (is_base or is_past):
        return _Form(before.standing, is_past, is_led=True)
    if at and words[at - 1] in _ARTICLES:
        return _Form(Standing.DONE, is_verb=False, is_led=False)
    is_present = word.endswith("s") and at + 1 < len(words) and words[at + 1] in _ARTICLES
    return _Form(Standing.DONE if is_past else Standing.PRESENT, is_past or is_present, is_led=False)


def _behind(leader: str, words: Sequence[str], is_infinitive: bool) -> Standing | None:
    """How a verb stands behind a word that may govern it, and `words` before that; None where it does not."""
    if leader in _OPENING:
        return Standing.OPEN
    if leader in _COMING:
        return Standing.COMING
    if leader != "to" or not is_infinitive:
        return None
    leading = words[-1] if words else ""
    if leading in _DONE_TO:
        return Standing.DONE
    return Standing.COMING if leading in _DUE_TO else Standing.OPEN


def _of_gerund(words: Sequence[str]) -> Standing:
    """How “taking” stands behind these words: “accused them of”, “considers”."""
    is_open = not _SUSPECTING.isdisjoint(words[-_SUSPECTED_BEHIND:]) or (bool(words) and words[-1] in _WEIGHING)
    return Standing.OPEN if is_open else Standing.PRESENT
