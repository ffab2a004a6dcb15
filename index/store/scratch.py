"""A folder to prepare a file in, beside the place it goes to.

It goes when its user is done. Who was killed leaves it, and the next to work in the same place takes
it away: whoever uses one holds a lock on it, which dies with the process.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def scratch(parent: Path, prefix: str, names: Collection[str]) -> Iterator[Path]:
    """An empty folder in `parent`, whose name begins with `prefix`, for files of these `names`.

    Folders left behind are taken away first, those alone that hold no other names and that no living
    process holds. Raises OSError where `parent` cannot be written.
    """
    for left in sorted(parent.iterdir()):
        if left.name.startswith(prefix):
            _remove_if_left(left, names)
    folder, handle = _made(parent, prefix)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def _made(parent: Path, prefix: str) -> tuple[Path, int]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        with suppress(FileNotFoundError):
            handle = _opened(folder)
            if _lock(handle) and folder.exists():
                return folder, handle
            os.close(handle)
        # Taken for left over before it could be locked: the next one has another name.


def _remove_if_left(folder: Path, names: Collection[str]) -> None:
    with suppress(OSError):
        handle = _opened(folder)
        try:
            if {path.name for path in folder.iterdir()} <= set(names):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder)
        finally:
            os.close(handle)


def _opened(folder: Path) -> int:
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)


def _lock(handle: int) -> bool:
    """Whether it is ours; on a disk without locks it is, since nobody can take it for left over there."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
