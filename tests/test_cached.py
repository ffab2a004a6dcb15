"""Attributes that are worked out once, without a lock."""

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from index.cached import cached
from search.retrieve import Probe


class Counted:
    """Something with an attribute."""

    def __init__(self) -> None:
        self.times = 0

    @cached
    def twice(self) -> int:
        """Two."""
        self.times += 1
        return 2


def test_it_is_worked_out_once() -> None:
    """For each object by itself; the class shows the attribute's own words."""
    one, other = Counted(), Counted()
    assert [one.twice, one.twice, other.twice] == [2, 2, 2]
    assert (one.times, other.times) == (1, 1)
    assert Counted.twice.__doc__ == "Two."


def test_questions_are_encoded_side_by_side() -> None:
    """No question waits until another one is encoded, or none would ever share a batch."""
    meeting = threading.Barrier(2, timeout=20)

    def encode(text: str) -> npt.NDArray[np.float32]:
        meeting.wait()
        return np.full(3, len(text), dtype=np.float32)

    probes = [Probe(text, (), encode) for text in ("ferry", "orchard")]
    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(lambda probe: probe.vector, probes))
    assert [vector[0] for vector in found if vector is not None] == [5, 7]
