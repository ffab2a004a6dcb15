"""Somebody spoken of in an article."""

from dataclasses import dataclass

from index.speakers.namings import Gender


@dataclass(frozen=True, slots=True)
class Topic:
    """Somebody a following pronoun may mean; `name` None for one whom nobody named, `surname` "" for a body.

    `may_be_person` is a name of several words that nothing tells to be a person's, or not to be one's.
    """

    start: int
    name: str | None
    gender: Gender
    surname: str
    is_person: bool = True
    may_be_person: bool = False
