"""The end of a server: told to what would never end by itself, hurried by a second signal, held up by nothing."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def set_by_signals(stopping: threading.Event, hurry: Callable[[], None], *, is_worker: bool) -> Iterator[None]:
    """Set `stopping` as soon as a signal comes; uvicorn, whose handlers stay, tells once every request has ended.

    At a second signal `hurry` is called, once. For a worker process that is a SIGINT: of others it gets two where a
    terminal, or a service manager, and its parent each send one.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _SIGNALS}
    hurried = False

    def tell(number: int, frame: FrameType | None) -> None:
        nonlocal hurried
        if stopping.is_set() and not hurried and (number == signal.SIGINT or not is_worker):
            hurried = True
            hurry()
        stopping.set()
        handler = before[signal.Signals(number)]
        if callable(handler) and not hurried:
            handler(number, frame)

    for number in _SIGNALS:
        signal.signal(number, tell)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def end_process(code: int, first: Callable[[], None]) -> None:
    """End this process when `first` is done, whatever its threads are at, without making the caller wait.

    Python itself would wait for a question that some endpoint never answers.
    """

    def end() -> None:
        try:
            first()
        finally:
            os._exit(code)

    threading.Thread(target=end, name="quoth-end", daemon=True).start()


def soon() -> None:
    """Wait as long as a server needs that has nothing left to do."""
    time.sleep(5.0)
