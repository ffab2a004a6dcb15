"""Whether what was found answers a question: a probability, made of what can be told without understanding it."""

import math
import re
from collections.abc import Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from index.folding import fold
from index.library import Snapshot
from index.settings import DEFAULT_MODEL
from index.terms import terms
from index.types import Filters
from search.absent import Absence, Encode, absence, amounts, retold
from search.answer_types import class_terms, name_terms_in, occasion_terms
from search.likely import turned
from search.reading import Passage, Reading
from search.retrieve import Probe
from search.told import is_told

ENOUGH = 0.25
"""With less, the question is refused. On judged sets that the weights don't come from, that refuses 5 in 100 questions
wrongly, and 56 and 80 in 100 of those whose paragraph was taken away (docs/refusal.md)."""
_WORDS_AND_MEANING = (-5.4, 5.0, 2.9, -0.9, 0.3, 3.0, 1.1)
_WORDS = (-3.9, 5.6, 3.7, -1.2, 0.4)
"""Logistic weights of 1 and of each part of `Evidence` in its order, with and without cosines: the means of those
fitted on two judged sets, by `benchmarks/refusal.py`; −5.4 was −5.6 before there were parts that are not fitted."""
_STRANGE = 2.0
"""What it costs on top where the library holds none of the question's names and numbers: “the mill of Orm” is not that
of Tolm. Chosen, not fitted; on the judged sets it refuses half a question in 100 more, rightly or wrongly."""
_RETOLD = 2.0
"""What it counts that words of the question are told in another form, by their share: less than their own."""
_ABSENT, _NOWHERE, _NOWHERE_BY_WORDS, _VERB, _UNGIVEN, _TURNED = 6.0, 1.0, 4.0, 8.0, 4.5, 6.0
"""What the parts of `Absence` cost on top, the greater one of words and verb (“how many wolves live there”, where only
bears do), what is to be counted or measured but is not in the best passages, and that what would answer tells the
contrary (of the northern wing, where the southern one is asked about). Chosen on invented questions, and so that no
more is refused wrongly of the judged sets: where a paragraph is taken away mostly more is missing
(docs/refusal.md)."""
_EVENT = 6.0
"""What it costs at least that a verb is told in no form that has a contrary: when it opened, when somebody died."""
_AS_FULL = 0.8
"""Those that hold this share of it may tell a word that the best one lacks."""
_AROUND = 50_000
"""So many characters of a document are looked through for a name that a passage of it lacks."""
_YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}")
_ANY_TYPE = 0.7
"""What `typed` is where anything may answer: about how often it is 1 elsewhere."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for an answer, each part 0 to 1; `near` and `agree` are None without cosines to go by.

    Of the passage that holds most of the question: `covered`, the share of the question's words that it holds, rare
    words weighing more; `ordered`, the share of the question's neighbouring words that stand side by side in it;
    `unnamed`, the share of the question's names and numbers that it lacks. Of all passages: `typed`, whether the
    sentence that holds most of the question shows what is asked for, a date or a name; `near`, the greatest cosine;
    `agree`, whether the nearest passage holds most of the question, too. `is_strange` is whether the question has names
    or numbers and the library none of them. `retold`, 0 to 1, and `absence` are what `search/absent.py` tells,
    `is_ungiven` whether no sentence gives the amount or the number that is asked for, `turned`, 0 to 1, what
    `search/likely.py` tells.
    """

    covered: float
    ordered: float
    unnamed: float
    typed: float
    near: float | None = None
    agree: float | None = None
    is_strange: bool = False
    retold: float = 0.0
    absence: Absence = Absence()
    is_ungiven: bool = False
    turned: float = 0.0

    @property
    def probability(self) -> float:
        """How probable it is that the library answers, where as many questions have an answer as have none."""
        parts = [1.0, self.covered, self.ordered, self.unnamed, self.typed]
        weights: tuple[float, ...] = _WORDS
        if self.near is not None and self.agree is not None:
            parts, weights = [*parts, self.near, self.agree], _WORDS_AND_MEANING
        size = sum(weight * part for weight, part in zip(weights, parts, strict=True))
        size += _RETOLD * self.retold
        nowhere = _NOWHERE_BY_WORDS if self.near is None else _NOWHERE
        against = _STRANGE * self.is_strange + nowhere * self.absence.nowhere
        against += max(_ABSENT * self.absence.words, _VERB * self.absence.verb, _EVENT * self.absence.is_event)
        against += _UNGIVEN * self.is_ungiven + _TURNED * self.turned
        return 1 / (1 + math.exp(against - size))


