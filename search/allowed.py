"""What a setting may be, in words: errors and the configuration reference say it alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from msgspec import inspect

_BOUNDS = (("ge", "of at least"), ("gt", "above"), ("le", "at most"), ("lt", "below"))


@dataclass(frozen=True, slots=True)
class Allowed:
    """One setting: its dotted name, what it may be, what it is unless set, and what it means."""

    name: str
    expected: str
    default: Any
    meaning: str


def allowed(settings: type) -> Iterator[Allowed]:
    """Every setting of a dataclass whose fields have a `Meta`, those of nested ones by dotted names."""
    yield from _of_fields(inspect.type_info(settings), "")


def _of_fields(found: inspect.Type, prefix: str) -> Iterator[Allowed]:
    assert isinstance(found, inspect.DataclassType)
    for field in found.fields:
        meaning = str((getattr(field.type, "extra_json_schema", None) or {}).get("description", ""))
        kind = field.type.type if isinstance(field.type, inspect.Metadata) else field.type
        if isinstance(kind, inspect.DataclassType):
            yield from _of_fields(kind, f"{prefix}{field.name}.")
        else:
            yield Allowed(prefix + field.name, _in_words(kind), field.default, meaning)


def _in_words(kind: inspect.Type) -> str:
    match kind:
        case inspect.Metadata():
            words = _in_words(kind.type)
        case inspect.UnionType():
            others = (one for one in kind.types if not isinstance(one, inspect.NoneType))
            words = " or ".join(_in_words(one) for one in others) + ", or none"
        case inspect.IntType():
            words = "a whole number" + _bounds(kind)
        case inspect.FloatType():
            words = "a number" + _bounds(kind)
        case inspect.BoolType():
            words = "true or false"
        case inspect.LiteralType():
            words = " or ".join(str(value) for value in kind.values)
        case inspect.VarTupleType():
            words = "a list of texts"
        case inspect.StrType():
            words = "a text, not empty" if kind.min_length else "a text"
        case _:
            raise TypeError(f"{kind!r}: say here in words what a setting of this type may be")
    return words


def _bounds(kind: inspect.IntType | inspect.FloatType) -> str:
    if kind.ge is not None and kind.le is not None:
        return f" from {kind.ge} to {kind.le}"
    given = ((words, getattr(kind, name)) for name, words in _BOUNDS)
    limits = ", ".join(f"{words} {limit}" for words, limit in given if limit is not None)
    return f" {limits}" if limits else ""
