"""The HTTP service: the application, and the process that serves it."""

import logging
import logging.config
import os
import signal
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import FrameType

import msgspec
import uvicorn
from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from uvicorn.supervisors import Multiprocess

from index import __version__
from index.errors import InterruptedRunError, LibraryMissingError, LibraryReadOnlyError, QuothError
from index.library import open_library
from index.store.local import LocalLibrary
from search.endpoint import check_installed
from search.engine import Engine
from search.settings import Settings
from search.web import (
    listening,
    logs,
    routes_alerts,
    routes_corrections,
    routes_jobs,
    routes_keys,
    routes_query,
    routes_service,
)
from search.web.auth import AccessMiddleware, check_exposure
from search.web.compress import CompressMiddleware
from search.web.context import ContextMiddleware, LastResortMiddleware
from search.web.head import HeadMiddleware
from search.web.jobs import Jobs
from search.web.keys import Keyring, Keys
from search.web.limits import BodyLimitMiddleware
from search.web.metrics import Metrics, shared_by_processes
from search.web.openapi import install_openapi
from search.web.origins import allow_origins
from search.web.patience import PatientProtocol
from search.web.problems import install_handlers
from search.web.rates import CrowdMiddleware, RateLimitMiddleware
from search.web.service import HURRIED, Service
from search.web.stopping import end_process, set_by_signals, soon

SETTINGS_VARIABLE = "QUOTH_SERVE_SETTINGS"
"""How a parent hands its settings to its worker processes; not a setting itself."""
DESCRIPTION = "Answers questions from a pile of documents: who said it, word for word, where and when."
GRACE_SECONDS = 10
"""How long requests may take to finish once the server is told to stop."""
FOLLOW_SECONDS = 2.0
"""How soon a server that nobody asks takes up a new generation."""
_UNSETTLED_SECONDS = 0.2
"""The same while something is still to be prepared."""

log = logging.getLogger("quoth.http")


def create_app(engine: Engine, settings: Settings, jobs: Jobs | None = None, metrics: Metrics | None = None) -> FastAPI:
    """Assemble the service. Closing the application closes `jobs` and `engine`.

    Without `jobs`, routes that change something answer 403. `metrics` are those that observe the engine.
    """
    metrics = metrics or Metrics()
    metrics.watch(engine, jobs)
    keyring = _keyring(settings)
    service = Service(engine, settings, jobs, metrics)
    app = FastAPI(
        title="Quoth",
        description=DESCRIPTION,
        version=__version__,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
        lifespan=_lifespan,
    )
    app.state.service = service
    for routes in (routes_query, routes_jobs, routes_corrections, routes_alerts, routes_keys, routes_service):
        app.include_router(routes.router)
    install_handlers(app)
    install_openapi(app, needs_key=not keyring.is_empty())
    # The last one added is the outermost.
    app.add_middleware(HeadMiddleware)
    app.add_middleware(CompressMiddleware)
    app.add_middleware(BodyLimitMiddleware, settings=settings)
    app.add_middleware(RateLimitMiddleware, settings=settings)
    app.add_middleware(AccessMiddleware, keyring=keyring, settings=settings)
    app.add_middleware(CrowdMiddleware, settings=settings, metrics=metrics)
    app.add_middleware(LastResortMiddleware)
    allow_origins(app, settings.cors_origins)
    app.add_middleware(ContextMiddleware, metrics=metrics)
    return app


def serve(settings: Settings) -> None:
    """Serve until interrupted; logs go to standard error.

    Raises LoopbackOnlyError, OpenOriginsError, MissingExtraError, ListenError, LibraryReadOnlyError,
    LibraryVersionError, and InterruptedRunError where a second signal kept it from ending in order.
    """
    check_installed(settings.llm)
    check_exposure(settings, _keyring(settings))
    logging.config.dictConfig(dict(logs.configuration(settings.log_format)))
    sockets = listening.listen(settings.host, settings.port)
    try:
        # With several workers each opens its own; this is then the check that they will be able to.
        app: FastAPI | str = open_app(settings, owns_process=True)
        if settings.workers > 1:
            os.environ[SETTINGS_VARIABLE] = msgspec.json.encode(settings).decode()
            app = "search.web.app:open_worker_app"
        _run(app, settings, sockets)
    finally:
        listening.close(sockets)


def _keyring(settings: Settings) -> Keyring:
    return Keyring(Keys(Path(settings.library)), settings.api_key)


