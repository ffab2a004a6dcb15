"""A word or two that limit what a sentence claims make other news."""

import pytest

from index.duplicates import is_near_duplicate
from index.scope import edits
from index.signature import signature

_FRAME = (
    "The trustees of the canal at Orm told reporters on Friday that {}. Some forty skippers had waited at the lock "
    "since the early morning, and the engineer, Maud Tarn, thanked them for their patience and for the soup."
)
_OTHER_NEWS = """
the gates will be shut in May | the gates ought to be shut in May
the gates were mended in May | the gates were said to have been mended in May
the firm mended the gates | the firm hopes to mend the gates
the firm mended the gates | the firm regrets having mended the gates
the firm held the gates in May | the firm was expected to hold the gates in May
the crew spent the money | the crew spent part of the money
the crew spent the money | the crew spent only the money
the firm will shut the northern gate | the firm will shut all northern gates
the firm will mend a gate | the firm will mend every gate
its crew was saved | some of its crew was saved
the gates were closed in May | the gates were briefly closed in May
the clerk took the fee | the clerk secretly took the fee
the mayor owns the mill | the late mayor owns the mill
the mayor owns the mill | the future mayor owns the mill
the mayor owns the mill | the self-styled mayor owns the mill
a barge brought tobacco | a barge brought untaxed tobacco
the firm has customers there | the firm has potential customers there
the barge was the largest there | the barge was the second largest there
the gates will be mended by the firm | the gates will be mended by the firm if the county pays
the barge sank in the lake | the barge sank near the lake
the boats run between the locks | the boats run around the locks
the lock is shut from Monday | the lock is shut until Monday
the work will cost 400 crowns | the work will cost $400
the work will cost 400 pesos | the work will cost $400
the work will cost €400 | the work will cost £400
the pond is 40 metres long | the pond is 40 ft long
the pond is 40 degrees Celsius warm | the pond is 40°F warm
it happened on June 3, 2031 | it happened on 2031-03-06
it was shut on Sunday | it was shut on Mon. and has remained so
"""
_COPIES = """
the work will cost 400 dollars | the work will cost $400
the work will cost 400 dollars | the work will cost US$400
the work will cost 400 euros | the work will cost EUR 400
the work will cost 400 euros | the work will cost 400 EUR
the work will cost 8 million euros | the work will cost €8m
the work will cost 8 million crowns | the work will cost 8m crowns
the pond is 40 metres long | the pond is 40 m long
the pond is 40 centimetres deep | the pond is 40cm deep
the wall is 40 kilometres long | the wall is 40 km long
the stone weighs 40 kilograms | the stone weighs 40 kg
the field has 40 hectares | the field has 40 ha
the wind blew at 40 kilometres per hour | the wind blew at 40 km/h
the pond is 40 degrees Celsius warm | the pond is 40°C warm
it happened on June 3, 2031 | it happened on 2031-06-03
it happened on June 3, 2031 | it happened on 03.06.2031
it was shut on Saturday | it was shut on Sat.
it was shut on Thursday | it was shut on Thurs
the pond is about 40 metres long | the pond is some 40 metres long
the firm came to mend it | the firm came in order to mend it
the bill moves on to the council | the bill moves onto the council
the bill went to the council | the bill went to the council of Ull, which meets at noon
"""


def _pairs(lines: str) -> list[tuple[str, ...]]:
    return [tuple(line.split(" | ")) for line in lines.strip().splitlines()]


def _near(one: str, other: str) -> bool:
    a, b = signature(_FRAME.format(one)), signature(_FRAME.format(other))
    assert is_near_duplicate(a, b) == is_near_duplicate(b, a)
    return is_near_duplicate(a, b)


@pytest.mark.parametrize(("one", "other"), _pairs(_OTHER_NEWS))
def test_what_limits_a_claim_makes_other_news(one: str, other: str) -> None:
    """How much of it, whose, how surely, on which condition, in which money or measure."""
    assert not _near(one, other)


@pytest.mark.parametrize(("one", "other"), _pairs(_COPIES))
def test_signs_and_short_forms_leave_it_that_news(one: str, other: str) -> None:
    """Units, dates and money as another outlet writes them, and what only adds a clause."""
    assert _near(one, other)


@pytest.mark.parametrize("tail", [" Read more", "\nRead more »", " [Read the full story]", " … Continue reading →"])
def test_what_leads_to_the_rest_is_no_part_of_a_copy(tail: str) -> None:
    """“Read more” has a word that would turn a sentence."""
    text = _FRAME.format("the gates will be shut in May")
    assert is_near_duplicate(signature(text), signature(text + tail))
    wanted = _FRAME.format("the gates will be shut in May, and that the public should read more about it")
    assert signature(wanted).words[-4:] == signature(_FRAME).words[-4:]


def test_edits_tell_what_stands_around_them() -> None:
    """In one order whichever text comes first."""
    one, other = ("the", "money", "was", "spent"), ("part", "of", "the", "money", "has", "been", "spent")
    found = list(edits(one, other))
    assert [(edit.before, edit.behind) for edit in found] == [("", "the"), ("money", "spent")]
    assert [sorted((list(edit.gone), list(edit.new))) for edit in found] == [
        [[], ["part", "of"]],
        [["has", "been"], ["was"]],
    ]
    assert list(edits(other, one)) == found
