"""Filters as SQL over the live rows of one generation."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import msgspec

from index.folding import PLAIN, STRIPPED_MARKS
from index.types import Filters

_LETTERS: Mapping[int, str | None] = {
    **{ord(letter): written for letter, written in PLAIN.items()},
    **{mark: None for first, last in STRIPPED_MARKS for mark in range(first, last + 1)},
}
"""Letters that Unicode does not decompose, and marks that are left out."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A clause in SQL, over `documents AS d` or `statements AS s`, and its parameters."""

    sql: str
    parameters: tuple[object, ...] = ()


ANY = Condition("TRUE")
"""What every row meets."""


def live(alias: str, generation: int) -> str:
    """The clause that a row of this table is held by a generation.

    The pluses keep SQLite from the indexes on `born` and `died`, by which nearly every row lives.
    """
    return f"+{alias}.born <= {int(generation)} AND +{alias}.died > {int(generation)}"


def document_condition(filters: Filters, generation: int) -> Condition:
    """Documents of a generation that match every filter but `speaker`."""
    clauses, parameters = [live("d", generation)], list[object]()
    for column in ("source", "title"):
        wanted = getattr(filters, column)
        if wanted is not None:
            # SQLite folds only ASCII; `plain` is a function that each connection has.
            clauses.append(f"instr(plain(d.{column}), ?) > 0")
            parameters.append(plain(wanted))
    if filters.after is not None:
        clauses.append("d.published >= ?")
        parameters.append(filters.after)
    if filters.before is not None:
        clauses.append("d.published <= ?")
        parameters.append(filters.before)
    for field, value in filters.meta:
        clauses.append("meta_holds(d.meta, ?, ?)")
        parameters += [field, value]
    return Condition(" AND ".join(clauses), tuple(parameters))


def plain(text: str | None) -> str | None:
    """Without case and accents in any script, as an SQL function: what `index.folding.fold` does to words, in C."""
    if text is None or text.isascii():
        return text.lower() if text else text
    return _folded(text) if len(text) <= _SHORT else _folded.__wrapped__(text)


_SHORT = 256
"""Longer texts, in code points, are not kept: what is kept stays small."""


@lru_cache(1024)
def _folded(text: str) -> str:
    """Kept, as many documents have the same source."""
    # Twice, as for words: what is decomposed may turn out to be a capital, as of “ℌ”, or what is folded to have marks.
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", letters.translate(_LETTERS))


def meta_holds(meta: str, field: str, wanted: str) -> bool:
    """Whether metadata in JSON has this value, as a user would type it: as an SQL function.

    True and false are those words, a number may be written in any way that means it (a program can't help whether it
    sends 3 or 3.0), and a list or an object is its JSON. What is null has no value.
    """
    value = msgspec.json.decode(meta).get(field)
    if isinstance(value, str):
        return value == wanted
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = _number(wanted)
        # Whole ones exactly, however large; others as whoever reads JSON takes them.
        return number is not None and value == (number if isinstance(value, int) else float(number))
    return value is not None and msgspec.json.encode(value).decode() == wanted


@lru_cache(128)
def _number(text: str) -> Decimal | None:
    """The number that JSON takes this for: 7, -0.5 and 1e3, but not 007, +7 and 1_000, which are names of something."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
