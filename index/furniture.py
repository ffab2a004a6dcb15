"""What around an article is not the article: share buttons, related links, comment forms, tag lines.

A block is marked on evidence that article text does not give: its whole wording is that of a button or a form,
it says again what was just said, or it stands behind the place where such wording ends the article. When
unsure, a block is body.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.furniture_words import BUTTONS, ENDINGS, HEADINGS, LEFTOVERS, MORE, SAYINGS
from index.types import Block, Document, Span

FURNITURE_VERSION: int = 2

_WRAPPED = 120
"""Characters a line; text that is wrapped by hand has no longer lines, so these are paragraphs of their own."""
_SAYING_LIMIT = 300
"""Characters; a longer block is never marked for its wording."""
_HEADLINE_WORDS = 25
_PROSE_WORDS = 25

_FOLLOW = re.compile(r"\bfollow (?:us|me|him|her|them|@)", re.IGNORECASE)
_NETWORK = re.compile(r"twitter|facebook|instagram|(?<!\w)@\w", re.IGNORECASE)
_CREDIT = re.compile(
    r"\((?:[^()]{0,80}/[^()]{1,80}|[^()]{0,80}\b(?:via|photo|getty|reuters|afp|ap|epa|dpa)\b[^()]{0,80})\)",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:said|says|told|tells|asked|asks|added|adds|wrote|writes|warned|warns|advised|advises|urged|urges"
    r"|according to|was|were|had)\b",
    re.IGNORECASE,
)
_LINE = re.compile(r"[^\n]+")
_TAGS = re.compile(r"#\w[\w-]*(?:[\s,]+#\w[\w-]*)+")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'’”»)\]]*\Z")
_EDGES = ' \t\r\n\u200b.:;,!?…*|»›«‹→←↑↓•·+-–—()[]"“”'


@dataclass(frozen=True, slots=True)
class _Unit:
    """A block before it is judged.

    `text` is its own with single spaces, of a long one its ends; `saying` is its wording, to be looked up.
    """

    start: int
    end: int
    text: str
    saying: str
    marked: bool

    @property
    def is_short(self) -> bool:
        """Whether `text` is all of it, and short enough to be judged by its wording."""
        return len(self.text) <= _SAYING_LIMIT

    @property
    def is_prose(self) -> bool:
        """Whether it can only be a paragraph of an article."""
        return len(self.text.split()) >= _PROSE_WORDS and _SENTENCE_END.search(self.text[-8:]) is not None


def blocks(document: Document) -> list[Block]:
    """Split `document.text` at empty lines, and tell the article from what is around it.

    Blocks are in order and disjoint, have no white space at their ends, and together hold every character that is
    not white space. Lines that are paragraphs of their own become a block each.
    """
    units = list(_units(document))
    marked = [unit.marked or _is_worded_as_furniture(unit) for unit in units]
    _mark_repeats(units, marked, document.title)
    _mark_tail(units, marked)
    _mark_headlines(units, marked)
    return [
        Block(unit.start, unit.end, "furniture" if mark else "body") for unit, mark in zip(units, marked, strict=True)
    ]


def _units(document: Document) -> Iterator[_Unit]:
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


def _unit(text: str, start: int, end: int, marked: bool) -> _Unit | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return None
    # Only how a long block starts and ends is looked at, so that one huge line costs nothing.
    shown = text[start:end] if end - start <= 4000 else f"{text[start : start + 2000]} {text[end - 2000 : end]}"
    shown = " ".join(shown.split())
    return _Unit(start, end, shown, shown.strip(_EDGES).casefold(), marked)


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
    first, last = 0, len(run)
    while first < last and _is_furniture_line(text, run[first]):
        first += 1
    while last > first and _is_furniture_line(text, run[last - 1]):
        last -= 1
    yield from run[:first]
    if first < last:
        yield run[first][0], run[last - 1][1]
    yield from run[last:]


def _is_furniture_line(text: str, line: Span) -> bool:
    unit = _unit(text, *line, marked=False)
    return unit is not None and _is_worded_as_furniture(unit)


def _is_worded_as_furniture(unit: _Unit) -> bool:
    if _TAGS.fullmatch(unit.text):
        return True
    if not unit.is_short or unit.text[0] in "“\"‘'«„":
        return False
    if unit.saying in BUTTONS or LEFTOVERS.fullmatch(unit.saying) or MORE.fullmatch(unit.saying):
        return True
    if SAYINGS.match(unit.text):
        # A button speaks to its reader; where somebody says something, or something was, an article tells of it.
        return not (_SENTENCE_END.search(unit.text) and _TOLD.search(unit.text))
    return bool(_FOLLOW.search(unit.text) and len(_NETWORK.findall(unit.text)) > 1)


def _mark_repeats(units: list[_Unit], marked: list[bool], title: str | None) -> None:
    """What says again what was just said: the headline below itself, a caption and its credit."""
    headline = title.strip(_EDGES).casefold() if title else None
    seen: dict[str, int] = {}
    for index, unit in enumerate(units):
        if not unit.is_short and len(unit.text) > 4 * _SAYING_LIMIT:
            continue
        saying = unit.saying
        earlier = seen.get(saying)
        is_headline = saying == headline or earlier == 0
        # A sentence said twice may be a refrain; a line without an end, right below itself, is not.
        is_line_again = index - 1 == earlier and not _SENTENCE_END.search(unit.text)
        is_near = earlier is not None and (is_line_again or bool(_CREDIT.search(unit.text)))
        if _is_doubled(unit.text) or (earlier is not None and len(saying) >= 20 and (is_headline or is_near)):
            marked[index] = True
        seen.setdefault(saying, index)


def _is_doubled(text: str) -> bool:
    """Whether the text starts by saying a whole phrase of five words or more twice, as captions do."""
    again = text.find(text[:24], 24)
    if again < 0 or len(text) < 60:
        return False
    phrase = text[:again].strip()
    return len(phrase.split()) >= 5 and text[again : again + len(phrase)] == phrase


def _mark_tail(units: list[_Unit], marked: list[bool]) -> None:
    """Everything behind the first sign of an end that no more prose follows."""
    start = len(units)
    for index in range(len(units) - 1, -1, -1):
        if not marked[index] and units[index].is_prose:
            break
        if marked[index] and units[index].saying in ENDINGS:
            start = index
    for index in range(start, len(units)):
        marked[index] = marked[index] or _is_headline(units[index])


def _mark_headlines(units: list[_Unit], marked: list[bool]) -> None:
    """The first lines below a heading such as 'Related articles', as long as they are no sentences."""
    under = False
    for index, unit in enumerate(units):
        if marked[index]:
            under = unit.saying in HEADINGS or MORE.fullmatch(unit.saying) is not None
        elif under and _is_headline(unit):
            marked[index] = True
        else:
            under = False


def _is_headline(unit: _Unit) -> bool:
    return len(unit.text.split()) <= _HEADLINE_WORDS and _SENTENCE_END.search(unit.text[-8:]) is None
