"""“The spokesman”, “the Florida senator”: whom a role without a name means."""

from collections.abc import Sequence

from index.speakers.antecedents import Antecedents
from index.speakers.namings import ADJECTIVES, Gender
from index.speakers.people import People, Person, head_of
from index.speakers.tokens import Token
from index.speakers.topics import Topic
from index.speakers.words import EPITHETS, FEMALE_ROLES, MALE_ROLES, OFFICES, ROLES, TITLES
from index.types import Span

_ROLE_REACH = 6000
"""How many characters back a role may find its bearer's last naming."""
_LONGEST = 8
_APART = 300
"""How many characters ago others with the same role must have been named last."""
_CANDIDATES = frozenset(("candidate", "nominee", "contender", "hopeful", "frontrunner", "front-runner"))
_POLITICAL = EPITHETS - {"president", "secretary", "hopeful", "billionaire"}
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
        head = head_of(heads[-1].low)
        skipped = {"the", "this", "of", "for", "a", heads[-1].low}
        mods = frozenset(w.low.removesuffix("'s") for w in words if w.kind == "word" and w.low not in skipped)
        holders = self.people.holders(head, mods, mention[0])
        if len(holders) == 1 and not self._nameless_between(head, holders[0], mention[0]):
            return holders[0]
        gender: Gender = "m" if heads[-1].low in MALE_ROLES else "f" if heads[-1].low in FEMALE_ROLES else ""
        leader = self._person(before.find(mention[0], gender, but, _CLEARLY))
        known = self.people.holders(head, frozenset(), mention[0])
        if leader is not None and any(leader is one for one in known):
            others = [person for person in known if person is not leader]
            is_alone = all(o.last_place(mention[0]) + _APART < leader.last_place(mention[0]) for o in others)
            return leader if is_alone else None
        titled = [person for person in known if head in person.titles]
        if not mods and len(titled) == 1 and not self._nameless_between(head, titled[0], mention[0]):
            return titled[0]
        if leader is None or known or before.is_anyone_beside(mention[0]):
            return None
        is_epithet = _may_be_called(leader, heads[-1].low, bool(mods))
        return leader if is_epithet else None

    def _person(self, topic: Topic | None) -> Person | None:
        if topic is None:
            return None
        return next((p for p in self.people.by_surname.get(topic.surname, []) if p.form == topic.name), None)

    def _nameless_between(self, head: str, person: Person, start: int) -> bool:
        """Whether “a spokesman …” without a name stands between a person's last naming and here; or it is too far."""
        last_named = person.last_place(start)
        if start - last_named > _ROLE_REACH:
            return True
        words = self.people.words_in(last_named + len(person.form), start)
        for i, word in enumerate(words):
            if head_of(word.low) == head and any(
                before.low in ("a", "an", "another") for before in words[max(0, i - 6) : i]
            ):
                return True
        return False


def _may_be_called(person: Person, role: str, is_qualified: bool) -> bool:
    """Whether what an article calls somebody goes with an epithet; a qualified office needs something that does."""
    if role not in EPITHETS:
        return False
    if role in _CANDIDATES:
        return not person.roles
    is_politician = person.is_titled or any(known in _POLITICAL for known, _, _ in person.roles)
    return is_politician or (not person.roles and not (is_qualified and role in OFFICES))


def is_role(word: Token) -> bool:
    """Whether a word names what one person is: “spokesman”, “senator”."""
    return word.low in ROLES or word.low in TITLES - ADJECTIVES
