"""One statement as several outlets word it: copies and translations fold, different statements never do."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from index.cached import cached
from index.calendar import MONTHS, WEEKDAYS
from index.copyediting import searched
from index.duplicates import NEGATIONS
from index.sentences import sentences
from index.signature import Signature, signature
from index.terms import content_texts, term_texts, terms
from index.types import StoredStatement
from search.collapse import fold
from search.roles import concept_of, people
from search.synonyms import LIGHT, canonical

LEAST_SHARED = 0.4
"""Of the content words of both, the share they must have in common: a part of a sentence is not all of it."""
LEAST_IN_ORDER, SURELY_IN_ORDER = 0.7, 0.8
"""An adverbial may stand elsewhere; of short claims that are turned around, fewer words stand in order."""
FEW, FEW_SHARED = 4, 0.35
"""Wordings with fewer content words must agree in all of them, and in this share of all words."""
LEAST_WORDS = 2
DAYS = 7
"""Outlets that tell of one occasion do so within a week; the same view a month later is another statement."""
_NEUTRAL = frozenset(("must", "up"))
"""Turning words of `index.duplicates` that have equals: “must” and “has to”, “up to them” and “for them”."""
_VAGUE = "1"
"""“One day” is “a day”."""
_SETTING = frozenset(
    term_texts(
        "most few all some half several unless if always rarely seldom often sometimes yesterday today tomorrow only "
        "hardly barely scarcely partly perhaps maybe probably possibly eventually "
        "lack lacks lacked fail fails failed avoid avoids avoided doubt doubts hate hates regret regrets forget against"
    )
)
"""Small words, and verbs that undo what follows them: both wordings must have the same."""
_PERSONS = tuple(
    frozenset(words.split())
    for words in ("i me my mine we us our ours", "you your yours", "he him his himself", "she her hers herself")
)
"""Who is spoken of; “it” and “they” stand for anybody in a translation."""


_DAYS = frozenset(term_texts(" ".join((*WEEKDAYS, *MONTHS))))
"""They have capitals, and do nothing to anybody."""


@dataclass(frozen=True, slots=True)
class _Details:
    """What may make two wordings different statements although their content is one; in canonical terms.

    `order` is the content as it comes.
    """

    order: tuple[str, ...]
    words: frozenset[str]
    negations: int
    turns: tuple[str, ...]
    numbers: tuple[str, ...]
    names: tuple[str, ...]
    asks: bool

    @property
    def persons(self) -> frozenset[int]:
        """Which of `_PERSONS` it speaks of."""
        return frozenset(i for i, words in enumerate(_PERSONS) if not words.isdisjoint(self.words))


class _Sentence:
    """A sentence of a statement with what it is compared by, made when first needed: most share too little content."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached
    def content(self) -> frozenset[str]:
        """Its content words, in canonical terms."""
        return _content(self._text)

    @cached
    def details(self) -> _Details:
        """All else."""
        return _details(self._text)


class _Wording:
    """Sentences in a row of a statement, at least one."""

    def __init__(self, sentences: Sequence[_Sentence]) -> None:
        self._sentences = sentences

    @cached
    def content(self) -> frozenset[str]:
        """The content words of all."""
        return frozenset().union(*(one.content for one in self._sentences))

    @cached
    def details(self) -> _Details:
        """Those of all, each kind in a row."""
        every = [one.details for one in self._sentences]
        if len(every) == 1:
            return every[0]
        return _Details(
            order=tuple(term for one in every for term in one.order),
            words=frozenset().union(*(one.words for one in every)),
            negations=sum(one.negations for one in every),
            turns=tuple(sorted(turn for one in every for turn in one.turns)),
            numbers=tuple(sorted(number for one in every for number in one.numbers)),
            names=tuple(name for one in every for name in one.names),
            asks=any(one.asks for one in every),
        )


