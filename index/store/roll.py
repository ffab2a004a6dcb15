"""Who is who: statements by their speakers."""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

from index.speakers import count_mentions, describe
from index.store.identity import Person
from index.types import StoredSpeaker


@dataclass(slots=True)
class _Told:
    """Of the statements of a name, or of a speaker, the mentions, where there are some, and the rows of documents."""

    mentions: list[str] = field(default_factory=list)
    documents: "array[int]" = field(default_factory=lambda: array("q"))

    def add(self, other: "_Told") -> None:
        self.mentions += other.mentions
        self.documents += other.documents


class Roll(Sequence[StoredSpeaker]):
    """Those who said something, most statements first; each is counted and described when looked at."""

    def __init__(
        self,
        namings: Iterable[tuple[str, str | None, int, str | None]],
        bearers: Callable[[Iterable[str]], Mapping[str, Person]],
    ) -> None:
        """Of each statement: its speaker's name, the mention, the row of its document, and its date.

        `bearers` tells who they are; names that it leaves out are not listed.
        """
        named: dict[str, _Told] = {}
        known: dict[str, str] = {}
        self._published: dict[int, str | None] = {}
        for name, mention, document, published in namings:
            told = named.get(name)
            if told is None:
                told = named[name] = _Told()
            if mention:
                # “He” is kept once.
                told.mentions.append(known.setdefault(mention, mention))
            told.documents.append(document)
            self._published[document] = published
        people: dict[str, tuple[Person, _Told]] = {}
        for name, person in sorted(bearers(named).items()):
            people.setdefault(person.id, (person, _Told()))[1].add(named[name])
        self._told = sorted(people.values(), key=lambda one: (-len(one[1].documents), one[0].name, one[0].id))

    @property
    def statements(self) -> int:
        """How many statements are theirs."""
        return sum(len(told.documents) for _, told in self._told)

    def __len__(self) -> int:
        return len(self._told)

    @overload
    def __getitem__(self, at: int) -> StoredSpeaker: ...
    @overload
    def __getitem__(self, at: slice) -> list[StoredSpeaker]: ...
    def __getitem__(self, at: int | slice) -> StoredSpeaker | list[StoredSpeaker]:
        if isinstance(at, slice):
            return [_speaker(*one, self._published) for one in self._told[at]]
        return _speaker(*self._told[at], self._published)


def _speaker(person: Person, told: _Told, published: Mapping[int, str | None]) -> StoredSpeaker:
    mentions = count_mentions(told.mentions)
    documents = set(told.documents)
    dates = [day for document in documents if (day := published[document])]
    return StoredSpeaker(
        id=person.id,
        name=person.name,
        description=describe(dict(mentions)),
        mentions=mentions,
        statements=len(told.documents),
        documents=len(documents),
        first=min(dates, default=None),
        last=max(dates, default=None),
    )
