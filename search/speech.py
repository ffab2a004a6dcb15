"""Answers to “what did X say about Y”: X's own words first, and nobody else's under X's name."""

from collections.abc import Sequence
from dataclasses import replace

from index.library import StatementQuery
from index.sentences import sentences
from index.terms import content_terms, term_texts
from index.types import StoredStatement
from search.asked import Asked, Outcome, statement_views
from search.extract import extract
from search.question import Question
from search.quotations import is_exact
from search.ranking import Found
from search.refusal import refuse_said
from search.relevance import Relevant, best_first, coverage, held, rank_statements, rarity, weigh
from search.roles import concepts, people
from search.sayers import Sayers, find_sayers, is_name_like
from search.synonyms import canonical
from search.testimony import SURE, place, said, said_over_time

_MOST_WEIGHED = 100
"""Of a speaker with more statements, only those near the topic by their paragraphs are weighed."""
_ITSELF_FIRST = 0.75
"""A body's own statement comes before those of its spokespeople if it is this relevant, compared with the best."""
_STRONGLY = 0.45
"""Asked what somebody offered or promised, what is told of it comes before words of theirs that are not as near."""
_TOLD = 0.5
"""A sentence with the speaker's name that holds this share of the topic's words tells of it."""
_HELD_VIEW = 0.6
"""Of a position that may have changed, statements this relevant compared with the best one are shown by date."""


def answer_said(asked: Asked, question: Question) -> Outcome | None:
    """None where a role ("the guard") or a loose wording leaves room for what is told of the speaker."""
    sayers = find_sayers(asked.snapshot, asked.query.filters, question.speaker or "")
    if question.tentative and not sayers.all:
        return None
    ranked = _about(asked, question, sayers)
    fitting = [one for one in ranked if one.is_about or (question.is_occasion and one.may_be_then)]
    sure = [one for one in fitting if one.statement.statement.confidence >= SURE]
    if sure and not (question.loosely and sure[0].relevance < _STRONGLY):
        return _answer(asked, question, _itself_first(sure, sayers))
    told = _told(asked, question)
    if told and (question.loosely or not (sayers.is_known or is_name_like(sayers.typed))):
        text = extract(asked.snapshot, asked.probe, told, asked.settings.answer_words)
        return Outcome(text, None, statement_views([one.statement for one in sure], asked.query, text.citations))
    if sure:
        return _answer(asked, question, _itself_first(sure, sayers))
    near = [one.statement for one in ranked]
    near += sorted((one for one in sayers.all if one not in near), key=place)
    return Outcome(None, refuse_said(asked, question, sayers, near), ())


def _answer(asked: Asked, question: Question, sure: list[Relevant]) -> Outcome:
    if question.over_time:
        sure = _by_date(sure)
    make = said_over_time if question.over_time else said
    text = make(asked.snapshot, sure, asked.settings.answer_words)
    if question.quotation:
        exact = any(is_exact(question.quotation, citation.text) for citation in text.citations)
        text = replace(text, exact=exact)
    # A position over time is listed by date, whatever the answer cites.
    first = () if question.over_time else text.citations
    return Outcome(text, None, statement_views([one.statement for one in sure], asked.query, first))


def _about(asked: Asked, question: Question, sayers: Sayers) -> list[Relevant]:
    """A speaker's statements by relevance to the topic; without a topic the latest come first."""
    theirs: Sequence[StoredStatement] = sayers.all
    if question.topic is None:
        latest = sorted(sorted(theirs, key=place), key=lambda one: one.document.published or "", reverse=True)
        return [Relevant(one, 1.0) for one in latest]
    topic = asked.probe_for(question.topic)
    if len(theirs) > _MOST_WEIGHED:
        ids = {one.speaker_id for one in theirs}
        query = StatementQuery(replace(asked.query.filters, speaker=ids.pop() if len(ids) == 1 else None))
        near = rank_statements(asked.snapshot, topic, query, asked.query.mode, asked.settings.candidates)
        known = {one.id for one in theirs}
        theirs = [one.statement for one in best_first(near, place) if one.statement.id in known][:_MOST_WEIGHED]
    return best_first(weigh(asked.snapshot, topic, theirs, lambda text: asked.probe_for(text).vector), place)


def _itself_first(sure: list[Relevant], sayers: Sayers) -> list[Relevant]:
    """Of a body, what it said itself before what its spokespeople said."""
    if not sayers.deputies:
        return sure
    deputies = {one.id for one in sayers.deputies}
    best = sure[0].relevance

    def comes_later(one: Relevant) -> bool:
        return one.statement.id in deputies or one.relevance < _ITSELF_FIRST * best

    return sorted(sure, key=comes_later)


def _by_date(sure: list[Relevant]) -> list[Relevant]:
    """The most relevant ones, oldest first, and the rest as they come; undated documents stay by relevance."""
    if sum(one.statement.document.published is not None for one in sure) < 2:
        return sure
    close = [one for one in sure if one.relevance >= _HELD_VIEW * sure[0].relevance]
    return sorted(close, key=lambda one: place(one.statement)) + sure[len(close) :]


def _told(asked: Asked, question: Question) -> list[Found]:
    """Passages with a sentence that names the speaker and tells of the topic."""
    typed = question.speaker or ""
    speaker = [term.text for term in content_terms(typed)]
    if is_name_like(typed):
        speaker = speaker[-1:]
    elif called := concepts(typed) & people():
        # “the governor” is enough where “the governor of the Bank” is asked for
        speaker = [term for term in speaker if not called.isdisjoint(concepts(term))] or speaker
    wanted = frozenset(map(canonical, speaker))
    topic = rarity(asked.snapshot, map(canonical, dict.fromkeys(term_texts(question.topic or ""))))
    words = {term: weight for term, weight in topic.items() if term not in wanted}
    return [one for one in asked.found if wanted and _tells(one, wanted, words)]


def _tells(found: Found, wanted: frozenset[str], words: dict[str, float]) -> bool:
    text = found.paragraph.text
    terms = [held(text[start:end]) for start, end in sentences(text, found.paragraph.document.language)]
    return any(wanted <= one and (not words or coverage(words, one) >= _TOLD) for one in terms)
