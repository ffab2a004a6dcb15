"""Answers to “who said Y”: by words as typed, by words with a slip, or by what they mean."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.calendar import PLAIN_MONTHS
from index.copyediting import searched
from index.duplicates import NEGATIONS
from index.library import Snapshot, StatementQuery
from index.sentences import sentences
from index.signature import signature
from index.terms import content_terms, term_texts, terms
from index.types import StoredStatement
from search.asked import Asked, Outcome, statement_views
from search.dated import statements_then
from search.mending import mended
from search.question import Question
from search.quotations import LEAST_WORDS, MOST_SLIPS, is_exact, slips, words
from search.ranking import Found
from search.refusal import nobody_said
from search.relevance import Relevant, best_first, coverage, held, rank_statements, rarity
from search.retrieve import Probe, Vector
from search.sayers import find_sayers
from search.synonyms import canonical
from search.testimony import SURE, place, sayer

LEAST_LIKENESS = 0.46
"""A statement is what somebody is asked to have said if words and meaning are this near in the mean. Of 21 paraphrases
of the news and samples 17 are; of 16 things that nobody said in the news 7 are, and 2 pass `_Asserted` as well."""
_MEANING = 0.6
"""The part of meaning in the mean."""
_LEAST_SHARED = 2
"""One rare word is not what was said."""
_MOST_HELD, _LEAST_HELD, _RARE_HELD = 0.65, 0.5, 0.6
"""Of what is no name, the share that a statement itself must hold: who names Russia has not said that it leaves. Less
will do where what it holds are the rare words, and so this share by weight."""
_DENIED_FROM = 4
"""So many words before the first shared one may deny it."""
_BEHIND_NEAREST = 0.15
_NO_DENIAL = re.compile(
    r"\b(?:nothing (?:more|less|other|but)|not (?:only|just|merely|least)|no (?:more|less|fewer|doubt|longer than))\b",
    re.IGNORECASE,
)
"""Words of denial that deny nothing: “nothing more than a hypothetical” is one."""
_AROUND = 400
"""So many characters before and after a statement may name whom its pronouns mean."""
_STEM = 5
_LEAST_TYPED = 5
"""So many words typed without quotation marks are told from others with slips."""
_MOST_COMPARED = 40
_MOST_ENCODED = 10
_WORDS = re.compile(
    r"\b(?:said|says?|told|saying|whose|mention(?:ed|s)?|spoken?|comment(?:ed|s)?|talk(?:ed|s)?)\b|[\"“„«'‘]",
    re.IGNORECASE,
)
"""“Who said …” and “Who called it “…”” ask for words; who “claimed the prize” may be told in any."""
_MONTHS = frozenset(term_texts(" ".join(PLAIN_MONTHS)))
_OPINION = re.compile(
    r"\b(?:call(?:s|ed)|blam|accus|condemn|prais|describ|critici[sz]|oppos|support|against|in favou?r|urg|demand)",
    re.IGNORECASE,
)
"""“Who blamed X for Y” is answered by words about both, where nobody said just that."""
_FAVOUR = re.compile(
    r"\b(?:prais|support|in favou?r|favou?r(?:s|ed|ing)?\b|back(?:s|ed|ing)?\b|endors|welcom|applaud|approv"
    r"|defend|hail)",
    re.IGNORECASE,
)
"""Who called a tax a scandal spoke of it, but has not praised it; what is against it has too many words to list."""
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

    def __init__(self, snapshot: Snapshot, text: str) -> None:
        names = searched(text, frozenset(signature(text).names))
        self._names = frozenset(canonical(term.text) for term in names) - _MONTHS
        others = (canonical(term.text) for term in content_terms(text))
        self._others = {term: weight for term, weight in rarity(snapshot, others).items() if term not in self._names}
        self._denies = _denies(text)

    def may_be_said_by(self, asked: Asked, statement: StoredStatement) -> bool:
        """Whether a statement has most of the words, all names at least near it, and denies what is denied."""
        if len(self._names) + len(self._others) < _LEAST_SHARED:
            return False
        return self.agrees_with(statement.said) and self.is_named_by(asked, statement)

    def is_named_by(self, asked: Asked, statement: StoredStatement) -> bool:
        """Whether all names stand in a statement or near it."""
        return self._names <= self._near(asked, statement)

    def agrees_with(self, said: str) -> bool:
        """Whether it holds most of what is no name, the rare words before others, and denies what is denied."""
        there = held(said) & self._others.keys()
        most = len(there) >= _MOST_HELD * len(self._others)
        half = len(there) >= _LEAST_HELD * len(self._others) and coverage(self._others, there) >= _RARE_HELD
        return (most or half) and self._denies_in(said) == self._denies

    def _denies_in(self, said: str) -> bool:
        """Whether the sentence that shares most words denies something, up to the last of them: not what follows."""
        wanted = self._others.keys() | self._names
        parts = [said[start:end] for start, end in sentences(said, "en")]
        best = max(parts, key=lambda part: len(held(part) & wanted), default="")
        there = terms(best)
        shared = [(i, canonical(term.text)) for i, term in enumerate(there) if canonical(term.text) in wanted]
        if not shared:
            return _denies(best)
        first, last = _narrowest(shared)
        return _denies(best[there[max(0, first - _DENIED_FROM)].start : there[last].end])

    def _near(self, asked: Asked, statement: StoredStatement) -> frozenset[str]:
        """The terms of a statement's surroundings, each name also by the start that it shares with its adjective."""
        text = asked.snapshot.document(statement.document.id).text
        around = held(text[max(0, statement.statement.start - _AROUND) : statement.statement.end + _AROUND])
        starts = {term[:_STEM] for term in around}
        return around | {name for name in self._names if len(name) >= _STEM and name[:_STEM] in starts}


