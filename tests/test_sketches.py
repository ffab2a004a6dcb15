"""Sketches rule out only what the letters in a row themselves would."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import collapse, sketches
from search.collapse import fold
from search.sketches import EDITS, GRAM, LEAST_LENGTH, MAY_LACK, MOST, Sketches, sketch
from tests.made_up_edits import COPIES, FILLINGS, OTHER_NEWS, REPORTS, TEMPLATES

REPORTED = sorted(REPORTS.values())
EDITED = sorted(
    {edit(text) for edit in (*COPIES.values(), *OTHER_NEWS.values()) for text in REPORTED}
    | set(REPORTED)
    | {template.format(**filling) for template in TEMPLATES.values() for filling in FILLINGS}
)
FOLDED = st.one_of(
    st.text(alphabet="ab ", max_size=30),
    st.text(st.characters(codec=None), max_size=30),
    st.sampled_from(EDITED).map(collapse._folded),
    st.tuples(st.sampled_from(REPORTED), st.integers(0, 300), st.integers(0, 300)).map(
        lambda cut: collapse._folded(cut[0][min(cut[1:]) : max(cut[1:])])
    ),
)


def _grams(text: str) -> list[bytes]:
    raw = text.encode("utf-8", "surrogatepass")
    return [raw[start : start + GRAM] for start in range(len(raw) - GRAM + 1)]


def _lacks_few(one: str, other: str) -> bool:
    mine = _grams(one)
    return len(set(mine) - set(_grams(other))) <= min(MAY_LACK * len(mine) + EDITS, MOST * len(mine))


def _are_of_like_length(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= LEAST_LENGTH * max(len(one), len(other))


@settings(max_examples=200, deadline=None)
@given(st.lists(FOLDED, min_size=1, max_size=8))
def test_whatever_shares_enough_is_kept(texts: list[str]) -> None:
    """Two texts of like length one of which lacks few grams of the other are never told apart by their bits."""
    made = Sketches(sketch(texts))
    for place, text in enumerate(texts):
        kept = made.may_share(place)
        assert kept == sorted(set(kept))
        assert place in kept
        for other in range(place, len(texts)):
            if _are_of_like_length(text, texts[other]) and (
                _lacks_few(text, texts[other]) or _lacks_few(texts[other], text)
            ):
                assert other in kept
            assert made.near(other, [place, place]) == ([0, 1] if other in kept else [])


def _folded_by_all_pairs(texts: list[str]) -> list[list[int]]:
    """Each text under the first leader that it repeats, with nothing ruled out beforehand."""
    groups: list[list[int]] = []
    made = [collapse._Text(text) for text in texts]
    for position in range(len(texts)):
        under = next((g for g in groups if made[g[0]].repeats(made[position])), None)
        if under is None:
            groups.append([position])
        else:
            under.append(position)
    return groups


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(EDITED), st.sampled_from(["", "…", "One word", "one word"])), max_size=14))
def test_folding_is_that_of_all_pairs(texts: list[str]) -> None:
    """Sketches change the time alone."""
    assert fold(texts) == _folded_by_all_pairs(texts)


def test_different_news_are_ruled_out() -> None:
    """Reports of different events are not even compared."""
    made = Sketches(sketch([collapse._folded(text) for text in REPORTED]))
    assert [made.may_share(place) for place in range(len(REPORTED))] == [[place] for place in range(len(REPORTED))]


def test_texts_hashed_in_parts_have_the_same_sketches(monkeypatch: pytest.MonkeyPatch) -> None:
    """How many letters are hashed at once changes nothing."""
    texts = [collapse._folded(text) for text in EDITED]
    whole = Sketches(sketch(texts))
    monkeypatch.setattr(sketches, "_AT_ONCE", 700)
    parts = Sketches(sketch(texts))
    assert [whole.may_share(place) for place in range(len(texts))] == [
        parts.may_share(place) for place in range(len(texts))
    ]


def test_what_is_counted_in_one_step_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bitmaps counted word by word rule out the same as all at once."""
    texts = [collapse._folded(text) for text in EDITED]
    whole = Sketches(sketch(texts))
    monkeypatch.setattr(sketches, "_COUNTED", 1)
    parts = Sketches(sketch(texts))
    assert [whole.may_share(place) for place in range(len(texts))] == [
        parts.may_share(place) for place in range(len(texts))
    ]
