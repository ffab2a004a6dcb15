"""Amounts of a text by the units beside their numbers: lengths, sums of money, temperatures, comparable with others."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from search.numbers import Number, numbers

_UNITS: dict[str, dict[str, float]] = {
    "share": {"percent|per cent|percentage|prozent|pct|%": 1.0},
    "length": {
        "kilometres?|kilometers?|km": 1_000.0,
        "metres?|meters?|m": 1.0,
        "centimetres?|centimeters?|cm": 0.01,
        "millimetres?|millimeters?|mm": 0.001,
        "miles?": 1609.344,
        "yards?": 0.9144,
        "feet|foot|ft": 0.3048,
        "inch(?:es)?": 0.0254,
        "nautical miles?": 1852.0,
    },
    "area": {
        "square kilometres?|square kilometers?|sq\\.? km|km²|km2": 1e6,
        "square metres?|square meters?|sq\\.? m|m²|m2": 1.0,
        "square miles?|sq\\.? miles?": 2_589_988.0,
        "square feet|square foot|sq\\.? ft": 0.092903,
        "hectares?|ha": 10_000.0,
        "acres?": 4046.86,
    },
    "weight": {
        "kilograms?|kilogrammes?|kilos?|kg": 1.0,
        "tonnes?|tons?|t": 1_000.0,
        "grams?|grammes?|g": 0.001,
        "milligrams?|mg": 1e-6,
        "pounds?|lbs?": 0.453592,
        "ounces?|oz": 0.0283495,
    },
    "speed": {
        "kilomet(?:re|er)s? (?:an|per) hour|km/h|kph|kmh": 1 / 3.6,
        "met(?:re|er)s? (?:a|per) second|m/s": 1.0,
        "miles? (?:an|per) hour|mph": 0.44704,
        "knots?": 0.514444,
    },
    "time": {
        "seconds?": 1.0,
        "minutes?|min": 60.0,
        "hours?": 3_600.0,
        "days?": 86_400.0,
        "weeks?": 604_800.0,
        "fortnights?": 1_209_600.0,
        "months?": 2_629_800.0,
        "years?": 31_557_600.0,
        "decades?": 315_576_000.0,
        "centur(?:y|ies)": 3_155_760_000.0,
    },
    "volume": {
        "cubic metres?|cubic meters?|m³|m3": 1_000.0,
        "lit(?:re|er)s?": 1.0,
        "gallons?": 3.78541,
        "barrels?": 158.987,
    },
    "power": {"gigawatts?|GW": 1e9, "megawatts?|MW": 1e6, "kilowatts?|kW": 1e3, "watts?|W": 1.0},
}
"""Each kind's units, as they stand behind a number, and how much of the first or of the plain one they are."""
_HEAT = re.compile(
    r" ?(?:°|degrees?\b)(?: ?(?P<unit>C\b|F\b|Celsius|Fahrenheit|centigrade))?|(?P<short> ?[CF]\b)", re.IGNORECASE
)
_CURRENCY = {
    "$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "usd": "dollar", "eur": "euro", "gbp": "pound",
    "jpy": "yen", "inr": "rupee", "rs": "rupee", "kr": "krone", "krona": "krone", "kroner": "krone", "krono": "krone",
    "chf": "franc", "dlr": "dollar", "stg": "pound",
}  # fmt: skip
_CODE = re.compile(r"\b(?P<code>USD|EUR|GBP|JPY|INR|CHF|Rs|kr)\.? ?\Z", re.IGNORECASE)
_COINS = (
    "dollars? euros? pounds? yen francs? marks? crowns? cents? roubles? rubles? rupees? yuan pesos? liras? krona "
    "kroner krone dinars? dirhams? shekels? rands? reals? baht zlotys? florins? guilders? thalers? ducats? shillings? "
    "pence forints? hryvnias? tenge nairas? takas? dong usd eur gbp dlrs? cts stg"
)
_LITTLE_COINS = {"cent": ("dollar", 0.01), "ct": ("dollar", 0.01), "pence": ("pound", 0.01)}
_MAGNITUDE = re.compile(r"\bmagnitude(?: of| was| is|:|-)? ?(?:about |around |at )?\Z", re.IGNORECASE)
_MAGNITUDE_BEHIND = re.compile(r"[ -](?:magnitude|on the [a-z]+ scale)\b", re.IGNORECASE)
_MINUS = re.compile(r"(?:\bminus |(?<![\w])[-−–])\Z", re.IGNORECASE)
_UNIT = re.compile(r"\A[ -]?[a-z]+", re.IGNORECASE)
_SINGLE = re.compile(
    r"\b(?P<before>about|around|some|roughly|nearly|almost|just|over|is|was|lasts|lasted|takes|took|weighs|weighed)"
    r" (?P<one>an?)\b(?= [a-z])",
    re.IGNORECASE,
)
_SMALLER = re.compile(r" (?:and )?|, ")
"""Between two parts of one amount, behind the unit of the first."""
_LOOSE = 0.125
"""What is rounded to whole units is off by this share of it at most, but for shares, degrees and the like."""
_FINE = frozenset({"", "1.0", "c", "f"})
_CONVERTED = 0.02
"""In other units a number is rounded once more: so much of it is no difference."""
_CONVERTED_HEAT = 0.5
"""Nor is so much of a degree Celsius."""
_DEGREES = frozenset({"c", "f"})


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount between two values of its kind, in the plain unit of that; `start` and `end` are its number's place.

    `unit` is the currency, where it tells one: others can't be compared. `written` is the unit that it is told in,
    `factor` that one's size.
    """

    low: float
    high: float
    value: float
    unit: str
    written: str
    start: int = 0
    end: int = 0
    factor: float = 0.0

    def agrees(self, other: "Amount") -> bool:
        """Whether both may be the same, or can't be compared."""
        if self.unit != other.unit and self.unit and other.unit:
            return True
        loose = 0.0
        if self.written != other.written:
            # Degrees have no zero from which a share of them could be counted.
            is_heat = {self.written, other.written} <= _DEGREES
            loose = _CONVERTED_HEAT if is_heat else _CONVERTED * max(abs(self.high), abs(other.high))
        return max(self.low, other.low) <= min(self.high, other.high) + loose


