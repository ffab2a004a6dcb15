"""Sayers set apart from what was said: in commas, after “according to”, before a colon."""

from collections.abc import Sequence

from index.speakers.tokens import Token
from index.statements.extents import is_short_clause
from index.statements.findings import Found, Pattern, claimed
from index.statements.nouns import Phrase
from index.statements.phrases import phrase_after
from index.statements.words import (
    AUXILIARIES,
    BASE_FORMS,
    OPENERS,
    PARTICIPLES,
    PLAIN,
    PREPOSITIONS,
    SUBORDINATORS,
    TELL,
    TIME_WORDS,
)

_LEAST_WORDS = 4
_REACH = 20
_FIRST = (PLAIN - frozenset(("ask", "asks", "asked", "asking"))) - BASE_FORMS
"""Verbs that may open a sentence before their subject; “Asked why, X said …” is another matter."""


def parenthesis(
    row: Sequence[Token], cue: int, subject: Phrase, first: int, end: int, found: Sequence[Found]
) -> Found | None:
    """“The talks, X said, will go on.” and “The talks will go on, X said”."""
    opened = subject[0] - 1
    if opened >= first and row[opened].low == "as":
        return _as_told(row, cue, subject, first, end, found)
    if opened <= first or row[opened].text not in (",", "—", "–", "-") or row[subject[0]].low == "who":
        return None
    after = cue + 1
    while after < end and (row[after].low in TIME_WORDS or _is_date(row, after, end)):
        after += 1
    if after < end and row[after].text not in (",", ".", "—", "–", ";") and not _closes(row, after, end):
        return None
    content: list[Phrase] = []
    before = (first, subject[0] - 1)
    if _is_clause(row, before):
        content.append(before)
    if after + 1 < end and row[after].text in (",", "—", "–", "-"):
        rest = (after + 1, end - 1 if row[end - 1].kind == "mark" else end)
        if rest[1] - rest[0] >= 2:
            content.append(rest)
    if found:
        # the part before is somebody's already; the part after only when it is in quotation marks
        taken = claimed(found)
        rest_quotes = [i for phrase in content[1:] for i in range(*phrase) if row[i].kind == "quote"]
        content = content[1:] if rest_quotes and not any(i in taken for i in range(*content[-1])) else []
    is_short = len(content) == 1 and is_short_clause(row, *content[0])
    is_enough = is_short or _words(row, content) >= _LEAST_WORDS
    return Found(content, (cue, cue + 1), subject, Pattern.TAIL) if is_enough else None


def _words(row: Sequence[Token], content: Sequence[Phrase]) -> int:
    """How many words phrases have; a quotation counts for enough."""
    kinds = [row[i].kind for phrase in content for i in range(*phrase)]
    return sum(kind != "mark" for kind in kinds) + _LEAST_WORDS * ("quote" in kinds)


def _as_told(
    row: Sequence[Token], cue: int, subject: Phrase, first: int, end: int, found: Sequence[Found]
) -> Found | None:
    """“As the Courier reported, the bridge is safe.” and “The bridge is safe, as the Courier reported.”."""
    opened = subject[0] - 1
    stop = end - 1 if row[end - 1].kind == "mark" else end
    comma = next((i for i in range(cue + 1, min(end, cue + 8)) if row[i].text == ","), end)
    if found or row[cue].low in PARTICIPLES:
        return None
    if opened - first == 2 and row[first + 1].text == ",":
        # “Meanwhile, as the Courier reported, …”
        first = opened
    content = (comma + 1, stop) if opened == first else (first, opened - 1)
    is_apart = opened == first or (row[opened - 1].text == "," and end - cue <= 8)
    is_long = content[1] - content[0] >= _LEAST_WORDS
    return Found([content], (cue, cue + 1), subject, Pattern.TAIL) if is_apart and is_long else None


def _is_clause(row: Sequence[Token], phrase: Phrase) -> bool:
    """Whether the words before an aside can be what was said, and not just when and where: “In May, X said …”."""
    first, end = phrase
    if end - first <= 2:
        return row[first].low not in OPENERS | TIME_WORDS and not row[first].low.endswith("ly")
    return row[first].low not in PREPOSITIONS or any(
        row[i].low in AUXILIARIES or row[i].low.endswith(("ed", "es")) for i in range(first, end)
    )


