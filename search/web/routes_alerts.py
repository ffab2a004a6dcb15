"""Alerts: statements that are new for a question that is kept, asked for or as they come."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Body, Request, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from index.errors import QuothError
from search.shapes import encode, problem
from search.types import StatementView
from search.web.alerts import Alert, AlertReport, Alerts, statements_for
from search.web.bodies import AlertBody, AlertsBody
from search.web.paths import without_paths
from search.web.service import Service, ServiceDep, reply, reply_tagged
from search.web.sole_names import SoleNamesRoute

router = APIRouter(prefix="/alerts", tags=["alerts"], route_class=SoleNamesRoute)

POLL_SECONDS = 1.0
"""How soon a new generation is seen."""
HEARTBEAT_SECONDS = 15.0
"""So often a stream says something, lest what stands between takes it for dead."""
_EXAMPLE = ': listening\n\nevent: statement\nid: s_5d0f6c1e2a7b9034\ndata: {"id": "s_5d0f6c1e2a7b9034", …}\n\n'
_EVENTS: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {"text/event-stream": {"schema": {"type": "string"}, "example": _EXAMPLE}},
        "description": "Statements, as events",
    }
}


@router.get("", response_model=AlertsBody, summary="The alerts that are kept")
def get_alerts(request: Request, service: ServiceDep) -> Response:
    """List the alerts, oldest first."""
    found = _alerts(service).standing()
    return reply_tagged(request, {"total": len(found), "alerts": found})


@router.post("", status_code=201, response_model=Alert, summary="Keep a question")
def post_alert(body: Annotated[AlertBody, Body()], service: ServiceDep) -> Response:
    """Report from now on which statements are new for a question."""
    service.check_writable()
    made = _alerts(service).add(service.engine, body.question)
    return reply(made, 201, {"Location": f"/alerts/{made.id}"})


@router.get("/{id}", response_model=Alert, summary="One alert")
def get_alert(id: str, service: ServiceDep) -> Response:  # noqa: A002 - the contract's name
    """Show an alert."""
    return reply(_alerts(service).get(id))


@router.delete("/{id}", status_code=204, response_class=Response, summary="Forget an alert")
def delete_alert(id: str, service: ServiceDep) -> Response:  # noqa: A002 - the contract's name
    """Forget an alert, and what it has reported."""
    service.check_writable()
    _alerts(service).remove(id)
    return Response(status_code=204)


@router.post("/{id}/check", response_model=AlertReport, summary="What is new since the last check")
def post_check(id: str, service: ServiceDep) -> Response:  # noqa: A002 - the contract's name
    """Report the statements that this alert has not reported yet; the next check leaves them out."""
    service.check_writable()
    return reply(_alerts(service).check(service.engine, id))


@router.get("/{id}/events", response_class=StreamingResponse, responses=_EVENTS, summary="What is new, as it comes")
def get_events(id: str, request: Request, service: ServiceDep) -> StreamingResponse:  # noqa: A002
    """Stream statements as server-sent events, `statement` each, its id being the statement's.

    First those that no check has reported yet, then each as soon as a generation holds it. Streaming is
    not reporting: after a lost connection they come again.
    """
    alert = _alerts(service).get(id)
    known = _alerts(service).reported(id)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_events(request, service, alert, known), headers=headers, media_type="text/event-stream")


async def _events(request: Request, service: Service, alert: Alert, known: set[str]) -> AsyncIterator[bytes]:
    # At once, so that the client knows that it is heard.
    yield b": listening\n\n"
    generation, spoke = -1, time.monotonic()
    while not service.stopping.is_set() and not await request.is_disconnected():
        try:
            current = await run_in_threadpool(service.engine.generation)
            found = (
                await run_in_threadpool(statements_for, service.engine, alert.question)
                if current != generation
                else None
            )
        except QuothError as error:
            # The library may be made anew this very moment: the stream goes on, and says so.
            yield f": {without_paths(problem(error))['detail']}\n\n".encode()
            found = None
        if found is not None:
            generation = found[0]
            for one in found[1]:
                if one.id not in known:
                    yield _event(one)
                    spoke = time.monotonic()
            known = {one.id for one in found[1]}
        if time.monotonic() - spoke >= HEARTBEAT_SECONDS:
            yield b": still here\n\n"
            spoke = time.monotonic()
        await asyncio.sleep(POLL_SECONDS)


def _event(statement: StatementView) -> bytes:
    return b"event: statement\nid: " + statement.id.encode() + b"\ndata: " + encode(statement) + b"\n\n"


def _alerts(service: Service) -> Alerts:
    return Alerts(Path(service.settings.library))
