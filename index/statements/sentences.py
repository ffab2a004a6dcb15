"""One sentence → what is said in it and by whom, by the patterns of English news."""

from collections.abc import Sequence

from index.speakers.tokens import Token
from index.speakers.words import WRITINGS, word_set
from index.statements.asides import according, asked_by, inverted, parenthesis, verb_first
from index.statements.attributions import after_quotations
from index.statements.clauses import content_after
from index.statements.findings import Found, Pattern, claimed, is_cue, leading_phrase
from index.statements.introductions import colon, introduction, named_colon, put_it
from index.statements.nominal import nominal
from index.statements.nouns import Phrase
from index.statements.phrases import noun_before, subject_before, with_subject
from index.statements.tokens import Unit
from index.statements.words import (
    ABOUT,
    AUXILIARIES,
    BASE_FORMS,
    CUES,
    INTENT,
    PARTICIPLES,
    PLAIN,
    PREPOSITIONS,
    SAY,
    TELL,
    TIME_WORDS,
)

_MOST_IN_SENTENCE = 8
_SUBORDINATING = word_set("after before as when while since although though because if until where")
_RELATIVE = word_set("which whom whose")
"""“A strait, which X claimed to own, …”: what follows the verb goes on with the strait."""
_HANGING = word_set("and by before also while upon after without then")
_LONG_QUOTATION = 16
"""In characters, marks included; shorter ones are rather names and scare quotes."""
_TELLING = frozenset(("according", ":"))
_TAIL_VERBS = (PLAIN | TELL) - INTENT


def find(unit: Unit, first: int, end: int, before: Found | None = None) -> list[Found]:
    """The statements of the sentence at tokens `first` to `end`, in order; `before` is the paragraph's last one."""
    row = unit.tokens
    if not any(token.kind == "quote" or token.low in CUES or token.low in _TELLING for token in row[first:end]):
        return []
    found = after_quotations(row, first, end)
    if not found:
        found = verb_first(row, first, end, before) + asked_by(row, first, end) + put_it(row, first, end)
    used = {found_one.cue[0] for found_one in found}
    for cue in range(first, end):
        if len(found) < _MOST_IN_SENTENCE and cue not in used and is_cue(row, cue, first):
            spoken = _forward(row, cue, first, end, found)
            if spoken is not None:
                found.append(spoken)
    found += inverted(row, first, end, found)
    found += according(row, first, end, found)
    found += nominal(row, first, end, found)
    if not found:
        found += named_colon(row, first, end, is_first=first == 0)
    taken = claimed(found)
    found += [one for one in colon(row, first, end) if one.content[0][0] not in taken]
    found = found or introduction(row, first, end)
    _add_later_quotations(row, found, end)
    return sorted(found, key=lambda one: one.content[0] if one.content else one.cue)


def _add_later_quotations(row: Sequence[Token], found: Sequence[Found], end: int) -> None:
    """“He called it “a trap,” made by people who are “just wrong””: all of it is his, while nobody else speaks."""
    last = max(found, key=lambda one: one.cue, default=None)
    if last is None or not last.content or last.cue > last.content[-1]:
        return
    taken = claimed(found)
    if not any(row[i].kind == "quote" for i in range(*last.content[-1])):
        return
    for i in range(last.content[-1][1], end):
        if row[i].low in SAY | TELL:
            return
        if row[i].kind == "quote" and i not in taken and row[i].end - row[i].start >= _LONG_QUOTATION:
            last.content.append((i, i + 1))


def _forward(row: Sequence[Token], cue: int, first: int, end: int, found: Sequence[Found]) -> Found | None:
    """What the verb at `cue` reports, by the subject before it: as an aside, after it, or in the next paragraph."""
    subject = _subject(row, cue, first, found)
    if subject is None or _is_object_clause(row, cue, subject, first):
        return None
    is_tail = row[cue].low in _TAIL_VERBS
    aside = parenthesis(row, cue, subject, first, end, found) if is_tail else None
    if aside is not None and _is_aside(row, cue, subject, first, end):
        return aside
    is_subordinate = subject[0] > first and row[subject[0] - 1].low in _SUBORDINATING
    content = content_after(row, cue, end, is_subordinate)
    if content is not None:
        taken = claimed(found)
        if any(row[i].kind == "quote" and i in taken for i in range(*content)):
            return None
        return Found([content], (cue, cue + 1), subject, _pattern(row, cue, subject, content))
    if row[cue].low in PLAIN | TELL and cue + 1 < end and _is_intro(row, cue + 1, end):
        return Found([], (cue, cue + 1), subject, Pattern.BESIDE, is_intro=True)
    return aside


