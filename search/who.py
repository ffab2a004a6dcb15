"""Answers to “who said Y”: by words as typed, by words with a slip, or by what they mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.library import StatementQuery
from index.terms import term_texts
from index.types import StoredStatement
from search.asked import Asked, Outcome, statement_views
from search.question import Question
from search.quotations import LEAST_WORDS, MOST_SLIPS, is_exact, slips, words
from search.ranking import Found
from search.refusal import nobody_said
from search.relevance import Relevant, best_first, coverage, held, rank_statements, rarity
from search.retrieve import Probe
from search.sayers import find_sayers
from search.synonyms import canonical
from search.testimony import SURE, place, sayer

LEAST_LIKENESS = 0.46
"""A statement is what somebody is asked to have said if words and meaning are this near in the mean. Of 21 paraphrases
of the news and samples 17 are; of 23 things that nobody said 4 are taken for what says nearly so, or the opposite."""
_MEANING = 0.6
"""The part of meaning in the mean."""
_LEAST_SHARED = 2
"""One rare word is not what was said."""
_LEAST_TYPED = 5
"""So many words typed without quotation marks are told from others with slips."""
_MOST_COMPARED = 40
_MOST_ENCODED = 10
_WORDS = re.compile(r"\b(?:said|says|told|saying|whose)\b|[\"“„«'‘]", re.IGNORECASE)
"""“Who said …” and “Who called it “…”” ask for words; who “claimed the prize” may be told in any."""
_QUOTES = frozenset('"“”„«»')


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A statement with how near it is to what was asked for: `slips` a word, and `likeness` of words and meaning."""

    relevant: Relevant
    slips: float
    likeness: float

    @property
    def is_quoted(self) -> bool:
        """Whether these are the words, but for a slip."""
        return self.slips <= MOST_SLIPS

    @property
    def rank(self) -> tuple[bool, bool, float, float]:
        """Words before meaning; sentences with an unnamed sayer only where nobody with a name said the same."""
        return (
            self.relevant.statement.speaker is None,
            not self.is_quoted,
            self.slips if self.is_quoted else 0.0,
            -self.likeness,
        )


def answer_who_said(asked: Asked, question: Question) -> Outcome | None:
    """None where what is asked for may be told in other words than the speaker's own."""
    topic = asked.probe_for(question.topic or "")
    query = StatementQuery(asked.query.filters, min_confidence=SURE)
    ranked = best_first(
        rank_statements(asked.snapshot, topic, query, asked.query.mode, asked.settings.candidates), place
    )
    ranked = _in_role(asked, question, ranked)
    candidates = _candidates(asked, topic, ranked, question)
    fitting = sorted(
        (one for one in candidates if one.is_quoted or one.likeness >= LEAST_LIKENESS), key=lambda one: one.rank
    )
    if fitting:
        best = fitting[0].relevant
        text = sayer(asked.snapshot, best, topic.terms, asked.settings.answer_words)
        if question.quotation:
            text = replace(text, exact=is_exact(question.quotation, _spoken(best.statement)))
        return Outcome(text, None, statement_views([one.relevant.statement for one in fitting], asked.query))
    if not _WORDS.search(question.text.partition(topic.text)[0]) or _is_quoted(topic.text, asked.found):
        return None
    return Outcome(None, nobody_said(asked, topic, ranked), ())


def _in_role(asked: Asked, question: Question, ranked: list[Relevant]) -> list[Relevant]:
    """“Which historian”: only historians, where the library knows who is one."""
    if question.speaker is None:
        return ranked
    known = {one.id for one in find_sayers(asked.snapshot, asked.query.filters, question.speaker).all}
    return [one for one in ranked if one.statement.id in known] or ranked


def _candidates(asked: Asked, topic: Probe, ranked: Sequence[Relevant], question: Question) -> list[_Candidate]:
    """The nearest statements that are somebody's, with how they compare with what was typed."""
    typed = words(question.quotation or topic.text)
    may_slip = len(typed) >= (LEAST_WORDS if question.quotation else _LEAST_TYPED)
    weights = {canonical(term): weight for term, weight in rarity(asked.snapshot, topic.terms).items()}
    found = []
    somebodys = [one for one in ranked if one.statement.mention is not None]
    for i, one in enumerate(somebodys[:_MOST_COMPARED]):
        spoken = _spoken(one.statement)
        slipped = slips(typed, words(spoken)) if may_slip else 1.0
        shared = weights.keys() & held(spoken)
        likeness = coverage(weights, shared)
        if topic.vector is not None:
            vector = asked.probe_for(spoken).vector if i < _MOST_ENCODED and one.cosine is None else None
            near = float(topic.vector @ vector) if vector is not None else one.cosine or one.around or 0.0
            likeness = (1 - _MEANING) * likeness + _MEANING * near
        is_enough = len(shared) >= min(_LEAST_SHARED, len(weights))
        found.append(_Candidate(one, slipped, round(likeness, 4) if is_enough else 0.0))
    return found


def _spoken(statement: StoredStatement) -> str:
    """What was said, without the cue that may stand in between."""
    start = statement.statement.start
    return " ".join(statement.text[first - start : end - start] for first, end in statement.statement.spans)


def _is_quoted(wanted: str, found: Sequence[Found]) -> bool:
    """Whether words stand in a passage with quotation marks, though as nobody's statement."""
    terms = f" {' '.join(term_texts(wanted))} "
    texts = (one.paragraph.text for one in found)
    return any(not _QUOTES.isdisjoint(text) and terms in f" {' '.join(term_texts(text))} " for text in texts)
