"""What a stretch of text without white space tells of a signature: its words, and the details among them."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from index.copyediting import plain, plain_terms
from index.folding import fold
from index.opposites import FOREIGN_NEGATIONS, NUMBER_WORDS, TURNING_WORDS, UNSPACED_NEGATIONS
from index.stopwords import FUNCTION_WORDS
from index.terms import Term, terms

LEAST_SPELLED = 7
"""Of shorter words no slips are told."""

_NUMBERS = frozenset(NUMBER_WORDS.split())
_TURNS = frozenset(TURNING_WORDS.split())
_DENIALS = frozenset(plain_terms(FOREIGN_NEGATIONS))
_UNSPACED_DENIALS = re.compile("|".join(UNSPACED_NEGATIONS.split()))
_MINUS = frozenset("-−–")
_CURRENCIES = frozenset("$€£¥₹₽₴₺₩¢")
_SENTENCE_ENDS = frozenset(".?!…")
# As terms are found in, and what else ends a sentence: a heading has no full stop.
_PIECE = re.compile(r"\S{1,512}|\n")
_CACHED_PIECE = 48
_FRACTION = re.compile(r"(?<![\d/.,-])(?:[0-9]{1,9}-)?[0-9]{1,9}/[0-9]{1,9}(?![\d/-])")

Kind = Literal["number", "name", "turn", "currency", "minus"]


class Detail(NamedTuple):
    """A word that makes a text that news: its kind, how it is compared, and which of the words it is."""

    kind: Kind
    term: str
    place: int


class Part(NamedTuple):
    """What a stretch without white space adds to a signature; places count from its own first word.

    `opens` and `closes` tell whether a sentence may end before its first word, and with or behind its last.
    """

    words: tuple[str, ...]
    details: tuple[Detail, ...] = ()
    content: tuple[int, ...] = ()
    sentences: tuple[int, ...] = ()
    opens: bool = False
    closes: bool = False
    spelled: tuple[tuple[str, str], ...] = ()


def parts_of(text: str) -> list[Part]:
    """The parts of a text in order, each a word or a few, or the end of a line; the same ones come again and again."""
    return [_kept(piece) if len(piece) <= _CACHED_PIECE else _part(piece) for piece in _PIECE.findall(text)]


def _part(piece: str) -> Part:
    if piece == "\n":
        return Part((), closes=True)
    found = _with_fractions(piece, terms(piece)) if "/" in piece else terms(piece)
    if len(found) == 1:
        return _word(piece, found[0])
    details: list[Detail] = []
    content: list[int] = []
    sentences: list[int] = []
    spelled: list[tuple[str, str]] = []
    words: list[str] = []
    # A dotted abbreviation holds its full stop, and may end a sentence all the same.
    before = [0, *(term.end - 1 for term in found)]
    ends = [
        not _SENTENCE_ENDS.isdisjoint(piece[start:end])
        for start, end in zip(before, [*(term.start for term in found), len(piece)], strict=True)
    ]
    for place, term in enumerate(found):
        one = _word(piece, term)
        words += one.words
        details += [detail._replace(place=place) for detail in one.details]
        content += [place] * len(one.content)
        spelled += one.spelled
        if place and ends[place]:
            sentences.append(place)
    return Part(tuple(words), tuple(details), tuple(content), tuple(sentences), ends[0], ends[-1], tuple(spelled))


def _word(piece: str, term: Term) -> Part:
    """What one term of a piece adds, as if it were the only one, which it mostly is."""
    _, start, end = term
    surface, behind = piece[start:end], piece[end:]
    word = plain(surface, term.text, behind)
    kind, worded, has_meaning = _classified(surface, word, behind)
    details: tuple[Detail, ...] = ()
    if kind == "number":
        details = (Detail(kind, worded, 0), *_signs(piece, term))
    elif kind:
        details = (Detail(kind, worded, 0),)
    letters = surface.lower() if surface.isascii() else fold(surface).text
    return Part(
        (word,),
        details,
        (0,) if has_meaning else (),
        (),
        not _SENTENCE_ENDS.isdisjoint(piece[:start]),
        not _SENTENCE_ENDS.isdisjoint(piece[end - 1 :]),
        ((word, letters),) if len(letters) >= LEAST_SPELLED else (),
    )


def _with_fractions(piece: str, found: list[Term]) -> list[Term]:
    """The terms of a piece with each fraction as one: `1-1/8` is not `1` and more."""
    for fraction in _FRACTION.finditer(piece):
        start, end = fraction.span()
        whole = Term(fraction.group(), start, end)
        found = [one for one in found if one.end <= start] + [whole] + [one for one in found if one.start >= end]
    return found


_kept = lru_cache(maxsize=1 << 15)(_part)


def _classified(surface: str, term: str, behind: str) -> tuple[Kind | None, str, bool]:
    """What kind of detail a word is, how it is compared then, and whether it is more than a function word."""
    lower = surface.casefold()
    has_meaning = lower not in FUNCTION_WORDS
    if lower.endswith(("n't", "n’t")):
        return "turn", "not", has_meaning
    if lower in _TURNS or term in _DENIALS or (not term.isascii() and _UNSPACED_DENIALS.search(term)):
        return "turn", term, has_meaning
    if term[0].isdigit() or lower in _NUMBERS:
        return "number", term, has_meaning
    is_initial = len(surface) == 1 and behind.startswith(".")
    if surface[0].isupper() and (has_meaning or is_initial or (surface.isupper() and len(surface) > 1)):
        return "name", term, True
    return None, term, has_meaning


def _signs(piece: str, term: Term) -> Iterator[Detail]:
    """What stands right before or behind a number and is no word: of which currency it is, whether below zero."""
    around = piece[max(0, term.start - 2) : term.start]
    currency = next((sign for sign in around[-1:] + piece[term.end : term.end + 1] if sign in _CURRENCIES), "")
    if currency:
        yield Detail("currency", currency + term.text, 0)
    sign = around.removesuffix(currency)
    # Behind a letter or digit it is a hyphen, or a range's dash.
    if sign[-1:] in _MINUS and sign and not piece[: term.start].removesuffix(currency)[-2:-1].isalnum():
        yield Detail("minus", term.text, 0)
