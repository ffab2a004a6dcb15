"""Questions that come while others are encoded wait for one another, and are then encoded together."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import numpy.typing as npt

from index.beside import Beside
from index.types import Vectors

Vector = npt.NDArray[np.float32]
MOST = 32
"""So many are encoded together; those behind them go next."""
_WORTH_A_THREAD = 4
"""Half of fewer texts that were asked for at once is encoded sooner than handed over."""


@dataclass(slots=True)
class _Asked:
    """A question that waits: for its vector or failure, or for its turn to encode all that wait."""

    text: str
    turn: threading.Event = field(default_factory=threading.Event)
    vector: Vector | None = None
    failure: Exception | None = None
    has_left: bool = False

    @property
    def is_done(self) -> bool:
        return self.vector is not None or self.failure is not None or self.has_left


class Gathering:
    """Encodes as many at once as came while the last ones were encoded: whoever comes alone never waits.

    No timer and no thread: of those that wait, the first one encodes for all. Safe to use from many threads.
    """

    def __init__(self, encode: Callable[[Sequence[str]], Vectors]) -> None:
        self._encode = encode
        self._guard = threading.Lock()
        self._waiting: list[_Asked] = []
        self._leader: _Asked | None = None

    def vector(self, text: str) -> Vector:
        """What `encode` gives for this text. Raises what it raises."""
        mine = _Asked(text)
        try:
            with self._guard:
                self._waiting.append(mine)
                if self._leader is None:
                    self._pass_on()
            mine.turn.wait()
            if not mine.is_done:
                self._lead()
        except BaseException:
            # Ctrl-C may come anywhere: nobody else may be left waiting for whom it sends away.
            self._leave(mine)
            raise
        if mine.failure is not None:
            raise mine.failure
        assert mine.vector is not None
        return mine.vector

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """What `encode` gives for these texts, half of them by another core if one is free; waits for nobody."""
        if len(texts) < _WORTH_A_THREAD:
            return self._encode(texts)
        with Beside(partial(self._encode, texts[1::2])) as others:
            found = self._encode(texts[::2])
            every = np.empty((len(texts), found.shape[1]), dtype=np.float32)
            every[::2], every[1::2] = found, others.result()
        return every

    def _lead(self) -> None:
        """Encode all that wait, the caller's own first, and let one of those lead that came meanwhile."""
        with self._guard:
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
        try:
            self._fill(batch)
        finally:
            with self._guard:
                # Whoever an interruption has left without an answer goes again, first.
                self._waiting[:0] = [one for one in batch[1:] if not one.is_done]
                self._pass_on()
            for one in batch:
                if one.is_done:
                    one.turn.set()

    def _leave(self, mine: _Asked) -> None:
        with self._guard:
            mine.has_left = True
            self._waiting = [one for one in self._waiting if one is not mine]
            if self._leader is mine:
                self._pass_on()

    def _pass_on(self) -> None:
        """Let the first of those that wait lead, if there is one. To be called under the guard."""
        self._leader = self._waiting[0] if self._waiting else None
        if self._leader is not None:
            self._leader.turn.set()

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
