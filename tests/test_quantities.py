"""Quantities that questions ask for: read from texts in their units, and compared whatever the unit."""

import time

import pytest

from search.quantities import agree, given, wanted
from search.units import Amount


@pytest.mark.parametrize(
    ("question", "one", "other", "is_same"),
    [
        ("What was inflation in May?", "Prices rose by 3.1 percent.", "Inflation was 3.4 per cent.", False),
        ("What was inflation in May?", "It was 4.2%.", "It stood at 4.2 percent, up from 4 percent.", True),
        ("How high is the tower?", "It is 152 metres high.", "At 148 metres, it is the highest.", False),
        ("How high is the tower?", "It is 61 metres high.", "The tower is 200 feet high.", True),
        ("How far is it to Orm?", "It is 1.6 kilometres.", "It is about a mile.", True),
        ("How large is the forest?", "It covers 250 square kilometres.", "It covers 25,000 hectares.", True),
        ("How large is the forest?", "It covers 12,400 hectares.", "It covers 15,000 hectares.", False),
        ("How old are the corals?", "They are 4,200 years old.", "At 4,700 years of age, they are.", False),
        ("How old is Ada Orr?", "Ada Orr, 37, won.", "The 37-year-old won.", True),
        ("How much did it cost?", "It cost $1.2 billion.", "It cost 1.4 billion dollars.", False),
        ("How much did it cost?", "It cost Rs 25 crore.", "It cost 250 million rupees.", True),
        ("How fast was it?", "It went at 132 km/h.", "It went at 154 km/h.", False),
        ("How fast was it?", "It went at 90 mph.", "It went at 145 kilometres an hour.", True),
        ("How cold was it?", "It was minus 31 degrees.", "It was minus 27 degrees.", False),
        ("How hot was it?", "It was 95 degrees Fahrenheit.", "It was 35 degrees Celsius.", True),
        ("How long did it last?", "It lasted two hours and nine minutes.", "It lasted 129 minutes.", True),
        ("How heavy is the bell?", "It weighs 4.2 tonnes.", "It weighs 5,100 kilograms.", False),
        ("What was the magnitude of the quake?", "It was of magnitude 6.4.", "It had a magnitude of 6.8.", False),
        ("When did the bridge open?", "It opened in 1931.", "It opened in 1932.", False),
        ("When was it signed?", "It was signed on March 4, 1873.", "It was signed in 1873.", True),
        ("When was it signed?", "It was signed on March 4, 1873.", "It was signed on 11 March 1873.", False),
        ("At what time did it sink?", "It sank at 9.40 p.m.", "It sank at 10.15 p.m.", False),
        ("At what time does it open?", "It opens at 3:30 p.m.", "It opens at 15:30.", True),
        ("At what time does it open?", "It opens at 7 a.m.", "It opens at seven o'clock in the morning.", True),
    ],
)
def test_quantities_are_compared_in_any_unit(question: str, one: str, other: str, is_same: bool) -> None:
    """The same in other units or words agrees; another number does not."""
    asked = wanted(question)
    assert asked
    told = [given(asked, text) for text in (one, other)]
    assert all(told)
    assert agree(*told) is is_same


def test_by_how_much_a_share_changed_is_another_quantity() -> None:
    """“Turnout rose by 3 percent” tells no turnout, and what it was before only where nothing else is told."""
    asked = wanted("What was the turnout?")
    assert asked
    assert given(asked, "Turnout rose by 3 percent.") == []
    [now] = given(asked, "Turnout was 61 percent, up from 58 percent.")
    assert isinstance(now, Amount)
    assert now.value == 61


def test_other_currencies_are_not_compared() -> None:
    """Nobody knows how many crowns a dollar was."""
    asked = wanted("How much did it cost?")
    assert asked
    assert agree(given(asked, "It cost $3 million."), given(asked, "It cost 70 million crowns."))


def test_questions_for_a_number_of_things_want_no_quantity() -> None:
    """How many there are is told by what is counted (`search/figures.py`)."""
    assert wanted("How many bears live there?") is None
    assert wanted("Who sold the boat?") is None


def test_hostile_texts_take_linear_time() -> None:
    """Rows of numbers and units are read in one pass."""
    began = time.thread_time()
    for question in ("How long is it?", "When was it?", "What time is it?", "How old is it?", "What did it cost?"):
        asked = wanted(question)
        assert asked
        given(asked, "12 May 1999 9.40 " * 2_000 + "about a 3 km $ " * 2_000)
    assert time.thread_time() - began < 10
