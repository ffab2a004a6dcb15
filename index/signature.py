"""What two texts are compared by: their words in order, and the details that make each of them that news."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple, get_args

from index.cached import cached
from index.datelines import body_start
from index.opposites import NUMBER_WORDS, TURNING_WORDS
from index.stopwords import FUNCTION_WORDS
from index.terms import Term, term_texts, terms

SHINGLE = 3
"""Words in a row that count as one place in a text; one changed word touches three of them."""
SHORT = 20
"""Below this many words every detail is the news: none may even be added."""
LEAST_NAMES = 2
"""So many names make a report independent of the place that its dateline names."""

_NUMBERS = frozenset(NUMBER_WORDS.split())
_TURNS = frozenset(TURNING_WORDS.split())
_CALENDAR = frozenset(
    term_texts(
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
        "September October November December"
    )
)
_MINUS = frozenset("-−–")
_CURRENCIES = frozenset("$€£¥₹₽₴₺₩¢")
_SENTENCE_ENDS = frozenset(".?!…")
# As terms are found in, and what else ends a sentence: a heading has no full stop.
_PIECE = re.compile(r"\S{1,512}|\n")
_CACHED_PIECE = 48

Kind = Literal["number", "name", "turn", "currency", "minus"]


class Detail(NamedTuple):
    """A word that makes a text that news: its kind, how it is compared, and which of the words it is."""

    kind: Kind
    term: str
    place: int


@dataclass(frozen=True)
class Signature:
    """What `index.duplicates` needs of a text: its words in order, and those that make it that news.

    `content` are places of words that are no function words; `sentences` are places where a sentence may begin.
    """

    words: tuple[str, ...]
    details: tuple[Detail, ...]
    content: tuple[int, ...]
    sentences: tuple[int, ...]

    @cached
    def shingles(self) -> frozenset[tuple[str, ...]]:
        """Words in a row."""
        return frozenset(shingles(self.words))

    @property
    def numbers(self) -> tuple[str, ...]:
        """In digits and in words."""
        return self._terms["number"]

    @property
    def names(self) -> tuple[str, ...]:
        """Words with a capital, but for function words."""
        return self._terms["name"]

    @property
    def turns(self) -> tuple[str, ...]:
        """Words that turn a sentence around."""
        return self._terms["turn"]

    @property
    def currencies(self) -> tuple[str, ...]:
        """Amounts with the sign of their currency."""
        return self._terms["currency"]

    @property
    def minus(self) -> tuple[str, ...]:
        """Numbers below zero."""
        return self._terms["minus"]

    @cached
    def _terms(self) -> Mapping[Kind, tuple[str, ...]]:
        """Of each kind of detail, in order."""
        found: dict[Kind, list[str]] = {kind: [] for kind in get_args(Kind)}
        for kind, term, _ in self.details:
            found[kind].append(term)
        return {kind: tuple(of_kind) for kind, of_kind in found.items()}

    def between(self, start: int, end: int) -> "Signature":
        """The part from one word to another, counted anew."""
        return Signature(
            self.words[start:end],
            tuple(one._replace(place=one.place - start) for one in self.details if start <= one.place < end),
            tuple(place - start for place in self.content if start <= place < end),
            tuple(place - start for place in self.sentences if start <= place < end),
        )


def signature(text: str) -> Signature:
    """Words of `text` folded and stemmed, and what of them makes it that news; without byline and dateline.

    These stay where they alone tell whose news it is: a forecast's place is its news.
    """
    begin = body_start(text)
    if begin:
        body = _signature(text[begin:])
        if len(body.words) >= SHORT and len(set(body.names) - _CALENDAR) >= LEAST_NAMES:
            return body
    return _signature(text)


def names_in(text: str) -> frozenset[str]:
    """The names of `text`, of byline and dateline too: those of a signature in a fifth of its time."""
    return frozenset(
        term
        for piece in text.split()
        # Most words have no capital, and so are no names.
        if not piece.islower()
        for kind, term, _ in (_part_kept(piece) if len(piece) <= _CACHED_PIECE else _signature(piece)).details
        if kind == "name"
    )


def shingles(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every `SHINGLE` words in a row, or all of fewer."""
    length = min(SHINGLE, len(words))
    return zip(*(words[skip:] for skip in range(length)), strict=False)


