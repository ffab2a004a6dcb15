"""A sayer's mention by name or role → the person or body of the article that it means."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.speakers.people import Gender, Naming, People, Person, head_of
from index.speakers.tokens import Token
from index.speakers.words import BODY_NOUNS, NOT_NAMES, OFFICIAL_GROUPS, ROLES, TITLES, word_set
from index.types import Span

_PREPOSITIONS = word_set("of for at from in with on to by about against among near under")
_ROLE_REACH = 6000
"""How many characters back a role may find its bearer's last naming."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Somebody a following pronoun may mean; `name` None for a sayer whom nobody named."""

    start: int
    name: str | None
    gender: Gender
    surname: str


class Mentions:
    """What the mentions of one article mean, names and roles alone; pronouns need the order of the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.people = People(text)

    def named(self, mention: Span, words: Sequence[Token]) -> Topic:
        """Whom a mention by name or role means, as something later pronouns can refer to."""
        namings = self._namings_of_sayer(mention, words)
        if len(namings) == 1:
            return self.topic_of(namings[0], mention[0])
        if len(namings) > 1 or self.people.namings_in(*_core(mention, words)):
            body = self._body(words, mention) if len(namings) < 1 else None
            return Topic(mention[0], body, "", "")
        person = self.by_role(mention, words)
        if person is not None:
            return Topic(mention[0], person.form, self.people.gender(person), person.name.key)
        return Topic(mention[0], self._body(words, mention), "", "")

    def _namings_of_sayer(self, mention: Span, words: Sequence[Token]) -> list[Naming]:
        """The names in a mention that stand for the sayer: heads of its core, else of an apposition."""
        core = _core(mention, words)
        found = [n for n in self.people.namings_in(*core) if self._is_head(n, mention)]
        if found:
            return [n for n in found if self._is_plain_before(n, core[0])]
        after_comma = {b.start for a, b in pairwise(words) if a.text == ","}
        apposed = [
            n
            for n in self.people.namings_in(core[1], mention[1])
            if n.run_start in after_comma or n.start in after_comma
        ]
        is_for_person = any(word.low in ROLES or word.low in TITLES for word in self.people.words_in(*core))
        return [n for n in apposed if is_for_person and not n.is_body and self._is_head(n, mention)][:1]

    def _is_plain_before(self, naming: Naming, start: int) -> bool:
        """Whether only titles and adjectives stand before a name, and no verb (“White America embracing X”)."""
        before = [word for word in self.people.words_in(start, naming.run_start) if word.kind == "word"]
        if not before or before[-1].is_capitalised or before[-1].low in ROLES | TITLES:
            return True
        return not before[-1].low.endswith("ing") and not any(word.is_capitalised for word in before[1:])

    def _is_head(self, naming: Naming, mention: Span) -> bool:
        """Whether a name is the head of its phrase, no possessive and no modifier (“Trump campaign”)."""
        if self.text[naming.start : naming.end].endswith(("'s", "’s")) or naming.end > mention[1]:
            return False
        following = self.people.words_in(naming.end, mention[1])[:1]
        if (
            not following
            or following[0].kind != "word"
            or following[0].low in _PREPOSITIONS | {"and", "who", "himself"}
        ):
            return not (following and following[0].text in "'’&-")
        return following[0].low in ("herself", "or", "when", "while", "as")

    def topic_of(self, naming: Naming, start: int) -> Topic:
        """Whom a naming means, with its place set to `start`."""
        person = self.people.bearer(naming)
        if person is not None:
            return Topic(start, person.form, self.people.gender(person), person.name.key)
        name = None if self.people.is_ambiguous(naming) or naming.form.lower() in NOT_NAMES else naming.form
        if naming.is_body and not self._speaks_as_body(naming):
            name = None
        return Topic(
            start, name, self.people.surname_gender(naming.name.key), "" if naming.is_body else naming.name.key
        )

    def _speaks_as_body(self, naming: Naming) -> bool:
        words = naming.form.lower().split()
        return words[-1] in BODY_NOUNS or (words[-1] in OFFICIAL_GROUPS and len(words) > 1)

    def _body(self, words: Sequence[Token], mention: Span) -> str | None:
        """A body without a name of its own but with a proper noun before it: “White House officials”."""
        core = [word for word in self.people.words_in(*_core(mention, words)) if word.kind == "word"]
        while core and core[0].low in ("the", "senior", "a", "an", "two", "three", "several", "some", "many", "top"):
            del core[0]
        if len(core) < 2 or len(core) > 6 or not (core[-1].low in OFFICIAL_GROUPS or core[-1].low in BODY_NOUNS):
            return None
        if not all(word.is_capitalised for word in core[:-1]) or any(word.low.endswith("'s") for word in core):
            return None
        return self.text[core[0].start : core[-1].end]

    def by_role(self, mention: Span, words: Sequence[Token]) -> Person | None:
        """“the Kremlin spokesman”: the one person introduced before with that role, if nobody nameless came between."""
        if words[0].low not in ("the", "this") or len(words) > 8:
            return None
        heads = [word for word in self.people.words_in(*_core(mention, words)) if word.low in ROLES | TITLES]
        if not heads or heads[-1].end != _core(mention, words)[1]:
            return None
        head = head_of(heads[-1].low)
        skipped = {"the", "this", "of", "for", heads[-1].low}
        mods = {word.low.removesuffix("'s") for word in words if word.kind == "word" and word.low not in skipped}
        holders = self.people.holders(head, frozenset(mods), mention[0])
        if len(holders) != 1 or self._nameless_between(head, holders[0], mention[0]):
            return None
        return holders[0]

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

    def before_relative(self, start: int) -> str | None:
        """The name right before “who”, or before its comma."""
        before = self.people.namings_in(max(0, start - 80), start)
        if not before or self.text[before[-1].end : start].strip(" ,\n\u00a0"):
            return None
        naming, linked = before[-1], self.people.words_in(max(0, before[-1].run_start - 12), before[-1].run_start)
        if linked and linked[-1].low in _PREPOSITIONS:
            # “President Z of Ukraine, who said”: the place is not the sayer
            if linked[-1].low != "of" or len(before) < 2 or before[-2].end + 1 != linked[-1].start:
                return None
            naming = before[-2]
        return self.topic_of(naming, start).name if self._is_head(naming, (0, start)) else None


def _core(mention: Span, words: Sequence[Token]) -> Span:
    """A mention up to its first comma, preposition or relative: where its head is."""
    for before, word in pairwise(words):
        is_office = word.low == "of" and before.is_capitalised and before.low in TITLES
        if word.text in (",", "(", "—", "–") or word.low == "who" or (word.low in _PREPOSITIONS and not is_office):
            return mention[0], before.end
    return mention
