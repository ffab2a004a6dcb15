"""Connections that are lent to readers."""

import sqlite3
from pathlib import Path

import pytest

from index.store.connections import Connections
from tests.small_library import ARTICLES, make_library


def test_a_connection_lent_before_closing_is_never_lent_again(tmp_path: Path) -> None:
    """The database may have been replaced: whoever comes next reads the new one."""
    make_library(tmp_path / "library").close()
    pool = Connections(tmp_path / "library" / "library.db")
    with pool.lent() as before:
        pool.close()
        assert before.execute("SELECT count(*) FROM documents").fetchone() == (len(ARTICLES),)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        before.execute("SELECT 1")
    with pool.lent() as after:
        assert after is not before
    with pool.lent() as again:
        assert again is after
    pool.close()
