"""Who may ask: holders of the API key, or without one, only programs and pages of this machine.

On loopback without a key two things stand between the library and a web page that the user has
open elsewhere: the Host header must name this machine, which defeats DNS rebinding; and a request
that changes something must not come from another origin, which defeats cross-site requests.
"""

import hmac
import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from search.errors import LoopbackOnlyError
from search.settings import Settings
from search.web.problems import status_response

OPEN_PATHS = frozenset({"/", "/healthz", "/readyz", "/docs", "/openapi.json"})
OPEN_PREFIX = "/page/"
"""What shows nothing of the library: health, the page's own files and the API's description."""
READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine and nothing else."""
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def check_exposure(settings: Settings) -> None:
    """Refuse a host that others can reach while anybody could ask. Raises LoopbackOnlyError."""
    if not settings.api_key and not is_loopback(settings.host):
        raise LoopbackOnlyError(settings.host)


class AccessMiddleware:
    """Lets a request pass, or answers 401 or 403."""

    def __init__(self, app: ASGIApp, api_key: str | None) -> None:
        self._app = app
        self._key = api_key.encode() if api_key else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check a request; anything else, such as the lifespan, passes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refused = self._refuse_stranger(headers) if self._key is None else None
        if self._key is None and refused is None:
            refused = _refuse_other_origin(scope["method"], headers)
        if refused is not None:
            await status_response(403, refused)(scope, receive, send)
        elif self._key is not None and not _is_open(scope["path"]) and not self._has_key(headers):
            detail = "this server needs its API key: send `Authorization: Bearer KEY` or `X-API-Key: KEY`"
            await status_response(401, detail, {"WWW-Authenticate": "Bearer"})(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _has_key(self, headers: Headers) -> bool:
        """Compare in constant time, so that the answer's delay tells nothing."""
        scheme, _, token = headers.get("authorization", "").partition(" ")
        sent = token.strip() if scheme.lower() == "bearer" else headers.get("x-api-key", "")
        # Headers are decoded as latin-1: encoding them so gives back the bytes that were sent.
        return self._key is not None and hmac.compare_digest(sent.encode("latin-1"), self._key)

    def _refuse_stranger(self, headers: Headers) -> str | None:
        try:
            host = urlsplit("//" + headers.get("host", "")).hostname or ""
        except ValueError:
            host = ""
        if is_loopback(host):
            return None
        return "without an API key this server answers only to the names of this machine, such as 127.0.0.1"


def _refuse_other_origin(method: str, headers: Headers) -> str | None:
    if method in READING_METHODS:
        return None
    origin = headers.get("origin")
    same = origin is None or _netloc(origin) == headers.get("host", "").lower()
    if same and headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none"):
        return None
    return "requests that change something must not come from a page of another origin"


def _netloc(origin: str) -> str | None:
    """The host and port of an Origin header, or None for `null` and whatever is not a URL."""
    try:
        return urlsplit(origin).netloc.lower() or None
    except ValueError:
        return None


def _is_open(path: str) -> bool:
    return path in OPEN_PATHS or path.startswith(OPEN_PREFIX)
