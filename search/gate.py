"""What of a language model's answer may be shown: each sentence is held against the passages that it cites.

What can be checked by comparing is: that citations exist, that quotations stand there word for word and are not
given to another speaker, that numbers, names and signs occur, and that most of the words do. What a sentence says of
them cannot: a “not” too many, or two numbers that changed places, pass.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from index.cached import cached
from index.stopwords import FUNCTION_WORDS, NAMES_TOO
from index.terms import content_terms, term_texts
from search.claims import Claim
from search.marks import quotations

_SUPPORT = 0.5
"""A claim shares at least this part of its content words with what it cites; less is about something else."""
_NEAR = 2
"""Names and numbers side by side stand in the passage in that order, with at most one word, an initial, between."""
_TOKEN = re.compile(
    r"(?:(?<![\w)\]])[-−–+])?(?:(?<![\w.,])\.)?\d+(?:[.,:/]\d+|[ \u00a0\u202f’']\d{3}(?!\d))*[^\W_]*|[^\W_]+"
)
"""A number with its sign, separators and what is written onto it, or a word."""
_DOTTED = re.compile(r"[^\W_]+(?:[.@][^\W_]+)+")
"""Addresses, and abbreviations such as “U.S”."""
_SIDE_BY_SIDE = (" ", "\u00a0", "-", ". ")
_PLAIN = frozenset(" .,;:!?…-–—()'’‘\"“”„«»‹›")
_UNSHOWN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


_NUMBER_WORDS = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen",
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands",
    "million millions billion billions trillion trillions dozen dozens half halves third thirds quarter quarters",
    "fourth fourths fifth fifths sixth sixths seventh sevenths eighth eighths ninth ninths tenth tenths hundredth",
    "eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth",
    "fortieth fiftieth sixtieth seventieth eightieth ninetieth thousandth millionth scores tens",
    "first second twice thrice double doubled triple tripled quadruple quadrupled halved percent once pair couple",
    "twofold threefold fourfold fivefold tenfold",
)
_PERSONS = _words("he she they him his her hers them their theirs")
_BACKWARD = _words("it its this that these those but however also instead then therefore thus meanwhile")
"""Words that, at a sentence's start, take up the one before."""
_STARTERS = FUNCTION_WORDS - NAMES_TOO - _NUMBER_WORDS - _words(
    "an can do like might must no per said say so such till yes"
) | _words("according meanwhile earlier later instead afterwards overall together")
"""Words that begin a sentence with a capital and are no names; “An”, “So” and “Said” are surnames, too."""
_BEGINNINGS = _STARTERS | _NUMBER_WORDS


@dataclass(frozen=True, slots=True)
class Saying:
    """What somebody said, verbatim, and the words of the sayer's name."""

    text: str
    names: frozenset[str]


@dataclass(frozen=True)
class Passage:
    """A text that may be cited, whose words in it are known, and what it is searched by."""

    text: str
    sayings: tuple[Saying, ...] = ()

    @cached
    def tokens(self) -> tuple[str, ...]:
        """Words and numbers, in order."""
        return tuple(_TOKEN.findall(self.text))

    @cached
    def places(self) -> dict[str, list[int]]:
        """Where each token stands, by its folded case."""
        found: dict[str, list[int]] = {}
        for place, token in enumerate(self.tokens):
            found.setdefault(token.casefold(), []).append(place)
        return found

    @cached
    def terms(self) -> frozenset[str]:
        """Its folded stems."""
        return frozenset(term_texts(self.text))

    @cached
    def scripts(self) -> frozenset[str]:
        """Those of its letters."""
        return frozenset(_script(character) for character in self.signs if character.isalpha())

    @cached
    def signs(self) -> frozenset[str]:
        """Its characters, each once."""
        return frozenset(self.text)

    @cached
    def levelled(self) -> str:
        """Without line breaks and forms of apostrophes."""
        return _level(self.text)

    def holds(self, words: str) -> bool:
        """Whether these very words stand in it, and not as a part of longer ones."""
        # Looked for first as they are: a hostile answer has thousands of quotations to make patterns of.
        return words in self.text and re.search(_bounded(words, re.escape(words)), self.text) is not None

    def find(self, words: str) -> str | None:
        """The slice with these words, whatever its line breaks and its form of apostrophes."""
        if _level(words) not in self.levelled:
            return None
        pattern = r"\s+".join(re.escape(word) for word in _level(words).split()).replace("'", "['’]")
        found = re.search(_bounded(words, pattern), self.text)
        return found.group() if found else None


def _level(text: str) -> str:
    return " ".join(text.split()).replace("’", "'")


def _bounded(words: str, pattern: str) -> str:
    before = r"(?<![^\W_])" if words[0].isalnum() else ""
    after = r"(?![^\W_])" if words[-1].isalnum() else ""
    return before + pattern + after


@dataclass(frozen=True, slots=True)
class _Token:
    """A word or number of a claim; `is_checked` is whether it is a number or may be a name."""

    text: str
    start: int
    end: int
    is_number: bool
    is_name: bool

    @property
    def is_checked(self) -> bool:
        return self.is_number or self.is_name


def mend(claim: Claim, passages: Sequence[Passage]) -> Claim:
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
    tokens = [*_tokens(claim.text)]
    begins = bool(tokens) and tokens[0].text.lower() in _PERSONS | _BACKWARD
    is_nameless = not any(token.is_name for token in tokens)
    return begins or (is_nameless and any(token.text.lower() in _PERSONS for token in tokens))


@dataclass(frozen=True, slots=True)
class _Case:
    """A claim, what it cites, and what else it could have cited."""

    text: str
    cited: tuple[Passage, ...]
    passages: Sequence[Passage]


