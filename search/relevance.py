"""How much a text has to do with a topic, and which statements do."""

import math
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.library import Snapshot, StatementQuery
from index.sentences import sentences
from index.terms import term_texts
from index.types import Span, StoredParagraph, StoredStatement
from search.retrieve import Probe, by_words, retrieve
from search.synonyms import canonical
from search.types import Mode

MIN_RELEVANCE = 0.25
"""A statement at least this relevant to a topic is about it. Of 61 questions on the news and the samples whose speaker
did say something, 57 have such a statement; of 1,529 pairs of a topic and a speaker who said nothing on it, 4 in 100 do
(7 in 100 where speaker and topic are of the same few articles)."""
MIN_COSINE = 0.35
"""A paragraph at least this near to a topic is looked at for statements about it, whatever its words."""
_OWN, _SENTENCE, _PARAGRAPH, _BEFORE, _OPENING, _MEANING = 0.1, 0.15, 0.15, 0.1, 0.05, 0.45
"""What it counts that a topic's words are in the statement, in its sentence with the cue, in its paragraph, in the one
before, in the article's title and first paragraph, and how near it is by meaning; chosen on the same pairs, where other
weights do as well."""
_OCCASION, _NAMED = 0.6, 0.12
"""An occasion takes this share of the relevance that a topic does; one with a name (“in Sarn”) also this coverage,
about what a sentence with all its words has: a likeness of meaning tells nothing of where somebody was."""
_OWN_PART = 0.6
"""A statement that is this much of its paragraph is as near to a topic as the paragraph is."""
_MOST_NEARER = 0.3
"""The cosine of a statement's own text is hardly ever greater than its paragraph's by more: of 1,426 in a hundred by
.17, once by .42. Who could not be about a topic even so is not embedded."""
_LEAST_FREQUENT = 2
"""Rarer terms of a topic weigh no more: a word that the library lacks may be the user's own for what it has."""
_REMEMBERED = 4096
"""So many texts keep their terms: the same paragraphs are weighed for question after question."""
_FIRST = 1_000
"""So many paragraphs near a topic are looked for first: there are seldom as many that are near enough."""
_MOST_ENCODED = 12
"""So many statements are looked at for whether to embed them by themselves, the most promising ones."""
_KIND = {"direct": 2, "mixed": 1, "indirect": 0}

Vector = npt.NDArray[np.float32]
Encode = Callable[[Sequence[str]], Sequence[Vector]]


@dataclass(frozen=True, slots=True)
class Relevant:
    """A statement with what tells its nearness to a topic.

    `coverage` is the share of the topic's words, weighed by rarity, that it holds or that stand around it,
    which count less: 0 to `_MEANING` less than 1. `cosine` is that of its own text, `around` that of its
    paragraph; both are None in lexical mode, `cosine` also where it was not embedded by itself.
    """

    statement: StoredStatement
    coverage: float
    cosine: float | None = None
    around: float | None = None

    @property
    def relevance(self) -> float:
        """0 to 1; in lexical mode, words alone."""
        meaning = max(self.cosine or 0.0, self.around or 0.0)
        return round(self.coverage / (1 - _MEANING) if self.around is None else self.coverage + _MEANING * meaning, 4)

    @property
    def is_about(self) -> bool:
        """Whether the statement concerns the topic at all."""
        return self.relevance >= MIN_RELEVANCE

    def may_be_then(self, is_named: bool) -> bool:
        """Whether the statement may belong to an occasion: that is told in fewer words, and further off."""
        is_told = not is_named or self.around is None or self.coverage >= _NAMED
        return is_told and self.relevance >= _OCCASION * MIN_RELEVANCE


def best_first(
    relevant: Iterable[Relevant], place: Callable[[StoredStatement], tuple[str, str, int, int, str]]
) -> list[Relevant]:
    """Order by relevance, then words before reports of them, then confidence, then as `place` has it."""
    return sorted(
        relevant,
        key=lambda one: (
            -one.relevance,
            -_KIND[one.statement.statement.kind],
            -one.statement.statement.confidence,
            place(one.statement),
        ),
    )


def rarity(snapshot: Snapshot, wanted: Iterable[str], least: int = 0, steepness: int = 2) -> dict[str, float]:
    """Weigh each term: less with every paragraph that holds it, or with `least` where fewer do."""
    return {term: weight_of(max(least, snapshot.document_frequency(term)), steepness) for term in wanted}


def weight_of(count: int, steepness: int = 2) -> float:
    """What a term weighs that so many paragraphs hold: 1 where none does."""
    return 1 / (1 + math.log1p(count)) ** steepness


def coverage(weights: Mapping[str, float], held: Collection[str]) -> float:
    """Which share of the weights belongs to the terms that are held, 0 to 1."""
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in held) / total if total else 0.0


