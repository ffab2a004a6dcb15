"""Paragraphs → statements: the sentences' findings joined across sentences and paragraphs, then named."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.speakers.resolve import resolve_names
from index.speakers.tokens import Token
from index.statements.attributions import signature
from index.statements.findings import Found, Pattern, claimed, leading_phrase
from index.statements.lines import printed_lines
from index.statements.nouns import Phrase, is_person
from index.statements.sentences import find
from index.statements.tokens import Unit, is_all_quoted, is_heading, unit
from index.statements.trust import confidence_of
from index.statements.turns import turns
from index.statements.words import PRONOUNS
from index.types import Paragraph, Span, Statement, StatementKind

_LEAST_WORDS = 4
_NEAR = 40
"""In code points: what may lie between a quotation and the line that signs it, all of it blank."""
_DIRECT_SHARE = 0.95
_LONGEST_TURN = 120
"""In code points: what is longer is a quotation, and no turn in a dialogue."""
_TURNING = frozenset(("asked", "asks", "replied", "replies", "answered", "answers"))


@dataclass(slots=True)
class _Draft:
    """A statement by offsets, before its sayer is named."""

    spans: list[Span]
    quoted: list[Span]
    cue: Span
    mention: Span | None
    pattern: Pattern
    pronoun: bool = False
    relay: Span | None = None


def extract(text: str, paragraphs: Sequence[Paragraph], language: str | None) -> list[Statement]:
    """The statements of a document's body paragraphs, in the order of the text.

    All offsets are code points of `text`. A language other than English (a code that starts with
    `en`, or None, which is taken for English) has no statements. Never raises on any text; time is
    linear in its length. A quotation whose sayer is not named beside it has no mention, and then
    an empty cue at its start.
    """
    if language is not None and not language.lower().startswith("en"):
        return []
    reader = _Reader(text)
    lines = list(printed_lines(text, paragraphs))
    spoken = turns(text, lines)
    for start, end in lines:
        if (start, end) in spoken:
            reader.take_turn(*spoken[start, end])
            continue
        paragraph = unit(text, start, end)
        if paragraph.tokens:
            reader.read(paragraph)
    return _named(text, reader.drafts)


class _Reader:
    """Reads paragraphs in order; remembers whose words a quotation without a sayer goes on with."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.drafts: list[_Draft] = []
        self.last: _Draft | None = None
        self.was_open = self.is_introduced = False
        self.adjacent: _Draft | None = None
        self.told: tuple[Sequence[Token], int, int] | None = None

    def read(self, paragraph: Unit) -> None:
        """Add a paragraph's statements to the drafts."""
        row, before = paragraph.tokens, len(self.drafts)
        if self._sign(row):
            return
        if is_heading(row) and not self.is_introduced and not self.was_open:
            self.last = self.told = None
            return
        has_sayer = is_all_quoted(row) or self.was_open or self.is_introduced
        self.adjacent = None
        goes_on = False
        latest: Found | None = None
        for number, (first, end) in enumerate(paragraph.sentences):
            found = find(paragraph, first, end, latest)
            latest = next((one for one in reversed(found) if one.content), latest)
            taken = claimed(found)
            loose = [i for i in range(first, end) if row[i].kind == "quote" and i not in taken]
            is_bare = bool(loose) and loose[0] == first and not taken and end - first <= len(loose) + 1
            goes_on = is_bare and self._go_on(row, loose, number, has_sayer or len(self.drafts) > before)
            if not goes_on and self.adjacent is not None and loose and loose[0] == first and not taken:
                # “…,” X said. “The bridge” is closed. The quotation that opens the next sentence goes on as well
                self._lengthen(row, loose)
                continue
            if not goes_on:
                self._start(row, found, [i for i in loose if _stands_alone(row, i, first, end, self.text)])
            if number == 0 and self.was_open:
                self._sign_back(before)
            has_sayer = has_sayer or self.is_introduced
            self.told = (row, first, end)
        if not (len(self.drafts) > before or self.is_introduced or goes_on):
            # somebody else may have been named since
            self.last = None
        self.was_open = paragraph.is_open

    def _lengthen(self, row: Sequence[Token], loose: Sequence[int]) -> None:
        if self.adjacent is not None:
            spans = [_span(row[i]) for i in loose]
            self.adjacent.spans += spans
            self.adjacent.quoted += spans

    def take_turn(self, name: Span, words: Span) -> None:
        """Add a transcript's paragraph; who spoke before it has ended."""
        self.drafts.append(_Draft([words], [words], (name[1], name[1] + 1), name, Pattern.TURN))
        # a turn in quotation marks that stay open goes on in the next paragraph
        opening, closing = self.text[name[0] - 1 : name[0]], self.text[words[1] : words[1] + 1]
        is_open = opening in ('"', "“") and closing not in ('"', "”")
        self.last, self.was_open, self.is_introduced = self.drafts[-1] if is_open else None, is_open, False
        self.told = None

    def _sign(self, row: Sequence[Token]) -> bool:
        """A paragraph that is but “— Orla Venn” names the sayer of the quotation before it."""
        signed = signature(row, 0, len(row))
        draft = self.drafts[-1] if self.drafts else None
        if signed is None or draft is None or draft.mention is not None:
            return False
        gap = row[0].start - draft.spans[-1][1]
        if gap > _NEAR or self.text[draft.spans[-1][1] : row[0].start].strip():
            return False
        draft.cue, draft.mention = _span(row[0]), (row[signed[0]].start, row[signed[1] - 1].end)
        draft.pattern = Pattern.NAMED
        return True

    def _sign_back(self, count: int) -> None:
        """“… / “… / “…,” she wrote: who signs a quotation's last paragraph has said those before it."""
        signed = self.drafts[count] if len(self.drafts) > count else None
        if signed is None or signed.mention is None or signed.spans[0] not in signed.quoted:
            return
        first, start = count, signed.spans[0][0]
        while first and self._is_left_open(self.drafts[first - 1], start):
            first -= 1
            start = self.drafts[first].spans[0][0]
        name = self.text[slice(*signed.mention)].split()[-1]
        if name not in self.text[start : signed.spans[0][0]]:
            # nobody speaks of themselves by name
            for draft in self.drafts[first:count]:
                draft.cue, draft.mention, draft.pronoun = signed.cue, signed.mention, signed.pronoun
                draft.pattern = Pattern.CONTINUED

    def _is_left_open(self, draft: _Draft, after: int) -> bool:
        """Whether a quotation without a sayer has no end, and nothing stands between it and a place."""
        is_open = draft.mention is None and not is_closed(self.text, draft.spans)
        return is_open and not self.text[draft.spans[-1][1] : after].strip()

    def _go_on(self, row: Sequence[Token], loose: Sequence[int], number: int, has_sayer: bool) -> bool:
        """Give a sentence that is all quotation to whoever spoke before it, if that is clear."""
        spans = [_span(row[i]) for i in loose]
        if self.adjacent is None and number == 0 and self.was_open and self.last is not None and not self.is_introduced:
            self.adjacent = self.last
            self.last.pattern = Pattern.CONTINUED
        if self.adjacent is not None:
            self._lengthen(row, loose)
            return True
        if number == 0 and self._is_answered():
            return False
        if self.last is None or not has_sayer or (number and self._is_about_another()):
            return self._go_on_from_subject(row, spans, number)
        self.last = self.adjacent = _again(self.last, spans, self.is_introduced)
        self.drafts.append(self.last)
        self.is_introduced = False
        return True

    def _is_answered(self) -> bool:
        """“Where?” she asked. / “There.”: in a dialogue the next paragraph is another's."""
        if self.is_introduced or self.was_open or self.last is None or not self.drafts:
            return False
        if self.text[slice(*self.last.cue)].lower() in _TURNING:
            return True
        return len(self.drafts) > 1 and self._is_dialogue(*self.drafts[-2:])

    def _is_dialogue(self, one: _Draft, other: _Draft) -> bool:
        """Whether two paragraphs open with a few words of one and of another."""
        if one.mention is None or other.mention is None or other.spans[0][0] - one.spans[0][0] > _LONGEST_TURN:
            return False
        is_short = all(draft.spans[-1][1] - draft.spans[0][0] <= _LONGEST_TURN for draft in (one, other))
        opens = all(
            self.text[max(0, draft.spans[0][0] - 1) : draft.spans[0][0]] in ("", "\n") for draft in (one, other)
        )
        return is_short and opens and self.text[slice(*one.mention)] != self.text[slice(*other.mention)]

    def _is_about_another(self) -> bool:
        """“The crowd rose. “…””: whether the sentence before says nothing and is about somebody else."""
        if self.told is None or self.last is None or self.last.mention is None or self.is_introduced:
            return False
        row, first, end = self.told
        if any(draft.cue[0] >= row[first].start for draft in self.drafts[-1:]):
            return False
        subject = leading_phrase(row, first, end - 1)
        if subject is None or row[subject[0]].low.partition("'")[0] in PRONOUNS:
            return False
        known = set(self.text[slice(*self.last.mention)].split())
        return not any(row[i].is_capitalised and row[i].text in known for i in range(*subject))

    def _go_on_from_subject(self, row: Sequence[Token], spans: list[Span], number: int) -> bool:
        """Give a sentence that is all quotation to the subject of the one before it, which has no verb of saying."""
        if self.told is None or self.was_open or not (number or is_all_quoted(row)) or not is_closed(self.text, spans):
            return False
        before, first, end = self.told
        subject = leading_phrase(before, first, end - 1)
        if subject is None or not is_person(before, subject):
            return False
        if any(token.kind == "quote" for token in before[first:end]):
            return False
        self.adjacent = _draft(before, Found([], (end - 1, end), subject, Pattern.TOLD))
        self.adjacent.spans, self.adjacent.quoted = list(spans), list(spans)
        self.drafts.append(self.adjacent)
        self.last = self.adjacent
        return True

    def _start(self, row: Sequence[Token], found: Sequence[Found], alone: Sequence[int]) -> None:
        """Take over what a sentence says itself."""
        here = [_draft(row, one) for one in found if one.content]
        self.adjacent = next((one for one in reversed(here) if one.quoted), None)
        self.drafts += here + [_loose(row, i) for i in alone]
        intro = next((one for one in found if one.is_intro), None)
        self.is_introduced = intro is not None
        if intro is not None:
            self.last = _draft(row, intro)
        elif here:
            self.last = here[-1]


