"""Numbers in texts: in digits of several countries or in words, exact, rounded or loose."""

import time

import pytest

from search.numbers import numbers


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("4,200 people", None, 4_200),
        ("1.250.000 Einwohner", "de", 1_250_000),
        ("1.250 Einwohner", "de", 1_250),
        ("1.250 metres", "en", 1.25),
        ("3,1 percent", "en", 3.1),
        ("125 000 visiteurs", "fr", 125_000),
        ("1'250'000 francs", None, 1_250_000),
        ("12,50,000 rupees", None, 1_250_000),
        ("Rs 25 crore", None, 250_000_000),
        ("£3m was paid", None, 3_000_000),
        ("3 m of rope", None, 3),
        ("2,4 Millionen Euro", "de", 2_400_000),
        ("two hundred and six", None, 206),
    ],
)
def test_a_number_is_read_as_its_country_writes_it(text: str, language: str | None, value: float) -> None:
    """Commas, points, blanks and apostrophes group or divide, by their places and the text's language."""
    assert [round(one.value, 6) for one in numbers(text, language)] == [value]


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("about 4,200 people", 4_187, 4_300),
        ("more than 20,000 people", 20_417, 19_000),
        ("fewer than 300 people", 290, 310),
        ("between 4,000 and 5,000 people", 4_500, 5_100),
        ("two to three million crowns", 2_500_000, 1_000),
        ("2.4 million crowns", 2_430_000, 2_500_000),
        ("150 or so", 152, 190),
        ("340 families", 340, 341),
    ],
)
def test_what_is_told_loosely_lies_between_two_values(text: str, inside: float, outside: float) -> None:
    """“About”, ranges and scales leave room; a plain number of things does not."""
    number = numbers(text)[0]
    assert number.low <= inside <= number.high
    assert not number.low <= outside <= number.high


def test_no_number_is_read_where_nobody_writes_one() -> None:
    """“2.3.2031” is a date or a version, and hostile rows are read in one pass."""
    assert numbers("since 2.3.2031") == []
    began = time.thread_time()
    numbers("1,111" * 20_000 + "one hundred and " * 20_000 + "1 " * 20_000)
    assert time.thread_time() - began < 3
