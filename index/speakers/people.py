"""Who is named in an article: people with their forms, roles and gender, and where each is named."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from index.speakers.names import Name, parse_name
from index.speakers.tokens import Token, tokens
from index.speakers.words import (
    BODY_NOUNS,
    FEMALE_HONORIFICS,
    FEMALE_NAMES,
    GROUPS,
    HONORIFICS,
    MALE_HONORIFICS,
    MALE_NAMES,
    NOT_NAMES,
    PARTICLES,
    ROLES,
    SUFFIXES,
    TITLES,
    word_set,
)

Gender = Literal["m", "f", ""]
_LONGEST_NAME = 5
_ROLE_REACH = 12
_MOST_NAMESAKES = 40
_MOST_WITH_ROLE = 40
_QUANTIFIERS = word_set("the a an some many several most few other all both but and in")
_HEADS = {
    "spokesman": "spokesperson", "spokeswoman": "spokesperson", "chairman": "chair", "chairwoman": "chair",
    "advisor": "adviser", "sen": "senator", "gov": "governor", "rep": "representative",
    "congressman": "representative", "congresswoman": "representative", "gen": "general", "candidate": "nominee",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Naming:
    """One place where a name stands: `start` to `end` is the name, `run_start` takes its titles in."""

    run_start: int
    start: int
    end: int
    form: str
    name: Name
    gender: Gender
    is_titled: bool
    is_body: bool


@dataclass(slots=True)
class Person:
    """One person of an article: all full forms, and the roles that the article gives them."""

    name: Name
    form: str
    first: int
    places: list[int] = field(default_factory=list)
    roles: list[tuple[str, frozenset[str], int]] = field(default_factory=list)

    def last_place(self, before: int) -> int:
        """Where this person was last named before a place, else first of all."""
        i = bisect_left(self.places, before)
        return self.places[i - 1] if i else self.first


def head_of(role: str) -> str:
    """A role's noun in the form under which spokesmen and spokeswomen meet."""
    plain = role.rstrip(".")
    return _HEADS.get(plain, plain)


@lru_cache(maxsize=8192)
def _parsed(form: str) -> Name:
    return parse_name(form)


