"""Paragraphs → the lines that statements are read in."""

from collections.abc import Iterator, Sequence

from index.statements.turns import opens_turn
from index.types import Paragraph, Span

_SHORT_LINE, _LONG_LINE = 45, 110
"""Lines between these lengths are taken for a text wrapped by hand: their ends are no paragraph's end."""


def printed_lines(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[Span]:
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
            is_wrapped = _SHORT_LINE <= stop - at <= _LONG_LINE and text[stop : stop + 2] != "\n\n"
            if stop == end or not is_wrapped or opens_turn(text, stop + 1, end):
                yield first, stop
                first = stop + 1
            at = stop + 1
