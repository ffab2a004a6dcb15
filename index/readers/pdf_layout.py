"""Lines of a page, by where they stand, to paragraphs."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain, pairwise, takewhile
from statistics import median

from index.types import PageStart, Span

_EDGE_LINES = 2
"""Lines at the top and at the foot of a page among which running heads are sought."""
_REPEATED_SHARE = 0.3
"""Of the pages: a line at the edge of so many is a running head. Left and right pages may differ, and chapters."""
_PARAGRAPH_GAP = 1.35
"""Of the usual distance between lines; a larger one begins a paragraph."""
_WIDEST_LEADING = 1.8
"""Of the type's size: a larger usual distance is that of a page on which each line is a paragraph."""
_SIZE_STEP = 0.6
"""Points: what sets a heading off from its text."""
_SHORT_LINE = 0.8
"""Of the widest line; one that ends a sentence sooner ends its paragraph."""
_ENDS_SENTENCE = re.compile(r"[.!?…:][”\"’')\]]*$")
_BULLET = re.compile(r"[•‣◦▪–*-]\s|\d{1,3}[.)]\s")
_PAGE_NUMBER = re.compile(
    r"[-–—\s|]*(?P<word>page|p\.|seite|página|pagina|стр\.)?\s*(?P<number>\d{1,4})\s*(?:(?:of|/|von|de|di)\s*\d{1,4})?[-–—\s|]*",
    re.IGNORECASE,
)
_BROKEN_WORD = re.compile(r"(?P<head>[^\W\d_]+)[-\u00ad\u2010]$")
_LONGEST_WORD = 60
"""Characters looked at for a broken word or a page number, so that both take linear time."""


_Block = tuple[str, bool]
"""A paragraph, and whether it is a header or footer."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line and where it begins: `x`, `y` in points from the page's lower left corner, `size` its font's."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The text of all pages, where each page begins, and which spans are headers and footers."""

    text: str
    pages: tuple[PageStart, ...]
    furniture: tuple[Span, ...]


def lay_out(pages: list[tuple[int, list[Line]]]) -> Layout:
    """Numbered pages of lines to one text: paragraphs, and pages, with an empty line between them."""
    repeated = _repeated([lines for _, lines in pages if lines])
    margins = [_margins(number, lines, repeated) for number, lines in pages]
    if all(
        len(headers) + len(footers) >= len(lines) for (_, lines), (headers, footers) in zip(pages, margins, strict=True)
    ):
        # Pages of nothing but a caption each: then that is the text.
        margins = [(set(), set()) for _ in pages]
    words = _hyphenated_words(pages)
    parts: list[str] = []
    starts: list[PageStart] = []
    furniture: list[Span] = []
    position = 0
    for (number, lines), (headers, footers) in zip(pages, margins, strict=True):
        if lines:
            starts.append(PageStart(position, number))
        for paragraph, is_furniture in _paragraphs(lines, headers, footers, words):
            if is_furniture:
                furniture.append((position, position + len(paragraph)))
            parts.append(paragraph)
            position += len(paragraph) + 2
    return Layout("\n\n".join(parts), tuple(starts), tuple(furniture))


def _edges(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The uppermost lines from the top, the lowermost from the bottom, wherever the content stream has them."""
    by_height = sorted(lines, key=lambda line: -line.y)
    upper = by_height[:_EDGE_LINES]
    return upper, [line for line in by_height[: -_EDGE_LINES - 1 : -1] if line not in upper]


def _margins(number: int, lines: list[Line], repeated: frozenset[str]) -> tuple[set[Line], set[Line]]:
    """A page's headers and footers: nothing of the article stands between them and the page's edge."""
    upper, lower = _edges(lines)
    return (
        set(takewhile(lambda line: _is_furniture(line, number, repeated), upper)),
        set(takewhile(lambda line: _is_furniture(line, number, repeated), lower)),
    )


def _key(text: str) -> str:
    """Headers are alike but for their numbers."""
    return re.sub(r"\d+", "#", text).casefold()


def _repeated(pages: list[list[Line]]) -> frozenset[str]:
    """What stands at the edge of several pages."""
    counts = Counter(key for lines in pages for key in {_key(line.text) for line in chain(*_edges(lines))})
    enough = max(2, _REPEATED_SHARE * len(pages))
    return frozenset(key for key, count in counts.items() if count >= enough)


def _is_furniture(line: Line, number: int, repeated: frozenset[str]) -> bool:
    if _key(line.text) in repeated:
        return True
    match = _PAGE_NUMBER.fullmatch(line.text) if len(line.text) <= _LONGEST_WORD else None
    return match is not None and (match["word"] is not None or int(match["number"]) == number)


def _paragraphs(lines: list[Line], headers: set[Line], footers: set[Line], words: frozenset[str]) -> list[_Block]:
    """A page's paragraphs in reading order, its headers before and its footers after them."""
    body = [line for line in lines if line not in headers and line not in footers]
    leading = _leading(body)
    widest = max((len(line.text) for line in body), default=0)
    paragraphs: list[str] = []
    previous: Line | None = None
    for line in body:
        if previous is not None and not _breaks(previous, line, leading, widest):
            paragraphs[-1] = _join(paragraphs[-1], line.text, words)
        else:
            paragraphs.append(line.text)
        previous = line
    return [
        *((line.text, True) for line in lines if line in headers),
        *((paragraph, False) for paragraph in paragraphs),
        *((line.text, True) for line in lines if line in footers),
    ]


def _leading(lines: list[Line]) -> float:
    """The usual distance from one line down to the next, in points."""
    gaps = [above.y - below.y for above, below in pairwise(lines)]
    down = [gap for gap in gaps if gap > 1]
    # The lower half: a page of short paragraphs has more gaps between them than inside.
    return median(sorted(down)[: max(1, (len(down) + 1) // 2)]) if down else 0.0


def _breaks(above: Line, below: Line, leading: float, widest: int) -> bool:
    """Whether a new paragraph begins at `below`."""
    gap = above.y - below.y
    if abs(above.size - below.size) > _SIZE_STEP or _BULLET.match(below.text):
        return abs(gap) > 1
    ended = _ENDS_SENTENCE.search(above.text) is not None
    if gap < -1:  # the next column, or out of order: a sentence may run on
        return ended or not below.text[:1].islower()
    # On a page of single lines the usual distance is that between paragraphs.
    usual = min(leading, _WIDEST_LEADING * above.size) if above.size else leading
    if usual and gap > _PARAGRAPH_GAP * usual:
        return True
    if not ended:
        return False
    indented = below.x - above.x > 0.5 * below.size > 0
    return indented or (len(above.text) < _SHORT_LINE * widest and not below.text[:1].islower())


def _hyphenated_words(pages: list[tuple[int, list[Line]]]) -> frozenset[str]:
    """Words that have a hyphen inside a line, where no line end can have put it."""
    return frozenset(
        word.casefold()
        for _, lines in pages
        for line in lines
        for word in re.findall(r"[^\W\d_]{1,60}(?:-[^\W\d_]{1,60})+", line.text)
    )


def _join(text: str, line: str, words: frozenset[str]) -> str:
    """Two lines as one; a word broken at the line's end is made whole."""
    match = _BROKEN_WORD.search(text, max(0, len(text) - _LONGEST_WORD))
    if match is None or not line[:1].islower():
        return f"{text} {line}"
    tail = re.match(r"[^\W\d_]{1,60}", line)
    whole = f"{match['head']}-{tail[0] if tail else ''}".casefold()
    return (text if whole in words else text[:-1]) + line
