"""The API's description: FastAPI's, with what it cannot know of the contract put in."""

from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI

from search.web.auth import is_open
from search.web.bodies import BatchBody, FilesBody, ProblemBody, RecordBody
from search.web.examples import BODIES, IDS, PARAMETERS, response_example
from search.web.problems import MEDIA_TYPE

_SCHEMA_REF = "#/components/schemas/{model}"
_META = {
    "name": "meta.FIELD",
    "in": "query",
    "required": False,
    "schema": {"type": "string"},
    "description": "Equality of a field of `meta`, FIELD being its name; may be given for several fields.",
}
_PROBLEMS: dict[int, tuple[str, str, str]] = {
    400: ("The body cannot be parsed at all", "bad-request", "There was an error parsing the body"),
    401: (
        "No key, or an unknown one",
        "unauthorized",
        "this server needs an API key: send `Authorization: Bearer KEY`",
    ),
    403: ("This key, this page or this server may not", "forbidden", "this API key may read only"),
    404: ("There is no such thing", "document-not-found", "bridge: no document or passage has this id or URI"),
    408: ("The body came too slowly", "request-timeout", "the body did not arrive within 60 s"),
    410: ("The cursor's generation is gone", "cursor-expired", "cursor: generation 7 is no longer served"),
    413: ("The body is too large", "request-entity-too-large", "the body is larger than 67108864 bytes"),
    415: ("The body's type is not taken", "upload-type", "Content-Type: text/html is not taken"),
    422: ("A value is wrong, and named", "invalid-value", "k: input should be less than or equal to 1000"),
    429: (
        "Too many requests; Retry-After says when to come again",
        "too-many-requests",
        "more than 60 a minute",
    ),
    503: ("Not ready, or too busy; Retry-After says when to come again", "service-busy", "too many are waiting"),
    507: ("The library cannot be written", "library-read-only", "No space left on device"),
}
"""Status → what it means here, and the problem type and detail of its example."""
_PROBLEM_SCHEMA = {"$ref": "#/components/schemas/ProblemBody"}
_DEFAULT = "A failure, by RFC 9457; `request_id` names the request in the server's log, as X-Request-ID does"
_TAGGED = frozenset(
    {"/search", "/ask", "/statements", "/speakers", "/documents", "/documents/{id}", "/corrections", "/alerts"}
)
"""What a GET of sends an entity tag, by which it may answer 304."""


def install_openapi(app: FastAPI, needs_key: bool) -> None:
    """Make `app.openapi()` give the completed description, built once."""
    generate: Callable[[], dict[str, Any]] = app.openapi
    completed: dict[str, Any] = {}

    def openapi() -> dict[str, Any]:
        if not completed:
            completed.update(_complete(generate(), needs_key))
        return completed

    app.openapi = openapi  # type: ignore[method-assign]


def _complete(description: dict[str, Any], needs_key: bool) -> dict[str, Any]:
    schemas = description["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    for model in (ProblemBody, RecordBody, BatchBody, FilesBody):
        schema = model.model_json_schema(ref_template=_SCHEMA_REF)
        schema.pop("$defs", None)
        schemas[model.__name__] = schema
    description["components"]["responses"] = {f"Problem{status}": _problem(status) for status in _PROBLEMS}
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            _complete_operation(method.upper(), path, operation, needs_key)
    if needs_key:
        description["components"]["securitySchemes"] = {
            "bearer": {"type": "http", "scheme": "bearer"},
            "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
        }
    return description


def _complete_operation(method: str, path: str, operation: dict[str, Any], needs_key: bool) -> None:
    route, responses = f"{method} {path}", operation["responses"]
    if needs_key and not is_open(path):
        operation["security"] = [{"bearer": []}, {"key": []}]
    named = [_META if one["name"] == "meta" else one for one in operation.pop("parameters", [])]
    if named:
        operation["parameters"] = sorted((_shown(one, path) for one in named), key=lambda one: not one.get("required"))
    if route in BODIES:
        operation["requestBody"]["content"]["application/json"]["example"] = BODIES[route]
    example = response_example(route)
    for response in [*responses.values()][:1] if example is not None else ():
        response["content"]["application/json"]["example"] = example
    responses.pop("422", None)
    if method == "GET" and path in _TAGGED:
        responses["304"] = {"description": "The client has it already, by its If-None-Match"}
    for status in _statuses(method, path, operation, needs_key):
        responses[str(status)] = {"$ref": f"#/components/responses/Problem{status}"}
    responses["default"] = {"description": _DEFAULT, "content": {MEDIA_TYPE: {"schema": _PROBLEM_SCHEMA}}}


def _shown(parameter: dict[str, Any], path: str) -> dict[str, Any]:
    """A parameter with its example, if it has one: in a path, the id of what the routes below that path show."""
    is_id = parameter["in"] == "path"
    known = IDS["/" + path.split("/")[1]] if is_id else PARAMETERS.get(parameter["name"])
    return parameter if known is None else {**parameter, "example": known}


def _statuses(method: str, path: str, operation: dict[str, Any], needs_key: bool) -> Iterator[int]:
    """The failures that a route can meet, in order; what else goes wrong is in `default`."""
    is_read = method == "GET" or path in ("/search", "/ask")
    has_body = "requestBody" in operation
    parameters = {one["name"]: one for one in operation.get("parameters", ())}
    in_query = [one for one in parameters.values() if one["in"] == "query"]
    met = {
        400: has_body,
        401: needs_key and not is_open(path),
        403: True,
        404: "{" in path or (method, path) == ("POST", "/corrections"),
        408: has_body,
        410: "cursor" in parameters and path != "/jobs",
        413: has_body,
        415: (method, path) == ("POST", "/documents"),
        422: has_body or bool(in_query) or "number" in parameters,
        429: not is_open(path),
        503: not is_open(path) or path == "/readyz",
        507: not is_read,
    }
    return (status for status, can_happen in met.items() if can_happen)


def _problem(status: int) -> dict[str, Any]:
    meaning, kind, detail = _PROBLEMS[status]
    example = {
        "type": f"urn:quoth:problem:{kind}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "request_id": "b1946ac92492d234",
    }
    return {"description": meaning, "content": {MEDIA_TYPE: {"schema": _PROBLEM_SCHEMA, "example": example}}}
