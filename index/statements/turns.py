"""Transcripts: `NAME: what they say`, a paragraph a turn."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from index.speakers.names import is_given
from index.speakers.words import HONORIFICS, NOT_NAMES, PARTICLES
from index.types import Span

_TURN = re.compile(
    r"[\"“]?(?P<name>[A-Z][A-Z.’'-]{1,30}(?: [A-Z][A-Z.’'-]{0,30}){0,4})(?: \([^()\n]{1,60}\))?: +(?=\S)"
)
_PLAIN_TURN = re.compile(r"[\"“]?(?P<name>[^\W\d_a-z][\w.’'-]{1,30}(?: [\w.’'-]{1,30}){0,3}): +(?=[^\W\d_a-z])")
_QUOTED_LINE = re.compile(
    r"(?:\d{1,2}[:.]\d\d ?(?:[apAP]\.?[mM]\.?|GMT)?:? )?(?P<name>[^\W\d_a-z][\w’'-]{1,30}): +(?P<words>[“\"«„»].*)"
)
_FULL_NAME = re.compile(r"\b[^\W\d_a-z][\w’'.-]{0,30} (?=(?P<surname>[^\W\d_a-z][\w’'-]{1,30}))")
_LEAST_TURNS, _LEAST_NAMES = 4, 2
_LEAST_WORDS = 3


def turns(text: str, lines: Iterable[Span]) -> dict[Span, tuple[Span, Span]]:
    """For each line that is a turn of a transcript, where the name and where the words stand.

    Names are in capitals, or full names that start with a known given one or take turns with one that does, or surnames
    of full names in the text, or stand behind a quotation mark. A text is a transcript when several such lines stand in
    it and somebody comes back: a lone `UPDATE: …` is nobody's. Of names in ordinary letters two must come back: a list
    of labels has none that do. A line `Venn: “…”` is a turn wherever it stands, if the text names a Venn in full.
    Linear in the length.
    """
    lines = list(lines)
    surnames = frozenset(match["surname"] for match in _FULL_NAME.finditer(text))
    found = _read(text, lines, _TURN, surnames) or _read(text, lines, _PLAIN_TURN, surnames)
    return found or _quoted(text, lines, surnames)


def opens_turn(text: str, start: int, end: int) -> bool:
    """Whether a line starts with a name in capitals and a colon, which no line wrapped by hand does."""
    return _TURN.match(text, start, end) is not None


def _quoted(text: str, lines: Iterable[Span], surnames: frozenset[str]) -> dict[Span, tuple[Span, Span]]:
    """Lines of one name and one quotation: the name's bearer is known, or two such names take turns."""
    found: dict[Span, tuple[Span, Span]] = {}
    names: list[str] = []
    for line in lines:
        match = _QUOTED_LINE.match(text, line[0], line[1])
        if match is None or match["name"].lower() in NOT_NAMES or not _is_one_quotation(match["words"]):
            continue
        found[line] = (match.span("name"), match.span("words"))
        names.append(match["name"])
    counts = Counter(names)
    is_interview = len(counts) >= _LEAST_NAMES and len(names) > len(counts)
    return found if is_interview else {line: turn for line, turn in found.items() if text[slice(*turn[0])] in surnames}


def _is_one_quotation(words: str) -> bool:
    is_whole = words[-1] in '”"»“«' and not any(mark in words[1:-1] for mark in '”"»')
    return is_whole and len(words.split()) >= _LEAST_WORDS


def _read(
    text: str, lines: Iterable[Span], pattern: re.Pattern[str], surnames: frozenset[str]
) -> dict[Span, tuple[Span, Span]]:
    found: dict[Span, tuple[Span, Span]] = {}
    known: set[str] = set()
    for line in lines:
        match = pattern.match(text, line[0], line[1])
        if match is None or (pattern is _PLAIN_TURN and not _is_cased(match["name"])):
            continue
        end = line[1] - 1 if text[line[0]] in '"“' and text[line[1] - 1] in '"”' else line[1]
        if len(text[match.end() : end].split()) >= (_LEAST_WORDS if pattern is _TURN else 1):
            found[line] = (match.span("name"), (match.end(), end))
            if _is_known(match["name"], text[line[0]], surnames):
                known.add(match["name"])
    if pattern is _PLAIN_TURN:
        found = _taking_turns(text, found, known)
    names = [text[slice(*name)] for name, _ in found.values()]
    counts = Counter(names)
    is_transcript = len(names) >= _LEAST_TURNS and _LEAST_NAMES <= len(counts) < len(names)
    if pattern is _PLAIN_TURN:
        returning = sum(count > 1 for count in counts.values())
        is_transcript = is_transcript and returning >= _LEAST_NAMES and any(a != b for a, b in pairwise(names))
    return found if is_transcript else {}


def _taking_turns(text: str, found: dict[Span, tuple[Span, Span]], known: set[str]) -> dict[Span, tuple[Span, Span]]:
    """Without the labels: a full name that no list knows counts only where it comes back, and so does a known one."""
    counts = Counter(text[slice(*name)] for name, _ in found.values())
    is_interview = any(counts[name] > 1 for name in known)
    names = {name for name in counts if name in known or (is_interview and counts[name] > 1 and " " in name)}
    return {line: turn for line, turn in found.items() if text[slice(*turn[0])] in names}


def _is_cased(name: str) -> bool:
    """Whether every word of a name has its capital, and none is of those that names don't have."""
    words = name.split()
    if not all(word[0].isupper() or word in PARTICLES for word in words):
        return False
    return not any(word.lower() in NOT_NAMES for word in words)


def _is_known(name: str, opening: str, surnames: frozenset[str]) -> bool:
    """A full name with a known given one or an honorific; a surname in full elsewhere; what is behind a mark."""
    words = name.split()
    if opening in '"“':
        return True
    if len(words) == 1:
        return name in surnames
    return is_given(words[0]) or words[0].lower() in HONORIFICS - {"the"}
