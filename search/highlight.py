"""Where a passage holds the words of a question."""

from collections.abc import Set as AbstractSet

from index.terms import places
from index.types import Span

_JOINS = frozenset(" -–'’ \t")
"""Between two found words only these may stand for them to be marked as one."""


def highlights(text: str, wanted: AbstractSet[str]) -> tuple[Span, ...]:
    """Spans of `text` (code points, ordered, disjoint) whose terms are among `wanted`.

    Words side by side are one span.
    """
    spans: list[Span] = []
    for start, end in sorted(places(text, wanted)) if wanted else ():
        if spans and start - spans[-1][1] <= 2 and all(c in _JOINS for c in text[spans[-1][1] : start]):
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return tuple(spans)
