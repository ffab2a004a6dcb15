"""Noun phrases: their heads, and whether those can say something."""

from collections.abc import Sequence

from index.speakers.tokens import Token
from index.speakers.words import BODY_NOUNS, GROUPS, RELATIVES, ROLES, TITLES, WRITINGS, word_set
from index.statements.words import AUXILIARIES, DETERMINERS, OPENERS, PREPOSITIONS, PRONOUNS, TIME_WORDS

Phrase = tuple[int, int]
"""Half-open range of token indices."""

POSTPOSED = word_set("close familiar loyal opposed linked involved briefed present allied aligned")
"""Adjectives behind the noun that they belong to: “officials familiar with …”."""
_MANY = word_set(
    "two three four five six seven eight nine ten half majority third quarter fourths thirds dozens men women people"
)
_MUTE = word_set("thing things way reason fact point time times day days year years it this that which what there")
_ALONE = word_set(
    """
    some many several most all both one two three few others half none neither those these each everyone everybody
    nobody someone somebody him her them us me hers theirs polling research reporting testimony evidence data more
    """
)
"""What may be a sayer by itself, in small letters, besides plurals and the nouns of those who speak."""
_NO_HEADS = word_set(
    """
    recent past latest new other same next certain own such very long short complete subtle likely once ever just even
    still yet first last public former late early more less
    """
)
"""Adjectives and adverbs that leave a phrase without its noun when they end it."""
_ATTRIBUTIVE = word_set(
    """
    leading ruling opposing sitting existing outgoing incoming visiting acting governing working voting surviving
    competing polling remaining neighbouring neighboring marching dissenting presiding prevailing arresting
    investigating prosecuting attending reigning managing training teaching nursing housing planning shipping mining
    engineering marketing banking trading fishing farming king building including
    """
)
"""Words in -ing that open a noun phrase: other ones are what somebody was doing."""
_LISTED = word_set("two three first last latter former")
"""What ends a phrase as its noun behind “the”: “the two”, “the latter”."""
_MOMENTS = word_set("time day moment minute instant year week month way reason place")
"""Nouns with a clause behind them that has no conjunction: “the first time Reck said so”."""
_ONLY_ONE = word_set("kremlin pentagon")
_ABOUT = word_set("about around over under nearly almost roughly only just even perhaps not at")
_VERBAL = word_set("runs says does goes has was is always perhaps besides nonetheless this its his thus yes as")
_SPEAKING = (
    word_set("person crowd audience congregation jury predecessor successor")
    | RELATIVES
    | ROLES
    | GROUPS
    | BODY_NOUNS
    | WRITINGS
    | TITLES
)


def can_say(row: Sequence[Token], phrase: Phrase, is_uttered: bool = False) -> bool:
    """Whether the head of a noun phrase is somebody or something that speaks; anything does that says so."""
    head = _head(row, phrase)
    token = row[head]
    if is_uttered and (token.text == "%" or token.text[0].isdigit()):
        return head > phrase[0] or token.low.endswith("%")
    if token.kind != "word" or token.low in TIME_WORDS or token.text[0].isdigit():
        return False
    if any(row[i].low in AUXILIARIES and not (i and row[i].is_capitalised) for i in range(phrase[0], head + 1)):
        return False
    if is_uttered and token.low not in _MUTE and token.low.isalpha():
        return True
    return (
        token.is_capitalised
        or not _SPEAKING.isdisjoint((token.low, token.low.rpartition("-")[2]))
        or f"{token.low}s" in GROUPS
        or token.low.endswith(("ers", "ors", "ists", "ians", "man", "woman"))
    )


def _head(row: Sequence[Token], phrase: Phrase) -> int:
    """The index of a phrase's head: its last word before a comma or a preposition."""
    head = phrase[0]
    for i in range(*phrase):
        if row[i].text in (",", "(", "—", "–") or (i > phrase[0] and row[i].low in PREPOSITIONS):
            break
        head = head if row[i].low in POSTPOSED and i > phrase[0] else i
    return head