def _run(app: FastAPI | str, settings: Settings, sockets: list[socket.socket]) -> None:
    config = uvicorn.Config(
        app,
        factory=isinstance(app, str),
        http=PatientProtocol,
        workers=settings.workers,
        log_config=dict(logs.configuration(settings.log_format)),
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    for source in settings.sources:
        if not os.path.exists(source):  # noqa: PTH110 - unlike Path.exists it raises nothing
            log.warning("source %s does not exist (check the spelling): jobs reject it until it does", source)
    log.info("running on %s (Ctrl-C stops it)", listening.url(sockets, settings.host))
    # uvicorn shuts down in order first, and then lets the interruption through.
    with suppress(KeyboardInterrupt):
        if settings.workers > 1:
            with shared_by_processes():
                _Parent(config, sockets).run()
        else:
            uvicorn.Server(config).run(sockets)


class _Parent(Multiprocess):
    """uvicorn's, but while it waits for its workers a second signal hurries them."""

    def join_all(self) -> None:
        """Wait until every worker has ended. Raises InterruptedRunError where one was hurried."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._hurry)
        super().join_all()
        if any(process.exitcode == HURRIED for process in self.processes):
            raise InterruptedRunError

    def _hurry(self, _: int, __: FrameType | None) -> None:
        for process in self.processes:
            if process.pid is not None and process.process.is_alive():
                os.kill(process.pid, signal.SIGINT)


def open_app(settings: Settings, *, owns_process: bool = False) -> FastAPI:
    """Open the library that the settings name, and serve it; it may be made later.

    With `owns_process` the end of serving is the end of the process.

    Raises LibraryReadOnlyError where there is none and none can be made, LibraryVersionError.
    """
    absolute = _absolute(settings)
    library = open_library(absolute.library, absolute.indexing)
    metrics = Metrics()
    engine = Engine(library, absolute, observer=metrics)
    app = create_app(engine, absolute, _open_jobs(library, absolute), metrics)
    app.state.service.owns_process = owns_process
    return app


def _absolute(settings: Settings) -> Settings:
    """The same settings for processes that work in other folders, where a relative path would be another."""
    indexing = settings.indexing
    if indexing.cache and not indexing.cache.startswith("~"):
        indexing = replace(indexing, cache=str(Path(indexing.cache).absolute()))
    watch = tuple(os.path.abspath(path) for path in settings.watch)  # noqa: PTH100 -- folds ".."
    return replace(settings, library=str(Path(settings.library).absolute()), watch=watch, indexing=indexing)


def _open_jobs(library: LocalLibrary, settings: Settings) -> Jobs | None:
    try:
        return Jobs(settings)
    except LibraryReadOnlyError as error:
        try:
            library.check_exists()
        except LibraryMissingError:
            raise error from None
        log.warning("%s; serving without changes", error)
        return None


def open_worker_app() -> FastAPI:
    """What each worker process serves, by the settings its parent left in the environment."""
    return open_app(msgspec.json.decode(os.environ[SETTINGS_VARIABLE], type=Settings), owns_process=True)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    service: Service = app.state.service
    if service.jobs is not None:
        service.jobs.start()
    follower = threading.Thread(target=_follow, args=(service,), name="quoth-follow", daemon=True)
    follower.start()
    with set_by_signals(service.stopping, service.hurry, is_worker=service.settings.workers > 1):
        yield
        await run_in_threadpool(_close, service, follower)
    if service.owns_process:
        end_process(0, soon)


def _close(service: Service, follower: threading.Thread) -> None:
    """Stop what runs behind the requests. In a thread, so that a second signal can hurry it."""
    service.stopping.set()
    if service.jobs is not None:
        service.jobs.close()
    # Not for longer: it may be in the midst of loading the model.
    follower.join(FOLLOW_SECONDS)
    service.threads.shutdown(wait=False, cancel_futures=True)
    service.engine.close()


def _follow(service: Service) -> None:
    """Load the model while nobody waits for it, and keep to the current generation without being asked.

    A text that was removed stays on disk for as long as somebody holds a generation that has it.
    """
    said = ""
    while True:
        pause = FOLLOW_SECONDS
        try:
            state, level = f"generation {service.follow()} is ready", logging.INFO
            pause = FOLLOW_SECONDS if service.is_settled else _UNSETTLED_SECONDS
        except QuothError as error:
            state, level = f"not ready yet: {error}", logging.WARNING
        except Exception as error:  # noqa: BLE001 - the next question meets the same, and tells whoever asks it
            state, level = f"not ready, unforeseen {type(error).__name__}: {error}", logging.ERROR
        if state != said:
            log.log(level, "%s", state)
            said = state
        if service.stopping.wait(pause):
            return
