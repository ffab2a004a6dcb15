"""Somebody spoken of in an article."""

from dataclasses import dataclass

from index.speakers.namings import Gender


@dataclass(frozen=True, slots=True)
class Topic:
    """Somebody a following pronoun may mean; `name` None for one whom nobody named, `surname` "" for a body."""

    start: int
    name: str | None
    gender: Gender
    surname: str
    is_person: bool = True
