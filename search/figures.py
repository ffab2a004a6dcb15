"""Figures that texts give for what a question counts, as numbers that can be compared."""

import re
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
_BEHIND = 4
"""So many words behind a figure may tell what it counts: “41 laden merchant ships”."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a question wants counted: the thing's term; None where only money can be meant (“how much did it cost”)."""

    thing: str | None
    is_much: bool


def asked_count(question: str) -> Counted | None:
    """What “how many …” or “how much …” asks the number of; None for other questions."""
    found = _COUNTED.search(question)
    if found is None:
        return None
    things = []
    for word in found["what"].split():
        terms = [term.text for term in content_terms(word)]
        if not terms:
            break
        things += terms
    is_much = found["much"].lower() == "much"
    if not things and not is_much:
        return None
    return Counted(canonical(things[-1]) if things else None, is_much)


def figures_for(asked: Counted, sentence: str) -> frozenset[float]:
    """The numbers that a sentence gives for what is counted: of things those before them, of “much” sums of money."""
    found = set()
    holds_thing = asked.thing is None or asked.thing in map(canonical, term_texts(sentence))
    for figure in _figure().finditer(sentence):
        behind = [canonical(term) for term in term_texts(sentence[figure.end() : figure.end() + 80])[:_BEHIND]]
        is_sum = figure["sign"] is not None or not _money().isdisjoint(behind)
        if (is_sum and holds_thing) if asked.is_much else (asked.thing in behind):
            found.add(_value(figure))
    return frozenset(found)


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
def _money() -> frozenset[str]:
    spent = "dollars euros pounds yen francs marks crowns cents roubles rubles rupees yuan"
    return frozenset(canonical(term) for term in term_texts(spent))
