"""Mentions of sayers within one article → the fullest name it gives them, or None when unsure."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from index.speakers.mentions import Mentions, Topic
from index.speakers.names import fold_surname
from index.speakers.people import Gender, Naming
from index.speakers.words import BODY_NOUNS, GROUPS, NOT_NAMES, ROLES, TITLES, word_set
from index.types import Span

_PRONOUN_GENDER: dict[str, Gender] = {"he": "m", "she": "f"}
_OTHER_PRONOUNS = word_set("they it we i you this that those these one others")
_RELATIVES = frozenset(("who", "whom", "which", "that"))
_REACH = 1600
"""How many characters back a pronoun may find its antecedent: about three paragraphs of news."""
_OPENERS = word_set(
    """
    but and when as after while then though although later still yet asked like so because
    """
)


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
        self.known = Mentions(text)
        self.people = self.known.people
        self.said = _merged([span for spans in contents for span in spans])
        self.said_starts = [start for start, _ in self.said]
        self.topics = self._subjects()
        self.sayers: list[Topic] = []

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
            self.sayers.append(topic or Topic(mention[0], None, _PRONOUN_GENDER[low], ""))
            return topic.name if topic else None
        if low in _OTHER_PRONOUNS or not words:
            return None
        if low in _RELATIVES:
            return self.known.before_relative(mention[0])
        topic = self.known.named(mention, words)
        self.sayers.append(topic)
        return topic.name

    def _antecedent(self, start: int, gender: Gender, content: Sequence[Span]) -> Topic | None:
        """The last subject or sayer that agrees, when nobody else comes into question."""
        anchor = min([start, *(span[0] for span in content)])
        first = bisect_left(self.topics, anchor - _REACH, key=lambda topic: topic.start)
        last = bisect_left(self.topics, anchor, key=lambda topic: topic.start)
        events = sorted(
            [*self.topics[first:last], *(t for t in self.sayers[-12:] if anchor - _REACH <= t.start < start)],
            key=lambda topic: topic.start,
        )
        chosen: Topic | None = None
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
        return Topic(start, chosen.name, gender, chosen.surname)

    def _speaks_of(self, topic: Topic, content: Sequence[Span]) -> bool:
        """Whether the sayer's own name is in what was said: then it was somebody else."""
        return any(
            fold_surname(word.text.removesuffix("'s").removesuffix("’s")) == topic.surname
            for span in content
            for word in self.people.words_in(*span)
            if word.is_capitalised
        )

    def _rival(self, chosen: Topic, start: int, gender: Gender) -> bool:
        """Whether somebody else who agrees is named between, outside of what was said, in a later sentence."""
        opening = self._sentence_end(chosen.start, start)
        for naming in self.people.namings_in(opening, start):
            if naming.is_body or self._is_said(naming.start) or naming.name.key == chosen.surname:
                continue
            other = self.known.topic_of(naming, start)
            if other.gender == gender:
                return True
        return False

    def _sentence_end(self, place: int, limit: int) -> int:
        for word in self.people.words_in(place, limit):
            if word.kind == "mark" and word.text in ".?!" and not self._is_said(word.start):
                return word.end
        line = self.text.find("\n", place, limit)
        return limit if line < 0 else line

    def _subjects(self) -> list[Topic]:
        """Names that stand at the start of a sentence outside of quotations."""
        found = []
        for naming in self.people.namings:
            if naming.is_body or self._is_said(naming.start) or not self._opens_sentence(naming):
                continue
            if not self._is_modifier(naming):
                found.append(self.known.topic_of(naming, naming.start))
        return sorted([*found, *self._role_subjects()], key=lambda topic: topic.start)

    def _is_modifier(self, naming: Naming) -> bool:
        """Whether a name only qualifies what follows it: “Putin’s offer”, “Trump supporters”."""
        if self.text[naming.start : naming.end].endswith(("'s", "’s")):
            return True
        following = self.people.words_in(naming.end, naming.end + 30)[:1]
        return bool(following) and (following[0].text in "'’" or following[0].low in GROUPS | BODY_NOUNS | ROLES)

    def _role_subjects(self) -> list[Topic]:
        """“The president …”, “A woman …” at the start of a sentence: whoever that is, a later pronoun may mean them."""
        found = []
        words = self.people.words
        for i, word in enumerate(words):
            if word.text not in ("The", "A", "An", "One", "Another", "His", "Her") or self._is_said(word.start):
                continue
            role = next((j for j in range(i + 1, min(i + 5, len(words))) if words[j].low in ROLES), None)
            if role is None or any(words[j].is_capitalised or words[j].kind != "word" for j in range(i + 1, role)):
                continue
            person = self.known.by_role((word.start, words[role].end), words[i : role + 1])
            gender: Gender = self.people.gender(person) if person else _gender_of_role(words[role].low)
            name, surname = (person.form, person.name.key) if person else (None, "")
            found.append(Topic(word.start, name, gender, surname))
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


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Disjoint spans in order that cover the same places."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
