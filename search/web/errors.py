"""Failures that only the service knows, and which HTTP status each failure has: decided here alone.

It imports no web framework, so that the command line can ask it too.
"""

from collections.abc import Sequence
from http import HTTPStatus

from index.errors import (
    CursorExpiredError,
    InterruptedRunError,
    LibraryBusyError,
    LibraryMissingError,
    LibraryReadOnlyError,
    NotFoundError,
    QuothError,
    ReadError,
    TooManyFilesError,
    UnsettledLibraryError,
    UsageError,
)
from index.types import Rejected
from search.errors import ServiceBusyError, SourceNotAllowedError


class JobCrashedError(QuothError):
    """The subprocess of a job ended without saying why."""

    title = "The job crashed"

    def __init__(self, code: int, output: str) -> None:
        self.code, self.output = code, output
        died = f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
        super().__init__(f"the job's process {died} without a result; the library is as good as before")


class AllRejectedError(UsageError):
    """Every input of a job was rejected."""

    title = "Nothing was indexed"

    def __init__(self, rejected: Sequence[Rejected]) -> None:
        self.rejected = len(rejected)
        more = f"; {len(rejected) - 1} more in `result`" if len(rejected) > 1 else ""
        super().__init__(f"every input was rejected: {rejected[0].uri}: {rejected[0].reason}{more}")


class ServerStoppedError(QuothError):
    """The server died while it ran this job."""

    title = "The server stopped"

    def __init__(self) -> None:
        super().__init__("the server stopped while this job ran; what it finished is kept: send the request again")


class NoSourcesError(UsageError):
    """`POST /index` without paths, on a server that may read none."""

    def __init__(self) -> None:
        super().__init__("paths: this server has no sources to read; start it with `quoth serve --source PATH`")


class UploadError(UsageError):
    """A document sent over HTTP that cannot be indexed; `field` says which one of a batch."""

    def __init__(self, field: str, reason: str) -> None:
        self.field, self.reason = field, reason
        super().__init__(f"{field}: {reason}")


class UploadTypeError(UsageError):
    """A body of a type that no reader takes: HTTP 415."""

    def __init__(self, media_type: str) -> None:
        self.media_type = media_type
        super().__init__(
            f"Content-Type: {media_type or 'none'} is not taken; "
            "send application/json, text/plain or, for files, multipart/form-data"
        )


class ReadOnlyServerError(QuothError):
    """A server that cannot write to its library takes no jobs."""

    title = "This server takes no changes"

    def __init__(self, library: str) -> None:
        self.library = library
        super().__init__(f"{library}: this server cannot write here, so it only answers questions")


class NotReadyError(QuothError):
    """The server runs and cannot answer questions yet."""

    title = "Not ready yet"

    def __init__(self, lacking: str) -> None:
        super().__init__(f"not ready yet: {lacking}")


class KeyNotFoundError(NotFoundError):
    """No API key has this id."""

    def __init__(self, id: str) -> None:  # noqa: A002 - the contract's name
        self.id = id
        super().__init__(f"{id}: no API key has this id; `quoth keys` lists them")


class KeyNeededError(QuothError):
    """Keys are handed out over HTTP only to those who hold an admin key."""

    title = "An API key is needed"

    def __init__(self) -> None:
        super().__init__("make the first API key on the server with `quoth keys create NAME --scope admin`")


class TooManyWrongKeysError(QuothError):
    """An address kept sending wrong API keys: HTTP 403, as no other key from there is looked at for a while."""

    title = "Too many wrong API keys"

    def __init__(self, wait: int) -> None:
        self.wait = wait
        super().__init__(f"too many wrong API keys came from this address; send the right one in {wait} s")


class AlertNotFoundError(NotFoundError):
    """No alert has this id."""

    def __init__(self, id: str) -> None:  # noqa: A002 - the contract's name
        self.id = id
        super().__init__(f"{id}: no alert has this id; `quoth alerts` lists them")


STATUSES: tuple[tuple[type[Exception], HTTPStatus], ...] = (
    (SourceNotAllowedError, HTTPStatus.FORBIDDEN),
    (ReadOnlyServerError, HTTPStatus.FORBIDDEN),
    (KeyNeededError, HTTPStatus.FORBIDDEN),
    (TooManyWrongKeysError, HTTPStatus.FORBIDDEN),
    (UploadTypeError, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
    (NotReadyError, HTTPStatus.SERVICE_UNAVAILABLE),
    (LibraryMissingError, HTTPStatus.SERVICE_UNAVAILABLE),
    (UnsettledLibraryError, HTTPStatus.SERVICE_UNAVAILABLE),
    (TooManyFilesError, HTTPStatus.SERVICE_UNAVAILABLE),
    (CursorExpiredError, HTTPStatus.GONE),
    (ServiceBusyError, HTTPStatus.SERVICE_UNAVAILABLE),
    (LibraryBusyError, HTTPStatus.SERVICE_UNAVAILABLE),
    (LibraryReadOnlyError, HTTPStatus.INSUFFICIENT_STORAGE),
    (InterruptedRunError, HTTPStatus.SERVICE_UNAVAILABLE),
    (ReadError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (UsageError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (NotFoundError, HTTPStatus.NOT_FOUND),
    (QuothError, HTTPStatus.INTERNAL_SERVER_ERROR),
)
"""Looked up from the top: a class stands above the family that it is an exception from."""


def http_status(error: BaseException) -> int:
    """The status of a failure; 500 for one that nobody foresaw."""
    for kind, status in STATUSES:
        if isinstance(error, kind):
            return int(status)
    return int(HTTPStatus.INTERNAL_SERVER_ERROR)
