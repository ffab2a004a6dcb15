"""Answers to “who said Y”: by words as typed, by words with a slip, or by what they mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.duplicates import NEGATIONS, signature
from index.library import StatementQuery
from index.sentences import sentences
from index.terms import content_terms, term_texts
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
of the news and samples 17 are; of 16 things that nobody said in the news 7 are, and 3 pass `_Asserted` as well."""
_MEANING = 0.6
"""The part of meaning in the mean."""
_LEAST_SHARED = 2
"""One rare word is not what was said."""
_LEAST_HELD = 0.5
"""Of what is no name, the share that a statement itself must hold: who names Russia has not said that it leaves."""
_AROUND = 400
"""So many characters before and after a statement may name whom its pronouns mean."""
_STEM = 5
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


class _Asserted:
    """What somebody is asked to have said, by what may not be missing where the words are others."""

    def __init__(self, text: str) -> None:
        marks = signature(text)
        self._names = frozenset(map(canonical, marks.names))
        self._others = frozenset(canonical(term.text) for term in content_terms(text)) - self._names
        self._denies = _denies(text)

    def may_be_said_by(self, asked: Asked, statement: StoredStatement) -> bool:
        """Whether a statement has half of the words, all names at least near it, and denies what is denied."""
        spoken = statement.said
        if len(self._names | self._others) < _LEAST_SHARED or not self._names <= self._near(asked, statement):
            return False
        parts = [spoken[start:end] for start, end in sentences(spoken, "en")]
        best = max(parts, key=lambda part: len(held(part) & (self._others | self._names)), default="")
        return len(held(spoken) & self._others) >= _LEAST_HELD * len(self._others) and _denies(best) == self._denies

    def _near(self, asked: Asked, statement: StoredStatement) -> frozenset[str]:
        """The terms of a statement's surroundings, each name also by the start that it shares with its adjective."""
        text = asked.snapshot.document(statement.document.id).text
        around = held(text[max(0, statement.statement.start - _AROUND) : statement.statement.end + _AROUND])
        starts = {term[:_STEM] for term in around}
        return around | {name for name in self._names if len(name) >= _STEM and name[:_STEM] in starts}


def _denies(text: str) -> bool:
    return not NEGATIONS.isdisjoint(signature(text).turns)


def answer_who_said(asked: Asked, question: Question) -> Outcome | None:
    """None where what is asked for may be told in other words than the speaker's own."""
    topic = asked.probe_for(question.topic or "")
    query = StatementQuery(asked.query.filters, min_confidence=SURE)
    ranked = best_first(
        rank_statements(asked.snapshot, topic, query, asked.query.mode, asked.settings.candidates), place
    )
    ranked = _in_role(asked, question, ranked)
    candidates = _candidates(asked, topic, ranked, question)
    asserted = _Asserted(topic.text)
    fitting = sorted(
        (
            one
            for one in candidates
            if one.is_quoted
            or (one.likeness >= LEAST_LIKENESS and asserted.may_be_said_by(asked, one.relevant.statement))
        ),
        key=lambda one: one.rank,
    )
    if fitting:
        best = fitting[0].relevant
        text = sayer(asked.snapshot, best, topic.terms, asked.settings.answer_words)
        if question.quotation:
            text = replace(text, exact=is_exact(question.quotation, best.statement.said))
        said = [one.relevant.statement for one in fitting]
        return Outcome(text, None, statement_views(said, asked.query, text.citations))
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
        spoken = one.statement.said
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


def _is_quoted(wanted: str, found: Sequence[Found]) -> bool:
    """Whether words stand in a passage with quotation marks, though as nobody's statement."""
    terms = f" {' '.join(term_texts(wanted))} "
    texts = (one.paragraph.text for one in found)
    return any(not _QUOTES.isdisjoint(text) and terms in f" {' '.join(term_texts(text))} " for text in texts)
