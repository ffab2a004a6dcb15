"""Where the judged data lies: a folder beside the checkout that is no part of the repository."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("QUOTH_SHARED") or Path(__file__).resolve().parents[2] / "shared")
"""Beside the checkout, or where QUOTH_SHARED says: a clone made elsewhere for a run finds it by that."""

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason=f"no judged data at {SHARED}; set QUOTH_SHARED to the folder that holds it"
)
