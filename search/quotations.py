"""Quotations as users remember them: found though a word slipped, and told from the source's own wording."""

import re
from collections.abc import Sequence

from index.folding import fold

MOST_SLIPS = 0.34
"""Of a typed quotation's words, the share that may be other, missing or too many."""
LEAST_WORDS = 3
"""Fewer words are no quotation but a topic."""
_MOST_TYPED = 80
_MOST_SAID = 1_000
_TYPO = 0.5
"""What a word costs that is the right one but for a slip of the finger."""
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile(r"(?<=\w)['’](?=\w)")
_MARKS = re.compile(r"[\"“”„«»‘]|(?<!\w)['’]|['’](?!\w)")
_SPACE = re.compile(r"\s+")
_ENDINGS = " .,;:!?…"


def words(text: str) -> list[str]:
    """The words of a quotation, folded, without punctuation: “don't” is one."""
    return _WORD.findall(_APOSTROPHES.sub("", fold(text).text))


def slips(typed: Sequence[str], said: Sequence[str]) -> float:
    """How far typed words are from the stretch of said ones that is nearest, 0 (all the same) to 1, by edits a word.

    It is 1 wherever it is sure to be more than `MOST_SLIPS`.
    Takes time proportional to the product of their lengths, which are bounded.
    """
    typed, said = typed[:_MOST_TYPED], said[:_MOST_SAID]
    there = set(said)
    if not typed or _TYPO * sum(word not in there for word in typed) > MOST_SLIPS * len(typed):
        return 1.0
    row = [0.0] * (len(said) + 1)  # a stretch may begin anywhere
    for i, word in enumerate(typed, 1):
        above, row = row, [float(i)]
        for j, other in enumerate(said, 1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + _differs(word, other)))
    return min(1.0, min(row) / len(typed))


def is_exact(typed: str, said: str) -> bool:
    """Whether what was typed stands in a text letter for letter, but for quotation marks, white space and capitals."""
    return _plain(typed).strip(_ENDINGS).casefold() in _plain(said).casefold()


def _plain(text: str) -> str:
    # An apostrophe inside a word may be typed straight or curly; marks are left out.
    return _SPACE.sub(" ", _MARKS.sub("", _APOSTROPHES.sub("'", text))).strip()


def _differs(one: str, other: str) -> float:
    if one == other:
        return 0.0
    return _TYPO if _is_typo(one, other) or _is_typo(other, one) else 1.0


def _is_typo(one: str, other: str) -> bool:
    """Whether two longer words differ by one letter, or two that changed places, or an ending."""
    if one[0] != other[0] or len(one) < 4 or len(other) < 4 or not 0 <= len(other) - len(one) <= 2:
        return False
    if other.startswith(one):
        return True
    if len(other) - len(one) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) == len(other):
        swapped = one[at : at + 2] == other[at : at + 2][::-1]
        return one[at + 1 :] == other[at + 1 :] or (swapped and one[at + 2 :] == other[at + 2 :])
    return one[at:] == other[at + 1 :]
