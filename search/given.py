"""Whether what is cited gives what is asked for: the amount, the number of things, and of the year that is named."""

import re
from collections.abc import Sequence
from itertools import pairwise

from index.datelines import body_start
from index.library import Snapshot
from index.terms import term_texts
from search import circumstances
from search.narrowing import is_of_other_month
from search.quantities import given, wanted
from search.reading import Passage, Reading, shown
from search.types import Citation
from search.wordings import word_set

_YEAR = re.compile(r"(?<![\w.,])(?P<year>1[0-9]{3}|20[0-9]{2})(?P<decade>['’]?s)?(?![\w]|[.,][0-9])")
_SHORT = re.compile(r"(?<!\w)(?P<from>1[0-9]{3}|20[0-9]{2})[-–—/](?P<to>[0-9]{2})(?![\w])")
_CENTURY = re.compile(r"\b(1?[1-9]|1[0-9]|2[01])(?:st|nd|rd|th)[ -]century\b")
_NUMBERED = word_set("resolution flight directive regulation article section route room flat order number no no.")
"""What stands behind these is no year: “Resolution 1441”."""
_NAMED = {"last year": -1, "previous year": -1, "this year": 0, "next year": 1, "coming year": 1}
_DECADES = {
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}


def is_given(snapshot: Snapshot, question: str, reading: Reading, cited: Sequence[Citation]) -> bool:
    """Whether some citation shows an amount of the kind, or a number of the things, that a question asks for.

    So must who did it, where or when be told, if the likeliest tells that it was done. Where a question names a year,
    some citation must tell of it, beside it or by its document's date; where a level is asked of a month, of that one.
    """
    asking = reading.asking
    if asking.is_of_amount and not any(asking.is_shown_by(one.text[body_start(one.text) :]) for one in cited):
        return False
    asks = circumstances.asked(question)
    told = [circumstances.told_in(asks, reading, at) for one in cited for at in shown(reading, one)] if asks else []
    # “It was built in 1932” shows that nobody tells who did it, whatever is likelier; when and where clauses may leave.
    is_first = bool(told) and (told[0] is False or (asks is not None and asks.is_of_doer))
    if is_first and False in told and not any(told):
        return False
    if _is_of_other_month(question, cited):
        return False
    years = _asked_years(question)
    passages = {one.paragraph.id: one for one in reading.passages}
    return not years or any(_is_of(snapshot, years, passages.get(one.passage_id), one) for one in cited)


def _is_of_other_month(question: str, cited: Sequence[Citation]) -> bool:
    """Whether a level is asked of a month, and whatever is cited that gives one tells it of others."""
    asked = wanted(question)
    if asked is None or "date" in asked.kinds:
        return False
    giving = [one for one in cited if given(asked, one.text, one.document.language)]
    return bool(giving) and all(
        is_of_other_month(question, one.text, one.document.title or "", one.document.published) for one in giving
    )


def _asked_years(question: str) -> frozenset[int]:
    return frozenset(
        year
        for found in _YEAR.finditer(question)
        if _NUMBERED.isdisjoint(question[max(0, found.start() - 40) : found.start()].lower().split()[-1:])
        for year in _years(int(found["year"]), bool(found["decade"]))
    )


def _is_of(snapshot: Snapshot, asked: frozenset[int], passage: Passage | None, cited: Citation) -> bool:
    """Whether a citation's passage tells one of these years, or its title, its date, or the paragraph before it.

    What is of no year, as far as it tells, may be of that one.
    """
    of = cited.document
    published = int(of.published[:4]) if of.published and of.published[:4].isdigit() else None
    text, start = (passage.paragraph.text, passage.paragraph.start) if passage else (cited.text, cited.start)
    text = f"{of.title or ''}\n{text}"
    if published in asked or _tells(asked, text, published) or (published is None and not _YEAR.search(text)):
        return True
    before = snapshot.document(of.id).text[:start].rstrip()
    return _tells(asked, before[before.rfind("\n") + 1 :], published)


def _tells(asked: frozenset[int], text: str, published: int | None) -> bool:
    """Whether a text has one of these years, or two between which one lies, or names it as seen from its own date."""
    if not {str(year) for year in asked}.isdisjoint(term_texts(text)):
        return True
    told = [_years(int(found["year"]), bool(found["decade"])) for found in _YEAR.finditer(text)]
    told += [_years(100 * int(one[1]) - 100, is_decade=True) for one in _CENTURY.finditer(text)]
    told += [_season(int(one["from"]), int(one["to"])) for one in _SHORT.finditer(text)]
    told += [range(min(one), max(other) + 1) for one, other in pairwise(told) if one and other]
    if any(not asked.isdisjoint(years) for years in told):
        return True
    lower = text.lower()
    if published and any(name in lower and published + by in asked for name, by in _NAMED.items()):
        return True
    return any(name in lower and any(y % 100 - y % 10 == tens for y in asked) for name, tens in _DECADES.items())


def _years(year: int, is_decade: bool) -> range:
    return range(year, year + (100 if year % 100 == 0 else 10)) if is_decade else range(year, year + 1)


def _season(first: int, last: int) -> range:
    """“1999-00” ends in the year 2000."""
    return range(first, first + (last - first) % 100 + 1)
