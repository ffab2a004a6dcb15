"""What a run has to do in a library though none of its inputs changed; told by rows and manifest, without its lock."""

import sqlite3
import time

from index.errors import LibraryDamagedError
from index.store import publish
from index.store.generations import Generations, Manifest
from index.store.schema import FOREVER
from index.store.state import State

_READ = ("documents", "paragraphs", "statements")


def whole_manifest(db: sqlite3.Connection, generations: Generations) -> Manifest | None:
    """What is served now, if it is of these rows and whole; else everything is derived anew."""
    try:
        number = generations.current()
        # Another library's name: the database that these indexes were made of is lost.
        is_ours = generations.token().split()[1:] == State(db).identity.encode().split()
        if number is None or not is_ours:
            return None
        manifest = generations.manifest(number)
        generations.check_sizes(manifest)
    except LibraryDamagedError:
        return None
    return manifest


def is_changed_in(db: sqlite3.Connection, generation: int) -> bool:
    """Whether anything comes or goes with this generation."""
    query = "SELECT 1 FROM {} WHERE born = :g OR died = :g LIMIT 1"
    return any(db.execute(query.format(table), {"g": generation}).fetchone() for table in _READ)


def is_purge_due(served: Manifest) -> bool:
    """Whether removed text has waited in an index for so long that it goes at any price."""
    # Later than it could have been set for, it was set by a clock that was wrong.
    return served.purge_pending and not 0 < served.purge_after - time.time() <= publish.PURGE_AFTER_S


def is_to_purge(served: Manifest, up_to: int) -> bool:
    """Whether the indexes are made anew for the sake of removed text, in a library of up to so many paragraphs."""
    return served.purge_pending and (served.counts.paragraphs <= up_to or (up_to > 0 and is_purge_due(served)))


def is_unfinished(db: sqlite3.Connection, generations: Generations) -> bool:
    """Whether a run would find something to do: rows to publish or to purge, an index to make anew, texts to embed."""
    state, served = State(db), whole_manifest(db, generations)
    if served is None:
        return bool(state.published or state.is_lacking or generations.current())
    if served.generation < state.published or is_changed_in(db, served.generation + 1):
        return True
    if served.compaction_due or is_to_purge(served, publish.PURGE_AT_END_UP_TO):
        return True
    return state.is_lacking or state.is_checkpoint_due or bool(state.to_zero) or _holds_dead_rows(db, served.generation)


def _holds_dead_rows(db: sqlite3.Connection, generation: int) -> bool:
    query = "SELECT 1 FROM {} WHERE died <= ? LIMIT 1"
    return any(db.execute(query.format(table), (generation,)).fetchone() for table in (*_READ, "contents"))


def live_documents(db: sqlite3.Connection) -> int:
    """How many documents the pending generation has."""
    return int(db.execute("SELECT count(*) FROM documents WHERE died = ?", (FOREVER,)).fetchone()[0])