def _narrowest(shared: Sequence[tuple[int, str]]) -> tuple[int, int]:
    """From where to where the places of terms, given in order, hold each term once, in the fewest words."""
    wanted = len({term for _, term in shared})
    latest: dict[str, int] = {}
    best = shared[0][0], shared[-1][0]
    for at, term in shared:
        latest[term] = at
        first = min(latest.values())
        if len(latest) == wanted and at - first < best[1] - best[0]:
            best = first, at
    return best


def _denies(text: str) -> bool:
    return not NEGATIONS.isdisjoint(signature(_NO_DENIAL.sub(" ", text)).turns)


def answer_who_said(asked: Asked, question: Question) -> Outcome | None:
    """None where what is asked for may be told in other words than the speaker's own."""
    topic, ranked = _ranked(asked, question)
    fitting = (
        _mentioning(asked.snapshot, topic, ranked) if question.mentions else _saying(asked, question, topic, ranked)
    )
    asking = question.text.partition(topic.text)[0]
    if not fitting and _OPINION.search(asking):
        asserted = _Asserted(asked.snapshot, topic.text)
        near = _mentioning(asked.snapshot, topic, ranked)
        fitting = [one for one in near if asserted.is_named_by(asked, one.statement)]
    spoke, fitting = fitting, _in_favour(fitting) if _FAVOUR.search(asking) else fitting
    if fitting:
        text = sayer(asked.snapshot, fitting[0], topic.terms, asked.settings.answer_words)
        if question.quotation:
            text = replace(text, exact=is_exact(question.quotation, fitting[0].statement.said))
        return Outcome(text, None, statement_views([one.statement for one in fitting], asked.query, text.citations))
    if question.when is None and not spoke and _may_be_told(asked, question, topic):
        return None
    return Outcome(None, nobody_said(asked, question, topic, ranked), ())


def _ranked(asked: Asked, question: Question) -> tuple[Probe, list[Relevant]]:
    """What was said and the statements near it, of the role and the time that the question names.

    Where no statement has a date, the time is a topic's words like others.
    """
    wanted = mended(asked.snapshot, question.topic or "")
    topic, ranked = _nearest(asked, wanted)
    if question.when is not None:
        dated = statements_then(asked.snapshot, question.when, [one.statement for one in ranked])
        then = {one.id for one in dated.then}
        if dated.is_known:
            ranked = [one for one in ranked if one.statement.id in then]
        else:
            topic, ranked = _nearest(asked, f"{wanted} {question.when.worded}")
    return topic, _in_role(asked, question, ranked)


