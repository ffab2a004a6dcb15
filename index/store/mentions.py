"""How sayers are worded where they say something, and which statements have each wording."""

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable

from index.store import pieces
from index.store.filters import live

MENTION = pieces.cut("s.mention_start", "s.mention_end")
"""The mention of a row `s` of `statements`; `c` is `contents`, and joined is `MENTIONED`."""
MENTIONED = pieces.joined("s.content", "s.mention_start", "s.mention_end")


class Mentions:
    """Rows of `statements` by the wording of their sayer, for one generation: read once, and then kept."""

    def __init__(self, db: sqlite3.Connection, generation: int) -> None:
        by_wording: dict[str, array[int]] = defaultdict(lambda: array("q"))
        query = (
            f"SELECT s.statement, {MENTION} FROM statements s JOIN contents c USING (content) {MENTIONED} "
            f"WHERE s.mention_start IS NOT NULL AND {live('s', generation)}"
        )
        for statement, mention in db.execute(query):
            if mention:
                by_wording[mention].append(statement)
        self._by_wording = dict(by_wording)

    @property
    def wordings(self) -> Collection[str]:
        """Each wording, in no order."""
        return self._by_wording.keys()

    def statements(self, wordings: Iterable[str]) -> list[int]:
        """The rows of `statements` whose sayers are worded in one of these ways, in no order."""
        return [row for wording in wordings for row in self._by_wording.get(wording, ())]
