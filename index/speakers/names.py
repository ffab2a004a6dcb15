"""Names taken apart, folded and keyed, so that spellings and forms of one name meet."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from index import folding
from index.speakers.given_names import FEMALE_NAMES, MALE_NAMES, NAME_GROUPS
from index.speakers.words import (
    BODY_NOUNS,
    BODY_STARTS,
    FAMILY_FIRST,
    FEMALE_HONORIFICS,
    GROUPS,
    HONORIFICS,
    KOREAN_FAMILY,
    KOREAN_GIVEN,
    MALE_HONORIFICS,
    PARTICLES,
    PLACES,
    ROLES,
    SUFFIXES,
    TITLES,
)

_PARTS = re.compile(r"[^\s,;()\[\]“”\"]+")
_POSSESSIVE = re.compile(r"['’]s$")
_KOREAN = re.compile(r"[A-Z][a-z]+-[a-z]+$")
"""“Jae-in”: a given name of two syllables, the second one small, stands behind the family's."""
_NO_LETTER = re.compile(r"[\W_]")
_SPELLINGS = (
    (re.compile(r"^y(?=e)"), ""),
    (re.compile(r"y|(?<=.)j$"), "i"),
    (re.compile(r"(?<=[^aeiou])([aou])e(?=[^aeiou])"), r"\1"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"tch"), "ch"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"ck"), "k"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=[^aeiou])ii*j?$|ii+$"), "i"),
)
"""What transliterators write in several ways, and the one that keys are made of: Yevgeny and Evgeny, Dmitri
and Dmitriy, Mueller and Muller, Khan and Han, Philip and Filip, Alexei and Aleksey, Hussain and Husain."""


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


@lru_cache(maxsize=1 << 14)
def fold(text: str) -> str:
    """Lower case without accents; typographic apostrophes and hyphens made plain."""
    return folding.fold(text).text.replace("\u2011", "-").replace("\u2010", "-")


@lru_cache(maxsize=1 << 14)
def spelled(word: str) -> str:
    """A folded word in the one spelling under which its transliterations meet; a lone letter stays one."""
    plain = _NO_LETTER.sub("", fold(word))
    if len(plain) < 2:
        return plain.replace("y", "i")
    folded = plain
    for pattern, one in _SPELLINGS:
        folded = pattern.sub(one, folded)
    return folded if len(folded) > 1 else plain


def fold_surname(word: str) -> str:
    """A folded surname whose transliterations meet: Zelensky, Zelenskyy, Zelenski."""
    return spelled(re.sub(r"^(?:al|el)-", "", fold(word))) or _NO_LETTER.sub("", fold(word))


def fold_given(word: str) -> str:
    """A folded given name: its usual short and foreign forms meet; an initial stays one letter."""
    plain = spelled(word)
    return _same_given().get(plain, plain)


@cache
def _same_given() -> dict[str, str]:
    # Not made on import: most questions are about no person's given name.
    return {spelled(form): spelled(group.split()[0]) for group in NAME_GROUPS for form in group.split()}


@lru_cache(maxsize=1 << 14)
def is_given(word: str) -> bool:
    """Whether a word is a given name that the lists know."""
    plain = fold(word)
    return plain in MALE_NAMES or plain in FEMALE_NAMES


def is_persons(word: str) -> bool:
    """Whether a word before one that names an office or a place (“King”, “Park”) makes a person of it."""
    return is_given(word) and fold(word) not in PLACES


def given_gender(form: str) -> Literal["m", "f", ""]:
    """The gender that a name's first word tells, "" where it is no given name known."""
    given = fold(form.split(maxsplit=1)[0]) if form.strip() else ""
    return "m" if given in MALE_NAMES else "f" if given in FEMALE_NAMES else ""


def told_gender(name: str) -> Literal["m", "f", ""]:
    """The gender that a name tells as written: by its honorific, else its given name; "" when neither does."""
    first = _plain(name.split(maxsplit=1)[0]) if name.strip() else ""
    if first in MALE_HONORIFICS or first in FEMALE_HONORIFICS:
        return "m" if first in MALE_HONORIFICS else "f"
    words = bare_words(name)
    return given_gender(" ".join(words)) if len(words) > 1 else ""


def addressed(surname: str, gender: Literal["m", "f", ""], is_written: bool, title: str) -> str:
    """A surname with what an article tells of its bearer: “Mr. Governor Venn”.

    “Mr” without its stop is what pronouns alone tell: an honorific that is not written introduces nobody.
    """
    honorific = {"m": "Mr", "f": "Ms", "": ""}[gender] + ("." if gender and is_written else "")
    return " ".join(filter(None, (honorific, title.capitalize(), surname)))


