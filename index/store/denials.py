"""What of a library may not be read, told by name, and what its disk refuses to write, whoever says so."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from index.errors import LibraryUnreadableError, TooManyFilesError, refusal

REFUSALS = {
    *(errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EFBIG),
    *(errno.EEXIST, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG),
}
"""What the system answers when a place cannot be written, whatever is written there."""

_REFUSED = (*(os.strerror(code).lower() for code in REFUSALS), "os error", "io::error")
"""In FAISS's and tantivy's own errors: the system's words, and what tantivy says where a thread of its met them."""

_FILES_OF_A_DATABASE = 3
"""SQLite opens the rows, the log beside them and the memory that its readers share."""


@contextmanager
def denials_told(root: Path) -> Iterator[None]:
    """Turn the system's refusal to let a file of this library be read into LibraryUnreadableError."""
    try:
        yield
    except PermissionError as error:
        path = Path(str(error.filename))
        if error.filename is None or not path.is_relative_to(root):
            raise
        # Of a file in a folder that may not be entered the system says that the file is denied.
        closed = next((one for one in _folders(path, root) if not os.access(one, os.X_OK)), None)
        raise LibraryUnreadableError(closed or path, error, is_folder=bool(closed) or path == root) from error


def tell_why_not(database: Path, error: sqlite3.DatabaseError) -> None:
    """Raise what the system says of a file that SQLite cannot open, and says no more; nothing where it can be."""
    with denials_told(database.parent):
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_CANTOPEN and database.exists():
            with ExitStack() as opened:
                for _ in range(_FILES_OF_A_DATABASE):
                    opened.enter_context(database.open("rb"))


@contextmanager
def refusals_told(folder: Path) -> Iterator[None]:
    """Turn the failure to write to this folder into LibraryReadOnlyError or TooManyFilesError, whoever tells of it."""
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        is_told = isinstance(error, OSError) or any(words in str(error).lower() for words in _REFUSED)
        if not is_told and not TooManyFilesError.behind(error):
            raise
        raise refusal(folder, error) from error


def _folders(path: Path, root: Path) -> list[Path]:
    """The folders on the way from the library's own to the one that holds the file."""
    return [folder for folder in reversed(path.parents) if folder.is_relative_to(root)]
