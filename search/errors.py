"""Failures that only searching and serving know; everything else is in `index/errors.py`."""

from index.errors import QuothError, UsageError


class LoopbackOnlyError(UsageError):
    """A host was named that others can reach, and nobody was given a key."""

    def __init__(self, host: str) -> None:
        self.host = host
        super().__init__(
            f"host: {host} can be reached by others; make a key that clients must send with "
            "`quoth keys create NAME`, or set QUOTH_API_KEY, or serve on 127.0.0.1"
        )


class OpenOriginsError(UsageError):
    """Pages of any origin were let in, and nobody was given a key."""

    def __init__(self) -> None:
        super().__init__(
            "cors_origins: with * any web page could read and change the library; make a key that clients must send "
            "with `quoth keys create NAME`, or name the origins"
        )


class SourceNotAllowedError(UsageError):
    """A path to index over HTTP that the operator did not configure."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"paths: {path} is not among the sources this server may read; see `quoth serve --source`")


class InputNotFoundError(UsageError):
    """A path to index over HTTP that does not exist."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(
            f'paths: {path} does not exist; check the spelling, or send `"prune": true` to remove what was '
            "indexed from there"
        )


class EvaluationInputError(UsageError):
    """A file of questions or judgements that cannot be read."""

    def __init__(self, path: str, line: int | None, reason: str) -> None:
        self.path, self.line, self.reason = path, line, reason
        super().__init__(f"{path}: {reason}" if line is None else f"{path}:{line}: {reason}")


class EndpointError(QuothError):
    """The endpoint that was to word an answer didn't; `url` is its address as configured, and holds no key."""

    title = "The LLM endpoint did not answer"

    def __init__(self, url: str, reason: str) -> None:
        self.url, self.reason = url, reason
        super().__init__(f"{url}: {reason}")


class ServiceBusyError(QuothError):
    """Too much is waiting: HTTP 503 with Retry-After."""

    title = "Too busy"

    def __init__(self) -> None:
        super().__init__("too many requests are waiting; try again in a second")


class ListenError(QuothError):
    """The address to serve on cannot be had."""

    title = "Cannot listen there"

    def __init__(self, host: str, port: int, cause: OSError | UnicodeError) -> None:
        self.host, self.port = host, port
        reason = cause.strerror if isinstance(cause, OSError) and cause.strerror else str(cause)
        super().__init__(
            f"{host}:{port}: cannot listen there ({reason}); stop what uses this address, or choose another "
            "with --host and --port (0 picks a free port)"
        )
