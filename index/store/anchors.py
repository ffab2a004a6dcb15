"""Corrections of statements, found again: an upgrade of the rules may give the same words another id."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace

from index.store.filters import live
from index.store.identity import Correction
from index.terms import term_texts

LEAST_ALIKE = 0.6
"""Of the words of both wordings, the share they must have in common: a clause more or less, not another sentence."""


def anchored(db: sqlite3.Connection, generation: int, corrections: Iterable[Correction]) -> list[Correction]:
    """The same corrections; one whose statement has another id by now names it by that.

    It is the statement of the same document whose words are most like those that were corrected. One
    whose document or words are gone stays as it was recorded, for when they come back.
    """
    found = []
    for one in corrections:
        is_lost = one.wording is not None and wording(db, generation, one.subject) is None
        found.append(
            replace(one, subject=_most_alike(db, generation, one.subject, one.wording or "")) if is_lost else one
        )
    # two that name one statement by other ids: the later holds
    last = {one.subject: one.number for one in found if one.wording is not None}
    return [one for one in found if one.wording is None or last[one.subject] == one.number]


def wording(db: sqlite3.Connection, generation: int, statement: str) -> str | None:
    """What a statement says, by its id; None where a generation holds no such statement."""
    document, _, suffix = statement.rpartition("~")
    return next((worded for known, worded in _statements(db, generation, document) if known == suffix), None)


def _most_alike(db: sqlite3.Connection, generation: int, statement: str, recorded: str) -> str:
    document = statement.rpartition("~")[0]
    wanted = frozenset(term_texts(recorded))
    best, likeness = statement, 0.0
    for suffix, worded in _statements(db, generation, document):
        said = frozenset(term_texts(worded))
        alike = len(wanted & said) / max(1, len(wanted | said))
        if alike >= LEAST_ALIKE and alike > likeness:
            best, likeness = f"{document}~{suffix}", alike
    return best


def _statements(db: sqlite3.Connection, generation: int, document: str) -> Iterator[tuple[str, str]]:
    """The statements of a document in order: what follows the document in their ids, and what they say."""
    content, text = db.execute(
        f"SELECT c.content, c.text FROM documents d JOIN contents c USING (content) WHERE d.id = ? "
        f"AND {live('d', generation)}",
        (document,),
    ).fetchone() or (None, "")
    query = (
        f"SELECT s.suffix, s.spans FROM statements s WHERE s.content = ? AND {live('s', generation)} "
        "ORDER BY s.start, s.statement"
    )
    for suffix, spans in db.execute(query, (content,)):
        yield suffix, " ".join(text[start:end] for start, end in json.loads(spans))