def inverted(row: Sequence[Token], first: int, end: int, found: Sequence[Found]) -> list[Found]:
    """“The debates are not likely to matter, noted X”."""
    for i in range(first + 2, end - 2):
        if row[i - 1].text != "," or row[i].text not in PLAIN or row[i].low in PARTICIPLES or found:
            continue
        if _is_apposed(row, first, i - 1):
            continue
        subject = phrase_after(row, i + 1, end)
        if subject is None or row[subject[1] - 1].kind != "word":
            continue
        content = [(first, i - 1)]
        if subject[1] < end - 1 and row[subject[1]].text == ",":
            content.append((subject[1] + 1, end - 1 if row[end - 1].kind == "mark" else end))
        is_all = subject[1] >= end - 1 or len(content) > 1
        words = _words(row, content)
        return [Found(content, (i, i + 1), subject, Pattern.TAIL)] if is_all and words >= _LEAST_WORDS else []
    return []


def _is_apposed(row: Sequence[Token], first: int, comma: int) -> bool:
    """“The winner, Orla Venn, thanked her aunt”: nothing but a name between two commas, and the verb is its own."""
    begin = next((i + 1 for i in range(comma - 1, first, -1) if row[i].text == ","), comma)
    return begin < comma and all(token.is_capitalised for token in row[begin:comma])


def verb_first(row: Sequence[Token], first: int, end: int, before: Found | None) -> list[Found]:
    """“Said X: “…”” and, after another statement, “Adding, “…””."""
    quote = next((i for i in range(first, end) if row[i].kind == "quote"), end)
    while first + 2 < quote and (row[first].low in OPENERS or row[first].text == ","):
        first += 1
    if quote in (end, first) or row[first].low not in _FIRST:
        return []
    if row[first].low in PARTICIPLES:
        subject = before.subject if before is not None and quote - first <= 4 else None
    else:
        subject = phrase_after(row, first + 1, quote, is_uttered=True)
    if subject is None or row[quote - 1].text not in (",", ":"):
        return []
    return [Found([(quote, quote + 1)], (first, first + 1), subject, Pattern.BESIDE)]


def asked_by(row: Sequence[Token], first: int, end: int) -> list[Found]:
    """“Reck was asked by the host, “…?””: a question is its asker's."""
    for i in range(first + 2, end - 3):
        if row[i].low == "asked" and row[i + 1].low == "by" and row[i - 1].low in AUXILIARIES:
            subject = phrase_after(row, i + 2, end, is_uttered=True)
            quote = next((j for j in range(i + 2, end) if row[j].kind == "quote"), end)
            if subject is not None and quote < end and row[quote - 1].text in (",", ":"):
                return [Found([(quote, quote + 1)], (i, i + 1), subject, Pattern.ABOUT)]
    return []


def _is_date(row: Sequence[Token], i: int, end: int) -> bool:
    return row[i].low in ("on", "in", "of") and i + 1 < end and row[i + 1].low in TIME_WORDS


def _closes(row: Sequence[Token], after: int, end: int) -> bool:
    """Whether only where and when follow: “…, X said in an interview on Monday”."""
    if row[after].low not in PREPOSITIONS and row[after - 1].low not in TELL:
        return False
    for i in range(after, min(end - 1, after + 14)):
        if row[i].kind != "word":
            return row[i].text == ","
        if row[i].low in SUBORDINATORS or row[i].low in AUXILIARIES:
            return False
    return end - 1 - after <= 14


def according(row: Sequence[Token], first: int, end: int, found: Sequence[Found]) -> list[Found]:
    """“According to X, the talks will go on.” and “The talks will go on, according to X.”."""
    for i in range(first, end - 2):
        if row[i].low != "according" or row[i + 1].low != "to":
            continue
        subject = phrase_after(row, i + 2, end, is_uttered=True)
        if subject is None or any(one.cue[0] < i for one in found):
            return []
        after = _after_source(row, subject[1], end)
        stop = end - 1 if row[end - 1].kind == "mark" else end
        if i - first <= 1 and row[first].kind != "quote":
            content = [(after, stop)]
        else:
            is_apart = row[i - 1].kind == "mark" and row[i - 1].text == ","
            content = [(first, i - 1 if is_apart else i)]
            if row[after - 1].text == "," and stop - after >= 3 and row[after].low not in ("a", "an", "who", "which"):
                content.append((after, stop))
        content = [
            phrase
            for phrase in content
            if phrase[1] - phrase[0] >= 3 or any(row[j].kind == "quote" for j in range(*phrase))
        ]
        taken = claimed(found)
        if not content or any(j in taken for phrase in content for j in range(*phrase)):
            return []
        return [Found(content, (i, i + 2), subject, Pattern.ACCORDING)]
    return []


def _after_source(row: Sequence[Token], i: int, end: int) -> int:
    """Past the comma behind a source, and what may stand before it: “a study by the council published in May,”."""
    if i < end and (row[i].low in PREPOSITIONS or row[i].low.endswith("ed")):
        i = next((j for j in range(i, min(end, i + _REACH)) if row[j].text == ","), i)
    return i + 1 if i < end and row[i].text == "," else i
