"""The pieces of a text that are judged as article or furniture: what their wording and their shape give away."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from index.furniture_words import (
    BUTTONS,
    INSETS,
    JOINING,
    LABELS,
    LEFTOVERS,
    LINK_LISTS,
    POINTING,
    REMNANTS,
    SAYINGS,
    SECTIONS,
    UNENDED,
)
from index.types import Document, Span

_WRAPPED = 120
"""Characters a line; text that is wrapped by hand has no longer lines, so these are paragraphs of their own."""
SAYING_LIMIT = 300
"""Characters; a longer block is never marked for its wording."""
_HEADLINE_WORDS = range(4, 26)
_POINTED_WORDS = 5
_ENTRY_WORDS = 4
"""A line of so few words and without an end is a subheading, an entry or a cell."""
_FOLLOW = re.compile(r"\bfollow (?:us|me|him|her|them|@)", re.IGNORECASE)
_NETWORK = re.compile(r"twitter|facebook|instagram|(?<!\w)@\w", re.IGNORECASE)
_TOLD = re.compile(
    r"\b(?:said|says|told|tells|asked|asks|added|adds|wrote|writes|warned|warns|advised|advises|urged|urges"
    r"|according to|was|were|had)\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"\[([^\[\]]{1,300})\]\([^()\s]{1,2000}\)")
_LINE = re.compile(r"[^\n]+")
_TAGS = re.compile(r"#\w[\w-]*(?:[\s,]+#\w[\w-]*)+")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'’”»)\]]*\Z")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_STOP = re.compile(r"(?<!\.)[.!]\Z")
_ITEM = re.compile(r"(?:[-–—•*·+]|\d{1,3}[.)])\s")
_OPENERS = "\"“‘'«$€£"
_CELLS = re.compile(r"\A\||\|[^|]*\||\t|\S {2,}\S|:\s*\d[\d.,%]*\Z")
"""The borders between cells."""
EDGES = ' \t\r\n\u200b.:;,!?…*|»›«‹→←↑↓•·+-–—()[]"“”'
Wording = Literal["sure", "label", "remnant", "signs", "none"]
"""A page's and nobody else's; a page's or a subheading; a page's or a cell; without a word; like any other text."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A block before it is judged.

    `text` is its own with single spaces and links as their words alone, of a long one its ends; `saying` is its
    wording, to be looked up; `lines` are those of `text` as they stand.
    """

    start: int
    end: int
    text: str
    saying: str
    wording: Wording
    lines: tuple[str, ...]
    marked: bool

    @property
    def has_end(self) -> bool:
        """Whether it ends as a sentence does."""
        return _has_end(self.text)

    @property
    def is_section(self) -> bool:
        """Whether it is a label that could head a part of an article."""
        return self.saying in SECTIONS or INSETS.fullmatch(self.saying) is not None

    @property
    def is_headline(self) -> bool:
        """Whether all its lines have the shape of headlines, and none that of an item, a cell or a verse."""
        return all(_is_headline(line) for line in self.lines)

    @property
    def is_entry(self) -> bool:
        """Whether it begins with a line as short as a subheading, an entry of a glossary or a cell."""
        return _is_entry(self.lines[0])


def split(document: Document) -> Iterator[Unit]:
    """Cut a text at empty lines, around furniture that its reader marked, and into lines that are paragraphs."""
    text = document.text
    spans = sorted(document.furniture)
    at = 0
    for start, end in _paragraphs(text):
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        cursor, inner = start, at
        while cursor < end:
            inside = inner < len(spans) and spans[inner][0] <= cursor
            stop = min(end, spans[inner][1 if inside else 0]) if inner < len(spans) else end
            if unit := _unit(text, cursor, stop, inside):
                yield unit
            cursor = max(stop, cursor)
            while inner < len(spans) and spans[inner][1] <= cursor:
                inner += 1


def _unit(text: str, start: int, end: int, marked: bool) -> Unit | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return None
    # Only how a long block starts and ends is looked at, so that one huge line costs nothing.
    shown = text[start:end] if end - start <= 4000 else f"{text[start : start + 2000]} {text[end - 2000 : end]}"
    # A button is one whether or not Markdown says where it leads.
    shown = _LINK.sub(r"\1", shown)
    lines = tuple(line for line in shown.split("\n") if line.strip())
    shown = " ".join(shown.split())
    saying = shown.strip(EDGES).casefold()
    return Unit(start, end, shown, saying, _wording(shown, saying), lines, marked)


def _paragraphs(text: str) -> Iterator[Span]:
    """Runs of lines between empty ones; cut into lines where those are paragraphs themselves."""
    run: list[Span] = []
    for line in _LINE.finditer(text):
        if not line.group().strip():
            continue
        if run and text.count("\n", run[-1][1], line.start()) > 1:
            yield from _cut(text, run)
            run = []
        run.append(line.span())
    yield from _cut(text, run)


def _cut(text: str, run: list[Span]) -> Iterator[Span]:
    """A run of lines as one block, as a block a line, or with furniture at its ends cut off."""
    if not run:
        return
    lengths = [end - start for start, end in run]
    if sum(length for length in lengths if length > _WRAPPED) * 2 >= sum(lengths):
        yield from run
        return
    first = _apparatus(text, run) or _announcing(text, run[0])
    last = len(run) - _apparatus(text, run[: first - 1 if first else None : -1])
    yield from run[:first]
    if first < last:
        yield run[first][0], run[last - 1][1]
    yield from run[last:]


def _apparatus(text: str, lines: list[Span]) -> int:
    """How many of the first lines are a page's: labels with a sure one among them, and no list that goes on."""
    is_sure = False
    for count, line in enumerate(lines):
        unit = _unit(text, *line, marked=False)
        if unit is not None and unit.wording == "none":
            return count if is_sure and not unit.is_entry else 0
        is_sure = is_sure or (unit is not None and unit.wording == "sure")
    return len(lines) if is_sure else 0


