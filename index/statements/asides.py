"""Sayers set apart from what was said: in commas, after “according to”, before a colon."""

from collections.abc import Sequence

from index.speakers.tokens import Token
from index.speakers.words import BODY_NOUNS, TITLES
from index.statements.findings import ABOUT_IT, INDIRECT, NAMED, TAIL, Found, claimed, leading_phrase
from index.statements.phrases import Phrase, phrase_after
from index.statements.words import (
    AUXILIARIES,
    BEFORE_CUE,
    CUES,
    NEVER_NAMES,
    OPENERS,
    PARTICIPLES,
    PLAIN,
    PREPOSITIONS,
    SUBORDINATORS,
    TELL,
    TIME_WORDS,
)


def parenthesis(
    row: Sequence[Token], cue: int, subject: Phrase, first: int, end: int, found: Sequence[Found]
) -> Found | None:
    """“The talks, X said, will go on.” and “The talks will go on, X said”."""
    if subject[0] - 1 <= first or row[subject[0] - 1].text not in (",", "—", "–") or row[subject[0]].low == "who":
        return None
    after = cue + 1
    while after < end and (row[after].low in TIME_WORDS or _is_date(row, after, end)):
        after += 1
    if after < end and row[after].text not in (",", ".", "—", "–", ";") and not _closes(row, after, end):
        return None
    content: list[Phrase] = []
    before = (first, subject[0] - 1)
    if before[1] - before[0] > 2 or (row[first].low not in OPENERS | TIME_WORDS and not row[first].low.endswith("ly")):
        content.append(before)
    if after + 1 < end and row[after].text in (",", "—", "–"):
        rest = (after + 1, end - 1 if row[end - 1].kind == "mark" else end)
        if rest[1] - rest[0] >= 2:
            content.append(rest)
    if found:
        # the part before is somebody's already; the part after only when it is in quotation marks
        taken = claimed(found)
        rest_quotes = [i for phrase in content[1:] for i in range(*phrase) if row[i].kind == "quote"]
        content = content[1:] if rest_quotes and not any(i in taken for i in range(*content[-1])) else []
    words = sum(row[i].kind != "mark" for phrase in content for i in range(*phrase))
    words += 4 * any(row[i].kind == "quote" for phrase in content for i in range(*phrase))
    return Found(content, (cue, cue + 1), subject, TAIL) if words >= 4 else None


def inverted(row: Sequence[Token], first: int, end: int, found: Sequence[Found]) -> list[Found]:
    """“The debates are not likely to matter, noted X”."""
    for i in range(first + 4, end - 2):
        if row[i - 1].text != "," or row[i].low not in CUES or row[i].low in PARTICIPLES or found:
            continue
        subject = phrase_after(row, i + 1, end)
        if (
            subject is not None
            and row[i].text[0].islower()
            and row[i].low in PLAIN
            and row[subject[1] - 1].kind == "word"
        ):
            return [Found([(first, i - 1)], (i, i + 1), subject, TAIL)] if subject[1] >= end - 1 else []
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
        subject = phrase_after(row, i + 2, end)
        if subject is None or any(one.cue[0] < i for one in found):
            return []
        after = subject[1] + 1 if subject[1] < end and row[subject[1]].text == "," else subject[1]
        stop = end - 1 if row[end - 1].kind == "mark" else end
        if i - first <= 1:
            content = [(after, stop)]
        else:
            content = [(first, i - 1 if row[i - 1].text == "," else i)]
            if after != subject[1] and stop - after >= 3 and row[after].low not in ("a", "an", "who", "which"):
                content.append((after, stop))
        content = [
            phrase
            for phrase in content
            if phrase[1] - phrase[0] >= 3 or any(row[j].kind == "quote" for j in range(*phrase))
        ]
        taken = claimed(found)
        if not content or any(j in taken for phrase in content for j in range(*phrase)):
            return []
        return [Found(content, (i, i + 2), subject, INDIRECT)]
    return []


def colon(row: Sequence[Token], first: int, end: int) -> list[Found]:
    """“He went even further: “…””: a quotation after a colon is the sentence's subject's, if that is somebody."""
    for i in range(first + 2, end - 1):
        if row[i].text == ":" and row[i + 1].kind == "quote" and i + 2 >= end - 1:
            subject = leading_phrase(row, first, i)
            return [Found([(i + 1, i + 2)], (i, i + 1), subject, ABOUT_IT)] if subject is not None else []
    return []


def named_colon(row: Sequence[Token], first: int, end: int, is_first: bool) -> list[Found]:
    """`X: “…”` at a paragraph's start: a name of at least two words or with a title, as in a transcript."""
    for i in range(first, min(end - 1, first + 7)):
        if row[i].text == ":" and row[i + 1].kind == "quote" and i > first and is_first:
            words = [row[j] for j in range(first, i)]
            last = words[-1].low
            is_name = (
                all(w.is_capitalised or w.low in BEFORE_CUE for w in words) and last not in NEVER_NAMES | BODY_NOUNS
            )
            if (
                is_name
                and (len(words) > 1 or words[0].text.isupper())
                and last not in TITLES
                and last not in TIME_WORDS
            ):
                return [Found([(i + 1, i + 2)], (i, i + 1), (first, i), NAMED)]
        if row[i].kind != "word":
            break
    return []
