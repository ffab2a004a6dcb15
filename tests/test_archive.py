"""Hostile and broken backups: each is refused in one line, and leaves nothing."""

import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from index.backup import restore
from index.errors import (
    InvalidValueError,
    LibraryVersionError,
)
from index.library import open_library
from index.store.schema import VERSION
from tests.archives import NOTE, altered, answers, members, pack, save_library, tree

Change = Callable[[dict[str, bytes], Path], dict[str, bytes]]


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """Give a backup of the small library, which lies beside it."""
    return save_library(tmp_path)


def _vectors(contents: dict[str, bytes]) -> str:
    return next(name for name in contents if name.startswith("vectors/"))


def _sql(*statements: str) -> Change:
    return lambda contents, folder: contents | {"library.db": altered(contents["library.db"], folder, *statements)}


def _without(name: str) -> Change:
    return lambda contents, folder: {key: data for key, data in contents.items() if not key.startswith(name)}


BROKEN: dict[str, Change] = {
    "models.file outside": _sql("UPDATE models SET file = '../victim.txt'"),
    "models.file absolute": _sql("UPDATE models SET file = '/etc/hostname'"),
    "second model outside": _sql("INSERT INTO models SELECT 0, name, key, dim, 1, '../victim.txt' FROM models"),
    "models.file not there": _sql("UPDATE models SET file = 'vectors/0123456789abcdef-1.f16'"),
    "no model": _sql("DELETE FROM models", "DELETE FROM slots"),
    "dimension": _sql("UPDATE models SET dim = dim * 2"),
    "dimension no number": _sql("UPDATE models SET dim = 'many'"),
    "slot below zero": _sql("UPDATE slots SET slot = -1 WHERE slot = 0"),
    "slots beyond the file": _sql("UPDATE library SET value = 999999 WHERE key LIKE 'slots:%'"),
    "zeroing beyond the file": _sql("INSERT OR REPLACE INTO library VALUES ('to_zero', '[[1, 99999999999]]')"),
    "published no number": _sql("UPDATE library SET value = 'x' WHERE key = 'published'"),
    "trigger": _sql("CREATE TRIGGER t AFTER DELETE ON slots BEGIN DELETE FROM documents; END"),
    "view": _sql("CREATE VIEW v AS SELECT 1"),
    "another table": _sql("CREATE TABLE more (x)"),
    "table missing": _sql("DROP TABLE statements"),
    "no version": _sql("PRAGMA user_version = 0"),
    "no database": _without("library.db"),
    "no vectors": _without("vectors/"),
    "no note": _without(NOTE),
    "nothing": lambda contents, folder: {},
    "note not JSON": lambda contents, folder: contents | {NOTE: b"{"},
    "note without number": lambda contents, folder: contents | {NOTE: b"[]"},
    "note of format 0": lambda contents, folder: contents | {NOTE: b'{"quoth_backup": 0}'},
    "note too long": lambda contents, folder: contents | {NOTE: b'{"quoth_backup": 1}' + b" " * 10_000},
    "short vectors": lambda contents, folder: contents | {_vectors(contents): contents[_vectors(contents)][:-1]},
    "database no database": lambda contents, folder: contents | {"library.db": b"text " * 1000},
    "database cut": lambda contents, folder: contents | {"library.db": contents["library.db"][:20_000]},
    "more files": lambda contents, folder: contents | {"notes.txt": b"hello"},
    "file above": lambda contents, folder: contents | {"../victim.txt": b"hello"},
    "CURRENT": lambda contents, folder: contents | {"CURRENT": b"1\n"},
    "log": lambda contents, folder: contents | {"library.db-wal": b"x" * 4096},
    "dotted": lambda contents, folder: contents | {"vectors/../x.f16": b"x"},
    "vectors by another name": lambda contents, folder: contents | {"vectors/more.f16": b"x"},
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_backup_is_refused_and_leaves_nothing(saved: Path, tmp_path: Path, name: str) -> None:
    """One line that names the file; nothing outside is touched, nothing is left."""
    victim = tmp_path / "victim.txt"
    victim.write_text("mine")
    bad = pack(tmp_path / "bad.tar", BROKEN[name](members(saved), tmp_path))
    before = tree(tmp_path)
    library = open_library(tmp_path / "new" / "restored")
    with pytest.raises(InvalidValueError, match=r"bad\.tar") as caught:
        restore(bad, library)
    assert caught.value.field == "file"
    assert "\n" not in str(caught.value)
    assert tree(tmp_path) == before
    assert victim.read_text() == "mine"


def test_good_backup_restores_where_a_bad_one_failed(saved: Path, tmp_path: Path) -> None:
    """A failure is no reason to say that something exists already."""
    library = open_library(tmp_path / "restored")
    with pytest.raises(InvalidValueError):
        restore(pack(tmp_path / "bad.tar", _without("library.db")(members(saved), tmp_path)), library)
    restore(saved, library)
    assert answers(library) == answers(open_library(tmp_path / "library"))


def test_truncated_and_compressed_files_are_refused(saved: Path, tmp_path: Path) -> None:
    """A file cut short anywhere, another archive, plain text, a folder, nothing at all."""
    whole = saved.read_bytes()
    bad = tmp_path / "bad.tar"
    library = open_library(tmp_path / "restored")
    # The archive's last blocks are padding.
    end = len(whole.rstrip(b"\0"))
    for length in [*range(0, end, end // 24), end - 1]:
        bad.write_bytes(whole[:length])
        with pytest.raises(InvalidValueError):
            restore(bad, library)
    for mode in ("w:gz", "w:bz2", "w:xz"):
        with pytest.raises(InvalidValueError):
            restore(pack(bad, members(saved), mode), library)
    bad.write_text("Dear diary")
    for source in (bad, tmp_path, tmp_path / "nowhere.tar", tmp_path / ("x" * 300)):
        with pytest.raises(InvalidValueError):
            restore(source, library)
    assert not library.root.exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_members_that_are_no_plain_files_are_refused(saved: Path, tmp_path: Path, kind: bytes) -> None:
    """A link, a pipe or a folder by an allowed name is still none."""
    contents = members(saved)
    bad = pack(tmp_path / "bad.tar", contents)
    with tarfile.open(bad, "a") as tar:
        info = tarfile.TarInfo("vectors/0123456789abcdef-9.f16")
        info.type, info.linkname = kind, str(tmp_path / "library" / "library.db")
        tar.addfile(info)
    with pytest.raises(InvalidValueError, match="plain file"):
        restore(bad, open_library(tmp_path / "restored"))
    assert not (tmp_path / "restored").exists()


def test_sparse_and_repeated_members_are_refused(saved: Path, tmp_path: Path) -> None:
    """A few bytes that claim to be a terabyte, and a second database behind the first."""
    bad = pack(tmp_path / "bad.tar", members(saved))
    with tarfile.open(bad, "a") as tar:
        info = tarfile.TarInfo("vectors/0123456789abcdef-9.f16")
        info.pax_headers = {"GNU.sparse.size": str(1 << 40), "GNU.sparse.map": "0,0", "GNU.sparse.major": "0"}
        tar.addfile(info)
    library = open_library(tmp_path / "restored")
    with pytest.raises(InvalidValueError, match="plain file"):
        restore(bad, library)
    bad = pack(tmp_path / "bad.tar", members(saved))
    with tarfile.open(bad, "a") as tar:
        tar.add(tmp_path / "library" / "library.db", "library.db")
    with pytest.raises(InvalidValueError, match="twice"):
        restore(bad, library)
    assert not library.root.exists()


def test_backup_of_a_newer_quoth_says_to_upgrade(saved: Path, tmp_path: Path) -> None:
    """Whether its archive or its tables are newer."""
    contents = members(saved)
    newer = altered(contents["library.db"], tmp_path, f"PRAGMA user_version = {VERSION + 1}")
    for changed in ({NOTE: json.dumps({"quoth_backup": 2}).encode()}, {"library.db": newer}):
        bad = pack(tmp_path / "bad.tar", contents | changed)
        with pytest.raises(LibraryVersionError, match="upgrade"):
            restore(bad, open_library(tmp_path / "restored"))
        assert not (tmp_path / "restored").exists()
