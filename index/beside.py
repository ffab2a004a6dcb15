"""Work for a second core, while this thread does something else that lets the interpreter's lock go."""

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from functools import lru_cache
from types import TracebackType
from typing import Generic, TypeVar

Result = TypeVar("Result")


class Beside(Generic[Result]):
    """Some work, begun by another thread if one is free; left only when nobody works at it any more."""

    def __init__(self, work: Callable[[], Result]) -> None:
        self._work = work
        self._begun = Future[Result]()
        with suppress(RuntimeError):
            # No thread can be begun where the interpreter ends, or the system has none left.
            _threads().submit(self._begin)

    def _begin(self) -> None:
        if not self._begun.set_running_or_notify_cancel():
            return
        try:
            self._begun.set_result(self._work())
        except BaseException as error:  # noqa: BLE001 -- whatever it is, who asks for the result is told
            self._begun.set_exception(error)

    def __enter__(self) -> "Beside[Result]":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if not self._begun.cancel():
            wait([self._begun])

    def result(self) -> Result:
        """What the work gives, done here where no thread was free to begin it. Raises what it raises."""
        return self._work() if self._begun.cancel() else self._begun.result()


@lru_cache(1)
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="beside")


# A forked child has none of its parent's threads: what it left to them would stay in memory.
os.register_at_fork(after_in_child=_threads.cache_clear)
