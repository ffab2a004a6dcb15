"""Whether names, numbers and roles that a sentence puts together stand together in what it cites."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.stopwords import FUNCTION_WORDS
from index.terms import content_terms
from search.citable import Citable
from search.meaning import FRAME
from search.numerals import is_numeral
from search.tokens import Token, tokens
from search.wordings import word_set

_NEAR = 2
"""Names and numbers side by side stand in the passage in that order, with at most one word, an initial, between."""
_SIDE_BY_SIDE = (" ", "\u00a0", "-", ". ")
_IS, _ARTICLES = word_set("is was are were became"), word_set("the a an its their his her")
_AGE_DIGITS = 3
_OF_THEM = word_set("the its his her their these those")
_PLACES = word_set("in on at from near during since until to into")
"""“On Monday, the council” says of Monday nothing."""
_TIES = word_set("of from at in on for")
_DATES = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december"
)
_RUN = 6
_GOES_ON = word_set("he she it they his her its their him them the this these those")
_TAKES_UP = word_set("it him them")
"""A sentence with one of these may be about whom the one before names."""
_MOSTLY = 2 / 3
_CLAUSE = re.compile(r"[;:,.?!](?=\s)|\s(?=(?:and|but|while|whereas|although|after|before|because) )")
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


def gives_ages(text: str, cited: Sequence[Citable]) -> Iterator[bool]:
    """For each “Marta Ostrel is 52” in a text, whether “Marta Ostrel, 52,” stands in a passage."""
    found = [*tokens(text)]
    for one, small, other, behind in zip(found, found[1:], found[2:], [*found[3:], None], strict=False):
        is_age = (
            one.is_name and small.text in ("is", "was") and other.text.isdecimal() and len(other.text) <= _AGE_DIGITS
        )
        if is_age and (behind is None or text[other.end : behind.start] != " "):
            yield any(f"{one.text}, {other.text}{mark}" in passage.text for passage in cited for mark in ",.;")


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


def keeps_what_it_names(text: str, cited: Sequence[Citable]) -> bool:
    """Whether what a small word joins to a name or a number is not joined to others alone: “Moll of Velm” of Orsk's."""
    found = [*tokens(text)]
    for one, small, other in zip(found, found[1:], found[2:], strict=False):
        if small.text not in _TIES or not other.is_checked or one.text.lower() in FUNCTION_WORDS:
            continue
        if text[one.start : other.end] != f"{one.text} {small.text} {other.text}":
            continue
        word = other.text.casefold()
        tied = [run for passage in cited for run in _tied(one, small, passage)]
        tied = [frozenset(each for each in run if _kind(each) == _kind(word)) for run in tied]
        if tied and all(tied) and not any(word in run for run in tied) and not _is_taken_up(small, word, cited):
            return False
    return True


def _kind(word: str) -> str:
    """What may take each other's place: “in March” and “in Velm” are both so; amounts have units of their own."""
    return "date" if word in _DATES else word if is_numeral(word) else "name"


def _is_taken_up(small: Token, word: str, cited: Sequence[Citable]) -> bool:
    """Whether “those of Velm” may be the same of Velm."""
    return any(_in_a_row([one, small.text.casefold(), word], passage) for one in ("those", "that") for passage in cited)


def _tied(one: Token, small: Token, passage: Citable) -> Iterator[frozenset[str]]:
    """The names and numbers, with small words between, that stand behind a word and a small one: for each place."""
    seconds = set(passage.places.get(small.text.casefold(), ()))
    for place in passage.places.get(one.text.casefold(), ()):
        if place + 1 in seconds:
            run = []
            for word in passage.tokens[place + 2 : place + 2 + _RUN]:
                is_checked = word[0].isupper() or is_numeral(word)
                if not is_checked and word.lower() not in ("and", "or", "the"):
                    break
                run += [word.casefold()] if is_checked else []
            yield frozenset(run)


def keeps_company(text: str, cited: Sequence[Citable]) -> bool:
    """Whether each name stands in a sentence, or before one that goes on about it, that tells what is said beside it.

    “Shares of Venn Steel fell” is not told where those of another fell, and Venn Steel has a chairman.
    """
    for clause in _CLAUSE.split(text):
        found = [*tokens(clause)]
        named = {one.start for one in found if one.is_name}
        said = [one.text for one in content_terms(clause) if one.start not in named and one.text not in FRAME]
        for one, other in zip(found, [*found[1:], None], strict=False):
            is_last = other is None or not other.is_name or clause[one.end : other.start] not in _SIDE_BY_SIDE
            if one.is_name and is_last and said and not _is_in_company(one, said, cited):
                return False
    return True


def _is_in_company(name: Token, said: Sequence[str], cited: Sequence[Citable]) -> bool:
    """Whether what is said is told mostly where the name stands, if it stands anywhere."""
    most, near = 0, -1
    for passage in cited:
        is_about, before = False, set[str]()
        for one in passage.sentences:
            has_name = name.text.casefold() in one.places
            goes_on = not _GOES_ON.isdisjoint(one.places)
            is_told_of = has_name or (is_about and goes_on)
            is_about = has_name or (is_told_of and not any(part.is_name for part in tokens(one.text)))
            held = {term for term in said if one.meant.tells(term)}
            most = max(most, len(held))
            # “Its deputy mayor, Jan Moll, voted against it”, which the sentence before names.
            taken_up = before if not _TAKES_UP.isdisjoint(one.places) else set[str]()
            near = max(near, len(held | taken_up) if is_told_of else -1)
            before = held
    return near < 0 or (near > 0 and near >= _MOSTLY * most)


def _in_a_row(words: Sequence[str], passage: Citable) -> bool:
    seconds, thirds = (set(passage.places.get(word, ())) for word in words[1:])
    return any(first + 1 in seconds and first + 2 in thirds for first in passage.places.get(words[0], ()))


def _follow(one: Token, other: Token, passage: Citable) -> bool:
    seconds = set(passage.places.get(other.text.casefold(), ()))
    firsts = passage.places.get(one.text.casefold(), ())
    if any(first + step in seconds for first in firsts for step in range(1, _NEAR + 1)):
        return True
    # “80 of its members”
    return one.is_number and any(
        first + 3 in seconds and passage.tokens[first + 1] == "of" and passage.tokens[first + 2] in _OF_THEM
        for first in firsts
    )


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
