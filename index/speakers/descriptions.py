"""What a speaker is, in the words of the mentions: “Kremlin spokesman Dmitry Peskov” → “Kremlin spokesman”."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from index.speakers.names import fold
from index.speakers.namings import ADJECTIVES, naming_of
from index.speakers.tokens import Token, tokens
from index.speakers.words import HONORIFICS, ROLES, TITLES, word_set

_ARTICLES = word_set("the a an this his her its their our my")
_ENDS = word_set("who which that whose where when")
_LONGEST = 9
_NO_ROLE = HONORIFICS | word_set("sen sen. rep rep. gov gov. gen gen. lt lt. col col. capt capt. sgt sgt. adm adm.")
_ROLE = (ROLES | (TITLES - ADJECTIVES)) - _NO_ROLE


def count_mentions(mentions: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """How often speakers are mentioned how, most frequent first; a capital that opens a sentence makes no difference.

    Shown is the more frequent wording, of equally frequent ones the first in the order of the alphabet.
    """
    wordings: dict[str, Counter[str]] = {}
    for mention in mentions:
        wordings.setdefault(mention[:1].lower() + mention[1:], Counter())[mention] += 1
    counted = [
        (min(found, key=lambda wording: (-found[wording], wording)), found.total()) for found in wordings.values()
    ]
    return tuple(sorted(counted, key=lambda item: (-item[1], item[0])))


def describe(mentions: Mapping[str, int]) -> str | None:
    """The role that a speaker's mentions (with their counts) word most often; None where none tells one.

    Of equally frequent ones the longer, then the first in the order of the alphabet.
    """
    counts: Counter[str] = Counter()
    wordings: dict[str, Counter[str]] = {}
    for mention, count in sorted(mentions.items()):
        role = role_in(mention)
        if role:
            counts[fold(role)] += count
            wordings.setdefault(fold(role), Counter())[role] += count
    if not counts:
        return None
    best = min(counts, key=lambda role: (-counts[role], -len(role), role))
    return min(wordings[best], key=lambda wording: (-wordings[best][wording], wording))


def role_in(mention: str) -> str | None:
    """The role that a mention words, without article and name; None where it is only a name, a title or a pronoun."""
    words = [word for word in tokens(mention, 0, len(mention)) if word.text not in '“”"()']
    if not any(_is_role(word) for word in words):
        return None
    first = next((i for i, word in enumerate(words) if word.text == ","), len(words))
    second = next((i for i in range(first + 1, len(words)) if words[i].text == ","), len(words))
    for stretch in (words[:first], words[first + 1 : second]):
        part = _without_name(stretch)
        if part and len(part) <= _LONGEST and any(_is_role(word) for word in part):
            return re.sub(r"\s+", " ", mention[part[0].start : part[-1].end])
    return None


def _is_role(word: Token) -> bool:
    return word.low in _ROLE


def _without_name(words: list[Token]) -> list[Token]:
    """A stretch of a mention up to the name that ends it, or to its relative clause, without its article."""
    end = next((i for i, word in enumerate(words) if word.low in _ENDS), len(words))
    words = words[:end]
    first = len(words)
    while first > 0 and words[first - 1].is_capitalised:
        first -= 1
    naming = naming_of(words[first:])
    if naming is not None and not naming.is_body:
        words = [word for word in words if word.start < naming.start]
    while words and (words[0].low in _ARTICLES or words[0].low in HONORIFICS):
        words = words[1:]
    return words
