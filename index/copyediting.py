"""What copy editors change in a wire report and leave it that report: one form for each of its wordings.

Numbers in words and in figures, the order of a date, shortened months and titles, British and American spelling. Used
to compare two texts only: what is searched keeps the words as they are.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from functools import lru_cache

from index.calendar import LAST_DAY, MONTHS
from index.terms import Term, term_texts, terms


def _pairs(lines: str) -> dict[str, str]:
    words = lines.split()
    return dict(zip(words[::2], words[1::2], strict=True))


_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_ROUND = "twenty thirty forty fifty sixty seventy eighty ninety"
_NTH = "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_UNITS = {word: number for number, word in enumerate(_SMALL.split())}
_TENS = {word: 10 * number for number, word in enumerate(_ROUND.split(), start=2)}
_ORDINALS = {word: number for number, word in enumerate(_NTH.split(), start=2)}
_SCALES = {"dozen": 12, "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SCALES |= {"k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "bln": 10**9, "tn": 10**12}
NUMBER_TERMS = {term: word for word in (*_UNITS, *_TENS, *_SCALES) for term in term_texts(word)}
"""Terms of words that count, and which word each is."""
NUMBER_WORDS_IN_FIGURES = frozenset([*_UNITS, *_TENS, *_SCALES, *_ORDINALS])
"""Words that are compared as figures."""
ROUND_WORDS = frozenset(word for word, scale in _SCALES.items() if f"{scale}".strip("0") == "1")
"""Those of them that only add zeros to a figure."""
_ORDINAL_ENDS = ("st", "nd", "rd", "th")
_ORDINAL = "th"
_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_GAP = re.compile(r"[0-9][ \u00a0\u202f][0-9]{3}")
_GROUPS = re.compile(r"(?<![\w.,])([0-9]{1,3})((?:[ \u00a0\u202f][0-9]{3})+)(?![\w.,]*[0-9])")
_MOST = Decimal(10) ** 27
"""Up to here decimals are exact; “trillion” a hundred thousand times over is too much for them."""
_DIGITS = frozenset("123456789")

_MONTH_TERMS = frozenset(term_texts(" ".join(MONTHS)))
_SHORT = {month[:3].lower(): month.lower() for month in MONTHS if month not in ("March", "May", "June", "July")}
_SHORT |= {"sept": "september", "tue": "tuesday", "tues": "tuesday", "thu": "thursday", "thur": "thursday"}
_SHORT |= {"thurs": "thursday", "fri": "friday"}
_SHORT_WITH_STOP = {"sun": "sunday", "mon": "monday", "wed": "wednesday", "sat": "saturday"}
"""Words of their own without a full stop: the Sun, he sat."""
_TITLES = _pairs(
    """
gov governor
sen senator
rep representative
gen general
lt lieutenant
col colonel
capt captain
sgt sergeant
maj major
adm admiral
prof professor
rev reverend
dr doctor
st saint
mt mount
"""
)
_SPELLED = _pairs(
    """
