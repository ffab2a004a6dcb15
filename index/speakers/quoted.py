"""What of a text stands between quotation marks."""

import re

from index.types import Span

_MARK = re.compile(r"[“”„«»\"]|''|\n")


def quoted(text: str) -> list[Span]:
    """The quotations of a text, marks included, in order and disjoint; one left open ends with its line.

    A mark that can open and close (`"`, `''`) opens where none is open. Inner quotations are part of theirs.
    """
    found: list[Span] = []
    opened: int | None = None
    for match in _MARK.finditer(text):
        mark = match.group()
        if opened is None:
            if mark not in ("”", "»", "\n"):
                opened = match.start()
        elif mark == "\n" or mark not in ("“", "„", "«"):
            found.append((opened, match.start() if mark == "\n" else match.end()))
            opened = None
    if opened is not None:
        found.append((opened, len(text)))
    return found
