"""Which kind of amount a question asks for, by its units, money or a length; and whether a sentence shows one."""

import re
from dataclasses import dataclass
from functools import cache

from index.terms import term_texts
from search.wordings import word_set

_UNITS = {
    "money": "dollar euro pound yen franc mark crown cent rouble ruble rupee yuan peso lira krona krone kroner dinar "
    "dirham shekel rand real baht zloty florin guilder thaler ducat shilling penny pence usd eur gbp free",
    "length": "metre meter kilometre kilometer mile foot feet inch yard centimetre centimeter millimetre millimeter "
    "fathom league storey story floor nanometre nanometer micrometre micrometer km cm mm ft",
    "weight": "kilogram kilo gram ton tonne pound ounce stone carat milligram megaton kiloton kg lb lbs",
    "speed": "metre meter kilometre kilometer mile foot feet inch centimetre centimeter millimetre millimeter knot mph "
    "kph percent times mach",
    "heat": "degree celsius fahrenheit kelvin centigrade",
    "time": "second minute hour day week month year decade century night season generation millennium lifetime",
    "age": "year month week day decade century",
    "frequency": "every each per once twice thrice times daily weekly monthly yearly annual annually hourly nightly "
    "quarterly day week month year",
}
"""What may stand behind a number; of how often something happens, also on its own."""
_ASKED = {
    "tall": ("length",),
    "deep": ("length",),
    "wide": ("length",),
    "far": ("length",),
    "thick": ("length",),
    "heavy": ("weight",),
    "fast": ("speed",),
    "hot": ("heat",),
    "cold": ("heat",),
    "often": ("frequency",),
    "old": ("age",),
    "expensive": ("money",),
    "long": ("time", "length"),
}
"""The word behind “how”; “how high” and “how large” may be told in anything."""
_NOUNS = {
    "price": "money",
    "cost": "money",
    "costs": "money",
    "salary": "money",
    "wage": "money",
    "wages": "money",
    "fee": "money",
    "rent": "money",
    "weight": "weight",
    "width": "length",
    "temperature": "heat",
}
_PRICED = word_set(
    "cost costs pay pays paid save saves saved spend spends spent earn earns earned owe owes owed charge charges "
    "charged donate donated invest invested worth insured price priced buy bought sell sells sold lend lent fine fined"
)
"""Verbs by which “how much …” asks for a sum of money."""
_SUMS = word_set("money cash compensation")
_HOW = re.compile(r"\bhow (?P<how>[a-z]+)(?P<rest>[^?.!;]*)", re.IGNORECASE)
_WHAT = re.compile(r"\b(?:what|which)(?:['’]s| is| are| was| were| will be) the (?P<noun>[a-z]+)\b", re.IGNORECASE)
_WHAT_DOES = re.compile(
    r"\bwhat (?:does|did|do|will|would) [^?.!;]{0,80}\b(?P<verb>costs?|sell for|weigh|earn)\b", re.IGNORECASE
)
_DOES = word_set("do does did will would can could is are was were has have had should must may might shall")
_BEFORE = 3
"""A number stands so many words before its unit: “2.4 million gold marks”."""
_SIGNED = re.compile(r"[$€£¥₹]\s?[0-9]|[0-9]\s?(?:[$€£¥₹°]|km\b|m\b|cm\b|mm\b|kg\b|mph\b)")
_AGED = re.compile(
    r"\b(?:aged?|born|turn(?:s|ed|ing)?|(?:(?:year|month|week|day|decade)s?|century|centuries)[ -]old)\b"
    r"|,\s[1-9][0-9]{0,2}(?=[,;.)]|$)",
    re.IGNORECASE,
)
"""“Sanna Ruud, 42,”, “aged 42”, “turned 42”: how old somebody is, without a unit."""
_AGES = (
    r"1[01][0-9]|[1-9][0-9]?|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:-(?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]{3,6}teen|a hundred"
)
_OF_AGE = re.compile(
    rf"\b(?:is|was|am|are|were|be|at|only|just|now|nearly|almost|barely|about) (?:{_AGES})"
    r"(?=[.,;:!?)”\"]|$| (?:and|but|or|when|as|now|then|today)\b)"
    r"|\bin (?:his|her|their|my|your|its) (?:early |mid-?|late |middle )?"
    r"(?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|[2-9]0['’]?s)\b"
    r"|\b(?:teenager|septuagenarian|octogenarian|nonagenarian|centenarian)\b",
    re.IGNORECASE,
)
"""“She is fifty”, “in his forties”; not “at 42 metres”, which counts what stands behind it."""
_YEAR = re.compile(r"\b[12][0-9]{3}\b")
_NUMBERS = " ".join(
    (
        "a an one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million "
        "billion trillion dozen half third quarter several few couple hundreds thousands millions billions",
    )
)


@dataclass(frozen=True, slots=True)
class Measure:
    """An amount asked for: the kinds of units that may tell it, and the question's terms that only ask for it."""

    kinds: tuple[str, ...]
    asking: frozenset[str]


def asked_measure(question: str) -> Measure | None:
    """The amount that an English question asks for, where only some units can tell it; linear."""
    how = _HOW.search(question)
    if how is not None:
        word = how["how"].lower()
        if word == "much":
            return _much(how["rest"].lower().split())
        return Measure(_ASKED[word], _terms(word, "take last")) if word in _ASKED else None
    does = _WHAT_DOES.search(question)
    if does is not None:
        verb = does["verb"].lower()
        return Measure(("weight" if verb == "weigh" else "money",), _terms(verb, ""))
    what = _WHAT.search(question)
    kind = _NOUNS.get(what["noun"].lower()) if what else None
    return Measure((kind,), _terms(what["noun"].lower(), "")) if what and kind else None


def shows_measure(measure: Measure, text: str) -> bool:
    """Whether a text gives a number of one of the units; “since 1999” tells how long, “daily” how often."""
    if "frequency" in measure.kinds and not _units("frequency").isdisjoint(term_texts(text)):
        return True
    if not {"time", "age"}.isdisjoint(measure.kinds) and _YEAR.search(text):
        return True
    if "age" in measure.kinds:
        is_shown = bool(_AGED.search(text) or _OF_AGE.search(text))
    else:
        is_shown = _SIGNED.search(text) is not None
    if is_shown:
        return True
    terms = term_texts(text)
    units = frozenset[str]().union(*map(_units, measure.kinds))
    return any(
        term in units and (term == "free" or any(map(_is_number, terms[max(0, at - _BEFORE) : at])))
        for at, term in enumerate(terms)
    )


def _much(rest: list[str]) -> Measure | None:
    """“How much will it save” asks for money; “how much water” and “how much did it grow” need not."""
    first = rest[0] if rest else ""
    priced = _PRICED.intersection(rest)
    if "weigh" in rest or "weighs" in rest or "weighed" in rest:
        return Measure(("weight",), _terms("weigh", ""))
    if first in _SUMS or (first in _DOES and priced):
        return Measure(("money",), _terms(" ".join(sorted(priced | _SUMS)), "pay cost price worth"))
    return None


def _is_number(term: str) -> bool:
    return term in _numbers() or any(map(str.isdigit, term))


def _terms(word: str, more: str) -> frozenset[str]:
    return frozenset(term_texts(f"{word} {more}"))


@cache
def _units(kind: str) -> frozenset[str]:
    return frozenset(term_texts(_UNITS[kind]))


@cache
def _numbers() -> frozenset[str]:
    return frozenset(term_texts(_NUMBERS))
