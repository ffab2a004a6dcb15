"""Who passes on what somebody else said: “X said …, Reuters reported”, “the Courier quoted X as saying …”."""

from collections.abc import Sequence

from index.speakers.tokens import Token
from index.speakers.words import word_set
from index.statements.clauses import content_after
from index.statements.findings import Found, Pattern
from index.statements.nouns import Phrase, can_say
from index.statements.phrases import phrase_after
from index.statements.subjects import subject_before
from index.statements.words import AUXILIARIES, TIME_WORDS

_REPORTING = word_set("reported reports said says wrote writes")
_QUOTING = word_set("quoted quotes cited cites quoting citing")
_BE = word_set("is are was were been")
_LONGEST_SUBJECT = 12


def relay_at_end(row: Sequence[Token], first: int, end: int, found: Sequence[Found]) -> None:
    """Note on a sentence's statements who is named behind them as passing them on."""
    relay = _signed(row, first, end) or _according(row, first, end)
    if relay is None:
        return
    for one in found:
        is_before = one.cue[1] <= relay[0] and all(last < relay[0] for _, last in one.content)
        if is_before and one.content and one.subject != relay:
            one.relay = relay


def _signed(row: Sequence[Token], first: int, end: int) -> Phrase | None:
    """Who is named in “…, Castrin Radio reported on Monday”."""
    cue = end - 1
    while cue > first and (row[cue].kind == "mark" or row[cue].low in TIME_WORDS | {"on"}):
        cue -= 1
    if row[cue].low not in _REPORTING:
        return None
    subject = subject_before(row, cue, first)
    is_apart = subject is not None and subject[1] == cue and subject[0] > first
    return subject if subject is not None and is_apart and _is_set_apart(row, subject[0]) else None


def _is_set_apart(row: Sequence[Token], begin: int) -> bool:
    return row[begin - 1].text == "," or (row[begin - 1].low == "as" and row[begin - 2].text == ",")


def _according(row: Sequence[Token], first: int, end: int) -> Phrase | None:
    """Who is named in “…, according to Castrin Radio”."""
    for i in range(first + 1, end - 2):
        if row[i].low == "according" and row[i + 1].low == "to" and row[i - 1].text == ",":
            subject = phrase_after(row, i + 2, end, is_uttered=True)
            is_last = subject is not None and all(row[j].kind == "mark" for j in range(subject[1], end))
            return subject if is_last else None
    return None


def quoted_as(row: Sequence[Token], first: int, end: int) -> list[Found]:
    """“The Courier quoted Reck as saying that …” and “Reck was quoted as saying …”: the words are Reck's."""
    for saying in range(first + 3, end - 1):
        if row[saying].low != "saying" or row[saying - 1].low != "as":
            continue
        lowest = max(first, saying - _LONGEST_SUBJECT)
        verb = next((i for i in range(saying - 2, lowest, -1) if row[i].low in _QUOTING), first)
        content = content_after(row, saying, end) if verb > first else None
        if content is None:
            return []
        sayer, relay = _quoted(row, verb, saying - 1, first)
        if sayer is None or not can_say(row, sayer, is_uttered=True):
            return []
        is_quote = any(row[i].kind == "quote" for i in range(*content))
        pattern = Pattern.MIXED if is_quote else Pattern.INDIRECT
        return [Found([content], (saying, saying + 1), sayer, pattern, relay=relay)]
    return []


def _quoted(row: Sequence[Token], verb: int, end: int, first: int) -> tuple[Phrase | None, Phrase | None]:
    """Sayer and relay of “quoted”, active or passive; `end` is where its object ends."""
    if end > verb + 1 and not any(row[i].low in AUXILIARIES for i in range(verb + 1, end)):
        by = next((i for i in range(verb + 1, end) if row[i].low in ("by", "in")), None)
        if by is None:
            return (verb + 1, end), subject_before(row, verb, first)
    if row[verb - 1].low not in _BE:
        return None, None
    begin = verb - 1
    while begin > first and row[begin - 1].low in AUXILIARIES:
        begin -= 1
    return subject_before(row, begin, first), None
