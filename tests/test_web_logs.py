"""What the server logs: one line, or one JSON object, for each request, and never what was asked or sent."""

import io
import json
import logging
import logging.config
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from starlette.testclient import TestClient

from index.errors import InvalidValueError, LibraryBusyError
from search.settings import LogFormat, Settings
from search.web import logs
from search.web.app import create_app
from tests.fake_engine import FakeEngine
from tests.web_client import BASE

KEY = "s3cret-key"


@contextmanager
def logging_to(stream: io.StringIO, style: LogFormat) -> Iterator[None]:
    """Log as the server does, but to a stream; afterwards as before."""
    before = {name: (log.handlers[:], log.level, log.propagate) for name, log in _loggers().items()}
    configuration = dict(logs.configuration(style))
    configuration["handlers"] = {"stderr": {**configuration["handlers"]["stderr"], "stream": stream}}
    logging.config.dictConfig(configuration)
    try:
        yield
    finally:
        for name, log in _loggers().items():
            log.handlers[:], log.level, log.propagate = before[name]


def _loggers() -> dict[str, logging.Logger]:
    return {name: logging.getLogger(name) for name in ("", "quoth", "uvicorn")}


def logged(style: LogFormat, engine: FakeEngine | None = None) -> list[str]:
    """The lines that a few requests leave, whose questions, documents and key all hold `secret`."""
    stream = io.StringIO()
    with logging_to(stream, style):
        app = create_app(engine or FakeEngine(), Settings(api_key=KEY))
        client = TestClient(app, base_url=BASE, raise_server_exceptions=False)
        sent = {"X-API-Key": KEY, "X-Request-ID": "seen-1"}
        client.get("/search?q=bridge+secret", headers=sent)
        client.post("/ask", json={"query": "bridge secret"}, headers=sent)
        client.post("/documents", json={"text": "secret"}, headers=sent)
        client.get("/documents/a%0Ab%22%C3%A9?x=secret", headers=sent)
    return stream.getvalue().splitlines()


def test_each_request_is_an_object() -> None:
    """Time, level, logger and message; id, method, path without its query, status and milliseconds."""
    lines: list[dict[str, Any]] = [json.loads(line) for line in logged("json")]
    assert [(one["method"], one["path"], one["status"]) for one in lines] == [
        ("GET", "/search", 200),
        ("POST", "/ask", 200),
        ("POST", "/documents", 403),
        ("GET", "/documents/a%0Ab%22%C3%A9", 404),
    ]
    for one in lines:
        assert list(one) == ["timestamp", "level", "logger", "message", *logs.REQUEST_FIELDS]
        assert one["timestamp"].endswith("Z")
        assert (one["level"], one["logger"], one["request_id"]) == ("INFO", "quoth.http", "seen-1")
        assert one["ms"] >= 0


def test_a_line_of_the_console_is_one_line() -> None:
    """Whatever is in a path, it begins no line of its own."""
    lines = logged("console")
    assert len(lines) == 4
    assert all("quoth.http" in line and "seen-1" in line for line in lines)


@pytest.mark.parametrize("style", ["json", "console"])
@pytest.mark.parametrize("failure", [None, ZeroDivisionError("bridge secret"), OSError(28, "No space left")])
def test_neither_questions_nor_texts_nor_keys_are_logged(style: LogFormat, failure: Exception | None) -> None:
    """Nor does an unforeseen failure quote itself, though it says where it was raised."""
    engine = FakeEngine()
    engine.failure = failure
    text = "\n".join(logged(style, engine))
    assert "secret" not in text
    assert KEY not in text
    if failure is not None:
        assert type(failure).__name__ in text
        assert "fake_engine.py" in text
    if isinstance(failure, OSError):
        assert "No space left" in text


def test_causes_are_told_first_and_only_the_harmless_in_their_words() -> None:
    """What a user's value is about stays out; what the library's state is about is told."""
    stream, asked = io.StringIO(), "-".join(("never", "told"))
    with logging_to(stream, "json"):
        log = logging.getLogger("quoth.test")
        try:
            try:
                raise InvalidValueError("q", asked, "something else")
            except InvalidValueError as error:
                raise LibraryBusyError("/srv/library") from error
        except LibraryBusyError:
            log.exception("it met a problem")
        logging.getLogger("elsewhere").warning("of a library: %s", {"a": 1})
    first, second = map(json.loads, stream.getvalue().splitlines())
    assert first["exception"].index("InvalidValueError") < first["exception"].index("LibraryBusyError: /srv/library")
    assert asked not in first["exception"]
    assert (second["logger"], second["message"]) == ("elsewhere", "of a library: {'a': 1}")


def test_uvicorns_lines_are_written_alike() -> None:
    """Its loggers have the handler, and hand nothing on."""
    stream = io.StringIO()
    with logging_to(stream, "json"):
        logging.getLogger("uvicorn.error").info("Started server process [%d]", 7)
    (line,) = stream.getvalue().splitlines()
    assert json.loads(line)["message"] == "Started server process [7]"
