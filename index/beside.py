"""Work for a second core, while this thread does something else that lets the interpreter's lock go."""

import os
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import lru_cache
from types import TracebackType
from typing import ClassVar, Generic, TypeVar

Result = TypeVar("Result")


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_KEPT = 0.0005
"""So many seconds a thread keeps Python's lock at most while another may wait for it: handing it over takes 0.08 ms."""
_UNDISTURBED, _MOST_UNDISTURBED = 0.8, 0.004
"""Of the time that such work usually takes, this share nobody asks for the lock, as long as it is so many seconds."""
_NEWS = 0.1
"""What the last work's time counts in what it usually takes."""

_working: set[int] = set()
"""The threads that are in a context now."""


class Beside(Generic[Result]):
    """Some work, begun by another thread if a core is free for it; who has its result, or has left, is alone again.

    A core is free where no more than half of them have a thread that could do with another: to share what is busy
    takes a fifth more processor time, and no less of anybody's.
    """

    _usual: ClassVar[float] = 0.0
    """How many seconds work lasts while steps are taken beside it."""

    def __init__(self, work: Callable[[], Result]) -> None:
        self._work, self._begun = work, Future[Result]()
        self._here: tuple[Result] | None = None
        self._is_inner = self._is_sent = False
        self._since = 0.0

    def _run(self) -> None:
        if not self._begun.set_running_or_notify_cancel():
            return
        self._since = time.perf_counter()
        try:
            result = self._work()
        except BaseException as error:  # noqa: BLE001 -- whatever it is, who asks for the result is told
            self._begun.set_exception(error)
        else:
            self._begun.set_result(result)

    def begin(self) -> None:
        """Have the work begun already, if a core is free for it, before the thread that needs the result comes in."""
        if not self._is_sent and 2 * len(_working | {threading.get_ident()}) <= cores():
            self._is_sent = True
            # No thread can be begun where the interpreter ends, or the system has none left.
            with suppress(RuntimeError):
                _threads().submit(self._run)

    def __enter__(self) -> "Beside[Result]":
        me = threading.get_ident()
        self._is_inner = me in _working
        _working.add(me)
        self.begin()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            # Not the pool's future: where no thread could be begun there is none, and one of before may still come by.
            if not self._begun.cancel():
                self._begun.exception()
        finally:
            if not self._is_inner:
                _working.discard(threading.get_ident())

    @property
    def has_failed(self) -> bool:
        """Whether another thread was done with the work already, and failed."""
        done = self._begun
        return done.done() and not done.cancelled() and done.exception() is not None

    def meanwhile(self, steps: Iterable[object]) -> None:
        """Take these steps, what they do being needed or not, for as long as another thread is at the work."""
        if not self._begun.running():
            return
        since = self._since or time.perf_counter()
        going, handing = iter(steps), since + min(_UNDISTURBED * Beside._usual, _MOST_UNDISTURBED)
        while self._begun.running() and next(going, self) is not self:
            if time.perf_counter() >= handing:
                time.sleep(0)  # Python's lock is handed over only to whom it is given, or after 5 ms
                handing = time.perf_counter() + _KEPT
        Beside._usual += _NEWS * (time.perf_counter() - since - Beside._usual)

    def result(self) -> Result:
        """What the work gives, done here where no thread was free to begin it. Raises what it raises."""
        if self._here is None and self._begun.cancel():
            self._here = (self._work(),)
        return self._here[0] if self._here else self._begun.result()


@lru_cache(1)
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(cores(), thread_name_prefix="beside")


def _forget() -> None:
    _threads.cache_clear()
    _working.clear()


# A forked child has none of its parent's threads: what it left to them would stay in memory.
os.register_at_fork(after_in_child=_forget)