def is_honoured(name: str) -> bool:
    """Whether an honorific stands before a name as written, and not because pronouns tell it."""
    words = name.split()
    return len(words) > 1 and _plain(words[0]) in HONORIFICS - {"the"} and words[0] not in ("Mr", "Ms")


def is_full(name: str) -> bool:
    """Whether a name has a given name or an initial, or is a body's."""
    parts = parse_name(name)
    return bool(parts.given) or parts.is_body


def title_of(name: str) -> str:
    """The folded titles before a name, without honorifics; "" where there are none."""
    words = name.split()
    before = words[: len(words) - len(bare_words(name))]
    return " ".join(_plain(word) for word in before if _plain(word) not in HONORIFICS)


@lru_cache(maxsize=1 << 14)
def bare_words(name: str) -> tuple[str, ...]:
    """The words of a name as written, without honorifics, titles, roles before it and possessive ending."""
    words = [word for word in map(_trimmed, _PARTS.findall(name)) if word]
    if words:
        words[-1] = _POSSESSIVE.sub("", words[-1]) or words[-1]
    while len(words) > 1 and fold(words[0]) == "the":
        del words[0]
    if _is_body(words):
        return tuple(words)
    last = len(words) - 1
    while last > 0 and _plain(words[last]) in SUFFIXES:
        last -= 1
    first = 0
    for i in range(last):
        plain = _plain(words[i])
        if plain in HONORIFICS or plain in TITLES or plain in ROLES or plain in GROUPS:
            first = i + 1
        elif plain in MALE_NAMES or plain in FEMALE_NAMES:
            break
        elif plain == "of" and first == i and i + 2 <= last:
            # “Secretary of State Antony Blinken”: the office goes with its title
            first = i + 2
    return tuple(words[first:])


def is_form(name: str, of: str) -> bool:
    """Whether two names are worded alike, or are one bare surname that honorifics and titles stand before."""
    if name == of:
        return True
    one, other = parse_name(name), parse_name(of)
    return one == other and not one.given and not one.is_body and bare_words(name)[-1:] == bare_words(of)[-1:]


def _trimmed(word: str) -> str:
    plain = word.strip("'’‘.-–—:!?*")
    is_short = len(plain) == 1 or "." in plain or (word.endswith(".") and plain.lower() in SUFFIXES)
    return plain + "." if is_short else plain


def _plain(word: str) -> str:
    return fold(word).rstrip(".")


@lru_cache(maxsize=1 << 14)
def parse_name(name: str) -> Name:
    """Take a name apart. Never raises; a text without a word has the key ""."""
    words = list(bare_words(name))
    suffix = ""
    while len(words) > 1 and _plain(words[-1]) in SUFFIXES:
        suffix = _plain(words.pop())
    if _is_body(words):
        return Name(" ".join(_NO_LETTER.sub("", fold(word)) for word in words if fold(word) != "the"), is_body=True)
    if not words:
        return Name("")
    if len(words) in (2, 3) and _is_family_first(words):
        return Name(fold_surname(words[0]), fold_given("".join(words[1:])))
    surname = fold_surname(words[-1])
    rest = [word for i, word in enumerate(words[:-1]) if not _is_particle(word, i)]
    if not rest:
        return Name(surname, suffix=suffix)
    return Name(surname, _given(rest[0]), "".join(fold(word)[:1] for word in rest[1:]), suffix)


def _is_particle(word: str, place: int) -> bool:
    """“van”, “bin”, “de”; “Ben” and “Al” in front are given names far more often."""
    return fold(word) in PARTICLES and not (place == 0 and fold(word) in ("ben", "al") and word[0].isupper())


def _given(word: str) -> str:
    letters = _NO_LETTER.sub("", fold(word))
    # “J.D.” and “J.” are initials: one letter stands for both
    return spelled(letters[:1]) if word.replace(".", "").isupper() and len(letters) <= 2 else fold_given(word)


def _is_family_first(words: list[str]) -> bool:
    first, second = fold(words[0]), fold(words[1])
    if _KOREAN.match(words[1]):
        return True
    if len(words) == 3 and first in KOREAN_FAMILY and all(_is_syllable(word) for word in words[1:]):
        return True
    return (first in FAMILY_FIRST and not is_given(second)) or (first in KOREAN_FAMILY and second in KOREAN_GIVEN)


def _is_syllable(word: str) -> bool:
    return word.isalpha() and len(word) < 6 and not is_given(word) and fold(word) not in PARTICLES


def _is_body(words: list[str]) -> bool:
    if not words:
        return False
    last = _plain(words[-1])
    if len(words) > 1 and (last in BODY_NOUNS or last in GROUPS or fold(words[0]) in BODY_STARTS):
        return True
    if len(words) > 1 and last in ROLES and not is_persons(words[0]):
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