def find_fault(claim: Claim, passages: Sequence[Passage]) -> str | None:
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
    fault = next((fault for holds, fault in _CHECKS if not holds(case)), None)
    if fault is None and support(claim, passages) < _SUPPORT:
        return "says little of what its passages say"
    return fault


def support(claim: Claim, passages: Sequence[Passage]) -> float:
    """The share of the claim's content words, 0 to 1, that stand in what it cites."""
    wanted = {term.text for term in content_terms(claim.text)}
    held = frozenset[str]().union(*(passages[number - 1].terms for number in claim.cites))
    return len(wanted & held) / len(wanted) if wanted else 0.0


def _tokens(text: str) -> Iterator[_Token]:
    for number, found in enumerate(_TOKEN.finditer(text)):
        word = found.group()
        is_number = any(map(str.isnumeric, word)) or word.lower() in _NUMBER_WORDS
        begins = number == 0 and word.lower() in _BEGINNINGS and word[1:] == word[1:].lower()
        # Scripts without capitals don't tell names from other words: there, every word has to be in the passage.
        is_name = not begins and any(_may_begin_name(letter) for letter in word)
        yield _Token(word, found.start(), found.end(), is_number, is_name)


@lru_cache(maxsize=1 << 12)
def _may_begin_name(letter: str) -> bool:
    return unicodedata.category(letter) in ("Lu", "Lt", "Lo", "Lm")


@lru_cache(maxsize=1 << 12)
def _script(letter: str) -> str:
    """The first word of a letter's name, such as LATIN."""
    return unicodedata.name(letter, "UNNAMED").split()[0]


def _has_known_signs(case: _Case) -> bool:
    """Whether each sign, and each script, occurs in what is cited; letters that only look alike do not."""
    held = _PLAIN.union(*(one.signs for one in case.cited))
    scripts = frozenset[str]().union(*(one.scripts for one in case.cited))
    for character in dict.fromkeys(case.text):
        if unicodedata.category(character) in _UNSHOWN and not (character == "\n" and character in held):
            return False
        is_digit = character.isascii() and character.isdigit()
        is_known = _script(character) in scripts if character.isalpha() else is_digit or character in held
        if not is_known:
            return False
    words = _TOKEN.findall(case.text)
    return all(len({_script(letter) for letter in word if letter.isalpha()}) < 2 for word in words)


def _quotes_verbatim(case: _Case) -> bool:
    quoted = quotations(case.text)
    return quoted is not None and all(any(one.holds(words) for one in case.cited) for words in quoted)


def _has_known_numbers(case: _Case) -> bool:
    return all(_stands(token, case.cited) for token in _tokens(case.text) if token.is_number)


def _has_known_names(case: _Case) -> bool:
    """Names, and what is dotted: addresses and abbreviations."""
    dotted = [found for found in _DOTTED.findall(case.text) if not found.replace(".", "").isnumeric()]
    return all(_stands(token, case.cited) for token in _tokens(case.text) if token.is_name) and all(
        any(one.holds(word) for one in case.cited) for word in dotted
    )


def _stands(token: _Token, cited: Sequence[Passage]) -> bool:
    """Whether a token is in a passage as it is written, or in capitals; a number written out, in any case."""
    word = token.text
    for one in cited:
        forms = [one.tokens[place] for place in one.places.get(word.casefold(), ())]
        if word in forms or (len(word) > 1 and word.upper() in forms):
            return True
        if forms and word.lower() in _NUMBER_WORDS and not token.is_name:
            return True
    return False


def _keeps_together(case: _Case) -> bool:
    """Whether names and numbers side by side, and what is counted, stand so in a passage.

    “Marta Ostrel”, “2.7 million”, “41,000 passengers”.
    """
    for one, other in pairwise(_tokens(case.text)):
        is_counted = one.is_number and other.text.lower() not in FUNCTION_WORDS
        is_beside = case.text[one.end : other.start] in _SIDE_BY_SIDE
        if not is_beside or not (is_counted or (one.is_checked and other.is_checked)):
            continue
        if not any(_follow(one, other, passage) for passage in case.cited):
            return False
    return True


def _follow(one: _Token, other: _Token, passage: Passage) -> bool:
    seconds = set(passage.places.get(other.text.casefold(), ()))
    firsts = passage.places.get(one.text.casefold(), ())
    return any(first + step in seconds for first in firsts for step in range(1, _NEAR + 1))


def _credits_sayers(case: _Case) -> bool:
    """Whether no other speaker of the passages is named beside a quotation in place of who said it."""
    quoted = quotations(case.text) or []
    outside = case.text
    for words in quoted:
        outside = outside.replace(words, " ")
    named = {token.text for token in _tokens(outside) if token.is_name}
    everybody = {saying.names for one in case.passages for saying in one.sayings}
    for words in quoted:
        sayers = [saying.names for one in case.cited for saying in one.sayings if words in saying.text]
        if sayers and not any(_may_be(named, own, everybody) for own in sayers):
            return False
    return True


def _may_be(named: set[str], own: frozenset[str], everybody: set[frozenset[str]]) -> bool:
    others = frozenset[str]().union(*(names for names in everybody if names != own))
    return named.isdisjoint(others - own) or not named.isdisjoint(own - others or own)


_CHECKS: tuple[tuple[Callable[[_Case], bool], str], ...] = (
    (_has_known_signs, "has a sign that its passages do not hold"),
    (_quotes_verbatim, "has a quotation that its passages do not hold"),
    (_credits_sayers, "gives words to somebody else"),
    (_has_known_numbers, "has a number that its passages do not hold"),
    (_has_known_names, "has a name that its passages do not hold"),
    (_keeps_together, "puts names or numbers together that do not stand together"),
)
"""What must be so of a claim that is shown, in this order, and what is said of one that fails."""
