"""The append-only file of vectors: float16, shape (slots, dim), no header, memory-mapped to read."""

import os
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.types import Vectors

Slots = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]
"""Inner products, rounded to 1e-4."""
_ITEM = np.dtype("<f2")
_EXPONENT_AND_MANTISSA = np.int32(-0x7000_2000)  # 0x8FFF_E000: the sign, and what of a float16 goes below it
_REBIAS = np.float32(2.0**112)


def row_bytes(dim: int) -> int:
    """How many bytes one slot takes."""
    return dim * _ITEM.itemsize


def count(path: Path, dim: int) -> int:
    """How many whole slots the file holds; 0 where there is none."""
    return path.stat().st_size // row_bytes(dim) if path.exists() else 0


def append(path: Path, vectors: Vectors, first: int) -> list[int]:
    """Write unit `vectors` (n, dim) to the slots from `first` on, fsync, and return their CRC-32s.

    Whatever lies beyond `first` is the tail of a run that was killed before its commit: it is cut
    off. Returns before any commit may name the slots, so that a committed slot always has bytes.
    """
    rows = np.ascontiguousarray(vectors, dtype=_ITEM)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.truncate(first * row_bytes(rows.shape[1]))
        file.seek(0, os.SEEK_END)
        file.write(rows.tobytes())
        file.flush()
        os.fsync(file.fileno())
    return [zlib.crc32(row.tobytes()) for row in rows]


def extend(path: Path, dim: int, slots: int) -> None:
    """Lengthen a file that lost its end to `slots` slots, with zeros."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.truncate(slots * row_bytes(dim))
        os.fsync(file.fileno())


def zero(path: Path, dim: int, slots: Sequence[int]) -> None:
    """Overwrite purged slots with zeros: a vector can tell much of the text it came from."""
    if not slots or not path.exists():
        return
    with path.open("r+b") as file:
        for slot in slots:
            file.seek(slot * row_bytes(dim))
            file.write(bytes(row_bytes(dim)))
        file.flush()
        os.fsync(file.fileno())


class VectorFile:
    """The first `slots` vectors of the file, as one generation sees them; many threads may read."""

    def __init__(self, path: Path, dim: int, slots: int) -> None:
        self.dim, self.slots = dim, slots
        self._rows: npt.NDArray[np.float16] = (
            np.asarray(np.memmap(path, dtype=_ITEM, mode="r", shape=(slots, dim)))
            if slots
            else np.empty((0, dim), dtype=_ITEM)
        )

    def take(self, slots: Slots) -> Vectors:
        """The vectors of these slots as float32, shape (len(slots), dim)."""
        return widened(self._rows[slots])

    def codes(self, slots: Slots) -> npt.NDArray[np.uint8]:
        """The stored bytes of these slots, shape (len(slots), row_bytes(dim))."""
        return self._rows[slots].view(np.uint8)

    def nbytes(self, slots: int) -> int:
        """How many bytes so many slots take."""
        return slots * row_bytes(self.dim)

    def crc(self, slot: int) -> int:
        """CRC-32 of one slot's bytes."""
        return zlib.crc32(self._rows[slot].tobytes())

    def scores(self, vector: npt.NDArray[np.float32], slots: Slots) -> npt.NDArray[np.float32]:
        """Inner products of `vector` (dim,) with these slots, in bounded memory."""
        out = np.empty(len(slots), dtype=np.float32)
        for start in range(0, len(slots), 8192):
            part = slots[start : start + 8192]
            # einsum, not BLAS: its sum doesn't depend on how many rows are asked for at once.
            out[start : start + len(part)] = np.einsum("ij,j->i", widened(self._rows[part]), vector)
        return out


def rounded(scores: npt.NDArray[np.float32]) -> Scores:
    """Scores rounded to 1e-4, as Python's `round` does it, all at once.

    A float32 times 10,000 is exact in float64, and so are the tie and the side of it that decide.
    """
    found: Scores = scores.astype(np.float64)
    return np.round(found, 4, out=found)


def widened(halves: npt.NDArray[np.float16]) -> npt.NDArray[np.float32]:
    """Finite float16 values as float32, exactly; numpy's own conversion takes seven times as long.

    Sign, exponent and mantissa are moved to their places, and the exponent's offset is made up for by a product,
    which mends subnormal numbers, too. What should be infinite or NaN is large.
    """
    bits = halves.view("<i2").astype(np.int32)
    bits <<= 13
    bits &= _EXPONENT_AND_MANTISSA
    wide: npt.NDArray[np.float32] = bits.view(np.float32)
    wide *= _REBIAS
    return wide
