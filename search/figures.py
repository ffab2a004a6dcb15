"""Figures that texts give for what a question counts, as numbers that can be compared."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from index.calendar import MONTHS, SHORT_MONTHS
from index.terms import content_terms, term_texts, terms
from search.answer_types import name_terms_in
from search.numbers import SCALES, WORDS, Number, numbers
from search.synonyms import canonical
from search.told import is_told

_THING = r"(?: (?:(?:[A-Z]\.){2,}|[\w-]+))"
"""A word of what is counted, which may be letters with points: “how many U.S. troops”."""
_COUNTED = re.compile(rf"\bhow (?P<much>many|much)\b(?P<what>{_THING}{{0,3}})", re.IGNORECASE)
_POPULATION = re.compile(r"\b(?:what|which)(?:['’]s| is| was) the (?:[\w-]+ )?population\b", re.IGNORECASE)
_NUMBER = re.compile(rf"\bwhat(?:['’]s| is| was) the (?:[\w-]+ )?number of(?P<what>{_THING}{{1,3}})", re.IGNORECASE)
_PLURAL = re.compile(
    r"[\w-]+[^\Wsiu]s|people|persons|children|men|women|fish|sheep|mice|geese|feet|teeth", re.IGNORECASE
)
_THERE = re.compile(r"\b(?:are|is|were|was) there\b", re.IGNORECASE)
_BEHIND = 4
"""So many words behind a figure may tell what it counts: “41 laden merchant ships”."""
_BEFORE = 14
"""So many words before a figure may: “the population of the island had risen to 4,200”."""
_FAR_BEHIND = 6
"""A number that isn't read may count what stands so many words behind it: “five formerly state-owned lines”."""
_SHOWN_BEHIND = 80
_OTHER = re.compile(r" (?!(?:of|out|or|to|and)\b)[\w-]+.*(?:[,;]|\band\b)")
"""Between two figures that count different things: “three villages, killing nine people”; not “40 of the 50 people”."""
_NUMBER_BEHIND = re.compile(
    r" ?\(?(?P<direct>[0-9][0-9,.]*)|[^.;,:|]{0,40}[:|] (?:[0-9]|[a-z])"
    r"|(?: with| of| is| are| was| were) (?P<number>[0-9][0-9,.]*)(?=[),;:]|\.?$| (?:and|or)\b)"
)
"""“Tackles (118)”, “interceptions with 24 and …”, “bakeries on the island: three”."""
_MEASURED = re.compile(
    r"[$€£¥]\s?[0-9][0-9.,]*(?: (?:million|billion|trillion))?"
    r"|\b(?:first|second|third|fourth|fifth)-[a-z]+|\b[\w.,]{1,20}-(?:second|minute|hour|day|week|month|year|mile|metre)s?\b",
    re.IGNORECASE,
)
"""Sums of money and “two-hour” count nothing but themselves."""
_YEARS = range(1000, 2101)
_PEOPLE = "people"
_SPANS = "times years months weeks days hours minutes seconds decades centuries"
"""What is counted by a date, a span of time or “twice”."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a question wants counted: the thing's term; None where only money can be meant (“how much did it cost”).

    `words` are the terms by which it is asked for, the last of which may be none of it. `is_stock`: how many there are
    or live somewhere is asked, which is told in many words, not what was done to them.
    """

    thing: str | None
    is_much: bool
    is_stock: bool = False
    words: tuple[str, ...] = ()


def asked_count(question: str) -> Counted | None:
    """What “how many …”, “how much …” or “what is the number of …” asks the number of; None for other questions."""
    if _POPULATION.search(question):
        return Counted(_PEOPLE, is_much=False, is_stock=True)
    found = _COUNTED.search(question) or _NUMBER.search(question)
    if found is None:
        return None
    things: list[str] = []
    for word in found["what"].split():
        told = [term.text for term in content_terms(word)]
        if not told:
            break
        things += told
        if _PLURAL.fullmatch(word):
            break  # “How many bears live …”: what follows the plural is no part of the thing.
    is_much = found.re is _COUNTED and found["much"].lower() == "much"
    if not things and not is_much:
        return None
    is_stock = _THERE.search(question) is not None or tells_stock(term_texts(question))
    return Counted(_kind(things[-1]) if things else None, is_much, is_stock, tuple(things))


def counts_asked(question: str) -> Callable[[str], bool] | None:
    """What tells whether a text gives the number of what a question asks the number of; None where it asks none.

    Of people, some number of those of whom something of the question is told will do: “twelve were hurt”.
    """
    asked = asked_count(question)
    if asked is None or asked.thing is None or asked.is_much or not _spans().isdisjoint(asked.words):
        return None  # A sum of money names its own unit, and how many years it took two dates tell.
    wanted = {asked.thing, *asked.words}
    if asked.thing == _PEOPLE:
        wanted.update(term.text for term in content_terms(question))
    names = name_terms_in(question)

    @cache
    def means(term: str) -> bool:
        # Names have no synonyms: years are no part of Old Weir.
        return term in wanted or any(is_told(one, {term}) for one in wanted - names)

    return lambda text: bool(figures_for(asked, text)) or gives_number(asked, text, means)


def figures_for(asked: Counted, sentence: str) -> frozenset[float]:
    """The numbers that a sentence gives for what is counted: of things those before them, of “much” sums of money."""
    return frozenset(one.value for one in counted(asked, sentence))


