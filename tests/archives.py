"""Backups to restore and to damage, and what a library answers before and after."""

import io
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

from index.backup import backup
from index.store.local import LocalLibrary
from index.types import Filters
from tests.fake_embedder import HashingEmbedder
from tests.small_library import make_library

NOTE = "quoth-backup.json"


def members(archive: Path) -> dict[str, bytes]:
    """Every member's bytes, in order."""
    with tarfile.open(archive, "r:") as tar:
        return {member.name: tar.extractfile(member).read() for member in tar}  # type: ignore[union-attr]


def pack(target: Path, contents: dict[str, bytes], mode: str = "w") -> Path:
    """An archive of just these members."""
    with tarfile.open(target, mode) as tar:  # type: ignore[call-overload]
        for name, data in contents.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return target


def altered(data: bytes, folder: Path, *statements: str) -> bytes:
    """A database after some SQL."""
    path = folder / "altered.db"
    path.write_bytes(data)
    with closing(sqlite3.connect(path)) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()
    return path.read_bytes()


def answers(library: LocalLibrary) -> list[object]:
    """What a library says, except for its number."""
    vector = HashingEmbedder().encode_query("the ferry to the islanders")
    with library.snapshot() as snapshot:
        documents = [snapshot.document(ref.id) for ref in snapshot.documents(Filters(), 100, 0)[1]]
        hits = snapshot.dense(vector, 20, Filters()) + snapshot.lexical(["ferry", "board"], 20, Filters())
        found = [(p.id, hit.score) for p, hit in zip(snapshot.paragraphs([h.row for h in hits]), hits, strict=True)]
        return [snapshot.model, documents, sorted(found), snapshot.status().statements]


def tree(folder: Path) -> list[str]:
    """Everything below a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def save_library(folder: Path) -> Path:
    """Make the small library and its backup in `folder`; the backup."""
    library = make_library(folder / "library")
    backup(library, folder / "saved.tar")
    library.close()
    return folder / "saved.tar"
