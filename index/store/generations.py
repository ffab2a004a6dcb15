"""Generations: immutable sets of files under one number, made current by one rename.

`generations/G/manifest.json` names every file of G with size and SHA-256, taken once when it was
written. `CURRENT` holds the number. A reader keeps a shared lock on `generations/G/lock`; the
collector removes a generation only under the exclusive one. Locks die with their process.
"""

import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import msgspec

from index.errors import LibraryBusyError, LibraryDamagedError
from index.store.denials import denials_told
from index.store.faiss_base import BaseInfo
from index.types import ModelInfo

WRITERS_WAIT = 5.0
"""Seconds that a writer waits for another: a correction or an upload takes less, and a long run is better told of."""

_LOOK_AGAIN = 0.02

_SMALL = 1 << 16
"""Bytes; to read so many and add them up takes no longer than to open the file."""


@dataclass(frozen=True, slots=True)
class FileSum:
    """An immutable file's size in bytes and SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows a generation holds."""

    documents: int = 0
    paragraphs: int = 0
    furniture: int = 0
    statements: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """All there is to a generation. `files` are paths relative to the library.

    `slots` is how many vectors of `vectors` it sees; `base` the FAISS base over the slots that
    lived among the first `base_slots`; `resurrected` and `dead` slots are listed in files of
    their own. `lexical_deleted` counts rows that tantivy still holds in its statistics. With
    `purge_pending` an index holds removed text, which the first run after `purge_after` (Unix time,
    in seconds) takes away at any price. With `compaction_due` an index is still to be made anew.
    """

    generation: int
    created: str
    model: ModelInfo
    vectors: str
    slots: int
    counts: Counts
    base: BaseInfo | None
    base_name: str | None
    base_slots: int
    lexical_deleted: int
    purge_pending: bool
    purge_after: int = 0
    compaction_due: bool = False
    files: Mapping[str, FileSum] = field(default_factory=dict)


