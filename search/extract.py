"""Answers made of sentences: the ones of the best passages that hold most of what was asked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.library import Snapshot
from index.sentences import sentences
from index.terms import term_texts
from index.types import Span, StoredParagraph
from search.headings import headed, is_heading_line, is_title
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

_HEADED = 0.5
"""What a word of the question counts that stands in the heading above a sentence, and not in itself."""
_QUOTES = frozenset('"“”„«»')


@dataclass(frozen=True, slots=True)
class _Passage:
    """A paragraph to take sentences from, the terms of the heading above it, and whether it is a heading itself."""

    paragraph: StoredParagraph
    score: float
    cosine: float | None
    above: frozenset[str] = frozenset()
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of a passage: which one of which, its span in the paragraph, its words and terms.

    `is_near` is whether it or the heading above it shares a word with the question.
    """

    passage: int
    number: int
    start: int
    end: int
    words: int
    terms: frozenset[str]
    score: float
    is_near: bool
    is_heading: bool


def extract(snapshot: Snapshot, probe: Probe, found: Sequence[Found], max_words: int) -> Answer:
    """Answer with whole sentences of the first passages (there must be one), at most `max_words` in all.

    One sentence is shown whole however long it is. A heading answers only where nothing else shares a word with
    the question; what it heads is read, too.
    """
    weights = rarity(snapshot, probe.terms)
    top = _passages(snapshot, found[:PASSAGES])
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


def _passages(snapshot: Snapshot, found: Sequence[Found]) -> list[_Passage]:
    """The passages found, and behind them what the headings among them head."""
    passages = {one.paragraph.row: _Passage(one.paragraph, one.score, one.cosine) for one in found}
    for one in found:
        below = None
        # A title heads all of its document, not the next paragraph; a document is read only for the other headings.
        if not is_title(one.paragraph) and is_heading_line(one.paragraph.text):
            below = headed(snapshot.document(one.paragraph.document.id), one.paragraph)
        if below is not None or is_title(one.paragraph):
            passages[one.paragraph.row] = replace(passages[one.paragraph.row], is_heading=True)
        if below is None:
            continue
        known = passages.get(below.row, _Passage(below, one.score, one.cosine))
        passages[below.row] = replace(known, above=known.above | frozenset(term_texts(one.paragraph.text)))
    return list(passages.values())


def _scored(question: str, weights: Mapping[str, float], top: Sequence[_Passage]) -> list[_Sentence]:
    """The sentences to answer with, best first; equal ones in the order of passages and text."""
    asks_words = parse(question).intent != "plain"
    asks_figure = _ASKS_FIGURE.search(question) is not None
    scored = []
    for passage, one in enumerate(top):
        text = one.paragraph.text
        spans = sentences(text, one.paragraph.document.language)
        above = one.above
        for number, (start, end) in enumerate(spans):
            held = frozenset(term_texts(text[start:end]))
            is_heading = one.is_heading or (number + 1 < len(spans) and _heads(text, spans[number], spans[number + 1]))
            shared = coverage(weights, held)
            around = coverage(weights, held | above)
            score = shared + _HEADED * (around - shared) + _PASSAGE_WEIGHT * one.score
            if asks_figure and any(c.isdigit() for c in text[start:end]):
                score += _FIGURE
            if asks_words and not _QUOTES.isdisjoint(text[start:end]):
                score += _QUOTATION
            words = len(text[start:end].split())
            scored.append(_Sentence(passage, number, start, end, words, held, round(score, 4), around > 0, is_heading))
            above = above | held if is_heading else above
    telling = [sentence for sentence in scored if not sentence.is_heading]
    if not any(sentence.is_near for sentence in telling):
        telling = scored
    return sorted(telling, key=lambda s: (-s.score, s.passage, s.number))


def _heads(text: str, line: Span, below: Span) -> bool:
    """Whether a line within a paragraph is a heading above a sentence, and not one of several rows."""
    is_alone = "\n" in text[line[1] : below[0]] and not is_heading_line(text[slice(*below)])
    return is_alone and is_heading_line(text[slice(*line)])


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
