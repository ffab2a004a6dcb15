"""Blocks into paragraphs that the model reads whole, each with the text that is embedded for it."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from index.cuts import halves, packed
from index.sentences import sentences
from index.types import Block, Document, Page, Paragraph, Span

SPLITTER_VERSION: int = 2

CountTokens = Callable[[Sequence[str]], list[int]]
"""Counts each text's tokens, those included that the model puts around it, without cutting anything off."""

_MOST_TOKENS_A_CHAR = 4
"""Byte-level vocabularies write a code point as up to four tokens, so shorter texts need no counting."""
_CHARS_A_TOKEN = 8
"""A longer text is cut without counting: prose has 4 to 5 characters a token, and the rest are no words."""
_BATCH = 512
_CONTEXT = 300
"""Code points that a short paragraph borrows from each neighbour at most."""
_TITLE = 200
"""Code points of a title that count: a longer one would drown the paragraph."""


def split(
    document: Document, blocks: Sequence[Block], count_tokens: CountTokens, max_tokens: int, short: int
) -> list[Paragraph]:
    """Make paragraphs of `blocks`: ordinals from 0 in the order of the text, spans as there, trimmed and disjoint.

    A body block of more than `max_tokens` (at least 16) becomes several paragraphs, cut at ends of sentences, or
    where there are none, of clauses or words. Furniture is never cut, and `embedded` is None for it. A body
    paragraph of fewer than `short` code points is embedded between the last sentence of the body paragraph before
    it and the first one of that behind it, and each below the document's title, unless it begins with that: both
    as far as `max_tokens` allow. Its own offsets don't change.
    """
    text = document.text
    counter = _Counter(text, count_tokens, max_tokens)
    spans: list[tuple[Span, bool]] = []
    fits = iter(counter.fits([(block.start, block.end) for block in blocks if block.kind == "body"]))
    for block in blocks:
        whole = (block.start, block.end)
        if block.kind == "furniture" or next(fits):
            spans.append((whole, block.kind == "body"))
        else:
            spans.extend((span, True) for span in _parts(text, whole, document.language, counter))
    own = _embedded(text, [span for span, is_body in spans if is_body], counter, short, document.language)
    embedded = iter(_titled(document.title or "", own, counter))
    starts = [page.start for page in document.pages]
    return [
        Paragraph(
            ordinal,
            start,
            end,
            "body" if is_body else "furniture",
            _page(document, starts, start),
            next(embedded) if is_body else None,
        )
        for ordinal, ((start, end), is_body) in enumerate(spans)
    ]


def _page(document: Document, starts: list[int], position: int) -> Page:
    index = bisect_right(starts, position) - 1
    return document.pages[index].page if index >= 0 else None


