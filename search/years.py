"""Years that questions name, and whether a text tells of them, also as seen from the date of its document."""

import re
from dataclasses import dataclass
from itertools import pairwise

from index.terms import term_texts
from index.types import Ref
from search.deeds import deed_of
from search.told import is_told
from search.wordings import word_set

_YEAR = re.compile(r"(?<![\w.,])(?P<year>1[0-9]{3}|20[0-9]{2})(?P<decade>['’]?s)?(?![\w]|[.,][0-9])")
_SHORT = re.compile(r"(?<!\w)(?P<from>1[0-9]{3}|20[0-9]{2})[-–—/](?P<to>[0-9]{2})(?![\w])")
_CENTURY = re.compile(r"\b(1?[1-9]|1[0-9]|2[01])(?:st|nd|rd|th)[ -]century\b")
_NUMBERED = word_set("resolution flight directive regulation article section route room flat order number no no.")
"""What stands behind these is no year: “Resolution 1441”."""
_ASIDE = re.compile(
    r"\b(?:that|which|who|whom|whose|where|when) [^.;:,“”\n]{0,80}?\bin [12][0-9]{3}\b"
    r"|\b(?:since|record of) [12][0-9]{3}\b"
)
_IN = re.compile(r"\bin [12][0-9]{3}\b", re.IGNORECASE)
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


@dataclass(frozen=True, slots=True)
class Years:
    """The years that a question names, all of a decade's, and the term of what was done then, if it asks of a deed."""

    asked: frozenset[int]
    deed: str | None

    def are_told_by(self, document: Ref, text: str, before: str) -> bool:
        """Whether a paragraph of a document tells one of them, or its title, its date, or the paragraph before it.

        What is of no year, as far as it tells, may be of that one.
        """
        published = _published(document)
        text = f"{document.title or ''}\n{text}"
        if published in self.asked or (published is None and not _YEAR.search(text)):
            return True
        parts = (text, before) if published is None else map(self._done, (text, before))
        return any(_tells(self.asked, part, published) for part in parts)

    def named_in(self, document: Ref, sentence: str) -> frozenset[str]:
        """Those of them that a sentence names as its document's date has it: “last year”."""
        published, lower = _published(document), sentence.lower()
        if published is None:
            return frozenset()
        named = {published + by for name, by in _NAMED.items() if name in lower}
        return frozenset(str(year) for year in self.asked & named)

    def _done(self, text: str) -> str:
        """A text without what it tells of another deed: who broke the record “that Ada Orr set in 2018” won later."""
        deed = self.deed
        if deed is None:
            return text
        return _ASIDE.sub(lambda aside: aside[0] if is_told(deed, term_texts(aside[0])) else " ", text)


def years_of(question: str) -> Years | None:
    """The years that a question names; None without any."""
    asked = frozenset(
        year
        for found in _YEAR.finditer(question)
        if _NUMBERED.isdisjoint(question[max(0, found.start() - 40) : found.start()].lower().split()[-1:])
        for year in _years(int(found["year"]), bool(found["decade"]))
    )
    return Years(asked, deed_of(question) if _IN.search(question) else None) if asked else None


def _published(document: Ref) -> int | None:
    year = (document.published or "")[:4]
    return int(year) if year.isdigit() else None


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
