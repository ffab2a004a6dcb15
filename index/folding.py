"""Characters folded by case and accent, each knowing where in the original it stands.

A folded string comes with its shape, a string of the same length with one class a character, so that
the grammar of words and numbers is written once for all scripts:

- `a` letter, `0` digit, `c` letter of a script written without spaces between words (and Hangul),
- `m` mark or later part that belongs to the character before it,
- `'`, `.`, `,` themselves, and a space for everything else.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text, its shape, and where each folded character starts and ends in the original."""

    text: str
    shape: str
    starts: range | list[int]
    ends: range | list[int]


_ASCII_SHAPE = {code: "a" if chr(code).isalpha() else "0" if chr(code).isdigit() else " " for code in range(128)}
_ASCII_SHAPE |= {ord(kept): kept for kept in "'.,"}

_APOSTROPHES = "'’‘‛ʼʻʹ`´′＇"
# Letters that Unicode does not decompose, but that names are commonly written without.
PLAIN = {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ŧ": "t"}
# Persian and Arabic letters that look and sound alike, and those that are typed for each other.
PLAIN |= {"ی": "ي", "ى": "ي", "ک": "ك", "ة": "ه"}
STRIPPED_MARKS = (
    *((0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670)),
    *((0x06D6, 0x06ED), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F)),
    (0xE0100, 0xE01EF),
)
"""Accents of Latin, Greek, Cyrillic, Hebrew points, Arabic vowels, variation selectors; marks of other
scripts (vowels of Devanagari and Thai, the voicing mark of kana) are as telling as letters and stay."""
_UNSPACED = (
    *((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1100, 0x11FF), (0x1780, 0x17FF), (0x2E80, 0x2FDF), (0x3005, 0x3007)),
    *((0x3021, 0x3029), (0x3031, 0x3035), (0x3040, 0x30FF), (0x3100, 0x318F), (0x31A0, 0x31BF), (0x31F0, 0x31FF)),
    *((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xF900, 0xFAFF), (0x1B000, 0x1B16F)),
    (0x20000, 0x3FFFF),
)
"""Thai, Lao, Myanmar, Khmer, Han, kana, bopomofo and Hangul."""
_ZERO_WIDTH_SPACE = "\u200b"
# Conjoining vowels and finals of Hangul, which decomposed text spells out after their initial.
_JAMO_TAIL = re.compile("[\u1160-\u11ff]")
_HALF_WIDTH_MARKS = "\uff9e\uff9f"


def fold(text: str) -> Folded:
    """Fold `text`; takes time and memory in proportion to its length, so hand over short pieces."""
    if text.isascii():
        return Folded(text.lower(), text.translate(_ASCII_SHAPE), range(len(text)), range(1, len(text) + 1))
    folded: list[str] = []
    shapes: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _units(text):
        piece, shape = _fold_unit(text[start:end])
        folded.append(piece)
        shapes.append(shape)
        starts += [start] * len(piece)
        ends += [end] * len(piece)
    return Folded("".join(folded), "".join(shapes), starts, ends)


def _units(text: str) -> list[tuple[int, int]]:
    """Split into a character and the marks that follow it, at most 8, as a unit."""
    units: list[tuple[int, int]] = []
    for place, char in enumerate(text):
        if units and char > "\u02ff" and place - units[-1][0] <= 8 and _continues(char):
            units[-1] = (units[-1][0], place + 1)
        else:
            units.append((place, place + 1))
    return units


@lru_cache(maxsize=1 << 12)
def _continues(char: str) -> bool:
    if char in _HALF_WIDTH_MARKS:
        return True
    return unicodedata.category(char) in ("Mn", "Mc", "Me") or _JAMO_TAIL.match(char) is not None


@lru_cache(maxsize=1 << 14)
def _fold_unit(unit: str) -> tuple[str, str]:
    """Fold one character with its marks; gives folded text and shape."""
    compatibility = unicodedata.decomposition(unit[0])
    if compatibility.startswith(("<super>", "<fraction>")):
        # Trademark and footnote signs are not part of the word before them, nor ½ of the 1 before it.
        inner = (
            "" if compatibility.startswith("<super>") else "".join(map(_digits, unicodedata.normalize("NFKD", unit)))
        )
        spaced = f" {inner} "
        return spaced, "".join(map(_shape, spaced))
    plain = unicodedata.normalize("NFKD", "'" if unit in _APOSTROPHES else unit)
    plain = unicodedata.normalize("NFKD", plain.casefold())
    kept = "".join(PLAIN.get(char, char) for char in plain if not _is_dropped(char))
    folded = "".join(_digits(char) for char in unicodedata.normalize("NFC", kept))
    return folded, "".join(map(_shape, folded))


def _digits(char: str) -> str:
    """Write any script's decimal digit in ASCII, and any apostrophe as one."""
    if char in _APOSTROPHES:
        return "'"
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


def _is_dropped(char: str) -> bool:
    """Accents, and what is invisible inside a word: soft hyphens, joiners, direction marks, tatweel."""
    if char == "ـ" or (unicodedata.category(char) == "Cf" and char != _ZERO_WIDTH_SPACE):
        return True
    return _within(ord(char), STRIPPED_MARKS)


def _shape(char: str) -> str:
    if char.isascii():
        return _ASCII_SHAPE[ord(char)]
    category = unicodedata.category(char)
    if category[0] == "M":
        return "m"
    if category[0] == "L" or category in ("Nl", "No"):
        return "c" if _within(ord(char), _UNSPACED) else "a"
    return " "


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)
