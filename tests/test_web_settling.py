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


@pytest.mark.parametrize(("owns_process", "times"), [(True, 2), (False, 0)])
def test_a_server_settles_once_it_has_loaded_what_it_needs(
    monkeypatch: pytest.MonkeyPatch, owns_process: bool, times: int
) -> None:
    """Once ready and once prepared, where the process is its own: another program's objects are not ours to keep."""
    settled: list[bool] = []
    served = Service(FakeEngine(), Settings(), None, Metrics(), owns_process=owns_process)
    monkeypatch.setattr(service, "settle", lambda: settled.append(served.ready() > 0))
    for _ in range(3):
        served.follow()
    assert settled == [True] * times


def test_a_server_prepares_lists_once_after_it_is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for what only lists of speakers and acronyms need, and no later generation is prepared."""
    prepared: list[bool] = []
    engine = FakeEngine()
    served = Service(engine, Settings(), None, Metrics())
    monkeypatch.setattr(engine, "prepare", lambda: prepared.append(served.ready() > 0))
    served.follow()
    assert not prepared
    served.follow()
    served.follow()
    assert prepared == [True]
