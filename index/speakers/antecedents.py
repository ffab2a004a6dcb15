"""“He said”: whom a pronoun means, by who was spoken of last, how prominently, and who agrees."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.speakers.namings import Gender
from index.speakers.topics import Topic

SAYER, SUBJECT, PRONOUN, CLAUSE, NAMED, POSSESSIVE, OBJECT, MODIFIER = 1.0, 1.0, 0.95, 0.8, 0.5, 0.5, 0.4, 0.15
"""How prominent a place in its sentence makes somebody."""
DOUBTFUL = 0.8
"""What remains of it for a name that may be no person's: enough to make it unsure who is meant."""
WITHIN_SAID = 0.5
"""What remains of it in what somebody was reported to say."""
_DECAY = 0.55
"""What remains of it with each sentence that lies between."""
_UNKNOWN_GENDER = 0.85
"""What remains of it where only the pronoun has a gender."""
_LEAST, _MOST_RIVAL, _MOST_BARRED = 0.02, 0.65, 1.0
"""How prominent whoever is meant must be, and next to that the second and those who cannot be meant at the most."""
_REACH = 8
"""How many sentences back an antecedent may stand."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """Somebody spoken of at a place, with their prominence there."""

    topic: Topic
    weight: float


class Antecedents:
    """Who was spoken of so far in an article; grows in the order of the text."""

    def __init__(self) -> None:
        self.sentences: Sequence[int] = ()
        self._recent: list[tuple[int, int, Appearance]] = []

    def add(self, appearance: Appearance) -> None:
        """Note somebody; places must not decrease by more than a sentence."""
        place = appearance.topic.start
        self._recent.append((self.sentence_of(place), place, appearance))

    def find(self, start: int, gender: Gender, but: frozenset[str], least: float = _LEAST) -> Topic | None:
        """Whom a pronoun at `start` means, None when unsure; `but` are surnames that it cannot mean.

        `gender` "" agrees with everybody; `least` is how prominent the one meant must still be.
        """
        scores: dict[str, tuple[float, Topic]] = {}
        barred = 0.0
        for score, topic in self._scored(start, gender):
            if topic.surname and topic.surname in but:
                barred = max(barred, score)
                continue
            key = topic.name or "?"
            if key not in scores or scores[key][0] < score:
                scores[key] = (score, topic)
        ranked = sorted(scores.values(), key=lambda scored: (-scored[0], scored[1].start))
        if not ranked or ranked[0][0] < least or ranked[0][1].name is None:
            return None
        if len(ranked) > 1 and ranked[1][0] > _MOST_RIVAL * ranked[0][0]:
            return None
        if barred > _MOST_BARRED * ranked[0][0]:
            # nobody speaks of themselves by name, but who is left then is a mere bystander
            return None
        best = ranked[0][1]
        if not best.is_person and (len(ranked) > 1 or barred or least > _LEAST):
            return None
        return Topic(start, best.name, gender or best.gender, best.surname)

    def sentence_of(self, place: int) -> int:
        """The number of the sentence that holds a place."""
        return bisect_left(self.sentences, place + 1)

    def is_anyone_beside(self, start: int) -> bool:
        """Whether somebody was spoken of earlier in the sentence of a place."""
        here = self.sentence_of(start)
        return any(sentence == here and place < start for sentence, place, _ in self._recent[-10:])

    def _scored(self, start: int, gender: Gender) -> Iterator[tuple[float, Topic]]:
        here = self.sentence_of(start)
        for sentence, place, appearance in reversed(self._recent[-120:]):
            if here - sentence > _REACH:
                break
            agrees = not gender or appearance.topic.gender in ("", gender)
            if place < start and agrees:
                sure = 1.0 if appearance.topic.gender or not gender else _UNKNOWN_GENDER
                yield appearance.weight * sure * _DECAY ** (here - sentence), appearance.topic
