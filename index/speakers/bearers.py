"""A name in an article → the person it means, where several bear it or none is sure to."""

from bisect import bisect_left
from collections.abc import Sequence

from index.speakers.names import fold_given, is_given
from index.speakers.namings import Naming
from index.speakers.people import People, Person, is_same
from index.speakers.words import word_set

_ELDER, _YOUNGER = frozenset(("elder", "older", "senior")), frozenset(("younger", "junior"))
_PARENTS = word_set("father mother uncle aunt grandfather grandmother stepfather stepmother")
_CHILDREN = word_set("son daughter nephew niece grandson granddaughter stepson stepdaughter")


class Bearers:
    """Whom the names of one article mean."""

    def __init__(self, people: People) -> None:
        self.people = people

    def of(self, naming: Naming) -> Person | None:
        """Whom a naming means: None for a bare surname without a full name, or with more than one in question."""
        people = self.people
        bearers = people.by_surname.get(naming.name.key, [])
        if not bearers and not naming.name.given and not naming.is_titled:
            named = self._by_given(fold_given(naming.form))
            if is_given(naming.form) or (named is not None and named.is_surely_one):
                return named
        if naming.name.given:
            return next((person for person in bearers if is_same(person.name, naming.name)), None)
        if self.age_of(naming):
            return self._by_age(bearers, naming)
        if naming.name.suffix:
            juniors = [person for person in bearers if person.name.suffix == naming.name.suffix]
            return juniors[0] if len(juniors) == 1 else None
        if naming.start in people.titled_at:
            return people.titled_at[naming.start]
        fitting = [p for p in bearers if not (naming.gender and people.gender(p) not in ("", naming.gender))]
        if len(bearers) > 1:
            fitting = [person for person in fitting if person.first <= naming.start]
        sure = [person for person in fitting if people.may_be_bare(person)]
        fitting = [person for person in fitting if person in sure or len(person.places) > 1] if sure else []
        return self._of_namesakes(fitting, naming)

    def is_ambiguous(self, naming: Naming) -> bool:
        """Whether several people of the article bear this name, or it says so: “the elder Orlow”."""
        if naming.name.given:
            return False
        return len(self.people.by_surname.get(naming.name.key, [])) > 1 or bool(self.age_of(naming))

    def age_of(self, naming: Naming) -> frozenset[str]:
        """The words for the elder, or for the younger of a name, where one of them stands before it."""
        before = [word.low for word in self.people.words_in(max(0, naming.run_start - 10), naming.run_start)[-1:]]
        return next((ages for ages in (_ELDER, _YOUNGER) if ages.intersection(before)), frozenset())

    def _by_age(self, bearers: Sequence[Person], naming: Naming) -> Person | None:
        """Of two bearers the elder or the younger, by what the article says of one of them."""
        if len(bearers) != 2:
            return None
        ages = [self._age(person) for person in bearers]
        if ages[0] == ages[1]:
            return None
        if not ages[0] or not ages[1]:
            other = _YOUNGER if _ELDER in ages else _ELDER
            ages = [age or other for age in ages]
        return bearers[ages.index(self.age_of(naming))]

    def _age(self, person: Person) -> frozenset[str]:
        """Whether somebody is of the elder or the younger: by suffix, or as “his father, X”, “a nephew of X”."""
        roles = {role for role, _, _ in person.roles} | {person.name.suffix}
        if roles & (_PARENTS | {"sr"}):
            return _ELDER
        if roles & (_CHILDREN | {"jr"}):
            return _YOUNGER
        for place in (person.first, *person.places):
            before = [word.low for word in self.people.words_in(max(0, place - 40), place)]
            if before[-1:] == ["of"] and len(before) > 1:
                if before[-2] in _CHILDREN:
                    return _ELDER
                if before[-2] in _PARENTS:
                    return _YOUNGER
        return frozenset()

    def _of_namesakes(self, fitting: Sequence[Person], naming: Naming) -> Person | None:
        gender = self.people.gender
        if naming.gender and len(fitting) > 1:
            fitting = sorted((p for p in fitting if gender(p)), key=lambda p: -len(p.places))
        if len(fitting) < 2:
            return fitting[0] if fitting else None
        if naming.gender:
            owner = self._owner(fitting, naming)
            return owner if owner is not None and len(owner.places) >= len(fitting[0].places) else None
        return self._owner(fitting, naming)

    def _owner(self, bearers: Sequence[Person], naming: Naming) -> Person | None:
        """Of namesakes, the one who alone was introduced when the bare surname was first used, if alone nearby."""
        owner, second = sorted(bearers, key=lambda person: person.first)[:2]
        bare = self.people.bare[naming.name.key]
        first_bare = bisect_left(bare, owner.first)
        if first_bare == len(bare) or bare[first_bare] > second.first:
            return None
        last_named = owner.last_place(naming.start)
        for other in bearers:
            near = bisect_left(other.places, naming.start)
            if other is not owner and near and other.places[near - 1] > max(last_named, naming.start - 600):
                return None
        return owner

    def _by_given(self, given: str) -> Person | None:
        """The one person of the article with a given name: “Melania” after “Melania Volkov”."""
        found = self.people.by_given.get(given, [])
        return found[0] if len(found) == 1 else None
