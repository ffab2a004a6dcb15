"""Everything that can go wrong, one class a kind; each carries what it is about and says what to do.

The HTTP status of a class is mapped in `search/web/errors.py`, its exit code in `cli.py`, both by
the three families below and nothing else.
"""

import errno
import os
from enum import Enum
from pathlib import Path
from typing import Self

_NO_MORE_FILES = {errno.EMFILE, errno.ENFILE}


class QuothError(Exception):
    """Any failure that Quoth foresees; its text is one line, meant for the user."""

    title = "The request failed"


class UsageError(QuothError):
    """The request itself is wrong: exit code 2, HTTP 422."""

    title = "Wrong usage or value"


class NotFoundError(QuothError):
    """What was named is not there: exit code 3, HTTP 404."""

    title = "Not found"


class InvalidValueError(UsageError):
    """A parameter's value is not allowed."""

    def __init__(self, field: str, value: object, expected: str) -> None:
        self.field, self.value, self.expected = field, value, expected
        super().__init__(f"{field}: {value!r} is not valid; expected {expected}")


class EmptyQueryError(UsageError):
    """A question or query without a single letter or digit."""

    def __init__(self, field: str = "query") -> None:
        self.field = field
        super().__init__(f"{field}: it is empty; type a question or a few words")


class LibraryMissingError(QuothError):
    """There is no library where one was looked for: a failure, and not the answer that nothing was found."""

    title = "There is no library"

    def __init__(self, library: Path | str) -> None:
        self.library = str(library)
        super().__init__(f"{library}: there is no library here; make one with `quoth index PATH --library {library}`")


class FirstRun(Enum):
    """How it stands with the first run of a library that holds nothing yet, and what to do."""

    GOES_ON = "an index run is making this library, and nothing of it can be read yet; wait until it is ready"
    STOPPED = "its first index run was stopped before anything could be read; run `quoth index` again, which goes on"
    FOUND_NOTHING = "this library has no documents yet; add some with `quoth index PATH`"


class LibraryUnpublishedError(LibraryMissingError):
    """A library was begun, and nothing of it can be read yet."""

    title = "The library is not ready"

    def __init__(self, library: Path | str, first_run: FirstRun) -> None:
        super().__init__(library)
        self.first_run = first_run.name.lower()
        self.args = (f"{library}: {first_run.value}",)


class DocumentNotFoundError(NotFoundError):
    """No document has that id or URI."""

    def __init__(self, document: str) -> None:
        self.document = document
        super().__init__(
            f"{document}: no document or passage has this id or URI; `quoth search WORDS --json` and "
            "`GET /documents` show them"
        )


class StatementNotFoundError(NotFoundError):
    """No statement has that id."""

    def __init__(self, statement: str) -> None:
        self.statement = statement
        super().__init__(f"{statement}: no statement has this id; `quoth statements --json` lists them")


class SpeakerNotFoundError(NotFoundError):
    """No speaker has that id or name."""

    def __init__(self, speaker: str) -> None:
        self.speaker = speaker
        super().__init__(f"{speaker}: no speaker has this id or name; `quoth speakers` lists them")


class CorrectionNotFoundError(NotFoundError):
    """No correction that holds has that number."""

    def __init__(self, correction: int) -> None:
        self.correction = correction
        super().__init__(f"{correction}: no correction that holds has this number; `quoth corrections` lists them")


class JobNotFoundError(NotFoundError):
    """No job has that id."""

    def __init__(self, job: str) -> None:
        self.job = job
        super().__init__(f"{job}: no job has this id; `GET /jobs` lists them")


class ReadError(QuothError):
    """One input could not be read; the run goes on without it.

    Readers raise it with the reason alone; whoever knows the URI turns it into a `Rejected`.
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class LibraryBusyError(QuothError):
    """Another process is writing to the library."""

    title = "The library is being written"

    def __init__(self, library: Path | str) -> None:
        self.library = str(library)
        super().__init__(f"{library}: another process is writing to this library; try again when it has finished")


class LibraryVersionError(QuothError):
    """The library was written by a newer version of Quoth."""

    title = "The library is of a newer version"

    def __init__(self, library: Path | str, found: int, supported: int) -> None:
        self.library, self.found, self.supported = str(library), found, supported
        super().__init__(
            f"{library}: its format is version {found}, this Quoth knows up to {supported}; upgrade Quoth to open it"
        )


class LibraryDamagedError(QuothError):
    """A file of the library is missing or not as it was written."""

    title = "The library is damaged"

    def __init__(self, where: Path | str, what: str, remedy: str = "`quoth verify --repair` derives it again") -> None:
        self.where, self.what = str(where), what
        super().__init__(f"{where}: {what}; {remedy}")


class LibraryUnreadableError(QuothError):
    """The library's folder, or something in it, may not be read."""

    title = "The library may not be read"

    def __init__(self, where: Path | str, cause: OSError, *, is_folder: bool) -> None:
        self.where, self.cause = str(where), cause
        what = "folder" if is_folder else "file"
        super().__init__(f"{where}: this {what} may not be read ({cause.strerror}); have its permissions changed")


