"""From a question and its passages to an answer or a refusal."""

from index.library import StatementQuery
from index.terms import term_texts
from index.types import StoredStatement
from search import evidence, strangers
from search.asked import Asked, Outcome, statement_views
from search.extract import compose
from search.given import is_given
from search.question import parse
from search.reading import read
from search.refusal import NEAREST, refuse_plain
from search.relevance import best_first, weigh
from search.speech import answer_said
from search.testimony import place
from search.who import answer_who_said

_ENOUGH_TOLD = 0.5
"""So probable must an answer by sentences be to a question that may have asked for statements, of which none fits."""
_LEAST_SURE = 0.1
"""An answer of less confidence is none: of 26 so unsure ones of the judged sets one is right (docs/refusal.md)."""
_NAMED = 0.15
"""So much more relevant is a statement to a question that names its speaker."""


def answer(asked: Asked) -> Outcome:
    """Answer from statements where they are asked for, else from sentences; or refuse.

    Many a question is worded like one about speech (“What did X call Y?”) and isn't: where no statement answers it,
    and it does not ask for words, sentences may that are near enough.
    """
    question = parse(asked.query.text)
    outcome: Outcome | None = None
    if question.intent == "said":
        outcome = answer_said(asked, question)
    elif question.intent == "who_said":
        outcome = answer_who_said(asked, question)
    if outcome is None:
        return _plain(asked, evidence.ENOUGH)
    if outcome.refusal and not question.asks_for_words:
        told = _plain(asked, _ENOUGH_TOLD)
        return told if told.answer else outcome
    return outcome


def _plain(asked: Asked, enough: float) -> Outcome:
    snapshot, probe = asked.snapshot, asked.probe
    if asked.read:
        reading = read(snapshot, probe, asked.read, asked.settings.answer_words)
        found = evidence.weigh(snapshot, probe, reading, asked.probe_for)
        if found.probability >= enough:
            text = compose(snapshot, probe, reading, found.probability, asked.settings.answer_words)
            cited = text.citations
            is_sure = text.confidence is None or text.confidence >= _LEAST_SURE
            is_theirs = is_sure and not strangers.is_of_others(snapshot, probe, reading, cited)
            if is_theirs and is_given(probe.text, reading, cited):
                return Outcome(text, None, statement_views(_lying_there(asked), asked.query))
    lacks = evidence.missing(snapshot, probe, reading if asked.read else None, NEAREST)
    return Outcome(None, refuse_plain(asked, lacks), ())


def _lying_there(asked: Asked) -> list[StoredStatement]:
    """The statements of the passages found, the nearest to the question first; whom it names comes before others."""
    rows = tuple(one.paragraph.row for one in asked.found)
    statements = asked.snapshot.statements(StatementQuery(asked.query.filters, paragraphs=rows))
    ranked = best_first(weigh(asked.snapshot, asked.probe, statements), place)
    asked_for = set(asked.probe.terms)
    ranked.sort(key=lambda one: -one.relevance - _NAMED * _is_named(one.statement, asked_for))
    return [one.statement for one in ranked]


def _is_named(statement: StoredStatement, terms: set[str]) -> bool:
    return bool(statement.speaker) and not terms.isdisjoint(term_texts((statement.speaker or "").split()[-1]))
