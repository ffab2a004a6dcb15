"""What is kept of what was asked for last."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.store.recent import Recent

MOST = 20


@given(st.lists(st.text("ab", max_size=9)))
def test_values_are_those_made_and_weigh_no_more_than_allowed(asked: list[str]) -> None:
    """Whatever is asked for, in whatever order: each value is its key's, and what is kept is a run of the last ones."""
    made: list[str] = []

    def make(key: str) -> str:
        made.append(key)
        return key.upper()

    recent = Recent[str, str](MOST, lambda value: 1 + len(value))
    for number, key in enumerate(asked):
        before = len(made)
        assert recent.get(key, make) == key.upper()
        last = list(dict.fromkeys(reversed(asked[:number])))
        weighs = 0
        for other in last[: last.index(key) + 1] if key in last else ():
            weighs += 1 + len(other)
        is_kept = 0 < weighs <= MOST
        assert (len(made) == before) == is_kept


def test_what_cannot_be_made_is_not_kept() -> None:
    """Nor what weighs more than all may together."""
    recent = Recent[str, str](MOST, len)
    with pytest.raises(KeyError):
        recent.get("a", dict[str, str]().__getitem__)
    assert recent.get("a", lambda key: "a" * 21) == "a" * 21
    assert recent.get("a", lambda key: "b") == "b"
