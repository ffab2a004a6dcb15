"""What of a language model's answer may be shown: each sentence is held against the passages that it cites.

What can be checked by comparing is: that citations exist, that quotations stand there word for word and are not
given to another speaker, that numbers, names and signs occur, that every other word is told in some form, and that
denials and who did it are as they are told. What words mean together cannot: two numbers that changed places may pass.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import zip_longest

from index.speakers.given_names import FEMALE_NAMES, MALE_NAMES
from index.stopwords import FUNCTION_WORDS
from index.terms import content_terms, term_texts
from search.bounds import keeps_bounds, keeps_exceptions, keeps_role_limits
from search.citable import TOKEN, Citable, script
from search.claims import Claim
from search.credited import credits_others
from search.marks import quotations
from search.meaning import Meant
from search.modality import tells_other_standing
from search.numerals import UNITS, plain
from search.paired import keeps_pairs, keeps_sides
from search.together import (
    gives_ages,
    gives_roles_to_bearers,
    keeps_company,
    keeps_order,
    keeps_together,
    keeps_what_it_names,
)
from search.tokens import Token, tokens
from search.turned import is_turned
from search.wordings import word_set

_DOTTED = re.compile(r"(?<![^\W_])[^\W_]+(?:[.@][^\W_]+)+")
"""Addresses, and abbreviations such as “U.S”."""
_PLAIN = frozenset(" .,;:!?…-–—()'’‘\"“”„«»‹›")
_UNSHOWN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_GIVEN = MALE_NAMES | FEMALE_NAMES
_PERSONS = word_set("he she they him his her hers them their theirs")
_BACKWARD = word_set("it its this that these those but however also instead then therefore thus meanwhile")
"""Words that, at a sentence's start, take up the one before."""


def mend(claim: Claim, passages: Sequence[Citable]) -> Claim:
    """The claim with its quotations as the passages it cites have them, line breaks and apostrophes included.

    Models write both anew when they copy; the words are left alone.
    """
    text = claim.text
    for words in quotations(text) or ():
        cited = [passages[number - 1] for number in claim.cites if 1 <= number <= len(passages)]
        found = next((found for one in cited if (found := one.find(words))), None)
        if found is not None and not any(one.holds(words) for one in cited):
            text = text.replace(words, found)
    return replace(claim, text=text)


def leans(claim: Claim) -> bool:
    """Whether it takes up the claim before: behind another one, “he” would be somebody else."""
    found = [*tokens(claim.text)]
    begins = bool(found) and found[0].text.lower() in _PERSONS | _BACKWARD
    is_nameless = not any(token.is_name for token in found)
    return begins or (is_nameless and any(token.text.lower() in _PERSONS for token in found))


@dataclass(frozen=True, slots=True)
class _Case:
    """A claim, what it cites, and what else it could have cited."""

    text: str
    cited: tuple[Citable, ...]
    passages: Sequence[Citable]

    @property
    def plainly(self) -> "_Case":
        """The same with all amounts in plain figures."""
        return _Case(plain(self.text), tuple(one.plainly for one in self.cited), self.passages)

    @property
    def own(self) -> str:
        """The claim's text with blanks for its quotations."""
        text = self.text
        for words in quotations(text) or ():
            text = text.replace(words, " " * len(words))
        return text


def find_fault(claim: Claim, passages: Sequence[Citable]) -> str | None:
    """The first fault of a claim whose numbers count `passages` from 1; None where it has none.

    Takes time in proportion to the lengths of the claim and the passages it cites, for each quotation.
    """
    if not claim.cites:
        return "cites no passage"
    if claim.text[:1].islower():
        return "is no whole sentence"
    if not all(1 <= number <= len(passages) for number in claim.cites):
        return "cites a passage that is not there"
    case = _Case(claim.text, tuple(passages[number - 1] for number in claim.cites), passages)
    return next((fault for holds, fault in _CHECKS if not holds(case)), None)


