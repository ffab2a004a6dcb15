"""No answer, and why: what was searched, and what came nearest."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.library import Snapshot, StatementQuery
from index.speakers.names import parse_name
from index.speakers.words import LEGAL_FORMS
from index.terms import content_terms, term_texts
from index.types import Filters, StoredStatement
from search import views
from search.asked import Asked
from search.counts import counted
from search.dated import Dated
from search.evidence import Missing
from search.names import is_name
from search.question import Question
from search.relevance import Relevant, best_first, rank_statements
from search.retrieve import Probe
from search.sayers import Sayers
from search.testimony import place
from search.types import Passage, Refusal, StatementView

NEAREST = 3
_MOST_NAMED = 5
"""So many words of a question are named as missing."""
_LONGEST_QUOTED = 100
"""So many characters of a word, a name or a topic are quoted."""
_MOST_PARAGRAPHS = 2_000
"""So many paragraphs with any of several spellings of a name are counted by document."""


def refuse_plain(asked: Asked, missing: Missing) -> Refusal:
    """Nothing that was searched says enough of what is asked; the reason names the words that are missing."""
    snapshot, filters = asked.snapshot, asked.query.filters
    searched, _ = snapshot.documents(filters, 0, 0)
    if searched == 0:
        reason = "No document matches the filters." if filters.any else "The library holds no documents yet."
    else:
        reason = f"{_lacking(missing)}: {counted(searched, 'document')} searched."
    mentioning = snapshot.documents_with_terms(asked.probe.terms) if searched else 0
    return Refusal(reason, searched, mentioning, 0, tuple(asked.passages[:NEAREST]))


def _lacking(missing: Missing) -> str:
    if missing.nowhere:
        verb = "occurs" if len(missing.nowhere) == 1 else "occur"
        return f"No passage answers this. {_quoted(missing.nowhere)} {verb} nowhere in the library"
    if missing.is_all:
        return "No passage that was searched holds a word of the question"
    if missing.apart:
        return f"No passage answers this. The one that holds most of the question lacks {_quoted(missing.apart)}"
    return "No passage answers this. The words of the question are there, but not as it has them"


def _quoted(words: Sequence[str]) -> str:
    shown = [f"“{_short(word)}”" for word in words[:_MOST_NAMED]]
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))


def _short(typed: str) -> str:
    return typed if len(typed) <= _LONGEST_QUOTED else f"{typed[: _LONGEST_QUOTED - 1].rstrip()}…"


def refuse_said(
    asked: Asked,
    question: Question,
    sayers: Sayers,
    theirs: Sequence[StoredStatement],
    dated: Dated | None = None,
) -> Refusal:
    """A speaker said nothing on the topic; `theirs` are all their statements, nearest first.

    Where others did, the reason names them, and of a speaker who said nothing at all theirs are the nearest. Of a
    question for a time, `dated` tells which statements were left out for it.
    """
    speaker = question.speaker or ""
    searched, _ = asked.snapshot.documents(asked.query.filters, 0, 0)
    mentioning = _mentioning(asked.snapshot, speaker, theirs) if searched else 0
    topic = _short(question.topic or "")
    about = f" {topic}" if question.is_occasion else f" about {topic}" if topic else ""
    meant = f" (read as {sayers.meant})" if sayers.meant else ""
    typed = _short(speaker)
    own = sayers.own
    if dated is not None and dated.is_known:
        about += f" {dated.when.worded}"
        own = tuple(one for one in theirs if one not in sayers.deputies)
    reason = (
        f"No statement by {typed}{meant}{about} was found: {counted(searched, 'document')} searched, "
        f"{mentioning} mentioning {typed}, {counted(len(own), 'statement')} by {typed} on anything."
    )
    if dated is not None and dated.is_known:
        reason += f" {dated.account()}"
    if sayers.deputies:
        reason += f" Those who speak for {typed} made {counted(len(sayers.deputies), 'statement')}."
    others = _by_others(asked, question, theirs) if searched else []
    if others:
        reason += f" About this, {_names(one.statement for one in others)} did say something."
    nearest: Sequence[StatementView | Passage]
    nearest = [views.statement(one) for one in (*theirs, *(one.statement for one in others))[:NEAREST]]
    return Refusal(reason, searched, mentioning, len(own), tuple(nearest or asked.passages[:NEAREST]))


def nobody_said(asked: Asked, question: Question, topic: Probe, ranked: Sequence[Relevant]) -> Refusal:
    """No statement says what somebody is asked to have said; `ranked` are those that come near, nearest first."""
    searched, _ = asked.snapshot.documents(asked.query.filters, 0, 0)
    mentioning = asked.snapshot.documents_with_terms(topic.terms) if topic.terms and searched else 0
    then = f" {question.when.worded}" if question.when else ""
    says = "speaks of" if question.mentions else "says"
    reason = (
        f"No statement{then} {says} “{_short(topic.text)}”. Documents searched: {searched}, "
        f"with all of these words: {mentioning}; statements that come near: {sum(one.is_about for one in ranked)}."
    )
    near = tuple(views.statement(one.statement) for one in ranked[:NEAREST])
    return Refusal(reason, searched, mentioning, 0, near or tuple(asked.passages[:NEAREST]))


def _mentioning(snapshot: Snapshot, speaker: str, theirs: Sequence[StoredStatement]) -> int:
    """How many documents hold a speaker's name as typed, or as their statements have it."""
    if not theirs and is_name(speaker):
        # Of whom the library knows nothing, another of that surname is no mention.
        return snapshot.documents_with_terms(term_texts(speaker))
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
    """What a mention must hold: of a person's name the surname, of a body's or a role all of it."""
    words = name.split()
    if parse_name(name).is_body:
        # The last word of “Reck Mining Corp” stands in every report of business.
        name = " ".join(word for word in words if word.rstrip(".,").lower() not in LEGAL_FORMS) or name
    elif words and is_name(name):
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
    candidates = asked.settings.candidates
    ranked = rank_statements(asked.snapshot, topic, query, asked.query.mode, candidates, only_about=True)
    others = [one for one in ranked if one.statement.speaker and one.statement.id not in known]
    return best_first(others, place)[:NEAREST]


def _names(statements: Iterable[StoredStatement]) -> str:
    names = list(dict.fromkeys(one.speaker or "" for one in statements))
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
