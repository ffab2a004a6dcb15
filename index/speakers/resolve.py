"""Mentions of sayers within one article → the fullest name it gives them, or None when unsure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from heapq import merge

from index.speakers.antecedents import (
    CLAUSE,
    MODIFIER,
    NAMED,
    OBJECT,
    POSSESSIVE,
    PRONOUN,
    SAYER,
    SUBJECT,
    WITHIN_SAID,
    Antecedents,
    Appearance,
)
from index.speakers.mentions import Mentions
from index.speakers.names import fold_surname
from index.speakers.namings import Gender, Naming, opens_sentence
from index.speakers.quoted import quoted
from index.speakers.spans import Spans
from index.speakers.tokens import Token
from index.speakers.topics import Topic
from index.speakers.words import BODY_NOUNS, EPITHETS, GROUPS, NOT_NAMES, ROLES, TITLES, VERB_FORMS, word_set
from index.types import Span

_PRONOUN_GENDER: dict[str, Gender] = {"he": "m", "she": "f", "he's": "m", "she's": "f"}
_OWNERS: dict[str, Gender] = {**_PRONOUN_GENDER, "his": "m", "her": "f"}
"""“His claim that …” is what he said."""
_OTHER_PRONOUNS = word_set("their its our my they it we i you this that those these one others")
_RELATIVES = frozenset(("who", "whom", "which", "that"))
_BEFORE_OBJECTS = word_set("of for at from with to by about against among on than like behind beside under over")
_AFTER_IS = word_set("been a an the not now also still always never going got trying already just")
"""What shows that ’s is a verb: “Reck’s been”."""
_OPENERS = word_set(
    """
    but and when as after while then though although later still yet asked like so because before once if since
    """
)


def resolve_names(
    text: str, mentions: Sequence[Span], contents: Sequence[Sequence[Span]] | None = None
) -> list[str | None]:
    """The fullest name that an article gives each mentioned sayer, in the order of `mentions`.

    `mentions` are spans of `text`; `contents`, if given, what each of them said: names inside it count
    for less as the antecedent of a later pronoun, and nobody is taken to speak of themselves by
    name. None for the nameless (“a source”) and whenever more than one person could be meant.
    """
    said = contents if contents is not None else [()] * len(mentions)
    return _Resolver(text, mentions, said).names()


class _Resolver:
    """One article's mentions, resolved in the order of the text, so that pronouns see earlier sayers."""

    def __init__(self, text: str, mentions: Sequence[Span], contents: Sequence[Sequence[Span]]) -> None:
        self.text, self.mentions, self.contents = text, mentions, contents
        self.antecedents = Antecedents()
        self.known = Mentions(text, self.antecedents)
        self.people = self.known.people
        self.quoted = Spans(quoted(text))
        self.said = Spans([span for spans in contents for span in spans])
        self.antecedents.sentences = self._sentence_starts()
        self._called: dict[str, set[Gender]] = defaultdict(set)
        self._by_pronoun: list[int] = []

    def names(self) -> list[str | None]:
        """Go through names, pronouns and mentions as they come; each may be what a later pronoun means."""
        found: list[str | None] = [None] * len(self.mentions)
        order = sorted(range(len(self.mentions)), key=lambda i: (self.mentions[i], i))
        at_mention = Spans(self.mentions)
        steps = merge(
            ((self.mentions[i][0], 0, i) for i in order),
            ((naming.start, 1, i) for i, naming in enumerate(self.people.namings)),
            ((word.start, 2, i) for i, word in enumerate(self.people.words) if _is_step(word)),
        )
        for place, kind, i in steps:
            if kind == 0:
                found[i] = self._sayer(self.mentions[i], self.contents[i])
                if self.text[slice(*self.mentions[i])].lower() in _OWNERS:
                    self._by_pronoun.append(i)
            elif not self.quoted.holds(place) and not at_mention.holds(place):
                self._pass(self.people.namings[i] if kind == 1 else None, i)
        for i in self._by_pronoun:
            if len(self._called.get(found[i] or "", ())) > 1:
                # “he” here and “she” there: one of them is somebody else, and nobody knows which
                found[i] = None
        return [name and self.people.for_library(name) for name in found]

    def _pass(self, naming: Naming | None, i: int) -> None:
        """Take note of somebody who is spoken of by the way."""
        if naming is not None:
            if not naming.is_body and not naming.is_doubtful:
                self._note(self.known.topic_of(naming, naming.start), self._weight(naming))
            return
        word = self.people.words[i]
        if word.low in _PRONOUN_GENDER:
            gender = _PRONOUN_GENDER[word.low]
            topic = self._antecedent(word.start, gender, ())
            self._note(topic or Topic(word.start, None, gender, ""), PRONOUN)
        else:
            self._note_role(i)

    def _note(self, topic: Topic, weight: float) -> None:
        if topic.is_person:
            share = WITHIN_SAID if self.said.holds(topic.start) else 1.0
            self.antecedents.add(Appearance(topic, weight * share))

    def _sayer(self, mention: Span, content: Sequence[Span]) -> str | None:
        words = self.people.words_in(*mention)
        low = words[0].low if len(words) == 1 else ""
        if low in _OWNERS:
            if self.quoted.holds(mention[0]):
                # whoever is quoted may mean somebody whom the article doesn't name
                return None
            topic = self._antecedent(mention[0], _OWNERS[low], content)
            self._note(topic or Topic(mention[0], None, _OWNERS[low], "", True), SAYER)
            return topic.name if topic else None
        if low in _OTHER_PRONOUNS or not words:
            return None
        if low in _RELATIVES:
            return self.known.before_relative(mention[0])
        topic = self.known.named(mention, words, self._surnames_in(content))
        # whoever speaks under a name of several words may be a person, even if nothing else tells so
        self._note(replace(topic, is_person=True) if topic.surname else topic, SAYER)
        return topic.name

    def _antecedent(self, start: int, gender: Gender, content: Sequence[Span]) -> Topic | None:
        topic = self.antecedents.find(start, gender, self._surnames_in(content) | self._objects_after(start))
        if topic is not None and topic.name:
            self._called[topic.name].add(gender)
        return topic

    def _surnames_in(self, content: Sequence[Span]) -> frozenset[str]:
        """The names in what was said: nobody speaks of themselves by name."""
        return frozenset(
            fold_surname(word.text.removesuffix("'s").removesuffix("’s"))
            for span in content
            for word in self.people.words_in(*span)
            if word.is_capitalised
        )

    def _objects_after(self, start: int) -> frozenset[str]:
        """“He told Reck”, “he said of Reck”: Reck is another."""
        keys = set()
        for word in self.people.words_in(start + 1, start + 60)[1:6]:
            if word.kind != "word" or word.low in ("that", "when", "after", "as", "because", "while"):
                break
            if word.is_capitalised:
                keys.add(fold_surname(word.text.removesuffix("'s").removesuffix("’s")))
        return frozenset(keys)

    def _weight(self, naming: Naming) -> float:
        following = self.people.words_in(naming.end, naming.end + 30)[:1]
        is_verb = bool(following) and following[0].low in _AFTER_IS
        if self.text[naming.start : naming.end].endswith(("'s", "’s")) and not is_verb:
            return POSSESSIVE
        if following and following[0].low in GROUPS | BODY_NOUNS | ROLES:
            return MODIFIER
        if following and following[0].text in "'’":
            return POSSESSIVE
        if self._opens_sentence(naming):
            return SUBJECT
        if following and (following[0].low in VERB_FORMS or following[0].low.endswith("ed")):
            return CLAUSE
        before = self.people.words_in(max(0, naming.run_start - 12), naming.run_start)[-1:]
        return OBJECT if before and before[0].low in _BEFORE_OBJECTS else NAMED

    def _opens_sentence(self, naming: Naming) -> bool:
        """Whether a name is the first of its sentence, but for titles, adverbs and a short phrase of time or place."""
        before = self.people.words_in(max(0, naming.run_start - 90), naming.run_start)
        words: list[Token] = []
        for word in reversed(before):
            if word.text in '.!?;:“”"' or "\n" in self.text[word.end : words[-1].start if words else naming.run_start]:
                break
            words.append(word)
        else:
            if before and before[0].start > 90:
                return False
        words.reverse()
        if all(w.low in _OPENERS or w.low in ROLES or w.low in TITLES or w.low in NOT_NAMES for w in words):
            return True
        return words[-1].text == "," and (words[0].low in NOT_NAMES or words[0].low.endswith("ly")) and len(words) <= 9

    def _note_role(self, i: int) -> None:
        """“The president …”, “a woman …”: whoever that is, a pronoun may mean them."""
        words = self.people.words
        role = next((j for j in range(i + 1, min(i + 5, len(words))) if words[j].low.removesuffix("'s") in ROLES), None)
        if role is None or any(words[j].kind != "word" for j in range(i + 1, role)):
            return
        while role + 1 < len(words) and words[role + 1].low in ROLES:
            role += 1
        if (words[role].is_capitalised and words[role].low not in EPITHETS) or self._is_apposed(words[i], words[role]):
            return
        weight = SUBJECT if opens_sentence(words, i, self.text) else OBJECT if words[i].low in ("a", "an") else NAMED
        self._note(self.known.of_role((words[i].start, words[role].end), words[i : role + 1], frozenset()), weight)

    def _is_apposed(self, first: Token, role: Token) -> bool:
        """Whether a role only says what a name beside it is: “the guard, Osk Volkov”, “Osk Volkov, a guard”."""
        if self.people.namings_in(role.end, role.end + 3):
            return True
        before = self.people.namings_in(max(0, first.start - 60), first.start)
        return bool(before) and self.text[before[-1].end : first.start].strip() == ","

    def _sentence_starts(self) -> list[int]:
        """Where sentences start that are not inside of quotations; a quotation counts by its own start."""
        words, starts = self.people.words, []
        seen, inside = -1, -1
        for i, word in enumerate(words):
            if word.kind != "word" or not opens_sentence(words, i, self.text):
                continue
            quotation = self.quoted.start_of(word.start)
            if quotation is None:
                starts.append(word.start)
                continue
            if quotation != seen:
                seen, inside = quotation, _past_marks(self.text, quotation)
            if word.start == inside and _ends(self.text, quotation):
                starts.append(quotation)
        return starts


def _past_marks(text: str, place: int) -> int:
    """Where the first word of a quotation starts, behind its marks."""
    while place < len(text) and text[place] in "“”„«»\"'‘":
        place += 1
    return place


def _ends(text: str, place: int) -> bool:
    """Whether a sentence, or the text before, ends at a place."""
    before = text[max(0, place - 4) : place].rstrip(" \u00a0").rstrip("”\"'’»)")
    return not before or before[-1] in ".!?\n"


def _is_step(word: Token) -> bool:
    return word.low in _PRONOUN_GENDER or word.low in ("the", "a", "an", "another", "his", "her")
