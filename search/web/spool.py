"""What jobs will read on standard input: one file each, from when a job is taken in until it is over."""

import fcntl
import os
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.errors import refusal


class Spool:
    """The folder of these files. Any number of processes may share it."""

    def __init__(self, library: Path) -> None:
        self._library = library
        self._folder = library / "spool"

    @contextmanager
    def written(self, job: str, content: Iterable[bytes]) -> Iterator[Path]:
        """The file of a job that is noted within this context: where that fails, the file is gone again.

        Raises LibraryReadOnlyError, TooManyFilesError.
        """
        file = self._folder / job
        try:
            self._folder.mkdir(exist_ok=True)
            lock = os.open(self._folder, os.O_RDONLY)
        except OSError as error:
            raise refusal(self._library, error) from error
        try:
            # Shared by all who write: a sweep must not take a file whose job is about to be noted.
            fcntl.flock(lock, fcntl.LOCK_SH)
            self._write(file, content)
            yield file
        except BaseException:
            with suppress(OSError):
                file.unlink(missing_ok=True)
            raise
        finally:
            os.close(lock)

    def sweep(self, kept: Callable[[], Container[str]]) -> bool:
        """Remove every file but those of the jobs that `kept` names; False while somebody writes one. Raises OSError.

        `kept` is asked once nobody writes any more.
        """
        if not self._folder.exists():
            return True
        lock = os.open(self._folder, os.O_RDONLY)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            wanted = kept()
            for file in sorted(self._folder.iterdir()):
                if file.name not in wanted:
                    file.unlink(missing_ok=True)
        except BlockingIOError:
            return False
        finally:
            os.close(lock)
        return True

    def _write(self, file: Path, content: Iterable[bytes]) -> None:
        try:
            with file.open("wb") as stream:
                stream.writelines(content)
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise refusal(self._library, error) from error


def remove(file: Path | str | None) -> None:
    """Remove a job's file, if it had one and it is still there. Raises OSError."""
    if file is not None:
        Path(file).unlink(missing_ok=True)
