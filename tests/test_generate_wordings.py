"""The gate on sentences whose fate was written down before: honest ones stay, others go."""

import pytest

from benchmarks.gate import judged, measured
from benchmarks.told_otherwise import HELD_OUT, LOOKED_AT
from search.citable import Citable
from search.claims import Claim
from search.gate import find_fault

LEFT = {
    "The mayor said after the meeting that the town could not wait for another storm. [1]",
    "Fourteen votes approved the budget. [1]",
    "The council allocated no money to the yard. [2]",
    "The firm may shut its northern terminal if the strike continues. [2]",
}
"""Honest, and dropped all the same: words that no table brings together, and a subject that the passage has not."""
FOUND = (
    "The ferry of Tolm was sold to two bakers after the council had voted against a subsidy. Pavel Drin, the harbour "
    "master, told nobody. Marta Ostrel is the mayor; she did not attend. The price was $3 million, or 40 euros a seat."
)


def test_no_hostile_wording_that_was_looked_at_is_shown() -> None:
    """Of those that were looked at none passes, and of the honest ones few go."""
    wrong = {one.text for one in judged(LOOKED_AT) if not one.is_right}
    assert wrong == LEFT


def test_wordings_that_nobody_looked_at() -> None:
    """What the documentation tells of them."""
    assert measured(HELD_OUT) == {"honest": 30, "honest_shown": 25, "hostile": 56, "hostile_shown": 1}


def test_there_are_enough_of_each_kind() -> None:
    """Sentences of many kinds, so that no single rule makes the figure."""
    every = [*judged(LOOKED_AT), *judged(HELD_OUT)]
    assert len({one.kind for one in every if one.is_honest}) >= 10
    assert len({one.kind for one in every if not one.is_honest}) >= 15


@pytest.mark.parametrize(
    "text",
    [
        "The ferry of Tolm was sold to 2 bakers.",
        "Marta Ostrel, the mayor, did not attend.",
        "The price was 3 million dollars.",
        "The price was $3,000,000.",
        "The council voted against a subsidy.",
    ],
)
def test_what_is_told_otherwise_is_shown(text: str) -> None:
    """Amounts by their value, voices, roles and converse verbs."""
    assert find_fault(Claim(text, (1,)), [Citable(FOUND)]) is None


@pytest.mark.parametrize(
    "text",
    [
        "Pavel Drin, the mayor, told nobody.",
        "Marta Ostrel is the harbour master.",
        "Marta Ostrel attended.",
        "The council voted for a subsidy.",
        "The price was €3 million.",
        "The price was 3 million.",
        "The price was $40 a seat.",
        "The ferry of Tolm was sold before the council had voted.",
        "All bakers voted against a subsidy.",
        "Marta Ostrel was Pavel Drin.",
        "Marta Ostrel.",
        "Pavel Drin sold the ferry of Tolm.",
        "Pavel Drin was sold to two bakers.",
        "The ferry of Tolm was sold by two bakers to the council.",
    ],
)
def test_what_is_told_of_others_is_not(text: str) -> None:
    """Another's role, another currency, another order of things."""
    assert find_fault(Claim(text, (1,)), [Citable(FOUND)]) is not None


ASIDES = (
    "The council of Dorn approved the budget by seven votes to two. Its deputy mayor, Jan Moll, voted against it. The "
    "41 passengers were rescued by fishermen; the captain, Otto Brenn, was not aboard. Brenn denied that he had been "
    "drinking. Ilse Hark, 52, is the mayor."
)


@pytest.mark.parametrize(
    ("text", "is_shown"),
    [
        ("Jan Moll voted against the budget.", True),
        ("Jan Moll voted for the budget.", False),
        ("Ilse Hark voted against it.", False),
        ("Fishermen rescued the 41 passengers.", True),
        ("Otto Brenn rescued the 41 passengers.", False),
        ("The captain was not aboard.", True),
        ("The captain was aboard.", False),
        ("Brenn denied that he had been drinking.", True),
        ("Otto Brenn had been drinking.", False),
        ("Ilse Hark, 52, is the mayor of Dorn.", True),
        ("Jan Moll, 52, voted against it.", False),
    ],
)
def test_asides_and_what_is_denied_are_as_told(text: str, is_shown: bool) -> None:
    """What stands behind “that”, after “was”, behind an aside or beyond a semicolon belongs to its own clause."""
    assert (find_fault(Claim(text, (1,)), [Citable(ASIDES)]) is None) is is_shown
