"""Who may do what: holders of an API key, or where there is none, only programs and pages of this machine.

On loopback without a key two things stand between the library and a web page that the user has
open elsewhere: the Host header must name this machine, which defeats DNS rebinding; and a request
that changes something must not come from another origin, which defeats cross-site requests, unless
the operator named that origin.
"""

import ipaddress
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from fastapi import Response
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from search.errors import LoopbackOnlyError, OpenOriginsError
from search.settings import Settings
from search.types import KeyScope
from search.web.buckets import address_of
from search.web.errors import TooManyWrongKeysError
from search.web.guesses import GuessLimit
from search.web.keys import Keyring, allows
from search.web.problems import problem_response, status_response

OPEN_PATHS = frozenset({"/", "/healthz", "/readyz", "/docs", "/openapi.json"})
OPEN_PREFIX = "/page/"
"""What shows nothing of the library: health, the page's own files and the API's description."""
ANY_ORIGIN = "*"
READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
QUESTION_PATHS = frozenset({"/search", "/ask"})
KEYS_PATH = "/keys"
KEY_STATE = "key"
"""Where a request's state has the key that it was sent with."""


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine and nothing else."""
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def check_exposure(settings: Settings, keyring: Keyring) -> None:
    """Refuse what others can reach while anybody could ask. Raises LoopbackOnlyError, OpenOriginsError."""
    if keyring.is_empty():
        if not is_loopback(settings.host):
            raise LoopbackOnlyError(settings.host)
        if ANY_ORIGIN in settings.cors_origins:
            raise OpenOriginsError


def is_exposed(settings: Settings) -> bool:
    """Whether more than this machine's own programs and pages can reach the server."""
    return not is_loopback(settings.host) or ANY_ORIGIN in settings.cors_origins


_NO_KEY = "this server needs an API key: send `Authorization: Bearer KEY` or `X-API-Key: KEY`"
_UNKNOWN_KEY = "the API key that was sent is not known here: it is mistyped, or was revoked; `quoth keys` lists them"


class AccessMiddleware:
    """Lets a request pass, or answers 401 or 403.

    Whoever is on loopback and was given no key may do everything but hand out keys. Where others can reach the
    server no request passes without a key, even when the last one was revoked meanwhile.
    """

    def __init__(
        self, app: ASGIApp, keyring: Keyring, settings: Settings, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._app = app
        self._keyring = keyring
        self._guesses = GuessLimit(keyring, clock)
        self._is_exposed = is_exposed(settings)
        self._origins = frozenset(settings.cors_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check a request; anything else, such as the lifespan, passes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refused = self._refuse(scope, Headers(scope=scope))
        await (refused or self._app)(scope, receive, send)

    def _refuse(self, scope: Scope, headers: Headers) -> Response | None:
        """What to answer to a request that must not pass; else None, and its key in the scope's state."""
        if not self._is_exposed and self._keyring.is_empty():
            detail = _refuse_stranger(headers) or self._refuse_other_origin(scope["method"], headers)
            return status_response(403, detail) if detail else None
        if is_open(scope["path"]):
            return None
        sent = _sent_key(headers)
        key, wait = self._guesses.find(sent, address_of(scope))
        if wait:
            return problem_response(TooManyWrongKeysError(wait), {"Retry-After": str(wait)})
        if key is None:
            detail = _UNKNOWN_KEY if sent else _NO_KEY
            return status_response(401, detail, {"WWW-Authenticate": "Bearer"})
        needed = needed_scope(scope["method"], scope["path"])
        if not allows(key.scope, needed):
            return status_response(403, f"this API key may {key.scope} only, and this request needs `{needed}`")
        scope.setdefault("state", {})[KEY_STATE] = key
        return None

    def _refuse_other_origin(self, method: str, headers: Headers) -> str | None:
        origin = headers.get("origin")
        if method in READING_METHODS or origin in self._origins:
            return None
        same = origin is None or _netloc(origin) == headers.get("host", "").lower()
        if same and headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none"):
            return None
        return "requests that change something must not come from a page of another origin; see `cors_origins`"


def needed_scope(method: str, path: str) -> KeyScope:
    """What a key must allow for a request: questions are reading, by whichever method they are sent."""
    if path == KEYS_PATH or path.startswith(KEYS_PATH + "/"):
        return "admin"
    return "read" if method in READING_METHODS or path in QUESTION_PATHS else "write"


def _sent_key(headers: Headers) -> bytes:
    """Headers are decoded as latin-1: encoding them so gives back the bytes that were sent."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    sent = token.strip() if scheme.lower() == "bearer" else headers.get("x-api-key", "")
    return sent.encode("latin-1")


def _refuse_stranger(headers: Headers) -> str | None:
    try:
        host = urlsplit("//" + headers.get("host", "")).hostname or ""
    except ValueError:
        host = ""
    if is_loopback(host):
        return None
    return "without an API key this server answers only to the names of this machine, such as 127.0.0.1"


def _netloc(origin: str) -> str | None:
    """The host and port of an Origin header, or None for `null` and whatever is not a URL."""
    try:
        return urlsplit(origin).netloc.lower() or None
    except ValueError:
        return None


def is_open(path: str) -> bool:
    """Whether a path shows nothing of the library, and is served to everybody."""
    return path in OPEN_PATHS or path.startswith(OPEN_PREFIX)
