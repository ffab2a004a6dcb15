"""One sentence → what is said in it and by whom, by the patterns of English news."""

from collections.abc import Sequence

from index.speakers.tokens import Token
from index.speakers.words import WRITINGS, word_set
from index.statements.asides import according, asked_by, inverted, parenthesis, verb_first
from index.statements.attributions import after_quotations
from index.statements.clauses import content_after
from index.statements.denials import is_unsaid
from index.statements.findings import Found, Pattern, claimed, is_cue, leading_phrase
from index.statements.introductions import colon, introduction, named_colon, put_it
from index.statements.nominal import nominal
from index.statements.nouns import Phrase, as_mention, can_say
from index.statements.relays import quoted_as, relay_at_end
from index.statements.subjects import noun_before, subject_before, with_subject
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
    PRONOUNS,
    SAY,
    TELL,
    TIME_WORDS,
)

_MOST_IN_SENTENCE = 8
_SUBORDINATING = word_set("after before as when while since although though because if until where")
_RELATIVE = word_set("which whom whose who")
"""“A strait, which X claimed to own, …”: what follows the verb goes on with the strait."""
_HANGING = word_set("and by before also while upon after without then")
_LONGEST_OPENING = 12
_LONG_QUOTATION = 16
"""In characters, marks included; shorter ones are rather names and scare quotes."""
_LONGEST_DATELINE, _LONGEST_PLACE = 14, 5
"""In tokens; of a place alone, without date and agency."""
_BEFORE_SECOND = word_set("also then later has have had")
_DASHES = frozenset("—–-")
_HALVES = ("am", "pm")
_AFTER_CLOCK = word_set("am pm a.m. p.m. gmt bst et est edt cet - – — : |")
_IN_DATELINES = frozenset((",", ".", "(", ")", "/", ":", "of", "the", "and"))
_TELLING = frozenset(("according", ":"))
_SHOWING = word_set(
    "indicate indicates indicated imply implies implied show shows showed signal signals signaled signalled"
)
"""What a deed does too, without a word: “these operations indicate that …”."""
_SHOWN_BY = WRITINGS | word_set(
    "data figures numbers results evidence record research finding polling slide movie film image photo footage map"
)
_TAIL_VERBS = (PLAIN | TELL) - INTENT


def find(unit: Unit, first: int, end: int, before: Found | None = None) -> list[Found]:
    """The statements of the sentence at tokens `first` to `end`, in order; `before` is the paragraph's last one."""
    row = unit.tokens
    is_first, first = first == 0, _past_dateline(row, first, end)
    if not any(token.kind == "quote" or token.low in CUES or token.low in _TELLING for token in row[first:end]):
        return []
    found = after_quotations(row, first, end)
    if not found:
        found = verb_first(row, first, end, before) + asked_by(row, first, end) + put_it(row, first, end)
    found += quoted_as(row, first, end) if not found else []
    used = {found_one.cue[0] for found_one in found}
    for cue in range(first, end):
        if len(found) < _MOST_IN_SENTENCE and cue not in used and is_cue(row, cue, first):
            spoken = _forward(row, cue, first, end, found)
            if spoken is not None and _has_sayer(row, spoken, first, end):
                found.append(spoken)
    found += inverted(row, first, end, found)
    found += according(row, first, end, found)
    found += nominal(row, first, end, found)
    if not found:
        found += named_colon(row, first, end, is_first=is_first)
    taken = claimed(found)
    found += [one for one in colon(row, first, end) if one.content[0][0] not in taken]
    found = found or introduction(row, first, end)
    _add_later_quotations(row, found, end)
    found = [one for one in found if _has_sayer(row, one, first, end)]
    relay_at_end(row, first, end, found)
    return sorted(found, key=lambda one: one.content[0] if one.content else one.cue)


