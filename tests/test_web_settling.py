"""A server sets aside what it has loaded: garbage is looked for seldom and elsewhere, and memory is laid out anew."""

import subprocess
import sys

import pytest

from search.settings import Settings
from search.web import service
from search.web.metrics import Metrics
from search.web.service import Service
from tests.fake_engine import FakeEngine

_CODE = """
import gc
from search.web.settling import settle
before = gc.get_threshold()
settle()
assert gc.isenabled() and all(now > then for now, then in zip(gc.get_threshold(), before))
kept = gc.get_freeze_count()
assert kept > 1_000, kept
class Ring:
    gone = 0
    def __init__(self): self.me = self
    def __del__(self): Ring.gone += 1
for _ in range(100_000):
    Ring()
assert Ring.gone, "what refers to itself is never let go"
assert gc.get_freeze_count() == kept
"""


def test_what_is_loaded_is_left_out_and_later_garbage_is_not() -> None:
    """In a process of its own, which then holds for good what it holds."""
    subprocess.run([sys.executable, "-c", _CODE], check=True)


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody need be waited for."""
    monkeypatch.setattr(service, "_QUIET", 0.0)


@pytest.mark.parametrize(("owns_process", "times"), [(True, 3), (False, 0)])
def test_a_server_settles_once_it_has_loaded_what_it_needs(
    monkeypatch: pytest.MonkeyPatch, owns_process: bool, times: int
) -> None:
    """When it is ready, linked and prepared, where the process is its own: another program keeps its objects itself."""
    settled: list[bool] = []
    served = Service(FakeEngine(), Settings(), None, Metrics(), owns_process=owns_process)
    monkeypatch.setattr(service, "settle", lambda: settled.append(served.ready() > 0))
    for _ in range(4):
        served.follow()
    assert settled == [True] * times


def test_a_server_prepares_lists_once_after_it_is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for what only lists of speakers and acronyms need, and no later generation is prepared."""
    prepared: list[bool] = []
    engine = FakeEngine()
    served = Service(engine, Settings(), None, Metrics())
    monkeypatch.setattr(engine, "prepare", lambda: prepared.append(served.ready() > 0))
    for _ in range(2):
        served.follow()
        assert not prepared
    for _ in range(2):
        served.follow()
        assert prepared == [True]


def test_lists_are_prepared_when_nobody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks just when a server is ready is not to wait for what nobody needs yet."""
    now = 1000.0
    monkeypatch.setattr(service, "_QUIET", 1.0)
    monkeypatch.setattr("search.web.service.time.monotonic", lambda: now)
    served = Service(FakeEngine(), Settings(), None, Metrics())
    for _ in range(20):
        served.follow()
        now += 0.9
        served.note_question()
        assert not served.is_settled
    now += 1.1
    served.follow()
    assert served.is_settled


def test_where_somebody_always_asks_lists_are_prepared_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a minute; and links of a large library, which take seconds to read, likewise."""
    now, read = 1000.0, list[float]()
    engine = FakeEngine()
    monkeypatch.setattr(service, "_QUIET", 1.0)
    monkeypatch.setattr("search.web.service.time.monotonic", lambda: now)
    monkeypatch.setattr(engine, "reads_links_soon", lambda: False)
    monkeypatch.setattr(engine, "read_links", lambda: read.append(now))
    served = Service(engine, Settings(), None, Metrics())
    while not served.is_settled:
        served.follow()
        now += 0.5
        served.note_question()
    assert 1060 <= now <= 1063
    assert len(read) == 1
    assert read[0] >= 1060


def test_a_server_reads_links_once_a_generation_and_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once it is prepared; where documents come all the time, only a small part of its time."""
    read: list[int] = []
    now = 1000.0
    engine = FakeEngine(generation=7)
    served = Service(engine, Settings(), None, Metrics())
    monkeypatch.setattr("search.web.service.time.monotonic", lambda: now)

    def read_links() -> None:
        nonlocal now
        read.append(engine.generation())
        now += 1.0

    monkeypatch.setattr(engine, "read_links", read_links)
    for is_settled in (False, False, True, True):
        served.follow()
        assert served.is_settled == is_settled
    assert read == [7]
    engine.current = 8
    served.follow()
    now += 19.0
    served.follow()
    assert read == [7]
    now += 2.0
    served.follow()
    served.follow()
    assert read == [7, 8]


def test_what_could_not_be_worked_out_ahead_is_tried_again_later(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Until it succeeds, not at every look, and the server stays ready: it is a matter of speed alone."""
    now, tried = 1e6, list[float]()
    engine = FakeEngine()
    served = Service(engine, Settings(), None, Metrics())

    def fails_at_first() -> None:
        tried.append(now)
        if len(tried) < 3:
            raise OSError("too many open files")

    monkeypatch.setattr(engine, "prepare", fails_at_first)
    monkeypatch.setattr("search.web.service.time.monotonic", lambda: now)
    for _ in range(200):
        assert served.follow() == served.ready() == 7
        now += 2.0
    assert tried == [1e6 + 4, 1e6 + 34, 1e6 + 94]
    assert [record.getMessage() for record in caplog.records] == [
        "not worked out ahead yet: OSError: too many open files"
    ] * 2