def support(claim: Claim, passages: Sequence[Citable]) -> float:
    """The share of the claim's content words, 0 to 1, that stand in what it cites as they are written."""
    wanted = {term.text for term in content_terms(claim.text)}
    held = frozenset[str]().union(*(passages[number - 1].meant.exact for number in claim.cites))
    return len(wanted & held) / len(wanted) if wanted else 0.0


def _has_known_signs(case: _Case) -> bool:
    """Whether each sign, and each script, occurs in what is cited; letters that only look alike do not."""
    return _holds_signs(case) or _holds_signs(case.plainly)


def _holds_signs(case: _Case) -> bool:
    held = _PLAIN.union(*(one.signs for one in case.cited))
    scripts = frozenset[str]().union(*(one.scripts for one in case.cited))
    for character in dict.fromkeys(case.text):
        if unicodedata.category(character) in _UNSHOWN and not (character == "\n" and character in held):
            return False
        is_digit = character.isascii() and character.isdigit()
        is_known = script(character) in scripts if character.isalpha() else is_digit or character in held
        if not is_known:
            return False
    words = TOKEN.findall(case.text)
    return all(len({script(letter) for letter in word if letter.isalpha()}) < 2 for word in words)


def _quotes_verbatim(case: _Case) -> bool:
    quoted = quotations(case.text)
    return quoted is not None and all(any(one.holds(words) for one in case.cited) for words in quoted)


def _has_known_numbers(case: _Case) -> bool:
    """Whether each amount, and each word that counts, stands in a passage; with its unit, where it has none without."""
    found = [*tokens(case.text)]
    return all(
        _stands(token, case.cited) and (_has_unit(other) or any(_stands_bare(token, one) for one in case.cited))
        for token, other in zip_longest(found, found[1:])
        if token is not None and token.is_number
    )


def _has_unit(token: Token | None) -> bool:
    return token is not None and token.text.lower() in UNITS


def _stands_bare(token: Token, passage: Citable) -> bool:
    behind = [*passage.tokens, ""]
    places = passage.places.get(token.text.casefold(), ())
    return any(behind[place + 1].lower() not in UNITS for place in places)


def _has_known_names(case: _Case) -> bool:
    """Names, and what is dotted: addresses and abbreviations."""
    dotted = [found for found in _DOTTED.findall(case.text) if not found.replace(".", "").isnumeric()]
    names = [token for token in tokens(case.text) if token.is_name and not _begins_plainly(token, case)]
    return all(_stands(token, case.cited) for token in names) and all(
        any(one.holds(word) for one in case.cited) for word in dotted
    )


def _begins_plainly(token: Token, case: _Case) -> bool:
    """Whether a sentence's first word, with a capital for that, is one that a passage has in small letters."""
    word = token.text.lower()
    behind = case.text[token.end :].split(" ", 2)
    if token.start or len(behind) < 2 or behind[0]:
        return False
    if any(one.holds(f"{word} {behind[1]}") for one in case.cited):
        return True
    # “Bill said” is not told by a passage on a bill, nor “Will, the mayor” by what it will do.
    if word in FUNCTION_WORDS or word in _GIVEN or not behind[1][:1].islower():
        return False
    return any(term in one.meant.plain for one in case.cited for term in term_texts(word))


def _stands(token: Token, cited: Sequence[Citable]) -> bool:
    """Whether a token is in a passage as it is written, or in capitals; a number written out, in any case."""
    word = token.text
    for one in cited:
        forms = [one.tokens[place] for place in one.places.get(word.casefold(), ())]
        if word in forms or (len(word) > 1 and word.upper() in forms):
            return True
        if forms and token.is_number and not any(map(str.isnumeric, word)):
            return True
    return False


