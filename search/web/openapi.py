"""The API's description: FastAPI's, with what it cannot know of the contract put in."""

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI

from search.web.problems import MEDIA_TYPE
from search.web.schemas import BatchBody, ProblemBody, RecordBody

_SCHEMA_REF = "#/components/schemas/{model}"
_ERROR = {
    "description": "A failure, by RFC 9457; X-Request-ID names the request in the server's log",
    "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemBody"}}},
}
_META = {
    "name": "meta.FIELD",
    "in": "query",
    "required": False,
    "schema": {"type": "string"},
    "description": "Equality of a field of `meta`, FIELD being its name; may be given for several fields.",
}


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
    for model in (ProblemBody, RecordBody, BatchBody):
        schema = model.model_json_schema(ref_template=_SCHEMA_REF)
        schema.pop("$defs", None)
        schemas[model.__name__] = schema
    for operations in description["paths"].values():
        for operation in operations.values():
            _complete_operation(operation)
    if needs_key:
        description["components"]["securitySchemes"] = {
            "bearer": {"type": "http", "scheme": "bearer"},
            "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
        }
        description["security"] = [{"bearer": []}, {"key": []}]
    return description


def _complete_operation(operation: dict[str, Any]) -> None:
    operation["responses"].pop("422", None)
    operation["responses"]["default"] = _ERROR
    parameters = operation.get("parameters", [])
    named = [_META if one["name"] == "meta" else one for one in parameters]
    operation["parameters"] = sorted(named, key=lambda one: not one.get("required"))
    if not operation["parameters"]:
        del operation["parameters"]
