"""What answering a question needs, and what comes of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.library import Snapshot
from index.types import StoredStatement
from search import views
from search.ranking import Found
from search.retellings import fold_statements
from search.retrieve import Probe, Vector
from search.settings import Settings
from search.testimony import place
from search.types import Answer, Citation, Passage, Query, Refusal, StatementView


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer or a refusal, never both, and the statements that belong to it."""

    answer: Answer | None
    refusal: Refusal | None
    statements: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """All that answering needs: the library, the question, its passages, and ways to probe a topic and encode texts.

    `found` are the passages to show, `read` those to answer from: as many whatever `query.k` is, and by merit.
    """

    snapshot: Snapshot
    query: Query
    settings: Settings
    probe: Probe
    probe_for: Callable[[str], Probe]
    vectors: Callable[[Sequence[str]], Sequence[Vector]]
    found: Sequence[Found]
    read: Sequence[Found]
    passages: Sequence[Passage]


def statement_views(
    statements: Sequence[StoredStatement], query: Query, cited: Sequence[Citation] = ()
) -> tuple[StatementView, ...]:
    """The first `query.k` statements, the same words in several documents folded if the query says so.

    Those that `cited` show come first, and are never cut off: a citation is shown with its sayer.
    """
    ordered = sorted(statements, key=lambda one: not any(_is_cited(one, citation) for citation in cited))
    most = max(query.k, len(cited))
    if not query.collapse:
        return tuple(views.statement(one) for one in ordered[:most])
    return folded_views(ordered[: 3 * most])[:most]


def _is_cited(one: StoredStatement, citation: Citation) -> bool:
    said = one.statement
    return one.document.id == citation.document.id and said.start < citation.end and citation.start < said.end


def folded_views(statements: Sequence[StoredStatement]) -> tuple[StatementView, ...]:
    """Statements in the order given, each with the other tellings of it; the earliest leads."""
    return tuple(folded_view([statements[i] for i in group]) for group in fold_statements(statements))


def folded_view(group: Sequence[StoredStatement]) -> StatementView:
    """One statement, told several times: the earliest leads."""
    first, *others = sorted(group, key=place)
    return views.statement(first, others)
