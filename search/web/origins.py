"""Which web pages of other origins may use the service from a browser (CORS)."""

from collections.abc import Sequence

from fastapi import FastAPI, Response
from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware

from search.web.context import REQUEST_ID
from search.web.problems import status_response

METHODS = ("GET", "HEAD", "POST", "DELETE")
SENT_HEADERS = ("Authorization", "X-API-Key", "Content-Type", "If-None-Match", REQUEST_ID)
READ_HEADERS = ("ETag", "Location", "Retry-After", REQUEST_ID)
_ALLOWED = "Access-Control-Allow-Origin"


class OriginsMiddleware(CORSMiddleware):
    """Starlette's, but a preflight is refused as everything else is: 403, as the Fetch standard encourages.

    A page that is let in is told what it may send; another one learns nothing.
    """

    def preflight_response(self, request_headers: Headers) -> Response:
        """Answer the question that a browser asks before it sends what a page wants to send."""
        answer = super().preflight_response(request_headers)
        if answer.status_code < 400:
            return answer
        if _ALLOWED in answer.headers:
            detail = f"pages may send {', '.join(METHODS)} with the headers {', '.join(SENT_HEADERS)}"
            return status_response(403, detail, dict(_kept(answer)))
        detail = "pages of this origin may not use this server from a browser; see `cors_origins`"
        return status_response(403, detail, {"Vary": answer.headers["Vary"]})


def allow_origins(app: FastAPI, origins: Sequence[str]) -> None:
    """Let pages of `origins` in; outside of all that refuses and fails, which they must be able to read too.

    No cookie is ever asked for: a page sends its key as every other client does.
    """
    if origins:
        app.add_middleware(
            OriginsMiddleware,
            allow_origins=origins,
            allow_methods=METHODS,
            allow_headers=SENT_HEADERS,
            expose_headers=READ_HEADERS,
        )


def _kept(answer: Response) -> list[tuple[str, str]]:
    return [(name, value) for name, value in answer.headers.items() if not name.startswith("content-")]
