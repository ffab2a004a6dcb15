"""Mentions of sayers within one article → the fullest name it gives them, or None when unsure."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from index.speakers.names import fold_surname
from index.speakers.people import Gender, Naming, People, Person, head_of
from index.speakers.tokens import Token
from index.speakers.words import BODY_NOUNS, GROUPS, NOT_NAMES, OFFICIAL_GROUPS, ROLES, TITLES
from index.types import Span

_PRONOUN_GENDER: dict[str, Gender] = {"he": "m", "she": "f"}
_OTHER_PRONOUNS = frozenset("they it we i you this that those these one others".split())
_RELATIVES = frozenset(("who", "whom", "which", "that"))
_PREPOSITIONS = frozenset("of for at from in with on to by about against among near under".split())
_REACH = 1600
"""How many characters back a pronoun may find its antecedent: about three paragraphs of news."""
_ROLE_REACH = 6000
"""How many characters back a role may find its bearer's last naming."""
_OPENERS = frozenset("but and when as after while then though although later still yet asked like so because".split())


@dataclass(frozen=True, slots=True)
class _Topic:
    """Somebody a following pronoun may mean; `name` None for a sayer whom nobody named."""

    start: int
    name: str | None
    gender: Gender
    surname: str


def resolve_names(
    text: str, mentions: Sequence[Span], contents: Sequence[Sequence[Span]] | None = None
) -> list[str | None]:
    """The fullest name that an article gives each mentioned sayer, in the order of `mentions`.

    `mentions` are spans of `text`; `contents`, if given, what each of them said: names inside it are
    not taken for the antecedent of a later pronoun, and nobody is taken to speak of themselves by
    name. None for the nameless (“a source”) and whenever more than one person could be meant.
    """
    said = contents if contents is not None else [()] * len(mentions)
    return _Resolver(text, mentions, said).names()


