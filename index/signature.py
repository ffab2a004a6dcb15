"""What two texts are compared by: their words in order, and the details that make each of them that news."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, get_args

from index.cached import cached
from index.calendar import MONTHS, PLAIN_MONTHS, WEEKDAYS
from index.copyediting import NUMBER_TERMS, day, figure, is_day_of, plain_terms, without_gaps
from index.datelines import body_start
from index.parts import Detail, Kind, parts_of
from index.signs import spelled_out

SHINGLE = 3
"""Words in a row that count as one place in a text; one changed word touches three of them."""
SHORT = 20
"""Below this many words every detail is the news: none may even be added."""
LEAST_NAMES = 2
"""So many names make a report independent of the place that its dateline names."""

_CALENDAR, _PLAIN_MONTHS = (frozenset(plain_terms(" ".join(names))) for names in ((*WEEKDAYS, *MONTHS), PLAIN_MONTHS))


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
    text = spelled_out(without_gaps(text))
    begin = body_start(text)
    if begin:
        body = _signature(text[begin:])
        if len(body.words) >= SHORT and len(set(body.names) - _CALENDAR) >= LEAST_NAMES:
            return body
    return _signature(text)


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
    for here, news, meant, begun, opens, closes, letters in parts_of(text):
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
