"""Names taken apart, folded and keyed, so that spellings and forms of one name meet."""

import re
import unicodedata
from dataclasses import dataclass

from index.speakers.words import (
    BODY_NOUNS,
    FAMILY_FIRST,
    FEMALE_NAMES,
    GROUPS,
    HONORIFICS,
    KOREAN_GIVEN,
    MALE_NAMES,
    NICKNAMES,
    PARTICLES,
    ROLES,
    SUFFIXES,
    TITLES,
)

_PARTS = re.compile(r"[^\s,;()\[\]“”\"]+")
_SKY = re.compile(r"s[kc](?:i[iyj]?|y[iyj]?|ij|yj)$")
_FINAL = re.compile(r"(?:i[iyj]|y[iyj]?)$")
_POSSESSIVE = re.compile(r"['’]s$")
_DOUBLED = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its parts, all folded: `given` is the first given name or its initial, "" for a bare surname.

    `middle` are the initials of what stands between, `suffix` “jr” and the like; a body (an
    organisation, an office) has only a `key`, and `is_body` set.
    """

    key: str
    given: str = ""
    middle: str = ""
    suffix: str = ""
    is_body: bool = False


def fold(text: str) -> str:
    """Lower case without accents; typographic apostrophes and hyphens made plain."""
    plain = text.replace("’", "'").replace("‘", "'").replace("\u2011", "-").replace("\u2010", "-").replace("ł", "l")
    decomposed = unicodedata.normalize("NFKD", plain.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("ß", "ss").replace("ø", "o")


def fold_surname(word: str) -> str:
    """A folded surname whose transliterations meet: Zelensky, Zelenskyy, Zelenski."""
    plain = re.sub(r"^(?:al|el)-", "", fold(word))
    plain = re.sub(r"[^\w]", "", plain)
    ending = _SKY.sub("ski", plain)
    if ending == plain and len(plain) > 3:
        ending = _FINAL.sub("i", plain)
    return _DOUBLED.sub(r"\1", ending.replace("kh", "h").replace("tch", "ch")) or plain


def fold_given(word: str) -> str:
    """A folded given name: its usual short and foreign forms meet; an initial stays one letter."""
    plain = re.sub(r"[^\w-]", "", fold(word))
    return NICKNAMES.get(plain) or NICKNAMES.get(_FINAL.sub("y", plain)) or plain


def bare_words(name: str) -> list[str]:
    """The words of a name as written, without honorifics, titles, roles before it and possessive ending."""
    words = [word for word in map(_trimmed, _PARTS.findall(name)) if word]
    if words:
        words[-1] = _POSSESSIVE.sub("", words[-1]) or words[-1]
    while len(words) > 1 and fold(words[0]) == "the":
        del words[0]
    if _is_body(words):
        return words
    last = len(words) - 1
    while last > 0 and _plain(words[last]) in SUFFIXES:
        last -= 1
    first = 0
    for i in range(last):
        if _plain(words[i]) in HONORIFICS or _plain(words[i]) in TITLES or _plain(words[i]) in ROLES:
            first = i + 1
        elif _plain(words[i]) in MALE_NAMES or _plain(words[i]) in FEMALE_NAMES:
            break
        elif fold(words[i]) == "of" and first == i and i + 2 <= last:
            # “Secretary of State Antony Blinken”: the office goes with its title
            first = i + 2
    return words[first:]


def _trimmed(word: str) -> str:
    plain = word.strip("'’‘.-–—:!?*")
    is_short = len(plain) == 1 or "." in plain or (word.endswith(".") and plain.lower() in SUFFIXES)
    return plain + "." if is_short else plain


def _plain(word: str) -> str:
    return fold(word).rstrip(".")


def parse_name(name: str) -> Name:
    """Take a name apart. Never raises; a text without a word has the key ""."""
    words = bare_words(name)
    suffix = ""
    while len(words) > 1 and fold(words[-1]).rstrip(".") in SUFFIXES:
        suffix = fold(words.pop()).rstrip(".")
    if _is_body(words):
        return Name(" ".join(re.sub(r"[^\w]", "", fold(word)) for word in words if fold(word) != "the"), is_body=True)
    if not words:
        return Name("")
    if len(words) in (2, 3) and _is_family_first(words):
        words = [*words[1:], words[0]]
        return Name(fold_surname(words[-1]), fold_given("".join(words[:-1])))
    surname = fold_surname(words[-1])
    rest = [word for word in words[:-1] if fold(word) not in PARTICLES]
    if not rest:
        return Name(surname, suffix=suffix)
    return Name(surname, _given(rest[0]), "".join(fold(word)[:1] for word in rest[1:]), suffix)


def _given(word: str) -> str:
    letters = re.sub(r"[^\w]", "", fold(word))
    # “J.D.” and “J.” are initials: one letter stands for both
    return letters[:1] if word.replace(".", "").isupper() and len(letters) <= 2 else fold_given(word)


def _is_family_first(words: list[str]) -> bool:
    first, second = fold(words[0]), fold(words[1])
    return first in FAMILY_FIRST or (first in ("kim", "moon", "park", "yoon") and second in KOREAN_GIVEN)


def _is_body(words: list[str]) -> bool:
    if not words:
        return False
    last = fold(words[-1]).rstrip(".")
    if len(words) > 1 and (last in BODY_NOUNS or last in GROUPS or last in ROLES):
        return True
    if _plain(words[0]) in TITLES and words[0][:1].isupper():
        return False
    return len(words) > 2 and any(fold(word) in ("of", "for", "and") for word in words)


def name_bucket(name: str) -> str:
    """The key under which forms of one name lie together: a folded surname, or a body's whole name.

    Case, accents, usual transliterations, honorifics, titles, middle initials and generational
    suffixes make no difference. "" only for a text without any letter or digit.
    """
    return parse_name(name).key


def forms_of(query: str) -> str:
    """The bucket to look in for a name as a user types it: “peskov”, “Mr. Peskov”, “Dmitri S. Peskov”."""
    return name_bucket(query)