def fold_statements(statements: Sequence[StoredStatement]) -> list[list[int]]:
    """Group statements that are one: positions, each group led by its first, in order of leaders.

    One is the same speaker's, in the same words or, in another document of about the same day, in
    other words for the same: the longer one holds all content words of the shorter one, and both agree in numbers,
    names, persons, negations and turning words such as “rise” and “fall”. Of the longer one, the sentences in a row
    that fit best are compared: outlets quote more or less. Statements whose speaker is not known fold only where the
    words are the same, and those for who said them.
    """
    # “A resident” and “a minister” are two, whatever they say, where nobody knows who they are.
    by_sayer: dict[tuple[str | None, str], list[int]] = {}
    for i, one in enumerate(statements):
        sayer = one.speaker_id, "" if one.speaker_id else (one.mention or "").casefold()
        by_sayer.setdefault(sayer, []).append(i)
    groups: list[list[int]] = []
    for (speaker, _), members in by_sayer.items():
        if len(members) == 1:
            groups.append(members)
            continue
        copies = [[members[i] for i in group] for group in fold(statements[i].text for i in members)]
        groups += _join([statements[i] for i in members], members, copies) if speaker else copies
    return sorted(groups)


def _join(theirs: Sequence[StoredStatement], places: Sequence[int], copies: Sequence[list[int]]) -> list[list[int]]:
    """Join groups of copies whose leaders tell the same; with leaders only, so that no chain forms."""
    told = {place: _Told(one) for place, one in zip(places, theirs, strict=True)}
    joined: list[list[int]] = []
    by_day = _ByDay()
    for group in copies:
        leader = told[group[0]]
        home = next((at for at in by_day.near(leader.day) if told[joined[at][0]].retells(leader)), None)
        if home is None:
            by_day.add(leader.day)
            joined.append(list(group))
        else:
            joined[home].extend(group)
    return [sorted(group) for group in joined]


class _ByDay:
    """Places of what was said, by the day: somebody may have said thousands of things over the years."""

    def __init__(self) -> None:
        self._places: dict[int | None, list[int]] = {}
        self._count = 0

    def add(self, day: int | None) -> None:
        """Put the next place behind the others."""
        self._places.setdefault(day, []).append(self._count)
        self._count += 1

    def near(self, day: int | None) -> Iterable[int]:
        """Places of about the same day, in order; of what has no date nothing is known against it."""
        if day is None:
            return range(self._count)
        days = (None, *range(day - DAYS, day + DAYS + 1))
        return sorted(place for one in days for place in self._places.get(one, ()))


class _Told:
    """A statement with what it is compared by, made when first needed."""

    def __init__(self, statement: StoredStatement) -> None:
        self._statement = statement

    def retells(self, other: "_Told") -> bool:
        """Whether both tell the same, in different documents; symmetric."""
        if self._statement.document.id == other._statement.document.id:
            return False
        # Of what tells the same, one has all content words of the other, or of as many of its sentences as that has.
        shared = len(self._content & other._content)
        least = max(LEAST_WORDS, LEAST_SHARED * min(len(self._content), len(other._content)))
        return shared >= least and _tell_the_same(self._parts, other._parts)

    @property
    def day(self) -> int | None:
        """When it was published, counted in days."""
        published = self._statement.document.published
        return date.fromisoformat(published).toordinal() if published else None

    @cached
    def _content(self) -> frozenset[str]:
        return _content(self._statement.said)

    @cached
    def _parts(self) -> list[_Sentence]:
        said = self._statement.said
        return [_Sentence(said[start:end]) for start, end in sentences(said, "en")]


def _tell_the_same(one: Sequence[_Sentence], other: Sequence[_Sentence]) -> bool:
    if not one or not other:
        return False
    length, others = _length(one), _length(other)
    return (length <= others and _is_in(one, other)) or (others <= length and _is_in(other, one))


def _length(parts: Sequence[_Sentence]) -> tuple[int, int]:
    return sum(len(part.content) for part in parts), len(parts)