def is_closed(text: str, spans: Sequence[Span]) -> bool:
    """Whether quotations have their closing marks; where one is missing, an attribution may be inside."""
    return all(text[end - 1] in "”\"»«“'’" for _, end in spans)


def _span(token: Token) -> Span:
    return token.start, token.end


def _draft(row: Sequence[Token], found: Found) -> _Draft:
    content = [_past_that(row, first, end) for first, end in found.content]
    spans = [(row[first].start, row[end - 1].end) for first, end in content]
    quoted = [_span(row[i]) for first, end in content for i in range(first, end) if row[i].kind == "quote"]
    subject = (row[found.subject[0]].start, row[found.subject[1] - 1].end)
    contracted = row[found.subject[1] - 1].low.partition("'")
    if contracted[1] and contracted[0] in PRONOUNS:
        # “He’s glad and says …” has the pronoun for its sayer
        subject = (subject[0], subject[1] - len(contracted[2]) - 1)
    elif row[found.subject[1] - 1].low.endswith("'s"):
        # “Reck’s claim” is Reck’s
        subject = (subject[0], subject[1] - 2)
    cue = (row[found.cue[0]].start, row[found.cue[1] - 1].end)
    pronoun = found.subject[1] - found.subject[0] == 1 and row[found.subject[0]].low.partition("'")[0] in PRONOUNS
    relay = (row[found.relay[0]].start, row[found.relay[1] - 1].end) if found.relay is not None else None
    return _Draft(sorted(spans), quoted, cue, subject, found.pattern, pronoun, relay)


