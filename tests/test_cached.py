"""Attributes that are worked out once, without a lock."""

import threading
from concurrent.futures import ThreadPoolExecutor

from index.cached import cached


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


class Meeting:
    """Something whose attribute is ready when that of another one is worked out, too."""

    def __init__(self, meeting: threading.Barrier) -> None:
        self._meeting = meeting

    @cached
    def name(self) -> str:
        """Worked out by several at once."""
        self._meeting.wait()
        return "ferry"


def test_attributes_of_several_objects_are_worked_out_at_once() -> None:
    """No object waits until that of another one is known: a lock for all of a class would keep questions waiting."""
    meeting = threading.Barrier(2, timeout=20)
    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(lambda one: one.name, [Meeting(meeting), Meeting(meeting)]))
    assert found == ["ferry", "ferry"]
