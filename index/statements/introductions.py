"""Sayers before a colon, and subjects of the sentence before a quotation."""

from collections.abc import Sequence

from index.speakers.tokens import Token
from index.speakers.words import BODY_NOUNS, PARTICLES, TITLES
from index.statements.findings import Found, Pattern, is_cue, leading_phrase
from index.statements.nouns import Phrase, can_say
from index.statements.subjects import subject_before
from index.statements.words import AUXILIARIES, CUES, NEVER_NAMES, PARTICIPLES, TIME_WORDS, UTTER

_SHORT_VERB, _SHORT_PREDICATE = 4, 18
"""In words: “shot back” before a comma and a quotation, more before a colon; longer ones tell of something else."""


def colon(row: Sequence[Token], first: int, end: int) -> list[Found]:
    """“He went further: “…”” and “Reck shot back, “…””: what ends a sentence is its subject's, if that is somebody."""
    for i in range(first + 2, end - 1):
        if row[i].kind == "mark" and row[i].text in (",", ":") and row[i + 1].kind == "quote" and i + 2 >= end - 1:
            subject = _introducing(row, first, i)
            if subject is not None:
                return [Found([(i + 1, i + 2)], (i, i + 1), subject, Pattern.COLON)]
    return []


def put_it(row: Sequence[Token], first: int, end: int) -> list[Found]:
    """“As Reck put it, “…”” and “…, as Reck once put it: “…””."""
    for i in range(first + 2, end - 2):
        if row[i].low not in ("put", "puts") or row[i + 1].low != "it" or row[i + 2].text not in (",", ":"):
            continue
        quote = i + 3
        begin = next((j for j in range(i - 1, max(first, i - _SHORT_PREDICATE) - 1, -1) if row[j].low == "as"), i)
        last = i - 1 if row[i - 1].low in ("once", "later", "has", "also") else i
        subject = (begin + 1, last)
        if quote < end and row[quote].kind == "quote" and begin < last - 1 and can_say(row, subject, is_uttered=True):
            return [Found([(quote, quote + 1)], (i, i + 1), subject, Pattern.BESIDE)]
    return []


def introduction(row: Sequence[Token], first: int, end: int) -> list[Found]:
    """“Reck put it this way:” at the end of a paragraph: what was said comes in the next one."""
    if end < len(row) or row[end - 1].text != ":":
        return []
    subject = _introducing(row, first, end - 1)
    return [Found([], (end - 1, end), subject, Pattern.COLON, is_intro=True)] if subject is not None else []


def _introducing(row: Sequence[Token], first: int, mark: int) -> Phrase | None:
    """Whose words come after the comma or colon at `mark`: the last verb of saying's subject, else the sentence's."""
    longest = _SHORT_PREDICATE if row[mark].text == ":" else _SHORT_VERB
    if row[mark - 1].low == "asked" and row[mark - 2].low in AUXILIARIES:
        return None
    signed = _after_dash(row, first, mark)
    if signed is not None:
        return signed
    for cue in range(mark - 1, max(first, mark - longest), -1):
        if row[mark].text == ":" and is_cue(row, cue, first) and row[cue].low in UTTER - PARTICIPLES:
            subject = subject_before(row, cue, first)
            if subject is not None:
                return subject
    subject = leading_phrase(row, first, mark)
    return subject if subject is not None and mark - subject[1] <= longest else None


def _after_dash(row: Sequence[Token], first: int, mark: int) -> Phrase | None:
    """“The tide is late - Orla Venn: “…””: a digest that names its source behind a dash."""
    begin = mark
    while begin > first and (row[begin - 1].is_capitalised or row[begin - 1].low in PARTICLES | {"and"}):
        begin -= 1
    before = row[begin - 1].text if begin > first else ""
    if before == "from" and begin - 2 > first and row[begin - 2].low == "more":
        return (begin, mark) if begin < mark else None
    return (begin, mark) if before in ("-", "–", "—") and mark - begin >= 1 else None


def named_colon(row: Sequence[Token], first: int, end: int, is_first: bool) -> list[Found]:
    """`X: “…”` at a sentence's start: a name, as in a transcript; one word only if it is no common one."""
    for i in range(first + 1, min(end - 1, first + 7)):
        if row[i].text == ":" and row[i + 1].kind == "quote":
            words = [row[j] for j in range(first, i)]
            return [Found([(i + 1, i + 2)], (i, i + 1), (first, i), Pattern.NAMED)] if _is_name(words, is_first) else []
        if row[i].kind != "word":
            break
    return []


def _is_name(words: Sequence[Token], is_first: bool) -> bool:
    last = words[-1].low
    if last in NEVER_NAMES | BODY_NOUNS | TITLES | TIME_WORDS | CUES:
        return False
    is_long = len(words) > 1 or words[0].text.isupper() or not is_first
    return is_long and all(word.is_capitalised or word.low in PARTICLES for word in words)