def _is_object_clause(row: Sequence[Token], cue: int, subject: Phrase, first: int) -> bool:
    """“A strait, which X said was open” and “regions that X claimed to own”: what was said began before."""
    before = row[subject[0] - 1].low if subject[0] > first else ""
    if _quotes_next(row, cue):
        return False
    if before in _RELATIVE and subject[0] - 2 > first and row[subject[0] - 2].low in PREPOSITIONS:
        # “an interview in which Reck declared that …”
        return False
    return before in _RELATIVE or (before == "that" and cue + 1 < len(row) and row[cue + 1].low == "to")


def _is_aside(row: Sequence[Token], cue: int, subject: Phrase, first: int, end: int) -> bool:
    """Whether sayer and verb stand in commas, or after “as”."""
    if subject[0] <= first or subject[1] != cue or cue + 1 >= end:
        return False
    before, after = row[subject[0] - 1], row[cue + 1]
    is_set_apart = before.text in (",", "—", "–", "-") and after.text in (",", "—", "–", "-")
    return before.low == "as" or (is_set_apart and not (cue + 2 < end and row[cue + 2].kind == "quote"))


def _subject(row: Sequence[Token], cue: int, first: int, found: Sequence[Found]) -> Phrase | None:
    is_participle = row[cue].low in PARTICIPLES
    if [token.low for token in row[max(first, cue - 3) : cue]] == ["going", "on", "to"]:
        return found[-1].subject if found else leading_phrase(row, first, cue, is_uttered=True)
    if not is_participle and _is_coordinated(row, cue, first):
        return found[-1].subject if found else leading_phrase(row, first, cue)
    if not is_participle or (cue > first and row[cue - 1].low in AUXILIARIES):
        return subject_before(row, cue, first)
    return with_subject(row, cue, first) or _participle_subject(row, cue, first, found)


def _participle_subject(row: Sequence[Token], cue: int, first: int, found: Sequence[Found]) -> Phrase | None:
    if cue > first and not _may_hang(row, cue):
        return noun_before(row, cue, first) if _quotes_next(row, cue) else None
    if found and row[cue].low in PLAIN:
        # not of a clause within what was said: “X noted … that Y claimed …, saying …” is X's
        outer = [one for one in found if row[max(first, one.subject[0] - 1)].low not in _RELATIVE | {"that"}]
        return (outer or found)[-1].subject
    return leading_phrase(row, first, cue, is_uttered=row[cue].low in PLAIN | TELL)


def _quotes_next(row: Sequence[Token], cue: int) -> bool:
    """“a hat reading, “…””: a quotation stands right behind the verb."""
    nearest = row[cue + 1 : cue + 3]
    return bool(nearest) and (
        nearest[0].kind == "quote" or (nearest[0].text in (",", ":") and nearest[-1].kind == "quote")
    )


def _may_hang(row: Sequence[Token], cue: int) -> bool:
    """Whether a participle says what the sentence's subject does: “…, saying”, “issued a statement saying”."""
    before = row[cue - 1]
    if before.text in (",", "—", "–") or before.low in _HANGING or before.low in WRITINGS | {"release"}:
        return True
    return before.low in TIME_WORDS and row[cue].low in SAY


def _is_coordinated(row: Sequence[Token], cue: int, first: int) -> bool:
    """“X praised Y and said …”: the second verb of one subject."""
    i = cue - 1
    while i > first and (row[i].low in ("also", "then", "later") or row[i].low.endswith("ly")):
        i -= 1
    return i > first + 1 and row[i].low in ("and", "but") and row[cue].low not in BASE_FORMS


def _pattern(row: Sequence[Token], cue: int, subject: Phrase, content: Phrase) -> Pattern:
    is_quote = row[content[0]].kind == "quote"
    if subject[1] != cue and row[cue].low in PARTICIPLES:
        return Pattern.PARTICIPLE
    if subject[1] != cue and _is_coordinated(row, cue, subject[0]):
        return Pattern.COORDINATED
    if is_quote and content[1] == content[0] + 1:
        if row[cue].low in ABOUT - PLAIN or (cue + 1 != content[0] and row[content[0] - 1].text not in (",", ":")):
            return Pattern.ABOUT
        return (
            Pattern.BESIDE
            if row[content[0]].text in (".", "?", "!", ",") and row[cue].low in PLAIN | TELL
            else Pattern.MIXED
        )
    return Pattern.MIXED if any(row[i].kind == "quote" for i in range(*content)) else Pattern.INDIRECT


def _is_intro(row: Sequence[Token], i: int, end: int) -> bool:
    """“X continued:” at the end of a paragraph: what was said comes in the next one."""
    return row[end - 1].text == ":" and end - i <= 16