def _announcing(text: str, line: Span) -> int:
    """1 for a heading that may announce links, so that the lines below it are judged apart from it."""
    return int(text[slice(*line)].strip(EDGES).casefold() in LINK_LISTS)


def _wording(text: str, saying: str) -> Wording:
    if not saying or saying in JOINING:
        return "signs"
    if len(text) > SAYING_LIMIT or text[0] in "“\"‘'«„" or _ITEM.match(text):
        return "sure" if _TAGS.fullmatch(text) else "none"
    if saying in BUTTONS or saying in LABELS or INSETS.fullmatch(saying):
        # Buttons have no full stop; where one stands, somebody wrote a subheading or a very short sentence.
        if _STOP.search(text):
            return "none"
        return "sure" if saying in BUTTONS else "label"
    if LEFTOVERS.fullmatch(saying) or _TAGS.fullmatch(text) or _is_said_by_a_page(text):
        return "sure"
    return "remnant" if REMNANTS.fullmatch(saying) and not _has_end(text) else "none"


def _is_said_by_a_page(text: str) -> bool:
    if not _has_end(text):
        pointing = POINTING.match(text)
        rest = text[pointing.end() :] if pointing else ""
        if UNENDED.match(text) or (_is_headline(rest) and len(rest.split()) >= _POINTED_WORDS):
            return True
    elif _TOLD.search(text):
        # A button speaks to its reader; where somebody says something, or something was, an article tells of it.
        return False
    if SAYINGS.match(text):
        return True
    return bool(_FOLLOW.search(text) and len(_NETWORK.findall(text)) > 1)


def _is_entry(line: str) -> bool:
    return len(line.split()) <= _ENTRY_WORDS and not _has_end(line)


def _is_headline(line: str) -> bool:
    words = line.split()
    if len(words) not in _HEADLINE_WORDS or _has_end(line) or words[-1][-1] in ",;:-–—|":
        return False
    first = line.strip().lstrip(_OPENERS)[:1]
    if not first.isalnum() or first.islower() or _ITEM.match(line.strip()) or _CELLS.search(line.strip()):
        return False
    return sum(_LETTERS.search(word) is not None for word in words) >= _HEADLINE_WORDS.start


def _has_end(text: str) -> bool:
    return _SENTENCE_END.search(text.rstrip()[-8:]) is not None