def _signature(text: str) -> Signature:
    words: list[str] = []
    details: list[Detail] = []
    content: list[int] = []
    sentences = [0]
    is_ended = False
    known, most = _part_kept, _CACHED_PIECE
    for piece in _PIECE.findall(text):
        here, news, meant, begun, opens, closes = known(piece) if len(piece) <= most else _part(piece)
        if not here:
            is_ended = is_ended or closes
            continue
        place = len(words)
        if place and (is_ended or opens):
            sentences.append(place)
        words += here
        # Most pieces are one word and no detail: looking first takes a third of the time.
        if news:
            details += [Detail(kind, term, place + at) for kind, term, at in news]
        if meant:
            content += [place + at for at in meant] if len(meant) > 1 else (place + meant[0],)
        if begun:
            sentences += [place + at for at in begun]
        is_ended = closes
    return Signature(tuple(words), tuple(details), tuple(content), tuple(sentences))


class _Part(NamedTuple):
    """What a stretch without white space adds to a signature; places count from its own first word.

    `opens` and `closes` tell whether a sentence may end before its first word, and with or behind its last.
    """

    words: tuple[str, ...]
    details: tuple[Detail, ...] = ()
    content: tuple[int, ...] = ()
    sentences: tuple[int, ...] = ()
    opens: bool = False
    closes: bool = False


def _part(piece: str) -> _Part:
    if piece == "\n":
        return _Part((), closes=True)
    details: list[Detail] = []
    content: list[int] = []
    sentences: list[int] = []
    found = terms(piece)
    # A dotted abbreviation holds its full stop, and may end a sentence all the same.
    before = [0, *(term.end - 1 for term in found)]
    ends = [
        not _SENTENCE_ENDS.isdisjoint(piece[start:end])
        for start, end in zip(before, [*(term.start for term in found), len(piece)], strict=True)
    ]
    for place, term in enumerate(found):
        kind, worded, has_meaning = _classified(piece[term.start : term.end], term.text)
        if kind:
            details.append(Detail(kind, worded, place))
        if kind == "number":
            details += _signs(piece, term, place)
        if has_meaning:
            content.append(place)
        if place and ends[place]:
            sentences.append(place)
    words = tuple(term.text for term in found)
    return _Part(words, tuple(details), tuple(content), tuple(sentences), ends[0], ends[-1])


_part_kept = lru_cache(maxsize=1 << 15)(_part)


def _classified(surface: str, term: str) -> tuple[Kind | None, str, bool]:
    """What kind of detail a word is, how it is compared then, and whether it is more than a function word."""
    lower = surface.casefold()
    has_meaning = lower not in FUNCTION_WORDS
    if term[0].isdigit() or lower in _NUMBERS:
        return "number", term, has_meaning
    if lower.endswith(("n't", "n’t")):
        return "turn", "not", has_meaning
    if lower in _TURNS:
        return "turn", term, has_meaning
    if surface[0].isupper() and (has_meaning or (surface.isupper() and len(surface) > 1)):
        return "name", term, has_meaning
    return None, term, has_meaning


def _signs(piece: str, term: Term, place: int) -> Iterator[Detail]:
    """What stands right before or behind a number and is no word: of which currency it is, whether below zero."""
    around = piece[max(0, term.start - 2) : term.start]
    currency = next((sign for sign in around[-1:] + piece[term.end : term.end + 1] if sign in _CURRENCIES), "")
    if currency:
        yield Detail("currency", currency + term.text, place)
    sign = around.removesuffix(currency)
    # Behind a letter or digit it is a hyphen, or a range's dash.
    if sign[-1:] in _MINUS and sign and not piece[: term.start].removesuffix(currency)[-2:-1].isalnum():
        yield Detail("minus", term.text, place)
