"""Endpoints that are down, slow, endless or talk nonsense: a clear reason, in time, and never the key."""

import builtins
import json
import logging
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import cli
from index.errors import InvalidValueError, MissingExtraError
from search.endpoint import Endpoint
from search.errors import EndpointError
from search.settings import LlmSettings, Settings, load_settings
from search.web.app import serve
from search.web.job_process import child_environment
from tests.llm_server import LlmServer, completion, llm_server

KEY = "sk-never-to-be-seen-1234"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
ASKED = [{"role": "user", "content": "Who?"}]


@pytest.fixture
def llm() -> Iterator[LlmServer]:
    """Give a server of a test's own."""
    with llm_server() as server:
        yield server


def complete(url: str, **settings: Any) -> str:
    """What the endpoint answers."""
    return Endpoint(LlmSettings(url=url, key=KEY, **settings)).complete(ASKED)


def failure(url: str, **settings: Any) -> str:
    """Why the endpoint does not answer; the key is not in it."""
    with pytest.raises(EndpointError) as raised:
        complete(url, **settings)
    assert KEY not in str(raised.value) + repr(raised.value)
    assert str(raised.value).startswith(f"{url}: ")
    return str(raised.value)


@pytest.mark.parametrize("ending", ["", "/", "/chat/completions"])
def test_an_address_may_be_that_of_the_route(llm: LlmServer, ending: str) -> None:
    """The path of the protocol is added where it is missing, and the key is sent as a bearer's."""
    llm.says("Nobody.")
    assert complete(llm.url + ending) == "Nobody."
    assert llm.paths == ["/v1/chat/completions"]
    assert llm.headers[0]["authorization"] == f"Bearer {KEY}"
    assert llm.headers[0]["accept-encoding"] == "identity"


@pytest.mark.parametrize(
    ("status", "why", "tries"),
    [
        (401, "refuses the key; set QUOTH_LLM_KEY", 1),
        (404, "QUOTH_LLM_URL", 1),
        (400, "refuses the request (status 400)", 1),
        (302, "redirects elsewhere", 1),
        (204, "refuses the request", 1),
        (429, "takes no more requests", 2),
        (500, "fails (status 500)", 2),
    ],
)
def test_a_status_is_told_in_words(llm: LlmServer, status: int, why: str, tries: int) -> None:
    """What may pass is tried once more; what the endpoint writes, which may hold the key, is not repeated."""
    llm.sends(json.dumps({"error": KEY}).encode(), status, Location="http://127.0.0.1:9/elsewhere")
    assert why in failure(llm.url)
    assert len(llm.asked) == tries


def test_a_pause_that_is_asked_for_is_kept_if_short(llm: LlmServer) -> None:
    """Nobody waits for an hour; what comes on the second try is the answer."""
    llm.sends(b"{}", 429, Retry_After="3600")
    assert "status 429" in failure(llm.url)
    assert len(llm.asked) == 1
    llm.sends_in_turn((503, b"{}"), (200, json.dumps(completion("Bo.")).encode()))
    assert complete(llm.url) == "Bo."


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>not the protocol</html>",
        b"\xff\xfe",
        b"[]",
        b'{"choices": null}',
        b'{"choices": [{"message": {"content": null}}]}',
        b'{"choices": [{"message": {"content": ["a"]}}]}',
        b'{"choices": [{"text": "of another protocol"}]}',
        b'{"choices": ' + b"[" * 100_000,
        b'{"x": ' + b"[" * 100_000 + b"]" * 100_000 + b', "choices": [7]}',
        b'{"choices": [{"message": {"content": "cut o',
        b'{"choices": [{"message": {"content": "\\ud800"}}]}',
    ],
    ids=range(12),
)
def test_nonsense_is_named_so(llm: LlmServer, body: bytes) -> None:
    """Whatever is not the protocol's response is one clear failure."""
    llm.sends(body)
    assert "form of /chat/completions" in failure(llm.url)


def test_no_choice_is_named_so(llm: LlmServer) -> None:
    """An empty list of choices is of the right form, and no answer."""
    llm.sends(b'{"choices": []}')
    assert "without a choice" in failure(llm.url)


def test_a_packed_response_is_not_unpacked(llm: LlmServer) -> None:
    """It was not asked for, and could be a bomb."""
    llm.sends(b"\x1f\x8b\x08" + bytes(100), Content_Encoding="gzip")
    assert "form of /chat/completions" in failure(llm.url)


def test_a_huge_response_is_left_alone(llm: LlmServer) -> None:
    """Ten megabytes are refused at the first byte too many."""
    llm.says("x" * 10_000_000)
    assert "more than 100,000 bytes" in failure(llm.url, max_bytes=100_000)


