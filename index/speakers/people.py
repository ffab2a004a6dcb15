"""Who is named in an article: people with their forms, roles and gender, and where each is named."""

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import zip_longest

from index.speakers.names import Name, addressed, fold_given, given_gender, is_given, is_honoured, parse_name
from index.speakers.namings import ADJECTIVES, Gender, Naming, find_in_headlines, find_namings
from index.speakers.offices import UNDER, is_aged, is_relative, office_of, roles_beside
from index.speakers.tokens import Token, tokens
from index.speakers.words import EPITHETS, FEMALE_ROLES, MALE_ROLES, OFFICES, RELATIVES, TITLES, word_set

_MOST_NAMESAKES = 40
_MOST_WITH_ROLE = 40
_MOST_ROLES = 12
_LONGEST_ACRONYM = 5
_PRONOUN_REACH = 25
"""How many words after a name its possessive pronoun may stand to tell the gender."""
_KNIGHTLY = frozenset(("sir", "dame"))
"""What stands before a given name too, where “Mr.” stands before surnames alone."""
_TO_PERSONS = word_set(
    """
    called calls told tells asked asks accused accuses met meets thanked thanks praised criticized criticised blamed
    urged warned invited followed married beat defeated succeeded replaced joined saw heard helped hit answered
    """
)
"""Verbs whose object is another than their subject."""
_HIS_OR_HER: dict[str, Gender] = {
    "he": "m", "his": "m", "him": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip


@dataclass(slots=True)
class Person:
    """One person of an article: all full forms, and the roles that the article gives them."""

    name: Name
    form: str
    first: int
    is_titled: bool = False
    has_age: bool = False
    hint: Gender = ""
    titles: set[str] = field(default_factory=set)
    places: list[int] = field(default_factory=list)
    roles: list[tuple[str, frozenset[str], int]] = field(default_factory=list)

    def last_place(self, before: int) -> int:
        """Where this person was last named before a place, else first of all."""
        i = bisect_left(self.places, before)
        return self.places[i - 1] if i else self.first

    @property
    def gender(self) -> Gender:
        """What the given name, else an honorific or the roles tell; "" when nothing does."""
        if given_gender(self.form) or self.hint:
            return given_gender(self.form) or self.hint
        roles = {role for role, _, _ in self.roles}
        if bool(roles & MALE_ROLES) == bool(roles & FEMALE_ROLES):
            return ""
        return "m" if roles & MALE_ROLES else "f"

    @property
    def is_surely_one(self) -> bool:
        """Whether this is a person indeed, and no place or body of two words."""
        return self.is_titled or self.has_age or bool(self.roles) or is_given(self.form.split()[0])


class People:
    """The people of one article. Building it is one pass over its words, and one over its headlines."""

    def __init__(self, text: str) -> None:
        self.words = tokens(text, 0, len(text))
        self.starts = [word.start for word in self.words]
        self.namings: list[Naming] = []
        self.by_surname: dict[str, list[Person]] = defaultdict(list)
        self.by_given: dict[str, list[Person]] = defaultdict(list)
        self.by_role: dict[str, list[Person]] = defaultdict(list)
        self.titled: set[str] = set()
        self.bare: dict[str, list[int]] = defaultdict(list)
        self.titled_at: dict[int, Person] = {}
        self._honorifics: dict[str, set[Gender]] = defaultdict(set)
        found = list(find_namings(self.words, text))
        for _, _, naming in found:
            self._add(naming)
        # what the full names are goes first: by that a titled surname finds its own bearer
        for first, end, naming in sorted(found, key=lambda one: not one[2].name.given):
            if not naming.is_body:
                self._add_roles(first, end, naming)
        known = frozenset(self.bare) | frozenset(self.by_surname)
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
            self.bare[naming.name.key].append(naming.start)
        else:
            person.places.append(naming.start)

    def _add_roles(self, first: int, end: int, naming: Naming) -> None:
        """Take over the titles, roles and age that stand beside a name; all people are known by now."""
        before = [word.low for word in self.words[max(0, first - 1) : end] if word.end <= naming.start]
        heads = {office_of(low)[0] for low in before if low in TITLES - ADJECTIVES}
        person = self._person(naming) if naming.name.given or not naming.is_titled else self._titled(naming, heads)
        if person is None and not naming.name.given and is_relative(self.words, first):
            person = self._alone(naming) if not self.by_surname.get(naming.name.key) else None
        if person is None:
            return
        if not naming.name.given and naming.is_titled:
            self.titled_at[naming.start] = person
        if not naming.name.given:
            # a title may stand with the surname before the full name comes
            person.first = min(person.first, naming.start)
        person.is_titled = person.is_titled or naming.is_titled
        person.has_age = person.has_age or is_aged(self.words[end : end + 3])
        if naming.is_titled and not UNDER & {*before, *(mod for low in before for mod in office_of(low)[1])}:
            person.titles.update(heads)
        for role in roles_beside(self.words, first, end, naming):
            if all(role[0] != known for known, _, _ in person.roles):
                self.by_role[role[0]].append(person)
            if len(person.roles) < _MOST_ROLES:
                person.roles.append(role)

    def _titled(self, naming: Naming, heads: set[str]) -> Person | None:
        """Whom “President Volkov” or “Mr. Volkov” means: who is that, else somebody whose given name nobody tells.

        None where more than one bears the name.
        """
        key = naming.name.key
        knighted = self._knighted(naming)
        if knighted is not None:
            return knighted
        full = [person for person in self.by_surname.get(key, []) if person.name.given]
        if len(full) > 1:
            # “President Volkov” beside a First Lady of that name
            holders = [person for person in full if heads & (person.titles | {role for role, _, _ in person.roles})]
            return holders[0] if len(holders) == 1 else None
        if full and self.may_be_bare(full[0]) and self._may_hold(full[0], naming, heads):
            return full[0]
        alone = [person for person in self.by_surname.get(key, []) if not person.name.given]
        if len(self._honorifics[key]) > 1:
            if not naming.gender:
                return None
            alone = [person for person in alone if person.hint == naming.gender]
        one = alone[0] if alone else self._alone(naming)
        one.hint = one.hint or naming.gender
        return one

    def _knighted(self, naming: Naming) -> Person | None:
        """Whom “Sir Osk” means: the one person of that given name, if nobody has it for a surname."""
        title = self.words[bisect_left(self.starts, naming.run_start)].low
        if title not in _KNIGHTLY or any(person.name.given for person in self.by_surname.get(naming.name.key, [])):
            return None
        found = self.by_given.get(fold_given(naming.form), [])
        return found[0] if len(found) == 1 else None

    def _alone(self, naming: Naming) -> Person:
        form = naming.form
        if naming.gender and len(self._honorifics[naming.name.key]) > 1:
            # the Mr. and the Mrs. of one article are two
            form = addressed(form, naming.gender, is_written=True, title="")
        person = Person(naming.name, form, naming.start, places=[naming.start])
        self.by_surname[naming.name.key].append(person)
        return person

    def _may_hold(self, person: Person, naming: Naming, heads: set[str]) -> bool:
        """Whether a title before a surname is that of its only full-named bearer, and not of a relative of theirs.

        What the article makes of the bearer decides; where it says nothing, honorifics and pronouns must agree.
        """
        gender = person.gender
        if not gender and len(self._honorifics[naming.name.key]) > 1:
            return False
        if naming.gender and gender and (naming.gender != gender or not heads):
            return naming.gender == gender
        known = {role for role, _, _ in person.roles}
        if heads & known:
            return True
        if known & RELATIVES:
            return False if heads else bool(naming.gender)
        hints = self._honorifics[naming.name.key] | {self._first_pronoun(bisect_left(self.starts, naming.end), 1 << 62)}
        if gender and hints - {"", gender}:
            return False
        return not heads & OFFICES or bool(known & (EPITHETS | heads)) or bool(gender and gender in hints)

    def _person(self, naming: Naming) -> Person | None:
        """The person of a full name, known or new; None for a surname alone."""
        if not naming.name.given:
            return None
        bearers = self.by_surname[naming.name.key]
        for person in bearers:
            if is_same(person.name, naming.name):
                if len(naming.form.split()) > len(person.form.split()):
                    person.form, person.name = naming.form, naming.name
                return person
        if len(bearers) >= _MOST_NAMESAKES:
            return None
        bearers.append(Person(naming.name, naming.form, naming.start))
        self.by_given[naming.name.given].append(bearers[-1])
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
                role == head and mods <= given and at < before and given & UNDER <= mods
                for role, given, at in person.roles
            )
        ]

    def gender(self, person: Person) -> Gender:
        """A person's gender by given name, by role, or as a surname tells that is theirs alone; "" when unsure."""
        if person.gender:
            return person.gender
        if len(self.by_surname[person.name.key]) > 1:
            return self.pronoun_gender(person) if person.is_surely_one else ""
        return self.surname_gender(person.name.key)

    def pronoun_gender(self, person: Person) -> Gender:
        """What the first pronouns behind a full name tell; "" when nothing or both."""
        return self._by_pronouns(f"{person.name.given} {person.name.key}")

    def surname_gender(self, surname: str) -> Gender:
        """The gender that a surname's honorifics tell, else the pronouns behind it; "" when none or both."""
        hints = self._honorifics[surname]
        if hints:
            return next(iter(hints)) if len(hints) == 1 else ""
        bearers = self.by_surname.get(surname, [])
        if bearers and not self.bare.get(surname) and not any(person.is_surely_one for person in bearers):
            return ""
        return self._by_pronouns(surname)

    def for_library(self, name: str) -> str:
        """A name as other articles need it: a surname alone with what tells whose it is: “Mr. Governor Volkov”."""
        parts = parse_name(name)
        bearers = self.by_surname.get(parts.key, [])
        if name.isupper() and len(name) <= _LONGEST_ACRONYM:
            return name
        if parts.given or parts.is_body or len(name.split()) > 2 or is_honoured(name):
            return name
        alone = next((person for person in bearers if not person.name.given), None)
        hints = self._honorifics[parts.key]
        written: Gender = next(iter(hints)) if len(hints) == 1 else ""
        told: Gender = ""
        if alone is not None:
            told = self.gender(alone)
        elif not bearers:
            told = self.surname_gender(parts.key)
        title = min(alone.titles, default="") if alone is not None else ""
        return addressed(name, written or told, bool(written), title)

    def _by_pronouns(self, name: str) -> Gender:
        he, she = self._pronouns[name, "m"], self._pronouns[name, "f"]
        if he > 2 * she:
            return "m"
        return "f" if she > 2 * he else ""

    def _count_pronouns(self) -> Counter[tuple[str, Gender]]:
        """How often the first pronoun after a surname, with nobody else named between, is a man's or a woman's."""
        counts: Counter[tuple[str, Gender]] = Counter()
        before: Naming | None = None
        for naming, following in zip_longest(self.namings, self.namings[1:]):
            previous, before = before, naming
            if naming.is_body:
                continue
            limit = following.run_start if following is not None else self.starts[-1] + 1
            gender = self._first_pronoun(bisect_left(self.starts, naming.end), limit)
            if gender and not (previous is not None and self._is_rival(previous, naming, gender)):
                counts[naming.name.key, gender] += 1
                counts[f"{naming.name.given} {naming.name.key}", gender] += 1
        return counts

    def _is_object(self, word: Token) -> bool:
        """“Reck called her naive”: she is somebody else."""
        before = self.words[max(0, bisect_left(self.starts, word.start) - 1)]
        return word.low in ("him", "her") and before.low in _TO_PERSONS

    def _is_rival(self, previous: Naming, naming: Naming, gender: Gender) -> bool:
        """“Reck's rival, Jo Venn, said that if he …”: whether the one named before in the sentence may be “he”."""
        words = self.words_in(previous.end, naming.run_start)
        bearers = self.by_surname.get(previous.name.key, [])
        return all(word.text not in ".!?" for word in words) and any(one.gender in ("", gender) for one in bearers)

    def _first_pronoun(self, first: int, limit: int) -> Gender:
        """The gender of a stretch's first pronoun, up to its sentence's end or the next sentence's subject."""
        is_new = False
        for word in self.words[first : first + _PRONOUN_REACH]:
            if word.start >= limit or word.text in '“"”':
                return ""
            if word.low in _HIS_OR_HER and not self._is_object(word):
                return _HIS_OR_HER[word.low]
            if is_new:
                return ""
            is_new = word.kind == "mark" and word.text in ".!?"
        return ""

    def may_be_bare(self, person: Person) -> bool:
        """Whether the bare surname can be this person's: not where it was in use before a doubtful full name came."""
        bare = self.bare[person.name.key]
        return person.is_surely_one or not bare or person.first < bare[0]

    def namings_in(self, start: int, end: int) -> list[Naming]:
        """The namings whose name starts in `start` to `end`."""
        first, last = bisect_left(self.naming_starts, start), bisect_left(self.naming_starts, end)
        return self.namings[first:last]

    def words_in(self, start: int, end: int) -> list[Token]:
        """The words of a stretch of the text."""
        return self.words[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


def is_same(one: Name, other: Name) -> bool:
    """Whether a full name may be that of somebody named before (`one`); “Jr.” behind the plain name tells the son."""
    if one.key != other.key or (one.middle and other.middle and one.middle[0] != other.middle[0]):
        return False
    is_son = bool(other.suffix) and not (one.middle or other.middle)
    if one.suffix != other.suffix and (bool(other.suffix) if one.suffix else is_son):
        return False
    shorter, longer = sorted((one.given, other.given), key=len)
    return shorter == longer or (len(shorter) == 1 and longer.startswith(shorter))