def _past_that(row: Sequence[Token], first: int, end: int) -> Phrase:
    """“said that “…””: before a whole quotation the conjunction is the reporter's, not the sayer's."""
    only = row[first].low == "that" and row[end - 1].kind == "quote"
    return (end - 1, end) if only and all(row[i].text == "," for i in range(first + 1, end - 1)) else (first, end)


def _again(previous: _Draft, spans: list[Span], is_introduced: bool) -> _Draft:
    pattern = Pattern.FOLLOWING
    if is_introduced:
        pattern = Pattern.COLON if previous.pattern is Pattern.COLON else Pattern.INTRODUCED
    return _Draft(list(spans), list(spans), previous.cue, previous.mention, pattern, previous.pronoun)


def _loose(row: Sequence[Token], i: int) -> _Draft:
    return _Draft([_span(row[i])], [_span(row[i])], (row[i].start, row[i].start), None, Pattern.UNATTRIBUTED)


def _stands_alone(row: Sequence[Token], i: int, first: int, end: int, text: str) -> bool:
    """A whole quoted sentence without a sayer, and no title or scare quote."""
    is_sentence = row[i].text in (".", "?", "!") and i == first and end - first <= 2
    return is_sentence and len(text[row[i].start : row[i].end].split()) >= _LEAST_WORDS


