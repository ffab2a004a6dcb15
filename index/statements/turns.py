"""Transcripts: `NAME: what they say`, a paragraph a turn."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from index.speakers.names import is_given
from index.speakers.words import NOT_NAMES, PARTICLES
from index.types import Span

_TURN = re.compile(
    r"[\"“]?(?P<name>[A-Z][A-Z.’'-]{1,30}(?: [A-Z][A-Z.’'-]{0,30}){0,4})(?: \([^()\n]{1,60}\))?: +(?=\S)"
)
_PLAIN_TURN = re.compile(r"[\"“]?(?P<name>[^\W\d_a-z][\w.’'-]{1,30}(?: [\w.’'-]{1,30}){0,3}): +(?=[^\W\d_a-z])")
_LEAST_TURNS, _LEAST_NAMES = 4, 2
_LEAST_WORDS = 3


def turns(text: str, lines: Iterable[Span]) -> dict[Span, tuple[Span, Span]]:
    """For each line that is a turn of a transcript, where the name and where the words stand.

    Names are in capitals, or full names that start with a known given one, or stand behind a quotation mark. A
    text is a transcript when several such lines stand in it and somebody comes back: a lone `UPDATE: …` is nobody's.
    Of names in ordinary letters two must come back: a list of labels has none that do. Linear in the length.
    """
    lines = list(lines)
    return _read(text, lines, _TURN) or _read(text, lines, _PLAIN_TURN)


def _read(text: str, lines: Iterable[Span], pattern: re.Pattern[str]) -> dict[Span, tuple[Span, Span]]:
    found: dict[Span, tuple[Span, Span]] = {}
    names: list[str] = []
    for line in lines:
        match = pattern.match(text, line[0], line[1])
        if match is None or (pattern is _PLAIN_TURN and not _is_name(match["name"], text[line[0]])):
            continue
        end = line[1] - 1 if text[line[0]] in '"“' and text[line[1] - 1] in '"”' else line[1]
        if len(text[match.end() : end].split()) >= _LEAST_WORDS:
            found[line] = (match.span("name"), (match.end(), end))
            names.append(match["name"])
    counts = Counter(names)
    is_transcript = len(names) >= _LEAST_TURNS and _LEAST_NAMES <= len(counts) < len(names)
    if pattern is _PLAIN_TURN:
        returning = sum(count > 1 for count in counts.values())
        is_transcript = is_transcript and returning >= _LEAST_NAMES and any(a != b for a, b in pairwise(names))
    return found if is_transcript else {}


def _is_name(name: str, opening: str) -> bool:
    """A full name with a known given one; in a line that opens with a quotation mark a surname does."""
    words = name.split()
    is_cased = all(word[0].isupper() or word in PARTICLES for word in words)
    if opening in '"“':
        return is_cased and not any(word.lower() in NOT_NAMES for word in words)
    return is_cased and len(words) > 1 and is_given(words[0])
