"""What a library remembers of itself beside its documents: a few named values in one table."""

import json
import secrets
import sqlite3
from typing import Any


class State:
    """Typed access to the table `library`; writes belong to the caller's transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    @property
    def identity(self) -> str:
        """A random name, given when the library is made: tells it from another in the same place."""
        return str(self._get("identity", ""))

    def name_it(self) -> None:
        """Give the library its name, once."""
        if not self.identity:
            self._put("identity", secrets.token_hex(8))

    @property
    def published(self) -> int:
        """The last generation that was made; CURRENT may lead by one."""
        return int(self._get("published", 0))

    @published.setter
    def published(self, generation: int) -> None:
        self._put("published", generation)

    @property
    def is_lacking(self) -> bool:
        """Whether a live text may lack its vector: since a rebuild began, or since vectors were lost."""
        return bool(self._get("lacking", 0))

    @is_lacking.setter
    def is_lacking(self, value: bool) -> None:
        self._put("lacking", int(value))

    @property
    def is_base_stale(self) -> bool:
        """Whether slots were forgotten that the vector index still holds."""
        return bool(self._get("base_stale", 0))

    @is_base_stale.setter
    def is_base_stale(self, value: bool) -> None:
        self._put("base_stale", int(value))

    @property
    def is_checkpoint_due(self) -> bool:
        """Whether the log may still hold text that was deleted."""
        return bool(self._get("checkpoint_due", 0))

    @is_checkpoint_due.setter
    def is_checkpoint_due(self, value: bool) -> None:
        self._put("checkpoint_due", int(value))

    @property
    def to_zero(self) -> list[tuple[int, int]]:
        """(model, slot) of vectors whose rows are gone and whose bytes are still to be zeroed."""
        return [(model, slot) for model, slot in json.loads(self._get("to_zero", "[]"))]

    @to_zero.setter
    def to_zero(self, slots: list[tuple[int, int]]) -> None:
        self._put("to_zero", json.dumps(slots))

    def slots_given(self, model: int) -> int:
        """A lower bound of one more than the highest slot ever given, which rows alone may forget."""
        return int(self._get(f"slots:{model}", 0))

    def note_slots_given(self, model: int, slots: int) -> None:
        """Raise that bound."""
        self._put(f"slots:{model}", slots)

    def slots_checked(self, model: int) -> int:
        """The slots below this one were either used by a published text, or released."""
        return int(self._get(f"checked:{model}", 0))

    def note_slots_checked(self, model: int, slots: int) -> None:
        """Move that mark."""
        self._put(f"checked:{model}", slots)

    def slots_settled(self, model: int) -> int | None:
        """How many slots were given when last a run came to its end; None where it was an earlier version's."""
        found = self._get(f"settled:{model}", None)
        return None if found is None else int(found)

    def note_slots_settled(self, model: int, slots: int) -> None:
        """Move that mark."""
        self._put(f"settled:{model}", slots)

    def _get(self, key: str, default: Any) -> Any:
        row = self._db.execute("SELECT value FROM library WHERE key = ?", (key,)).fetchone()
        return default if row is None else row[0]

    def _put(self, key: str, value: Any) -> None:
        if self._get(key, None) != value:
            self._db.execute("INSERT OR REPLACE INTO library VALUES (?, ?)", (key, value))
