"""A sayer's mention by name or role → the person or body of the article that it means."""

from collections.abc import Sequence
from itertools import pairwise

from index.speakers.antecedents import Antecedents
from index.speakers.bearers import Bearers
from index.speakers.bodies import Bodies, speaks
from index.speakers.names import given_gender, is_given
from index.speakers.namings import Gender, Naming
from index.speakers.people import People
from index.speakers.roles import Roles, is_role
from index.speakers.tokens import Token
from index.speakers.topics import Topic
from index.speakers.words import (
    BODY_NOUNS,
    EPITHETS,
    FEMALE_ROLES,
    MALE_ROLES,
    NAMES_IN_S,
    NOT_NAMES,
    PLACE_STARTS,
    ROLES,
    TITLES,
    VERB_FORMS,
    word_set,
)
from index.types import Span

_PREPOSITIONS = word_set("of for at from in with on to by about against among near under")
_ISSUED = word_set("readout statement communique")
"""“A Kremlin readout”: what a body issues speaks for it."""
_RELATIVE_REACH = 160
_CLAUSES = word_set("who which that whose whom where when said says is was are were has had")
_AGENTS = ("er", "or", "ist", "ian", "man", "woman", "ant", "ent", "ee")
"""How most nouns for what somebody does end: “the former Reck speechwriter Orla Venn”."""


