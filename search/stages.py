"""How long the stages of an answer take, told to whoever watches, such as the service's metrics."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, Protocol

Stage = Literal["encode", "retrieve", "rank", "rerank", "answer"]
"""The question to its vector; candidates by meaning and by words; fusing and folding; reranking; reading and citing."""


class Observer(Protocol):
    """Is told what happens, from many threads, and must not hold them up."""

    def stage(self, name: Stage, seconds: float) -> None:
        """A stage ended, well or not, after so long."""

    def query_vector(self, *, is_known: bool) -> None:
        """A question's vector was asked for; `is_known` when the model had no work with it."""


class Unobserved:
    """Nobody watches."""

    def stage(self, name: Stage, seconds: float) -> None:
        """Forget it."""

    def query_vector(self, *, is_known: bool) -> None:
        """Forget it."""


@contextmanager
def timed(observer: Observer, name: Stage) -> Iterator[None]:
    """Tell how long what is done in this context takes."""
    began = time.perf_counter()
    try:
        yield
    finally:
        observer.stage(name, time.perf_counter() - began)
