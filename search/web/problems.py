"""Failures as `application/problem+json` responses, whatever raised them."""

from http import HTTPStatus
from typing import Any

import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import Receive, Scope, Send

from index.errors import QuothError
from search.shapes import problem, problem_type
from search.web.errors import http_status
from search.web.paths import without_paths

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = "2"
REQUEST_ID_STATE = "request_id"
"""Where a request's state has its id."""

_REASONS = {
    "missing": "it is missing",
    "extra_forbidden": "no such parameter; /docs lists those that this route takes",
    "json_invalid": "the body is not valid JSON",
    "string_unicode": "half a character (a lone surrogate)",
    "model_attributes_type": "expected a JSON object, sent with Content-Type: application/json",
}


class ProblemResponse(Response):
    """A problem object, to which the id of the request that it answers is added as it is sent."""

    media_type = MEDIA_TYPE

    def __init__(self, shown: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        self._shown = shown
        super().__init__(b"", shown["status"], headers)
        self.headers.setdefault("Cache-Control", "no-store")
        if shown["status"] == HTTPStatus.SERVICE_UNAVAILABLE:
            self.headers.setdefault("Retry-After", RETRY_AFTER_SECONDS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        request_id = scope.get("state", {}).get(REQUEST_ID_STATE)
        self.body = msgspec.json.encode({**self._shown, **({"request_id": request_id} if request_id else {})})
        self.headers["Content-Length"] = str(len(self.body))
        await super().__call__(scope, receive, send)


def problem_response(error: BaseException, headers: dict[str, str] | None = None) -> Response:
    """Describe an exception, with the status of its class."""
    return ProblemResponse(without_paths(problem(error, http_status(error))), headers)


def status_response(status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    """Describe a failure that HTTP itself knows, such as 405."""
    phrase = HTTPStatus(status).phrase
    name = "".join(word.capitalize() for word in phrase.split())
    shown = {"type": problem_type(name), "title": phrase, "status": status, "detail": detail}
    return ProblemResponse(shown, headers)


def install_handlers(app: FastAPI) -> None:
    """Let every exception that a route raises on purpose become a problem object."""
    app.add_exception_handler(QuothError, _handle_quoth)
    app.add_exception_handler(RequestValidationError, _handle_validation)
    app.add_exception_handler(HTTPException, _handle_http)


def _handle_quoth(_: Request, error: Exception) -> Response:
    return problem_response(error)


def _handle_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers, detail = dict(error.headers or {}), error.detail
    if detail == HTTPStatus.NOT_FOUND.phrase:
        detail = "there is nothing at this path; /docs lists what there is"
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        # The router knows only the first of the routes that share a path.
        headers["Allow"] = ", ".join(_methods(request))
        if request.method == "OPTIONS":
            return Response(status_code=HTTPStatus.NO_CONTENT, headers=headers)
        detail = f"{request.method[:20]} is not for this path, which takes {headers['Allow']}"
    return status_response(error.status_code, detail, headers)


def _methods(request: Request) -> list[str]:
    """What may be asked of a path."""
    routes = request.app.routes
    found = [
        method
        for method in ("GET", "POST", "DELETE")
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes)
    ]
    return [*found, *(["HEAD"] if "GET" in found else []), "OPTIONS"]


def _handle_validation(_: Request, error: Exception) -> Response:
    """Name each field that is wrong; what was sent is left out, it may be large."""
    assert isinstance(error, RequestValidationError)
    found = [{"field": _field(one), "reason": _reason(one)} for one in error.errors()[:20]]
    detail = "; ".join(f"{one['field']}: {one['reason']}" for one in found)
    shown = {
        "type": problem_type("InvalidValueError"),
        "title": "Wrong usage or value",
        "status": int(HTTPStatus.UNPROCESSABLE_ENTITY),
        "detail": detail,
        "field": found[0]["field"] if found else None,
        "errors": found,
    }
    return ProblemResponse(shown)


def _field(error: dict[str, Any]) -> str:
    """`("body", "meta", "topic")` is `meta.topic`; a position in bad JSON is no field."""
    named = [str(part)[:100] for part in error["loc"][1:]] if error["type"] != "json_invalid" else []
    name = ".".join(named) or str(error["loc"][0])
    return name.encode("utf-8", "replace").decode("utf-8")


def _reason(error: dict[str, Any]) -> str:
    message: str = error["msg"].removeprefix("Value error, ")
    return _REASONS.get(error["type"], message[0].lower() + message[1:])
