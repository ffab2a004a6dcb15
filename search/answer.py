"""From a question and its passages to an answer or a refusal."""

from index.library import StatementQuery
from index.terms import content_terms, term_texts
from index.types import StoredStatement
from search.asked import Asked, Outcome, statement_views
from search.extract import extract
from search.question import parse
from search.refusal import refuse_plain
from search.relevance import best_first, weigh
from search.speech import answer_said
from search.testimony import place
from search.who import answer_who_said

_NAMED = 0.15
"""So much more relevant is a statement to a question that names its speaker."""


def answer(asked: Asked) -> Outcome:
    """Answer from statements where they are asked for, else from sentences; or refuse."""
    question = parse(asked.query.text)
    outcome: Outcome | None = None
    if question.intent == "said":
        outcome = answer_said(asked, question)
    elif question.intent == "who_said":
        outcome = answer_who_said(asked, question)
    return outcome or _plain(asked)


def _plain(asked: Asked) -> Outcome:
    words = tuple(dict.fromkeys(term.text for term in content_terms(asked.query.text)))
    shared = asked.snapshot.lexical(words, 1, asked.query.filters) if words else []
    if not shared or not asked.found:
        return Outcome(None, refuse_plain(asked.snapshot, words, asked.query.filters, asked.passages), ())
    text = extract(asked.snapshot, asked.probe, asked.found, asked.settings.answer_words)
    return Outcome(text, None, statement_views(_lying_there(asked), asked.query))


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
