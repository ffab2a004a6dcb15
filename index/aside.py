"""Things put aside for later: a few in memory, more in a file that has no name, so that memory stays bounded."""

import pickle
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Generic, TypeVar

Item = TypeVar("Item")

_IN_MEMORY = 8 << 20
"""Bytes."""


class Aside(Generic[Item]):
    """What is put is given back in that order. Raises OSError where the disk of `folder` is full."""

    def __init__(self, folder: Path) -> None:
        # Not where temporary files go, which may be memory; it goes with its holder.
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY, dir=str(folder))  # noqa: SIM115

    def put(self, item: Item) -> None:
        """Keep one more. Before the first is taken."""
        pickle.dump(item, self._file, pickle.HIGHEST_PROTOCOL)

    def taken(self) -> Iterator[Item]:
        """All that were put."""
        end = self._file.tell()
        self._file.seek(0)
        while self._file.tell() < end:
            yield pickle.load(self._file)  # noqa: S301 -- this process wrote it, and nobody else can
