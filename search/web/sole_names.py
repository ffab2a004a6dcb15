"""JSON bodies in which an object says one name twice are refused: neither value is a guess."""

import json
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import suppress
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.requests import ClientDisconnect

from search.checks import refuse_repeated


class SoleNamesRoute(APIRoute):
    """A route whose JSON body, if it takes one, says each name once."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What answers a request. Raises InvalidValueError where a name is there twice."""
        usual = super().get_route_handler()
        if self.body_field is None:
            return usual

        async def answer(request: Request) -> Response:
            # Whoever has gone away meets FastAPI, which reads the same bytes again.
            with suppress(ClientDisconnect):
                refuse_repeated_names(await request.body())
            return await usual(request)

        return answer


class _Repeated(dict[str, Any]):
    """An object that says a name twice, and all that it says."""

    def __init__(self, pairs: Sequence[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.pairs = pairs


def refuse_repeated_names(body: bytes) -> None:
    """Raise InvalidValueError for a name that is twice in one object, as `meta.desk` or `documents[3].id`.

    What is no JSON is for whoever reads it to refuse.
    """
    found: list[_Repeated] = []

    def gather(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(pairs)
        if len(value) < len(pairs):
            value = _Repeated(pairs)
            found.append(value)
        return value

    with suppress(ValueError, RecursionError):
        whole = json.loads(body, object_pairs_hook=gather)
        if found:
            place = next((where for where, value in _places(whole) if value is found[0]), "")
            refuse_repeated((place + name, value) for name, value in found[0].pairs)


def _places(value: Any, where: str = "") -> Iterator[tuple[str, Any]]:
    """Every value, with what stands before the names in it."""
    yield where, value
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _places(inner, f"{where}{name}.")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _places(inner, f"{where.removesuffix('.')}[{number}].")
