"""When something was said, as questions word it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.times import When, take_time

TODAY = date(2031, 11, 19)
"""A Wednesday."""
NEWEST = "2031-12-05"


def _days(question: str) -> tuple[str, str | None, str | None]:
    left, when = take_time(question)
    assert when, question
    first, last = when.days(NEWEST, TODAY)
    return left, first.isoformat() if first else None, last.isoformat() if last else None


@pytest.mark.parametrize(
    ("worded", "first", "last"),
    [
        ("in April 2031", "2031-04-01", "2031-04-30"),
        ("in early April 2031", "2031-04-01", "2031-04-30"),
        ("in 2030", "2030-01-01", "2030-12-31"),
        ("in the spring of 2031", "2031-03-01", "2031-05-31"),
        ("on 3 November 2031", "2031-11-03", "2031-11-03"),
        ("on November 3rd, 2031", "2031-11-03", "2031-11-03"),
        ("on the 3rd of November 2031", "2031-11-03", "2031-11-03"),
        ("on 2031-11-03", "2031-11-03", "2031-11-03"),
        ("since May 2031", "2031-05-01", None),
        ("since May", "2031-05-01", None),
        ("since december", "2031-12-01", None),
        ("before May 2031", None, "2031-04-30"),
        ("until May 2031", None, "2031-05-31"),
        ("after 15 April 2031", "2031-04-16", None),
        ("between March and May 2031", "2031-03-01", "2031-05-31"),
        ("from November 2030 to February 2031", "2030-11-01", "2031-02-28"),
        ("between November and February 2031", "2030-11-01", "2031-02-28"),
        ("today", "2031-11-19", "2031-11-19"),
        ("yesterday", "2031-11-18", "2031-11-18"),
        ("this week", "2031-11-17", "2031-11-23"),
        ("last week", "2031-11-10", "2031-11-16"),
        ("last month", "2031-10-01", "2031-10-31"),
        ("last year", "2030-01-01", "2030-12-31"),
        ("in the last 30 days", "2031-10-20", "2031-11-19"),
        ("over the past two weeks", "2031-11-05", "2031-11-19"),
    ],
)
def test_times_are_taken_out_of_questions(worded: str, first: str | None, last: str | None) -> None:
    """A time gives its days, wherever it stands, and the question is left without it."""
    assert _days(f"What did Ostrel say {worded}") == ("What did Ostrel say", first, last)
    assert _days(f"What did Ostrel say {worded} about boats") == ("What did Ostrel say about boats", first, last)
    start = f"{worded[0].upper()}{worded[1:]}, what did Ostrel say"
    assert _days(start) == ("what did Ostrel say", first, last)


@pytest.mark.parametrize(
    "question",
    [
        "What did Ostrel say about the 15 May deadline",
        "What did Ostrel say about keeping the lamps until 15 May",
        "What did Ostrel say about last week",
        "What did Ostrel say about last year's frost",
        "What did May say in march",
        "What did Ostrel say on Friday",
        "What did Ostrel say on 30 February 2031",
        "Who said “in April 2031 we row”",
    ],
)
def test_other_words_are_no_time(question: str) -> None:
    """Deadlines, topics, names, verbs and quotations stay where they are."""
    assert take_time(question) == (question, None)


def test_a_month_without_a_year_is_any() -> None:
    """“In April” holds every April and no other month, whatever the newest date is."""
    _, when = take_time("What did Ostrel say in April")
    assert when
    assert when.holds("2030-04-09", NEWEST, TODAY)
    assert when.holds("2031-04-30", NEWEST, TODAY)
    assert not when.holds("2031-05-01", NEWEST, TODAY)


def test_a_winter_without_years_reaches_into_the_next() -> None:
    """“Between November and February” holds January as well."""
    _, when = take_time("What did Ostrel say between November and February")
    assert when
    assert [when.holds(f"2031-{month:02}-15", NEWEST, TODAY) for month in (1, 2, 6, 11, 12)] == [
        True,
        True,
        False,
        True,
        True,
    ]


WORDS = ["in", "on", "since", "between", "and", "May", "3", "31", "2031", "last", "week", "the", "of", "29", "February"]


@given(st.lists(st.sampled_from(WORDS)))
def test_any_words_are_read(words: list[str]) -> None:
    """Nothing breaks the reading, and a time has days in order."""
    left, when = take_time(" ".join(words))
    assert len(left.split()) <= len(words)
    if isinstance(when, When):
        first, last = when.days(NEWEST, TODAY)
        assert first is None or last is None or first <= last
