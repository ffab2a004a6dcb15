"""Who is named in an article: people with their forms, roles and gender, and where each is named."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest

from index.speakers.names import Name, fold_given, given_gender, is_given
from index.speakers.namings import ADJECTIVES, Gender, Naming, find_in_headlines, find_namings
from index.speakers.tokens import Token, tokens
from index.speakers.words import FEMALE_ROLES, MALE_ROLES, NOT_NAMES, ROLES, TITLES, VERB_FORMS

_ROLE_REACH = 12
_MOST_NAMESAKES = 40
_MOST_WITH_ROLE = 40
_MOST_ROLES = 12
_PRONOUN_REACH = 25
"""How many words after a name its possessive pronoun may stand to tell the gender."""
_HIS_OR_HER: dict[str, Gender] = {
    "he": "m", "his": "m", "him": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
_UNDER = frozenset(("deputy", "vice", "assistant", "former", "acting"))
"""What makes another role of a role: “the governor” is not the deputy governor."""
_NO_ROLES = NOT_NAMES - {"former"} | VERB_FORMS
_HEADS = {
    "spokesman": "spokesperson", "spokeswoman": "spokesperson", "chairman": "chair", "chairwoman": "chair",
    "advisor": "adviser", "sen": "senator", "gov": "governor", "rep": "representative", "pres": "president",
    "congressman": "representative", "congresswoman": "representative", "gen": "general", "candidate": "nominee",
}  # fmt: skip


@dataclass(slots=True)
class Person:
    """One person of an article: all full forms, and the roles that the article gives them."""

    name: Name
    form: str
    first: int
    is_titled: bool = False
    has_age: bool = False
    titles: set[str] = field(default_factory=set)
    places: list[int] = field(default_factory=list)
    roles: list[tuple[str, frozenset[str], int]] = field(default_factory=list)

    def last_place(self, before: int) -> int:
        """Where this person was last named before a place, else first of all."""
        i = bisect_left(self.places, before)
        return self.places[i - 1] if i else self.first

    @property
    def is_surely_one(self) -> bool:
        """Whether this is a person indeed, and no place or body of two words."""
        return self.is_titled or self.has_age or bool(self.roles) or is_given(self.form.split()[0])


def head_of(role: str) -> str:
    """A role's noun in the form under which spokesmen and spokeswomen meet."""
    plain = role.rstrip(".")
    return _HEADS.get(plain, plain)