def _named(text: str, drafts: Sequence[_Draft]) -> list[Statement]:
    said: dict[Span, list[Span]] = {}
    for draft in drafts:
        if draft.mention is not None:
            said.setdefault(draft.mention, []).extend(draft.spans)
        if draft.relay is not None:
            said.setdefault(draft.relay, [])
    names = dict(zip(said, resolve_names(text, list(said), list(said.values())), strict=True))
    relays = _relays(drafts)
    statements = []
    for i, draft in enumerate(drafts):
        by = draft.relay or relays[i]
        statements.append(
            Statement(
                kind=_kind(text, draft),
                spans=tuple(_disjoint(draft.spans)),
                cue=draft.cue,
                mention=draft.mention,
                name=names[draft.mention] if draft.mention is not None else None,
                confidence=confidence_of(draft.pattern, is_pronoun=draft.pronoun),
                relayed_by=None if by is None else names[by] or text[slice(*by)],
            )
        )
    return sorted(statements, key=lambda one: (one.start, one.end, one.cue))


def _relays(drafts: Sequence[_Draft]) -> list[Span | None]:
    """For each draft the mention of who passes it on: “Reuters reported that a source said …”."""
    relays: list[Span | None] = []
    for i, draft in enumerate(drafts):
        by: Span | None = None
        for outer in drafts[max(0, i - 3) : i]:
            if draft.mention is not None and outer.cue[1] <= draft.mention[0] and outer.mention != draft.mention:
                is_within = any(s <= draft.mention[0] and draft.cue[1] <= e for s, e in outer.spans)
                by = outer.mention if is_within else by
        relays.append(by)
    return relays


def _kind(text: str, draft: _Draft) -> StatementKind:
    """Direct where every span begins and ends with a quotation and holds next to nothing else."""
    if not draft.quoted:
        return "indirect"
    opened, closed = {start for start, _ in draft.quoted}, {end for _, end in draft.quoted}
    if any(start not in opened or end not in closed for start, end in draft.spans):
        return "mixed"
    all_letters = sum(c.isalnum() for start, end in draft.spans for c in text[start:end])
    quoted = sum(c.isalnum() for start, end in draft.quoted for c in text[start:end])
    return "direct" if quoted >= _DIRECT_SHARE * all_letters else "mixed"


def _disjoint(spans: Sequence[Span]) -> list[Span]:
    kept: list[Span] = []
    for start, end in sorted(spans):
        first = max(start, kept[-1][1]) if kept else start
        if first < end:
            kept.append((first, end))
    return kept
