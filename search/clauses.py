"""Sentences that are too long to be shown whole, cut where their clauses end."""

import re

from index.types import Span

_STRONG = re.compile(r"[;:](?=\s)|(?<=\S)(?=\s[–—]\s)|[”\"](?=\s+(?:said|says|he|she|it|they)\b)")
_JOINED = re.compile(
    r",[”\"]?(?=\s+(?:and|but|or|nor|so|yet|which|who|whose|where|when|while|whereas|although|though|because|since|"
    r"as|if|after|before|until|with|including|followed|making|leaving)\b)"
)
_COMMA = re.compile(r"[,)][”\"]?(?=\s)")
_BLANK = re.compile(r"(?<=\S)(?=\s)")
_WORD = re.compile(r"\S+")


def clauses(text: str, span: Span, longest: int) -> list[Span]:
    """Cut `span` of `text`, where it has more than `longest` words, into spans of at most half as many, without blanks.

    Each cut is where the sense ends most: at a semicolon, a colon or a dash, else before a conjunction, at a comma,
    between two words; of those, nearest to the middle.
    """
    if len(text[slice(*span)].split()) <= longest:
        return [span]
    most = max(1, longest // 2)
    done: list[Span] = []
    todo = [span]
    while todo:
        start, end = todo.pop()
        words = [start + word.start() for word in _WORD.finditer(text[start:end])]
        if len(words) <= most:
            done.append((start, end))
            continue
        cut = _cut(text, start, end, words)
        behind = next(word for word in words if word >= cut)
        todo += [(behind, end), (start, cut)]
    return done


def _cut(text: str, start: int, end: int, words: list[int]) -> int:
    """Where to cut a span of several words: not within its first or last quarter, unless nothing else is there."""
    low, high = words[len(words) // 4], words[-(len(words) // 4) - 1]
    middle = words[len(words) // 2]
    for kind in (_STRONG, _JOINED, _COMMA):
        cuts = [start + one.end() for one in kind.finditer(text[start:end])]
        inside = [cut for cut in cuts if low < cut <= high]
        if inside:
            return min(inside, key=lambda cut: (abs(cut - middle), cut))
    return max(start + one.end() for one in _BLANK.finditer(text[start:middle]))
