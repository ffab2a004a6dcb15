"""Answers made of sentences: the ones of the best passages that hold most of what was asked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.library import Snapshot
from index.sentences import sentences
from index.terms import term_texts
from search.question import parse
from search.ranking import Found
from search.relevance import coverage, rarity
from search.retrieve import Probe
from search.testimony import MAX_CITATIONS, Slice, assemble
from search.types import Answer

PASSAGES = 10
"""So many of the best passages are read for sentences."""
_PASSAGE_WEIGHT = 1.0
"""What a passage's own score counts beside the words of a sentence."""
_FIGURE = 0.15
"""What a figure counts in a sentence where the question asks for one."""
_QUOTATION = 0.15
"""What a quotation mark counts where the question asks for words."""
_CLOSE = 0.6
"""A further sentence must score at least this share of the best one's."""
_SAME = 0.8
"""Sentences that share more of their words than this say the same."""
_ASKS_FIGURE = re.compile(
    r"\b(?:how (?:many|much|old|long|high|deep|far|tall|big)|when|what year|which year)\b", re.IGNORECASE
)


_QUOTES = frozenset('"“”„«»')


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of a passage: which one of which, its span in the paragraph, its words and terms."""

    passage: int
    number: int
    start: int
    end: int
    words: int
    terms: frozenset[str]
    score: float


def extract(snapshot: Snapshot, probe: Probe, found: Sequence[Found], max_words: int) -> Answer:
    """Answer with whole sentences of the first passages (there must be one), at most `max_words` in all.

    One sentence is shown whole however long it is.
    """
    weights = rarity(snapshot, probe.terms)
    top = found[:PASSAGES]
    ranked = _scored(probe.text, weights, top)
    chosen = _chosen(ranked, max_words)
    slices = []
    for passage in dict.fromkeys(sentence.passage for sentence in chosen):
        paragraph = top[passage].paragraph
        document = snapshot.document(paragraph.document.id)
        for start, end in _runs([sentence for sentence in chosen if sentence.passage == passage]):
            slices.append(Slice(document, (paragraph.start + start, paragraph.start + end), paragraph))
    shared = coverage(weights, frozenset().union(*(sentence.terms for sentence in chosen)))
    cosine = max(0.0, top[chosen[0].passage].cosine or 0.0)
    return assemble(slices, "extract", shared if probe.vector is None else (shared + cosine) / 2)


def _scored(question: str, weights: Mapping[str, float], top: Sequence[Found]) -> list[_Sentence]:
    """Every sentence, best first; equal ones in the order of passages and text."""
    asks_words = parse(question).intent != "plain"
    asks_figure = _ASKS_FIGURE.search(question) is not None
    scored = []
    for passage, one in enumerate(top):
        text = one.paragraph.text
        for number, (start, end) in enumerate(sentences(text, one.paragraph.document.language)):
            held = frozenset(term_texts(text[start:end]))
            score = coverage(weights, held) + _PASSAGE_WEIGHT * one.score
            if asks_figure and any(c.isdigit() for c in text[start:end]):
                score += _FIGURE
            if asks_words and not _QUOTES.isdisjoint(text[start:end]):
                score += _QUOTATION
            words = len(text[start:end].split())
            scored.append(_Sentence(passage, number, start, end, words, held, round(score, 4)))
    return sorted(scored, key=lambda s: (-s.score, s.passage, s.number))


def _chosen(ranked: Sequence[_Sentence], max_words: int) -> list[_Sentence]:
    chosen = [ranked[0]]
    left = max_words - ranked[0].words
    for sentence in ranked[1:]:
        if sentence.score < _CLOSE * ranked[0].score:
            break
        known = any(_alike(sentence, other) for other in chosen)
        if sentence.words <= left and not known and _citations([*chosen, sentence]) <= MAX_CITATIONS:
            chosen.append(sentence)
            left -= sentence.words
    return chosen


def _alike(one: _Sentence, other: _Sentence) -> bool:
    union = one.terms | other.terms
    return not union or len(one.terms & other.terms) / len(union) > _SAME


def _citations(chosen: Sequence[_Sentence]) -> int:
    passages = {sentence.passage for sentence in chosen}
    return sum(len(_runs([s for s in chosen if s.passage == passage])) for passage in passages)


def _runs(chosen: Sequence[_Sentence]) -> list[tuple[int, int]]:
    """Spans of one paragraph: sentences that follow each other are one."""
    runs: list[tuple[int, int]] = []
    previous = -2
    for sentence in sorted(chosen, key=lambda s: s.number):
        if sentence.number == previous + 1:
            runs[-1] = (runs[-1][0], sentence.end)
        else:
            runs.append((sentence.start, sentence.end))
        previous = sentence.number
    return runs
