"""A statement in the making, and what the patterns share."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.speakers.tokens import Token
from index.statements.phrases import Phrase, phrase_after
from index.statements.words import CUES, OPENERS, PREPOSITIONS, PRONOUNS, SUBORDINATORS

BESIDE, MIXED, ABOUT_IT, TAIL, INDIRECT, NAMED, PARTICIPLE = 0.95, 0.85, 0.8, 0.75, 0.75, 0.85, 0.7
"""Confidence by pattern; rough, chosen on annotated news."""


@dataclass(slots=True)
class Found:
    """A statement in the making: token ranges of what was said, the verb, the sayer; all of one unit."""

    content: list[Phrase]
    cue: Phrase
    subject: Phrase
    confidence: float
    is_intro: bool = False


def is_cue(row: Sequence[Token], i: int, first: int) -> bool:
    """Whether a word is a verb of saying; a capital one (“United States”) only where its sentence starts."""
    return row[i].low in CUES and row[i].kind == "word" and (i == first or row[i].text[0].islower())


def claimed(found: Sequence[Found]) -> set[int]:
    """The indices of all tokens that some statement holds as said."""
    return {i for one in found for phrase in one.content for i in range(*phrase)}


def leading_phrase(row: Sequence[Token], first: int, limit: int) -> Phrase | None:
    """The subject that a sentence opens with: “Trump defended his plan, saying …”."""
    i = first
    while i < limit and row[i].low in OPENERS:
        i += 1
    if i < limit and (row[i].low in PREPOSITIONS or (i == first and row[i].low.endswith(("ed", "ing")))):
        i = next((j + 1 for j in range(i, limit) if row[j].text == ","), limit)
    if i >= limit or row[i].kind != "word" or row[i].low in SUBORDINATORS:
        return None
    if row[i].low in PRONOUNS - {"who"}:
        return (i, i + 1)
    phrase = phrase_after(row, i, limit)
    if phrase is None or row[phrase[1] - 1].low.endswith("'s") or row[phrase[1]].text in "'’":
        return None
    return phrase if any(row[j].is_capitalised for j in range(*phrase)) else None
