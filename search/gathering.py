"""Questions that come while others are encoded wait for one another, and are then encoded together."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from index.types import Vectors

Vector = npt.NDArray[np.float32]
MOST = 32
"""So many are encoded together; those behind them go next."""


@dataclass(slots=True)
class _Asked:
    """A question that waits: for its vector or failure, or for its turn to encode all that wait."""

    text: str
    turn: threading.Event = field(default_factory=threading.Event)
    vector: Vector | None = None
    failure: Exception | None = None

    @property
    def is_done(self) -> bool:
        return self.vector is not None or self.failure is not None


class Gathering:
    """Encodes as many at once as came while the last ones were encoded: whoever comes alone never waits.

    No timer and no thread: of those that wait, the first one encodes for all. Safe to use from many threads.
    """

    def __init__(self, encode: Callable[[Sequence[str]], Vectors]) -> None:
        self._encode = encode
        self._guard = threading.Lock()
        self._waiting: list[_Asked] = []
        self._is_running = False

    def vector(self, text: str) -> Vector:
        """What `encode` gives for this text. Raises what it raises."""
        mine = _Asked(text)
        with self._guard:
            self._waiting.append(mine)
            if not self._is_running:
                self._is_running = True
                mine.turn.set()
        mine.turn.wait()
        if not mine.is_done:
            self._lead()
        if mine.failure is not None:
            raise mine.failure
        assert mine.vector is not None
        return mine.vector

    def _lead(self) -> None:
        """Encode all that wait, the caller's own first, and let one of those lead that came meanwhile."""
        with self._guard:
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
        try:
            self._fill(batch)
        finally:
            with self._guard:
                self._is_running = bool(self._waiting)
                following = self._waiting[:1]
            for one in batch + following:
                one.turn.set()

    def _fill(self, batch: Sequence[_Asked]) -> None:
        try:
            vectors = self._encode([one.text for one in batch])
        except Exception as error:  # noqa: BLE001 -- whatever it is, whoever asked is told, and nobody else
            if len(batch) == 1:
                batch[0].failure = error
                return
            for one in batch:
                self._fill([one])
        else:
            for one, vector in zip(batch, vectors, strict=True):
                one.vector = vector
