"""Noun phrases: their heads, and whether those can say something."""

from collections.abc import Sequence

from index.speakers.tokens import Token
from index.speakers.words import BODY_NOUNS, GROUPS, ROLES, TITLES, WRITINGS, word_set
from index.statements.words import AUXILIARIES, PREPOSITIONS, TIME_WORDS

Phrase = tuple[int, int]
"""Half-open range of token indices."""

POSTPOSED = word_set("close familiar loyal opposed linked involved briefed present allied aligned")
"""Adjectives behind the noun that they belong to: “officials familiar with …”."""
_MANY = word_set(
    "two three four five six seven eight nine ten half majority third quarter fourths thirds dozens men women people"
)
_MUTE = word_set("thing things way reason fact point time times day days year years it this that which what there")
_SPEAKING = ROLES | GROUPS | BODY_NOUNS | WRITINGS | TITLES


def can_say(row: Sequence[Token], phrase: Phrase, is_uttered: bool = False) -> bool:
    """Whether the head of a noun phrase is somebody or something that speaks; anything does that says so."""
    head = _head(row, phrase)
    token = row[head]
    if is_uttered and (token.text == "%" or token.text[0].isdigit()):
        return head > phrase[0] or token.low.endswith("%")
    if token.kind != "word" or token.low in TIME_WORDS or token.text[0].isdigit():
        return False
    if any(row[i].low in AUXILIARIES for i in range(phrase[0], head + 1)):
        return False
    if is_uttered and token.low not in _MUTE and token.low.isalpha():
        return True
    return (
        token.is_capitalised
        or token.low in _SPEAKING
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
