"""One sentence → what is said in it and by whom, by the patterns of English news."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.speakers.tokens import Token
from index.speakers.words import BODY_NOUNS, TITLES
from index.statements.clauses import content_after
from index.statements.phrases import Phrase, phrase_after, subject_before
from index.statements.tokens import Unit
from index.statements.words import (
    ABOUT,
    AUXILIARIES,
    BASE_FORMS,
    BEFORE_CUE,
    CUES,
    INTENT,
    NEVER_NAMES,
    OPENERS,
    PARTICIPLES,
    PLAIN,
    PREPOSITIONS,
    PRONOUNS,
    SAY,
    SUBORDINATORS,
    TELL,
    TIME_WORDS,
)

BESIDE, MIXED, ABOUT_IT, TAIL, INDIRECT, NAMED, PARTICIPLE = 0.95, 0.85, 0.8, 0.75, 0.75, 0.85, 0.7
_LONGEST_ATTRIBUTION = 32
_MOST_IN_SENTENCE = 8
_SUBORDINATING = frozenset("after before as when while since although though because if until where".split())
_TAIL_VERBS = (PLAIN | TELL | {"believe", "believes"}) - INTENT


@dataclass(slots=True)
class Found:
    """A statement in the making: token ranges of what was said, the verb, the sayer; all of one unit."""

    content: list[Phrase]
    cue: Phrase
    subject: Phrase
    confidence: float
    is_intro: bool = False


def find(unit: Unit, first: int, end: int, text: str) -> list[Found]:
    """The statements of the sentence at tokens `first` to `end`, in order."""
    row = unit.tokens
    if not any(token.kind == "quote" or token.low in CUES or token.low == "according" for token in row[first:end]):
        return []
    found = _after_quotations(row, first, end)
    used = {found_one.cue[0] for found_one in found}
    for cue in range(first, end):
        if len(found) < _MOST_IN_SENTENCE and cue not in used and is_cue(row, cue, first):
            spoken = _forward(row, cue, first, end, text, found)
            if spoken is not None:
                found.append(spoken)
    found += _inverted(row, first, end, found)
    found += _according(row, first, end, found)
    if not found:
        found += _named_colon(row, first, end, is_first=first == 0) or _colon(row, first, end)
    return sorted(found, key=lambda one: one.content[0] if one.content else one.cue)


def is_cue(row: Sequence[Token], i: int, first: int) -> bool:
    """Whether a word is a verb of saying; a capital one (“United States”) only where its sentence starts."""
    return row[i].low in CUES and row[i].kind == "word" and (i == first or row[i].text[0].islower())


def claimed(found: Sequence[Found]) -> set[int]:
    """The indices of all tokens that some statement holds as said."""
    return {i for one in found for phrase in one.content for i in range(*phrase)}


# --- “…,” X said


def _after_quotations(row: Sequence[Token], first: int, end: int) -> list[Found]:
    found: list[Found] = []
    at = first
    for q in range(first, end):
        if row[q].kind != "quote" or q < at or q + 1 >= end:
            continue
        attribution = attribution_after(row, q, end)
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
        found.append(Found(content, (cue, cue + 1), subject, BESIDE if begin == q else MIXED))
    return found


def _is_introduced(row: Sequence[Token], q: int, at: int) -> bool:
    """Whether the words before a quotation are no part of what was said."""
    if q == at or row[q - 1].text in (":", "—", "–"):
        return True
    before = [row[i] for i in range(at, q) if row[i].kind != "mark"]
    return (len(before) <= 1 and before[0].kind != "quote") or any(is_cue(row, i, at) for i in range(at, q))


def attribution_after(row: Sequence[Token], q: int, end: int) -> tuple[Phrase, int] | None:
    """The sayer and the verb right after the quotation at `q`, in either order."""
    i, closing = q + 1, row[q].text
    if row[i].text == "," and closing not in (".", "?", "!"):
        i, closing = i + 1, ","
    elif row[i].text in ("—", "–", "-"):
        i += 1
    if (
        i >= end
        or row[i].kind != "word"
        or (closing not in (",", "?", "!", "-", "—", "–", "…", ".") and not _ends_early(row, i, end))
    ):
        return None
    while i < end - 1 and row[i].low in ("as", "then", "later", "also", "even"):
        i += 1
    if is_cue(row, i, i) and row[i].low not in ABOUT - PLAIN:
        phrase = phrase_after(row, i + 1, end)
        if phrase is not None:
            return phrase, i
    return _subject_then_cue(row, i, end, closing)


def _ends_early(row: Sequence[Token], i: int, end: int) -> bool:
    """After a quotation without any mark at its end (“…” he said), the attribution must be all that follows."""
    return any(row[j].low in SAY for j in range(i, min(end, i + 3)))


def _subject_then_cue(row: Sequence[Token], i: int, end: int, closing: str) -> tuple[Phrase, int] | None:
    for cue in range(i + 1, min(end, i + _LONGEST_ATTRIBUTION)):
        token = row[cue]
        if token.kind == "quote" or token.text in (";", ":"):
            return None
        if not is_cue(row, cue, i) or token.low in PARTICIPLES:
            continue
        subject = subject_before(row, cue, i)
        if subject is not None and subject[0] == i:
            return (subject, cue) if closing == "," or _may_follow(row, cue, end) else None
        if token.low in SAY and row[i].low in PREPOSITIONS | {"asked"} and subject is not None and closing == ",":
            return subject, cue
    return None


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
            joined = j == i or row[j - 1].text in (",", ":", "—", "–")
            return j if joined and not is_own else None
        if row[j].low in CUES and row[j].low not in ("asked", "told"):
            return None
    return None


# --- X said …


def _forward(row: Sequence[Token], cue: int, first: int, end: int, text: str, found: Sequence[Found]) -> Found | None:
    subject = _subject(row, cue, first, found)
    if subject is None:
        return None
    is_subordinate = subject[0] > first and row[subject[0] - 1].low in _SUBORDINATING
    content = content_after(row, cue, end, text, is_subordinate)
    if content is not None:
        taken = claimed(found)
        if any(row[i].kind == "quote" and i in taken for i in range(*content)):
            return None
        return Found([content], (cue, cue + 1), subject, _confidence(row, cue, subject, content))
    if row[cue].low in PLAIN | TELL and cue + 1 < end and _is_intro(row, cue + 1, end):
        return Found([], (cue, cue + 1), subject, BESIDE, is_intro=True)
    if row[cue].low in _TAIL_VERBS:
        return _parenthesis(row, cue, subject, first, end, found)
    return None


def _subject(row: Sequence[Token], cue: int, first: int, found: Sequence[Found]) -> Phrase | None:
    if row[cue].low not in PARTICIPLES and _is_coordinated(row, cue, first):
        return found[-1].subject if found else leading_phrase(row, first, cue)
    if row[cue].low not in PARTICIPLES or (cue > first and row[cue - 1].low in AUXILIARIES):
        subject = subject_before(row, cue, first)
        return subject
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


def _confidence(row: Sequence[Token], cue: int, subject: Phrase, content: Phrase) -> float:
    is_quote = row[content[0]].kind == "quote"
    if subject[1] != cue and (row[cue].low in PARTICIPLES or _is_coordinated(row, cue, subject[0])):
        return PARTICIPLE
    if is_quote and content[1] == content[0] + 1:
        if row[cue].low in ABOUT - PLAIN or cue + 1 != content[0] and row[content[0] - 1].text not in (",", ":"):
            return ABOUT_IT
        return BESIDE if row[content[0]].text in (".", "?", "!", ",") and row[cue].low in PLAIN | TELL else MIXED
    return MIXED if any(row[i].kind == "quote" for i in range(*content)) else INDIRECT


def _is_intro(row: Sequence[Token], i: int, end: int) -> bool:
    """“X continued:” at the end of a paragraph: what was said comes in the next one."""
    return row[end - 1].text == ":" and end - i <= 16


def _parenthesis(
    row: Sequence[Token], cue: int, subject: Phrase, first: int, end: int, found: Sequence[Found]
) -> Found | None:
    """“The talks, X said, will go on.” and “The talks will go on, X said.”"""
    if subject[0] - 1 <= first or row[subject[0] - 1].text not in (",", "—", "–") or row[subject[0]].low == "who":
        return None
    after = cue + 1
    while after < end and (row[after].low in TIME_WORDS or _is_date(row, after, end)):
        after += 1
    if after < end and row[after].text not in (",", ".", "—", "–", ";") and not _closes(row, after, end):
        return None
    content: list[Phrase] = []
    before = (first, subject[0] - 1)
    if before[1] - before[0] > 2 or row[first].low not in OPENERS | TIME_WORDS and not row[first].low.endswith("ly"):
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


def _inverted(row: Sequence[Token], first: int, end: int, found: Sequence[Found]) -> list[Found]:
    """“The debates are not likely to matter, noted X.”"""
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
    """Whether only where and when follow: “…, X said in an interview on Monday.”"""
    if row[after].low not in PREPOSITIONS and not (row[after - 1].low in TELL):
        return False
    for i in range(after, min(end - 1, after + 14)):
        if row[i].kind != "word":
            return row[i].text == ","
        if row[i].low in SUBORDINATORS or row[i].low in AUXILIARIES:
            return False
    return end - 1 - after <= 14


# --- according to X; X: “…”


def _according(row: Sequence[Token], first: int, end: int, found: Sequence[Found]) -> list[Found]:
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


def _colon(row: Sequence[Token], first: int, end: int) -> list[Found]:
    """“He went even further: “…””: a quotation after a colon is the sentence's subject's, if that is somebody."""
    for i in range(first + 2, end - 1):
        if row[i].text == ":" and row[i + 1].kind == "quote" and i + 2 >= end - 1:
            subject = leading_phrase(row, first, i)
            return [Found([(i + 1, i + 2)], (i, i + 1), subject, ABOUT_IT)] if subject is not None else []
    return []


def _named_colon(row: Sequence[Token], first: int, end: int, is_first: bool) -> list[Found]:
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
