"""Words that count, in English and some other languages, and one way to write what they count.

“2.7 million”, “2,700,000” and “two thousand”, “2000” are the same amounts, “12%” and “12 percent” the same share.
"""

import re
from functools import lru_cache

from search.numbers import numbers
from search.wordings import word_set

_ENGLISH = word_set(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands "
    "million millions billion billions trillion trillions dozen dozens half halves third thirds quarter quarters "
    "fourth fourths fifth fifths sixth sixths seventh sevenths eighth eighths ninth ninths tenth tenths hundredth "
    "eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth "
    "fortieth fiftieth sixtieth seventieth eightieth ninetieth thousandth millionth scores tens "
    "first second twice thrice double doubled triple tripled quadruple quadrupled halved percent once pair couple "
    "twofold threefold fourfold fivefold tenfold"
)
_ELSEWHERE = word_set(
    # French
    "deux trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante "
    "soixante cents mille milliers milliard milliards dizaine dizaines douzaine centaine centaines premier première "
    "deuxième troisième quatrième cinquième moitié tiers "
    # Spanish and Portuguese
    "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis dieciseis diecisiete "
    "dieciocho diecinueve veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento cientos mil "
    "miles millón millones decena decenas docena centenar segundo tercero cuarto quinto mitad dois duas três quatro "
    "sete oito nove dez doze treze quatorze quinze dezesseis dezassete dezessete dezoito dezenove vinte trinta cem "
    "cento centos milhão milhões bilhões "
    # Italian
    "tre quattro cinque sette otto dieci undici dodici tredici quattordici quindici sedici diciassette diciotto "
    "diciannove venti trenta quaranta cinquanta sessanta settanta ottanta novanta mila milione milioni miliardo "
    "miliardi decine centinaia migliaia "
    # Dutch and Scandinavian
    "twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien twintig dertig veertig vijftig zestig "
    "zeventig tachtig negentig honderd duizend miljoen miljard två fyra fem sex sju åtta nio tio elva tolv tjugo "
    "hundra "
    "tusen fire syv otte tolv tyve "
    # Polish
    "dwa dwie trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście dwadzieścia sto tysiąc "
    "tysiące "
    "milion miliony "
    # Russian and Ukrainian
    "один одна два две три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать "
    "пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать тридцать сорок пятьдесят шестьдесят "
    "семьдесят "
    "восемьдесят девяносто сто двести триста сотни тысяча тысячи тысяч миллион миллиона миллионов миллиард миллиарда "
    "дві чотири п'ять шість сім вісім дев'ять одинадцять дванадцять двадцять тисяч мільйон"
) - word_set("six once sex otte elf fire mil")
"""Without those that are common English words; a German “elf” is told by the pattern, which is for such texts."""
_GERMAN_PARTS = (
    "ein|eins|eine|einund|zwei|zwo|drei|vier|fünf|fuenf|sechs|sech|sieben|sieb|acht|neun|zehn|elf|zwölf|zwoelf|zwanzig|"
    "dreißig|dreissig|zig|ßig|und|hundert|tausend|million|millionen|milliarde|milliarden|dutzend"
)
_GERMAN = re.compile(rf"(?!(?:ein|eine|und|elf|acht)\Z)(?:{_GERMAN_PARTS})+(?:te[nmrs]?|ste[nmrs]?|fach|mal)?")
_LONGEST = 64
_SIGNS = {"%": "percent", "$": "dollars", "€": "euros", "£": "pounds", "¥": "yen"}
UNITS = frozenset(_SIGNS.values())
"""What signs before or behind a number stand for: with another one, or without it, it is another amount."""
_BEFORE = re.compile(r"([$€£¥]) ?([0-9]+(?:[.,][0-9]+)*)")
_BEHIND = re.compile(r"(?<=[0-9])[ \u00a0\u202f]?([%€£$¥])")
_DECIMAL_COMMA = re.compile(r",(?![0-9]{3}(?![0-9]))")
_PER_CENT = re.compile(r"\bper cent\b", re.IGNORECASE)


def is_numeral(word: str) -> bool:
    """Whether a word counts, orders or parts, whichever way it is written."""
    lower = word.lower()
    return any(map(str.isnumeric, word)) or lower in _ENGLISH or lower in _ELSEWHERE or _is_german(lower)


@lru_cache(maxsize=1 << 12)
def _is_german(word: str) -> bool:
    # Longer than any number that somebody writes out: what may be cut in many ways takes time.
    return len(word) <= _LONGEST and _GERMAN.fullmatch(word) is not None


def plain(text: str) -> str:
    """The text with its amounts in plain figures, and the signs behind or before them as words behind them."""
    written = _PER_CENT.sub("percent", text)
    for start, end, value in reversed(_amounts(written)):
        written = written[:start] + value + written[end:]
    written = _BEFORE.sub(lambda found: f"{found[2]} {_SIGNS[found[1]]}", written)
    return _BEHIND.sub(lambda found: f" {_SIGNS[found[1]]}", written)


def _amounts(text: str) -> list[tuple[int, int, str]]:
    """Where amounts stand (but “one” alone, which mostly counts nothing), without their signs, and each in figures."""
    found = []
    for one in numbers(text):
        written = text[one.start : one.end].rstrip(".")
        digits = written.lstrip("$€£¥₹ ")
        # A decimal comma may be another country's, or a slip for a thousand's.
        if digits.lower() != "one" and not _DECIMAL_COMMA.search(digits):
            end = one.start + len(written)
            found.append((end - len(digits), end, format(one.value, ".15g")))
    return found