def counted(asked: Counted, sentence: str, language: str | None = None) -> list[Number]:
    """What `figures_for` gives, with how exactly it is meant."""
    holds_thing = asked.thing is None or asked.thing in map(_kind, term_texts(sentence))
    found, given = numbers(sentence, language), []
    for at, figure in enumerate(found):
        if _is_day(sentence, figure):
            continue
        following = found[at + 1].start if at + 1 < len(found) else len(sentence)
        behind = [_kind(term) for term in term_texts(_counted_by(sentence, figure, following))[:_BEHIND]]
        is_sum = bool(figure.sign) or not _money().isdisjoint(behind)
        if asked.is_much:
            is_given = is_sum and holds_thing
        else:
            is_given = (asked.thing in behind and not figure.sign) or (
                not is_sum and _is_number_of(asked.thing, sentence, figure)
            )
        if is_given:
            given.append(figure)
    return given


def _counted_by(sentence: str, figure: Number, following: int) -> str:
    """What stands behind a figure, up to the next one where that counts something else."""
    behind = sentence[figure.end : figure.end + _SHOWN_BEHIND]
    between = sentence[figure.end : following] if following < figure.end + _SHOWN_BEHIND else ""
    return between if _OTHER.match(between) else behind


def gives_number(asked: Counted, sentence: str, means: Callable[[str], bool]) -> bool:
    """Whether a number, or a word for one, stands near what is counted: some words before it, or right behind it.

    `means` tells whether a term may mean what is counted.
    """
    sentence = _MEASURED.sub(" ", sentence)
    told = term_texts(sentence)
    numbers = [at for at, term in enumerate(told) if _may_count(told, at)]
    things = [at for at, term in enumerate(told) if numbers and (_kind(term) == asked.thing or means(term))]
    if things and "number" in told[: numbers[-1]]:
        return True
    reach = {at: 1 if _is_year(told[at]) else _FAR_BEHIND for at in numbers}
    if not {at + step for at in numbers for step in range(1, reach[at] + 1)}.isdisjoint(things):
        return True
    behind = (_NUMBER_BEHIND.match(sentence, term.end) for term in terms(sentence) if means(term.text))
    return any(one is not None and not _is_year(one["direct"] or one["number"] or "") for one in behind)


def tells_money(told: Iterable[str]) -> bool:
    """Whether terms name a currency."""
    return not _money().isdisjoint(map(canonical, told))


def tells_stock(told: Iterable[str]) -> bool:
    """Whether terms tell how many there are or live somewhere."""
    return not _stock().isdisjoint(told)


def is_counted(asked: Counted, term: str) -> bool:
    """Whether a term means what is counted."""
    return _kind(term) == asked.thing


def counts_as(asked: Counted, term: str) -> bool:
    """Whether a term tells no more than what is counted, and that there are so many."""
    return _kind(term) == asked.thing or term in _stock()


def _is_number_of(thing: str | None, sentence: str, figure: Number) -> bool:
    """“The population is 4,200”, “the number of bears fell to 41”: what is counted stands before the figure."""
    if figure.is_plain and figure.value in _YEARS:
        return False
    before = term_texts(sentence[max(0, figure.start - 120) : figure.start])[-_BEFORE:]
    if thing == _PEOPLE and not _totals().isdisjoint(before):
        return True
    return "number" in before and thing in [_kind(term) for term in before[before.index("number") :]]


def _kind(term: str) -> str:
    """What a term is compared by: its group of words, and people of all kinds are people."""
    return _PEOPLE if term in _persons() else canonical(term)


def _is_day(sentence: str, figure: Number) -> bool:
    """Whether a figure is the day of a month: “March 2”."""
    is_digits = sentence[figure.end - 1].isdigit()
    return is_digits and not _months().isdisjoint(term_texts(sentence[max(0, figure.start - 12) : figure.start])[-1:])


def _may_count(told: Sequence[str], at: int) -> bool:
    """Whether a term tells how many of something, and is no day of a month."""
    is_number = told[at] in _amounts() or any(map(str.isdigit, told[at]))
    return is_number and (at == 0 or told[at - 1] not in _months())


def _is_year(term: str) -> bool:
    return term.isdigit() and int(term) in _YEARS


@cache
def _amounts() -> frozenset[str]:
    """Terms that tell how many, in digits or not."""
    vague = (
        "no none nobody zero hundreds thousands millions billions dozens several few both single sole only half couple "
        "pair trio quartet trick first second third fourth fifth sixth seventh eighth ninth tenth"
    )
    return frozenset(term_texts(f"{' '.join([*WORDS, *SCALES])} {vague}"))


@cache
def _spans() -> frozenset[str]:
    return frozenset(term_texts(_SPANS))


@cache
def _months() -> frozenset[str]:
    return frozenset(term_texts(" ".join((*MONTHS, *SHORT_MONTHS))))


@cache
def _persons() -> frozenset[str]:
    return frozenset(
        term_texts(
            "people person persons inhabitant inhabitants resident residents citizen citizens souls dead victims"
        )
    )


@cache
def _totals() -> frozenset[str]:
    return frozenset(term_texts("population toll"))


@cache
def _stock() -> frozenset[str]:
    told = "live lives lived living dwell dwells reside resides inhabit inhabits inhabited inhabitants residents home"
    return frozenset(term_texts(f"{told} population count counts counted counting census number numbered numbers"))


@cache
def _money() -> frozenset[str]:
    spent = "dollars euros pounds yen francs marks crowns cents roubles rubles rupees yuan dlrs stg"
    return frozenset(canonical(term) for term in term_texts(spent))
