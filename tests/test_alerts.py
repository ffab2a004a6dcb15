"""Alerts: a question that is kept reports each statement once, when it is new."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from index import sync
from search.engine import Engine
from search.settings import Settings
from search.web.alerts import Alerts, statements_for
from search.web.app import create_app
from search.web.errors import AlertNotFoundError
from search.web.jobs import Jobs
from search.web.service_db import FILE_NAME
from tests.fake_embedder import HashingEmbedder
from tests.small_library import article, make_library
from tests.web_client import BASE, FAKE_COMMAND, assert_problem

LATER = "“The islanders may keep the ferry,” Marta Ostrel said on Friday.\n"
OTHERS = "“Frost came back,” said Oda Lind, a grower.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of a few articles."""
    make_library(tmp_path).close()
    return tmp_path


@pytest.fixture
def engine(folder: Path) -> Iterator[Engine]:
    """Its engine."""
    from index.library import open_library

    engine = Engine(open_library(folder), Settings(library=str(folder)), lambda info: HashingEmbedder())
    yield engine
    engine.close()


def add(folder: Path, name: str, text: str) -> None:
    """Index one more article."""
    from index.library import open_library

    library = open_library(folder)
    sync.add(library, [article(name, text, published="2031-06-01")], HashingEmbedder())
    library.close()


def test_an_alert_reports_each_statement_once(folder: Path, engine: Engine) -> None:
    """What was there before is not news, what comes is reported, and the next check leaves it out."""
    alerts = Alerts(folder)
    assert alerts.standing() == []
    assert not (folder / FILE_NAME).exists()
    alert = alerts.add(engine, "Marta Ostrel on the ferry")
    assert alerts.check(engine, alert.id).statements == ()
    add(folder, "later", LATER)
    add(folder, "others", OTHERS)
    fresh = alerts.check(engine, alert.id).statements
    assert [one.text for one in fresh] == ["“The islanders may keep the ferry,”"]
    assert alerts.check(engine, alert.id).statements == ()
    assert alerts.get(alert.id).asked >= alert.asked


def test_a_statement_that_went_and_came_back_is_news(folder: Path, engine: Engine) -> None:
    """What leaves the library is forgotten, here too."""
    from index.library import open_library

    alerts = Alerts(folder)
    alert = alerts.add(engine, "What did Marta Ostrel say?")
    for _ in range(2):
        add(folder, "later", LATER)
        assert len(alerts.check(engine, alert.id).statements) == 1
        library = open_library(folder)
        sync.remove(library, ["later"])
        library.close()
        assert alerts.check(engine, alert.id).statements == ()


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("Marta Ostrel on the ferry", "We are ready to sell the ferry"),
        ("What did Ms. Ostrel say about the ferry?", "The islanders have had nine years"),
        ("who said a ferry without islanders is only a boat?", "A ferry without islanders"),
        ("frost and blossom in May", "I have not seen such a May"),
    ],
)
def test_every_kind_of_question_can_be_kept(engine: Engine, question: str, holds: str) -> None:
    """By speaker and topic, by words, or by topic alone."""
    assert any(holds in one.text for one in statements_for(engine, question)[1])


def test_alerts_are_listed_and_removed(folder: Path, engine: Engine) -> None:
    """Oldest first; one that is not there is an error that names it."""
    alerts = Alerts(folder)
    first, second = alerts.add(engine, "Marta Ostrel"), alerts.add(engine, "frost")
    assert [one.id for one in alerts.standing()] == [first.id, second.id]
    alerts.remove(first.id)
    assert alerts.standing() == [second]
    assert alerts.reported(first.id) == set()
    with pytest.raises(AlertNotFoundError, match=first.id):
        alerts.check(engine, first.id)


def test_alerts_over_http(folder: Path, engine: Engine) -> None:
    """Kept, listed, checked, forgotten; without a library to write to there are none."""
    settings = Settings(library=str(folder))
    client = TestClient(create_app(engine, settings, Jobs(settings, FAKE_COMMAND)), BASE)
    made = client.post("/alerts", json={"question": "Marta Ostrel on the ferry"})
    assert made.status_code == 201
    where = made.headers["location"]
    assert client.get("/alerts").json() == {"total": 1, "alerts": [made.json()]}
    assert client.get(where).json()["question"] == "Marta Ostrel on the ferry"
    add(folder, "later", LATER)
    assert [one["document"]["id"] for one in client.post(where + "/check").json()["statements"]] == ["later"]
    assert client.post(where + "/check").json()["statements"] == []
    assert client.delete(where).status_code == 204
    assert_problem(client.get(where), 404, "alert-not-found")
    assert_problem(client.post("/alerts", json={"question": "  "}), 422, "empty-query")
    frozen = TestClient(create_app(engine, settings), BASE)
    assert_problem(frozen.post("/alerts", json={"question": "ferry"}), 403, "read-only-server")


def test_new_statements_are_streamed_as_they_come(folder: Path, engine: Engine) -> None:
    """The stream says at once that it listens, then sends what the next generation holds, with its own id."""
    alert = Alerts(folder).add(engine, "Marta Ostrel on the ferry")

    async def scenario() -> list[str]:
        lines: list[str] = []
        sent = asyncio.Queue[bytes]()
        scope = {
            "type": "http", "method": "GET", "path": f"/alerts/{alert.id}/events", "headers": [(b"host", b"127.0.0.1")],
            "query_string": b"", "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "scheme": "http",
            "http_version": "1.1", "root_path": "",
        }  # fmt: skip
        gone = asyncio.Event()

        async def receive() -> dict[str, object]:
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: object) -> None:
            assert isinstance(message, dict)
            sent.put_nowait(message.get("body", b""))

        app = create_app(engine, Settings(library=str(folder)))
        serving = asyncio.create_task(app(scope, receive, send))
        while ": listening" not in lines:
            lines += (await sent.get()).decode().splitlines()
        await asyncio.to_thread(add, folder, "later", LATER)
        while not any(line.startswith("data: ") for line in lines):
            lines += (await sent.get()).decode().splitlines()
        gone.set()
        await serving
        return lines

    lines = asyncio.run(asyncio.wait_for(scenario(), 60))
    event = lines.index("event: statement")
    streamed = json.loads(lines[event + 2].removeprefix("data: "))
    assert lines[event + 1] == f"id: {streamed['id']}"
    assert streamed["document"]["id"] == "later"
    assert Alerts(folder).check(engine, alert.id).statements[0].id == streamed["id"]
    client = TestClient(create_app(engine, Settings(library=str(folder))), BASE)
    assert_problem(client.get("/alerts/none/events"), 404, "alert-not-found")
