"""The time left of a run, told by stages that overlap."""

from collections.abc import Iterator

import pytest

from search.time_left import EmbeddingRate, TimeLeft

LOT = 512
SLICE = 64


def test_the_rate_is_that_of_late() -> None:
    """What was slow long ago no longer counts."""
    rate = EmbeddingRate(now=0.0)
    rate.note(10, 1.0)
    assert str(rate) == "10 paragraphs, 10/s"
    rate.note(1000, 100.0)
    assert str(rate) == "1,000 paragraphs, 10/s"
    rate.note(4000, 110.0)
    assert str(rate) == "4,000 paragraphs, 300/s"


def shown_of_a_run(texts: int, a_second: float) -> Iterator[tuple[float, str]]:
    """(seconds since the beginning, what is shown) of a run as the intake makes it, reading taking no time.

    One lot is read while the one before is embedded, slice by slice; ten bytes hold a text.
    """
    left, now, read, embedded = TimeLeft(), 0.0, 0, 0
    left.tell("reading", 0, 10 * texts, now)
    while embedded < texts:
        handed = min(texts, embedded + LOT)
        left.tell("reading", 10 * max(read, handed), 10 * texts, now)
        left.tell("embedding", embedded, handed, now)
        read = min(texts, handed + LOT)
        left.tell("reading", 10 * read, 10 * texts, now)
        while embedded < handed:
            now += min(SLICE, handed - embedded) / a_second
            embedded = min(handed, embedded + SLICE)
            left.tell("embedding", embedded, handed, now)
            yield now, left.at(now)


@pytest.mark.parametrize(("texts", "a_second"), [(10_000, 80.0), (700, 8.0), (100_000, 300.0)])
def test_time_left_is_that_of_embedding_what_is_read_and_what_is_not(texts: int, a_second: float) -> None:
    """Reading runs ahead by up to two lots, in a small run to its end: what is shown is what is left of the run."""
    whole = texts / a_second
    for now, shown in shown_of_a_run(texts, a_second):
        hours, minutes, seconds = map(int, shown.split(":"))
        assert 3600 * hours + 60 * minutes + seconds == pytest.approx(whole - now, rel=0.12, abs=2)


def test_time_left_of_what_is_not_embedded_is_that_of_reading() -> None:
    """Where all texts have vectors, the rest takes what the part before took."""
    left = TimeLeft()
    left.tell("reading", 0, 400, 0.0)
    assert left.at(0.0) == "-:--:--"
    left.tell("embedding", 0, 0, 5.0)
    left.tell("reading", 100, 400, 10.0)
    assert left.at(10.0) == "0:00:30"
    assert left.at(14.0) == "0:00:26"
    left.tell("reading", 400, 400, 39.0)
    assert left.at(39.0) == "0:00:00"


def test_compacting_amid_a_run_is_added_to_what_the_run_takes() -> None:
    """It holds up reading; at the end of the run it is all that is left."""
    left = TimeLeft()
    left.tell("reading", 0, 400, 0.0)
    left.tell("reading", 200, 400, 60.0)
    left.tell("compacting", 0, 100, 60.0)
    left.tell("compacting", 50, 100, 70.0)
    assert left.at(70.0) == "0:01:20"
    left.tell("compacting", 100, 100, 80.0)
    left.tell("reading", 400, 400, 160.0)
    left.tell("compacting", 0, 100, 160.0)
    assert left.at(160.0) == "-:--:--"
    left.tell("compacting", 20, 100, 165.0)
    assert left.at(165.0) == "0:00:20"


def test_an_unknown_end_has_no_time_left() -> None:
    """What comes through a pipe tells nobody how much will come: the rate is shown, and no time."""
    left = TimeLeft()
    left.tell("embedding", 0, LOT, 0.0)
    left.tell("embedding", SLICE, LOT, 2.0)
    assert str(left.rate) == "64 paragraphs, 32/s"
    assert left.at(2.0) == "-:--:--"


def test_deriving_again_is_counted_from_its_own_beginning() -> None:
    """What was embedded while reading says nothing of how many texts stored documents lack."""
    left = TimeLeft()
    left.tell("reading", 100, 100, 0.0)
    left.tell("embedding", 0, 100, 0.0)
    left.tell("embedding", 100, 100, 10.0)
    left.tell("deriving", 0, 1000, 10.0)
    left.tell("deriving", 100, 1000, 20.0)
    left.tell("embedding", 100, 100, 20.0)
    assert left.at(20.0) == "0:01:30"


def test_what_is_still_to_be_read_counts_behind_a_compaction_amid_it() -> None:
    """What was published meanwhile may be compacted; three quarters of the texts are still to come."""
    left = TimeLeft()
    left.tell("reading", 0, 400, now=0.0)
    left.tell("embedding", 0, 100, now=0.0)
    left.tell("reading", 100, 400, now=1.0)
    left.tell("embedding", 0, 200, now=2.0)
    left.tell("embedding", 100, 200, now=10.0)
    before = left.at(10.0)
    left.tell("compacting", 0, 50, now=10.0)
    left.tell("compacting", 50, 50, now=10.0)
    assert left.at(10.0) == before != "0:00:00"
