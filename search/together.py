"""Whether names, numbers and roles that a sentence puts together stand together in what it cites."""

from collections.abc import Sequence
from itertools import pairwise

from index.stopwords import FUNCTION_WORDS
from search.citable import Citable
from search.tokens import Token, tokens
from search.wordings import word_set

_NEAR = 2
"""Names and numbers side by side stand in the passage in that order, with at most one word, an initial, between."""
_SIDE_BY_SIDE = (" ", "\u00a0", "-", ". ")
_IS, _ARTICLES = word_set("is was are were became"), word_set("the a an its their his her")
_PLACES = word_set("in on at from near during since until to into")
"""“On Monday, the council” says of Monday nothing."""
_BESIDE = 5
"""So near to a role stands the name of who has it: “Nils A. Varg, the new mayor”."""


def keeps_together(text: str, cited: Sequence[Citable]) -> bool:
    """Whether names and numbers side by side, and what is counted, stand so in a passage.

    “Marta Ostrel”, “2.7 million”, “41,000 passengers”.
    """
    for one, other in pairwise(tokens(text)):
        is_counted = one.is_number and other.text.lower() not in FUNCTION_WORDS
        is_beside = text[one.end : other.start] in _SIDE_BY_SIDE
        # “Jan Moll, 52,”
        is_aged = text[one.end : other.start] == ", " and one.is_name and text[other.end : other.end + 1] == ","
        is_beside = is_beside or (is_aged and other.is_number)
        if not is_beside or not (is_counted or (one.is_checked and other.is_checked)):
            continue
        if not any(_follow(one, other, passage) for passage in cited):
            return False
    return True


def keeps_order(text: str, cited: Sequence[Citable]) -> bool:
    """Whether names and numbers that a small word joins do not stand the other way round: “from 1998 to 2001”."""
    found = [*tokens(text)]
    for before, one, small, other in zip([None, *found], found, found[1:], found[2:], strict=False):
        is_list = small.text in ("and", "or") and (before is None or before.text.lower() != "between")
        if not (one.is_checked and other.is_checked and small.text in FUNCTION_WORDS) or is_list:
            continue
        words = [part.text.casefold() for part in (one, small, other)]
        if any(_in_a_row(words[::-1], passage) for passage in cited) and not any(
            _in_a_row(words, passage) for passage in cited
        ):
            return False
    return True


def _in_a_row(words: Sequence[str], passage: Citable) -> bool:
    seconds, thirds = (set(passage.places.get(word, ())) for word in words[1:])
    return any(first + 1 in seconds and first + 2 in thirds for first in passage.places.get(words[0], ()))


def _follow(one: Token, other: Token, passage: Citable) -> bool:
    seconds = set(passage.places.get(other.text.casefold(), ()))
    firsts = passage.places.get(one.text.casefold(), ())
    return any(first + step in seconds for first in firsts for step in range(1, _NEAR + 1))


def gives_roles_to_bearers(text: str, cited: Sequence[Citable]) -> bool:
    """Whether who is said to be something is not somebody beside whom the passages put another name."""
    found = [*tokens(text)]
    around = zip([None, *found], found, found[1:], found[2:], [*found[3:], None], strict=False)
    for before, name, one, other, third in around:
        is_place = before is not None and before.text.lower() in _PLACES
        if is_place or not name.is_name or (text[one.start - 2 : one.start] != ", " and one.text not in _IS):
            continue
        role = other if one.text in _ARTICLES else third if one.text in _IS and other.text in _ARTICLES else None
        if role is None or role.is_checked or role.text in FUNCTION_WORDS:
            continue
        if _is_anothers(name, role, cited):
            return False
    return True


def _is_anothers(name: Token, role: Token, cited: Sequence[Citable]) -> bool:
    """Whether names stand near a role wherever the passages have it, and this one nowhere."""
    beside = [
        {
            near
            for near in one.tokens[max(0, place - _BESIDE) : place + _BESIDE]
            if near[0].isupper() and near.lower() not in FUNCTION_WORDS
        }
        for one in cited
        for place in one.places.get(role.text.casefold(), ())
    ]
    return bool(beside) and all(beside) and not any(name.text in names for names in beside)
