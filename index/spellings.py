"""One spelling for words that news write in several: cities by their old and new names, foreign names by their sounds.

Used for terms alone, on both sides of a comparison, so that a question in one spelling finds the other.
"""

import re

_SAME = """
kyiv kiev
kharkiv kharkov
odesa odessa
lviv lvov
mykolaiv nikolaev nikolayev
chernihiv chernigov
luhansk lugansk
donbas donbass
dnipro dnepr dnieper
chornobyl chernobyl
zaporizhzhia zaporizhia zaporozhye zaporizhzhya
beijing peking
mumbai bombay
kolkata calcutta
chennai madras
bengaluru bangalore
yangon rangoon
myanmar burma
eswatini swaziland
turkiye turkey
gaddafi qaddafi kadafi gadhafi qadhafi
quran koran
hezbollah hizbollah hizbullah hezbullah
taliban taleban
"""
_NAMES = {other: first for first, *others in map(str.split, _SAME.strip().splitlines()) for other in others}
_ENDS = re.compile(r"(?<=\w{4})(?:(?P<ski>sk(?:yy|iy|ij|yi|ii|y|i))|(?P<ny>n(?:yy|iy|yi))|(?P<ei>ei))\Z")
"""Zelensky, Zelenskyy and Zelenskiy; Navalny and Navalnyy; Sergei and Sergey.
The same is done to every word that ends so."""
_PLAIN = {"ski": "ski", "ny": "ny", "ei": "ey"}
_MUHAMMAD = re.compile(r"m[ou]hamm?[ae]d")
_YEV = re.compile(r"\Aye(?=v[a-z]{4})")


def spelled(word: str) -> str:
    """The spelling that stands for all of a folded word's: `kiev` is `kyiv`, `zelenskyy` is `zelenski`.

    Takes time linear in the word's length.
    """
    known = _NAMES.get(word)
    if known is not None:
        return known
    if _MUHAMMAD.fullmatch(word):
        return "muhammad"
    return _YEV.sub("e", _ENDS.sub(lambda found: _PLAIN[str(found.lastgroup)], word))


_STUTTER = re.compile(r"(.{1,3})\1+")
_VOWELS = re.compile("[aeiouy]")


def is_stutter(one: str, other: str) -> bool:
    """Whether letters, up to three, stand once in one word and again in the other: `agreemement`, `tarriffs`."""
    return one != other and _STUTTER.sub(r"\1", one) == _STUTTER.sub(r"\1", other)


def is_vowel_slip(one: str, other: str) -> bool:
    """Whether two words differ in one vowel: `independant`."""
    return (
        len(one) == len(other)
        and sum(a != b for a, b in zip(one, other, strict=True)) == 1
        and _VOWELS.sub("a", one) == _VOWELS.sub("a", other)
        and one[0] == other[0]
    )


def shared_beginning(one: str, other: str) -> int:
    """With how many letters two words begin alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def is_slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter left out or put in, or by two that changed places; not by the first.

    What begins otherwise is more often another word, and so is what has another letter in the place of one.
    """
    if one == other or one[:1] != other[:1] or abs(len(one) - len(other)) > 1:
        return False
    at = shared_beginning(one, other)
    if len(one) != len(other):
        longer, shorter = (one, other) if len(one) > len(other) else (other, one)
        return longer[at + 1 :] == shorter[at:]
    return one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
