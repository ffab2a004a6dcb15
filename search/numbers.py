"""Numbers as texts write them, in digits of any country or in words, with how exactly they are meant."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 10**9,
    "trillion": 10**12,
    "lakh": 100_000,
    "crore": 10**7,
}
_FOREIGN = {
    **dict.fromkeys(("mn", "mln", "mio", "millionen", "millions", "millones", "milioni", "miljoen", "milhões"), 10**6),
    **dict.fromkeys(("bn", "bln", "mrd", "milliarden", "milliards", "miliardi", "miljard"), 10**9),
    **dict.fromkeys(("tausend", "mille", "mil", "mila", "duizend"), 1_000),
}
"""What stands for a scale behind digits alone."""
WORDS = (
    {word: number for number, word in enumerate(_UNITS.split(), 1)}
    | {word: 10 * tens for tens, word in enumerate(_TENS.split(), 2)}
    | {"dozen": 12}
)
_MULTIPLES = {"hundred": 100, "dozen": 12}
_LANGUAGES = "de fr es it pt nl da sv no nb nn fi pl cs sk sl hr sr ru uk bg ro el tr hu is et lv lt id"
_COMMA_DECIMAL = frozenset(_LANGUAGES.split())
"""Languages in which “1.250” is more than a thousand and “3,1” three and a tenth."""
_SHORT = {"k": 1_000, "m": 1_000_000, "bn": 10**9, "tn": 10**12}
_SHORTENED = re.compile(r" ?(k|m|bn|tn)\b")
"""Behind a sum of money: “£3m”."""
_HEDGED = re.compile(
    r"(?:(?P<about>\b(?:about|around|some|roughly|approximately|circa|ca\.|an estimated|close to|nearly|almost|just))"
    r"|(?P<above>\b(?:more than|over|at least|exceed(?:ing|ed|s)|above|upwards of))"
    r"|(?P<below>\b(?:fewer than|less than|under|up to|below|at most|not quite)))"
    r"(?: (?:a|an|the|about|around|some|just))* ?[$€£¥₹]?\Z",
    re.IGNORECASE,
)
_BEHIND = re.compile(r" (?:[a-z]+ ){0,2}or (?:so|more)\b", re.IGNORECASE)
_LOOSE = 0.125
"""What is told loosely may be off by half its last digit that is not 0, and by this share of it at most."""
_JUST = 0.4999
"""What is rounded may be off by nearly half its last digit: 3.1 and 3.2 differ."""
_RANGE = re.compile(r" ?[-–] ?| to | bis ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text: its place there, its value, and between which values it may lie; `low` ≤ `value` ≤ `high`.

    `last` is what its last digit counts, 0 where it is in words. `sign` is the currency's that stands
    before it, "" for none, `is_plain` whether it is digits alone, as years are, without a comma or a scale.
    """

    start: int
    end: int
    value: float
    low: float
    high: float
    last: float
    sign: str
    is_plain: bool

    def rounded(self) -> "Number":
        """The same as a measurement, whose last digit is rounded."""
        off = _JUST * (self.last or 1)
        return replace(self, low=min(self.low, self.value - off), high=max(self.high, self.value + off))


def numbers(text: str, language: str | None = None) -> list[Number]:
    """The numbers of a text in order; linear. What is said loosely (“about”), and ranges, lie between two values.

    Where a text's language writes decimals behind a comma, “1.250” is 1250; what nobody writes, like “2.3.2031”, is
    left out.
    """
    found = list(_numbers(text, language))
    for at, (one, other) in enumerate(pairwise(found)):
        between = text[one.end : other.start]
        is_between = between == " and " and text[max(0, one.start - 8) : one.start].lower().endswith("between ")
        if one.value < other.value and (is_between or _RANGE.fullmatch(between)):
            scale = _scale_of(text, one, other)
            found[at] = replace(one, low=one.value * scale, high=other.high)
            found[at + 1] = replace(other, low=one.value * scale)
    return found


def _scale_of(text: str, one: Number, other: Number) -> float:
    """“Two to three million” are millions both."""
    scale = _scaled(text[other.start : other.end])
    return scale if scale > 1 and _scaled(text[one.start : one.end]) == 1 else 1


def _scaled(written: str) -> float:
    last = re.split(r"[ -]", written.lower().rstrip("."))[-1]
    return SCALES.get(last, _FOREIGN.get(last, 1))


