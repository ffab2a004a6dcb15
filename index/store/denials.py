"""What of a library may not be read, told by name."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import LibraryUnreadableError


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


def _folders(path: Path, root: Path) -> list[Path]:
    """The folders on the way from the library's own to the one that holds the file."""
    return [folder for folder in reversed(path.parents) if folder.is_relative_to(root)]
