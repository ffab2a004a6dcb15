"""What a language model wrote, as claims: one sentence each, with the numbers of the passages that it cites."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from index.sentences import sentences

_FENCE = re.compile(r"[ \t]*(?:```|~~~)")
_ITEM = re.compile(r"[ \t]*(?:[-*•+>]|#{1,6})[ \t]+")
_NUMBERED = re.compile(r"[ \t]*[0-9]{1,2}[.)][ \t]+")
"""Where a line could also go on with a number, as in “by the year⏎20. That …”, it isn't an item's."""
_ENDS = tuple(".!?:)]】…”’»\"'")
_EMPHASIS = re.compile(r"\*\*|__")
_MARKER = re.compile(r"[\[【]\^?([0-9]{1,4}(?: ?[,;] ?\^?[0-9]{1,4})*)[\]】]")
_LEADING = re.compile(r"[ \t]*[\[【]\^?[0-9]{1,4}[\]】][ \t]*[^\s\[【]")
"""A line that begins with its marker, as a list of sources does."""
_NUMBER = re.compile(r"[0-9]+")
_OPENS = ("“", "‘", "«", "„", "(")


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence without its markers, and their numbers, each once, in the order in which they stand."""

    text: str
    cites: tuple[int, ...]


def claims(text: str, language: str | None = None) -> list[Claim]:
    """Cut an answer into claims, in order; takes time in proportion to its length, but for unclosed quotations.

    A marker belongs to the sentence it stands in or right behind, at the start of a paragraph to the one that
    follows. What begins with a small letter, or lies in a quotation that is still open, belongs to the sentence
    before. Bullets, headings' signs, fences and `**` are left out. `language` is an ISO 639-1 code or None.
    """
    return [claim for paragraph in _paragraphs(text) for claim in _claims(paragraph, language)]


def _paragraphs(text: str) -> Iterator[str]:
    """Stretches between empty lines, fences and list items, hard-wrapped lines joined by a blank."""
    lines: list[str] = []
    for line in text.splitlines():
        has_ended = not lines or lines[-1].endswith(_ENDS)
        item = _ITEM.match(line) or (_NUMBERED.match(line) if has_ended else None)
        leads = has_ended and _LEADING.match(line)
        if lines and (item or leads or not line.strip() or _FENCE.match(line)):
            yield " ".join(lines)
            lines = []
        rest = "" if _FENCE.match(line) else line[item.end() :] if item else line
        if rest.strip():
            lines.append(_EMPHASIS.sub("", rest.strip()))
    if lines:
        yield " ".join(lines)


def _claims(paragraph: str, language: str | None) -> Iterator[Claim]:
    plain, markers = _without_markers(paragraph)
    spans = _whole(plain, language)
    starts = [start for start, _ in spans]
    cites: list[list[int]] = [[] for _ in spans]
    for position, numbers in markers:
        if spans:
            cites[max(0, bisect_left(starts, position) - 1)] += numbers
    for (start, end), numbers in zip(spans, cites, strict=True):
        # Taking markers out can make one, which would be shown: it is a citation of nothing.
        left = [0] if _MARKER.search(plain[start:end]) else []
        yield Claim(plain[start:end], tuple(dict.fromkeys(numbers + left)))


def _without_markers(paragraph: str) -> tuple[str, list[tuple[int, list[int]]]]:
    """The text without markers, and where in it each stood, with its numbers."""
    plain, found, last = "", [], 0
    for marker in _MARKER.finditer(paragraph):
        plain = _join(plain, paragraph[last : marker.start()]).rstrip()
        found.append((len(plain), [int(number) for number in _NUMBER.findall(marker[1])]))
        last = marker.end()
    return _join(plain, paragraph[last:]).strip(), found


def _join(plain: str, piece: str) -> str:
    """Put a blank where only a marker parted two words: “decided.[1]The boat”."""
    if not plain:
        return piece.lstrip()
    parted = piece[:1].isalnum() or piece.startswith(_OPENS)
    return f"{plain} {piece}" if parted else plain + piece


def _whole(text: str, language: str | None) -> list[tuple[int, int]]:
    """The spans of sentences, those joined that are parts of one."""
    spans: list[tuple[int, int]] = []
    for start, end in sentences(text, language):
        if spans and (text[start].islower() or _is_open(text[slice(*spans[-1])])):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _is_open(text: str) -> bool:
    """Whether a double quotation mark waits for its other half; “ closes what „ opened."""
    if "„" in text:
        return text.count("„") > text.count("“") + text.count("”")
    is_odd = text.count('"') % 2 == 1
    return is_odd or text.count("“") > text.count("”") or text.count("«") > text.count("»")
