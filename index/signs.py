"""Signs, short units and dates in figures written out, as other outlets have them, to compare two texts by."""

import re

from index.calendar import LAST_DAY, MONTHS

_UNITS = {
    "km/h": "kilometres an hour",
    "kph": "kilometres an hour",
    "mph": "miles an hour",
    "sq km": "square kilometres",
    "sq. km": "square kilometres",
    "km²": "square kilometres",
    "sq m": "square metres",
    "m²": "square metres",
    "km": "kilometres",
    "cm": "centimetres",
    "mm": "millimetres",
    "m": "metres",
    "mi": "miles",
    "ft": "feet",
    "ha": "hectares",
    "kg": "kilograms",
    "kilos": "kilograms",
    "g": "grams",
    "t": "tonnes",
    "°C": "degrees Celsius",
    "°F": "degrees Fahrenheit",
}
_CODES = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}
_WORDS = {"EUR": "euros", "USD": "dollars", "GBP": "pounds", "JPY": "yen"}
_GLUED = sorted((unit for unit in _UNITS if unit != "m"), key=len, reverse=True)
# `8m` may be millions, as behind a currency's sign. Both begin with a digit, so that most of a text is passed over at
# once; what may not stand before it is looked at behind it.
_MEASURE = re.compile(
    r"(?P<number>[0-9](?<![\w.,$€£¥][0-9])(?:[0-9.,]*[0-9])?)"
    rf"(?:[ \u00a0\u202f]?(?P<unit>{'|'.join(map(re.escape, _GLUED))})|[ \u00a0\u202f](?P<metres>m))(?![\w²/])"
)
_DATE = re.compile(
    r"[0-9](?<![\w.,-][0-9])(?:(?P<y>[0-9]{3})-(?P<m>[01][0-9])-(?P<d>[0-3][0-9])"
    r"|(?P<day>[0-9]?)\.(?P<month>[01]?[0-9])\.(?P<year>[12][0-9]{3}))(?![\w-]|\.[0-9])"
)
_CODE_BEFORE = re.compile(r"\b(?:US(?=\$)|(?P<code>EUR|USD|GBP|JPY)[ \u00a0]?(?=[0-9]))")
_CODE_BEHIND = re.compile(r"(?<=[0-9nm])[ \u00a0](?P<code>EUR|USD|GBP|JPY)\b")
_TAIL = re.compile(
    r"(?:(?<=[.?!…»”\"\]])\s*|\n\s*)\[?(?:Read|READ|Continue|CONTINUE)\s+"
    r"(?:(?:the )?full (?:story|article|report)|more|MORE|reading|READING)[\s.…»›>→\]]*\Z"
)
_LAST = 48
"""So many characters at the end of a text tell that its rest is elsewhere."""


def spelled_out(text: str) -> str:
    """The text with `5 cm` as `5 centimetres`, `2031-06-03` as `3 June 2031`, `EUR 5` as `€5`, without “Read more”.

    A date with full stops has the day first. What is no date or unit stays as it is.
    """
    text = _MEASURE.sub(_measured, _DATE.sub(_dated, text))
    if "US$" in text or "EUR" in text or "USD" in text or "GBP" in text or "JPY" in text:
        text = _CODE_BEFORE.sub(lambda found: _CODES.get(found["code"], ""), text)
        text = _CODE_BEHIND.sub(lambda found: f" {_WORDS[found['code']]}", text)
    end = _TAIL.search(text, max(0, len(text) - _LAST))
    return text[: end.start()] if end and end.start() else text


def _measured(found: re.Match[str]) -> str:
    return f"{found['number']} {_UNITS[found['unit'] or found['metres']]}"


def _dated(found: re.Match[str]) -> str:
    first = found[0][0]
    if found["y"]:
        year, month, day = int(first + found["y"]), int(found["m"]), int(found["d"])
    else:
        year, month, day = int(found["year"]), int(found["month"]), int(first + found["day"])
    return f"{day} {MONTHS[month - 1]} {year}" if 0 < month <= len(MONTHS) and 0 < day <= LAST_DAY else found[0]
