"""Records that a file gives twice: the first one counts, the others are told where it stands."""

from index.errors import ReadError
from index.types import Document

_REMEMBERED = 1 << 14
"""So many records at least, twice as many at most: a run tells of what came before them, but not on which line."""


class Repeats:
    """What names the last documents of one file, each name with the number of its line or mail."""

    def __init__(self, uri: str) -> None:
        self._sums = f"{uri}#sha="
        self._latest: dict[tuple[str, str], int] = {}
        self._earlier = self._latest

    def checked(self, document: Document, number: int) -> Document:
        """The document, unless its id, or its URI where it has none, came before. Raises ReadError."""
        name = ("id", document.id) if document.id is not None else ("url", document.uri)
        first = self._first(name, number)
        if first == number:
            return document
        if document.id is None and document.uri.startswith(self._sums):
            raise ReadError(f"the same as line {first}")
        raise ReadError(f"its {name[0]} {name[1]} was given on line {first} already; {name[0]}s must differ")

    def checked_mail(self, document: Document, number: int) -> Document:
        """The same for a mail, which is known by its Message-ID. Raises ReadError."""
        first = self._first(("mail", document.uri), number)
        if first == number:
            return document
        if document.uri.startswith(self._sums):
            raise ReadError(f"the same as mail {first}")
        identity = document.meta.get("message_id")
        raise ReadError(f"its Message-ID {identity} was given by mail {first} already; they must differ")

    def _first(self, name: tuple[str, str], number: int) -> int:
        """The number under which a name came first, as far as that is remembered."""
        if len(self._latest) >= _REMEMBERED:
            self._earlier, self._latest = self._latest, {}
        return self._earlier.get(name) or self._latest.setdefault(name, number)
