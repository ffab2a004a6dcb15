"""“…,” X said: quotations with their sayer right after them."""

from collections.abc import Sequence

from index.speakers.tokens import Token
from index.speakers.words import PARTICLES, ROLES
from index.statements.findings import Found, Pattern, is_cue
from index.statements.nouns import Phrase
from index.statements.phrases import phrase_after
from index.statements.subjects import subject_before
from index.statements.words import (
    ABOUT,
    AUXILIARIES,
    DETERMINERS,
    PARTICIPLES,
    PLAIN,
    PREPOSITIONS,
    PRONOUNS,
    SAY,
    SUBORDINATORS,
    TELL,
    TIME_WORDS,
    UTTER,
    VOICED,
)

_LONGEST_ATTRIBUTION = 32
_BE = frozenset(("is", "are", "was", "were"))
_QUOTED = frozenset(("quoted", "cited", "reported"))
_PAST = frozenset(("shot", "went", "began", "thought", "kept", "broke", "sang", "put", "cut", "bit", "fired", "spat"))
_NEAREST_VERB, _FARTHEST_VERB = 7, 10
_LONGEST_SUBJECT = 24
_LONG_QUOTATION = 40
"""In characters: what is longer is no title and no name."""
_ENDING = frozenset(".?!-—–…")
_SPOKEN = frozenset(",?!")
_RELATIVE = frozenset(("who", "whose", "which"))
_DASHES = frozenset("—–―-")
_LONGEST_SIGNATURE = 16
_CLOSING = frozenset(",?!-—–….")


def after_quotations(row: Sequence[Token], first: int, end: int) -> list[Found]:
    """The statements of a sentence whose sayer follows the quotation, with what goes on after the sayer."""
    found: list[Found] = []
    at = first
    for q in range(first, end):
        if row[q].kind != "quote" or q < at or q + 1 >= end:
            continue
        attribution = attribution_after(row, q, end)
        signed = _signature(row, q, end) if attribution is None and q == first else None
        if signed is not None:
            return [Found([(q, q + 1)], (q + 1, q + 2), signed, Pattern.NAMED)]
        if attribution is None:
            continue
        subject, cue = attribution
        begin = q if _is_introduced(row, q, at) else at
        content = [(begin, q + 1)]
        at = max(subject[1], cue + 1)
        more = _resumed(row, at, end)
        if more is not None:
            content.append((more, more + 1))
            at = more + 1
        found.append(Found(content, (cue, cue + 1), subject, Pattern.BESIDE if begin == q else Pattern.MIXED))
    return found


def _signature(row: Sequence[Token], q: int, end: int) -> Phrase | None:
    """“…” — Orla Venn, Port Ash: the name behind a dash that ends a paragraph which is a quotation."""
    if end < len(row):
        return None
    return signature(row, q + 1, end)


def signature(row: Sequence[Token], dash: int, end: int) -> Phrase | None:
    """The name in “— Orla Venn, Port Ash”, which is all there is up to `end`."""
    if dash >= end or row[dash].text not in _DASHES or end - dash > _LONGEST_SIGNATURE:
        return None
    last = dash + 1
    while last < end and (row[last].is_capitalised or row[last].low in PARTICLES) and row[last].low not in PRONOUNS:
        last += 1
    is_end = last == end or (row[last].kind == "mark" and row[last].text in ",.(") or row[last].low in PREPOSITIONS
    return (dash + 1, last) if last > dash + 1 and is_end else None


def _is_introduced(row: Sequence[Token], q: int, at: int) -> bool:
    """Whether the words before a quotation are no part of what was said."""
    if q == at or row[q - 1].text in (":", "—", "–"):
        return True
    before = [row[i] for i in range(at, q) if row[i].kind != "mark"]
    return (
        not before or (len(before) == 1 and before[0].kind != "quote") or any(is_cue(row, i, at) for i in range(at, q))
    )


def attribution_after(row: Sequence[Token], q: int, end: int) -> tuple[Phrase, int] | None:
    """The sayer and the verb right after the quotation at `q`, in either order."""
    i, closing = q + 1, row[q].text
    if row[i].text == "," and closing not in (".", "?", "!"):
        i, closing = i + 1, ","
    elif row[i].text in ("—", "–", "-"):
        i += 1
    if i >= end or row[i].kind != "word" or not (closing in _CLOSING or _ends_early(row, i, end)):
        return None
    while i < end - 1 and row[i].low in ("as", "then", "later", "also", "even"):
        i += 1
    if row[i].text.islower() and is_cue(row, i, i) and row[i].low not in ABOUT - PLAIN and not _is_title(row, q):
        phrase = phrase_after(row, i + 1, end, is_uttered=row[i].low in UTTER - PARTICIPLES)
        if phrase is not None and row[phrase[0]].low not in ("it", "they", "we", "there"):
            return phrase, i
    named = _subject_then_cue(row, i, end, closing)
    return named or _whole_subject(row, i, end, closing) or (_any_verb(row, i, end) if closing in _SPOKEN else None)


def _is_title(row: Sequence[Token], q: int) -> bool:
    """“The author of “Low Water,” thanked Orr”: a short quotation that belongs to the word before it."""
    if q == 0 or row[q].end - row[q].start >= _LONG_QUOTATION:
        return False
    return row[q - 1].low in PREPOSITIONS or row[q - 1].low.endswith("'s")


