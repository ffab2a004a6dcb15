"""The date of publication that a web page states of itself, for machines to read."""

import re
from collections.abc import Iterator
from typing import Any

from index.readers.dates import normalise_date

# Open Graph, schema.org, Dublin Core, then what content management systems write besides.
_NAMES = (
    *("article:published_time", "og:article:published_time", "datepublished", "article:published", "article.published"),
    *("dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date", "citation_publication_date", "citation_date"),
    *("parsely-pub-date", "sailthru.date", "pubdate", "pub_date", "publishdate", "publish-date", "publish_date"),
    *("publication_date", "published_time", "published", "date"),
)
_JSON_LD = re.compile(r'"datePublished"\s{0,20}:\s{0,20}"([^"\\]{1,100})"')
_EARLIEST = "1500"
"""The year of what may have been printed; what programs write for no date at all lies before."""
_LONGEST = 200
_MOST_JSON = 1 << 20
"""Characters of a script that are looked at."""


def page_date(tree: Any) -> tuple[str | None, str | None]:
    """The UTC date that a page's `meta` elements or JSON-LD state, and else the first of their values that is none.

    htmldate would make the 1st of February of a 31st, and choose a reading of `03/04/2031`.
    """
    first = None
    for value in _stated(tree):
        day = normalise_date(value)
        if day is not None and day >= _EARLIEST:
            return day, None
        first = first or value
    return None, first


def _stated(tree: Any) -> Iterator[str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        value = " ".join((element.get("content") or "").split())
        names = " ".join(element.get(key) or "" for key in ("property", "name", "itemprop"))
        for name in names.lower().split() if value else ():
            found.setdefault(name, value[:_LONGEST])
    yield from (found[name] for name in _NAMES if name in found)
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json" and (match := _JSON_LD.search((script.text or "")[:_MOST_JSON])):
            yield match[1]