def _is_in(shorter: Sequence[_Sentence], longer: Sequence[_Sentence]) -> bool:
    whole = _Wording(shorter)
    return any(_agree(whole, window) for window in _windows(longer, len(shorter) + 1))


def _details(text: str) -> _Details:
    marks: Signature = signature(text)
    turns = [term for term in marks.turns if term not in NEGATIONS | _NEUTRAL]
    return _Details(
        order=_in_order(text),
        words=frozenset(term_texts(text)),
        negations=sum(term in NEGATIONS for term in (*marks.turns, *_unmarked(marks))),
        turns=tuple(sorted(canonical(term) for term in turns)),
        numbers=tuple(sorted(number for number in marks.numbers if number != _VAGUE)),
        names=tuple(_actors(text, frozenset(marks.names))),
        asks="?" in text,
    )


def _actors(text: str, names: frozenset[str]) -> Iterable[str]:
    """Names, and people told by what they are, in order: “the mayor asked the judge” is not “the judge asked …”."""
    named = {term.start for term in searched(text, names - _DAYS)}
    for term in terms(text):
        if term.start in named or concept_of(text[term.start : term.end]) in people():
            yield canonical(term.text)


def _content(text: str) -> frozenset[str]:
    return frozenset(_in_order(text))


def _in_order(text: str) -> tuple[str, ...]:
    return tuple(canonical(term) for term in content_texts(text) if term not in LIGHT)


def _unmarked(marks: Signature) -> Iterable[str]:
    """Negations that `signature` counts as plain words: none is lost between the two lists."""
    return (word for word in marks.words if word in NEGATIONS and word not in marks.turns)


def _windows(parts: Sequence[_Sentence], most: int) -> Iterable[_Wording]:
    for length in range(1, min(most, len(parts)) + 1):
        for start in range(len(parts) - length + 1):
            yield _Wording(parts[start : start + length])


def _agree(one: _Wording, other: _Wording) -> bool:
    shorter, longer = sorted((one.content, other.content), key=len)
    # One word replaced by another that is no synonym makes another statement, however long both are.
    if len(shorter) < LEAST_WORDS or not shorter <= longer or len(shorter) < LEAST_SHARED * len(longer):
        return False
    a, b = one.details, other.details
    if len(shorter) < FEW and len(a.words & b.words) < FEW_SHARED * len(a.words | b.words):
        return False
    same_marks = (a.negations, a.turns, a.numbers, a.asks) == (b.negations, b.turns, b.numbers, b.asks)
    same_setting = a.words & _SETTING == b.words & _SETTING
    same_persons = not (a.persons - b.persons and b.persons - a.persons)
    same_order = _in_the_same_order(a.names, b.names) and _mostly_in_order(a.order, b.order)
    return same_marks and same_setting and same_persons and same_order


def _mostly_in_order(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether most words that both have come in one order; where a quarter don't, no neighbours may be turned around.

    “No peace without justice” is not “no justice without peace”, nor “the enemy attacked us” “we attacked the enemy”.
    """
    places = {term: place for place, term in reversed(list(enumerate(b)))}
    shared = [places[term] for term in dict.fromkeys(a) if term in places]
    rising: list[int] = []
    for place in shared:  # the longest rising subsequence, by its smallest ends
        at = bisect_left(rising, place)
        rising[at : at + 1] = [place]
    in_b = sorted(shared)
    neighbours = set(pairwise(in_b))
    is_turned = any((second, first) in neighbours for first, second in pairwise(shared))
    return len(rising) >= (SURELY_IN_ORDER if is_turned else LEAST_IN_ORDER) * len(shared)


def _in_the_same_order(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether the names that both have come in one order: who did it to whom is what was said."""
    both = set(a) & set(b)
    return list(dict.fromkeys(n for n in a if n in both)) == list(dict.fromkeys(n for n in b if n in both))
