"""API keys over HTTP, for holders of an admin key."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Body, Request, Response

from search.web.auth import KEY_STATE
from search.web.bodies import KeyBody, KeysBody
from search.web.errors import KeyNeededError
from search.web.keys import Keys, NewKey
from search.web.service import Service, ServiceDep, reply
from search.web.sole_names import SoleNamesRoute

router = APIRouter(prefix="/keys", tags=["keys"], route_class=SoleNamesRoute)


@router.get("", response_model=KeysBody, summary="The API keys, without their secrets")
def get_keys(request: Request, service: ServiceDep) -> Response:
    """List the keys, oldest first."""
    found = _keys(request, service).standing()
    return reply({"total": len(found), "keys": found})


@router.post("", status_code=201, response_model=NewKey, summary="Make an API key")
def post_key(body: Annotated[KeyBody, Body()], request: Request, service: ServiceDep) -> Response:
    """Make a key: this answer alone shows it."""
    made = _keys(request, service).create(body.name, body.scope)
    return reply(made, 201, {"Location": f"/keys/{made.id}"})


@router.delete("/{id}", status_code=204, response_class=Response, summary="Revoke an API key")
def delete_key(id: str, request: Request, service: ServiceDep) -> Response:  # noqa: A002 - the contract's name
    """Revoke a key: within a second no server takes it any more."""
    _keys(request, service).revoke(id)
    return Response(status_code=204)


def _keys(request: Request, service: Service) -> Keys:
    """The keys. Raises KeyNeededError where nobody has one: the first is made on the command line."""
    if getattr(request.state, KEY_STATE, None) is None:
        raise KeyNeededError
    return Keys(Path(service.settings.library))
