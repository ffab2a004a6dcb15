"""Statements of the time that a question names: by the dates of their documents, or where their sentences tell it."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.library import Snapshot
from index.terms import term_texts
from index.types import StoredStatement
from search.relevance import Places, held
from search.times import When, today

_MOST_LOOKED_AT = 200
"""Of so many statements of other dates the sentences are looked at for the time."""


@dataclass(frozen=True, slots=True)
class Dated:
    """Of given statements, those of a time, and what a refusal tells of the others: never is one lost silently.

    `is_known` is False where no statement has a date: then a time is words like others.
    """

    when: When
    then: tuple[StoredStatement, ...]
    others: tuple[StoredStatement, ...]
    is_known: bool

    def account(self) -> str:
        """One sentence for a refusal: how the time was read, how many statements are of it, and when the others are."""
        dates = sorted(one.document.published for one in (*self.then, *self.others) if one.document.published)
        if not dates:
            return f"No statement has a date that could be {self._read('')}."
        undated = len(self.then) + len(self.others) - len(dates)
        told = f" and {undated} without a date" if undated else ""
        span = dates[0] if dates[0] == dates[-1] else f"{dates[0]} to {dates[-1]}"
        count = {0: "None of these is", 1: "1 of these is"}.get(len(self.then), f"{len(self.then)} of these are")
        return f"{count} of {self._read(dates[-1])}; all are dated {span}{told}."

    def _read(self, newest: str) -> str:
        if not newest:
            return f"“{self.when.worded}”"
        first, last = self.when.days(newest, today())
        read = " to ".join(str(day) for day in dict.fromkeys((first, last)) if day)
        if first is None or last is None:
            read = f"from {read} on" if first else f"up to {read}"
        return f"“{self.when.worded}” ({read})"


def statements_then(snapshot: Snapshot, when: When, statements: Sequence[StoredStatement]) -> Dated:
    """Part statements by whether their documents are of a time, or they say themselves that they are."""
    dates = [one.document.published for one in statements if one.document.published]
    if not dates:
        return Dated(when, (), tuple(statements), is_known=False)
    newest, day = max(dates), today()
    then = [one for one in statements if one.document.published and when.holds(one.document.published, newest, day)]
    ids = {one.id for one in then}
    told = _telling_so(snapshot, when, [one for one in statements if one.id not in ids])
    ids.update(one.id for one in told)
    parts = {among: tuple(one for one in statements if (one.id in ids) is among) for among in (True, False)}
    return Dated(when, parts[True], parts[False], is_known=True)


def _telling_so(snapshot: Snapshot, when: When, others: Sequence[StoredStatement]) -> list[StoredStatement]:
    """Those whose sentence names the same month, day or year: “he said in October”, in an article of December."""
    names = frozenset(term_texts(" ".join(when.names)))
    if not names:
        return []
    looked_at = others[:_MOST_LOOKED_AT]
    ids = dict.fromkeys(one.document.id for one in looked_at)
    places = Places([p for identity in ids for p in snapshot.document(identity).paragraphs if p.kind == "body"])
    # Right behind the verb a time is that of saying it: one within the words is when something else happened.
    return [
        one
        for one in looked_at
        if names <= places.sentence_of(one) and (when.is_behind_topic or not names <= held(one.said))
    ]