def _nearest(asked: Asked, wanted: str) -> tuple[Probe, list[Relevant]]:
    topic = asked.probe_for(wanted)
    query = StatementQuery(asked.query.filters, min_confidence=SURE)
    ranked = rank_statements(asked.snapshot, topic, query, asked.query.mode, asked.settings.candidates)
    return topic, best_first(ranked, place)


def _mentioning(snapshot: Snapshot, topic: Probe, ranked: Sequence[Relevant]) -> list[Relevant]:
    """Who spoke of it: statements about the topic with most of its words, those of named sayers first."""
    wanted = rarity(snapshot, {canonical(term.text) for term in content_terms(topic.text)})
    theirs = [one for one in ranked if one.statement.mention is not None and one.is_about]
    own = [one for one in theirs if coverage(wanted, held(one.statement.text)) >= _LEAST_HELD]
    return sorted(own, key=lambda one: one.statement.speaker is None)


def _in_favour(found: Iterable[Relevant]) -> list[Relevant]:
    """Those that say something for what they speak of."""
    return [one for one in found if _FAVOUR.search(f"{one.statement.cue} {one.statement.text}")]


def _saying(asked: Asked, question: Question, topic: Probe, ranked: Sequence[Relevant]) -> list[Relevant]:
    """Who said just that: the words as typed but for a slip, or others for the same; the likeliest first."""
    candidates = _candidates(asked, topic, ranked, question)
    asserted = _Asserted(asked.snapshot, topic.text)
    # What comes nearest may say the contrary: then something less near does not say it either.
    nearest = max((one.likeness for one in candidates), default=0.0)
    least = max(LEAST_LIKENESS, nearest - _BEHIND_NEAREST)
    fitting = []
    for one in candidates:
        statement = one.relevant.statement
        quoted = one.is_quoted and (bool(question.quotation) or asserted.agrees_with(statement.said))
        if quoted or (one.likeness >= least and asserted.may_be_said_by(asked, statement)):
            fitting.append(one)
    return [one.relevant for one in sorted(fitting, key=lambda one: one.rank)]


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
    somebodys = [one for one in ranked if one.statement.mention is not None][:_MOST_COMPARED]
    shared = [weights.keys() & held(one.statement.said) for one in somebodys]
    enough = [len(these) >= min(_LEAST_SHARED, len(weights)) for these in shared]
    # Who shares too little is not compared by meaning.
    first = zip(somebodys[:_MOST_ENCODED], enough, strict=False)
    vectors = _own_vectors(asked, topic, [one for one, is_enough in first if is_enough])
    for one, these, is_enough in zip(somebodys, shared, enough, strict=True):
        spoken = one.statement.said
        slipped = slips(typed, words(spoken)) if may_slip else 1.0
        likeness = coverage(weights, these)
        if topic.vector is not None:
            vector = vectors.get(one.statement.id)
            near = float(topic.vector @ vector) if vector is not None else one.cosine or one.around or 0.0
            likeness = (1 - _MEANING) * likeness + _MEANING * near
        found.append(_Candidate(one, slipped, round(likeness, 4) if is_enough else 0.0))
    return found


def _own_vectors(asked: Asked, topic: Probe, somebodys: Sequence[Relevant]) -> dict[str, Vector]:
    """The vectors of what was said, by the statements' ids; none where only words count."""
    if topic.vector is None or not somebodys:
        return {}
    vectors = asked.vectors([one.statement.said for one in somebodys])
    return {one.statement.id: vector for one, vector in zip(somebodys, vectors, strict=True)}


def _may_be_told(asked: Asked, question: Question, topic: Probe) -> bool:
    """Whether an article may tell it, in its own words or a quotation that is nobody's statement."""
    return not _WORDS.search(question.text.partition(topic.text)[0]) or _is_quoted(topic.text, asked.read)


def _is_quoted(wanted: str, found: Sequence[Found]) -> bool:
    """Whether words stand in a passage with quotation marks, though as nobody's statement."""
    terms = f" {' '.join(term_texts(wanted))} "
    texts = (one.paragraph.text for one in found)
    return any(not _QUOTES.isdisjoint(text) and terms in f" {' '.join(term_texts(text))} " for text in texts)
