"""What the server logs, and how: lines to read, or one JSON object a line. Never a text, a question or a key."""

import logging
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

import msgspec

from index.errors import NotFoundError, QuothError, UsageError
from search.settings import LogFormat

REQUEST_FIELDS = ("request_id", "method", "path", "status", "ms")
"""What the line of a request has beside its message; given as `extra`."""
_LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"
_TOLD = ("sqlite3", "ssl")
"""Modules whose failures speak of files and connections alone, as those of the operating system do."""

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class _Discreet(logging.Formatter):
    """Tells where an exception was raised, but its own words only where they cannot quote a document or a question."""

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - logging's name
        """The frames, then the type; causes first, as in a traceback."""
        lines: list[str] = []
        one: BaseException | None = ei[1]
        while one is not None:
            frames = "".join(traceback.format_tb(one.__traceback__))
            lines.insert(0, f"Traceback (most recent call last):\n{frames}{_named(one)}")
            one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
        return "\n\n".join(lines)


class LineFormatter(_Discreet):
    """A line to read; what it holds cannot begin another one."""

    def __init__(self) -> None:
        super().__init__(_LINE)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        """The line without its traceback."""
        return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in super().formatMessage(record))


class JsonFormatter(_Discreet):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Time in UTC, level, logger, message, the request's fields, and of a failure where it was raised."""
        shown: dict[str, Any] = {
            "timestamp": datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "level": record.levelname,
            "logger": record.name,
            "message": _encodable(record.getMessage()),
        }
        shown |= {name: value for name in REQUEST_FIELDS if (value := getattr(record, name, None)) is not None}
        if record.exc_info:
            shown["exception"] = _encodable(self.formatException(record.exc_info))
        return msgspec.json.encode(shown, enc_hook=str).decode()


def _encodable(text: str) -> str:
    """`text` with lone surrogates spelled out: a file's name may hold some, and JSON may not."""
    return text.encode("utf-8", "backslashreplace").decode()


def configuration(style: LogFormat) -> Mapping[str, Any]:
    """The configuration of `logging`, uvicorn's loggers included: everything goes to standard error."""
    name = JsonFormatter if style == "json" else LineFormatter
    ours = {"handlers": ["stderr"], "level": "INFO", "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": f"{name.__module__}.{name.__name__}"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stderr"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {"uvicorn": ours, "quoth": ours},
    }


def _named(error: BaseException) -> str:
    kind = type(error)
    # What the two families are about is what somebody asked for.
    is_ours = isinstance(error, QuothError) and not isinstance(error, UsageError | NotFoundError)
    is_told = is_ours or isinstance(error, OSError) or kind.__module__ in _TOLD
    return f"{kind.__module__}.{kind.__qualname__}" + (f": {error}" if is_told else "")
