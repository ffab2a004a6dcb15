"""How long a run of `quoth index` will still take, by what its stages tell."""

import time
from collections import deque
from dataclasses import dataclass

_RATE_SECONDS = 30.0
"""A rate is that of so long."""

_LEAST_SECONDS = 2.0
"""After less nothing is told: the first documents are read at once, and wait to be embedded."""


class EmbeddingRate:
    """How many paragraphs were embedded so far, and how many a second of late."""

    def __init__(self, now: float) -> None:
        self._seen: deque[tuple[float, int]] = deque([(now, 0)])

    def note(self, done: int, now: float) -> None:
        """Take in that `done` are embedded at the time `now`."""
        self._seen.append((now, done))
        while len(self._seen) > 2 and now - self._seen[0][0] > _RATE_SECONDS:
            self._seen.popleft()

    @property
    def a_second(self) -> float:
        """Paragraphs a second; 0 before there are any."""
        (since, before), (until, done) = self._seen[0], self._seen[-1]
        return (done - before) / max(until - since, 1e-3)

    def __str__(self) -> str:
        return f"{self._seen[-1][1]:,} paragraphs, {self.a_second:.0f}/s"


@dataclass(slots=True)
class _Stage:
    """How much of a stage is done, since when, and which embedding was known when it began."""

    name: str
    began: float
    known: int
    done: int = 0
    total: int = 0

    def left(self, now: float) -> float | None:
        """Seconds that the rest takes at the rate so far; None before there is one."""
        if self.done >= self.total:
            return 0.0
        is_known = self.done and now - self.began >= _LEAST_SECONDS
        return (now - self.began) * (self.total - self.done) / self.done if is_known else None


class TimeLeft:
    """What a run will take from now on, its stages' times put together; as text, hours, minutes and seconds.

    Documents are read, or derived again, while the texts of those before them are embedded: what is left is to embed
    the texts that wait and those that the rest will hold, at the rate of late; or just to read, where all texts have
    vectors. Compacting, which only then turns out to be needed, counts from its beginning.
    """

    def __init__(self) -> None:
        self.rate: EmbeddingRate | None = None
        self._input: _Stage | None = None
        self._compacting: _Stage | None = None
        self._embedded = self._known = self._held_by = 0
        self._told: tuple[float, float] | None = None

    def tell(self, stage: str, done: int, total: int, now: float) -> None:
        """Take in what `index.types.Progress` is told, at the time `now`."""
        if stage == "embedding":
            self._tell_embedded(done, total, now)
        elif stage == "compacting":
            self._compacting = self._moved(self._compacting, stage, done, total, now)
        elif total:
            self._input = self._moved(self._input, stage, done, total, now)
        left = self._seconds(now)
        self._told = None if left is None else (left, now)

    def _moved(self, before: _Stage | None, stage: str, done: int, total: int, now: float) -> _Stage:
        if before is None or before.name != stage or done < before.done:
            before = _Stage(stage, now, self._known)
            # A compaction amid a run leaves what the input read so far held as it is.
            self._held_by = self._held_by if stage == "compacting" else 0
        before.done, before.total = done, total
        return before

    def _tell_embedded(self, done: int, known: int, now: float) -> None:
        if self.rate is None and known:
            self.rate = EmbeddingRate(now)
        if self.rate is not None:
            self.rate.note(done, now)
        if known > self._known and self._input:
            self._held_by = self._input.done
        self._embedded, self._known = done, known

    def _seconds(self, now: float) -> float | None:
        stages = [self._embedding_and_reading(now)] if self._input else []
        stages += [self._compacting.left(now)] if self._compacting else []
        known = [seconds for seconds in stages if seconds is not None]
        return sum(known) if known and len(known) == len(stages) else None

    def _embedding_and_reading(self, now: float) -> float | None:
        stage = self._input
        if stage is None:
            return None
        texts = self._known - self._embedded
        if self._held_by:
            texts += (self._known - stage.known) * (stage.total - self._held_by) // self._held_by
        if not texts:
            return stage.left(now)
        rate = self.rate.a_second if self.rate else 0.0
        return texts / rate if rate else None

    def __str__(self) -> str:
        return self.at(time.monotonic())

    def at(self, now: float) -> str:
        """What to show at the time `now`, as it goes down between what is told."""
        if self._told is None:
            return "-:--:--"
        left, told = self._told
        minutes, seconds = divmod(round(max(0.0, left - (now - told))), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