def rank_statements(
    snapshot: Snapshot, topic: Probe, query: StatementQuery, mode: Mode, n: int, *, only_about: bool = False
) -> list[Relevant]:
    """Find the statements that match `query` in the `n` paragraphs nearest to a topic, in the library's order.

    With `only_about`, those that are about it.
    """
    words = by_words(snapshot, topic, mode, n, query.filters)
    # Further down by meaning than this nothing is looked at, wherever that is: so it is not looked for at once.
    pool = retrieve(snapshot, topic, mode, min(n, _FIRST), query.filters, words)
    if n > _FIRST and sum(cosine >= MIN_COSINE for cosine in pool.cosines.values()) >= _FIRST:
        pool = retrieve(snapshot, topic, mode, n, query.filters, words)
    rows = [row for row, cosine in pool.cosines.items() if cosine >= MIN_COSINE]
    rows = sorted({*rows, *pool.bm25})
    if not rows:
        return []
    statements = snapshot.statements(replace(query, paragraphs=tuple(rows)))
    weights = _weights(snapshot, topic)
    places = Places(snapshot.paragraphs(rows), Wanted(weights).held)
    least = MIN_RELEVANCE if only_about else 0.0
    weighed = _weighed(weights, topic, statements, places, pool.cosines, least)
    return [one for one in weighed if one.is_about] if only_about else weighed


def weigh(
    snapshot: Snapshot,
    topic: Probe,
    statements: Sequence[StoredStatement],
    encode: Encode | None = None,
    *,
    is_occasion: bool = False,
) -> list[Relevant]:
    """Weigh given statements, wherever they stand, in the order given; loads each of their documents.

    With `encode`, those of the most promising statements that may be about the topic, which with `is_occasion` names
    one, get a vector of their own.
    """
    ids = dict.fromkeys(one.document.id for one in statements)
    weights = _weights(snapshot, topic)
    every = (p for identity in ids for p in snapshot.document(identity).paragraphs)
    places = Places([p for p in every if p.kind == "body"], Wanted(weights).held)
    rows = sorted({places.row_of(one) for one in statements} - {-1})
    cosines: dict[int, float] = {}
    if topic.vector is not None and rows:
        cosines = dict(zip(rows, snapshot.cosines(topic.vector, rows), strict=True))
    weighed = _weighed(weights, topic, statements, places, cosines)
    least = MIN_RELEVANCE * (_OCCASION if is_occasion else 1)
    return _with_own_vectors(weighed, topic.vector, encode, least) if encode else weighed


def _weights(snapshot: Snapshot, topic: Probe) -> dict[str, float]:
    """What each of a topic's words weighs, in canonical terms."""
    weights: dict[str, float] = {}
    for term, weight in rarity(snapshot, topic.terms, _LEAST_FREQUENT).items():
        weights[canonical(term)] = max(weight, weights.get(canonical(term), 0.0))
    return weights


def _weighed(
    weights: Mapping[str, float],
    topic: Probe,
    statements: Iterable[StoredStatement],
    places: "Places",
    cosines: Mapping[int, float],
    least: float = 0.0,
) -> list[Relevant]:
    """Weigh statements, in the order given; those that are sure to be less relevant than `least` may be left out."""
    relevant = []
    for one in statements:
        row = places.row_of(one)
        own, paragraph = places.held(one.text), places.terms_at(row)
        parts = _Parts(
            own=coverage(weights, own),
            sentence=coverage(weights, own | paragraph),
            paragraph=coverage(weights, paragraph),
            before=coverage(weights, places.terms_at(places.before(row))),
            opening=coverage(weights, places.opening_of(one)),
        )
        around = cosines.get(row, 0.0) if topic.vector is not None else None
        cosine = around if places.share(one, row) >= _OWN_PART else None
        found = Relevant(one, parts.share, cosine, around)
        # A sentence holds what the statement does, and at most what the paragraph does; cutting it takes long.
        if found.relevance >= least and not own >= paragraph:
            parts = parts._replace(sentence=coverage(weights, places.sentence_of(one, row)))
            found = replace(found, coverage=parts.share)
        if found.relevance >= least:
            relevant.append(found)
    return relevant


