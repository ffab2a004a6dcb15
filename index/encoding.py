"""Texts on their way to vectors, in a thread of their own, so that the next documents are read meanwhile."""

import queue
import threading
from collections.abc import Iterator, Sequence

from index.embedder import Embedder
from index.types import Vectors

SLICE_TEXTS = 64
"""How many texts get their vectors at once: about half a second's work to lose."""

_STOP_SECONDS = 20.0
"""How long a slice may take to end; a process that ended amid one could crash."""


class Encoding:
    """The vectors of `texts`, slice by slice, the longest texts first, as padding costs as much as text.

    Only the model is called in the thread; whatever it raises is raised where its vectors are taken.
    """

    def __init__(self, embedder: Embedder, texts: Sequence[str]) -> None:
        self._embedder, self._texts = embedder, texts
        self._left = -(-len(texts) // SLICE_TEXTS)
        self._found: queue.SimpleQueue[tuple[list[str], Vectors] | BaseException] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="embedding", daemon=True)
        if texts:
            self._thread.start()

    @property
    def is_taken(self) -> bool:
        """Whether every vector was taken."""
        return self._left == 0

    def ready(self) -> Iterator[tuple[list[str], Vectors]]:
        """What is finished by now: texts, and their vectors, float32 (n, dim). Raises what the model does."""
        while self._left and not self._found.empty():
            yield self._next()

    def rest(self) -> Iterator[tuple[list[str], Vectors]]:
        """All that was not taken yet, as it is finished. Raises what the model does."""
        while self._left:
            yield self._next()

    def finished(self) -> Iterator[tuple[list[str], Vectors]]:
        """What was finished before it was stopped, or the model failed."""
        while self._left and not self._found.empty():
            found = self._found.get()
            if isinstance(found, BaseException):
                return
            self._left -= 1
            yield found

    def stop(self) -> None:
        """End after the slice that is being encoded; what is finished can still be taken."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(_STOP_SECONDS)

    def _next(self) -> tuple[list[str], Vectors]:
        found = self._found.get()
        if isinstance(found, BaseException):
            self._left = 0
            raise found
        self._left -= 1
        return found

    def _run(self) -> None:
        try:
            tokens = self._embedder.count_tokens(self._texts)
            by_length = sorted(range(len(self._texts)), key=lambda place: -tokens[place])
            for first in range(0, len(by_length), SLICE_TEXTS):
                if self._stopping.is_set():
                    return
                part = [self._texts[place] for place in by_length[first : first + SLICE_TEXTS]]
                self._found.put((part, self._embedder.encode_documents(part)))
        except BaseException as error:  # noqa: BLE001 -- raised again in the thread that takes the vectors
            self._found.put(error)
