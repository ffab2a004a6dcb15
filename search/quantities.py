"""What a text gives for the quantity that a question asks for, in whichever units, so that two can be compared."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from index.terms import term_texts
from search.ages import aged
from search.answer_types import asked_type
from search.datings import Clock, Dating, clocks, datings
from search.measures import asked_measure
from search.numbers import Number, numbers
from search.units import Amount, amount, single, summed
from search.wordings import word_set

_BY_NOUN = {
    "share": "inflation unemployment turnout growth deficit surplus percentage percent proportion share rate margin "
    "approval yield",
    "area": "area surface size large big",
    "length": "height length depth width distance diameter altitude elevation high tall long deep wide far",
    "speed": "speed fast",
    "weight": "weight heavy",
    "heat": "temperature temperatures hot cold",
    "magnitude": "magnitude strong",
    "age": "age old",
    "volume": "volume capacity",
    "power": "power capacity output",
}
"""What “how …” and “what was the …” ask for, by one of their words."""
_LEVEL = word_set("price cost value worth salary wage wages fee rent")
_ASKING = re.compile(
    r"\b(?:how|(?:what|which)(?:['’]s| is| are| was| were| will be)?)(?P<rest>(?: [\w-]+){1,6})", re.IGNORECASE
)
_HOUR = re.compile(r"\b(?:what|which) (?:time|hour)\b", re.IGNORECASE)
_CHANGES = word_set(
    "rise risen rose rises fall fallen fell falls grow grown grew increase increased drop dropped decrease decreased "
    "change changed gain gained lost"
)
_BE = word_set("is are was were")
_LEVELS = word_set("inflation growth prices")
_WAS = re.compile(r"\b(?:from|up from|down from|compared with|compared to|after|against|than)(?: [a-z]+){0,2} ?\Z")
"""What stands behind these was so before."""
_MOVED = re.compile(
    r"\b(?:rose|rises?|fell|falls?|moved?|climbed|dropped|sank|sinks?|sunk|travell?ed|drove|walked|swam|flew|sailed|ran|drifted"
    r"|grew)(?: (?:by|to|about|some|nearly|over|almost|only|just|another))* ?\Z",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"[ -]?[\w.]+(?: [a-z]+)? (?:from\b(?![^.;]* to )|away|off|apart|inland|offshore|ahead|behind"
    r"|(?:north|south|east|west)[a-z-]* of)\b"
)
"""What was covered, or lies between two places, is nothing's size."""
_BY = re.compile(r"\bby (?:[a-z]+ ){0,2}\Z", re.IGNORECASE)


Given = Amount | Dating | Clock


@dataclass(frozen=True, slots=True)
class Wanted:
    """A quantity that a question asks for: its kinds, and the terms that only ask for it, which texts may leave out.

    `names` are the terms of whom an age is asked of; `is_change`: how much more or less it became is asked.
    `is_size`: how long something is, not how far it went. `nouns` are the question's terms for it: “inflation”.
    """

    kinds: tuple[str, ...]
    asking: frozenset[str]
    names: frozenset[str] = frozenset()
    is_change: bool = False
    is_size: bool = False
    nouns: frozenset[str] = frozenset()


def wanted(question: str) -> Wanted | None:
    """The quantity that an English question asks for, which is no number of things; None for other questions."""
    words = set(re.findall(r"[a-z]+", question.lower()))
    is_change = not _CHANGES.isdisjoint(words)
    if _HOUR.search(question):
        return Wanted(("clock",), _terms("what time hour exactly"))
    measure = asked_measure(question)
    if measure is not None and {"frequency", "size"}.isdisjoint(measure.kinds):
        is_size = "length" in measure.kinds and not is_change and not _BE.isdisjoint(words) and "far" not in words
        return Wanted(measure.kinds, measure.asking | _terms(_WORDS), measure.names, is_change, is_size, _nouns(words))
    asking = _ASKING.search(question)
    behind = asking["rest"].lower().split() if asking else []
    kinds = tuple(kind for kind, nouns in _BY_NOUN.items() if not set(nouns.split()).isdisjoint(behind))
    kinds = ("money",) if not _LEVEL.isdisjoint(behind) else kinds
    if kinds and "many" not in behind:
        return Wanted(kinds, _terms(_WORDS), is_change=is_change, nouns=_nouns(words))
    if asked_type(question) == "date":
        return Wanted(("date", "clock"), _terms("year date day month century when what which"))
    return None


def _nouns(words: Collection[str]) -> frozenset[str]:
    nouns = {noun for nouns in _BY_NOUN.values() for noun in nouns.split()} | _LEVEL
    return frozenset(term for word in nouns.intersection(words) for term in term_texts(word))


_WORDS = (
    "high tall deep wide far long thick heavy fast hot cold old large big strong height length depth width distance "
    "weight speed age area size rate level percentage percent share proportion amount reach stand total cost price "
    "worth pay weigh cover measure take last spend spent magnitude temperature"
)
"""By which a quantity is asked for and told, or not: “how high is it” and “at 148 metres, it …”."""


def given(asked: Wanted, text: str, language: str | None = None) -> list[Given]:
    """What a text gives for a quantity; what it was before something (“up from 4 %”) only where it gives no other."""
    if asked.kinds == ("clock",):
        return list(clocks(text))
    if "date" in asked.kinds:
        return list(datings(text))
    if "age" in asked.kinds:
        return [Amount(*one, value=one[0], unit="", written="") for one in aged(text, asked.names)]
    found = [*numbers(text, language), *single(text)]
    read: list[Amount] = []
    for number in sorted(found, key=lambda one: one.start):
        one = next(filter(None, (amount(kind, text, number) for kind in asked.kinds)), None)
        if one is None or (not asked.is_change and _is_change(asked, text, number)):
            continue
        if not (asked.is_size and _is_way(text, number)):
            read.append(one)
    read = summed(text, read)
    now = [one for one in read if not _WAS.search(text[max(0, one.start - 30) : one.start].lower())]
    return list(now or read)


def agree(one: Iterable[Given], other: Sequence[Given]) -> bool:
    """Whether some of these are the same as some of those, or may be."""
    return any(_same(mine, theirs) for mine in one for theirs in other)


def _same(one: Given, other: Given) -> bool:
    if isinstance(one, Amount) and isinstance(other, Amount):
        return one.agrees(other)
    if isinstance(one, Dating) and isinstance(other, Dating):
        return one.agrees(other)
    if isinstance(one, Clock) and isinstance(other, Clock):
        return one.agrees(other)
    return True


def _is_way(text: str, number: Number) -> bool:
    """Whether a length was covered by what moved or rose, or lies between two places."""
    before, behind = text[max(0, number.start - 40) : number.start], text[number.end : number.end + 80]
    return _MOVED.search(before) is not None or _AWAY.match(behind) is not None


def _is_change(asked: Wanted, text: str, number: Number) -> bool:
    """Whether a share is that by which something changed: “turnout rose by 3 percent”; inflation is one itself."""
    if "share" not in asked.kinds or not _BY.search(text[max(0, number.start - 20) : number.start]):
        return False
    words = set(re.findall(r"[a-z]+", text.lower()))
    return not _CHANGES.isdisjoint(words) and _LEVELS.isdisjoint(words)


@cache
def _terms(words: str) -> frozenset[str]:
    return frozenset(term_texts(words))
