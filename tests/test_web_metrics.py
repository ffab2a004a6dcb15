"""What the service counts: stages, vectors that were known, changes that wait."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from index.types import ModelInfo
from search.engine import Engine
from search.settings import Settings
from search.stages import Unobserved, timed
from search.types import Query
from search.web.app import create_app
from search.web.jobs import Jobs
from search.web.metrics import SHARED_VARIABLE, Metrics, shared_by_processes
from search.web.service_db import ServiceDb
from tests.fake_embedder import HashingEmbedder
from tests.fake_engine import FakeEngine
from tests.small_library import make_library
from tests.web_client import BASE, FAKE_COMMAND


def load(_: ModelInfo) -> HashingEmbedder:
    """The embedder of the small library."""
    return HashingEmbedder()


def figures(text: str) -> dict[str, float]:
    """A scrape's figures by name and labels."""
    lines = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in lines}


def test_stages_of_an_answer_are_timed(tmp_path: Path) -> None:
    """Each stage once a question, but encoding, where some texts go together; the second time its vectors are known."""
    metrics = Metrics()
    engine = Engine(make_library(tmp_path), Settings(), load, metrics)
    client = TestClient(create_app(engine, Settings(), metrics=metrics), base_url=BASE)
    client.get("/ask?q=What did Ostrel say about the ferry%3F")
    first = figures(client.get("/metrics").text)
    client.get("/ask?q=What did Ostrel say about the ferry%3F")
    second = figures(client.get("/metrics").text)
    for stage in ("retrieve", "rank", "answer"):
        name = f'quoth_stage_seconds_count{{stage="{stage}"}}'
        assert (first[name], second[name]) == (1, 2)
    encoded = 'quoth_stage_seconds_count{stage="encode"}'
    made = 'quoth_query_vectors_total{origin="model"}'
    assert 1 < first[encoded] < first[made]
    assert (second[encoded], second[made]) == (first[encoded], first[made])
    known = 'quoth_query_vectors_total{origin="cache"}'
    assert second[known] > first.get(known, 0)
    assert second["quoth_http_requests_running"] == 1
    assert second["quoth_published_timestamp_seconds"] > 1.7e9
    engine.close()


def test_a_stage_that_fails_is_timed_too() -> None:
    """Else what is slow and then breaks would not show."""

    class Watching(Unobserved):
        seen: tuple[str, ...] = ()

        def stage(self, name: str, seconds: float) -> None:
            self.seen += (name,)

    watching = Watching()
    with pytest.raises(ZeroDivisionError), timed(watching, "rank"):
        raise ZeroDivisionError
    assert watching.seen == ("rank",)


def test_an_engine_that_nobody_watches_answers(tmp_path: Path) -> None:
    """As on the command line."""
    engine = Engine(make_library(tmp_path), Settings(), load)
    assert engine.search(Query("ferry")).passages
    engine.close()


def test_waiting_changes_are_a_lag(tmp_path: Path) -> None:
    """0 while none waits; then the age of the oldest, whatever came after it."""
    settings = Settings(library=str(tmp_path))
    jobs = Jobs(settings, FAKE_COMMAND)
    client = TestClient(create_app(FakeEngine(), settings, jobs), base_url=BASE)
    idle = figures(client.get("/metrics").text)
    assert (idle["quoth_index_lag_seconds"], idle['quoth_jobs{state="queued"}']) == (0, 0)
    waiting = jobs.submit("index", ["done"])
    with ServiceDb(tmp_path).transaction() as connection:
        connection.execute("UPDATE jobs SET created = '2001-05-06T00:00:00.000Z' WHERE id = ?", (waiting.id,))
    jobs.submit("index", ["done"])
    busy = figures(client.get("/metrics").text)
    assert busy["quoth_index_lag_seconds"] > 3600
    assert busy['quoth_jobs{state="queued"}'] == 2
    jobs.cancel(waiting.id)
    assert figures(client.get("/metrics").text)["quoth_index_lag_seconds"] < 3600


def test_watched_files_that_are_behind_are_a_lag(tmp_path: Path) -> None:
    """Since when watching has last come round is told to every process, and taken back once it has."""
    settings = Settings(library=str(tmp_path), watch=(str(tmp_path),))
    jobs, other = Jobs(settings, FAKE_COMMAND), Jobs(settings, FAKE_COMMAND)
    jobs._watching._came_round = datetime.now(UTC) - timedelta(hours=2)
    jobs._note_lag()
    assert other.lag() > 3600
    jobs._watching._came_round = datetime.now(UTC)
    jobs._note_lag()
    assert other.lag() == 0


def test_processes_count_together_and_what_died_is_not_running() -> None:
    """A process that ended keeps its counts; the requests that it was at are gone with it."""
    code = "from search.web.metrics import Metrics; m = Metrics(); m.run(1); m.observe('GET', '/ask', 200, 0.1)"
    rendering = "from search.web.metrics import Metrics; import sys; sys.stdout.write(Metrics().render().decode())"
    with shared_by_processes():
        for _ in range(2):
            subprocess.run([sys.executable, "-c", code], check=True)
        ran = subprocess.run([sys.executable, "-c", rendering], check=True, capture_output=True, text=True)
        assert Path(os.environ[SHARED_VARIABLE]).is_dir()
    shown = figures(ran.stdout)
    assert shown['quoth_http_requests_total{method="GET",route="/ask",status="200"}'] == 2
    assert shown.get("quoth_http_requests_running", 0) == 0
    assert SHARED_VARIABLE not in os.environ
