"""Health, metrics, the page and the API's description."""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from search.web.bodies import ReadyBody
from search.web.docs import render_docs
from search.web.metrics import MEDIA_TYPE as METRICS_TYPE
from search.web.service import ServiceDep, is_known, reply

router = APIRouter()

_MODULES = (
    "answer", "api", "app", "cards", "clipboard", "csv", "document", "keys", "link", "speaker", "text", "timeline",
    "wording",
)  # fmt: skip
ASSETS: Mapping[str, str] = {
    "index.html": "text/html; charset=utf-8",
    "style.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
    **{f"{module}.js": "text/javascript; charset=utf-8" for module in _MODULES},
}
_METRICS_EXAMPLE = 'quoth_questions_total{outcome="answered"} 41.0\nquoth_generation 7.0\n'


@router.get("/healthz", tags=["service"], summary="Is the process alive?")
async def get_healthz() -> dict[str, bool]:
    """Answer without touching the library, in the event loop, so that busy workers don't matter."""
    return {"ok": True}


@router.get("/readyz", response_model=ReadyBody, tags=["service"], summary="Can it answer questions?")
def get_readyz(service: ServiceDep) -> Response:
    """Answer 200 once a generation is loaded and the model has answered; before, at once, 503 with what is lacking."""
    return reply(ReadyBody(ready=True, generation=service.ready()).model_dump())


@router.get(
    "/metrics",
    tags=["service"],
    summary="Counters for Prometheus",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}, "example": _METRICS_EXAMPLE}}}},
)
def get_metrics(service: ServiceDep) -> Response:
    """Requests by route, stages of answers, questions by outcome, jobs and their lag, what the library holds.

    Of all server processes together.
    """
    return Response(service.metrics.render(), media_type=METRICS_TYPE)


@router.get("/", include_in_schema=False)
def get_page(request: Request) -> Response:
    """The page."""
    return _send_asset(request, "index.html")


@router.get("/page/{name}", include_in_schema=False)
def get_asset(request: Request, name: str) -> Response:
    """A file of the page; only those that are listed exist."""
    return _send_asset(request, name)


@router.get("/docs", include_in_schema=False)
def get_docs(request: Request) -> Response:
    """The API's description for people, made of `/openapi.json` without any request elsewhere."""
    return Response(render_docs(request.app.openapi()), media_type="text/html; charset=utf-8")


def _send_asset(request: Request, name: str) -> Response:
    if name not in ASSETS:
        raise HTTPException(404, f"{name}: the page has no such file")
    content, tag = _asset(name)
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=ASSETS[name])


@cache
def _asset(name: str) -> tuple[bytes, str]:
    content = (files("search.web") / "page" / name).read_bytes()
    return content, f'W/"{hashlib.sha256(content).hexdigest()[:16]}"'
