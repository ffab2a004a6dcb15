"""Which documents a run has taken up, so that no id is given twice in it: in memory that hardly grows with it."""

from collections.abc import Collection

from index.bitset import BitSet
from index.store.records import DocumentRow


class Claims:
    """Ids that are given in this run.

    Of a document that is written, or found as it was, the row tells id and URI: only which rows those are is kept here.
    """

    def __init__(self) -> None:
        self._waiting: dict[str, str] = {}
        self._rows = BitSet()

    def put(self, identity: str, uri: str) -> None:
        """Claim an id for a document that is still to be written."""
        self._waiting[identity] = uri

    def settle(self, identity: str, row: int) -> None:
        """The document of that id is written now, to this row, where it stays for the run."""
        self._waiting.pop(identity, None)
        self.take_up(row)

    def take_up(self, row: int) -> None:
        """The live document in this row is as it was found, or is being replaced."""
        self._rows.add(row)

    def holder(self, identity: str, row: DocumentRow | None) -> str | None:
        """The URI of the document that was given this id in this run; `row` is the live document of the id, if any."""
        return self._waiting.get(identity) or (row.uri if row and row.row in self._rows else None)

    def unclaimed(self, rows: Collection[DocumentRow]) -> list[DocumentRow]:
        """Those of these documents that the run has not taken up."""
        return [row for row in rows if row.id not in self._waiting and row.row not in self._rows]