def is_plural(row: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a noun phrase takes a verb without an s."""
    words = [row[i].low for i in range(*phrase)]
    if words[0] in ("a", "an", "this", "that") and not _MANY & set(words):
        return False
    last = row[_head(row, phrase)]
    is_plain = last.low.endswith("s") and (last.text[0].islower() or words[0] == "the" or len(words) == 1)
    return is_plain or last.text[0] in "0123456789%" or any(word in GROUPS | _MANY or word == "and" for word in words)


def is_person(row: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a phrase is a pronoun, a name or a role: not “His campaign”, which only a verb of saying makes speak."""
    head = row[_head(row, phrase)]
    if head.low.partition("'")[0] in PRONOUNS - {"it", "this"} or head.low in ROLES | GROUPS:
        return True
    return head.is_capitalised and (phrase[1] - phrase[0] > 1 or head.low not in DETERMINERS | BODY_NOUNS | WRITINGS)


def as_mention(row: Sequence[Token], phrase: Phrase) -> Phrase | None:
    """A sayer's words without the marks and small words around them; None where no noun phrase is left.

    “- Orla Venn” is Orla Venn, “a poll released” is a poll; “The”, “a recent”, “to be named” and “softly” are nobody.
    """
    first, end = phrase
    while first < end and (row[first].kind == "mark" or (row[first].low in OPENERS and end - first > 1)):
        first += 1
    if first < end - 1 and row[first].low == "that" and row[first + 1].is_capitalised:
        first += 1
    while end > first and row[end - 1].kind == "mark" and row[end - 1].text not in ")’'%.":
        end -= 1
    opened = next((i for i in range(end - 1, first, -1) if row[i].text in "()"), first)
    if row[opened].text == "(":
        end = opened
    if first >= end:
        return None
    opening = row[first].low
    if opening in (PREPOSITIONS | {"to"}) - _ABOUT:
        return None
    core = next((i for i in range(first + 1, end) if row[i].text in (",", "(", "—", "–")), end)
    first = next((i + 1 for i in range(core - 2, first, -1) if _has_own_clause(row, i)), first)
    if core - first == 2 and opening in ("a", "an") and row[first + 1].low in _ONLY_ONE:
        return None
    if core == end and end - first > 2 and _is_participle(row[end - 1]) and _may_be_noun(row[end - 2]):
        end = core = end - 1
    return (first, end) if _is_noun_phrase(row[first:core]) else None


def _has_own_clause(row: Sequence[Token], i: int) -> bool:
    """“the last time Reck said”: whether the noun at `i` is none of the sayer behind it."""
    return row[i].text in _MOMENTS and row[i + 1].is_capitalised


def _is_participle(token: Token) -> bool:
    return token.low.endswith("ed") and token.text.islower() and token.low not in _SPEAKING


def _may_be_noun(token: Token) -> bool:
    return token.kind == "word" and token.text.islower() and token.low not in DETERMINERS | _NO_HEADS


def _is_noun_phrase(words: Sequence[Token]) -> bool:
    """Whether there is a noun among the words, at the end, and no verb at the beginning."""
    only, last = words[0], words[-1]
    if len(words) == 1:
        if only.low.partition("'")[0] in PRONOUNS | _ALONE or only.low in _SPEAKING:
            return True
        if only.text[0].islower():
            return only.low.endswith("s") and only.low not in _VERBAL
        return only.low not in DETERMINERS | _NO_HEADS and only.kind == "word"
    if only.low.endswith("ing") and only.text.islower() and only.low not in _ATTRIBUTIVE:
        return False
    if last.low in (DETERMINERS | _NO_HEADS) - _ALONE - _LISTED and last.text.islower():
        return False
    return any(not (word.low in DETERMINERS - _LISTED or _is_adverb(word)) for word in words)


def _is_adverb(token: Token) -> bool:
    return token.low.endswith("ly") and token.text.islower()
