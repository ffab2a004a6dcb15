"""What to say of a library nothing of which can be read yet: its first run is at it, was stopped, or found nothing."""

import sqlite3
from pathlib import Path

from index.errors import FirstRun, LibraryUnpublishedError
from index.store.generations import is_being_written
from index.store.state import State


def unborn(root: Path) -> LibraryUnpublishedError:
    """For a database that has no tables yet."""
    return LibraryUnpublishedError(root, FirstRun.GOES_ON if is_being_written(root) else FirstRun.STOPPED)


def unpublished(root: Path, db: sqlite3.Connection) -> LibraryUnpublishedError:
    """Tells by the writer's lock and by what the rows say is still to do."""
    if is_being_written(root):
        return LibraryUnpublishedError(root, FirstRun.GOES_ON)
    state = State(db)
    # A run that ends has settled what lacked vectors; one that found nothing has left no document.
    has_documents = db.execute("SELECT 1 FROM documents LIMIT 1").fetchone() is not None
    was_stopped = not state.identity or state.is_lacking or has_documents
    return LibraryUnpublishedError(root, FirstRun.STOPPED if was_stopped else FirstRun.FOUND_NOTHING)
