"""API keys: who may read, write or administer. They lie in `service.db`, as hashes."""

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from index.errors import InvalidValueError
from search.types import KeyScope
from search.web.errors import KeyNotFoundError
from search.web.service_db import ServiceDb, read

SCOPES: tuple[KeyScope, ...] = ("read", "write", "admin")
"""Each allows what those before it allow: asking; changing documents and corrections; making and revoking keys."""
PREFIX = "quoth_"
"""What a key begins with, so that scanners for leaked secrets can tell it."""
SECRET_BYTES = 32
MAX_NAME = 200
REFRESH_SECONDS = 1.0
"""How soon a server sees that another process made or revoked a key."""
_TABLE_SINCE = 2


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of a key; the key itself is shown once, when it is made."""

    id: str
    name: str
    scope: KeyScope
    created: str


@dataclass(frozen=True, slots=True)
class NewKey(Key):
    """A key that was just made, with its secret."""

    key: str


class Keys:
    """The keys of one library's service. Nothing is opened, or made, before it is needed."""

    def __init__(self, library: Path) -> None:
        self._library = library

    def standing(self) -> list[Key]:
        """Every key, the oldest first."""
        return [key for key, _ in self.hashed()]

    def hashed(self) -> list[tuple[Key, str]]:
        """Every key with its hash; none where no service of this version has been here."""
        rows = read(self._library, _TABLE_SINCE, "SELECT id, name, scope, created, hash FROM keys ORDER BY created, id")
        return [(Key(row["id"], row["name"], row["scope"], row["created"]), row["hash"]) for row in rows]

    def create(self, name: str, scope: KeyScope) -> NewKey:
        """Make a key. Raises InvalidValueError, LibraryReadOnlyError."""
        label = name.strip()
        if not label or len(label) > MAX_NAME or not label.isprintable():
            raise InvalidValueError("name", name, f"1 to {MAX_NAME} printable characters that tell whose key it is")
        secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
        made = Key("k_" + secrets.token_hex(4), label, scope, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
        with ServiceDb(self._library).transaction() as connection:
            connection.execute(
                "INSERT INTO keys (id, name, scope, created, hash) VALUES (?, ?, ?, ?, ?)",
                (made.id, made.name, made.scope, made.created, hash_of(secret)),
            )
        return NewKey(made.id, made.name, made.scope, made.created, secret)

    def revoke(self, id: str) -> Key:  # noqa: A002 - the contract's name
        """Forget a key: servers refuse it within a second. Raises KeyNotFoundError, LibraryReadOnlyError."""
        found = next((key for key in self.standing() if key.id == id), None)
        if found is None:
            raise KeyNotFoundError(id)
        with ServiceDb(self._library).transaction() as connection:
            connection.execute("DELETE FROM keys WHERE id = ?", (id,))
        return found


class Keyring:
    """What a server checks requests against: the keys of its library, read again every second, and the operator's own.

    Safe to use from many threads.
    """

    def __init__(self, keys: Keys, operator_key: str | None) -> None:
        self._keys = keys
        self._operator = (
            [(Key("operator", "QUOTH_API_KEY", "admin", ""), hash_of(operator_key))] if operator_key else []
        )
        self._known: Sequence[tuple[Key, str]] = ()
        self._read_at = float("-inf")
        self._lock = threading.Lock()

    def is_empty(self) -> bool:
        """Whether nobody was given a key."""
        return not self._current()

    def find(self, secret: bytes) -> Key | None:
        """The key that this is. Every known one is compared, in constant time: the delay tells nothing."""
        sent = hashlib.sha256(secret).hexdigest()
        found = None
        for key, known in self._current():
            if hmac.compare_digest(sent, known):
                found = key
        return found

    def _current(self) -> Sequence[tuple[Key, str]]:
        with self._lock:
            if time.monotonic() - self._read_at >= REFRESH_SECONDS:
                self._known = [*self._operator, *self._keys.hashed()]
                self._read_at = time.monotonic()
            return self._known


def allows(scope: KeyScope, needed: KeyScope) -> bool:
    """Whether a key of this scope may do what needs that one."""
    return SCOPES.index(scope) >= SCOPES.index(needed)


def hash_of(secret: str) -> str:
    """SHA-256, without salt or stretching: a key has 256 random bits, so there is nothing to guess."""
    return hashlib.sha256(secret.encode()).hexdigest()
