"""Paragraphs → statements: the sentences' findings joined across sentences and paragraphs, then named."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.speakers import resolve_names
from index.speakers.tokens import Token
from index.statements.attributions import signature
from index.statements.findings import Found, Pattern, claimed, leading_phrase
from index.statements.nouns import Phrase
from index.statements.sentences import find
from index.statements.tokens import Unit, unit
from index.statements.trust import confidence_of
from index.statements.turns import turns
from index.statements.words import PRONOUNS
from index.types import Paragraph, Span, Statement, StatementKind

_SHORT_LINE, _LONG_LINE = 45, 110
"""Lines between these lengths are taken for a text wrapped by hand: their ends are no paragraph's end."""
_LEAST_WORDS = 4
_NEAR = 40
"""In code points: what may lie between a quotation and the line that signs it, all of it blank."""
_DIRECT_SHARE = 0.95


@dataclass(slots=True)
class _Draft:
    """A statement by offsets, before its sayer is named."""

    spans: list[Span]
    quoted: list[Span]
    cue: Span
    mention: Span | None
    pattern: Pattern
    pronoun: bool = False


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
    lines = list(_lines(text, paragraphs))
    spoken = turns(text, lines)
    for start, end in lines:
        if (start, end) in spoken:
            reader.take_turn(*spoken[start, end])
            continue
        paragraph = unit(text, start, end)
        if paragraph.tokens:
            reader.read(paragraph)
    return _named(text, reader.drafts)


def _lines(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[Span]:
    """Body text as printed paragraphs: pieces of one line joined, lines that are not wrapped by hand apart."""
    blocks: list[Span] = []
    for paragraph in paragraphs:
        if paragraph.kind != "body":
            continue
        if blocks and "\n" not in text[blocks[-1][1] : paragraph.start] and paragraph.start - blocks[-1][1] < 80:
            blocks[-1] = (blocks[-1][0], paragraph.end)
        else:
            blocks.append((paragraph.start, paragraph.end))
    for start, end in blocks:
        first = at = start
        while at < end:
            stop = text.find("\n", at, end)
            stop = end if stop < 0 else stop
            if stop == end or not _SHORT_LINE <= stop - at <= _LONG_LINE or text[stop : stop + 2] == "\n\n":
                yield first, stop
                first = stop + 1
            at = stop + 1


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
        if _is_heading(row) and not self.is_introduced and not self.was_open:
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

    def _go_on(self, row: Sequence[Token], loose: Sequence[int], number: int, has_sayer: bool) -> bool:
        """Give a sentence that is all quotation to whoever spoke before it, if that is clear."""
        spans = [_span(row[i]) for i in loose]
        if self.adjacent is None and number == 0 and self.was_open and self.last is not None and not self.is_introduced:
            self.adjacent = self.last
            self.last.pattern = Pattern.CONTINUED
        if self.adjacent is not None:
            self._lengthen(row, loose)
            return True
        if self.last is None or not has_sayer:
            return self._go_on_from_subject(row, spans, number)
        self.last = self.adjacent = _again(self.last, spans, self.is_introduced)
        self.drafts.append(self.last)
        self.is_introduced = False
        return True

    def _go_on_from_subject(self, row: Sequence[Token], spans: list[Span], number: int) -> bool:
        """Give a sentence that is all quotation to the subject of the one before it, which has no verb of saying."""
        if self.told is None or self.was_open or not (number or is_all_quoted(row)) or not is_closed(self.text, spans):
            return False
        before, first, end = self.told
        subject = leading_phrase(before, first, end - 1)
        if subject is None or any(token.kind == "quote" for token in before[first:end]):
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
    return all(text[end - 1] in "”\"»'’" for _, end in spans)


def is_all_quoted(row: Sequence[Token]) -> bool:
    """Whether a paragraph is nothing but quotations."""
    return all(token.kind == "quote" or token.text in (".", ",") for token in row)


def _is_heading(row: Sequence[Token]) -> bool:
    """‘The tide holds no grudge’: a quotation alone on its line that ends no sentence is a section's title."""
    words = [token for token in row if token.text != "#"]
    return len(words) == 1 and words[0].kind == "quote" and words[0].text.isalnum()


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
    return _Draft(sorted(spans), quoted, cue, subject, found.pattern, pronoun)


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
    names = dict(zip(said, resolve_names(text, list(said), list(said.values())), strict=True))
    known = [names[draft.mention] if draft.mention is not None else None for draft in drafts]
    relays = _relays(drafts)
    statements = []
    for i, draft in enumerate(drafts):
        name, by = known[i], relays[i]
        statements.append(
            Statement(
                kind=_kind(text, draft),
                spans=tuple(_disjoint(draft.spans)),
                cue=draft.cue,
                mention=draft.mention,
                name=name,
                confidence=confidence_of(draft.pattern, is_pronoun=draft.pronoun),
                relayed_by=None if by is None else _label(text, known[by], drafts[by].mention),
            )
        )
    return sorted(statements, key=lambda one: (one.start, one.end, one.cue))


def _relays(drafts: Sequence[_Draft]) -> list[int | None]:
    """For each draft the one that passes it on: “Reuters reported that a source said …”."""
    relays: list[int | None] = []
    for i, draft in enumerate(drafts):
        by = None
        for j in range(max(0, i - 3), i):
            outer = drafts[j]
            if draft.mention is not None and outer.cue[1] <= draft.mention[0] and outer.mention != draft.mention:
                by = j if any(s <= draft.mention[0] and draft.cue[1] <= e for s, e in outer.spans) else by
        relays.append(by)
    return relays


def _label(text: str, name: str | None, mention: Span | None) -> str | None:
    return name or (text[mention[0] : mention[1]] if mention is not None else None)


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