class People:
    """The people of one article. Building it is one pass over its words, and one over its headlines."""

    def __init__(self, text: str) -> None:
        self.words = tokens(text, 0, len(text))
        self.starts = [word.start for word in self.words]
        self.namings: list[Naming] = []
        self.by_surname: dict[str, list[Person]] = defaultdict(list)
        self.by_role: dict[str, list[Person]] = defaultdict(list)
        self.titled: set[str] = set()
        self._bare: dict[str, list[int]] = defaultdict(list)
        self._honorifics: dict[str, set[Gender]] = defaultdict(set)
        found = list(find_namings(self.words, text))
        for _, _, naming in found:
            self._add(naming)
        for first, end, naming in found:
            if not naming.is_body:
                self._add_roles(first, end, naming)
        known = frozenset(self._bare) | frozenset(self.by_surname)
        for _, _, naming in find_in_headlines(self.words, text, known):
            self.namings.append(naming)
            if naming.name.given and naming.name.key not in self.by_surname:
                self._person(naming)
        self.namings.sort(key=lambda naming: naming.start)
        self.naming_starts = [naming.start for naming in self.namings]
        self._pronouns = self._count_pronouns()

    def _add(self, naming: Naming) -> None:
        self.namings.append(naming)
        if naming.is_body:
            return
        if naming.is_titled:
            self.titled.add(naming.name.key)
        if naming.gender:
            self._honorifics[naming.name.key].add(naming.gender)
        person = self._person(naming)
        if person is None:
            self._bare[naming.name.key].append(naming.start)
        else:
            person.places.append(naming.start)

    def _add_roles(self, first: int, end: int, naming: Naming) -> None:
        """Take over the titles, roles and age that stand beside a name; all people are known by now."""
        person = self._person(naming)
        if person is None and naming.is_titled and not self.by_surname.get(naming.name.key):
            # “President Volkov”, whose given name the article never tells
            person = Person(naming.name, naming.form, naming.start, places=[naming.start])
            self.by_surname[naming.name.key].append(person)
        if person is None:
            return
        if not naming.name.given:
            # a title may stand with the surname before the full name comes
            person.first = min(person.first, naming.start)
        person.is_titled = person.is_titled or naming.is_titled
        person.has_age = person.has_age or _is_aged(self.words[end : end + 3])
        before = [word.low for word in self.words[max(0, first - 1) : end] if word.end <= naming.start]
        if naming.is_titled and "former" not in before:
            person.titles.update(head_of(low) for low in before if low in TITLES)
        for role in _roles(self.words, first, end, naming):
            if all(role[0] != known for known, _, _ in person.roles):
                self.by_role[role[0]].append(person)
            if len(person.roles) < _MOST_ROLES:
                person.roles.append(role)

    def _person(self, naming: Naming) -> Person | None:
        """The person of a full name, known or new; for a titled surname, the only one who bears it."""
        if not naming.name.given:
            bearers = self.by_surname.get(naming.name.key, [])
            return bearers[0] if naming.is_titled and len(bearers) == 1 else None
        bearers = self.by_surname[naming.name.key]
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

        Whoever is but the deputy of such a one counts only where `mods` say so.

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
                role == head and mods <= given and at < before and given & _UNDER <= mods
                for role, given, at in person.roles
            )
        ]

    def gender(self, person: Person) -> Gender:
        """A person's gender by given name, by role, or as a surname tells that is theirs alone; "" when unsure."""
        if given_gender(person.form):
            return given_gender(person.form)
        roles = {role for role, _, _ in person.roles}
        if bool(roles & MALE_ROLES) != bool(roles & FEMALE_ROLES):
            return "m" if roles & MALE_ROLES else "f"
        if len(self.by_surname[person.name.key]) > 1:
            return self._by_pronouns(f"{person.name.given} {person.name.key}") if person.is_surely_one else ""
        return self.surname_gender(person.name.key)

    def surname_gender(self, surname: str) -> Gender:
        """The gender that a surname's honorifics tell, else the pronouns behind it; "" when none or both."""
        hints = self._honorifics[surname]
        if hints:
            return next(iter(hints)) if len(hints) == 1 else ""
        bearers = self.by_surname.get(surname, [])
        if bearers and not self._bare.get(surname) and not any(person.is_surely_one for person in bearers):
            return ""
        return self._by_pronouns(surname)

    def _by_pronouns(self, name: str) -> Gender:
        he, she = self._pronouns[name, "m"], self._pronouns[name, "f"]
        if he > 2 * she:
            return "m"
        return "f" if she > 2 * he else ""

    def _count_pronouns(self) -> Counter[tuple[str, Gender]]:
        """How often the first pronoun after a surname, with nobody else named between, is a man's or a woman's."""
        counts: Counter[tuple[str, Gender]] = Counter()
        for naming, following in zip_longest(self.namings, self.namings[1:]):
            if naming.is_body:
                continue
            limit = following.run_start if following is not None else self.starts[-1] + 1
            gender = self._first_pronoun(bisect_left(self.starts, naming.end), limit)
            if gender:
                counts[naming.name.key, gender] += 1
                counts[f"{naming.name.given} {naming.name.key}", gender] += 1
        return counts

    def _first_pronoun(self, first: int, limit: int) -> Gender:
        """The gender of a stretch's first pronoun, up to its sentence's end or the next sentence's subject."""
        is_new = False
        for word in self.words[first : first + _PRONOUN_REACH]:
            if word.start >= limit or word.text in '“"”':
                return ""
            if word.low in _HIS_OR_HER:
                return _HIS_OR_HER[word.low]
            if is_new:
                return ""
            is_new = word.kind == "mark" and word.text in ".!?"
        return ""

    def bearer(self, naming: Naming) -> Person | None:
        """Whom a naming means: None for a bare surname without a full name, or with more than one in question."""
        bearers = self.by_surname.get(naming.name.key, [])
        if not bearers and not naming.name.given and not naming.is_titled and is_given(naming.form):
            return self._by_given(fold_given(naming.form))
        if naming.name.given:
            return next((person for person in bearers if _is_same(person.name, naming.name)), None)
        fitting = [p for p in bearers if not (naming.gender and self.gender(p) and self.gender(p) != naming.gender)]
        if len(bearers) > 1:
            fitting = [person for person in fitting if person.first <= naming.start]
        sure = [person for person in fitting if self._may_be_bare(person)]
        fitting = [person for person in fitting if person in sure or len(person.places) > 1] if sure else []
        if len(fitting) < 2:
            return fitting[0] if fitting else None
        if naming.gender:
            fitting = sorted((p for p in fitting if self.gender(p)), key=lambda p: -len(p.places))
            if len(fitting) < 2:
                return fitting[0] if fitting else None
            owner = self._owner(fitting, naming)
            return owner if owner is not None and len(owner.places) >= len(fitting[0].places) else None
        return self._owner(fitting, naming)

    def _by_given(self, given: str) -> Person | None:
        """The one person of the article with a given name: “Melania” after “Melania Volkov”."""
        found = self._given_names.get(given, [])
        return found[0] if len(found) == 1 else None

    @cached_property
    def _given_names(self) -> dict[str, list[Person]]:
        by_given = defaultdict[str, list[Person]](list)
        for person in (one for people in self.by_surname.values() for one in people):
            by_given[person.name.given].append(person)
        return by_given

    def _may_be_bare(self, person: Person) -> bool:
        """Whether the bare surname can be this person's: not where it was in use before a doubtful full name came."""
        bare = self._bare[person.name.key]
        return person.is_surely_one or not bare or person.first < bare[0]

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


