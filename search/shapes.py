"""Results and failures as the JSON that command line, HTTP and MCP share.

The shapes are the frozen dataclasses of `search/types.py` and `index/types.py`, written as they
are; where the contract shows less than a dataclass holds, it is cut here and nowhere else.
"""

import re
from dataclasses import is_dataclass
from typing import Any

import msgspec

from index.errors import QuothError
from index.types import ModelInfo, Status

PROBLEM_TYPE = "urn:quoth:problem:"
DETAIL_CHARS = 1000
FIELD_CHARS = 200
FIELD_ITEMS = 100
_NESTING = 2
_WORD_START = re.compile(r"(?<!^)(?=[A-Z])")


def to_json_value(value: object) -> Any:
    """Turn a result into dicts, lists and scalars, exactly as the contract names them."""
    plain = msgspec.json.decode(msgspec.json.encode(value, enc_hook=str))
    if isinstance(value, Status):
        plain["model"] = _model(value.model)
    return plain


def encode(value: object) -> bytes:
    """Write a result as UTF-8 JSON, in the order of its dataclass; NaN and infinity become null."""
    if isinstance(value, Status):
        return msgspec.json.encode(to_json_value(value))
    return msgspec.json.encode(value, enc_hook=str)


def problem(error: BaseException, status: int | None = None) -> dict[str, Any]:
    """Describe a failure by RFC 9457: type, title, status, detail, then the error's own fields.

    `type` is a URN made of the class name. A failure that is not a QuothError is one nobody
    foresaw: only its class is shown, since its text may quote what it should not.
    """
    foreseen = isinstance(error, QuothError)
    name = type(error).__name__ if foreseen else "InternalError"
    unforeseen = f"an unexpected {type(error).__name__}; the log has the details"
    shown: dict[str, Any] = {
        "type": problem_type(name),
        "title": error.title if isinstance(error, QuothError) else "Something went wrong inside Quoth",
        **({} if status is None else {"status": status}),
        "detail": _cut(str(error), DETAIL_CHARS) if foreseen else unforeseen,
    }
    if foreseen:
        fields = {name: value for name, value in vars(error).items() if name not in shown and name[0] != "_"}
        shown |= {name: _shown(value, _NESTING) for name, value in fields.items()}
    return shown


def problem_type(class_name: str) -> str:
    """Name the problem type of an error class: `InvalidValueError` is `…:invalid-value`."""
    return PROBLEM_TYPE + _kebab(class_name)


def _model(model: ModelInfo) -> dict[str, Any]:
    return {"name": model.name, "dim": model.dim}


def _kebab(class_name: str) -> str:
    return _WORD_START.sub("-", class_name.removesuffix("Error")).lower()


def _shown(value: object, depth: int) -> Any:
    """Cut a field of an error to what helps: a megabyte that was sent in need not come back."""
    if is_dataclass(value):
        value = to_json_value(value)
    if depth and isinstance(value, (list, tuple)):
        return [_shown(item, depth - 1) for item in value[:FIELD_ITEMS]]
    if depth and isinstance(value, dict):
        items = list(value.items())[:FIELD_ITEMS]
        return {_cut(str(name), FIELD_CHARS): _shown(item, depth - 1) for name, item in items}
    if isinstance(value, (bool, type(None), float)):
        return value
    if isinstance(value, int):
        return value if value.bit_length() < 53 else f"an integer of {value.bit_length()} bits"
    return _cut(str(value), FIELD_CHARS)


def _cut(text: str, limit: int) -> str:
    """Shorten, and replace lone surrogates, which UTF-8 cannot carry."""
    short = text if len(text) <= limit else text[:limit] + "…"
    return short.encode("utf-8", "replace").decode("utf-8")