def _past_dateline(row: Sequence[Token], first: int, end: int) -> int:
    """Past “PORT ASH, May 3 (Wire) —” at a paragraph's start: place, date and agency before a dash."""
    if not first and row[0].text[0].isdigit():
        first = _past_clock(row, end)
    if first or not row[0].is_capitalised:
        return first
    for i in range(1, min(end - 1, _LONGEST_DATELINE)):
        token, last = row[i], row[i - 1].text
        if token.text in _DASHES:
            is_place = len(row[0].text) > 2 and row[0].text.isupper() and i <= _LONGEST_PLACE
            is_alone = is_place and not any(row[j].text in _DASHES for j in range(i + 1, end))
            is_opened = row[i + 1].is_capitalised or row[i + 1].kind == "quote"
            return i + 1 if is_opened and (is_alone or last == ")" or last[0].isdigit()) else first
        is_part = token.is_capitalised or token.text[0].isdigit() or token.low in TIME_WORDS
        if not is_part and token.text not in _IN_DATELINES:
            return first
    return first


def _past_clock(row: Sequence[Token], end: int) -> int:
    """Past the time before an entry of a live blog: “10:42 The quay is closed”, “4.15pm …”."""
    i = 3 if end > 4 and row[1].text in ".:" and row[2].text[0].isdigit() and row[2].start == row[1].end else 1
    is_clock = i > 1 or row[0].low.endswith(_HALVES)
    while is_clock and i < end - 1 and row[i].low in _AFTER_CLOCK:
        i += 1
    return i if is_clock else 0


def _has_sayer(row: Sequence[Token], one: Found, first: int, end: int) -> bool:
    """Whether the sayer is a noun phrase or a pronoun, which it is cut down to."""
    if [token.low for token in row[slice(*one.subject)]] == ["one"] and row[one.cue[0]].low.endswith("s"):
        # “one wonders what a reader who says …” is anybody
        return False
    if row[one.subject[0]].low == "who" and one.subject[0] == first and row[end - 1].text == "?":
        # “Who said the bridge was safe?”
        return False
    if row[one.cue[0]].low in _SHOWING and not _may_show(row, one.subject):
        return False
    mention = one.subject if one.pattern is Pattern.NOUN else as_mention(row, one.subject)
    one.subject = mention or one.subject
    return mention is not None and (one.pattern is Pattern.NOUN or not is_unsaid(row, mention, first))


def _may_show(row: Sequence[Token], subject: Phrase) -> bool:
    """Whether a subject says what it shows: somebody, or what somebody wrote, no deed."""
    is_written = any(not _SHOWN_BY.isdisjoint((row[i].low, row[i].low.removesuffix("s"))) for i in range(*subject))
    is_some = row[subject[0]].low.partition("'")[0] in PRONOUNS or row[subject[1] - 1].text in "%’'"
    return is_written or is_some or can_say(row, subject)


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
    if before == "what" and row[cue].low in SAY and cue + 1 < len(row):
        # “what he said frightens him”
        return row[cue + 1].text.islower() and row[cue + 1].low.endswith(("s", "ed"))
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
    if cue == first:
        return _subject_behind(row, cue)
    if cue > first and not _may_hang(row, cue):
        return noun_before(row, cue, first) if _quotes_next(row, cue) else None
    if found and row[cue].low in PLAIN:
        # not of a clause within what was said: “X noted … that Y claimed …, saying …” is X's
        outer = [one for one in found if row[max(first, one.subject[0] - 1)].low not in _RELATIVE | {"that"}]
        return (outer or found)[-1].subject
    return leading_phrase(row, first, cue, is_uttered=row[cue].low in PLAIN | TELL)


def _subject_behind(row: Sequence[Token], cue: int) -> Phrase | None:
    """“Calling the toll “a trap,” Reck left”: the subject of the clause behind an opening one that quotes."""
    limit = min(len(row) - 2, cue + _LONGEST_OPENING)
    quote = next((i for i in range(cue + 1, limit) if row[i].kind == "quote" or row[i].text == ","), limit)
    if row[quote].kind != "quote" or row[quote].text != ",":
        return None
    following = row[quote + 1]
    is_subject = following.is_capitalised or following.low in PRONOUNS
    return leading_phrase(row, quote + 1, min(len(row) - 1, quote + _LONGEST_OPENING)) if is_subject else None


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
    while i > first and (row[i].low in _BEFORE_SECOND or row[i].low.endswith("ly")):
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