def amount(kind: str, text: str, number: Number) -> Amount | None:
    """What a number of a text tells of a kind of quantity, by the unit beside it; None where it counts others."""
    before, behind = text[max(0, number.start - 20) : number.start], text[number.end : number.end + 40]
    if kind == "money":
        return _sum(before, behind, number)
    if number.sign:
        return None
    if kind == "magnitude":
        is_one = _MAGNITUDE.search(before) or _MAGNITUDE_BEHIND.match(behind)
        return _measured(number, 1.0, "", 1) if is_one else None
    sign = -1 if _MINUS.search(before) else 1
    if kind == "heat":
        return _heat(behind, number, sign)
    found = (one for one in _patterns(kind) if one[1].match(behind)) if kind in _UNITS else iter(())
    return next((_measured(number, factor, str(factor), sign) for factor, _ in found), None)


def _heat(behind: str, number: Number, sign: int) -> Amount | None:
    unit = _HEAT.match(behind)
    if unit is None:
        return None
    name = (unit["unit"] or unit["short"] or "c").strip().lower()[:1]
    one = _measured(number, 1.0, name, sign)
    if name != "f":
        return replace(one, written="c")
    return replace(one, low=(one.low - 32) / 1.8, high=(one.high - 32) / 1.8)


def _measured(number: Number, factor: float, written: str, sign: int) -> Amount:
    exact = number.rounded()
    if written not in _FINE:
        # An hour is not forty minutes, though both are hours rounded.
        off = _LOOSE * number.value
        exact = replace(
            number,
            low=min(number.low, max(exact.low, number.value - off)),
            high=max(number.high, min(exact.high, number.value + off)),
        )
    low, high = sorted((sign * exact.low * factor, sign * exact.high * factor))
    return Amount(low, high, sign * exact.value * factor, "", written, number.start, number.end, factor)


def _sum(before: str, behind: str, number: Number) -> Amount | None:
    """A sum of money, in its currency as far as that is told: “$” is dollars, “40 million gold marks” are marks."""
    coin, code = _coin().match(behind), _CODE.search(before)
    if number.sign:
        name = number.sign
    elif code:
        name = code["code"].lower()
    elif coin:
        name = (coin["coin"] or coin["sign"]).strip().lower()
    else:
        return None
    single = name if name in _CURRENCY else name.removesuffix("s")
    unit, factor = _LITTLE_COINS.get(single, (_CURRENCY.get(single, single), 1.0))
    return Amount(
        number.low * factor, number.high * factor, number.value * factor, unit, unit, number.start, number.end
    )


def summed(text: str, read: Sequence[Amount]) -> list[Amount]:
    """“Two hours and nine minutes” are one amount."""
    found: list[Amount] = []
    for one in read:
        last = found[-1] if found else None
        if last and one.factor < last.factor and _SMALLER.fullmatch(_UNIT.sub("", text[last.end : one.start])):
            found[-1] = replace(
                last, low=last.value + one.low, high=last.value + one.high, value=last.value + one.value, end=one.end
            )
        else:
            found.append(one)
    return found


@cache
def _patterns(kind: str) -> list[tuple[float, re.Pattern[str]]]:
    """Each unit's size and how it stands behind a number, longer ones first; a length in a time is a speed."""
    units = sorted(_UNITS[kind].items(), key=lambda one: -len(one[0]))
    rate = r"(?! ?(?:an?|per) (?:hour|second|minute)\b|/)" if kind == "length" else ""
    return [(size, re.compile(rf"[ \u00a0-]?(?:{names})(?![\w²³]){rate}", re.IGNORECASE)) for names, size in units]


def single(text: str) -> list[Number]:
    """“About a mile”, “lasted an hour”: one of a unit, without a number."""
    return [
        replace(one, start=article.start("one"), end=article.end("one"))
        for article in _SINGLE.finditer(text)
        for one in numbers(f"{article['before']} 1")
    ]


# Made when first needed: few questions are about money, and a cold start should not pay for it.
@cache
def _coin() -> re.Pattern[str]:
    coins = _COINS.replace(" ", "|")
    return re.compile(rf"(?: U\.S\.| [a-z]+)?? ?\b(?P<coin>{coins})\b|(?P<sign> ?[$€£¥₹])", re.IGNORECASE)
