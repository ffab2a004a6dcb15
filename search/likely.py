"""How likely each sentence of the best passages is to be the one that answers, if any of them does."""

import math
from collections.abc import Mapping

from search.answer_types import AnswerType
from search.reading import Reading

_COVERED, _BEFORE, _PLACE, _ORDERED = 4.8, 3.8, 3.1, 2.8
"""What it counts that a sentence holds all of the question (with what stands above it), that it does with the sentence
before it, that its passage is the first (the tenth: a tenth of that), and that it has the question's words in order."""
_SHOWS: dict[AnswerType, float] = {"figure": 1.9, "date": 2.5, "name": 1.7, "reason": 0.3}
"""What it counts that a sentence shows a figure, a date and so on, where the question wants one. These and the weights
above are a conditional logit's: the mean of those fitted on two judged sets, by `benchmarks/refusal.py`."""


def size(reading: Reading, number: int) -> float:
    """The logit of a sentence, up to what is the same for all."""
    one = reading.sentences[number]
    found = _COVERED * one.covered + _BEFORE * one.before + _ORDERED * one.in_order
    found += _PLACE / (1 + reading.passages[one.passage].place)
    return found + _SHOWS[reading.asking.type] if reading.asking.type and one.shows_type else found


def shares(sizes: Mapping[int, float]) -> dict[int, float]:
    """Probabilities, which add up to 1, from logits (at least one)."""
    most = max(sizes.values())
    odds = {number: math.exp(one - most) for number, one in sizes.items()}
    total = sum(odds.values())
    return {number: round(odd / total, 6) for number, odd in odds.items()}


def turned(reading: Reading) -> float:
    """How likely it is, 0 to 1, that what would answer tells the contrary of what is asked.

    Where a kind of answer is asked for, the other sentences that don't show one do not count: they tell of the right
    thing, perhaps, but do not answer.
    """
    if not any(one.is_turned for one in reading.sentences):
        return 0.0
    telling = [number for number, one in enumerate(reading.sentences) if not one.is_heading]
    telling = telling or list(range(len(reading.sentences)))
    if any(reading.sentences[number].shows_type for number in telling):
        telling = [
            number for number in telling if reading.sentences[number].shows_type or reading.sentences[number].is_turned
        ]
    likely = shares({number: size(reading, number) for number in telling})
    return sum(share for number, share in likely.items() if reading.sentences[number].is_turned)
