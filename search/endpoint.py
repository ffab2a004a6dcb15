"""An OpenAI-compatible endpoint: messages in, its text out, or why not; needs the extra `llm`.

The endpoint is not trusted: it may be down, slow, endless, or answer anything. Nothing it sends is
ever quoted in an error, and neither is the key.
"""

import queue
import threading
from collections.abc import Sequence
from typing import Any

import msgspec

from index.errors import MissingExtraError
from search.errors import EndpointError
from search.settings import LlmSettings

TRIES = 2
PAUSE_SECONDS = 0.2
"""Before trying again, unless the endpoint asks for another pause that fits into what time is left."""
_TRY_AGAIN = frozenset({429, 500, 502, 503, 504})
_AFTER_THINKING = "</think>"
_WHY = {
    401: "refuses the key; set QUOTH_LLM_KEY",
    403: "refuses the key; set QUOTH_LLM_KEY",
    404: "is not found, or has no such model; check QUOTH_LLM_URL, which often ends in /v1, and QUOTH_LLM_MODEL",
    429: "takes no more requests for now",
}


class _Message(msgspec.Struct):
    content: str


class _Choice(msgspec.Struct):
    message: _Message


class _Completion(msgspec.Struct):
    choices: list[_Choice]


class _Passing(Exception):  # noqa: N818 -- control flow: a failure that another try may not meet
    def __init__(self, reason: str, pause: float = PAUSE_SECONDS) -> None:
        self.reason, self.pause = reason, pause


def check_installed(settings: LlmSettings) -> None:
    """Raise MissingExtraError where an endpoint is named and the library to reach it is not installed."""
    if settings.url:
        _http()


class Endpoint:
    """Asks one endpoint; safe to use from many threads. Nothing is contacted before `complete`."""

    def __init__(self, settings: LlmSettings) -> None:
        self._settings = settings
        self._url = settings.url.rstrip("/").removesuffix("/chat/completions") + "/chat/completions"

    def complete(self, messages: Sequence[dict[str, str]]) -> str:
        """The first choice's text, without what a model thinks aloud before it.

        It comes, or EndpointError is raised, within `timeout` seconds, whatever the endpoint does. Raises
        MissingExtraError.
        """
        _http()  # before a thread is started, in which nobody would see that it is missing
        body = {"model": self._settings.model, "messages": list(messages), "temperature": 0, "stream": False}
        answered: queue.SimpleQueue[bytes | EndpointError] = queue.SimpleQueue()
        # A thread of its own has no event loop yet, and can be left behind by the clock where a name lookup hangs.
        arguments = (msgspec.json.encode(body), answered)
        threading.Thread(target=self._run, args=arguments, name="quoth-llm", daemon=True).start()
        try:
            outcome = answered.get(timeout=self._settings.timeout)
        except queue.Empty:
            raise self._too_slow() from None
        if isinstance(outcome, EndpointError):
            raise outcome
        return self._text(outcome)

    def _run(self, body: bytes, answered: "queue.SimpleQueue[bytes | EndpointError]") -> None:
        import asyncio  # a question that asks no endpoint doesn't wait for it

        try:
            answered.put(asyncio.run(self._within_time(body)))
        except EndpointError as error:
            answered.put(error)
        except Exception as error:  # noqa: BLE001 -- whatever it is, there is an answer without the endpoint
            answered.put(self._error(f"cannot be reached ({type(error).__name__})"))

    async def _within_time(self, body: bytes) -> bytes:
        """Ask, and once more where that may help; one clock for all of it, headers and drips included."""
        import asyncio

        last = "does not answer"
        try:
            async with asyncio.timeout(self._settings.timeout):
                for again in reversed(range(TRIES)):
                    try:
                        return await self._ask(body)
                    except _Passing as failure:
                        last = failure.reason
                        if again:
                            await asyncio.sleep(failure.pause)
        except TimeoutError:
            raise self._too_slow() from None
        raise self._error(last)

    async def _ask(self, body: bytes) -> bytes:
        """One request. Raises _Passing, EndpointError."""
        http = _http()
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
        if self._settings.key:
            headers["Authorization"] = f"Bearer {self._settings.key}"
        try:
            # No proxy or .netrc of the environment: the passages go to the address that was named, or nowhere.
            # A redirect is not followed: it would take them, and the key, elsewhere.
            client = http.AsyncClient(trust_env=False, follow_redirects=False, timeout=None)
            async with client, client.stream("POST", self._url, content=body, headers=headers) as response:
                self._check_status(response)
                return await self._read(response)
        except (http.ConnectError, http.InvalidURL, http.UnsupportedProtocol):
            raise self._error("cannot be reached") from None
        except http.HTTPError:
            raise _Passing("breaks off in the middle") from None

    def _check_status(self, response: Any) -> None:
        status = response.status_code
        if status == 200:
            return
        reason = _WHY.get(status, "fails" if status >= 500 else "refuses the request")
        if 300 <= status < 400:
            reason = "redirects elsewhere, which is not followed; name the address that it redirects to"
        if status in _TRY_AGAIN:
            after = response.headers.get("retry-after", "0")
            # Whoever asks cannot wait for longer, or until a date.
            if len(after) == 1 and "0" <= after <= "9":
                raise _Passing(f"{reason} (status {status})", max(float(after), PAUSE_SECONDS))
        raise self._error(f"{reason} (status {status})")

    async def _read(self, response: Any) -> bytes:
        """The body as sent: not unpacked, since a few bytes could unpack to gigabytes."""
        body = bytearray()
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) > self._settings.max_bytes:
                raise self._error(f"answers more than {self._settings.max_bytes:,} bytes")
        return bytes(body)

    def _text(self, body: bytes) -> str:
        try:
            choices = msgspec.json.decode(body, type=_Completion).choices
        except (msgspec.MsgspecError, ValueError, RecursionError):
            raise self._error("does not answer in the form of /chat/completions") from None
        if not choices:
            raise self._error("answers without a choice")
        return choices[0].message.content.rpartition(_AFTER_THINKING)[2]

    def _too_slow(self) -> EndpointError:
        return self._error(f"does not answer within {self._settings.timeout:g} s")

    def _error(self, reason: str) -> EndpointError:
        return EndpointError(self._settings.url, reason)


def _http() -> Any:
    """The library that speaks HTTP. Raises MissingExtraError."""
    try:
        import httpx2
    except ImportError as error:
        raise MissingExtraError("llm", "an answer by an LLM") from error
    return httpx2
