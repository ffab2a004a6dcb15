"""Where a passage holds the words of a question."""

from collections.abc import Iterable, Sequence

from index.terms import Place, places
from index.types import Span

_JOINS = frozenset(" -–'’ \t")
"""Between two found words only these may stand for them to be marked as one."""


class Held:
    """Which of some terms texts hold, and where; each text is read once, however many ask.

    `small` are the words of a question that carry no meaning: they are counted, and not marked.
    """

    def __init__(self, terms: Iterable[str], small: Iterable[str] = ()) -> None:
        self._terms = frozenset(terms)
        self._wanted = self._terms.union(small)
        self._read: dict[str, Sequence[Place]] = {}

    def by(self, text: str) -> Sequence[Place]:
        """The places of the terms in `text`, in order, but for the small words'."""
        return [place for place in self.all_by(text) if place.term in self._terms]

    def all_by(self, text: str) -> Sequence[Place]:
        """The places of all of them in `text`, in order."""
        if text not in self._read:
            self._read[text] = places(text, self._wanted) if self._wanted else ()
        return self._read[text]


def highlights(text: str, held: Held) -> tuple[Span, ...]:
    """Spans of `text` (code points, ordered, disjoint) whose terms it holds.

    Words side by side are one span.
    """
    spans: list[Span] = []
    for start, end in sorted((place.start, place.end) for place in held.by(text)):
        if spans and start - spans[-1][1] <= 2 and all(c in _JOINS for c in text[spans[-1][1] : start]):
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return tuple(spans)