def checksum(path: Path) -> FileSum:
    """Size and SHA-256 of a file as it is now."""
    with path.open("rb") as file:
        return FileSum(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def sync_folder(folder: Path) -> None:
    """Make renames and new names in a folder outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_durably(path: Path, data: bytes) -> None:
    """Replace a file by one rename; it is whole at every moment, and on disk on return."""
    aside = path.with_name(path.name + ".new")
    with aside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    aside.rename(path)
    sync_folder(path.parent)


class Generations:
    """The generations of one library folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / "generations"
        self._current = root / "CURRENT"

    def path(self, generation: int) -> Path:
        """The folder of one generation."""
        return self.folder / str(generation)

    def current(self) -> int | None:
        """The number of the current generation; None before the first."""
        try:
            return int(self._current.read_bytes().split()[0])
        except (FileNotFoundError, NotADirectoryError, ValueError, IndexError):
            # Garbage is as good as nothing: the rows know which generation was the last.
            return None

    def token(self) -> bytes:
        """What CURRENT says, to see whether it says anything new; it also names the library."""
        try:
            with denials_told(self.root):
                return self._current.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return b""

    def make_current(self, generation: int, library: str) -> None:
        """The one rename that readers notice."""
        write_durably(self._current, f"{generation} {library}\n".encode())

    def manifest(self, generation: int) -> Manifest:
        """A generation's manifest. Raises LibraryDamagedError."""
        path = self.path(generation) / "manifest.json"
        try:
            return msgspec.json.decode(path.read_bytes(), type=Manifest)
        except (OSError, msgspec.DecodeError) as error:
            raise LibraryDamagedError(path, f"the manifest cannot be read ({error})") from error

    def check(self, manifest: Manifest) -> None:
        """Raises LibraryDamagedError unless every file has its size, and small ones the bytes that were written.

        A flipped bit in a larger one is for `verify` to find.
        """
        self.check_sizes(manifest)
        for name, wanted in manifest.files.items():
            if wanted.size <= _SMALL and checksum(self.root / name) != wanted:
                raise LibraryDamagedError(self.root / name, "it differs from its checksum")

    def check_sizes(self, manifest: Manifest) -> None:
        """Raises LibraryDamagedError unless every file is there in the size it was written."""
        for name, wanted in manifest.files.items():
            path = self.root / name
            size = path.stat().st_size if path.exists() else -1
            if size != wanted.size:
                raise LibraryDamagedError(
                    path, "it is missing" if size < 0 else f"it has {size} bytes, not {wanted.size}"
                )

    @contextmanager
    def staged(self, generation: int) -> Iterator[Path]:
        """A folder to prepare a generation in; gone again if preparing it fails."""
        aside = self.folder / f"{generation}.new"
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        try:
            yield aside
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise

    def install(self, aside: Path, manifest: Manifest) -> None:
        """Write the manifest into a staged folder, and give the folder its number."""
        (aside / "lock").touch()
        write_durably(aside / "manifest.json", msgspec.json.format(msgspec.json.encode(manifest)))
        # Left by a run that was killed before CURRENT named it; nobody can be reading it.
        shutil.rmtree(self.path(manifest.generation), ignore_errors=True)
        aside.rename(self.path(manifest.generation))
        sync_folder(self.folder)

    def lock_shared(self, generation: int) -> BinaryIO | None:
        """A file whose being open keeps the generation; None if the collector was faster."""
        try:
            handle = (self.path(generation) / "lock").open("rb")
        except FileNotFoundError:
            return None
        if not self.lock_again(generation, handle):
            handle.close()
            return None
        return handle

    def lock_again(self, generation: int, handle: BinaryIO) -> bool:
        """Hold a generation by its opened lock file; whether the collector was not faster."""
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        # Before the lock was held, the collector may have emptied the folder.
        return (self.path(generation) / "manifest.json").exists()

    def unlock(self, handle: BinaryIO) -> None:
        """Let the collector take a generation whose lock file stays open."""
        fcntl.flock(handle, fcntl.LOCK_UN)

    def collect(self) -> int:
        """Remove every generation but the current that nobody reads; the oldest that is left."""
        current = self.current() or 0
        oldest = current
        for folder in sorted(self.folder.iterdir()) if self.folder.exists() else []:
            number = int(folder.name) if folder.name.isdigit() else -1
            if number == current:
                continue
            if number >= 0 and not _remove_if_unread(folder):
                oldest = min(oldest, number)
            elif number < 0:
                shutil.rmtree(folder, ignore_errors=True)
        return oldest


def _remove_if_unread(folder: Path) -> bool:
    try:
        handle = os.open(folder / "lock", os.O_RDONLY)
    except FileNotFoundError:
        shutil.rmtree(folder, ignore_errors=True)
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        (folder / "manifest.json").unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
    except BlockingIOError:
        return False
    finally:
        os.close(handle)
    return True


@contextmanager
def writer_lock(root: Path) -> Iterator[None]:
    """Hold the library for writing. Raises LibraryBusyError if another process does for WRITERS_WAIT seconds."""
    handle = os.open(root / "writer.lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        given_up = time.monotonic() + WRITERS_WAIT
        while not _try_lock(handle, fcntl.LOCK_EX):
            if time.monotonic() >= given_up:
                raise LibraryBusyError(root)
            time.sleep(_LOOK_AGAIN)
        yield
    finally:
        os.close(handle)


def is_being_written(root: Path) -> bool:
    """Whether a process holds the library for writing at this moment; makes no file."""
    try:
        handle = os.open(root / "writer.lock", os.O_RDONLY)
    except OSError:
        return False
    try:
        return not _try_lock(handle, fcntl.LOCK_SH)
    finally:
        os.close(handle)


def _try_lock(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def bytes_below(root: Path) -> int:
    """The size of all files in a folder; a writer may take some away meanwhile."""
    total = 0
    for path in root.rglob("*"):
        with suppress(FileNotFoundError):
            total += path.stat().st_size if path.is_file() else 0
    return total
