"""From a question and its passages to an answer or a refusal."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from index.library import Snapshot, StatementQuery
from index.terms import content_terms, term_texts
from index.types import Filters, StoredStatement
from search import views
from search.collapse import fold
from search.extract import extract
from search.question import Question, is_name, name_forms, parse
from search.ranking import Found
from search.refusal import NEAREST, refuse_plain, refuse_said
from search.relevance import Places, Relevant, rank_statements
from search.retrieve import Probe
from search.settings import Settings
from search.testimony import SURE, place, said, sayer
from search.types import Answer, Passage, Query, Refusal, StatementView

_WHO_SAID = 0.6
"""A statement must hold this share of the words that somebody is asked to have said."""
_WORDS = re.compile(r"\b(?:said|says|told|saying)\b|[\"“„«'‘]", re.IGNORECASE)
"""“Who said …” and “Who called it “…”” ask for words; who “claimed the prize” may be told in any."""
_QUOTES = frozenset('"“”„«»')


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer or a refusal, never both, and the statements that belong to it."""

    answer: Answer | None
    refusal: Refusal | None
    statements: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """All that answering needs: the library, the question, its passages, and a way to probe a topic."""

    snapshot: Snapshot
    query: Query
    settings: Settings
    probe: Probe
    probe_for: Callable[[str], Probe]
    found: Sequence[Found]
    passages: Sequence[Passage]


def answer(asked: Asked) -> Outcome:
    """Answer from statements where they are asked for, else from sentences; or refuse."""
    question = parse(asked.query.text)
    outcome: Outcome | None = None
    if question.intent == "said":
        outcome = _said(asked, question)
    elif question.intent == "who_said":
        outcome = _who_said(asked, question)
    return outcome or _plain(asked)


def _said(asked: Asked, question: Question) -> Outcome | None:
    """None where a role ("the guard") or a loose wording leaves room for what is told of the speaker."""
    filters, theirs = _statements_by(asked, question.speaker or "")
    ranked = _about(asked, question, filters, theirs)
    sure = [one for one in ranked if one.is_about and one.statement.statement.confidence >= SURE]
    if sure:
        text = said(asked.snapshot, sure, asked.settings.answer_words)
        return Outcome(text, None, statement_views([one.statement for one in sure], asked.query))
    if question.loosely or (not theirs and not is_name(question.speaker or "")):
        return None
    near = [one.statement for one in ranked]
    near += sorted((one for one in theirs if one not in near), key=place)
    return Outcome(None, refuse_said(asked.snapshot, question, asked.query.filters, near, asked.passages), ())


def _statements_by(asked: Asked, speaker: str) -> tuple[Filters, list[StoredStatement]]:
    """Every statement by a speaker as typed, and the filters that restrict a search to them."""
    filters = asked.query.filters
    allowed = None
    if filters.speaker is not None:
        allowed = {known.id for known in asked.snapshot.speakers(filters)}
    for form in name_forms(speaker):
        filters = replace(filters, speaker=form)
        theirs = asked.snapshot.statements(StatementQuery(filters))
        theirs = [one for one in theirs if allowed is None or one.speaker_id in allowed]
        if theirs:
            break
    return filters, theirs


def _about(asked: Asked, question: Question, filters: Filters, theirs: Sequence[StoredStatement]) -> list[Relevant]:
    """A speaker's statements by relevance to the topic; without a topic the latest come first."""
    if not theirs:
        return []
    if question.topic is None:
        latest = sorted(sorted(theirs, key=place), key=lambda one: one.document.published or "", reverse=True)
        return [Relevant(one, 1.0, 1.0) for one in latest]
    topic = asked.probe_for(question.topic)
    query = StatementQuery(filters)
    known = {one.id for one in theirs}
    ranked = rank_statements(asked.snapshot, topic, query, asked.query.mode, asked.settings.candidates)
    return _best_first(one for one in ranked if one.statement.id in known)


def _best_first(relevant: Iterable[Relevant]) -> list[Relevant]:
    return sorted(relevant, key=lambda one: (-one.relevance, place(one.statement)))


