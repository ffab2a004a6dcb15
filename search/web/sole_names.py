"""JSON bodies in which an object says one name twice are refused: neither value is a guess."""

from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.requests import ClientDisconnect

from index.readers.twice import said_twice
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


def refuse_repeated_names(body: bytes) -> None:
    """Raise InvalidValueError for a name that is twice in one object, as `meta.desk` or `documents[3].id`.

    What is no JSON is for whoever reads it to refuse.
    """
    if twice := said_twice(body):
        refuse_repeated((twice.name, value) for value in twice.values)