grey gray
tyre tire
kerb curb
cheque check
plough plow
mould mold
sceptic skeptic
sceptical skeptical
scepticism skepticism
aluminium aluminum
judgement judgment
ageing aging
jewellery jewelry
manoeuvre maneuver
aeroplane airplane
pct percent
"""
)
_AMERICAN = (
    (re.compile(r"(?<=[a-z]{2})(?<!\Asc)our(?=\Z|s\Z|ed\Z|ing\Z|ite|able|ful|less|ist|hood|ers?\Z)"), "or"),
    (re.compile(r"(?<=[a-z]{3})is(?=e\Z|e[ds]\Z|ers?\Z|ing\Z|ation)"), "iz"),
    (re.compile(r"(?<=[a-z]{2}l)ys(?=e\Z|e[ds]\Z|ing\Z)"), "yz"),
    (re.compile(r"(?<=[a-z]{2}[bt])re(?=d?\Z|s\Z)"), "er"),
    (re.compile(r"(?<=[ei]n)ce(?=s?\Z)"), "se"),
    (re.compile(r"(?<=[a-z]m)me(?=s?\Z)"), ""),
    (re.compile(r"(?<=[a-z]{2}og)ue(?=s?\Z)"), ""),
    (re.compile(r"(?<=[aeiou])ll(?=ed\Z|ing\Z|ers?\Z|ors?\Z)"), "l"),
)
_SYLLABLES = re.compile(r"[aeiouy]+[^aeiouy]+[aeiouy]+ll")


def without_gaps(text: str) -> str:
    """The text with figures in groups of three written as one: `1 204 550` is `1204550`."""
    if not _GAP.search(text):
        return text
    return _GROUPS.sub(lambda found: found[0].translate({0x20: None, 0xA0: None, 0x202F: None}), text)


@lru_cache(maxsize=1 << 14)
def american(word: str) -> str:
    """An English word in small letters as Americans spell it: `harbour` is `harbor`.

    Other words may become what is no word (`sentense`), but the same one wherever they stand.
    """
    known = _SPELLED.get(word)
    if known is not None:
        return known
    for pattern, plain in _AMERICAN:
        # Only behind two syllables: “filling” is not “filing”.
        if plain != "l" or _SYLLABLES.search(word):
            word = pattern.sub(plain, word)
    return word


def written_out(surface: str) -> str:
    """A word in small letters without what an editor may change of it: its spelling, and whether it is shortened.

    The British set no full stop behind titles, so it tells nothing.
    """
    lower = surface.lower()
    if surface[:1].isupper():
        if lower in _SHORT:
            return _SHORT[lower]
        if lower in _TITLES:
            return _TITLES[lower]
    return american(lower)


def plain(surface: str, term: str, behind: str) -> str:
    """A word as it is compared: its term, whichever way an editor writes it; ordinals as `3th`.

    `behind` is what follows it without a blank. `first` stays: it says more than a place in a row.
    """
    if term.isdigit():
        is_ordinal = behind[:2].lower() in _ORDINAL_ENDS and not behind[2:3].isalnum()
        return f"{term}{_ORDINAL}" if is_ordinal else term
    lower = surface.lower()
    if lower in _ORDINALS:
        return f"{_ORDINALS[lower]}{_ORDINAL}"
    if behind[:1] == "." and surface[:1].isupper() and lower in _SHORT_WITH_STOP:
        return term_texts(_SHORT_WITH_STOP[lower])[0]
    written = written_out(surface)
    return term if written == lower else term_texts(written)[0]


def plain_terms(text: str) -> list[str]:
    """The words of `text` as they are compared."""
    return [word for word, _ in _compared(text)]


def searched(text: str, compared: AbstractSet[str]) -> list[Term]:
    """The words of `text` that are compared as one of `compared`, as they are searched: `labour`, not `labor`."""
    return [term for word, term in _compared(text) if word in compared]


def _compared(text: str) -> Iterator[tuple[str, Term]]:
    return ((plain(text[one.start : one.end], one.text, text[one.end : one.end + 3]), one) for one in terms(text))


def figure(words: Sequence[str], place: int, figures: Mapping[int, str]) -> tuple[str, int] | None:
    """The number that begins with the word at `place` in digits, and the place behind it; None where it is in digits.

    `figures` are the places of words that are numbers, with the word as it was written where it is in letters.
    """
    following = figures.get(place + 1) or "".join(words[place + 1 : place + 2])
    if not figures[place] and following not in _SCALES:
        return None  # as most are
    nth = _tens_and_nth(words, place, figures)
    if nth:
        return f"{nth}{_ORDINAL}", place + 2
    value, end = _read(words, place, figures)
    while end < len(words):
        scale = _SCALES.get(figures.get(end, words[end]))
        if scale is None or value is None or value >= _MOST or (end not in figures and len(words[end]) > 3):
            break
        value, end = value * scale, end + 1
        more, behind = _rest(words, end, figures, scale)
        value, end = value + more, behind
    if value is None or (end == place + 1 and not figures[place]):
        return None
    return _written(value), end


def _tens_and_nth(words: Sequence[str], place: int, figures: Mapping[int, str]) -> int | None:
    """The number that `twenty-first` begins with, if it does."""
    tens, following = _TENS.get(figures[place]), "".join(words[place + 1 : place + 2])
    nth = "1" if following == "first" else following.removesuffix(_ORDINAL)
    return tens + int(nth) if tens and nth != following and nth in _DIGITS else None


def _read(words: Sequence[str], place: int, figures: Mapping[int, str]) -> tuple[Decimal | None, int]:
    """What one number word or figure says, `twenty-two` being one."""
    word = figures[place]
    if not word:
        return (Decimal(words[place]), place + 1) if _FIGURE.fullmatch(words[place]) else (None, place + 1)
    if word in _SCALES:
        return Decimal(1), place  # “a hundred”
    if word in _TENS:
        unit = _UNITS.get(figures.get(place + 1, ""), 0)
        return Decimal(_TENS[word] + (unit if unit < 10 else 0)), place + 1 + (0 < unit < 10)
    return (Decimal(_UNITS[word]), place + 1) if word in _UNITS else (None, place + 1)


def _rest(words: Sequence[str], place: int, figures: Mapping[int, str], scale: int) -> tuple[Decimal, int]:
    """What follows `two hundred` of the same number: `and five`."""
    start = place + 1 if "and" in words[place : place + 1] else place
    if not figures.get(start) or figures[start] in _SCALES or scale < 100:
        return Decimal(0), place
    value, end = _read(words, start, figures)
    following = _SCALES.get(figures.get(end, ""), scale + 1)
    if value is None or value >= scale or following <= scale:
        return Decimal(0), place
    return value, end


def _written(value: Decimal) -> str:
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def is_day_of(month: str, figure: str) -> bool:
    """Whether a name and the figure behind it are a date, as Americans write it."""
    day = figure.removesuffix(_ORDINAL)
    # Digits of some scripts, as Ethiopic, have no decimal value.
    return month in _MONTH_TERMS and day.isdecimal() and 0 < int(day) <= LAST_DAY


def day(figure: str) -> str:
    """The day of a date: `12th` is `12`."""
    return figure.removesuffix(_ORDINAL)
