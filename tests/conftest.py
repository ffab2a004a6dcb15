"""What all tests share: where things lie, and that nothing is fetched."""

import os
import tempfile
from pathlib import Path

import pytest

from tests.shared import SHARED

# Before any test imports a library that reads it: a test that needs the network is a wrong test.
os.environ["HF_HUB_OFFLINE"] = "1"
# A developer's own settings must not decide a test.
for name in [name for name in os.environ if name.startswith("QUOTH_") and name != "QUOTH_SHARED"]:
    del os.environ[name]

# One export of the model serves the whole run, processes that it starts included.
_CACHE = tempfile.TemporaryDirectory(prefix="quoth-cache-")
os.environ["QUOTH_CACHE"] = _CACHE.name

ROOT = Path(__file__).resolve().parents[1]


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
