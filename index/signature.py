"""What two texts are compared by: their words in order, and the details that make each of them that news."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple, get_args

from index.cached import cached
from index.copyediting import NUMBER_TERMS, day, figure, is_day_of, plain, plain_terms, without_gaps
from index.datelines import body_start
from index.folding import fold
from index.opposites import FOREIGN_NEGATIONS, NUMBER_WORDS, TURNING_WORDS, UNSPACED_NEGATIONS
from index.stopwords import FUNCTION_WORDS
from index.terms import Term, terms

SHINGLE = 3
"""Words in a row that count as one place in a text; one changed word touches three of them."""
SHORT = 20
"""Below this many words every detail is the news: none may even be added."""
LEAST_SPELLED = 7
"""Of shorter words no slips are told."""
LEAST_NAMES = 2
"""So many names make a report independent of the place that its dateline names."""

_NUMBERS = frozenset(NUMBER_WORDS.split())
_TURNS = frozenset(TURNING_WORDS.split())
_DENIALS = frozenset(plain_terms(FOREIGN_NEGATIONS))
_UNSPACED_DENIALS = re.compile("|".join(UNSPACED_NEGATIONS.split()))
_CALENDAR = frozenset(
    plain_terms(
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
        "September October November December"
    )
)
_PLAIN_MONTHS = frozenset(plain_terms("January February April June July August September October November December"))
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


@dataclass(frozen=True)
class Signature:
    """What `index.duplicates` needs of a text: its words in order, and those that make it that news.

    `content` are places of words that are no function words; `sentences` are places where a sentence may begin;
    `spelled` are long words by letters, by which slips of the finger are told, with their terms.
    """

    words: tuple[str, ...]
    details: tuple[Detail, ...]
    content: tuple[int, ...]
    sentences: tuple[int, ...]
    spelled: tuple[tuple[str, str], ...] = ()

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
            self.spelled,
        )


def signature(text: str) -> Signature:
    """Words of `text` folded and stemmed, and what of them makes it that news; without byline and dateline.

    These stay where they alone tell whose news it is: a forecast's place is its news. Of what `index.copyediting` knows
    several wordings of, all are one.
    """
    text = without_gaps(text)
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
    spelled: list[tuple[str, str]] = []
    is_ended = False
    known, most = _part_kept, _CACHED_PIECE
    for piece in _PIECE.findall(text):
        here, news, meant, begun, opens, closes, letters = known(piece) if len(piece) <= most else _part(piece)
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
        if letters:
            spelled += letters
        is_ended = closes
    return _as_edited(Signature(tuple(words), tuple(details), tuple(content), tuple(sentences), tuple(spelled)))


class _Edit(NamedTuple):
    """Words from `start` to `end` that others stand for, with the number among them as it is compared."""

    start: int
    end: int
    words: tuple[str, ...]
    number: str


def _as_edited(made: Signature) -> Signature:
    """The same with each number in digits, as one word, and the day of a date before its month."""
    letters = {place: NUMBER_TERMS.get(term, "") for kind, term, place in made.details if kind == "number"}
    if not letters:
        return made
    months = {place for kind, _, place in made.details if kind == "name"}
    months |= {near for place in letters for near in (place - 1, place + 1) if _is_plainly_month(made.words, near)}
    edits: list[_Edit] = []
    for place in letters:
        if edits and place < edits[-1].end:
            continue
        found = figure(made.words, place, letters)
        number, end = found or (made.words[place], place + 1)
        before = place - 1 if place - 1 in months and (not edits or edits[-1].end < place) else None
        if before is not None and is_day_of(made.words[before], number):
            edits.append(_Edit(before, end, (day(number), made.words[before]), day(number)))
        elif end in months and is_day_of(made.words[end], number):
            edits.append(_Edit(place, end, (day(number),), day(number)))
        elif found:
            edits.append(_Edit(place, end, (number,), number))
    return _edited(made, edits) if edits else made


def _is_plainly_month(words: Sequence[str], place: int) -> bool:
    """Whether a word is a month without a capital, too, as “may” and “march” are not."""
    return 0 <= place < len(words) and words[place] in _PLAIN_MONTHS


def _edited(made: Signature, edits: Sequence[_Edit]) -> Signature:
    if all(edit.end - edit.start == len(edit.words) == 1 for edit in edits):
        # Nothing moves, as in most texts.
        places, told = list(made.words), list(made.details)
        by_place = {edit.start: edit for edit in edits}
        for at, one in enumerate(told):
            edit = by_place.get(one.place)
            if edit:
                places[one.place] = edit.number
                told[at] = _moved(one, one.place, edit)
        return Signature(tuple(places), tuple(told), made.content, made.sentences, made.spelled)
    words: list[str] = []
    # For each word where it stands now, and the edit that took it.
    moved: list[int] = []
    taken: dict[int, _Edit] = {}
    done = 0
    for edit in edits:
        moved += range(len(words), len(words) + edit.start - done)
        words += made.words[done : edit.start]
        taken |= dict.fromkeys(range(edit.start, edit.end), edit)
        moved += [len(words) + edit.words.index(edit.number)] * (edit.end - edit.start)
        if len(edit.words) > 1:
            moved[edit.start] = len(words) + 1
        words += edit.words
        done = edit.end
    moved += range(len(words), len(words) + len(made.words) - done)
    words += made.words[done:]
    details = dict.fromkeys(_moved(one, moved[one.place], taken.get(one.place)) for one in made.details)
    return Signature(
        tuple(words),
        tuple(sorted(details, key=lambda one: one.place)),
        tuple(sorted({moved[place] for place in made.content})),
        tuple(sorted({moved[place] for place in made.sentences})),
        made.spelled,
    )


def _moved(one: Detail, place: int, edit: _Edit | None) -> Detail:
    """A detail at its new place; of a number, and of its sign, as the edit has it."""
    if edit is None or one.kind == "name":
        return one._replace(place=place)
    if one.kind == "currency":
        return Detail(one.kind, one.term[0] + edit.number, place)
    return Detail("minus" if one.kind == "minus" else "number", edit.number, place)


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
    spelled: tuple[tuple[str, str], ...] = ()


def _part(piece: str) -> _Part:
    if piece == "\n":
        return _Part((), closes=True)
    details: list[Detail] = []
    content: list[int] = []
    sentences: list[int] = []
    found = _with_fractions(piece, terms(piece))
    # A dotted abbreviation holds its full stop, and may end a sentence all the same.
    before = [0, *(term.end - 1 for term in found)]
    ends = [
        not _SENTENCE_ENDS.isdisjoint(piece[start:end])
        for start, end in zip(before, [*(term.start for term in found), len(piece)], strict=True)
    ]
    words: list[str] = []
    for place, term in enumerate(found):
        surface, behind = piece[term.start : term.end], piece[term.end :]
        word = plain(surface, term.text, behind)
        kind, worded, has_meaning = _classified(surface, word, behind)
        words.append(word)
        if kind:
            details.append(Detail(kind, worded, place))
        if kind == "number":
            details += _signs(piece, term, place)
        if has_meaning:
            content.append(place)
        if place and ends[place]:
            sentences.append(place)
    letters = [(word, fold(piece[term.start : term.end]).text) for word, term in zip(words, found, strict=True)]
    spelled = tuple(one for one in letters if len(one[1]) >= LEAST_SPELLED)
    return _Part(tuple(words), tuple(details), tuple(content), tuple(sentences), ends[0], ends[-1], spelled)


def _with_fractions(piece: str, found: list[Term]) -> list[Term]:
    """The terms of a piece with each fraction as one: `1-1/8` is not `1` and more."""
    for fraction in _FRACTION.finditer(piece) if "/" in piece else ():
        start, end = fraction.span()
        whole = Term(fraction.group(), start, end)
        found = [one for one in found if one.end <= start] + [whole] + [one for one in found if one.start >= end]
    return found


_part_kept = lru_cache(maxsize=1 << 15)(_part)


def _classified(surface: str, term: str, behind: str) -> tuple[Kind | None, str, bool]:
    """What kind of detail a word is, how it is compared then, and whether it is more than a function word."""
    lower = surface.casefold()
    has_meaning = lower not in FUNCTION_WORDS
    if lower.endswith(("n't", "n’t")):
        return "turn", "not", has_meaning
    if lower in _TURNS or term in _DENIALS or _UNSPACED_DENIALS.search(term):
        return "turn", term, has_meaning
    if term[0].isdigit() or lower in _NUMBERS:
        return "number", term, has_meaning
    is_initial = len(surface) == 1 and behind.startswith(".")
    if surface[0].isupper() and (has_meaning or is_initial or (surface.isupper() and len(surface) > 1)):
        return "name", term, True
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