class TooManyFilesError(QuothError):
    """The system lets this process open no further file."""

    title = "Too many open files"

    def __init__(self) -> None:
        super().__init__(
            "the system lets this process open no more files; allow it more (`ulimit -n 4096`, or LimitNOFILE= in its "
            "systemd unit) and try again"
        )

    @classmethod
    def behind(cls, error: BaseException | None) -> Self | None:
        """Tell whether another failure comes from this one; libraries quote the system's words."""
        while error is not None:
            if getattr(error, "errno", None) in _NO_MORE_FILES or os.strerror(errno.EMFILE) in str(error):
                return cls()
            error = error.__cause__ or error.__context__
        return None


class LibraryReadOnlyError(QuothError):
    """The library's folder or disk refuses to be written."""

    title = "The library cannot be written"

    def __init__(self, library: Path | str, cause: OSError | Exception) -> None:
        self.library, self.cause = str(library), cause
        super().__init__(
            f"{library}: cannot write here ({cause}); free some space or fix the permissions, then run it "
            "again: what was finished is kept"
        )


def refusal(library: Path | str, cause: OSError | Exception) -> QuothError:
    """Why something could not be written: TooManyFilesError where that is all, else LibraryReadOnlyError."""
    return TooManyFilesError.behind(cause) or LibraryReadOnlyError(library, cause)


class UnsettledLibraryError(QuothError):
    """A killed run left a log that can be read only where files may be made beside it, and here none may."""

    title = "The library cannot be read here yet"

    def __init__(self, library: Path | str) -> None:
        self.library = str(library)
        super().__init__(
            f"{library}: its last run was cut off, and what that left can't be read where nothing may be written; "
            "run `quoth status` on it once where this folder may be written, and it can be read here"
        )


class ModelMismatchError(UsageError):
    """The library's vectors were made by another model than the one asked for."""

    def __init__(self, library: Path | str, made_with: str, asked_for: str) -> None:
        self.library, self.made_with, self.asked_for = str(library), made_with, asked_for
        super().__init__(
            f"{library}: its vectors were made with the model {made_with}, not {asked_for}; use that model, or "
            f"embed everything again with `quoth index --rebuild --model {asked_for}`"
        )


class ModelError(QuothError):
    """A model cannot be loaded, or is not what it should be."""

    title = "The model cannot be used"

    def __init__(self, model: str, reason: str) -> None:
        self.model, self.reason = model, reason
        super().__init__(f"model {model}: {reason}")


class BadVectorError(ModelError):
    """A model returned a vector that must not be stored: NaN, infinite, all zero or of a wrong size."""


class MissingExtraError(QuothError):
    """A feature whose optional dependency is not installed."""

    title = "An optional part is not installed"

    def __init__(self, extra: str, feature: str) -> None:
        self.extra, self.feature = extra, feature
        super().__init__(f"{feature} needs the extra {extra}: pip install '.[{extra}]' in the folder of Quoth's source")


class CursorExpiredError(QuothError):
    """A list's cursor belongs to a generation that is gone: HTTP 410."""

    title = "The cursor has expired"

    def __init__(self, generation: int) -> None:
        self.generation = generation
        super().__init__(f"cursor: generation {generation} is no longer served; ask for the first page again")


class InterruptedRunError(QuothError):
    """The user interrupted the run: exit code 130; `finished` documents were written by it, where that is known."""

    title = "Interrupted"

    def __init__(self, finished: int | None = None) -> None:
        self.finished = finished
        kept = {
            None: "what was finished is kept",
            0: "no document was finished",
            1: "1 document was finished and is kept",
        }
        what = kept.get(finished) or f"{finished:,} documents were finished and are kept"
        super().__init__(f"interrupted; {what}, and the next run goes on from there")
