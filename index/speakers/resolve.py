"""Mentions of sayers within one article → the fullest name it gives them, or None when unsure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from heapq import merge

from index.speakers.antecedents import (
    CLAUSE,
    DOUBTFUL,
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
from index.speakers.names import fold_surname, parse_name
from index.speakers.namings import Gender, Naming, opens_sentence
from index.speakers.quoted import quoted
from index.speakers.spans import Spans
from index.speakers.tokens import Token
from index.speakers.topics import Topic
from index.speakers.words import BODY_NOUNS, EPITHETS, GROUPS, LINKING, NOT_NAMES, ROLES, TITLES, VERB_FORMS, word_set
from index.types import Span

_PRONOUN_GENDER: dict[str, Gender] = {"he": "m", "she": "f", "he's": "m", "she's": "f"}
_OWNERS: dict[str, Gender] = {**_PRONOUN_GENDER, "his": "m", "her": "f"}
"""“His claim that …” is what he said."""
_OTHER_PRONOUNS = word_set("their our my they we i you this that those these one others")
_RELATIVES = frozenset(("who", "whom", "which", "that"))
_BEFORE_OBJECTS = word_set("of for at from with to by about against among on than like behind beside under over")
_AFTER_IS = word_set("been a an the not now also still always never going got trying already just")
"""What shows that ’s is a verb: “Reck’s been”."""
_ASKING = word_set("asked asks questioned questions interviewed interviews pressed presses quizzed")
_ASKED_REACH = 40
"""In code points: how far before a name “asked by”, and behind “asked” who is asked, may stand."""
_LEAD_REACH = 90
"""In code points: how far before a name the beginning of its sentence is looked for."""
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
        self._weighed: tuple[int, float] | None = None

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
            topic = self.known.topic_of(naming, naming.start)
            is_thing = not topic.is_person and not topic.may_be_person
            is_body = topic.name is not None and (naming.is_body or naming.name.is_body)
            if is_thing and (is_body or self._own_weight(naming) >= CLAUSE):
                self.known.bodies.note(naming.start, naming.form, may_speak=is_body)
            if not naming.is_body and not naming.is_doubtful:
                self._note(topic, self._weight(naming))
            self._note_owned(naming)
            return
        word = self.people.words[i]
        if word.low in _PRONOUN_GENDER:
            gender = _PRONOUN_GENDER[word.low]
            meant = self._antecedent(word.start, gender, ())
            self._note(meant or Topic(word.start, None, gender, ""), PRONOUN)
        else:
            self._note_role(i)

    def _body(self, place: int) -> str | None:
        """Which body “it” is; it goes on to speak."""
        name = self.known.bodies.it(place, self.antecedents.sentences)
        if name is not None:
            self.known.bodies.note(place, name)
        return name

    def _note(self, topic: Topic, weight: float) -> None:
        share = WITHIN_SAID if self.said.holds(topic.start) else 1.0
        if topic.is_person:
            self.antecedents.add(Appearance(topic, weight * share))
        elif topic.may_be_person and weight >= CLAUSE:
            self.antecedents.add(Appearance(topic, DOUBTFUL * weight * share))

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
        if low in ("it", "its"):
            following = [word.low for word in self.people.words_in(mention[1], mention[1] + 10)[:1]]
            is_idle = self.quoted.holds(mention[0]) or following in (["was"], ["is"])
            return None if is_idle else self._body(mention[0])
        if low in _OTHER_PRONOUNS or not words or (len(words) == 1 and self._may_be_firm(words[0], content)):
            return None
        if low in _RELATIVES:
            name = self.known.before_relative(mention[0])
            self._note_named(name, mention[0])
            return name
        topic = self.known.named(mention, words, self._surnames_in(content))
        if topic.name is not None and not topic.is_person:
            self.known.bodies.note(mention[0], topic.name)
        # whoever speaks under a name of several words may be a person, even if nothing else tells so
        self._note(replace(topic, is_person=True) if topic.surname else topic, SAYER)
        return topic.name

    def _may_be_firm(self, word: Token, content: Sequence[Span]) -> bool:
        """“Reck said its ships …” where the article names a Reck Shipping: the firm speaks of itself."""
        opening = [one.low for span in content[:1] for one in self.people.words_in(*span) if one.low != "that"][:1]
        forms = (naming.form for naming in self.people.namings)
        return opening == ["its"] and any(form.startswith(f"{word.text} ") for form in forms)

    def _note_named(self, name: str | None, place: int) -> None:
        """“…, who said”: they have spoken by now."""
        bearers = self.people.by_surname.get(parse_name(name).key, []) if name else []
        person = next((one for one in bearers if one.form == name), None)
        if person is not None:
            self._note(Topic(place, name, self.people.gender(person), person.name.key), SAYER)

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
        """How prominent a name is by its place; “Venn and Reck” are so alike."""
        before, self._weighed = self._weighed, None
        between = self.text[before[0] : naming.run_start].strip(" ,") if before is not None else ""
        weight = before[1] if before is not None and between in ("and", "or") else self._own_weight(naming)
        self._weighed = naming.end, weight
        return weight

    def _own_weight(self, naming: Naming) -> float:
        following = self.people.words_in(naming.end, naming.end + 30)[:1]
        is_verb = bool(following) and following[0].low in _AFTER_IS
        is_owner = self.text[naming.start : naming.end].endswith(("'s", "’s")) and not is_verb
        if is_owner or (following and following[0].text in "'’"):
            return POSSESSIVE
        before = self.people.words_in(max(0, naming.run_start - _ASKED_REACH), naming.run_start)
        if _is_asker(before) or (following and following[0].low in GROUPS | BODY_NOUNS | ROLES):
            # not who asks goes on to speak, but who is asked
            return MODIFIER
        if self._opens_sentence(naming):
            is_asking = bool(following) and following[0].low in _ASKING
            # who is asked says something, more likely than who asks
            is_asking = is_asking and bool(self.people.namings_in(following[0].end, following[0].end + _ASKED_REACH))
            return NAMED if is_asking else SUBJECT
        if following and (following[0].low in VERB_FORMS or following[0].low.endswith("ed")):
            return CLAUSE
        return OBJECT if before and before[-1].low in _BEFORE_OBJECTS else NAMED

    def _opens_sentence(self, naming: Naming) -> bool:
        """Whether a name is the first of its sentence, but for titles, adverbs and a short phrase of time or place."""
        before = self.people.words_in(max(0, naming.run_start - _LEAD_REACH), naming.run_start)
        words: list[Token] = []
        for word in reversed(before):
            if word.text in '.!?;:“”"' or "\n" in self.text[word.end : words[-1].start if words else naming.run_start]:
                break
            words.append(word)
        else:
            if before and before[0].start > _LEAD_REACH:
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
        if [word.low for word in words[role + 1 : role + 3]] == ["of", "staff"]:
            role += 2
        if (words[role].is_capitalised and words[role].low not in EPITHETS) or self._is_apposed(words[i], words[role]):
            return
        weight = SUBJECT if opens_sentence(words, i, self.text) else OBJECT if words[i].low in ("a", "an") else NAMED
        self._note(self.known.of_role((words[i].start, words[role].end), words[i : role + 1], frozenset()), weight)

    def _note_owned(self, naming: Naming) -> None:
        """“Reck's mother wept”: somebody without a name, and a pronoun may mean them."""
        if not self.text[naming.start : naming.end].endswith(("'s", "’s")):
            return
        words = self.people.words_in(naming.end, naming.end + 40)[:3]
        last = next((i for i, word in enumerate(words) if word.low in ROLES and word.text.islower()), None)
        if last is None or any(word.kind != "word" for word in words[:last]) or self._is_apposed(words[0], words[last]):
            return
        weight = SUBJECT if self._opens_sentence(naming) else NAMED
        self._note(self.known.of_role((words[0].start, words[last].end), words[: last + 1], frozenset()), weight)

    def _is_apposed(self, first: Token, role: Token) -> bool:
        """Whether a role only says what somebody is: “the guard, Osk Volkov”, “Osk Volkov, a guard”, “is a guard”."""
        verb = [word.low for word in self.people.words_in(max(0, first.start - 20), first.start)[-2:]]
        if verb and verb[-1] in LINKING and verb[0] != "there":
            return True
        behind = self.people.namings_in(role.end, role.end + 40)[:1]
        if behind and self.text[role.end : behind[0].run_start].strip() in (",", ", the", ""):
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


def _is_asker(before: Sequence[Token]) -> bool:
    """“Asked by the host, Orla Venn” and “pressed by Ms. Venn”: who asks, by the words before the name."""
    lows = [word.low for word in before]
    by = max((i for i, low in enumerate(lows) if low == "by"), default=0)
    return by > 0 and lows[by - 1] in _ASKING and all(word.kind == "word" for word in before[by + 1 :])


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