class _Counter:
    """Tokens of spans of a text: counted in batches, and only where the number of characters doesn't tell."""

    def __init__(self, text: str, count_tokens: CountTokens, max_tokens: int) -> None:
        self._text, self._count, self._max = text, count_tokens, max_tokens
        self._around = count_tokens([""])[0]
        self._known: dict[Span, int] = {}
        self.room = max(1, max_tokens - self._around)

    def fits(self, spans: Sequence[Span]) -> list[bool]:
        """Whether the model reads each span whole."""
        self._learn([span for span in spans if self._needs_counting(span)])
        return [
            self._known[span] <= self._max if self._needs_counting(span) else self._is_surely_short(span)
            for span in spans
        ]

    def texts_fit(self, texts: Sequence[str]) -> list[bool]:
        """Whether the model reads each text whole; for texts of bounded length."""
        return [count <= self._max for count in self._counts(texts)]

    def weights(self, spans: Sequence[Span]) -> list[int]:
        """Tokens of each span without those around it, or more for what is no prose; at most `room`."""
        self._learn(spans)
        return [
            min(self.room, max(1, self._known[span] - self._around, -(-(span[1] - span[0]) // _CHARS_A_TOKEN)))
            for span in spans
        ]

    def _learn(self, spans: Sequence[Span]) -> None:
        unknown = [span for span in spans if span not in self._known]
        counts = self._counts(self._text[start:end] for start, end in unknown)
        self._known.update(zip(unknown, counts, strict=True))

    def _is_surely_short(self, span: Span) -> bool:
        return (span[1] - span[0]) * _MOST_TOKENS_A_CHAR <= self.room

    def _needs_counting(self, span: Span) -> bool:
        return not self._is_surely_short(span) and span[1] - span[0] <= self.room * _CHARS_A_TOKEN

    def _counts(self, texts: Iterable[str]) -> list[int]:
        remaining, counts = iter(texts), list[int]()
        while batch := list(islice(remaining, _BATCH)):
            counts += self._count(batch)
        return counts


def _parts(text: str, whole: Span, language: str | None, counter: _Counter) -> list[Span]:
    """A block that is too long, cut at ends of sentences into as few and as even parts as possible."""
    offset = whole[0]
    found = [(offset + start, offset + end) for start, end in sentences(text[slice(*whole)], language)]
    pieces = _cut_down(text, found, counter)
    # Tokens of joined pieces are not always the sum of theirs, so what came out too long is cut again.
    return _cut_down(text, packed(pieces, counter.weights(pieces), counter.room), counter)


def _cut_down(text: str, spans: list[Span], counter: _Counter) -> list[Span]:
    """The same spans, with those halved, again and again, that don't fit."""
    while True:
        fits = counter.fits(spans)
        if all(fits):
            return spans
        cut: list[Span] = []
        for span, is_fit in zip(spans, fits, strict=True):
            cut.extend([span] if is_fit or span[1] - span[0] < 2 else halves(text, span))
        if cut == spans:
            return spans
        spans = cut


def _embedded(text: str, spans: list[Span], counter: _Counter, short: int, language: str | None) -> list[str]:
    """What is embedded for each body span: its text, and around a short one what its neighbours have next to it."""
    own = [text[start:end] for start, end in spans]
    choices: dict[int, list[str]] = {}
    for index, (start, end) in enumerate(spans):
        if end - start < short:
            before = _last_sentence(own[index - 1], language) if index else ""
            after = _first_sentence(own[index + 1], language) if index + 1 < len(own) else ""
            both, one = [before, own[index], after], [before, own[index]]
            choices[index] = [" ".join(filter(None, parts)) for parts in (both, one)]
    for choice in (1, 0):
        fits = counter.texts_fit([options[choice] for options in choices.values()])
        for (index, options), is_fit in zip(choices.items(), fits, strict=True):
            if is_fit:
                own[index] = options[choice]
    return own


def _titled(title: str, own: list[str], counter: _Counter) -> list[str]:
    """Each text below the title, which says what “it” and “the firm” are; alone where there is no room for both."""
    line = " ".join(title[:_TITLE].split())
    if not line:
        return own
    titled = [text if text.startswith(line) else f"{line}\n{text}" for text in own]
    fits = counter.texts_fit(titled)
    return [longer if is_fit else text for longer, text, is_fit in zip(titled, own, fits, strict=True)]


def _last_sentence(paragraph: str, language: str | None) -> str:
    tail = paragraph[-2 * _CONTEXT :]
    start, end = sentences(tail, language)[-1]
    if end - start > _CONTEXT:
        space = tail.find(" ", end - _CONTEXT, end)
        start = space + 1 if space >= 0 else end - _CONTEXT
    return tail[start:end]


def _first_sentence(paragraph: str, language: str | None) -> str:
    head = paragraph[: 2 * _CONTEXT]
    start, end = sentences(head, language)[0]
    if end - start > _CONTEXT:
        space = head.rfind(" ", start, start + _CONTEXT)
        end = space if space > start else start + _CONTEXT
    return head[start:end]
