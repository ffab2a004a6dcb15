"""A name that one JSON object says twice: parsers keep the last of its values, and neither is a guess."""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

_BEFORE_COLON = (b'":', b" :", b"\t:", b"\n:", b"\r:")
"""What stands before the colon that parts a name from its value."""

_LONGEST_NAME = 100
"""Of what is nested deeply or named absurdly, the end alone tells where to look."""


@dataclass(frozen=True, slots=True)
class Twice:
    """Where the name is, as `meta.desk` or `documents[3].id` (of a long one the end), and its first two values."""

    name: str
    values: tuple[Any, Any]


def said_twice(raw: bytes | str) -> Twice | None:
    """The first object's first name that is there twice; None where each is there once, or where this is no JSON."""
    found: list[_Repeated] = []

    def gather(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(pairs)
        if len(value) < len(pairs):
            value = _Repeated(pairs)
            found.append(value)
        return value

    with suppress(ValueError, RecursionError):
        whole = json.loads(raw, object_pairs_hook=gather)
        if found:
            place = next((where for where, value in _places(whole) if value is found[0]), "")
            return found[0].twice(place)
    return None


def is_each_once(raw: bytes, record: dict[str, Any]) -> bool:
    """Whether it is plain that a parsed record lost no name of its bytes; where it isn't, `said_twice` looks.

    Names have a colon behind them. Where there are no more colons than names, none is lost, and few texts hold a
    quotation mark or a space before a colon: counting takes a twentieth of what parsing again does.
    """
    names = _names(record)
    return raw.count(b":") == names or sum(map(raw.count, _BEFORE_COLON)) == names


def _names(record: dict[str, Any]) -> int:
    names = 0
    rest: list[Any] = [record]
    while rest:
        value = rest.pop()
        inner = value
        if isinstance(value, dict):
            names += len(value)
            inner = value.values()
        rest += [one for one in inner if isinstance(one, dict | list)]
    return names


class _Repeated(dict[str, Any]):
    """An object that says a name twice, and all that it says."""

    def __init__(self, pairs: Sequence[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self._pairs = pairs

    def twice(self, place: str) -> Twice:
        """Its first name that comes again."""
        first: dict[str, Any] = {}
        for name, value in self._pairs:
            if name in first:
                return Twice(_end_of(place + name), (first[name], value))
            first[name] = value
        raise AssertionError("no name is there twice")


def _end_of(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"…{name[1 - _LONGEST_NAME :]}"


def _places(value: Any) -> Iterator[tuple[str, Any]]:
    """Every object, with what stands before the names in it."""
    rest = [("", value)]
    while rest:
        where, value = rest.pop()
        if isinstance(value, dict):
            yield where, value
            rest += [(f"{where}{name}.", inner) for name, inner in value.items()]
        elif isinstance(value, list):
            rest += [(f"{where.removesuffix('.')}[{number}].", inner) for number, inner in enumerate(value)]
