"""What every route needs: the engine, the settings, the queue, the counters; and how it replies."""

import hashlib
import logging
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated

from fastapi import Depends, Request, Response

from index.errors import QuothError
from search.engine import Engine
from search.settings import Settings
from search.shapes import encode
from search.types import AskResult, SearchResult
from search.web.errors import NotReadyError, ReadOnlyServerError
from search.web.jobs import Jobs
from search.web.metrics import Metrics
from search.web.settling import settle
from search.web.stopping import end_process

JSON = "application/json"
AT_ONCE = 40
"""So many questions and lists are worked on at once in a process; the others wait for their turn."""
HURRIED = 130
"""The exit code of a server that was told twice to stop, as of every command that was interrupted."""
LOADING = "the model is loading; ask again in a few seconds"
_QUIET, _PATIENCE = 1.0, 60.0
"""So many seconds nobody has asked anything when a server works out what makes others wait for Python's lock or a core,
and so many it waits for that."""
_LINKS_REST = 20
"""So many times as long as reading links took nobody reads them again, however often documents come."""
AHEAD_AGAIN_SECONDS, _MOST_PAUSE = 30.0, 3600.0
"""What could not be worked out ahead is tried again so much later, and twice as long each time: whoever needs it until
then works it out."""
_TOOK = re.compile(rb'"took_ms":[^,}]+')
"""In JSON; what a text has of it stands behind a backslash."""

log = logging.getLogger("quoth.http")


@dataclass
class Service:
    """One server process, until `stopping` is set. `jobs` is None where the library cannot be written."""

    engine: Engine
    settings: Settings
    jobs: Jobs | None
    metrics: Metrics
    stopping: threading.Event = field(default_factory=threading.Event)
    threads: ThreadPoolExecutor = field(default_factory=partial(ThreadPoolExecutor, AT_ONCE, "question"))
    owns_process: bool = False
    _is_warm: bool = False
    _is_prepared: bool = False
    _ahead_again: float = 0.0
    _lacking: str = LOADING
    _pause: float = AHEAD_AGAIN_SECONDS
    _asked: float = 0.0
    _warm_since: float = 0.0
    _seen: int | None = None
    _seen_since: float = 0.0
    _linked: int | None = None
    _next_links: float = 0.0

    @property
    def queue(self) -> Jobs:
        """The queue of jobs. Raises ReadOnlyServerError."""
        self.check_writable()
        assert self.jobs is not None
        return self.jobs

    def check_writable(self) -> None:
        """Raise ReadOnlyServerError where this server takes no changes."""
        if self.jobs is None:
            raise ReadOnlyServerError(self.settings.library)

    def hurry(self) -> None:
        """End this process as soon as its job, which is killed, is back in the queue; requests are cut off."""
        log.warning("told to stop again: requests and jobs are cut off")
        jobs = self.jobs
        if jobs is not None:
            jobs.hurry()
        end_process(HURRIED, jobs.close if jobs else lambda: None)

    def follow(self) -> int:
        """Keep to the generation that is served, and return it; load first what a question would wait for.

        One thread calls it again and again. Raises what answering a question would.
        """
        generation = self.engine.generation()
        if not self._is_warm:
            self._lacking = LOADING
            try:
                self.engine.warm()
            except Exception as error:
                # Of what nobody foresaw, those who ask learn no more than that.
                self._lacking = (
                    str(error) if isinstance(error, QuothError) else "it met a problem; see the server's log"
                )
                raise
            self._is_warm, self._asked = True, time.monotonic()
            self._warm_since = self._asked
            self._settle()
        else:
            self._get_ahead(generation)
        return generation

    def _get_ahead(self, generation: int) -> None:
        """Do the next of what questions would wait for; they are answered without, so the log is told of a failure."""
        now = time.monotonic()
        if generation != self._seen:
            self._seen, self._seen_since = generation, now
        if now < self._ahead_again:
            return
        is_quiet = now - self._asked >= _QUIET
        try:
            if self._is_to_link(generation, now, is_quiet):
                self._read_links(generation)
            elif not self._is_prepared and (is_quiet or now - self._warm_since >= _PATIENCE):
                # Later than what every question needs, and once: while documents come, generations follow each other.
                self.engine.prepare()
                self._is_prepared = True
                self._settle()
            self._pause = AHEAD_AGAIN_SECONDS
        except Exception as error:  # noqa: BLE001 - whoever needs it meets the same, and is told
            log.warning("not worked out ahead yet: %s: %s", type(error).__name__, error)
            self._ahead_again, self._pause = time.monotonic() + self._pause, min(2 * self._pause, _MOST_PAUSE)

    def _is_to_link(self, generation: int, now: float, is_quiet: bool) -> bool:
        """Whether to read links now: soon after the start where it is done at once, else when it disturbs few."""
        if generation == self._linked or now < self._next_links:
            return False
        is_time = is_quiet or now - self._seen_since >= _PATIENCE
        return is_time or (self._linked is None and self.engine.reads_links_soon())

    def _read_links(self, generation: int) -> None:
        began, is_first = time.monotonic(), self._linked is None
        self.engine.read_links()
        self._linked, now = generation, time.monotonic()
        self._next_links = now + _LINKS_REST * (now - began)
        if is_first:
            self._settle()

    def _settle(self) -> None:
        if self.owns_process:
            settle()

    def note_question(self) -> None:
        """Take note that somebody asks something: what nobody needs yet waits until nobody does."""
        self._asked = time.monotonic()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left that `follow` has to do once."""
        return self._is_prepared and self._linked is not None

    def ready(self) -> int:
        """The generation that is served; never waits for the model. Raises LibraryMissingError, NotReadyError."""
        generation = self.engine.generation()
        if not self._is_warm:
            raise NotReadyError(self._lacking)
        return generation


async def _service(request: Request) -> Service:  # async, or every request would wait for a thread just for this
    service: Service = request.app.state.service
    return service


ServiceDep = Annotated[Service, Depends(_service)]


def reply(value: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Send a result in the contract's JSON."""
    return Response(encode(value), status, {"Cache-Control": "no-store", **(headers or {})}, JSON)


def reply_tagged(request: Request, value: object) -> Response:
    """Send a result with an entity tag; 304 where the client has it already.

    The tag is made of the result: a generation's number would not do, since corrections change
    answers within a generation, and a library that is made anew counts from 1 again.
    """
    body = encode(value)
    # Weak, because `took_ms`, which it leaves out, differs from one answer to the next.
    lasting = _TOOK.sub(b"", body, 1) if isinstance(value, SearchResult | AskResult) else body
    tag = f'W/"{hashlib.sha256(lasting).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Authorization, X-API-Key"}
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=JSON)


def is_known(request: Request, tag: str) -> bool:
    """Whether the client has what this tag stands for: it named it, weakly or not, as RFC 9110 has it, or sent `*`."""
    named = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
    return "*" in named or tag.removeprefix("W/") in [one.removeprefix("W/") for one in named]
