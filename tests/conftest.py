"""What all tests share: where things lie, and that nothing is fetched."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings

from tests.exported import Exported, export_at_once
from tests.shared import SHARED

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from tests.commands import Run
    from tests.fake_engine import FakeEngine

# Before any test imports a library that reads it: a test that needs the network is a wrong test.
os.environ["HF_HUB_OFFLINE"] = "1"
# A developer's own settings must not decide a test.
for name in [name for name in os.environ if name.startswith("QUOTH_") and name != "QUOTH_SHARED"]:
    del os.environ[name]

# The same examples at every run, so that red means the change; `--hypothesis-profile=search` looks for new ones.
hypothesis_settings.register_profile("repeat", derandomize=True, database=None)
hypothesis_settings.register_profile("search", derandomize=False)
hypothesis_settings.load_profile("repeat")

# Where it was ignored, as in the background of a script, tests could not interrupt what they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Libraries wait for the disk at every publish, which a test of them cannot see: where memory serves as one, it does.
_MEMORY, _ROOM = Path("/dev/shm"), 4 << 30
if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))

# One export of the model serves the whole run, processes that it starts included.
_CACHE = tempfile.TemporaryDirectory(prefix="quoth-cache-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT"))
os.environ["QUOTH_CACHE"] = _CACHE.name

ROOT = Path(__file__).resolve().parents[1]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever needs the model comes after its export."""
    for item in items:
        if isinstance(item, pytest.Function) and item.get_closest_marker("model"):
            item.fixturenames.insert(0, "exported")


@pytest.fixture(scope="session")
def exported() -> Exported:
    """Give the run's cache, in which two processes that began at the same moment left the exported model."""
    return export_at_once(Path(_CACHE.name))


@pytest.fixture(scope="session")
def root() -> Path:
    """Give the repository."""
    return ROOT


@pytest.fixture(scope="session")
def samples(root: Path) -> Path:
    """Give the invented articles that the README indexes."""
    return root / "samples"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the judged data; a test that asks for it is skipped where it is missing."""
    if not SHARED.is_dir():
        pytest.skip(f"no judged data at {SHARED}; set QUOTH_SHARED to the folder that holds it")
    return SHARED


@pytest.fixture(scope="session")
def news_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the library of the judged news alone: the first to measure makes it, the next find it made."""
    return tmp_path_factory.mktemp("news") / "library"


@pytest.fixture
def engine() -> "FakeEngine":
    """Give an engine with canned answers."""
    from tests.fake_engine import FakeEngine

    return FakeEngine()


@pytest.fixture
def client(engine: "FakeEngine") -> "TestClient":
    """Give a client of a service on that engine."""
    return _client_of(engine)


@pytest.fixture(scope="module")
def shared_client() -> Iterator["TestClient"]:
    """Give one client to tests that only look at what comes back."""
    from tests.fake_engine import FakeEngine

    with _client_of(FakeEngine()) as client:
        yield client


def _client_of(engine: "FakeEngine") -> "TestClient":
    # Here, so that tests of other things don't wait for the web framework.
    from starlette.testclient import TestClient

    from search.settings import Settings
    from search.web.app import create_app
    from tests.web_client import BASE

    return TestClient(create_app(engine, Settings()), base_url=BASE)


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> "Run":
    """Give what runs a command line in this process, on a library of the test's own."""
    # Here, so that tests of other things don't wait for the command line.
    from tests.commands import runner

    return runner(capsysbinary, monkeypatch, tmp_path / "library")


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """Give a folder with one article."""
    from tests.commands import REPORT

    folder = tmp_path / "pile"
    folder.mkdir()
    (folder / "harbour.txt").write_text(REPORT, encoding="utf-8")
    return folder