def _credits_sayers(case: _Case) -> bool:
    """Whether no other speaker of the passages is named beside a quotation in place of who said it."""
    quoted = quotations(case.text) or []
    outside = case.text
    for words in quoted:
        outside = outside.replace(words, " ")
    named = {token.text for token in tokens(outside) if token.is_name}
    everybody = {saying.names for one in case.passages for saying in one.sayings}
    for words in quoted:
        sayers = [saying.names for one in case.cited for saying in one.sayings if words in saying.text]
        if sayers and not any(_may_be(named, own, everybody) for own in sayers):
            return False
    return True


def _names_who_is_there(case: _Case) -> bool:
    """Whether the name nearest to a quotation stands in a passage that holds it."""
    own = case.own
    names = [token for token in tokens(own) if token.is_name]
    for words in quotations(case.text) or ():
        start = case.text.index(words)
        nearest = min(
            names, key=lambda one: min(abs(one.end - start), abs(one.start - start - len(words))), default=None
        )
        if nearest and not any(one.holds(words) and _stands(nearest, [one]) for one in case.cited):
            return False
    return True


def _says_what_is_told(case: _Case) -> bool:
    """Whether it says anything, and every word of it that is no name or number is told in some form."""
    named = {token.start for token in tokens(case.text) if token.is_checked and not _begins_plainly(token, case)}
    ages = [*gives_ages(case.text, case.cited)]
    if not all(ages):
        return False
    if case.own == case.text and not ages and all(term.start in named for term in content_terms(case.text)):
        return False
    told = reduce(Meant.__or__, (one.meant for one in case.cited))
    return not any(told.untold(case.own, named))


def _is_as_told(case: _Case) -> bool:
    """Whether what it denies is denied, and who did it is told to have done it."""
    return not is_turned(case.own, [one.text for one in case.cited])


def _may_be(named: set[str], own: frozenset[str], everybody: set[frozenset[str]]) -> bool:
    others = frozenset[str]().union(*(names for names in everybody if names != own))
    return named.isdisjoint(others - own) or not named.isdisjoint(own - others or own)


_CHECKS: tuple[tuple[Callable[[_Case], bool], str], ...] = (
    (_has_known_signs, "has a sign that its passages do not hold"),
    (_quotes_verbatim, "has a quotation that its passages do not hold"),
    (_credits_sayers, "gives words to somebody else"),
    (lambda case: _has_known_numbers(case.plainly), "has a number that its passages do not hold"),
    (_has_known_names, "has a name that its passages do not hold"),
    (
        lambda case: keeps_together(case.plainly.text, case.plainly.cited),
        "puts names or numbers together that do not stand together",
    ),
    (
        lambda case: keeps_order(case.plainly.text, case.plainly.cited),
        "puts names or numbers together that do not stand together",
    ),
    (_names_who_is_there, "gives words to somebody else"),
    (_says_what_is_told, "says what its passages do not tell"),
    (
        lambda case: keeps_what_it_names(case.own, case.cited) and keeps_company(case.own, case.cited),
        "puts names or numbers together that do not stand together",
    ),
    (
        lambda case: keeps_pairs(case.own, case.cited) and keeps_sides(case.own, case.cited),
        "puts names or numbers together that do not stand together",
    ),
    (lambda case: keeps_bounds(case.own, case.cited), "tells an amount more or less exactly than its passages do"),
    (
        lambda case: keeps_role_limits(case.own, case.cited) and keeps_exceptions(case.own, case.cited),
        "leaves out what limits it",
    ),
    (lambda case: gives_roles_to_bearers(case.own, case.cited), "calls somebody what another is"),
    (
        lambda case: not credits_others(case.own, [one.text for one in case.cited]),
        "gives words to somebody else",
    ),
    (_is_as_told, "turns what its passages tell"),
    (
        lambda case: not tells_other_standing(case.own, [one.text for one in case.cited]),
        "tells as done what is only possible or to come",
    ),
)
"""What must be so of a claim that is shown, in this order, and what is said of one that fails."""
