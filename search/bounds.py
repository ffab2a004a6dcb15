"""Words that limit an amount, a role or a group: whether a sentence leaves out or changes those of what it cites."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from index.terms import content_terms
from search.citable import Citable
from search.numbers import numbers
from search.synonyms import canonical
from search.tokens import Token, tokens
from search.wordings import word_set

_BEFORE = re.compile(
    r"\b(?:(?P<least>at least|no(?:t)? (?:fewer|less) than|a minimum of)"
    r"|(?P<most>at most|up to|as (?:many|much|few|little) as|no(?:t)? more than|a maximum of)"
    r"|(?P<nearly>nearly|almost|close to|just under|just short of|not quite|approaching)"
    r"|(?P<less>fewer than|less than|under|below)"
    r"|(?P<more>more than|over|above|exceed(?:ed|ing|s)?|upwards of|in excess of|greater than)"
    r"|(?P<about>about|around|roughly|approximately|circa|an estimated|estimated|some)"
    r"|(?P<between>between(?: [^ ]+){1,3} and|between))"
    r"(?: (?:a|an|the|another|about|some))* ?[$€£¥₹]?\Z",
    re.IGNORECASE,
)
_BEHIND = re.compile(r" (?:[a-z]+ ){0,2}or (?:(?P<least>more)|(?P<about>so)|(?P<most>less|fewer))\b", re.IGNORECASE)
_REACH = 48
_PART = re.compile(
    r"\b(?:most|half|some|all|many|few|none|any|each|much|majority|minority|number|thirds?|quarters?|fifths?|tenths?|"
    r"percent|out|[0-9]+) of (?:the|its|their|his|her|our|these|those|[^ ]+['’]s?|the [^ ]+['’]s?) (?:[a-z]+ )?\Z",
    re.IGNORECASE,
)
"""“Two thirds of the 90 members”, “most of the bank's 1,400 employees”."""
_HAVING = re.compile(r"\b(?:has|have|had|with|are|were|employs?|counts?|of) (?:the |its |their )?\Z", re.IGNORECASE)
_PLAIN, _PARTLY = "", "part"
_LOOSELY = {"about": frozenset({_PLAIN, "nearly"}), "nearly": frozenset({"about"})}
"""What is said of an amount that is told otherwise, and is still so; “some” counts as “about”."""

_ROLE_LIMITS = word_set(
    "former ex deputy vice acting interim assistant alleged suspected retired outgoing incoming designate elect "
    "aspiring proposed planned attempted potential possible future onetime late honorary would"
)
_ONCE = _ROLE_LIMITS | word_set("once formerly previously then was were been used may might could")
_BEING = word_set("is are remains remain as becomes become")
_ARTICLES = word_set("a an the its their his her")
_NEAR = 3

_EXCEPT = re.compile(
    r"\b(?:except(?:ing)?(?: for)?|excluding|apart from|other than|but for|with the exception of|aside from|barring)"
    r"\b([^,.;]*)",
    re.IGNORECASE,
)


def keeps_bounds(text: str, cited: Sequence[Citable]) -> bool:
    """Whether each amount is told as exactly, and as wholly, as it is somewhere: “at least six” is not “six”.

    What is told exactly may be said to be “about” so.
    """
    told: dict[float, set[str]] = {}
    for one in cited:
        for value, bound in _bounds(one.text):
            told.setdefault(value, set()).add(bound)
    return all(
        value not in told
        or bound in told[value]
        or not told[value].isdisjoint(_LOOSELY.get(bound, ()))
        or (told[value] == {_PARTLY} and bound == _PLAIN and is_had)
        for (value, bound), is_had in zip(_bounds(text), _are_had(text), strict=True)
    )


@lru_cache(maxsize=256)
def _bounds(text: str) -> tuple[tuple[float, str], ...]:
    """Each number's value, and which kind of bound it is."""
    return tuple((one.value, _bound(text, one.start, one.end)) for one in numbers(text))


def _are_had(text: str) -> Iterator[bool]:
    """For each number whether it is what somebody has: “has 1,400 employees”, whatever becomes of most of them."""
    for one in numbers(text):
        yield _HAVING.search(text[max(0, one.start - _REACH) : one.start]) is not None


def _bound(text: str, start: int, end: int) -> str:
    before = text[max(0, start - _REACH) : start]
    found = _BEFORE.search(before) or _BEHIND.match(text, end)
    if found and found.lastgroup:
        return found.lastgroup
    return _PARTLY if _PART.search(before) else _PLAIN


def keeps_role_limits(text: str, cited: Sequence[Citable]) -> bool:
    """Whether nobody is called without its limit what is only told with one: a former minister no minister."""
    found = [*tokens(text)]
    if any(one.text.lower() in _ONCE for one in found):
        return True
    return not any(_is_role(text, found, at) and _is_limited(one.text, cited) for at, one in enumerate(found))


def _is_role(text: str, found: Sequence[Token], at: int) -> bool:
    """Whether a word may tell what somebody is: “is a state company”, “, the minister”, “Minister Thorn”."""
    behind = found[at + 1] if at + 1 < len(found) else None
    if behind and behind.is_name and text[found[at].end : behind.start] == " ":
        return True
    near = found[max(0, at - _NEAR) : at]
    if any(one.text in _BEING for one in near):
        return True
    return any(one.text in _ARTICLES and text[max(0, one.start - 2) : one.start] == ", " for one in near)


def _is_limited(word: str, cited: Sequence[Citable]) -> bool:
    """Whether a word stands in what is cited, and always behind a limit."""
    places = [(one, place) for one in cited for place in one.places.get(word.casefold(), ())]
    # The first of two names is no role, whatever stands before it.
    is_role = any(one.tokens[place].islower() for one, place in places)
    return is_role and all(
        any(near.lower() in _ROLE_LIMITS for near in one.tokens[max(0, place - _NEAR + 1) : place])
        for one, place in places
    )


def keeps_exceptions(text: str, cited: Sequence[Citable]) -> bool:
    """Whether nothing is told of somebody whom the sentence that tells it excepts."""
    if _EXCEPT.search(text):
        return True
    names = {one.text.casefold() for one in tokens(text) if one.is_name}
    said = {canonical(one.text) for one in content_terms(text)}
    best, excepted = 0, set[str]()
    for one in (sentence for passage in cited for sentence in passage.sentences):
        held = len(said & {canonical(term.text) for term in content_terms(one.text)})
        if held <= best:
            continue
        found = _EXCEPT.search(one.text)
        behind = Citable(found[1]) if found else None
        kept = Citable(_EXCEPT.sub("", one.text))
        best, excepted = held, {name for name in names if behind and name in behind.places and name not in kept.places}
    return not excepted