class People:
    """The people of one article. Building it is one pass over its words."""

    def __init__(self, text: str) -> None:
        self.words = tokens(text, 0, len(text))
        self.starts = [word.start for word in self.words]
        self.namings: list[Naming] = []
        self.by_surname: dict[str, list[Person]] = defaultdict(list)
        self.by_role: dict[str, list[Person]] = defaultdict(list)
        self._bare: dict[str, list[int]] = defaultdict(list)
        self._genders: dict[str, set[Gender]] = defaultdict(set)
        self._collect(text)
        self.naming_starts = [naming.start for naming in self.namings]

    def _collect(self, text: str) -> None:
        i = 0
        while i < len(self.words):
            if not self.words[i].is_capitalised:
                i += 1
                continue
            end = _run_end(self.words, i, text)
            self._add(i, end)
            i = end

    def _add(self, first: int, end: int) -> None:
        naming = _naming(self.words[first:end])
        if naming is None:
            return
        self.namings.append(naming)
        if naming.is_body:
            return
        if naming.gender:
            self._genders[naming.name.key].add(naming.gender)
        person = self._person(naming)
        if person is None:
            self._bare[naming.name.key].append(naming.start)
        else:
            person.places.append(naming.start)
            for role in _roles(self.words, first, end, naming):
                if all(role[0] != known for known, _, _ in person.roles):
                    self.by_role[role[0]].append(person)
                if len(person.roles) < _MOST_WITH_ROLE:
                    person.roles.append(role)

    def _person(self, naming: Naming) -> Person | None:
        """The person of a full name, known or new; for a titled surname, the only one who bears it."""
        bearers = self.by_surname[naming.name.key]
        if not naming.name.given:
            return bearers[0] if naming.is_titled and len(bearers) == 1 else None
        for person in bearers:
            if _is_same(person.name, naming.name):
                if len(naming.form.split()) > len(person.form.split()):
                    person.form, person.name = naming.form, naming.name
                return person
        if len(bearers) >= _MOST_NAMESAKES:
            return None
        bearers.append(Person(naming.name, naming.form, naming.start))
        return bearers[-1]

    def holders(self, head: str, mods: frozenset[str], before: int) -> list[Person]:
        """Who was given a role before that place: its noun is `head`, and all of `mods` qualify it.

        Empty too where more people hold the role than an article can tell apart.
        """
        known = self.by_role.get(head, [])
        if len(known) > _MOST_WITH_ROLE:
            return []
        return [
            person
            for person in known
            if person.first < before
            and any(
                role == head and mods <= given and at < before for role, given, at in person.roles[:_MOST_WITH_ROLE]
            )
        ]

    def gender(self, person: Person) -> Gender:
        """A person's gender by given name or, for the only bearer of a surname, by honorifics; "" when unsure."""
        given = person.form.split()[0].lower()
        if (given in MALE_NAMES) != (given in FEMALE_NAMES):
            return "m" if given in MALE_NAMES else "f"
        hints = self._genders[person.name.key]
        return next(iter(hints)) if len(hints) == 1 and len(self.by_surname[person.name.key]) <= 1 else ""

    def surname_gender(self, surname: str) -> Gender:
        """The gender that a bare surname's honorifics tell; "" when none or both."""
        hints = self._genders[surname]
        return next(iter(hints)) if len(hints) == 1 else ""

    def bearer(self, naming: Naming) -> Person | None:
        """Whom a naming means: None for a bare surname without a full name, or with more than one in question."""
        bearers = self.by_surname.get(naming.name.key, [])
        if naming.name.given:
            return next((person for person in bearers if _is_same(person.name, naming.name)), None)
        fitting = [p for p in bearers if not (naming.gender and self.gender(p) and self.gender(p) != naming.gender)]
        if len(fitting) < 2:
            return fitting[0] if fitting else None
        return self._owner(fitting, naming)

    def _owner(self, bearers: Sequence[Person], naming: Naming) -> Person | None:
        """Of namesakes, the one who alone was introduced when the bare surname was first used, if alone nearby."""
        owner, second = sorted(bearers, key=lambda person: person.first)[:2]
        bare = self._bare[naming.name.key]
        first_bare = bisect_left(bare, owner.first)
        if first_bare == len(bare) or bare[first_bare] > second.first:
            return None
        last_named = owner.last_place(naming.start)
        for other in bearers:
            near = bisect_left(other.places, naming.start)
            if other is not owner and near and other.places[near - 1] > max(last_named, naming.start - 600):
                return None
        return owner

    def is_ambiguous(self, naming: Naming) -> bool:
        """Whether several people of the article bear this name."""
        return not naming.name.given and len(self.by_surname.get(naming.name.key, [])) > 1

    def namings_in(self, start: int, end: int) -> list[Naming]:
        """The namings whose name starts in `start` to `end`."""
        first, last = bisect_left(self.naming_starts, start), bisect_left(self.naming_starts, end)
        return self.namings[first:last]

    def words_in(self, start: int, end: int) -> list[Token]:
        """The words of a stretch of the text."""
        return self.words[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


def _is_same(one: Name, other: Name) -> bool:
    if one.key != other.key or (one.middle and other.middle and one.middle[0] != other.middle[0]):
        return False
    shorter, longer = sorted((one.given, other.given), key=len)
    return shorter == longer or (len(shorter) == 1 and longer.startswith(shorter))


def _run_end(words: Sequence[Token], first: int, text: str) -> int:
    """The index after a run of capitalised words (particles between them included)."""
    i = first + 1
    while i < len(words) and i - first < 12:
        if words[i - 1].low.endswith("'s") or text[words[i - 1].end : words[i].start] not in (" ", "\u00a0", "\n"):
            break
        if not words[i].is_capitalised:
            is_particle = words[i].low in PARTICLES or words[i].low == "of"
            if not (is_particle and i + 1 < len(words) and words[i + 1].is_capitalised):
                break
            if words[i].low == "of" and words[i - 1].low not in TITLES and words[i - 1].low not in BODY_NOUNS:
                break
        elif words[i].low in ("the", "in", "on", "at", "i", "and", "but"):
            break
        i += 1
    return i


def _naming(run: Sequence[Token]) -> Naming | None:
    """A run of capitalised words taken apart: leading titles, offices and adjectives, then the name."""
    last = len(run)
    core_end = last - 1 if last > 1 and run[-1].low in SUFFIXES else last
    first, gender, titled = 0, "", False
    for i in range(core_end - 1):
        low = run[i].low
        if low in HONORIFICS or low in TITLES or low in ROLES:
            first, titled = i + 1, True
            gender = "m" if low in MALE_HONORIFICS else "f" if low in FEMALE_HONORIFICS else ""
        elif low in NOT_NAMES and first == i:
            first = i + 1
        elif low == "of" and first == i:
            first = min(i + 2, core_end - 1)
    name = list(run[first:last])
    if not name or len(name) > _LONGEST_NAME or name[0].low in PARTICLES - {"van", "von", "de", "al", "el", "bin"}:
        return None
    tail = run[core_end - 1].low.removesuffix("'s")
    is_body = tail in BODY_NOUNS or tail in GROUPS or tail in TITLES or tail in ROLES
    if is_body:
        name = list(run)
        while len(name) > 1 and name[0].low in _QUANTIFIERS:
            del name[0]
    elif len(name) == 1 and (tail in NOT_NAMES or len(tail.rstrip(".")) == 1):
        return None
    form = " ".join(token.text for token in name)
    form = form[:-2] if form.endswith(("'s", "’s")) else form
    checked: Gender = "m" if gender == "m" else "f" if gender == "f" else ""
    return Naming(run[0].start, name[0].start, run[-1].end, form, _parsed(form), checked, titled, is_body)


def _roles(words: Sequence[Token], first: int, end: int, naming: Naming) -> list[tuple[str, frozenset[str], int]]:
    """The roles that the words around a name give it."""
    found: list[tuple[str, frozenset[str], int]] = []
    before = [word for word in words[first:end] if word.end <= naming.start]
    i = first - 1
    while i >= 0 and first - i <= 6 and words[i].kind == "word" and words[i].low not in NOT_NAMES - {"former"}:
        before.insert(0, words[i])
        i -= 1
    if first >= 1 and words[first - 1].text == ",":
        before += _apposition(words, range(first - 2, max(-1, first - 2 - _ROLE_REACH), -1))
    after: list[Token] = []
    if end < len(words) and words[end].text == ",":
        after = _apposition(words, range(end + 1, min(len(words), end + 1 + _ROLE_REACH)))
    for side in (before, after):
        heads = [word for word in side if word.low in ROLES or word.low in TITLES]
        if heads:
            head = heads[-1] if side is before else heads[0]
            mods = frozenset(word.low.removesuffix("'s") for word in side if word is not head)
            found.append((head_of(head.low), mods, naming.start))
    return found


def _apposition(words: Sequence[Token], reach: range) -> list[Token]:
    taken: list[Token] = []
    for i in reach:
        if words[i].kind != "word" or words[i].low in ("who", "which", "said", "says", "was", "is", "has", "had"):
            break
        taken.append(words[i])
    return sorted(taken) if reach.step < 0 else taken
