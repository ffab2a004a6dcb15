"""The archive that a backup is, and how much of one to trust: nothing that was not looked at.

An uncompressed tar file of `quoth-backup.json` (the format's number), `library.db`, and the files
of vectors that its `models` name. Whoever sends one may be hostile. What is wrong raises
ValueError, or whatever made-up headers and rows make tarfile and SQLite stumble over: MALFORMED.
"""

import io
import json
import os
import re
import shutil
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from index.errors import LibraryDamagedError, LibraryVersionError
from index.store import vectors
from index.store.generations import Manifest, sync_folder
from index.store.schema import VERSION, migrate
from index.store.state import State
from index.store.writer import Writer

FORMAT = 1
DATABASE = "library.db"
_NOTE = "quoth-backup.json"
_NOTE_BYTES = 4096
_VECTORS = re.compile(r"vectors/[0-9a-f]{16}-[0-9]{1,18}\.f16")
_PLAIN = (tarfile.REGTYPE, tarfile.AREGTYPE)

MALFORMED: tuple[type[Exception], ...] = (
    *(tarfile.TarError, sqlite3.DatabaseError, LibraryDamagedError),
    *(EOFError, ValueError, TypeError, LookupError, ArithmeticError, RuntimeError),
)


def pack(target: Path, database: Path, root: Path, manifest: Manifest) -> None:
    """Write an archive of a copied database and the vectors that a generation of `root` sees."""
    size = manifest.slots * vectors.row_bytes(manifest.model.dim)
    with tarfile.open(target, "w") as archive:
        note = json.dumps({"quoth_backup": FORMAT}).encode()
        _add(archive, _NOTE, io.BytesIO(note), len(note))
        with database.open("rb") as file:
            _add(archive, DATABASE, file, database.stat().st_size)
        # No further than the generation sees: beyond, a writer may append and cut off meanwhile.
        with (root / manifest.vectors).open("rb") if size else io.BytesIO() as file:
            _add(archive, manifest.vectors, file, size)
    with target.open("rb") as file:
        os.fsync(file.fileno())


def _add(archive: tarfile.TarFile, name: str, file: BinaryIO, size: int) -> None:
    info = tarfile.TarInfo(name)
    info.size = size
    archive.addfile(info, file)


def _require(claim: bool, otherwise: str) -> None:
    if not claim:
        raise ValueError(otherwise)


def unpack(file: BinaryIO, folder: Path, source: Path) -> None:
    """Unpack the members that a backup has, and no others, into an empty `folder`.

    Raises MALFORMED, and LibraryVersionError for a format of a newer Quoth.
    """
    (folder / "vectors").mkdir()
    seen: set[str] = set()
    with tarfile.open(fileobj=file, mode="r:") as archive:
        for member in archive:
            name = member.name
            _require(member.type in _PLAIN and not member.issparse(), f"{name[:80]!r} in it is no plain file")
            _require(name not in seen, f"{name} is in it twice")
            data = archive.extractfile(member)
            assert data is not None  # only for members that are no files
            if not seen:
                _require(name == _NOTE and member.size <= _NOTE_BYTES, f"it doesn't begin with {_NOTE}")
                _check_note(data.read(), source)
            else:
                _require(name == DATABASE or bool(_VECTORS.fullmatch(name)), f"{name[:80]!r} in it has no place there")
                with (folder / name).open("xb") as target:
                    shutil.copyfileobj(data, target, 1 << 20)
                    target.flush()
                    os.fsync(target.fileno())
            seen.add(name)
    _require(DATABASE in seen, f"it holds no {DATABASE}")
    sync_folder(folder / "vectors")


def _check_note(data: bytes, source: Path) -> None:
    note = json.loads(data)
    found = note.get("quoth_backup") if isinstance(note, dict) else None
    if not isinstance(found, int):
        raise ValueError(f"{_NOTE} in it names no format")
    if found > FORMAT:
        raise LibraryVersionError(source, found, FORMAT)
    _require(found == FORMAT, f"there never was a format {found}")


def check_database(folder: Path, source: Path) -> None:
    """Make sure that the rows are a library's, sound, and name nothing but vectors that came with them.

    Raises MALFORMED, and LibraryVersionError for tables of a newer Quoth.
    """
    # Immutable: a database that asks for a log gets none beside it.
    uri = f"{(folder / DATABASE).absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as db:
        db.execute("PRAGMA trusted_schema = OFF")
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise LibraryVersionError(source, version, VERSION)
        _require(version > 0, f"its {DATABASE} is no library's")
        extra = db.execute("SELECT type, name FROM sqlite_master WHERE type NOT IN ('table', 'index')").fetchone()
        _require(extra is None, f"its {DATABASE} holds a {extra and extra[0]}")
        with closing(sqlite3.connect(":memory:")) as model:
            migrate(model, version)
            _require(_columns(db) == _columns(model), f"its {DATABASE} has other tables than a library")
        found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
        _require(found == "ok", f"its {DATABASE} is damaged: {found}")
        _check_models(db, folder)


def _columns(db: sqlite3.Connection) -> list[tuple[str, str]]:
    query = (
        "SELECT t.name, c.name FROM sqlite_master t, pragma_table_xinfo(t.name) c "
        "WHERE t.type = 'table' AND t.name NOT GLOB 'sqlite_*' ORDER BY t.name, c.cid"
    )
    return db.execute(query).fetchall()


def _check_models(db: sqlite3.Connection, folder: Path) -> None:
    counts = dict[int, int]()
    for model, dim, name in db.execute("SELECT model, dim, file FROM models").fetchall():
        # Purging unlinks what a row names, wherever that may be.
        _require(isinstance(name, str) and bool(_VECTORS.fullmatch(name)), f"{str(name)[:80]!r} is no file of vectors")
        _require(isinstance(dim, int) and dim > 0, f"model {model} has {dim!r} dimensions")
        counts[model] = Writer(db, folder, 0).slot_count(model)
        lacking = counts[model] - vectors.count(folder / name, dim)
        _require(lacking <= 0, f"{name} in it lacks {lacking} vectors")
    _require(bool(counts), f"its {DATABASE} names no model")
    for model, slot in db.execute("SELECT model, min(slot) FROM slots GROUP BY model").fetchall():
        _require(model in counts and slot >= 0, f"slot {slot!r} of model {model!r} cannot be")
    for model, slot in State(db).to_zero:
        _require(0 <= slot < counts.get(model, 0), f"slot {slot} of model {model} cannot be")
