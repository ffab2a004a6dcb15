"""No answer, and why: what was searched, and what came nearest."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.library import Snapshot, StatementQuery
from index.terms import content_terms, term_texts
from index.types import Filters, StoredStatement
from search import views
from search.asked import Asked
from search.names import is_name
from search.question import Question
from search.relevance import Relevant, best_first, rank_statements
from search.retrieve import Probe
from search.sayers import Sayers
from search.testimony import place
from search.types import Passage, Refusal, StatementView

NEAREST = 3
_MOST_PARAGRAPHS = 2_000
"""So many paragraphs with any of several spellings of a name are counted by document."""


def refuse_plain(snapshot: Snapshot, wanted: Sequence[str], filters: Filters, nearest: Sequence[Passage]) -> Refusal:
    """Nothing that was searched shares a word with the question."""
    searched, _ = snapshot.documents(filters, 0, 0)
    if searched == 0:
        reason = "No document matches the filters." if filters.any else "The library holds no documents yet."
    else:
        reason = f"None of {_count(searched, 'document')} searched holds a word of the question."
    mentioning = snapshot.documents_with_terms(wanted) if wanted and searched else 0
    return Refusal(reason, searched, mentioning, 0, tuple(nearest[:NEAREST]))


def refuse_said(asked: Asked, question: Question, sayers: Sayers, theirs: Sequence[StoredStatement]) -> Refusal:
    """A speaker said nothing on the topic; `theirs` are all their statements, nearest first.

    Where others did, the reason names them, and of a speaker who said nothing at all theirs are the nearest.
    """
    speaker = question.speaker or ""
    searched, _ = asked.snapshot.documents(asked.query.filters, 0, 0)
    mentioning = _mentioning(asked.snapshot, speaker, theirs) if searched else 0
    about = f" about {question.topic}" if question.topic else ""
    reason = (
        f"No statement by {speaker}{about} was found: {_count(searched, 'document')} searched, "
        f"{mentioning} mentioning {speaker}, {_count(len(sayers.own), 'statement')} by {speaker} on anything."
    )
    if sayers.deputies:
        reason += f" Those who speak for {speaker} made {_count(len(sayers.deputies), 'statement')}."
    others = _by_others(asked, question, theirs) if searched else []
    if others:
        reason += f" About this, {_names(one.statement for one in others)} did say something."
    nearest: Sequence[StatementView | Passage]
    nearest = [views.statement(one) for one in (*theirs, *(one.statement for one in others))[:NEAREST]]
    return Refusal(reason, searched, mentioning, len(sayers.own), tuple(nearest or asked.passages[:NEAREST]))


def nobody_said(asked: Asked, topic: Probe, ranked: Sequence[Relevant]) -> Refusal:
    """No statement says what somebody is asked to have said; `ranked` are those that come near, nearest first."""
    searched, _ = asked.snapshot.documents(asked.query.filters, 0, 0)
    mentioning = asked.snapshot.documents_with_terms(topic.terms) if topic.terms and searched else 0
    reason = (
        f"No statement says “{topic.text}”. Documents searched: {searched}, "
        f"with all of these words: {mentioning}; statements that come near: {len(ranked)}."
    )
    near = tuple(views.statement(one.statement) for one in ranked[:NEAREST])
    return Refusal(reason, searched, mentioning, 0, near or tuple(asked.passages[:NEAREST]))


def _mentioning(snapshot: Snapshot, speaker: str, theirs: Sequence[StoredStatement]) -> int:
    """How many documents hold a speaker's name as typed, or as their statements have it."""
    names = (
        dict.fromkeys([speaker, *(one.statement.name or "" for one in theirs)]) if is_name(speaker) else {speaker: None}
    )
    forms = dict.fromkeys(tuple(form) for name in names if (form := _form(name)))
    single = [form[0] for form in forms if len(form) == 1]
    if len(forms) > 1 and len(single) == len(forms):
        hits = snapshot.lexical(single, _MOST_PARAGRAPHS, Filters())
        return len({paragraph.document.id for paragraph in snapshot.paragraphs([hit.row for hit in hits])})
    return max((snapshot.documents_with_terms(form) for form in forms), default=0)


def _form(name: str) -> list[str]:
    """What a mention must hold: of a name the surname, of a role all of it."""
    words = name.split()
    if words and is_name(name):
        kept = [word for word in words if word.rstrip(".").lower() not in {"jr", "sr"}]
        return term_texts((kept or words)[-1])
    return [term.text for term in content_terms(name)] or term_texts(name)


def _by_others(asked: Asked, question: Question, theirs: Sequence[StoredStatement]) -> list[Relevant]:
    """Named others' statements about the topic, nearest first."""
    if question.topic is None:
        return []
    known = {one.id for one in theirs}
    query = StatementQuery(replace(asked.query.filters, speaker=None))
    topic = asked.probe_for(question.topic)
    ranked = rank_statements(asked.snapshot, topic, query, asked.query.mode, asked.settings.candidates)
    others = [one for one in ranked if one.is_about and one.statement.speaker and one.statement.id not in known]
    return best_first(others, place)[:NEAREST]


def _names(statements: Iterable[StoredStatement]) -> str:
    names = list(dict.fromkeys(one.speaker or "" for one in statements))
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