class _Resolver:
    """One article's mentions, resolved in the order of the text, so that pronouns see earlier sayers."""

    def __init__(self, text: str, mentions: Sequence[Span], contents: Sequence[Sequence[Span]]) -> None:
        self.text, self.mentions, self.contents = text, mentions, contents
        self.people = People(text)
        self.said = _merged([span for spans in contents for span in spans])
        self.said_starts = [start for start, _ in self.said]
        self.topics = self._subjects()
        self.sayers: list[_Topic] = []

    def names(self) -> list[str | None]:
        found: list[str | None] = [None] * len(self.mentions)
        for i in sorted(range(len(self.mentions)), key=lambda i: (self.mentions[i], i)):
            found[i] = self._resolve(self.mentions[i], self.contents[i])
        return found

    def _resolve(self, mention: Span, content: Sequence[Span]) -> str | None:
        words = self.people.words_in(*mention)
        low = words[0].low if len(words) == 1 else ""
        if low in _PRONOUN_GENDER:
            topic = self._antecedent(mention[0], _PRONOUN_GENDER[low], content)
            self.sayers.append(topic or _Topic(mention[0], None, _PRONOUN_GENDER[low], ""))
            return topic.name if topic else None
        if low in _OTHER_PRONOUNS or not words:
            return None
        if low in _RELATIVES:
            return self._before_relative(mention[0])
        topic = self._named(mention, words)
        self.sayers.append(topic)
        return topic.name

    # --- names and roles

    def _named(self, mention: Span, words: Sequence[Token]) -> _Topic:
        namings = self._namings_of_sayer(mention, words)
        if len(namings) == 1:
            return self._topic_of(namings[0], mention[0])
        if len(namings) > 1 or self.people.namings_in(*_core(mention, words)):
            body = self._body(words, mention) if len(namings) < 1 else None
            return _Topic(mention[0], body, "", "")
        person = self._by_role(mention, words)
        if person is not None:
            return _Topic(mention[0], person.form, self.people.gender(person), person.name.key)
        return _Topic(mention[0], self._body(words, mention), "", "")

    def _namings_of_sayer(self, mention: Span, words: Sequence[Token]) -> list[Naming]:
        """The names in a mention that stand for the sayer: heads of its core, else of an apposition."""
        core = _core(mention, words)
        found = [n for n in self.people.namings_in(*core) if self._is_head(n, mention)]
        if found:
            return [n for n in found if self._is_plain_before(n, core[0])]
        after_comma = {b.start for a, b in zip(words, words[1:], strict=False) if a.text == ","}
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

    def _topic_of(self, naming: Naming, start: int) -> _Topic:
        person = self.people.bearer(naming)
        if person is not None:
            return _Topic(start, person.form, self.people.gender(person), person.name.key)
        name = None if self.people.is_ambiguous(naming) or naming.form.lower() in NOT_NAMES else naming.form
        if naming.is_body and not self._speaks_as_body(naming):
            name = None
        return _Topic(
            start, name, self.people.surname_gender(naming.name.key), "" if naming.is_body else naming.name.key
        )

    def _speaks_as_body(self, naming: Naming) -> bool:
        words = naming.form.lower().split()
        return words[-1] in BODY_NOUNS or (words[-1] in OFFICIAL_GROUPS and len(words) > 1)

    def _body(self, words: Sequence[Token], mention: Span) -> str | None:
        """A body that has no one name but a proper noun before its own: “White House officials”, “Biden administration”."""
        core = [word for word in self.people.words_in(*_core(mention, words)) if word.kind == "word"]
        while core and core[0].low in ("the", "senior", "a", "an", "two", "three", "several", "some", "many", "top"):
            del core[0]
        if len(core) < 2 or len(core) > 6 or not (core[-1].low in OFFICIAL_GROUPS or core[-1].low in BODY_NOUNS):
            return None
        if not all(word.is_capitalised for word in core[:-1]) or any(word.low.endswith("'s") for word in core):
            return None
        return self.text[core[0].start : core[-1].end]

    def _by_role(self, mention: Span, words: Sequence[Token]) -> Person | None:
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
        """Whether “a spokesman …” without a name stands between a person's last naming and here, or that is far away."""
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

    # --- pronouns

    def _before_relative(self, start: int) -> str | None:
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
        return self._topic_of(naming, start).name if self._is_head(naming, (0, start)) else None

    def _antecedent(self, start: int, gender: Gender, content: Sequence[Span]) -> _Topic | None:
        """The last subject or sayer that agrees, when nobody else comes into question."""
        anchor = min([start, *(span[0] for span in content)])
        first = bisect_left(self.topics, anchor - _REACH, key=lambda topic: topic.start)
        last = bisect_left(self.topics, anchor, key=lambda topic: topic.start)
        events = sorted(
            [*self.topics[first:last], *(t for t in self.sayers[-12:] if anchor - _REACH <= t.start < start)],
            key=lambda topic: topic.start,
        )
        chosen: _Topic | None = None
        for topic in reversed(events):
            if topic.gender and topic.gender != gender:
                continue
            if chosen is None:
                if topic.name is None:
                    return None
                chosen = topic
                if topic.gender:
                    break
            elif topic.name != chosen.name:
                # the last one's gender is unknown, and somebody else was there as well
                return None
        if (
            chosen is None
            or not chosen.surname
            or self._speaks_of(chosen, content)
            or self._rival(chosen, anchor, gender)
        ):
            return None
        return _Topic(start, chosen.name, gender, chosen.surname)

    def _speaks_of(self, topic: _Topic, content: Sequence[Span]) -> bool:
        """Whether the sayer's own name is in what was said: then it was somebody else."""
        return any(
            fold_surname(word.text.removesuffix("'s").removesuffix("’s")) == topic.surname
            for span in content
            for word in self.people.words_in(*span)
            if word.is_capitalised
        )

    def _rival(self, chosen: _Topic, start: int, gender: Gender) -> bool:
        """Whether somebody else who agrees is named between, outside of what was said, in a later sentence."""
        opening = self._sentence_end(chosen.start, start)
        for naming in self.people.namings_in(opening, start):
            if naming.is_body or self._is_said(naming.start) or naming.name.key == chosen.surname:
                continue
            other = self._topic_of(naming, start)
            if other.gender == gender:
                return True
        return False

    def _sentence_end(self, place: int, limit: int) -> int:
        for word in self.people.words_in(place, limit):
            if word.kind == "mark" and word.text in ".?!" and not self._is_said(word.start):
                return word.end
        line = self.text.find("\n", place, limit)
        return limit if line < 0 else line

    def _subjects(self) -> list[_Topic]:
        """Names that stand at the start of a sentence outside of quotations."""
        found = []
        for naming in self.people.namings:
            if naming.is_body or self._is_said(naming.start) or not self._opens_sentence(naming):
                continue
            if not self._is_modifier(naming):
                found.append(self._topic_of(naming, naming.start))
        return sorted([*found, *self._role_subjects()], key=lambda topic: topic.start)

    def _is_modifier(self, naming: Naming) -> bool:
        """Whether a name only qualifies what follows it: “Putin’s offer”, “Trump supporters”."""
        if self.text[naming.start : naming.end].endswith(("'s", "’s")):
            return True
        following = self.people.words_in(naming.end, naming.end + 30)[:1]
        return bool(following) and (following[0].text in "'’" or following[0].low in GROUPS | BODY_NOUNS | ROLES)

    def _role_subjects(self) -> list[_Topic]:
        """“The president …”, “A woman …” at the start of a sentence: whoever that is, a later pronoun may mean them."""
        found = []
        words = self.people.words
        for i, word in enumerate(words):
            if word.text not in ("The", "A", "An", "One", "Another", "His", "Her") or self._is_said(word.start):
                continue
            role = next((j for j in range(i + 1, min(i + 5, len(words))) if words[j].low in ROLES), None)
            if role is None or any(words[j].is_capitalised or words[j].kind != "word" for j in range(i + 1, role)):
                continue
            person = self._by_role((word.start, words[role].end), words[i : role + 1])
            gender: Gender = self.people.gender(person) if person else _gender_of_role(words[role].low)
            name, surname = (person.form, person.name.key) if person else (None, "")
            found.append(_Topic(word.start, name, gender, surname))
        return found

    def _opens_sentence(self, naming: Naming) -> bool:
        before = self.text[max(0, naming.run_start - 90) : naming.run_start]
        prefix = before[_last_boundary(before) :].strip()
        if not prefix:
            return True
        words = [word.strip(",").lower() for word in prefix.split()]
        if all(word in _OPENERS or word in ROLES or word in TITLES or word in NOT_NAMES for word in words):
            return True
        return prefix.endswith(",") and (words[0] in NOT_NAMES or words[0].endswith("ly")) and len(words) <= 8

    def _is_said(self, place: int) -> bool:
        i = bisect_left(self.said_starts, place + 1)
        return i > 0 and place < self.said[i - 1][1]


