"""Transcripts: `NAME: what they say`, a paragraph a turn."""

import re
from collections.abc import Iterable

from index.types import Span

_TURN = re.compile(
    r"[\"“]?(?P<name>[A-Z][A-Z.’'-]{1,30}(?: [A-Z][A-Z.’'-]{0,30}){0,4})(?: \([^()\n]{1,60}\))?: +(?=\S)"
)
_LEAST_TURNS, _LEAST_NAMES = 4, 2
_LEAST_WORDS = 3


def turns(text: str, lines: Iterable[Span]) -> dict[Span, tuple[Span, Span]]:
    """For each line that is a turn of a transcript, where the name and where the words stand.

    Names are in capitals. A text is a transcript when several such lines stand in it and somebody comes
    back: a lone `UPDATE: …` is nobody's. Linear in the length.
    """
    found: dict[Span, tuple[Span, Span]] = {}
    names: list[str] = []
    for line in lines:
        match = _TURN.match(text, line[0], line[1])
        if match is None:
            continue
        end = line[1] - 1 if text[line[0]] in '"“' and text[line[1] - 1] in '"”' else line[1]
        if len(text[match.end() : end].split()) >= _LEAST_WORDS:
            found[line] = (match.span("name"), (match.end(), end))
            names.append(match["name"])
    is_transcript = len(names) >= _LEAST_TURNS and _LEAST_NAMES <= len(set(names)) < len(names)
    return found if is_transcript else {}
