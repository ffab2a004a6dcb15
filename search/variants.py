"""A word of the question that the library lacks, as the library has it: transcribed otherwise, inflected, or apart."""

import re
from collections.abc import Iterator
from functools import lru_cache

from index.library import Snapshot
from index.spellings import shared_beginning
from index.terms import term_texts
from search.given_spellings import other_spellings
from search.mending import is_slip

_LEAST = 5
"""Shorter words are like too many others."""
_LEAST_SLIPPED = 6
_ENDING, _STEM = 4, 0.7
"""Two forms of a word have so many letters behind what they share at most, which is most of either."""
_BEGINNING = 2
"""Forms of a word begin alike: with so many letters at least."""
_SOUNDS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"\Amac(?=\w{4})", "mc"),
        (r"schtsch|shch|szcz", "s"),
        (r"\A[gkq]h?", "k"),
        (r"dzh|dsch(?=[aeiou])|dj", "d"),
        (r"tsch|tch", "c"),
        (r"sch|sh", "s"),
        (r"ch", "c"),
        (r"zh", "z"),
        (r"kh", "h"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"dh", "d"),
        (r"q", "k"),
        (r"off\Z", "ov"),
        (r"(?<=a)h\Z", ""),
        (r"w", "v"),
        (r"ou", "u"),
        (r"(?<=[aou])e|(?<=a)a", ""),
        (r"ij|[jy]", "i"),
        (r"\Ao(?=[^aeioux][aeiou])", "u"),
        (r"(?P<twice>.)(?P=twice)+", r"\g<twice>"),
        (r"x", "ks"),
    )
)
"""Letters by which transcriptions of one name differ: Yushkevich and Juschkewitsch, Bjørn and Bjoern."""
_EITHER = (("kh", re.compile("(?<!s)ch")), ("oo", re.compile("ou")))
"""What one writes as the first and another as the second, either of which is something else elsewhere: Mikhail, Michail
and Michelle; Mahmood, Mahmoud and Mahmud. Shorter names are near too many: Sakha is not Sacha."""
_WITHIN = (("kh", "ch"), ("ch", "kh"), ("ks", "x"), ("x", "ks"))
"""Behind the first letter, too."""
_BEGINNINGS = (
    *(
        ("tsch", "tch", "ch", "c"),
        ("schtsch", "shch", "szcz", "sch", "sh", "s"),
        ("zh", "z"),
        ("kh", "h"),
        ("ph", "f"),
        ("th", "t"),
        ("dzh", "dsch", "dj", "dh", "d"),
        ("kh", "ch"),
    ),
    *(("yu", "iu", "ju"), ("ya", "ia", "ja"), ("ye", "ie", "je"), ("gh", "kh", "g", "k", "q"), ("w", "v")),
    *(("mac", "mc"), ("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"), ("ou", "u"), ("o", "u")),
)
_TWO_NAMES = {"g", "k"}
"""Either transcribes what others write with a q; one for the other are two names: Gellner and Kellner. Not where one is
of Arabic, as a dh behind a vowel tells: Gadhafi, Kadhafi."""
_OF_ARABIC = re.compile("[aeiou]dh")
_BEYOND_LATIN = 0x370
_ATTACHED = ("وال", "بال", "كال", "فال", "ال", "لل", *"והבלמשכ")
"""Articles and small words that Arabic and Hebrew write with the word behind them."""

_PARTICLES = frozenset(
    {"mac", "mc", "van", "vande", "vanden", "vander", "von", "vom", "dela", "della", "dos", "abu", "ibn"}
)
"""Before a name, joined to it or not, whatever the library writes there."""


def variants(snapshot: Snapshot, term: str) -> list[str]:
    """The terms of the library that are this one, which it lacks, in another spelling; else in another form.

    None where there is no such term, or the word is too short to tell.
    """
    if len(term) < _LEAST:
        return []
    near = list(dict.fromkeys(_near(snapshot, term)))
    return (
        list(dict.fromkeys([*(other for other in near if _sounds_alike(term, other)), *_known(snapshot, term)]))
        or [other for other in near if _is_form(term, other) or _is_attached(term, other)]
        or [other for other in near if len(term) >= _LEAST_SLIPPED and is_slip(term, other)]
        or _rarest_part(snapshot, term)
    )


