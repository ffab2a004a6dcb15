"""Alerts: questions that are kept, and which statements were reported for each. They lie in `service.db`."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from index.types import Filters
from search.engine import Engine
from search.question import parse
from search.types import StatementsQuery, StatementView
from search.web.errors import AlertNotFoundError
from search.web.service_db import ServiceDb, read

_TABLE_SINCE = 3


@dataclass(frozen=True, slots=True)
class Alert:
    """A question that is kept; `asked` is when its statements were last reported."""

    id: str
    question: str
    created: str
    asked: str


@dataclass(frozen=True, slots=True)
class AlertReport:
    """The statements that an alert had not reported yet, oldest first."""

    alert: Alert
    generation: int
    statements: tuple[StatementView, ...]


class Alerts:
    """The alerts of one library. Nothing is opened, or made, before it is needed."""

    def __init__(self, library: Path) -> None:
        self._library = library

    def standing(self) -> list[Alert]:
        """Every alert, the oldest first."""
        rows = read(self._library, _TABLE_SINCE, "SELECT id, question, created, asked FROM alerts ORDER BY number")
        return [Alert(*row) for row in rows]

    def get(self, id: str) -> Alert:  # noqa: A002 - the contract's name
        """Look up an alert. Raises AlertNotFoundError."""
        found = next((alert for alert in self.standing() if alert.id == id), None)
        if found is None:
            raise AlertNotFoundError(id)
        return found

    def add(self, engine: Engine, question: str) -> Alert:
        """Keep a question; what the library holds already is not news.

        Raises EmptyQueryError, InvalidValueError, LibraryMissingError, LibraryReadOnlyError.
        """
        _, known = statements_for(engine, question)
        alert = Alert("a_" + secrets.token_hex(4), question, _now(), _now())
        with ServiceDb(self._library).transaction() as connection:
            connection.execute(
                "INSERT INTO alerts (id, question, created, asked) VALUES (?, ?, ?, ?)",
                (alert.id, alert.question, alert.created, alert.asked),
            )
            connection.executemany(
                "INSERT INTO reported (alert, statement) VALUES (?, ?)", ((alert.id, one.id) for one in known)
            )
        return alert

    def remove(self, id: str) -> Alert:  # noqa: A002 - the contract's name
        """Forget an alert. Raises AlertNotFoundError, LibraryReadOnlyError."""
        alert = self.get(id)
        with ServiceDb(self._library).transaction() as connection:
            connection.execute("DELETE FROM reported WHERE alert = ?", (id,))
            connection.execute("DELETE FROM alerts WHERE id = ?", (id,))
        return alert

    def check(self, engine: Engine, id: str) -> AlertReport:  # noqa: A002 - the contract's name
        """Report what is new since the last time, and remember that it was.

        Two that check at the same time never both report a statement. Raises AlertNotFoundError and
        what listing statements raises.
        """
        alert = self.get(id)
        generation, found = statements_for(engine, alert.question)
        with ServiceDb(self._library).transaction() as connection:
            rows = connection.execute("SELECT statement FROM reported WHERE alert = ?", (id,))
            fresh = _without(found, {row["statement"] for row in rows})
            # What left the library is forgotten with it: should it come back, it is news again.
            connection.execute("DELETE FROM reported WHERE alert = ?", (id,))
            connection.executemany(
                "INSERT INTO reported (alert, statement) VALUES (?, ?)", ((id, one.id) for one in found)
            )
            connection.execute("UPDATE alerts SET asked = ? WHERE id = ?", (_now(), id))
        return AlertReport(alert, generation, fresh)

    def reported(self, id: str) -> set[str]:  # noqa: A002 - the contract's name
        """The ids of the statements that an alert has reported."""
        rows = read(self._library, _TABLE_SINCE, "SELECT statement FROM reported WHERE alert = ?", id)
        return {row["statement"] for row in rows}


def statements_for(engine: Engine, question: str) -> tuple[int, tuple[StatementView, ...]]:
    """The generation, and all statements that a question is about, oldest first.

    Those of a speaker where it names one that the library knows, else whosesoever they are. Raises EmptyQueryError,
    InvalidValueError, LibraryMissingError.
    """
    asked = parse(question)
    if asked.intent == "said" and asked.speaker:
        page = engine.statements(StatementsQuery(asked.topic, filters=Filters(speaker=asked.speaker)))
        if page.total or not asked.tentative or engine.speakers(Filters(speaker=asked.speaker)).total:
            return page.generation, page.statements
    about = asked.topic if asked.intent == "who_said" and asked.topic else question
    page = engine.statements(StatementsQuery(about))
    return page.generation, page.statements


def _without(found: Iterable[StatementView], known: set[str]) -> tuple[StatementView, ...]:
    return tuple(one for one in found if one.id not in known)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
