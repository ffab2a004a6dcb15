"""No answer, and why: what was searched, and what came nearest."""

from collections.abc import Sequence

from index.library import Snapshot
from index.terms import term_texts
from index.types import Filters, StoredStatement
from search import views
from search.question import Question
from search.types import Passage, Refusal

NEAREST = 3


def refuse_plain(snapshot: Snapshot, wanted: Sequence[str], filters: Filters, nearest: Sequence[Passage]) -> Refusal:
    """Nothing that was searched shares a word with the question."""
    searched, _ = snapshot.documents(filters, 0, 0)
    if searched == 0:
        reason = "No document matches the filters." if filters.any else "The library holds no documents yet."
    else:
        reason = f"None of {_count(searched, 'document')} searched holds a word of the question."
    mentioning = snapshot.documents_with_terms(wanted) if wanted and searched else 0
    return Refusal(reason, searched, mentioning, 0, tuple(nearest[:NEAREST]))


def refuse_said(
    snapshot: Snapshot,
    asked: Question,
    filters: Filters,
    theirs: Sequence[StoredStatement],
    nearest: Sequence[Passage],
) -> Refusal:
    """A speaker said nothing on the topic; `theirs` are all their statements, nearest first."""
    speaker = asked.speaker or ""
    searched, _ = snapshot.documents(filters, 0, 0)
    surname = term_texts(speaker.split()[-1])
    mentioning = snapshot.documents_with_terms(surname) if surname else 0
    about = f" about {asked.topic}" if asked.topic else ""
    reason = (
        f"No statement by {speaker}{about} was found: {_count(searched, 'document')} searched, "
        f"{mentioning} mentioning {speaker}, {_count(len(theirs), 'statement')} by {speaker} on anything."
    )
    statements = tuple(views.statement(stored) for stored in theirs[:NEAREST])
    return Refusal(reason, searched, mentioning, len(theirs), statements or tuple(nearest[:NEAREST]))


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
