"""Dates as inputs write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers.dates import normalise_date, why_no_date


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2031-03-11", "2031-03-11"),
        ("2031-03-11T23:30:00-05:00", "2031-03-12"),
        ("2031-03-11 00:30 +0200", "2031-03-10"),
        ("2031-03-11T08:00:00.123Z", "2031-03-11"),
        ("20310311", "2031-03-11"),
        ("Thu, 05 Jun 2031 23:15:00 -0300", "2031-06-06"),
        ("Thu, 05 Jun 2031 06:15:00 +0000 (UTC)", "2031-06-05"),
        ("26-FEB-1987 15:02:20.00", "1987-02-26"),
        (" 3 March 2031", "2031-03-03"),
        ("3rd of March, 2031", "2031-03-03"),
        ("Saturday, March 3, 2031, 11:30 PM EST", "2031-03-04"),
        ("Sept. 9 2031", "2031-09-09"),
        ("03.04.2031", "2031-04-03"),
        ("25/04/2031", "2031-04-25"),
        ("04/25/2031", "2031-04-25"),
        ("03/04/2031", None),
        ("2031", None),
        ("March 2031", None),
        ("2031-02-30", None),
        ("0000-00-00", None),
        ("0001-01-01T00:00:00+05:00", None),
        ("last Friday", None),
        ("2031-03-11T23Z", "2031-03-11"),
        ("2031-03-11T23-05", "2031-03-12"),
        ("2031-03-11T23:00:00 UTC-3", "2031-03-12"),
        ("2031-03-11T23:30:00\u221205:00", "2031-03-12"),
        ("2031-03-12T00:30:00+01:00[Europe/Berlin]", "2031-03-11"),
        ("Tue Mar 11 23:30:00 -0500 2031", "2031-03-12"),
        ("Tue Mar 11 23:30:00 EST 2031", "2031-03-12"),
        ("Tue Mar  4 09:30:00 2031", "2031-03-04"),
        ("Tue Mar 11 2031 23:30:00 GMT-0500 (Eastern Standard Time)", "2031-03-12"),
        ("2031-Mar-11", "2031-03-11"),
        ("2031.03.11", "2031-03-11"),
        ("2031年3月11日", "2031-03-11"),
        ("25-04-2031", "2031-04-25"),
        ("04/04/2031", "2031-04-04"),
        ("31/02/2031", None),
        ("3 March Friday 2031", None),
        ("2031-03-11T24:00:00", "2031-03-11"),
        ("2031-03-11T25:00:00", None),
        ("2031-03-11T23:59:60Z", "2031-03-11"),
        ("2031-03-11T23:59:61Z", None),
        ("1678752000", None),
        ("3 Smarch 2031", None),
        ("2031-03-11 and later", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_dates_are_normalised_to_utc(stated: str, expected: str | None) -> None:
    """Known forms become a UTC date; what is ambiguous, incomplete or no date becomes None."""
    assert normalise_date(stated) == expected


@given(st.text(max_size=120))
def test_no_date_string_raises(stated: str) -> None:
    """Whatever stands in a date field, the answer is a date or None."""
    found = normalise_date(stated)
    assert found is None or len(found) == 10


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        ("yesterday", "'yesterday' is no date; write it like 2031-03-14"),
        (1678752000, "1678752000 is no date"),
        ("03/04/2031", "'03/04/2031' may be 2031-03-04 or 2031-04-03; write the one that is meant"),
        ("Thursday, 3-4-2031", "'Thursday, 3-4-2031' may be 2031-03-04 or 2031-04-03"),
        ("31/02/2031", "'31/02/2031' is no date"),
        ("so\nlong " + "x" * 500, "'so long xxx"),
    ],
)
def test_what_is_no_date_is_told_with_what_to_write(stated: object, words: str) -> None:
    """The value is shown, cut where it is long, on one line; an ambiguous one with both readings."""
    reason = why_no_date(stated)
    assert reason.startswith(words)
    assert "\n" not in reason
    assert len(reason) < 200


@given(st.text(max_size=120) | st.integers() | st.floats())
def test_no_value_breaks_its_own_refusal(stated: object) -> None:
    """Whatever stands in a date field, why it is none can be said in a line."""
    assert why_no_date(stated)
