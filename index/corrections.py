"""The user's corrections of who said what: recorded here, applied whenever a library is read."""

from index.errors import (
    CorrectionNotFoundError,
    InvalidValueError,
    SpeakerNotFoundError,
    StatementNotFoundError,
    UsageError,
)
from index.speakers import is_form, is_full
from index.store.identity import Correction, Person
from index.store.local import LocalLibrary
from index.store.snapshot import LocalSnapshot


class AmbiguousSpeakerError(UsageError):
    """A name that several speakers carry."""

    def __init__(self, speaker: str, candidates: list[str]) -> None:
        self.speaker, self.candidates = speaker, candidates
        super().__init__(f"{speaker}: several speakers have this name ({', '.join(candidates)}); use an id")


def standing(library: LocalLibrary) -> list[Correction]:
    """Every correction that holds, oldest first. Raises LibraryMissingError."""
    with library.snapshot() as snapshot:
        return snapshot.corrections()


def undo(library: LocalLibrary, number: int) -> Correction:
    """Take a correction back, and return it. Raises CorrectionNotFoundError."""
    found = next((one for one in standing(library) if one.number == number), None)
    if found is None:
        raise CorrectionNotFoundError(number)
    library.correct("undo", str(number), None)
    return found


def merge(library: LocalLibrary, speaker: str, into: str) -> Correction:
    """Say that one speaker is another; both by id or name.

    Raises SpeakerNotFoundError, AmbiguousSpeakerError, InvalidValueError where they are one already.
    """
    with library.snapshot() as snapshot:
        one, other = _person(snapshot, speaker), _person(snapshot, into)
    if one.id == other.id:
        raise InvalidValueError("into", into, f"another speaker than {one.name}")
    return library.correct("merge", _lasting(one), _lasting(other))


def split(library: LocalLibrary, speaker: str, name: str) -> Correction:
    """Say that a name is not this speaker's.

    Raises SpeakerNotFoundError, AmbiguousSpeakerError, InvalidValueError where none of their statements carries it.
    """
    with library.snapshot() as snapshot:
        person = _person(snapshot, speaker)
        names = sorted(snapshot.directory().names_of(person))
        if not any(is_form(known, name) for known in names):
            known = ", ".join(names)
            mend = "mend what one article calls them by reattributing its statements"
            raise InvalidValueError("name", name, f"one that {person.name}'s statements carry ({known}); {mend}")
    return library.correct("split", _lasting(person, but=name), name)


def reject(library: LocalLibrary, statement: str) -> Correction:
    """Say that this is no statement. Raises StatementNotFoundError."""
    return library.correct("reject", statement, None, _wording(library, statement))


def reattribute(library: LocalLibrary, statement: str, name: str | None) -> Correction:
    """Say whose statement this is; None for nobody known. Raises StatementNotFoundError.

    A surname alone means whom the library knows by it, if that is one speaker.
    """
    worded = _wording(library, statement)
    if name is not None and not is_full(name):
        with library.snapshot() as snapshot:
            found = snapshot.directory().find(name)
        name = _lasting(found[0]) if len(found) == 1 else name
    return library.correct("reattribute", statement, name, worded)


def _lasting(person: Person, but: str | None = None) -> str:
    """A name by which a correction finds somebody again; an upgrade of the rules for names may change ids."""
    names = [name for name in person.names if but is None or not is_form(name, but)] or [person.id]
    return person.name if person.name in names else max(names, key=lambda name: (len(name), name))


def _person(snapshot: LocalSnapshot, typed: str) -> Person:
    found = snapshot.directory().find(typed)
    if not found:
        raise SpeakerNotFoundError(typed)
    if len(found) > 1:
        raise AmbiguousSpeakerError(typed, [f"{person.name} {person.id}" for person in found])
    return found[0]


def _wording(library: LocalLibrary, statement: str) -> str:
    with library.snapshot() as snapshot:
        worded = snapshot.wording(statement)
    if worded is None:
        raise StatementNotFoundError(statement)
    return worded
