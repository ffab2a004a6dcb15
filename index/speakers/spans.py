"""Stretches of a text, asked what lies inside them."""

from bisect import bisect_left
from collections.abc import Sequence

from index.types import Span


class Spans:
    """Whether a place is in any of some spans, which may overlap."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._merged: list[Span] = []
        for start, end in sorted(spans):
            if self._merged and start <= self._merged[-1][1]:
                self._merged[-1] = (self._merged[-1][0], max(self._merged[-1][1], end))
            else:
                self._merged.append((start, end))
        self._starts = [start for start, _ in self._merged]

    def holds(self, place: int) -> bool:
        """Whether a place is inside one of the spans."""
        i = bisect_left(self._starts, place + 1)
        return i > 0 and place < self._merged[i - 1][1]

    def start_of(self, place: int) -> int | None:
        """Where the span that holds a place starts."""
        return self._merged[bisect_left(self._starts, place + 1) - 1][0] if self.holds(place) else None
