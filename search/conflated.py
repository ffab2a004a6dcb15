"""Rare names that share their stem with commoner words: Clarke and Clark, Islamism and Islam."""

import re
from collections.abc import Sequence

from index.folding import fold
from index.library import Snapshot
from index.terms import content_terms, places
from index.types import Filters, Hit

_READ = 200
"""So many paragraphs that hold a stem are read at most to see which of them hold the word, for a millisecond or two."""
_WORDS = 5
"""Of so many words of a question this is asked, those with the rarest stems."""
_ACCENTED = re.compile(r"[^\W\d_\x00-\x7f]")


def holders_of_forms(
    snapshot: Snapshot, text: str, terms: Sequence[str], filters: Filters, most: int
) -> list[list[Hit]]:
    """Of each of these terms of a question that too many paragraphs hold: the few that hold the word as it is asked.

    The rarest word first. A word that more than `most` hold, or that one of them writes in small letters, is no rare
    name; nor is one whose stem more than `_READ` hold, who are not read.
    """
    # Other letters than Latin ones are not stemmed.
    counts = {term: snapshot.document_frequency(term) for term in terms if term.isascii()}
    asked = {(fold(text[one.start : one.end]).text, one.text) for one in content_terms(text) if one.text in counts}
    few = sorted((counts[term], form, term) for form, term in asked if most < counts[term] <= _READ)
    found = []
    for count, form, term in few[:_WORDS]:
        hits = snapshot.lexical([term], count, filters)
        written = [_written(passage, term, form) for _, passage in snapshot.texts([hit.row for hit in hits])]
        holding = [hit for hit, words in zip(hits, written, strict=True) if words]
        if len(holding) <= most and not any(word[0].islower() for words in written for word in words):
            found.append(holding)
    return sorted(found, key=len)


def _written(passage: str, term: str, form: str) -> list[str]:
    """How a passage writes a word, wherever it does."""
    if _ACCENTED.search(passage):
        words = [passage[place.start : place.end] for place in places(passage, {term})]
        return [word for word in words if fold(word).text == form]
    return re.findall(rf"(?<![^\W\d_]){re.escape(form)}(?![^\W\d_])", passage, re.IGNORECASE)
