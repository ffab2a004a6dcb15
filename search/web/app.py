"""The HTTP service: the application, and the process that serves it."""

import logging
import os
import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import uvicorn
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from index.errors import LibraryReadOnlyError, QuothError
from index.library import open_library
from search.engine import Engine
from search.settings import Settings
from search.web import routes_jobs, routes_query, routes_service
from search.web.auth import AccessMiddleware, check_exposure
from search.web.context import ContextMiddleware
from search.web.jobs import Jobs
from search.web.limits import BodyLimitMiddleware
from search.web.metrics import Metrics
from search.web.openapi import install_openapi
from search.web.problems import install_handlers
from search.web.service import Service, release

SETTINGS_VARIABLE = "QUOTH_SERVE_SETTINGS"
"""How a parent hands its settings to its worker processes; not a setting itself."""
DESCRIPTION = "Answers questions from a pile of documents: who said it, word for word, where and when."
GRACE_SECONDS = 10
GZIP_MINIMUM_BYTES = 1024

log = logging.getLogger("quoth.http")


def create_app(engine: Engine, settings: Settings, jobs: Jobs | None = None) -> FastAPI:
    """Assemble the service. Closing the application closes `jobs` and `engine`.

    Without `jobs`, routes that change something answer 403.
    """
    metrics = Metrics(engine, jobs)
    service = Service(engine, settings, jobs, metrics)
    app = FastAPI(
        title="Quoth",
        description=DESCRIPTION,
        version=release(),
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan,
    )
    app.state.service = service
    for routes in (routes_query, routes_jobs, routes_service):
        app.include_router(routes.router)
    install_handlers(app)
    install_openapi(app, needs_key=bool(settings.api_key))
    # The last one added is the outermost.
    app.add_middleware(GZipMiddleware, minimum_size=GZIP_MINIMUM_BYTES, compresslevel=5)
    app.add_middleware(BodyLimitMiddleware, max_bytes=settings.max_body_bytes)
    app.add_middleware(AccessMiddleware, api_key=settings.api_key)
    app.add_middleware(ContextMiddleware, metrics=metrics)
    return app


def serve(settings: Settings) -> None:
    """Serve until interrupted; logs go to standard error. Raises LoopbackOnlyError."""
    check_exposure(settings)
    common: dict[str, Any] = {
        "host": settings.host,
        "port": settings.port,
        "log_config": LOGGING,
        "access_log": False,
        "server_header": False,
        "timeout_graceful_shutdown": GRACE_SECONDS,
    }
    if settings.workers == 1:
        uvicorn.run(open_app(settings), **common)
        return
    os.environ[SETTINGS_VARIABLE] = msgspec.json.encode(settings).decode()
    uvicorn.run("search.web.app:open_worker_app", factory=True, workers=settings.workers, **common)


def open_app(settings: Settings) -> FastAPI:
    """Open the library that the settings name, and serve it; it may be made later."""
    absolute = replace(settings, library=str(Path(settings.library).absolute()))
    try:
        jobs = Jobs(absolute)
    except LibraryReadOnlyError as error:
        log.warning("%s; serving without changes", error)
        jobs = None
    return create_app(Engine(open_library(absolute.library, absolute.indexing), absolute), absolute, jobs)


def open_worker_app() -> FastAPI:
    """What each worker process serves, by the settings its parent left in the environment."""
    return open_app(msgspec.json.decode(os.environ[SETTINGS_VARIABLE], type=Settings))


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    service: Service = app.state.service
    if service.jobs is not None:
        service.jobs.start()
    threading.Thread(target=_warm, args=(service,), name="quoth-warm", daemon=True).start()
    yield
    if service.jobs is not None:
        service.jobs.close()
    service.engine.close()


def _warm(service: Service) -> None:
    """Load the model while nobody waits for it; a library that is not there yet is no failure."""
    try:
        log.info("generation %d is ready", service.warm())
    except QuothError as error:
        log.info("not ready yet: %s", error)


_STDERR = {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stderr"}
LOGGING: Mapping[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": _STDERR},
    "loggers": {
        "uvicorn": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "quoth": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
