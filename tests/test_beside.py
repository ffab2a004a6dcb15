"""Work that another thread begins while this one does something else."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from index import beside
from index.beside import Beside


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Leave no thread free until the event is set."""
    done = threading.Event()
    threads = ThreadPoolExecutor(1)
    threads.submit(done.wait)
    monkeypatch.setattr(beside, "_threads", lambda: threads)
    return done


def test_another_thread_works() -> None:
    """While this one waits for it, if for nothing else."""
    begun = threading.Event()

    def identify() -> int:
        begun.set()
        return threading.get_ident()

    with Beside(identify) as work:
        begun.wait()
        assert work.result() != threading.get_ident()


def test_where_none_is_free_the_work_is_done_here(busy: threading.Event) -> None:
    """Nobody waits for a thread: who needs the result makes it, once."""
    done: list[int] = []
    with Beside(lambda: done.append(threading.get_ident())) as work:
        work.result()
    busy.set()
    assert done == [threading.get_ident()]


def test_at_the_end_of_the_interpreter_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads of whoever uses the library may outlive the main one, which takes those of a pool with it."""
    threads = ThreadPoolExecutor(1)
    threads.shutdown()
    monkeypatch.setattr(beside, "_threads", lambda: threads)
    with Beside(threading.get_ident) as work:
        assert work.result() == threading.get_ident()


def test_what_it_raises_is_raised_where_the_result_is_asked_for() -> None:
    """An error of the work, not of the thread."""
    with Beside(lambda: int("none")) as work, pytest.raises(ValueError, match="none"):
        work.result()


def test_nobody_works_any_more_once_it_is_left(busy: threading.Event) -> None:
    """Not even where what was done meanwhile failed: what the work reads may be closed then."""
    done: list[int] = []
    with pytest.raises(ZeroDivisionError), Beside(lambda: done.append(1)):
        _ = 1 // 0
    busy.set()
    beside._threads().shutdown(wait=True)
    assert done == []