def test_a_response_that_breaks_off_is_tried_again(llm: LlmServer) -> None:
    """A length that is not kept is noticed."""
    llm.sends(json.dumps(completion("whole")).encode(), Content_Length="9999", Connection="close")
    assert "breaks off" in failure(llm.url)
    assert len(llm.asked) == 2


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (b"", b""),
        (b"HTTP/1.1 200 OK\r\n", b"X-More: x\r\n"),
        (HEAD + b"Content-Length: 99999\r\n\r\n", b" "),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    ],
    ids=["silent", "headers", "body", "chunks"],
)
def test_a_slow_endpoint_is_given_up(llm: LlmServer, head: bytes, drop: bytes) -> None:
    """One clock runs for all of it, however alive each drop looks."""
    llm.drips(head, drop)
    assert "does not answer within 0.4 s" in failure(llm.url, timeout=0.4)


def test_a_name_lookup_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even the resolver is waited for."""
    with llm_server() as server:
        real: Callable[..., Any] = socket.getaddrinfo

        def hang(*given: Any, **named: Any) -> Any:
            server.stopping.wait(60)
            return real(*given, **named)

        monkeypatch.setattr(socket, "getaddrinfo", hang)
        assert "within 0.2 s" in failure("http://localhost:9/v1", timeout=0.2)


def test_an_endpoint_that_is_down_is_named_so() -> None:
    """A refused connection is a failure at once."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert "cannot be reached" in failure(f"http://127.0.0.1:{port}/v1")
    assert "cannot be reached" in failure("http://127.0.0.1:99999/v1")


def test_proxies_of_the_environment_are_passed_by(llm: LlmServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Passages go to the address that was named, or nowhere."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    llm.says("Straight.")
    assert complete(llm.url) == "Straight."


def test_nothing_logs_the_key(llm: LlmServer, caplog: pytest.LogCaptureFixture) -> None:
    """At the finest level, in every library."""
    caplog.set_level(logging.DEBUG)
    llm.says("Quiet.")
    complete(llm.url)
    assert KEY not in caplog.text


def test_the_key_is_never_shown(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """Not by `repr`, not by `quoth config`, not to a job's process."""
    monkeypatch.setenv("QUOTH_LLM_KEY", KEY)
    monkeypatch.setenv("QUOTH_SERVE_SETTINGS", KEY)
    settings, configured = load_settings()
    assert settings.llm.key == KEY
    assert KEY not in repr(settings) + repr(configured) + repr(child_environment(settings))
    with pytest.raises(SystemExit):
        cli.main(["config", "--json"])
    out, err = capsysbinary.readouterr()
    assert KEY.encode() not in out + err
    shown = {one["name"]: one for one in json.loads(out)["settings"]}
    assert (shown["llm.key"]["value"], shown["llm.key"]["origin"]) == ("(set)", "environment")
    assert shown["llm.url"]["value"] == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("llm.url", "ftp://127.0.0.1/v1"),
        ("llm.url", "127.0.0.1:8080/v1"),
        ("llm.url", f"http://user:{KEY}@127.0.0.1/v1"),
        ("llm.url", "http://127.0.0.1/v1?x=1"),
        ("llm.key", KEY + "\n"),
        ("llm.key", KEY + " é"),
        ("llm.timeout", 0),
        ("llm.max_bytes", 10),
    ],
)
def test_settings_are_bounded(name: str, value: object) -> None:
    """A wrong value is named with what was expected, and without what may be secret."""
    with pytest.raises(InvalidValueError) as raised:
        load_settings({name: value}, {})
    assert raised.value.field == name
    assert KEY not in str(raised.value) + repr(vars(raised.value))


def test_a_mistyped_setting_of_a_key_is_not_repeated(tmp_path: Path) -> None:
    """Nor is what stands behind it."""
    file = tmp_path / "quoth.toml"
    file.write_text(f'[llm]\nkye_key = "{KEY}"\n')
    with pytest.raises(InvalidValueError) as raised:
        load_settings({}, {}, file)
    assert KEY not in str(raised.value) + repr(vars(raised.value))


def test_a_missing_extra_is_named(llm: LlmServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is served, and before anything is asked."""
    real = builtins.__import__

    def without(name: str, *given: Any, **named: Any) -> Any:
        if name == "httpx2":
            raise ImportError(name)
        return real(name, *given, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtraError, match="the extra llm"):
        complete(llm.url)
    with pytest.raises(MissingExtraError, match="the extra llm"):
        serve(Settings(llm=LlmSettings(url=llm.url)))