def _is_aged(following: Sequence[Token]) -> bool:
    """“Orla Venn, 33,”."""
    if len(following) < 3 or following[0].text != "," or following[2].text not in ",.":
        return False
    return following[1].text.isdecimal() and 10 <= int(following[1].text[:4]) <= 110


def _is_same(one: Name, other: Name) -> bool:
    if one.key != other.key or (one.middle and other.middle and one.middle[0] != other.middle[0]):
        return False
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return False
    shorter, longer = sorted((one.given, other.given), key=len)
    return shorter == longer or (len(shorter) == 1 and longer.startswith(shorter))


def _roles(words: Sequence[Token], first: int, end: int, naming: Naming) -> list[tuple[str, frozenset[str], int]]:
    """The roles that the words around a name give it."""
    found: list[tuple[str, frozenset[str], int]] = []
    before = [word for word in words[first:end] if word.end <= naming.start]
    i = first - 1
    while i >= 0 and first - i <= 6 and words[i].kind == "word" and words[i].low not in _NO_ROLES:
        before.insert(0, words[i])
        i -= 1
    if first >= 1 and words[first - 1].text == ",":
        before += _apposition(words, range(first - 2, max(-1, first - 2 - _ROLE_REACH), -1))
    after: list[Token] = []
    if end < len(words) and words[end].text == ",":
        after = _apposition(words, range(end + 1, min(len(words), end + 1 + _ROLE_REACH)))
    for side in (before, after):
        heads = [word for word in side if word.low in ROLES or word.low in TITLES - ADJECTIVES]
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
