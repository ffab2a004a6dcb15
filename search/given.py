"""Whether what is cited gives what is asked for: the amount, the number of things, and of the year that is named."""

import re
from collections.abc import Sequence

from index.datelines import body_start
from search import circumstances
from search.absent import amounts
from search.answer_types import occasion_terms
from search.narrowing import is_of_other_time
from search.quantities import given, wanted
from search.reading import Reading, shown
from search.types import Citation
from search.undone import is_otherwise
from search.untold import is_untold

_NEAR_TIME = re.compile(
    r"\b(?:in|within) (?:(?:about|some|around|roughly) )?[\w-]+ (?:days|weeks|months|years)\b"
    r"|\b(?:last|next) (?:week|month|year|spring|summer|autumn|fall|winter)\b"
    r"|\b(?:days?|weeks?|months?|years?) ago\b",
    re.IGNORECASE,
)
"""When something begins, told from the day of the text: “in about 15 months”."""


def is_given(question: str, reading: Reading, cited: Sequence[Citation]) -> bool:
    """Whether some citation shows an amount of the kind, a number of the things, or when what is asked about happened.

    So must who did it, where or when be told, if the likeliest tells that it was done. Where a question names a year,
    some citation must tell of it, beside it or by its document's date; where a level is asked of a month or a year, of
    that one. A deed that is asked about as done must not be told as denied, wanted or possible alone, one that
    is asked about as not done must be denied, and one that texts tell by its own verb must be told.
    """
    asking = reading.asking
    is_shown = asking.is_of_amount or occasion_terms(question)
    told_below = [one.text[body_start(one.text) :] for one in cited]
    is_near = not asking.is_of_amount and any(map(_NEAR_TIME.search, told_below))
    if is_shown and not is_near and not any(map(asking.is_shown_by, told_below)):
        return False
    if asking.measure is not None and asking.measure.of is not None:
        giving = set(amounts(reading))
        if not any(number in giving for one in cited for number in shown(reading, one)):
            return False
    asks = circumstances.asked(question)
    told = [circumstances.told_in(asks, reading, at) for one in cited for at in shown(reading, one)] if asks else []
    # “It was built in 1932” shows that nobody tells who did it, whatever is likelier; when and where clauses may leave.
    is_first = bool(told) and (told[0] is False or (asks is not None and asks.is_of_doer))
    if is_first and False in told and not any(told):
        return False
    if _is_of_other_time(question, cited) or is_otherwise(question, cited) or is_untold(question, reading, cited):
        return False
    passages = {one.paragraph.id: one for one in reading.passages}
    return any(passages[one.passage_id].is_of_years for one in cited)


def _is_of_other_time(question: str, cited: Sequence[Citation]) -> bool:
    """Whether a level is asked of a month or a year, and whatever is cited that gives one tells it of others."""
    asked = wanted(question)
    if asked is None or "date" in asked.kinds:
        return False
    giving = [one for one in cited if given(asked, one.text, one.document.language)]
    return bool(giving) and all(
        is_of_other_time(question, one.text, one.document.title or "", one.document.published) for one in giving
    )