def _numbers(text: str, language: str | None) -> Iterator[Number]:
    for one in _figure().finditer(text):
        scale, last = 1, 0.0
        if one["digits"]:
            read = _read(one["digits"], language)
            if read is None:
                continue
            short = _SHORTENED.match(text, one.end()) if one["sign"] and not one["scale"] else None
            scale = _SHORT[short[1]] if short else _scale(one["scale"])
            value, last = read[0] * scale, read[1] * scale
            exact = last if scale > 1 or last < 1 else 0.0
        else:
            value, exact, short = _of_words(one["words"]), 0.0, None
        low, high = value - _JUST * exact, value + _JUST * exact
        hedged = _HEDGED.search(text[max(0, one.start() - 40) : one.start("digits") if one["digits"] else one.start()])
        off = min(_LOOSE * value, _round_to(value) / 2)
        if hedged and hedged.lastgroup == "above":
            high += min(2 * off, _LOOSE * 2 * value)
        elif hedged and hedged.lastgroup == "below":
            low -= min(2 * off, _LOOSE * 2 * value)
        elif hedged or _BEHIND.match(text[one.end() : one.end() + 30]):
            low, high = min(low, value - off), max(high, value + off)
        is_plain = bool(one["digits"]) and one["digits"].isdigit() and not one["scale"]
        end = short.end() if short else one.end()
        start = one.start("sign") if one["sign"] else one.start("digits" if one["digits"] else "words")
        yield Number(start, end, value, low, high, last, one["sign"] or "", is_plain)


def _round_to(value: float) -> float:
    """What the last digit of a whole number that is not 0 counts: 100 in 4,200."""
    place = 1.0
    while value and value % (place * 10) == 0 and place < value:
        place *= 10
    return place if value == int(value) else 10 ** -len(f"{value:.6f}".rstrip("0").partition(".")[2])


def _scale(word: str | None) -> int:
    if not word:
        return 1
    word = word.lower().rstrip(".")
    return SCALES[word] if word in SCALES else _FOREIGN[word]


def _read(digits: str, language: str | None) -> tuple[float, float] | None:
    """The value of digits with their marks, and what the last one counts; None where they are no one number."""
    bare = re.sub(r"[^0-9.,]", "", digits)
    marks, groups = re.findall(r"[.,]", bare), re.split(r"[.,]", bare)
    decimal = ""
    if len(set(marks)) == 2 and marks.count(marks[-1]) == 1:
        decimal = marks[-1]
    elif len(marks) == 1 and not _groups(groups, marks[0], language):
        decimal = marks[0]
    whole, _, rest = bare.rpartition(decimal) if decimal else (bare, "", "")
    parts = re.split(r"[.,]", whole)
    if len(parts) > 1 and (len(parts[-1]) != 3 or any(len(one) not in {2, 3} for one in parts[1:])):
        return None
    return float(f"{''.join(parts)}.{rest or 0}"), 10.0 ** -len(rest)


def _groups(groups: list[str], mark: str, language: str | None) -> bool:
    """Whether one mark groups thousands."""
    is_grouping = mark == ("." if language in _COMMA_DECIMAL else ",")
    return is_grouping and len(groups[1]) == 3 and len(groups[0]) <= 3 and groups[0] != "0"


def _of_words(words: str) -> float:
    total, part = 0.0, 0.0
    for word in re.split(r"[ -]", words.lower()):
        if word in _MULTIPLES:
            part = (part or 1) * _MULTIPLES[word]
        elif word in SCALES:
            total, part = total + (part or 1) * SCALES[word], 0.0
        elif word != "and":
            part += WORDS[word]
    return total + part


# Made when first needed: few questions ask how many, and a cold start should not pay for it.
@cache
def _figure() -> re.Pattern[str]:
    spelled = "|".join([*WORDS, *SCALES])
    scales = "|".join([*SCALES, *_FOREIGN])
    return re.compile(
        r"(?P<sign>[$€£¥₹])? ?(?<![\w.,])(?P<digits>[0-9]{1,3}(?:[\u0020\u00a0\u2009\u202f'’][0-9]{3}(?![0-9])){1,4}"
        r"(?:[.,][0-9]{1,2})?(?![0-9])|[0-9]{1,15}(?:[.,][0-9]{1,6}){0,6})(?![0-9])"
        rf"(?:[ \u00a0-]?(?P<scale>{scales})\b\.?)?"
        rf"|\b(?P<words>(?:{spelled})(?:(?:[ -]| and )(?:{spelled})){{0,6}})\b",
        re.IGNORECASE,
    )
