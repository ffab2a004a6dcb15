"""Which web pages of other origins may use the service from a browser (CORS)."""

from collections.abc import Sequence

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from search.web.context import REQUEST_ID

METHODS = ("GET", "HEAD", "POST", "DELETE")
SENT_HEADERS = ("Authorization", "X-API-Key", "Content-Type", "If-None-Match", REQUEST_ID)
READ_HEADERS = ("ETag", "Location", "Retry-After", REQUEST_ID)


def allow_origins(app: FastAPI, origins: Sequence[str]) -> None:
    """Let pages of `origins` in; to be called last, so that refusals and failures can be read by them too.

    No cookie is ever asked for: a page sends its key as every other client does.
    """
    if origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=METHODS,
            allow_headers=SENT_HEADERS,
            expose_headers=READ_HEADERS,
        )
