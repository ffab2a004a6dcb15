"""Which of many texts may share half of their letters in a row, told for one against all at once.

Each text has a bitmap of the hashes of its grams (stretches of `GRAM` letters). A gram whose bit another text lacks is
a gram that text lacks, so bits tell at least how many are not shared, whatever hashes collide: what is ruled out here
would be by the grams themselves, and only the time differs.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

GRAM = 4
LEAST_SHARED = 0.5
"""Near-duplicates share seven tenths of their words in order, so well over half of their letters in a
row; others seldom do. Looking at letters first costs a thirtieth of a signature."""

_BITS = 12
"""A paragraph of 500 letters sets one bit in ten, so that few of another's fall on the same by chance."""
_MULTIPLIERS = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F)
_AT_ONCE = 1 << 18
"""So many letters are hashed at once, a longer text alone: memory stays bounded."""


class Sketches:
    """Bitmaps of some texts, which are as `collapse` compares them: folded, white space made one."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._rows = np.concatenate([_bitmaps(texts[start:end]) for start, end in _parts(texts)])
        self._set = _count(self._rows)
        # Repeated grams count each time: at least as many as there are different ones, which keeps the bound safe.
        self._grams = np.array([max(0, len(text) - GRAM + 1) for text in texts], dtype=np.int64)

    def may_share(self, place: int) -> list[int]:
        """`place` and those behind it that may share `LEAST_SHARED` of the grams of whichever text has fewer."""
        behind = slice(place, None)
        shared = _count(self._rows[behind] & self._rows[place])
        lacks, lacked = self._set[place] - shared, self._set[behind] - shared
        ruled_out = (lacks > LEAST_SHARED * self._grams[place]) & (lacked > LEAST_SHARED * self._grams[behind])
        found: list[int] = (np.flatnonzero(~ruled_out) + place).tolist()
        return found


def _parts(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Stretches of `texts` that are hashed together."""
    bounds, length = [0], 0
    for place, text in enumerate(texts):
        if length and length + len(text) > _AT_ONCE:
            bounds.append(place)
            length = 0
        length += len(text)
    return list(zip(bounds, [*bounds[1:], len(texts)], strict=True))


def _bitmaps(texts: Sequence[str]) -> npt.NDArray[np.uint64]:
    """One row of bits for each text, shape (len(texts), words)."""
    letters = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    owners = np.repeat(np.arange(len(texts), dtype=np.int32), [len(text) for text in texts])
    bits = np.zeros((len(texts), 1 << _BITS), dtype=bool)
    grams = len(letters) - GRAM + 1
    if grams > 0:
        hashes = np.zeros(grams, dtype=np.uint32)
        for skip, multiplier in enumerate(_MULTIPLIERS):
            hashes += letters[skip : skip + grams] * np.uint32(multiplier)
        hashes ^= hashes >> np.uint32(15)
        hashes *= np.uint32(_MULTIPLIERS[0])
        within = owners[:grams] == owners[GRAM - 1 :]
        bits[owners[:grams][within], hashes[within] >> np.uint32(32 - _BITS)] = True
    return np.packbits(bits, axis=1, bitorder="little").view(np.uint64)


def _count(rows: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """How many bits are set in each row."""
    found: npt.NDArray[np.int64] = np.bitwise_count(rows).sum(axis=1, dtype=np.int64)
    return found