def spellings(snapshot: Snapshot, term: str) -> list[str]:
    """The terms of the library that are this one, a name that it has, transcribed otherwise.

    In scripts other than Latin, where most languages inflect names or attach small words to them, other forms of it,
    too: in Latin letters Martin is not Martinez, nor Peters Peterson.
    """
    if len(term) < _LEAST:
        return []
    may_inflect = ord(term[0]) >= _BEYOND_LATIN
    alike = [
        other
        for other in dict.fromkeys(_near(snapshot, term))
        if other != term
        and len(other) >= _LEAST
        and (
            (_sounds_alike(term, other) and not _are_two(term, other))
            or (may_inflect and (_is_form(term, other) or _is_attached(term, other)))
        )
    ]
    return list(dict.fromkeys([*alike, *_known(snapshot, term)]))


def _known(snapshot: Snapshot, term: str) -> list[str]:
    """The spellings of a given name that the library has."""
    return [other for other in other_spellings(term) if snapshot.document_frequency(other)]


def _near(snapshot: Snapshot, term: str) -> Iterator[str]:
    """Terms of the library that begin as some spelling of a word may."""
    for beginning in sorted(_beginnings(term)):
        yield from snapshot.vocabulary(beginning)


def _beginnings(term: str) -> set[str]:
    head = term[: _BEGINNING + 2]
    found = {head[:-1], *(head.replace(one, other)[: _BEGINNING + 1] for one, other in _WITHIN)}
    for spellings in _BEGINNINGS:
        begun = next((one for one in spellings if term.startswith(one)), None)
        if begun:
            rest = term[len(begun) :]
            found |= {one + rest[: max(1, _BEGINNING - len(one))] for one in spellings}
    if term[1] in "aou":
        # Behind the first letter, too: “Mueller”, “Müller” and “Muller”.
        found |= {term[:2]}
    small = [one for one in _ATTACHED if _is_of_one_script(one, term)]
    bare = [term.removeprefix(one) for one in ("", *small) if term.startswith(one)]
    return found | {one + word[:_BEGINNING] for one in ("", *small) for word in bare if small}


def _is_of_one_script(one: str, other: str) -> bool:
    return ord(one[0]) >> 8 == ord(other[0]) >> 8


def _sounds_alike(one: str, other: str) -> bool:
    """Whether two words sound the same, however either is transcribed."""
    return _sound(one) == _sound(other) or _are_either(one, other) or _are_either(other, one)


def _are_either(one: str, other: str) -> bool:
    """Whether two words sound the same once the second writes what it has of `_EITHER` as the first does."""
    if min(len(one), len(other)) < _LEAST_SLIPPED:
        return False
    written = other
    for this, that in _EITHER:
        if this in one:
            written = that.sub(this, written)
    return written != other and _sound(written) == _sound(one)


def _are_two(one: str, other: str) -> bool:
    return {one[0], other[0]} == _TWO_NAMES and not (_OF_ARABIC.search(one) or _OF_ARABIC.search(other))


@lru_cache(maxsize=1 << 14)
def _sound(term: str) -> str:
    for pattern, plain in _SOUNDS:
        term = pattern.sub(plain, term)
    return term


def _is_form(one: str, other: str) -> bool:
    """Whether two words are one but for their endings, as in languages that inflect names."""
    shared = shared_beginning(one, other)
    longest = max(len(one), len(other))
    return shared >= _LEAST and shared >= _STEM * longest and longest - shared <= _ENDING


def _is_attached(one: str, other: str) -> bool:
    """Whether two words are one but for a small word that is written with it."""
    bare = [{word, *(word.removeprefix(small) for small in _ATTACHED)} for word in (one, other)]
    return any(len(word) >= _LEAST - 1 for word in bare[0] & bare[1])


def _rarest_part(snapshot: Snapshot, term: str) -> list[str]:
    """Of a word that the library writes as two, or more behind a particle, the part that fewer paragraphs hold."""
    counted: dict[str, int] = {}
    for at in range(1, len(term)):
        # What ends as the term does is stemmed already.
        head, tail = "".join(term_texts(term[:at])), term[at:]
        heads, tails = snapshot.document_frequency(head), snapshot.document_frequency(tail)
        if tails and len(tail) >= _LEAST and term[:at] in _PARTICLES:
            counted[tail] = tails
        elif heads and tails and max(len(head), len(tail)) >= _LEAST:
            counted[max(head, tail, key=len)] = min(heads, tails)
    return sorted(counted, key=lambda part: (counted[part], part))[:1]