def _whole_subject(row: Sequence[Token], i: int, end: int, closing: str) -> tuple[Phrase, int] | None:
    """“…,” a voice over says: all between a quotation's comma and the verb, if nothing in it is another verb."""
    relative = False
    for cue in range(i + 1, min(end, i + _LONGEST_SUBJECT)):
        low = row[cue].low
        if row[cue].kind == "quote" or row[cue].text in ":;" or (low in PRONOUNS and low != "who"):
            return None
        if is_cue(row, cue, i) and low in UTTER - PARTICIPLES:
            is_own = row[i].is_capitalised or row[i].low in DETERMINERS | ROLES
            return ((i, cue), cue) if is_own and closing not in _ENDING and _may_follow(row, cue, end) else None
        relative = relative or low in _RELATIVE
        if (low in AUXILIARIES and not relative) or low in SUBORDINATORS - {"and", "or"} - _RELATIVE:
            return None
    return None


def _any_verb(row: Sequence[Token], i: int, end: int) -> tuple[Phrase, int] | None:
    """“…,” Reck barked: after a quotation that ends in a comma any past tense beside a name is one of saying."""
    if row[i].low in SUBORDINATORS | PREPOSITIONS | AUXILIARIES:
        return None
    if _is_past(row[i]):
        phrase = phrase_after(row, i + 1, end)
        is_voiced = phrase is not None and (row[phrase[0]].is_capitalised or row[i].low in VOICED)
        return (phrase, i) if phrase is not None and is_voiced else None
    for verb in range(i + 1, min(end, i + _NEAREST_VERB)):
        if row[verb].kind != "word":
            return None
        if _is_past(row[verb]):
            is_name = row[verb - 1].is_capitalised or (row[verb - 1].low in PRONOUNS - {"who"} and verb == i + 1)
            return ((i, verb), verb) if is_name else None
    return None


def _is_past(token: Token) -> bool:
    if token.kind != "word" or not token.text[0].islower():
        return False
    return token.low.endswith("ed") or token.low in VOICED or token.low in _PAST


def _ends_early(row: Sequence[Token], i: int, end: int) -> bool:
    """After a quotation without any mark at its end (“…” he said), the attribution must be all that follows."""
    if any(row[j].low in SAY for j in range(i, min(end, i + 3))):
        return True
    quote = row[i - 1]
    for j in range(i + 1, min(end, i + _FARTHEST_VERB) if quote.end - quote.start >= _LONG_QUOTATION else i):
        if row[j].low in UTTER - PARTICIPLES and row[j].text.islower():
            return _may_follow(row, j, end)
    return False


def _subject_then_cue(row: Sequence[Token], i: int, end: int, closing: str) -> tuple[Phrase, int] | None:
    for cue in range(i + 1, min(end, i + _LONGEST_ATTRIBUTION)):
        token = row[cue]
        if token.kind == "quote" or token.text in (";", ":"):
            return None
        if _is_reported(row, cue, end):
            subject = subject_before(row, cue, i)
            return (subject, cue + 3) if subject is not None and subject[0] == i else None
        if not is_cue(row, cue, i) or token.low in PARTICIPLES:
            continue
        subject = subject_before(row, cue, i)
        if subject is not None and subject[0] == i:
            if _reports_more(row, cue, end):
                return None
            return (subject, cue) if closing == "," or _may_follow(row, cue, end) else None
        if token.low in SAY and row[i].low in PREPOSITIONS | {"asked"} and subject is not None and closing == ",":
            return subject, cue
    return None


def _reports_more(row: Sequence[Token], cue: int, end: int) -> bool:
    """“In “Low Water,” Reck writes that …”: what was said comes behind the verb, and the quotation is a title."""
    is_that = cue + 2 < end and row[cue + 1].low == "that"
    return is_that and row[cue + 2].low not in TIME_WORDS | {"day", "night", "time", "same"}


def _is_reported(row: Sequence[Token], i: int, end: int) -> bool:
    """“…,” X was quoted as saying: the passive of those who were not there themselves."""
    words = [token.low for token in row[i : min(end, i + 4)]]
    return len(words) == 4 and words[0] in _BE and words[1] in _QUOTED and words[2:] == ["as", "saying"]


def _may_follow(row: Sequence[Token], cue: int, end: int) -> bool:
    """After “…?” a verb with a clause of its own starts another statement."""
    if cue + 1 >= end or row[cue + 1].kind != "word":
        return True
    low = row[cue + 1].low
    return (
        low in PREPOSITIONS
        or low in TIME_WORDS
        or row[cue].low in TELL | {"asked", "asks"}
        or low in ("as", "while", "when")
    )


def _resumed(row: Sequence[Token], i: int, end: int) -> int | None:
    """The quotation that goes on after its cue in the same sentence."""
    for j in range(i, min(end, i + _LONGEST_ATTRIBUTION)):
        if row[j].kind == "quote":
            is_own = j + 1 < end and attribution_after(row, j, end) is not None
            joined = j == i or row[j - 1].text in (",", ":", "—", "–") or row[j - 1].text.endswith(".")
            return j if joined and not is_own else None
        if row[j].low in SAY:
            return None
    return None
