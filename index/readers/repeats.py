"""Records that a file gives twice: the first one counts, the others are told where it stands."""

from index.errors import ReadError
from index.types import Document


class Repeats:
    """What names the documents of one file so far, each name with the number of its line or mail."""

    def __init__(self, uri: str) -> None:
        self._sums = f"{uri}#sha="
        self._seen: dict[tuple[str, str], int] = {}

    def checked(self, document: Document, number: int) -> Document:
        """The document, unless its id, or its URI where it has none, came before. Raises ReadError."""
        name = ("id", document.id) if document.id is not None else ("url", document.uri)
        first = self._seen.setdefault(name, number)
        if first == number:
            return document
        if document.id is None and document.uri.startswith(self._sums):
            raise ReadError(f"the same as line {first}")
        raise ReadError(f"its {name[0]} {name[1]} was given on line {first} already; {name[0]}s must differ")

    def checked_mail(self, document: Document, number: int) -> Document:
        """The same for a mail, which is known by its Message-ID. Raises ReadError."""
        first = self._seen.setdefault(("mail", document.uri), number)
        if first == number:
            return document
        if document.uri.startswith(self._sums):
            raise ReadError(f"the same as mail {first}")
        identity = document.meta.get("message_id")
        raise ReadError(f"its Message-ID {identity} was given by mail {first} already; they must differ")
