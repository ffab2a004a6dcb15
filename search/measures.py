"""Which kind of amount a question asks for, by its units, money or a length; and whether a sentence shows one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from index.calendar import ANY_MONTH, ANY_SHORT_MONTH
from index.terms import term_texts
from search.ages import tells_age
from search.answer_types import name_terms_in
from search.durations import without_others
from search.sizes import is_body, numbers_members, sized
from search.told import is_told
from search.wordings import word_set

_UNITS = {
    "money": "dollar euro pound yen franc mark crown cent rouble ruble rupee yuan peso lira krona krone kroner dinar "
    "dirham shekel rand real baht zloty florin guilder thaler ducat shilling penny pence forint leu lev hryvnia tenge "
    "rupiah ringgit naira taka dong usd eur gbp chf jpy inr cny sek nok dkk aud cad kr dlr dlrs ct cts stg free",
    "length": "metre meter kilometre kilometer mile foot feet inch yard centimetre centimeter millimetre millimeter "
    "fathom league light storey story floor nanometre nanometer micrometre micrometer km cm mm ft",
    "weight": "kilogram kilo gram ton tonne pound ounce stone carat milligram megaton kiloton kg lb lbs",
    "speed": "metre meter kilometre kilometer mile foot feet inch centimetre centimeter millimetre millimeter knot mph "
    "kph percent times mach",
    "heat": "degree celsius fahrenheit kelvin centigrade",
    "time": "second minute hour day week fortnight month year decade century night season generation millennium "
    "lifetime",
    "share": "percent percentage",
    "frequency": "rarely seldom never always usually sometimes regularly "
    "every each per once twice thrice times daily weekly monthly yearly annual annually hourly nightly "
    "quarterly day week month year",
}
"""What may stand behind a number; of how often something happens, also on its own."""
_ASKED = {
    "tall": ("length",),
    "high": ("length",),
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
    "large": ("size",),
    "big": ("size",),
}
"""The word behind “how”; “how large” may be told in any number, but a year or a day."""
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
_WHAT_SUM = re.compile(
    r"\b(?:what|which) (?P<noun>profit|loss|salary|price|fee|fine|rent|revenue|turnover|sum|ransom|reward)s? (?!of\b)",
    re.IGNORECASE,
)
_PRICED = word_set(
    "cost costs pay pays paid save saves saved spend spends spent earn earns earned owe owes owed charge charges "
    "charged donate donated invest invested worth insured price priced buy bought sell sells sold lend lent fine fined "
    "offer offers offered bid pledge pledges pledged contribute contributes contributed award awarded "
    "give gives gave given receive receives received win wins won"
)
"""Verbs by which “how much …” asks for a sum of money."""
_BE, _ARTICLES = word_set("is are was were"), word_set("a an one the")
_RATED_HIGH = word_set(
    "cost costs price prices fine fines fee fees tax taxes rent rents wage wages salary salaries debt debts budget bid "
    "bill loss losses profit profits damage damages toll ransom reward sum turnout unemployment inflation rate rates "
    "share percentage interest temperature temperatures fever score rank ranked quality level levels risk number "
    "penalty"
)
"""What is high, and no height."""
_CHANGED = word_set(
    "rise risen rose fall fallen fell grow grown grew increase increased drop dropped decrease decreased"
)
_SUMS = word_set("money cash compensation funding")
_LASTING = word_set("last lasts lasted take takes taken wait")
"""What “how long” asks of is a time."""
_TAKING = word_set("take takes took taken need needs needed before until ago after since")
"""“In one day” is how long it took, not how long it lasted; and “a year ago” is how long ago it was."""
_HOW = re.compile(r"\bhow (?P<how>[a-z]+)(?P<rest>[^?.!;]*)", re.IGNORECASE)
_WHAT = re.compile(
    r"\b(?:what|which)(?:['’]s| is| are| was| were| will be) (?:the|(?:[\w.-]+ ){0,3}[\w.-]+['’]s?)"
    r"(?: (?:net|gross|operating|annual|total|prize))? (?P<noun>[a-z]+)\b",
    re.IGNORECASE,
)
_WHAT_MONEY = word_set("profit profits revenue revenues turnover dividend fine ransom budget")
"""Nouns for sums of money, each for another one: a text must tell the word."""
_WHAT_DOES = re.compile(
    r"\bwhat (?:does|did|do|will|would) [^?.!;]{0,80}\b(?P<verb>costs?|sell for|weigh|earn)\b", re.IGNORECASE
)
_DOES = word_set("do does did will would can could is are was were has have had should must may might shall")
_OWNED = re.compile(r"[^\W\d_]s?['’]s? (?P<what>[a-z]+)")
"""The son in “Ada Orr’s son”, whose age stands behind that word: “her son, 7,”."""
_BEFORE = 3
"""A number stands so many words before its unit: “2.4 million gold marks”."""
_SIGNED = {
    "money": re.compile(
        r"[$€£¥₹₽₺₩₦]\s?[0-9]|[0-9]\s?[$€£¥₹₽₺₩₦]"
        r"|\b(?:Rs\.?|kr\.?|USD|EUR|GBP|CHF|JPY|INR|CNY|SEK|NOK|DKK|AUD|CAD)\s?[0-9]"
    ),
    "length": re.compile(r"[0-9]\s?(?:km|m|cm|mm)\b"),
    "weight": re.compile(r"[0-9]\s?(?:kg|g|t)\b"),
    "speed": re.compile(r"[0-9]\s?(?:mph|(?:km|m)/(?:h|s))\b"),
    "heat": re.compile(r"[0-9]\s?(?:°|[CF]\b)"),
    "share": re.compile(r"[0-9]\s?%"),
}
_SINCE = re.compile(
    r"\b(?:since|from|until|till|through|between|by|before|after)(?: (?:the|about|around|at least|early|late|mid|spring"
    r"|summer|autumn|fall|winter|[0-9]{1,2},?|[a-z]{0,6}(?:uary|ch|ril|may|june|july|gust|ber),?))* [12][0-9]{3}s?\b"
    r"|\b(?:since|until|till) (?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:[0-9]{1,2} )?(?:january|february|march"
    r"|april|may|june|july|august|september|october|november|december))\b"
    r"|\b[12][0-9]{3}s?\b(?:[ –-][^.;]{0,60})?[ –-][12]?[0-9]{3}\b"
    r"|\b(?:since|from|until|till|through|into|throughout|during|in) [^.;]{0,20}"
    r"\b(?:century|centuries|seconds|minutes|hours|days|weeks|months|years|decades)\b",
    re.IGNORECASE,
)
"""A day or a year tells how long where it begins or ends something; “in minutes” is an answer, too."""
_SIDE = {"high": "high", "tall": "high", "deep": "deep", "wide": "wide", "long": "long"}
"""By the word behind “how”, and behind a unit, which side is measured: “a wall 2 miles long” is not as high."""
_RATED = word_set("a an per each every")
_RATES = word_set("knot mph kph percent times mach")
_YEAR_DIGITS = 4
_NEAR_RATE = 4
"""A length tells a speed where so many words behind it tell in what time."""
_NUMBERS = " ".join(
    (
        "a an one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million "
        "billion trillion dozen half third quarter several few couple hundreds thousands millions billions",
    )
)


@dataclass(frozen=True, slots=True)
class Measure:
    """An amount asked for: the kinds of units that may tell it, and the question's terms that only ask for it.

    `side` is which side of a thing is to be measured, None where any will do; `names` are the terms of the question's
    names and of what is somebody's, of whom an age is told; `noun` is a term that must be told beside the amount;
    `lasts` is whether it is asked how long something is or goes on, not what it takes; `of` is the term of what “how
    large” is asked of, which must be told with it.
    """

    kinds: tuple[str, ...]
    asking: frozenset[str]
    side: str | None = None
    names: frozenset[str] = frozenset()
    noun: str | None = None
    lasts: bool = False
    of: str | None = None

    @property
    def light(self) -> frozenset[str]:
        """The terms that ask for it and mean nothing else: how “big”, how much “money”."""
        return self.asking if "size" in self.kinds else self.asking & _terms("money", "")


def asked_measure(question: str) -> Measure | None:
    """The amount that an English question asks for, where only some units can tell it; linear."""
    how = _HOW.search(question)
    if how is not None:
        word = how["how"].lower()
        if word == "much":
            return _much(how["rest"].lower().split())
        if word not in _ASKED or (word == "high" and not _RATED_HIGH.isdisjoint(how["rest"].lower().split())):
            return None
        names = _aged(question) if word == "old" else frozenset[str]()
        rest = how["rest"].lower().split()
        is_time = word == "long" and not _LASTING.isdisjoint(rest)
        lasts = word == "long" and _TAKING.isdisjoint(rest)
        kinds = ("time",) if is_time else _ASKED[word]
        return Measure(kinds, _terms(word, "take last"), _SIDE.get(word), names, lasts=lasts, of=sized(question))
    does = _WHAT_DOES.search(question)
    if does is not None:
        verb = does["verb"].lower()
        return Measure(("weight" if verb == "weigh" else "money",), _terms(verb, ""))
    what = _WHAT.search(question)
    noun = what["noun"].lower() if what else ""
    of_sum = _WHAT_SUM.search(question)
    if noun in _WHAT_MONEY | _SUMS or of_sum:
        told = of_sum["noun"].lower() if of_sum else noun
        return Measure(("money",), frozenset(), noun=next(iter(term_texts(told))) if told in _WHAT_MONEY else None)
    return Measure((_NOUNS[noun],), _terms(noun, "")) if noun in _NOUNS else None


def shows_measure(measure: Measure, text: str) -> bool:
    """Whether a text gives a number of one of the units; “since 1999” tells how long, “daily” how often."""
    if "age" in measure.kinds:
        return tells_age(text, measure.names)
    if measure.noun is not None and not is_told(measure.noun, term_texts(text)):
        return False
    text = _measuring(measure, text)
    terms = term_texts(text)
    if "frequency" in measure.kinds and not _units("frequency").isdisjoint(terms):
        return True
    if "size" in measure.kinds:
        is_of_body = measure.of is not None and is_body(measure.of)
        return numbers_members(measure.of or "", text) if is_of_body else any(map(_is_number, terms))
    is_signed = any(kind in _SIGNED and _SIGNED[kind].search(text) for kind in measure.kinds)
    if is_signed or ("time" in measure.kinds and _SINCE.search(text)):
        return True
    return any(_is_amount(measure, terms, at) for at, term in enumerate(terms) if term in _any_units(measure.kinds))


def _measuring(measure: Measure, text: str) -> str:
    """A text without what is no measure of the kind: distances, how long ago it was, days and years."""
    if measure.side is not None:
        text = _way().sub(" ", text)
    if "time" in measure.kinds:
        text = without_others(text, measure.lasts)
    return _dates().sub(" ", text) if "size" in measure.kinds else text


def _is_amount(measure: Measure, terms: Sequence[str], at: int) -> bool:
    """Whether a unit stands behind a number, and measures what is asked for."""
    if terms[at] == "free":
        return True
    behind = terms[at + 1 : at + 1 + _NEAR_RATE]
    if "speed" in measure.kinds and terms[at] not in _RATES and _RATED.isdisjoint(behind):
        return False
    if "length" in measure.kinds and terms[at] in _units("length") and _is_rate(behind):
        return False
    other = _sides().get(next((term for term in behind[:2] if term != "in"), ""))
    is_other = measure.side is not None and other is not None and other != measure.side
    # “In March 2022, he said last year”
    before = (term for term in terms[max(0, at - _BEFORE) : at] if not ("time" in measure.kinds and _is_year(term)))
    return not is_other and any(map(_is_number, before))


def _is_rate(behind: Sequence[str]) -> bool:
    """Whether what follows tells in what time: “an hour”."""
    return behind[:1] != [] and behind[0] in _RATED and not _units("time").isdisjoint(behind[1:2])


def _much(rest: list[str]) -> Measure | None:
    """“How much will it save” asks for money; “how much water” and “how much did it grow” need not."""
    first = rest[0] if rest else ""
    priced = _PRICED.intersection(rest)
    if "weigh" in rest or "weighs" in rest or "weighed" in rest:
        return Measure(("weight",), _terms("weigh", ""))
    if first in _BE and rest[1:2] and rest[1] in _ARTICLES:
        return Measure(("money", "share"), _terms("worth", "pay cost price"))
    of = rest[: next((at for at, word in enumerate(rest) if word in _DOES), 1)] if first != "of" else []
    if not _SUMS.isdisjoint(of) or (first in _DOES and priced):
        return Measure(
            ("money",) if _CHANGED.isdisjoint(rest) else ("money", "share"),
            _terms(" ".join(sorted(priced | _SUMS)), "pay cost price worth"),
        )
    return None


def _aged(question: str) -> frozenset[str]:
    """The terms of whose age a question asks for: its names, and what is told to be theirs."""
    names = name_terms_in(question)
    return names | _terms(" ".join(one["what"] for one in _OWNED.finditer(question)), "") if names else names


def _is_year(term: str) -> bool:
    return len(term) == _YEAR_DIGITS and term.isdigit() and term[0] in "12"


def _is_number(term: str) -> bool:
    return term in _numbers() or any(map(str.isdigit, term))


def _terms(word: str, more: str) -> frozenset[str]:
    return frozenset(term_texts(f"{word} {more}"))


@cache
def _dates() -> re.Pattern[str]:
    """Years, days and articles: no sizes."""
    return re.compile(
        rf"\b(?:{ANY_MONTH}|{ANY_SHORT_MONTH}\.?)(?: [0-9]{{1,2}}\b)?|\b[0-9]{{1,2}} {ANY_MONTH}"
        r"|\b[12][0-9]{3}s?\b(?![,.][0-9])"
        r"|\b(?:an?|one|[0-9]+(?:st|nd|rd|th)|third)\b",
        re.IGNORECASE,
    )


@cache
def _sides() -> dict[str, str]:
    """Each term that tells which side is measured → that side."""
    words = {"high": "high height tall", "deep": "deep depth", "wide": "wide width broad", "long": "long length"}
    return {term: side for side in words for term in term_texts(words[side])}


@cache
def _way() -> re.Pattern[str]:
    """How far apart two places are: “25 miles (40 km) south of it”, “5 km from it”; not “5 km from end to end”."""
    return re.compile(
        r"\b[\w.,]{1,20}[ -]?(?:km|kilomet(?:re|er)s?|miles?|met(?:re|er)s?|m|yards?|feet|ft|leagues?|paces)"
        r"(?: \([^)]{0,20}\))? (?:(?:due|further|farther|to the) )?"
        r"(?:(?:north|south)(?:-?(?:east|west))?|east|west|away|off|apart|from(?![^.;]{0,60} to ))\b",
        re.IGNORECASE,
    )


@cache
def _any_units(kinds: tuple[str, ...]) -> frozenset[str]:
    return frozenset[str]().union(*map(_units, kinds))


@cache
def _units(kind: str) -> frozenset[str]:
    return frozenset(term_texts(_UNITS[kind]))


@cache
def _numbers() -> frozenset[str]:
    return frozenset(term_texts(_NUMBERS))