@dataclass(frozen=True, slots=True)
class Missing:
    """Words of a question as typed: those that no passage holds, and those that the best one shown lacks.

    `is_all` is whether the best passage holds none.
    """

    nowhere: tuple[str, ...]
    apart: tuple[str, ...]
    is_all: bool


def weigh(snapshot: Snapshot, probe: Probe, reading: Reading, encode: Encode | None = None) -> Evidence:
    """Weigh what was read: at least one passage. `encode` is asked once where words of the question are absent.

    Other models have cosines on other scales than that with which they were weighed: theirs don't count.
    """
    best = _best(reading)
    near = agree = None
    cosines = [one.cosine for one in reading.passages if one.cosine is not None]
    if cosines and snapshot.model.name == DEFAULT_MODEL:
        near = max(0.0, *cosines)
        agree = float(any(one.cosine == near and one.covered >= best.covered for one in reading.passages))
    names = name_terms_in(probe.text)
    unnamed = _share({name for name in names - best.held if name.isdigit() or not is_told(name, best.held)}, names)
    is_strange = unnamed == 1 and not any(snapshot.document_frequency(term) for term in names)
    otherwise = retold(probe, reading, best)
    found = Evidence(best.covered, best.in_order, unnamed, _typed(reading), near, agree, is_strange, otherwise)
    if found.probability < ENOUGH:
        return found
    as_full = [one for one in reading.passages if one.covered >= _AS_FULL * best.covered]
    as_full = [one for one in as_full if _is_of_same(snapshot, names, best, one)]
    return replace(
        found,
        absence=absence(snapshot, probe, reading, as_full, encode if near is not None else None),
        is_ungiven=reading.asking.is_of_amount and not amounts(reading),
        turned=turned(reading),
    )


def _is_of_same(snapshot: Snapshot, names: Collection[str], best: Passage, other: Passage) -> bool:
    """Whether a passage or its document tells a name that the best one does: another bridge was closed."""
    told = {name for name in names if is_told(name, best.held)}
    if not told or any(is_told(name, other.held) for name in told):
        return True
    whole = fold(snapshot.document(other.paragraph.document.id).text[:_AROUND]).text
    return any(name in whole for name in told)


def missing(snapshot: Snapshot, probe: Probe, reading: Reading | None, among: int) -> Missing:
    """Which words of the question are to be found nowhere, and which are not in the one of `among` that holds most."""
    held = _best(reading, among).held if reading else frozenset[str]()
    only_ask = occasion_terms(probe.text) | class_terms(probe.text)
    wanted = [term for term in probe.terms if term not in only_ask] or probe.terms
    lacking = [term for term in wanted if term not in held]
    typed = {term.text: probe.text[term.start : term.end] for term in reversed(terms(probe.text))}
    nowhere = {term for term in lacking if snapshot.document_frequency(term) == 0 and not _is_dated(snapshot, term)}
    return Missing(
        nowhere=tuple(typed[term] for term in lacking if term in nowhere),
        apart=tuple(typed[term] for term in lacking if term not in nowhere),
        is_all=len(lacking) == len(wanted),
    )


def _is_dated(snapshot: Snapshot, term: str) -> bool:
    """Whether a term is a year of which a document is, whatever its text says."""
    if not _YEAR.fullmatch(term):
        return False
    return snapshot.documents(Filters(after=f"{term}-01-01", before=f"{term}-12-31"), 0, 0)[0] > 0


def _best(reading: Reading, among: int | None = None) -> Passage:
    """Of the first so many passages the one that holds most of the question."""
    first = [one for one in reading.passages if among is None or one.place < among] or reading.passages
    return max(first, key=lambda one: (one.covered, one.in_order, one.cosine or 0.0, -one.place))


def _typed(reading: Reading) -> float:
    telling = [one for one in reading.sentences if not one.is_heading] or reading.sentences
    most = max(telling, key=lambda one: (one.covered + one.before / 2, bool(one.shows_type)))
    return _ANY_TYPE if most.shows_type is None else float(most.shows_type)


def _share(part: AbstractSet[str], whole: AbstractSet[str]) -> float:
    return len(part) / len(whole) if whole else 0.0
