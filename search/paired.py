"""Which amount is whose, and which side of a comparison is which, where a sentence tells of several."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.calendar import ANY_DAY, ANY_MONTH
from index.stopwords import FUNCTION_WORDS
from search.citable import Citable
from search.numbers import numbers
from search.tokens import tokens
from search.wordings import word_set

_TIME = re.compile(
    r"\b(?:(?:last|this|next|the (?:previous|following|same|next)) (?:year|month|week|quarter|season|decade)|"
    r"(?:a|the|one) (?:year|month|week|quarter) (?:before|earlier|later|ago)|yesterday|today|tomorrow|now|then|"
    r"(?:in|since|for|during|by) (?P<year>1[0-9]{3}|20[0-9]{2})(?![0-9.,]*[0-9]))\b",
    re.IGNORECASE,
)
_MONTH = re.compile(rf"\b(?:[0-9]{{1,2}} )?{ANY_MONTH}(?: [0-9]{{1,2}}\b)?(?:,? [0-9]{{4}}\b)?")
_DAY = re.compile(rf"\b{ANY_DAY}\b")
_LEADING = word_set("in of for at from to by on with")
_SIDES = re.compile(r"\b(than|before|after)\b")
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class _Item:
    """An amount, or what one may belong to; `kind` is what leads to it, “time”, or “amount”."""

    start: int
    kind: str
    word: str


Pairs = frozenset[tuple[str, str]]


def keeps_pairs(text: str, cited: Sequence[Citable]) -> bool:
    """Whether no amount is given to another than the one who has it in a sentence that tells of several in turn.

    “40 crowns in Brenn and 52 in Orsk”, “3 million last year, up from 2 million the year before”.
    """
    mine = _items(text)
    told = [_items(one.text) for passage in cited for one in passage.sentences]
    every = [(items, pairs) for items in told for pairs in _paired(items)]
    if not every:
        return True
    allowed = {pair for _, pairs in every for pair in pairs}
    for items in told:
        if not any(items is others for others, _ in every):
            allowed |= {
                (one, other) for one in _words(items, "amount") for other in _words(items) - _words(items, "amount")
            }
    own = [*_paired(mine)]
    claimed = {pair for pairs in own for pair in pairs}
    amounts, others = _words(mine, "amount"), _words(mine) - _words(mine, "amount")
    for _, pairs in every:
        firsts, seconds = ({pair[side] for pair in pairs} for side in (0, 1))
        ones = claimed or (
            {(one, other) for one in amounts & firsts for other in others & seconds}
            if len(amounts & firsts) == 1 and len(others & seconds) == 1
            else set()
        )
        if any(one in firsts and other in seconds and (one, other) not in allowed for one, other in ones):
            return False
    return True


def keeps_sides(text: str, cited: Sequence[Citable]) -> bool:
    """Whether who is compared stands on the side of the comparison where a passage has them: “than”, “before”."""
    mine = _sides(text)
    told = [side for passage in cited for one in passage.sentences for side in _sides(one.text)]
    for word, left, right in mine:
        same = [(ones, others) for other, ones, others in told if other == word]
        crossed = any(left & others and right & ones for ones, others in same)
        if crossed and not any(left & ones and right & others for ones, others in same):
            return False
    return True


def _sides(text: str) -> list[tuple[str, frozenset[str], frozenset[str]]]:
    """For each word that compares, the names before it and behind it."""
    names = [one for one in tokens(text) if one.is_name]
    return [
        (
            found[1],
            frozenset(one.text.casefold() for one in names if one.end <= found.start()),
            frozenset(one.text.casefold() for one in names if one.start >= found.end()),
        )
        for found in _SIDES.finditer(text)
    ]


def _words(items: Sequence[_Item], kind: str | None = None) -> set[str]:
    return {one.word for one in items if kind in (None, one.kind)}


def _paired(items: Sequence[_Item]) -> Iterator[Pairs]:
    """Amounts with what they belong to, of each kind that takes turns with them."""
    for kind in dict.fromkeys(one.kind for one in items if one.kind != "amount"):
        those = [one for one in items if one.kind in ("amount", kind)]
        halves = [*zip(those[::2], those[1::2], strict=False)]
        are_turns = len(those) == 2 * len(halves) and len(halves) >= _FEWEST
        if are_turns and all((one.kind == "amount") != (other.kind == "amount") for one, other in halves):
            amounts_first = halves[0][0].kind == "amount"
            if all((one.kind == "amount") == amounts_first for one, _ in halves):
                yield frozenset(
                    (one.word, other.word) if amounts_first else (other.word, one.word) for one, other in halves
                )


@lru_cache(maxsize=256)
def _items(text: str) -> tuple[_Item, ...]:
    """Amounts, times and runs of names of a sentence, in order."""
    times = [*_TIME.finditer(text)]
    taken = [one.span() for pattern in (_TIME, _MONTH, _DAY) for one in pattern.finditer(text)]
    found = [_Item(one.start(), "time", (one["year"] or one[0]).lower()) for one in times]
    found += [
        _Item(one.start, "amount", format(one.value, ".15g"))
        for one in numbers(text)
        if not _is_in(one.start, taken) and text[one.start : one.end].lower() != "one"
    ]
    found += _named(text, taken)
    return tuple(sorted(found, key=lambda one: one.start))


def _named(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[_Item]:
    """Runs of names by their last word, with the small word that leads to them."""
    before = None
    every = [*tokens(text)]
    for at, one in enumerate(every):
        behind = every[at + 1] if at + 1 < len(every) else None
        is_last = behind is None or not behind.is_name or text[one.end : behind.start] != " "
        starts = before is None or not before.is_name or text[before.end : one.start] != " "
        if starts:
            lead = before.text.lower() if before else ""
        is_name = one.is_name and not one.is_number and one.text.lower() not in FUNCTION_WORDS
        if is_name and is_last and not _is_in(one.start, taken):
            yield _Item(one.start, lead if lead in _LEADING else "", one.text.casefold())
        before = one


def _is_in(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)
