"""Figures that texts give for what a question counts, as numbers that can be compared."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from index.terms import content_terms, term_texts
from search.synonyms import canonical

_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 10**9, "trillion": 10**12}
_WORDS = (
    {word: number for number, word in enumerate(_UNITS.split(), 1)}
    | {word: 10 * tens for tens, word in enumerate(_TENS.split(), 2)}
    | {"dozen": 12}
)
_COUNTED = re.compile(r"\bhow (?P<much>many|much)\b(?P<what>(?: [\w-]+){0,3})", re.IGNORECASE)
_POPULATION = re.compile(r"\b(?:what|which)(?:['’]s| is| was) the (?:[\w-]+ )?population\b", re.IGNORECASE)
_NUMBER = re.compile(r"\bwhat(?:['’]s| is| was) the (?:[\w-]+ )?number of(?P<what>(?: [\w-]+){1,3})", re.IGNORECASE)
_PLURAL = re.compile(
    r"[\w-]+[^\Wsiu]s|people|persons|children|men|women|fish|sheep|mice|geese|feet|teeth", re.IGNORECASE
)
_THERE = re.compile(r"\b(?:are|is|were|was) there\b", re.IGNORECASE)
_BEHIND = 4
"""So many words behind a figure may tell what it counts: “41 laden merchant ships”."""
_BEFORE = 8
"""So many words before a figure may: “the population of the island had risen to 4,200”."""
_YEARS = range(1000, 2101)
_PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Counted:
    """What a question wants counted: the thing's term; None where only money can be meant (“how much did it cost”).

    `is_stock`: how many there are or live somewhere is asked, which is told in many words, not what was done to them.
    """

    thing: str | None
    is_much: bool
    is_stock: bool = False


def asked_count(question: str) -> Counted | None:
    """What “how many …”, “how much …” or “what is the number of …” asks the number of; None for other questions."""
    if _POPULATION.search(question):
        return Counted(_PEOPLE, is_much=False, is_stock=True)
    found = _COUNTED.search(question) or _NUMBER.search(question)
    if found is None:
        return None
    things: list[str] = []
    for word in found["what"].split():
        terms = [term.text for term in content_terms(word)]
        if not terms:
            break
        things += terms
        if _PLURAL.fullmatch(word):
            break  # “How many bears live …”: what follows the plural is no part of the thing.
    is_much = found.re is _COUNTED and found["much"].lower() == "much"
    if not things and not is_much:
        return None
    is_stock = _THERE.search(question) is not None or tells_stock(term_texts(question))
    return Counted(_kind(things[-1]) if things else None, is_much, is_stock)


def figures_for(asked: Counted, sentence: str) -> frozenset[float]:
    """The numbers that a sentence gives for what is counted: of things those before them, of “much” sums of money."""
    found = set()
    holds_thing = asked.thing is None or asked.thing in map(_kind, term_texts(sentence))
    for figure in _figure().finditer(sentence):
        behind = [_kind(term) for term in term_texts(sentence[figure.end() : figure.end() + 80])[:_BEHIND]]
        is_sum = figure["sign"] is not None or not _money().isdisjoint(behind)
        if asked.is_much:
            is_given = is_sum and holds_thing
        else:
            is_given = asked.thing in behind or (not is_sum and _is_number_of(asked.thing, sentence, figure))
        if is_given:
            found.add(_value(figure))
    return frozenset(found)


def tells_money(terms: Iterable[str]) -> bool:
    """Whether terms name a currency."""
    return not _money().isdisjoint(map(canonical, terms))


def tells_stock(terms: Iterable[str]) -> bool:
    """Whether terms tell how many there are or live somewhere."""
    return not _stock().isdisjoint(terms)


def is_counted(asked: Counted, term: str) -> bool:
    """Whether a term means what is counted."""
    return _kind(term) == asked.thing


def counts_as(asked: Counted, term: str) -> bool:
    """Whether a term tells no more than what is counted, and that there are so many."""
    return _kind(term) == asked.thing or term in _stock()


def _is_number_of(thing: str | None, sentence: str, figure: re.Match[str]) -> bool:
    """“The population is 4,200”, “the number of bears fell to 41”: what is counted stands before the figure."""
    if figure["digits"] and "," not in figure["digits"] and not figure["scale"] and _value(figure) in _YEARS:
        return False
    before = term_texts(sentence[max(0, figure.start() - 80) : figure.start()])[-_BEFORE:]
    if thing == _PEOPLE and _population() in before:
        return True
    return "number" in before and thing in [_kind(term) for term in before[before.index("number") :]]


def _kind(term: str) -> str:
    """What a term is compared by: its group of words, and people of all kinds are people."""
    return _PEOPLE if term in _persons() else canonical(term)


def _value(figure: re.Match[str]) -> float:
    if figure["digits"]:
        scale = _SCALES[figure["scale"].lower()] if figure["scale"] else 1
        return float(figure["digits"].replace(",", "")) * scale
    total, part = 0.0, 0.0
    for word in re.split(r"[ -]", figure["words"].lower()):
        if word == "hundred":
            part = (part or 1) * 100
        elif word in _SCALES:
            total, part = total + (part or 1) * _SCALES[word], 0.0
        elif word != "and":
            part += _WORDS[word]
    return total + part


# Made when first needed: few questions ask how many, and a cold start should not pay for it.
@cache
def _figure() -> re.Pattern[str]:
    spelled = "|".join([*_WORDS, *_SCALES])
    return re.compile(
        r"(?P<sign>[$€£¥])? ?(?<![\w.,])(?P<digits>[0-9]{1,15}(?:,[0-9]{3}){0,5}(?:\.[0-9]{1,6})?)(?![0-9])"
        rf"(?:[ -](?P<scale>hundred|thousand|million|billion|trillion)\b)?"
        rf"|\b(?P<words>(?:{spelled})(?:(?:[ -]| and )(?:{spelled})){{0,6}})\b",
        re.IGNORECASE,
    )


@cache
def _persons() -> frozenset[str]:
    return frozenset(
        term_texts("people person persons inhabitant inhabitants resident residents citizen citizens souls")
    )


@cache
def _population() -> str:
    return term_texts("population")[0]


@cache
def _stock() -> frozenset[str]:
    told = "live lives lived living dwell dwells reside resides inhabit inhabits inhabited inhabitants residents home"
    return frozenset(term_texts(f"{told} population count counts counted counting census number numbered numbers"))


@cache
def _money() -> frozenset[str]:
    spent = "dollars euros pounds yen francs marks crowns cents roubles rubles rupees yuan"
    return frozenset(canonical(term) for term in term_texts(spent))