def _last_boundary(before: str) -> int:
    for i in range(len(before) - 1, -1, -1):
        if before[i] in "\n!?" or (before[i] in ".:;" and not _is_abbreviation(before, i)):
            return i + 1
    return 0


def _gender_of_role(role: str) -> Gender:
    if role.endswith("woman") or role in ("mother", "wife", "daughter", "sister", "actress", "queen", "princess"):
        return "f"
    return "m" if role in ("man", "father", "husband", "son", "brother", "king", "prince", "priest") else ""


def _is_abbreviation(text: str, stop: int) -> bool:
    word = re.search(r"(\w+)$", text[max(0, stop - 8) : stop])
    return bool(
        word and (word.group().lower() in TITLES or f"{word.group().lower()}." in TITLES or len(word.group()) == 1)
    )


def _core(mention: Span, words: Sequence[Token]) -> Span:
    """A mention up to its first comma, preposition or relative: where its head is."""
    for before, word in zip(words, words[1:], strict=False):
        is_office = word.low == "of" and before.is_capitalised and before.low in TITLES
        if word.text in (",", "(", "—", "–") or word.low == "who" or (word.low in _PREPOSITIONS and not is_office):
            return mention[0], before.end
    return mention


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Disjoint spans in order that cover the same places."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


__all__ = ["resolve_names"]