class Wanted:
    """Tells which of some terms texts hold; what was found to hold none is not taken apart again."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._terms = frozenset(terms)
        self._barren: set[str] = set()

    def held(self, text: str) -> frozenset[str]:
        """Of `held(text)` what is wanted."""
        found: set[str] = set()
        for word in set(text.split()) - self._barren:
            there = self._terms.intersection(map(canonical, term_texts(word)))
            if there:
                found |= there
            else:
                self._barren.add(word)
        return frozenset(found)


class _Parts(NamedTuple):
    """Which share of a topic's words, weighed by rarity, each of those places holds that `coverage` is made of."""

    own: float
    sentence: float
    paragraph: float
    before: float
    opening: float

    @property
    def share(self) -> float:
        """What they come to."""
        return (
            _OWN * self.own
            + _SENTENCE * self.sentence
            + _PARAGRAPH * self.paragraph
            + _BEFORE * self.before
            + _OPENING * self.opening
        )


@lru_cache(maxsize=_REMEMBERED)
def held(text: str) -> frozenset[str]:
    """The terms of a text as topics are compared with them: synonyms and spellings of names in one form."""
    return frozenset(map(canonical, term_texts(text)))


def _with_own_vectors(
    weighed: Sequence[Relevant], topic: Vector | None, encode: Encode, least: float
) -> list[Relevant]:
    """Embed the most promising statements: a paragraph's vector also tells of its title, and of what else it holds.

    Not those that would be less relevant than `least` however near.
    """
    if topic is None:
        return list(weighed)
    promising = sorted(range(len(weighed)), key=lambda i: (-weighed[i].relevance, i))[:_MOST_ENCODED]
    encoded = [i for i in promising if weighed[i].relevance + _MEANING * _MOST_NEARER >= least]
    found = list(weighed)
    if encoded:
        for i, vector in zip(encoded, encode([weighed[i].statement.text for i in encoded]), strict=True):
            found[i] = replace(weighed[i], cosine=round(float(topic @ vector), 4))
    return found


@lru_cache(maxsize=_REMEMBERED)
def _sentences(text: str, language: str | None) -> tuple[Span, ...]:
    return tuple(sentences(text, language))


class Places:
    """Which of some paragraphs a statement starts in, and what stands around it, in canonical terms."""

    def __init__(self, paragraphs: Sequence[StoredParagraph], terms_of: Callable[[str], frozenset[str]] = held) -> None:
        """`terms_of` tells what a text holds, if not all of it matters."""
        self.held = terms_of
        self._by_document: dict[str, list[tuple[int, int]]] = {}
        self._by_row = {paragraph.row: paragraph for paragraph in paragraphs}
        self._before: dict[int, int] = {}
        self._terms: dict[int, frozenset[str]] = {-1: frozenset()}
        self._openings: dict[str, frozenset[str]] = {}
        for paragraph in sorted(paragraphs, key=lambda p: p.start):
            rows = self._by_document.setdefault(paragraph.document.id, [])
            self._before[paragraph.row] = rows[-1][1] if rows else -1
            rows.append((paragraph.start, paragraph.row))

    def row_of(self, statement: StoredStatement) -> int:
        """The row, or -1 where none of the paragraphs begins before the statement does."""
        starts = self._by_document.get(statement.document.id, [])
        at = bisect_right(starts, (statement.statement.start, math.inf)) - 1
        return starts[at][1] if at >= 0 else -1

    def before(self, row: int) -> int:
        """The paragraph before, of those given, or -1."""
        return self._before.get(row, -1)

    def terms_at(self, row: int) -> frozenset[str]:
        """What a paragraph holds."""
        if row not in self._terms:
            self._terms[row] = self.held(self._by_row[row].text)
        return self._terms[row]

    def opening_of(self, statement: StoredStatement) -> frozenset[str]:
        """What the title and the first paragraph of the statement's document hold."""
        document = statement.document
        if document.id not in self._openings:
            first = self._by_document.get(document.id, [(0, -1)])[0][1]
            self._openings[document.id] = self.held(document.title or "") | self.terms_at(first)
        return self._openings[document.id]

    def sentence_of(self, statement: StoredStatement, row: int | None = None) -> frozenset[str]:
        """What the sentences with the statement, its cue and its sayer hold: when, where and to whom it was said.

        `row` is what `row_of` gives, where that is known.
        """
        paragraph = self._by_row.get(self.row_of(statement) if row is None else row)
        if paragraph is None:
            return self.held(statement.text)
        said = statement.statement
        spans = [(said.start, said.end), said.cue, said.mention or said.cue]
        first, last = min(start for start, _ in spans) - paragraph.start, max(end for _, end in spans) - paragraph.start
        inside = [
            paragraph.text[start:end]
            for start, end in _sentences(paragraph.text, paragraph.document.language)
            if start < last and end > first
        ]
        return self.held(" ".join((*inside, statement.text)))

    def share(self, statement: StoredStatement, row: int) -> float:
        """How much of its paragraph, at that row, a statement is; more than 1 where it goes on in the next."""
        paragraph = self._by_row.get(row)
        return len(statement.text) / max(1, len(paragraph.text)) if paragraph else 0.0
