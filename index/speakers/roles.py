"""“The spokesman”, “the Florida senator”: whom a role without a name means."""

from collections.abc import Sequence

from index.speakers.antecedents import Antecedents
from index.speakers.namings import Gender
from index.speakers.offices import UNDER, is_office, office_of
from index.speakers.people import People, Person
from index.speakers.tokens import Token
from index.speakers.topics import Topic
from index.speakers.words import EPITHETS, FEMALE_ROLES, LINKING, MALE_ROLES, NATIONS, OFFICES, word_set
from index.types import Span

_ROLE_REACH = 6000
"""How many characters back a role may find its bearer's last naming."""
_LONGEST = 8
_APART = 300
"""How many characters ago others with the same role must have been named last."""
_CANDIDATES = frozenset(("candidate", "nominee", "contender", "hopeful", "frontrunner", "front-runner"))
_POLITICAL = EPITHETS - {"president", "secretary", "hopeful", "billionaire"}
_ONE_EACH = OFFICES - {"senator", "representative", "congressman", "congresswoman"}
"""Offices that a place gives to one person at a time: of two whom an article names, either may be meant."""
_SUCCEEDING = word_set("sworn inaugurated succeeded succeeds succeeding replaced replaces replacing appointed")
_TAKING_OFFICE = frozenset((("sworn", "in"), ("took", "office"), ("took", "over"), ("takes", "over")))
_MADE = frozenset(("elected", "named", "became", "new"))
"""What shows that an office is somebody else's by now: some words before it, or right before it."""
_CLEARLY = 0.28
"""A subject two sentences back is as far as an epithet for somebody may stand."""


class Roles:
    """The roles that an article gives its people, and who is meant by one of them at a place."""

    def __init__(self, people: People) -> None:
        self.people = people

    def bearer(
        self, mention: Span, words: Sequence[Token], core: Span, before: Antecedents, but: frozenset[str]
    ) -> Person | None:
        """The one person that a definite role can mean; None when nobody or more than one comes into question.

        `core` is the mention up to its first comma or preposition, `before` who was spoken of so far,
        `but` the surnames that it cannot mean.
        """
        heads = [word for word in self.people.words_in(*core) if is_role(word)]
        if words[0].low not in ("the", "this") or not heads or heads[-1].end != core[1] or len(words) > _LONGEST:
            return None
        head, own = office_of(heads[-1].low)
        skipped = {"the", "this", "of", "for", "a", heads[-1].low}
        mods = frozenset(w.low.removesuffix("'s") for w in words if w.kind == "word" and w.low not in skipped) | own
        holders = self.people.holders(head, mods, mention[0])
        if head in OFFICES and any(self._is_succeeded(head, person, mention[0]) for person in holders):
            return None
        if len(holders) == 1 and not self._nameless_between(head, holders[0], mention[0]):
            return holders[0]
        known = self.people.holders(head, frozenset(), mention[0])
        is_nameless = not holders and self._is_nameless_ones(head, mods, mention[0])
        if (
            is_nameless
            or mods & UNDER
            or (len(known) > 1 and not mods and head in _ONE_EACH)
            or self._is_anothers(head, mods, known)
        ):
            return None
        gender: Gender = "m" if heads[-1].low in MALE_ROLES else "f" if heads[-1].low in FEMALE_ROLES else ""
        leader = self._person(before.find(mention[0], gender, but, _CLEARLY))
        if leader is None or known or before.is_anyone_beside(mention[0]):
            return self._of_known(mention[0], head, leader, known, not mods)
        is_epithet = _may_be_called(leader, head, heads[-1].low, bool(mods)) and not self._has_namesake(leader)
        return leader if is_epithet else None

    def _of_known(
        self, start: int, head: str, leader: Person | None, known: Sequence[Person], is_bare: bool
    ) -> Person | None:
        """Of those who hold a role, the one spoken of, or the one who bears it as a title."""
        if leader is not None and any(leader is one for one in known):
            others = [person for person in known if person is not leader]
            is_alone = all(o.last_place(start) + _APART < leader.last_place(start) for o in others)
            return leader if is_alone else None
        titled = [person for person in known if head in person.titles]
        is_one = is_bare and len(titled) == 1 and not self._nameless_between(head, titled[0], start)
        return titled[0] if is_one else None

    def _person(self, topic: Topic | None) -> Person | None:
        if topic is None:
            return None
        return next((p for p in self.people.by_surname.get(topic.surname, []) if p.form == topic.name), None)

    def _is_anothers(self, head: str, mods: frozenset[str], known: Sequence[Person]) -> bool:
        """Whether a role names a country, and all who are known to hold one like it hold another country's."""
        theirs = [given & NATIONS for person in known for role, given, _ in person.roles if role == head]
        return bool(mods & NATIONS) and bool(theirs) and not any(mods & nations or not nations for nations in theirs)

    def _is_succeeded(self, head: str, person: Person, start: int) -> bool:
        """Whether somebody else came into an office after a person was last named: “sworn in as mayor”."""
        words = self.people.words_in(person.last_place(start) + len(person.form), start)
        for i, word in enumerate(words):
            if word.low in ("succeeded", "replaced") and words[i + 1 : i + 2] and words[i + 1].low == "by":
                return True
            if (word.low, *(one.low for one in words[i + 1 : i + 2])) in _TAKING_OFFICE:
                return True
            before = [one.low for one in words[max(0, i - 5) : i]]
            if i and office_of(word.low)[0] == head and (_SUCCEEDING.intersection(before) or before[-1] in _MADE):
                return "if" not in before
        return False

    def _is_nameless_ones(self, head: str, mods: frozenset[str], start: int) -> bool:
        """“A spokesman for the guard” before “the guard spokesman”: whoever that is, nobody names them."""
        words = self.people.words_in(max(0, start - _ROLE_REACH // 2), start)
        for i, word in enumerate(words):
            if office_of(word.low)[0] == head:
                around = {one.low for one in words[max(0, i - 4) : i + 7]}
                if mods & around and {"a", "an"} & {one.low for one in words[max(0, i - 4) : i]}:
                    return True
        return False

    def _has_namesake(self, person: Person) -> bool:
        return len(self.people.by_surname.get(person.name.key, [])) > 1

    def _nameless_between(self, head: str, person: Person, start: int) -> bool:
        """Whether “a spokesman …” without a name stands between a person's last naming and here; or it is too far."""
        last_named = person.last_place(start)
        if start - last_named > _ROLE_REACH:
            return True
        words = self.people.words_in(last_named + len(person.form), start)
        for i, word in enumerate(words):
            if office_of(word.low)[0] != head:
                continue
            article = next((j for j in range(i - 1, max(-1, i - 7), -1) if words[j].low in ("a", "an", "another")), 0)
            if article and words[article - 1].low not in LINKING:
                return True
        return False


def _may_be_called(person: Person, head: str, role: str, is_qualified: bool) -> bool:
    """Whether what an article calls somebody goes with an epithet; a qualified office needs something that does.

    Who holds another office, or is but the deputy of such a one, is not called by this one.
    """
    held = {known for known, _, _ in person.roles} & OFFICES
    if role not in EPITHETS or (head in OFFICES and held):
        return False
    if role in _CANDIDATES:
        return not person.roles
    is_politician = person.is_titled or any(known in _POLITICAL for known, _, _ in person.roles)
    return is_politician or (not person.roles and not (is_qualified and role in OFFICES))


def is_role(word: Token) -> bool:
    """Whether a word names what one person is: “spokesman”, “senator”."""
    return is_office(word.low)