class Mentions:
    """What the mentions of one article mean, names and roles alone; pronouns need the order of the text."""

    def __init__(self, text: str, before: Antecedents) -> None:
        self.text = text
        self.people = People(text)
        self.bearers = Bearers(self.people)
        self.before = before
        self.roles = Roles(self.people)
        self.bodies = Bodies(text, self.people.words, self.people.namings)

    def named(self, mention: Span, words: Sequence[Token], but: frozenset[str]) -> Topic:
        """Whom a mention by name or role means, for later pronouns to refer to; `but` are surnames that it is not."""
        if self._is_in_relative(mention[0]):
            return Topic(mention[0], None, "", "")
        namings = self._namings_of_sayer(mention, words)
        if len(namings) == 1 and not _is_epithet(namings[0]):
            return self.topic_of(namings[0], mention[0])
        if len(namings) > 1:
            return Topic(mention[0], None, "", "")
        behind = self._named_behind(mention)
        if behind is not None:
            return self.topic_of(behind, mention[0])
        topic = self.of_role(mention, words, but)
        body = None if topic.name else self.bodies.name(self.people.words_in(*_core(mention, words)))
        return topic if body is None else Topic(mention[0], body, "", "", is_person=False)

    def _is_in_relative(self, start: int) -> bool:
        """Whether a clause with “who” runs up to a mention: who speaks is “a man who knew Reck”, not Reck."""
        before = self.people.words_in(max(0, start - 60), start)
        last = next((i for i in range(len(before) - 1, -1, -1) if before[i].kind != "word"), -1)
        clause = [word.low for word in before[last + 1 :]]
        return "who" in clause[:-1] and clause[0] != "who"

    def _named_behind(self, mention: Span) -> Naming | None:
        """The name behind a mention: “its chairwoman”, Orla Volkov; “a postman” called Jens Volkov."""
        for naming in self.people.namings_in(mention[1], mention[1] + 60)[:1]:
            between = self.text[mention[1] : naming.run_start].split()
            closes = self.text[naming.end : naming.end + 1] in (",", ".", "")
            is_named = between in ([","], ["called"], ["named"])
            last = self.people.words_in(*mention)[-1]
            is_role_or_one = is_role(last) or last.low.endswith(_AGENTS) or self.text[slice(*mention)] == "one of them"
            is_person = not naming.is_body and bool(naming.name.given) and is_role_or_one
            return naming if is_named and closes and is_person else None
        return None

    def of_role(self, mention: Span, words: Sequence[Token], but: frozenset[str]) -> Topic:
        """Whom a mention by role means: somebody named, a person nobody named, or no single person."""
        person = self.roles.bearer(mention, words, _core(mention, words), self.before, but)
        if person is not None:
            return Topic(mention[0], person.form, self.people.gender(person), person.name.key)
        lows = [word.low.removesuffix("'s") for word in self.people.words_in(*_core(mention, words))]
        heads = [low for low in lows if low in ROLES | TITLES]
        if not heads:
            return Topic(mention[0], None, "", "", is_person=False)
        gender: Gender = "m" if heads[-1] in MALE_ROLES else "f" if heads[-1] in FEMALE_ROLES else ""
        return Topic(mention[0], None, gender, "")

    def _namings_of_sayer(self, mention: Span, words: Sequence[Token]) -> list[Naming]:
        """The names in a mention that stand for the sayer: heads of its core, else of an apposition."""
        core = _core(mention, words)
        found = [n for n in self.people.namings_in(*core) if self._is_head(n, mention)]
        if found:
            return [n for n in found if self._is_plain_before(n, core[0])]
        first, last = _second_part(core[1], mention, words)
        apposed = [
            naming
            for naming in self.people.namings_in(first, last)
            if self._is_head(naming, mention) and not naming.is_body and self._follows_directly(naming, first)
        ]
        in_core = [word for word in self.people.words_in(*core) if word.kind == "word"]
        is_for_person = any(word.low in ROLES or word.low in TITLES for word in in_core)
        is_for_person = is_for_person or bool(in_core and in_core[-1].low.endswith(_AGENTS))
        return [n for n in apposed if is_for_person or self._is_surely_one(n)][:1]

    def _follows_directly(self, naming: Naming, comma: int) -> bool:
        """Whether nothing but a few words for what somebody is stands between a comma and a name."""
        between = [word for word in self.people.words_in(comma + 1, naming.run_start) if word.kind == "word"]
        return len(between) <= 6 and not any(word.low in _CLAUSES for word in between)

    def _is_surely_one(self, naming: Naming) -> bool:
        person = self.bearers.of(naming)
        return bool(naming.name.given) and person is not None and person.is_surely_one

    def _is_plain_before(self, naming: Naming, start: int) -> bool:
        """Whether only titles and adjectives stand before a name, and no verb (“White America embracing X”)."""
        before = [word for word in self.people.words_in(start, naming.run_start) if word.kind == "word"]
        if not before or before[-1].is_capitalised or before[-1].low in ROLES | TITLES:
            return True
        if before[-1].low.endswith(_AGENTS):
            return True
        return not before[-1].low.endswith("ing") and not any(word.is_capitalised for word in before[1:])

    def _is_head(self, naming: Naming, mention: Span) -> bool:
        """Whether a name is the head of its phrase, no possessive and no modifier (“Trump campaign”)."""
        if self._is_whole_possessor(naming, mention):
            return True
        if self.text[naming.start : naming.end].endswith(("'s", "’s")) or naming.end > mention[1]:
            return False
        following = self.people.words_in(naming.end, mention[1])[:1]
        if following and following[0].low in _ISSUED and naming.is_body:
            return True
        if (
            not following
            or following[0].kind != "word"
            or following[0].low in _PREPOSITIONS | {"and", "who", "himself"}
        ):
            return not (following and following[0].text in "'’&-")
        return following[0].low in ("herself", "or", "when", "while", "as")

    def _is_whole_possessor(self, naming: Naming, mention: Span) -> bool:
        """“Orla Venn’s claim”: the mention ends where the possessive ending of a name begins."""
        return naming.start < mention[1] and self.text[mention[1] : naming.end] in ("'s", "’s")

    def topic_of(self, naming: Naming, start: int) -> Topic:
        """Whom a naming means, with its place set to `start`."""
        person = self.bearers.of(naming)
        if person is not None:
            gender = self.people.gender(person)
            is_sure = bool(gender) or person.is_surely_one
            may_be = bool(person.name.given) and naming.form.split()[0].lower() not in PLACE_STARTS
            if not is_sure:
                gender = self.people.pronoun_gender(person)
            return Topic(start, person.form, gender, person.name.key, is_sure, may_be)
        is_nobodys = self.bearers.is_ambiguous(naming) or naming.form.lower() in NOT_NAMES
        is_common = naming.is_doubtful and naming.form.endswith("s") and naming.form.lower() not in NAMES_IN_S
        if naming.is_body:
            return Topic(start, naming.form if speaks(naming.form) else None, "", "", is_person=False)
        name = None if is_nobodys or is_common else naming.form
        gender = given_gender(naming.form) or self.people.surname_gender(naming.name.key)
        if is_nobodys:
            return Topic(start, None, naming.gender, naming.name.key)
        if is_given(naming.form):
            return Topic(start, name, gender, naming.name.key)
        is_person = naming.name.key in self.people.titled or bool(naming.name.given and gender)
        return Topic(start, name, gender, naming.name.key, is_person)

    def before_relative(self, start: int) -> str | None:
        """Whom “who” means: the name before it, or before the words for what somebody is that stand between."""
        for naming in reversed(self.people.namings_in(max(0, start - _RELATIVE_REACH), start)):
            between = self.people.words_in(naming.end, start)
            if any(word.low in VERB_FORMS or word.text in ".;!?" for word in between):
                break
            before = self.people.words_in(max(0, naming.run_start - 12), naming.run_start)[-1:]
            topic = self.topic_of(naming, start)
            is_beside = all(word.text == "," for word in between)
            is_placed = bool(before) and before[0].low in _PREPOSITIONS and not topic.is_person
            if naming.is_body or is_placed or not (is_beside or topic.is_person):
                continue
            if not self._is_head(naming, (0, start)):
                if self.text[naming.start : naming.end].endswith(("'s", "’s")):
                    return None
                continue
            return None if before and before[0].low == "and" else topic.name
        return self.bodies.before_relative(self.people.words_in(max(0, start - _RELATIVE_REACH), start))


def _is_epithet(naming: Naming) -> bool:
    """“the Ashland Republican”: capitals that name nobody, but say what somebody is."""
    return naming.is_body and naming.form.lower().split()[-1] in EPITHETS


def _second_part(core_end: int, mention: Span, words: Sequence[Token]) -> Span:
    """What stands between a mention's first and second comma: “the guard, Osk Volkov, …”."""
    commas = [word.start for word in words if word.text == "," and word.start >= core_end]
    return (commas[0], commas[1] if len(commas) > 1 else mention[1]) if commas else (mention[1], mention[1])


def _core(mention: Span, words: Sequence[Token]) -> Span:
    """A mention up to its first comma, preposition or relative: where its head is."""
    for before, word in pairwise(words):
        is_office = word.low == "of" and before.is_capitalised and before.low in TITLES | BODY_NOUNS
        if word.text in (",", "(", "—", "–") or word.low == "who" or (word.low in _PREPOSITIONS and not is_office):
            return mention[0], before.end
    return mention
