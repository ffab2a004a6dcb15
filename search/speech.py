"""Answers to “what did X say about Y”: X's own words first, and nobody else's under X's name."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from index.library import StatementQuery
from index.sentences import sentences
from index.terms import content_terms, term_texts
from index.types import StoredStatement
from search.asked import Asked, Outcome, statement_views
from search.contrary import Turns, turns
from search.dated import Dated, statements_then
from search.extract import extract
from search.mending import mended
from search.question import Question
from search.quotations import is_exact
from search.ranking import Found
from search.refusal import refuse_said
from search.relevance import Relevant, best_first, coverage, held, rank_statements, rarity, weigh
from search.roles import concepts, people
from search.sayers import Sayers, find_sayers, is_name_like
from search.synonyms import canonical
from search.testimony import SURE, place, said, said_over_time, sayer

_MOST_WEIGHED = 100
"""Of a speaker with more statements, only those near the topic by their paragraphs are weighed."""
_ITSELF_FIRST = 0.75
"""A body's own statement comes before those of its spokespeople if it is this relevant, compared with the best."""
_STRONGLY = 0.45
"""Asked what somebody offered or promised, what is told of it comes before words of theirs that are not as near."""
_TOLD = 0.5
"""A sentence with the speaker's name that holds this share of the topic's words tells of it."""
_VERB_WITHIN = 4
"""A verb of saying is a speaker's if it comes within so many words."""
_HELD_VIEW = 0.6
"""Of a position that may have changed, statements this relevant compared with the best one are shown by date."""


def answer_said(asked: Asked, question: Question) -> Outcome | None:
    """None where a role ("the guard") or a loose wording leaves room for what is told of the speaker."""
    sayers = find_sayers(asked.snapshot, asked.query.filters, question.speaker or "")
    if question.tentative and not sayers.all:
        return None
    dated = statements_then(asked.snapshot, question.when, sayers.all) if question.when and sayers.all else None
    if dated is not None:
        question, sayers = _then(question, sayers, dated)
    ranked = _about(asked, question, sayers)
    is_named = any(word[:1].isupper() for word in (question.topic or "").split())
    fitting = [one for one in ranked if (one.may_be_then(is_named) if question.is_occasion else one.is_about)]
    done = _done(question)
    fitting = [one for one in fitting if not done.are_turned_by(one.statement.cue, ())]
    sure = [one for one in fitting if one.statement.statement.confidence >= SURE]
    if sure and not (question.loosely and sure[0].relevance < _STRONGLY):
        return _answer(asked, question, _itself_first(sure, sayers), sayers.meant)
    told = _told(asked, question)
    if told and (question.loosely or not (sayers.is_known or is_name_like(sayers.typed) or dated)):
        text = extract(asked.snapshot, asked.probe, told, asked.settings.answer_words)
        return Outcome(text, None, statement_views([one.statement for one in sure], asked.query, text.citations))
    if sure:
        return _answer(asked, question, _itself_first(sure, sayers), sayers.meant)
    near = [one.statement for one in ranked]
    near += sorted((one for one in (*sayers.all, *(dated.others if dated else ())) if one not in near), key=place)
    return Outcome(None, refuse_said(asked, question, sayers, near, dated), ())


def _done(question: Question) -> Turns:
    """The verbs of a question that have a contrary, but for its topic's: who blamed the plan did not praise it."""
    topic = term_texts(question.topic or "")
    return Turns((), [verb for verb in turns(question.text).verbs if verb not in topic])


def _then(question: Question, sayers: Sayers, dated: Dated) -> tuple[Question, Sayers]:
    """Only what was said at the time asked for; where no date is known, the time is a topic's words like others."""
    if dated.is_known:
        then = {one.id for one in dated.then}
        own, deputies = (tuple(one for one in part if one.id in then) for part in (sayers.own, sayers.deputies))
        return question, replace(sayers, own=own, deputies=deputies)
    worded = dated.when.worded
    topic = f"{question.topic} {worded}" if question.topic else worded
    return replace(question, topic=topic, is_occasion=question.is_occasion or question.topic is None), sayers


def _answer(asked: Asked, question: Question, sure: list[Relevant], meant: str | None = None) -> Outcome:
    if question.over_time:
        sure = _by_date(sure)
    make = said_over_time if question.over_time else said
    wanted = [term.text for term in content_terms(question.topic or "")]
    if meant:
        # Who was meant must be seen: the name was typed otherwise.
        text = sayer(asked.snapshot, sure[0], wanted, asked.settings.answer_words)
    else:
        text = make(asked.snapshot, sure, asked.settings.answer_words, wanted)
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
    topic = asked.probe_for(mended(asked.snapshot, question.topic))
    if len(theirs) > _MOST_WEIGHED:
        ids = {one.speaker_id for one in theirs}
        query = StatementQuery(replace(asked.query.filters, speaker=ids.pop() if len(ids) == 1 else None))
        near = rank_statements(asked.snapshot, topic, query, asked.query.mode, asked.settings.candidates)
        known = {one.id for one in theirs}
        theirs = [one.statement for one in best_first(near, place) if one.statement.id in known][:_MOST_WEIGHED]
    weighed = weigh(asked.snapshot, topic, theirs, asked.vectors, is_occasion=question.is_occasion)
    return best_first(weighed, place)


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
    """Passages with a sentence that names the speaker and tells of the topic; asked what was said, that it was."""
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
    saying = None if question.loosely else _saying()
    done = _done(question)
    return [one for one in asked.read if wanted and _tells(one, wanted, words, saying, done)]


def _tells(
    found: Found, wanted: frozenset[str], words: dict[str, float], saying: frozenset[str] | None, done: Turns
) -> bool:
    text = found.paragraph.text
    parts = [text[start:end] for start, end in sentences(text, found.paragraph.document.language)]
    return any(
        wanted <= held(one)
        and not done.are_turned_by(one, ())
        and (not words or coverage(words, held(one)) >= _TOLD)
        and (saying is None or _says(one, wanted, saying))
        for one in parts
    )


def _says(sentence: str, wanted: frozenset[str], saying: frozenset[str]) -> bool:
    """Whether a verb of saying stands behind the speaker, near enough to be theirs; “told police” is not."""
    terms = [canonical(term) for term in term_texts(sentence)]
    last = max(i for i, term in enumerate(terms) if term in wanted)
    return not saying.isdisjoint(terms[last + 1 : last + 1 + _VERB_WITHIN])


@cache
def _saying() -> frozenset[str]:
    # Nouns are left out: “police, according to a report” say nothing.
    return frozenset(map(canonical, term_texts("say tell add warn argue insist explain write believe")))
