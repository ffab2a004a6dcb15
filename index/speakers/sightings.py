"""Where a library met a name: what tells whether a surname alone is somebody's whom it knows in full."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from index.speakers.namings import find_namings
from index.speakers.offices import UNDER, head_of, roles_beside
from index.speakers.tokens import Token, tokens
from index.speakers.words import BODY_NOUNS, OFFICES, RELATIVES, word_set

_RANKS = OFFICES | word_set(
    """
    judge justice general colonel admiral sheriff ambassador pope cardinal archbishop bishop king queen prince princess
    """
)
"""With a surname they mean one person; “spokesman” and the like do so only with whose."""
_ELSEWHERE = BODY_NOUNS - word_set("government cabinet senate house congress parliament administration state")
"""Bodies that have presidents and secretaries of their own: clubs, companies, unions."""
_KINDS = UNDER | word_set(
    """
    prime foreign finance defense defence interior home justice state press attorney major treasury health education
    energy labor labour commerce trade agriculture transport transportation environment homeland permanent general
    """
)
"""What makes another office of one: the foreign minister is not the prime minister."""
_LONGEST = 4 * 366
"""In days; longer apart than a term, a surname with or without its office may be a successor's or a son's."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A mention as worded, "" where it is but the name, and its article's UTC day (YYYY-MM-DD…), None if unknown."""

    mention: str
    published: str | None


@dataclass(frozen=True, slots=True)
class _Office:
    """What somebody is: a noun, what makes another office of it (“former”, “foreign”), and whose it is, in capitals."""

    head: str
    kind: frozenset[str]
    whose: frozenset[str]

    def is_same(self, other: "_Office") -> bool:
        """Whether two people of one surname who are this are one."""
        if (self.head, self.kind) != (other.head, other.kind):
            return False
        if self.head in _RANKS:
            return not self.whose or not other.whose or bool(self.whose & other.whose)
        return bool(self.whose & other.whose)


def offices(forms: Iterable[str]) -> list[_Office]:
    """The offices that mentions and names with a title (“Mr. Governor Venn”) give their bearer, in the order met."""
    found: dict[_Office, None] = {}
    for form in dict.fromkeys(forms):
        text = f"once the {form}"  # so that no capital is owed to the place
        words = tokens(text, 0, len(text))
        for first, end, naming in find_namings(words, text):
            if not naming.is_body:
                for head, mods, _ in roles_beside(words, first, end, naming):
                    if head not in RELATIVES:
                        found[_office(head, mods, words)] = None
                break
    return list(found)


def _office(head: str, mods: frozenset[str], words: Sequence[Token]) -> _Office:
    whose = {word.low.removesuffix("'s") for word in words if word.is_capitalised and word.low in mods}
    titles = {low for low in whose if head_of(low) == head} | {"mr.", "mr", "ms.", "ms", "the"}
    is_elsewhere = head in OFFICES and bool(mods & _ELSEWHERE)
    return _Office(head if not is_elsewhere else f"{head} of a body", mods & _KINDS, frozenset(whose - titles - _KINDS))


def agree(bare: str, members: Sequence[str], seen: Mapping[str, Sequence[Sighting]]) -> bool | None:
    """Whether the offices of a bare surname and of who bears it in full agree; None where the surname has none."""
    held = offices([bare, *(one.mention for one in seen.get(bare, ()))])
    if not held:
        return None
    known = offices([*members, *(one.mention for name in members for one in seen.get(name, ()))])
    return any(one.is_same(other) for one in held for other in known)


def are_of_one_time(bare: str, members: Sequence[str], seen: Mapping[str, Sequence[Sighting]]) -> bool:
    """Whether no sighting of a surname is years away from all those of who bears it in full."""
    days = sorted({day for name in members for day in _days(seen.get(name, ()))})
    nearest = (
        (days[max(0, i - 1) : i + 1], day) for day in _days(seen.get(bare, ())) for i in [bisect_left(days, day)]
    )
    return not days or all(any(abs(day - other) <= _LONGEST for other in near) for near, day in nearest)


def _days(sightings: Iterable[Sighting]) -> set[int]:
    """The days of sightings as ordinals; what is no full date has none."""
    days = set()
    for published in {one.published or "" for one in sightings}:
        with suppress(ValueError):
            days.add(date.fromisoformat(published[:10]).toordinal())
    return days
