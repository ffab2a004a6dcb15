"""Work that another thread begins while this one does something else."""

import threading
from collections.abc import Callable, Iterator
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


def test_where_the_cores_are_busy_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second thread that could do with another core finds none; once the first is done, there is one again."""
    monkeypatch.setattr(beside, "cores", lambda: 2)

    def second() -> int:
        with Beside(threading.get_ident) as work:
            return work.result()

    with Beside(lambda: None), ThreadPoolExecutor(1) as other:
        assert other.submit(second).result() == other.submit(threading.get_ident).result()
    with Beside(threading.get_ident) as work:
        assert _where(work) != threading.get_ident()


def test_what_is_within_is_not_counted_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """One thread, however many works it has begun, leaves the other core free."""
    monkeypatch.setattr(beside, "cores", lambda: 2)
    with Beside(lambda: None) as outer:
        outer.result()
        with Beside(threading.get_ident) as inner:
            assert _where(inner) != threading.get_ident()


def test_steps_are_taken_while_another_thread_works() -> None:
    """One by one, and none any more once the work is done."""
    go_on, steps = threading.Event(), list[int]()

    def each() -> Iterator[None]:
        for step in range(3):
            steps.append(step)
            yield
        go_on.set()
        while not work._begun.done():
            threading.Event().wait(0.001)
        steps.append(3)
        yield
        steps.append(4)

    with Beside(go_on.wait) as work:
        while not work._begun.running():
            threading.Event().wait(0.001)
        work.meanwhile(each())
        assert work.result() is True
    assert steps == [0, 1, 2, 3]


@pytest.mark.parametrize(("usual", "is_disturbed"), [(0.0, True), (3600.0, False)])
def test_the_lock_is_handed_over_only_when_the_work_may_be_done(
    usual: float, is_disturbed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each time takes a tenth of a millisecond from who steps; beside work that usually lasts it is not offered."""
    clock = iter(number / 1000 for number in range(1000))
    monkeypatch.setattr("index.beside.time.perf_counter", lambda: next(clock))
    monkeypatch.setattr(beside, "_MOST_UNDISTURBED", 3600.0)
    monkeypatch.setattr(Beside, "_usual", usual)
    offered: list[float] = []
    monkeypatch.setattr("index.beside.time.sleep", offered.append)
    go_on = threading.Event()
    with Beside(go_on.wait) as work:
        while not work._begun.running():
            go_on.wait(0.001)
        work.meanwhile(range(20))
        assert bool(offered) is is_disturbed
        go_on.set()


def test_no_step_is_taken_where_the_work_is_done_here(busy: threading.Event) -> None:
    """What may not be needed is worth its time only where there is nothing else to do."""
    steps = iter(range(3))
    with Beside(lambda: 7) as work:
        work.meanwhile(steps)
        assert work.result() == 7
    busy.set()
    assert list(steps) == [0, 1, 2]


def _where(work: Beside[int]) -> int:
    """The thread that did the work; asked for only once it has begun, or it would be done here."""
    while not work._begun.running() and not work._begun.done():
        threading.Event().wait(0.001)
    return work.result()


def test_where_no_thread_can_begin_nobody_waits_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pool takes the work and then fails to begin a thread: one that it had may still come by and do it."""

    class Exhausted:
        def submit(self, work: Callable[[], None]) -> None:
            threading.Thread(target=work).start()
            raise RuntimeError

    monkeypatch.setattr(beside, "_threads", Exhausted)
    with Beside(lambda: 7) as work:
        assert work.result() == 7
