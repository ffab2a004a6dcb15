"""One sentence → what is said in it and by whom, by the patterns of English news."""

from collections.abc import Sequence

from index.speakers.tokens import Token
from index.speakers.words import word_set
from index.statements.asides import according, colon, inverted, named_colon, parenthesis
from index.statements.attributions import after_quotations
from index.statements.clauses import content_after
from index.statements.findings import (
    ABOUT_IT,
    BESIDE,
    INDIRECT,
    MIXED,
    PARTICIPLE,
    Found,
    claimed,
    is_cue,
    leading_phrase,
)
from index.statements.phrases import Phrase, subject_before
from index.statements.tokens import Unit
from index.statements.words import ABOUT, AUXILIARIES, BASE_FORMS, CUES, INTENT, PARTICIPLES, PLAIN, TELL

_MOST_IN_SENTENCE = 8
_SUBORDINATING = word_set("after before as when while since although though because if until where")
_TAIL_VERBS = (PLAIN | TELL) - INTENT


def find(unit: Unit, first: int, end: int) -> list[Found]:
    """The statements of the sentence at tokens `first` to `end`, in order."""
    row = unit.tokens
    if not any(token.kind == "quote" or token.low in CUES or token.low == "according" for token in row[first:end]):
        return []
    found = after_quotations(row, first, end)
    used = {found_one.cue[0] for found_one in found}
    for cue in range(first, end):
        if len(found) < _MOST_IN_SENTENCE and cue not in used and is_cue(row, cue, first):
            spoken = _forward(row, cue, first, end, found)
            if spoken is not None:
                found.append(spoken)
    found += inverted(row, first, end, found)
    found += according(row, first, end, found)
    if not found:
        found += named_colon(row, first, end, is_first=first == 0) or colon(row, first, end)
    return sorted(found, key=lambda one: one.content[0] if one.content else one.cue)


def _forward(row: Sequence[Token], cue: int, first: int, end: int, found: Sequence[Found]) -> Found | None:
    subject = _subject(row, cue, first, found)
    if subject is None:
        return None
    is_subordinate = subject[0] > first and row[subject[0] - 1].low in _SUBORDINATING
    content = content_after(row, cue, end, is_subordinate)
    if content is not None:
        taken = claimed(found)
        if any(row[i].kind == "quote" and i in taken for i in range(*content)):
            return None
        return Found([content], (cue, cue + 1), subject, _confidence(row, cue, subject, content))
    if row[cue].low in PLAIN | TELL and cue + 1 < end and _is_intro(row, cue + 1, end):
        return Found([], (cue, cue + 1), subject, BESIDE, is_intro=True)
    if row[cue].low in _TAIL_VERBS:
        return parenthesis(row, cue, subject, first, end, found)
    return None


def _subject(row: Sequence[Token], cue: int, first: int, found: Sequence[Found]) -> Phrase | None:
    if row[cue].low not in PARTICIPLES and _is_coordinated(row, cue, first):
        return found[-1].subject if found else leading_phrase(row, first, cue)
    if row[cue].low not in PARTICIPLES or (cue > first and row[cue - 1].low in AUXILIARIES):
        return subject_before(row, cue, first)
    if (
        cue > first
        and row[cue - 1].text not in (",", "—", "–")
        and row[cue - 1].low not in ("and", "by", "before", "also")
    ):
        return None
    if found and row[cue].low in PLAIN:
        return found[-1].subject
    return leading_phrase(row, first, cue) if row[cue].low in PLAIN | ABOUT else None


def _is_coordinated(row: Sequence[Token], cue: int, first: int) -> bool:
    """“X praised Y and said …”: the second verb of one subject."""
    i = cue - 1
    while i > first and (row[i].low in ("also", "then", "later") or row[i].low.endswith("ly")):
        i -= 1
    return i > first + 1 and row[i].low in ("and", "but") and row[cue].low not in BASE_FORMS


def _confidence(row: Sequence[Token], cue: int, subject: Phrase, content: Phrase) -> float:
    is_quote = row[content[0]].kind == "quote"
    if subject[1] != cue and (row[cue].low in PARTICIPLES or _is_coordinated(row, cue, subject[0])):
        return PARTICIPLE
    if is_quote and content[1] == content[0] + 1:
        if row[cue].low in ABOUT - PLAIN or (cue + 1 != content[0] and row[content[0] - 1].text not in (",", ":")):
            return ABOUT_IT
        return BESIDE if row[content[0]].text in (".", "?", "!", ",") and row[cue].low in PLAIN | TELL else MIXED
    return MIXED if any(row[i].kind == "quote" for i in range(*content)) else INDIRECT


def _is_intro(row: Sequence[Token], i: int, end: int) -> bool:
    """“X continued:” at the end of a paragraph: what was said comes in the next one."""
    return row[end - 1].text == ":" and end - i <= 16
