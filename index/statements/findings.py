"""A statement in the making, and what the patterns share."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.speakers.tokens import Token
from index.speakers.words import BODY_NOUNS, GROUPS, ROLES, TITLES, WRITINGS
from index.statements.nouns import Phrase, can_say
from index.statements.phrases import core_end
from index.statements.words import CUES, DETERMINERS, OPENERS, PREPOSITIONS, PRONOUNS, QUOTING, SUBORDINATORS


class Pattern(StrEnum):
    """How a statement was found, which tells how far to trust it."""

    BESIDE = "beside"
    MIXED = "mixed"
    ABOUT = "about"
    TAIL = "tail"
    INDIRECT = "indirect"
    ACCORDING = "according"
    NAMED = "named"
    COLON = "colon"
    NOUN = "noun"
    PARTICIPLE = "participle"
    COORDINATED = "coordinated"
    CONTINUED = "continued"
    INTRODUCED = "introduced"
    FOLLOWING = "following"
    TOLD = "told"
    TURN = "turn"
    UNATTRIBUTED = "unattributed"


_MOST_STARTS = 8
_STRUCK = frozenset(("hit", "shot", "fired", "went", "came", "put", "struck", "fought", "bit", "stood", "took"))
"""Verbs without an ending, behind a role in small letters: “Bus bosses hit back: “…””."""
_DEPENDENT = frozenset(("when", "while", "as", "after", "although", "though", "if", "once", "even", "because", "since"))
_NOUNS = ROLES | GROUPS | BODY_NOUNS | TITLES | WRITINGS | {"of", "for", "and", "at"}


@dataclass(slots=True)
class Found:
    """A statement in the making: token ranges of what was said, the verb, the sayer; all of one unit."""

    content: list[Phrase]
    cue: Phrase
    subject: Phrase
    pattern: Pattern
    is_intro: bool = False
    relay: Phrase | None = None


def is_cue(row: Sequence[Token], i: int, first: int) -> bool:
    """Whether a word is a verb of saying; a capital one (“United States”) only at the start or in a headline."""
    if row[i].kind != "word" or row[i].low not in CUES | QUOTING:
        return False
    if row[i].low.startswith("add") and i + 1 < len(row) and row[i + 1].low in ("up", "to"):
        # figures add up
        return False
    return i == first or row[i].text[0].islower() or (row[i].text == "Says" and row[i - 1].is_capitalised)


def claimed(found: Sequence[Found]) -> set[int]:
    """The indices of all tokens that some statement holds as said."""
    return {i for one in found for phrase in one.content for i in range(*phrase)}


def leading_phrase(row: Sequence[Token], first: int, limit: int, *, is_uttered: bool = False) -> Phrase | None:
    """The subject that a sentence opens with: “On Monday, Trump defended his plan, saying …”.

    What stands in commas before it (where, when, a dateline) has no verb after it.
    """
    if row[first].low in _DEPENDENT:
        # “When Orr left, Reck rose …”: the first clause has another subject
        first = next((j + 1 for j in range(first + 2, limit) if row[j].text == ","), first)
    starts = [first, *(j + 1 for j in range(first, limit) if row[j].text in (",", "—", "–", "-", ")"))]
    for start in starts[:_MOST_STARTS]:
        i = start
        while i < limit and row[i].low in OPENERS:
            i += 1
        if i >= limit or row[i].kind != "word" or row[i].low in SUBORDINATORS | PREPOSITIONS:
            continue
        if row[i].low.partition("'")[0] in PRONOUNS - {"who"}:
            return (i, i + 1)
        phrase = _before_verb(row, (i, core_end(row, i, limit)))
        may_say = phrase[0] < phrase[1] and can_say(row, phrase, is_uttered)
        if may_say and _is_subject(row, phrase, limit, is_first=start == first):
            return phrase
    return None


def _before_verb(row: Sequence[Token], phrase: Phrase) -> Phrase:
    """A phrase without the verb that it runs on to: after a name, a word that is no noun for a sayer is one."""
    first, end = phrase
    for i in range(first + 1, end):
        if not row[i].is_capitalised and row[i].kind == "word" and row[i].low not in _NOUNS:
            named = row[i - 1].is_capitalised and (i - 1 > first or row[first].low not in DETERMINERS | {"another"})
            if row[i].low in _STRUCK and row[i - 1].low in ROLES | GROUPS:
                return (first, i)
            goes_on = any(row[j].is_capitalised for j in range(i + 1, min(i + 3, end)))
            if (named and not goes_on) or (named and row[i].low.endswith("ed")) or row[i].low.endswith("ed"):
                return (first, i)
    return phrase


def _is_subject(row: Sequence[Token], phrase: Phrase, limit: int, *, is_first: bool) -> bool:
    last, following = row[phrase[1] - 1], row[phrase[1]]
    is_abbreviation = last.low.endswith(".") and phrase[1] - phrase[0] == 1
    if last.low.endswith("'s") or is_abbreviation or following.text in "'’":
        return False
    if not any(row[j].is_capitalised for j in range(*phrase)):
        return False
    if following.text == "(" and is_first:
        return True
    if following.kind == "word" and phrase[1] < limit:
        return following.text[0].islower() and following.low not in PREPOSITIONS
    opens = row[phrase[1] + 1].low if phrase[1] + 1 < limit else ""
    return following.text == "," and (opens in ("who", "a", "an", "the") or (is_first and not last.text.isupper()))
