"""How much a text has to do with a topic, and which statements do."""

import math
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from index.library import Snapshot, StatementQuery
from index.terms import term_texts
from index.types import StoredParagraph, StoredStatement
from search.retrieve import Probe, retrieve
from search.types import Mode

MIN_COVERAGE = 0.3
"""A statement that holds this share of a topic's words is about it …"""
MIN_COSINE = 0.35
"""… or one whose paragraph is this near to it. On the samples' questions, statements on the topic
asked about lie at 0.35 to 0.80, those of the same speakers on other topics at 0.29 at most."""
_CONTEXT = 0.5
"""What a word counts that stands in the statement's paragraph, but not in the statement itself."""


@dataclass(frozen=True, slots=True)
class Relevant:
    """A statement with the share of the topic's words it holds, weighed by rarity, and its paragraph's cosine."""

    statement: StoredStatement
    coverage: float
    cosine: float

    @property
    def relevance(self) -> float:
        """0 to 1: words and meaning in equal parts."""
        return round((self.coverage + max(self.cosine, 0.0)) / 2, 4)

    @property
    def is_about(self) -> bool:
        """Whether the statement concerns the topic at all."""
        return self.coverage >= MIN_COVERAGE or self.cosine >= MIN_COSINE


def rarity(snapshot: Snapshot, wanted: Iterable[str]) -> dict[str, float]:
    """Weigh each term: 1 for one that no paragraph holds, less with every paragraph that does."""
    return {term: 1 / (1 + math.log1p(snapshot.document_frequency(term))) for term in wanted}


def coverage(weights: Mapping[str, float], held: Collection[str]) -> float:
    """Which share of the weights belongs to the terms that are held, 0 to 1."""
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in held) / total if total else 0.0


def rank_statements(snapshot: Snapshot, topic: Probe, query: StatementQuery, mode: Mode, n: int) -> list[Relevant]:
    """Find the statements that match `query` in the `n` paragraphs nearest to a topic, in the library's order."""
    pool = retrieve(snapshot, topic, mode, n, query.filters)
    rows = [row for row, cosine in pool.cosines.items() if cosine >= MIN_COSINE]
    rows = sorted({*rows, *pool.bm25})
    if not rows:
        return []
    paragraphs = {paragraph.row: paragraph for paragraph in snapshot.paragraphs(rows)}
    places = Places(list(paragraphs.values()))
    weights = rarity(snapshot, topic.terms)
    relevant = []
    for statement in snapshot.statements(replace(query, paragraphs=tuple(rows))):
        row = places.row_of(statement)
        own = coverage(weights, set(term_texts(statement.text)))
        around = coverage(weights, set(term_texts(paragraphs[row].text))) if row in paragraphs else 0.0
        relevant.append(Relevant(statement, max(own, _CONTEXT * around), pool.cosines.get(row, 0.0)))
    return relevant


class Places:
    """Which of some paragraphs a statement starts in."""

    def __init__(self, paragraphs: Sequence[StoredParagraph]) -> None:
        self._by_document: dict[str, list[tuple[int, int]]] = {}
        for paragraph in sorted(paragraphs, key=lambda p: p.start):
            self._by_document.setdefault(paragraph.document.id, []).append((paragraph.start, paragraph.row))

    def row_of(self, statement: StoredStatement) -> int:
        """The row, or -1 where none of the paragraphs begins before the statement does."""
        starts = self._by_document.get(statement.document.id, [])
        at = bisect_right(starts, (statement.statement.start, math.inf)) - 1
        return starts[at][1] if at >= 0 else -1