def _who_said(asked: Asked, question: Question) -> Outcome | None:
    """None where what is asked for may be told in other words than the speaker's own."""
    topic = asked.probe_for(question.topic or "")
    query = StatementQuery(asked.query.filters, min_confidence=SURE)
    ranked = _best_first(rank_statements(asked.snapshot, topic, query, asked.query.mode, asked.settings.candidates))
    fitting = [one for one in ranked if _says(one, topic.terms)]
    if fitting:
        # sentences with an unnamed sayer answer only where nobody with a name said the same
        fitting.sort(key=lambda one: one.statement.speaker is None)
        text = sayer(asked.snapshot, fitting[0], topic.terms, asked.settings.answer_words)
        return Outcome(text, None, statement_views([one.statement for one in fitting], asked.query))
    if not _WORDS.search(question.text.partition(topic.text)[0]) or _is_quoted(topic.text, asked.found):
        return None
    return Outcome(None, _nobody_said(asked, topic, ranked), ())


def _says(one: Relevant, wanted: Sequence[str]) -> bool:
    """Whether somebody's statement holds enough words, by weight and by number: one rare word is not what was said."""
    held = set(term_texts(one.statement.text)).intersection(wanted)
    is_somebodys = one.statement.mention is not None
    return is_somebodys and one.coverage >= _WHO_SAID and len(held) >= _WHO_SAID * len(wanted)


def _is_quoted(words: str, found: Sequence[Found]) -> bool:
    """Whether words stand in a passage with quotation marks, though as nobody's statement."""
    wanted = f" {' '.join(term_texts(words))} "
    texts = (one.paragraph.text for one in found)
    return any(not _QUOTES.isdisjoint(text) and wanted in f" {' '.join(term_texts(text))} " for text in texts)


def _nobody_said(asked: Asked, topic: Probe, ranked: Sequence[Relevant]) -> Refusal:
    searched, _ = asked.snapshot.documents(asked.query.filters, 0, 0)
    mentioning = asked.snapshot.documents_with_terms(topic.terms) if topic.terms and searched else 0
    reason = (
        f"No statement says “{topic.text}”. Documents searched: {searched}, "
        f"with all of these words: {mentioning}; statements that come near: {len(ranked)}."
    )
    near = tuple(views.statement(one.statement) for one in ranked[:NEAREST])
    return Refusal(reason, searched, mentioning, 0, near or tuple(asked.passages[:NEAREST]))


def _plain(asked: Asked) -> Outcome:
    words = tuple(dict.fromkeys(term.text for term in content_terms(asked.query.text)))
    shared = asked.snapshot.lexical(words, 1, asked.query.filters) if words else []
    if not shared or not asked.found:
        return Outcome(None, refuse_plain(asked.snapshot, words, asked.query.filters, asked.passages), ())
    text = extract(asked.snapshot, asked.probe, asked.found, asked.settings.answer_words)
    rows = tuple(one.paragraph.row for one in asked.found)
    lying_there = asked.snapshot.statements(StatementQuery(asked.query.filters, paragraphs=rows))
    places = Places([one.paragraph for one in asked.found])
    rank = {row: i for i, row in enumerate(rows)}
    lying_there.sort(key=lambda one: (rank.get(places.row_of(one), len(rows)), place(one)))
    return Outcome(text, None, statement_views(lying_there, asked.query))


def statement_views(statements: Sequence[StoredStatement], query: Query) -> tuple[StatementView, ...]:
    """The first `query.k` statements, the same words in several documents folded if the query says so."""
    if not query.collapse:
        return tuple(views.statement(one) for one in statements[: query.k])
    return folded_views(statements[: 3 * query.k])[: query.k]


def folded_views(statements: Sequence[StoredStatement]) -> tuple[StatementView, ...]:
    """Statements in the order given, each with its near-duplicates by the same speaker; the earliest leads."""
    by_speaker: dict[str | None, list[int]] = {}
    for i, one in enumerate(statements):
        by_speaker.setdefault(one.speaker_id, []).append(i)
    groups: list[list[int]] = []
    for members in by_speaker.values():
        groups += [[members[i] for i in group] for group in fold(statements[i].text for i in members)]
    folded = []
    for group in sorted(groups):
        same = sorted((statements[i] for i in group), key=place)
        folded.append(views.statement(same[0], same[1:]))
    return tuple(folded)
