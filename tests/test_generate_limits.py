"""What limits a fact stays with it: how exactly an amount is meant, whose it is, on what condition, who says so."""

from time import process_time

import pytest

from search.bounds import keeps_bounds
from search.citable import Citable
from search.claims import claims
from search.gate import find_fault
from search.paired import keeps_pairs, keeps_sides

STORM = (
    "Nearly 600 people left Carrow on Friday after the lake rose by 15 centimetres to 410 centimetres, wardens said. "
    "At least nine barns were destroyed. Mayor Ada Quill, who tried to reach the barns by boat, was turned back. Her "
    "deputy, Rolf Beck, arrived on Sunday. If the wind drops, the pass would be opened on Monday.",
    "The weir belongs to Talvik, a former state company. Talvik's lawyer, Anna Strom, said the company had warned "
    "the county twice. Bread costs 30 crowns a loaf in Carrow and 44 crowns in Dunmore. The lake of Carrow holds more "
    "water than that of Dunmore. Talvik earned 8 million crowns last year, up from 5 million the year before.",
    "Two thirds of the 120 clerks voted for the strike. Most of the mill's 2,300 workers, except those in Dunmore, "
    "will keep their jobs, the union said. Prosecutors believe that Quill's brother, Karl Quill, hid the money in a "
    "barn. The mill of Talvik was founded before the mill of Ebner. Fees rise by between 20 and 25 percent.",
)
PASSAGES = tuple(Citable(text) for text in STORM)


def _is_shown(text: str) -> bool:
    return all(find_fault(claim, PASSAGES) is None for claim in claims(text))


@pytest.mark.parametrize(
    "text",
    [
        "Nine barns were destroyed. [1]",
        "More than 600 people left Carrow. [1]",
        "600 people left Carrow. [1]",
        "The lake rose by 410 centimetres. [1]",
        "120 clerks voted for the strike. [3]",
        "Fees rise by 25 percent. [3]",
        "The mill's 2,300 workers will keep their jobs. [3]",
    ],
)
def test_amounts_are_as_exact_and_as_whole_as_told(text: str) -> None:
    """“At least”, “nearly”, “between” and “two thirds of” are neither left out nor put in."""
    assert not _is_shown(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bread costs 44 crowns a loaf in Carrow. [2]",
        "Bread costs 30 crowns in Dunmore. [2]",
        "Talvik earned 5 million crowns last year. [2]",
        "Talvik earned 8 million crowns the year before. [2]",
        "The lake of Dunmore holds more water than that of Carrow. [2]",
        "The mill of Ebner was founded before the mill of Talvik. [3]",
    ],
)
def test_amounts_and_sides_stay_with_whose_they_are(text: str) -> None:
    """Where a sentence tells of several in turn, each keeps its own."""
    assert not _is_shown(text)


@pytest.mark.parametrize(
    "text",
    [
        "Talvik is a state company. [2]",
        "Talvik belongs to the weir. [2]",
        "The pass will be opened on Monday. [1]",
        "Karl Quill hid the money in a barn. [3]",
        "Ada Quill arrived on Sunday. [1]",
        "Anna Strom had warned the county twice. [2]",
        "Anna Strom said she had warned the county twice. [2]",
        "Workers in Dunmore will keep their jobs. [3]",
    ],
)
def test_roles_conditions_and_accounts_keep_what_limits_them(text: str) -> None:
    """What was once so, would be so, or is only believed, is not told as so; nor of whoever only said it."""
    assert not _is_shown(text)


@pytest.mark.parametrize(
    "text",
    [
        "At least nine barns were destroyed. [1]",
        "Almost 600 people left Carrow on Friday, wardens said. [1]",
        "About 600 people left Carrow. [1]",
        "The lake rose by 15 centimetres to 410 centimetres. [1]",
        "Bread costs 44 crowns in Dunmore. [2]",
        "Talvik earned 8 million crowns last year. [2]",
        "The lake of Carrow holds more water than that of Dunmore. [2]",
        "Talvik is a former state company. [2]",
        "The weir belongs to Talvik. [2]",
        "The pass would be opened on Monday if the wind drops. [1]",
        "Prosecutors believe that Karl Quill hid the money in a barn. [3]",
        "Rolf Beck arrived on Sunday. [1]",
        "Anna Strom said the company had warned the county twice. [2]",
        "Talvik had warned the county twice, its lawyer said. [2]",
        "Most of the mill's 2,300 workers will keep their jobs, the union said. [3]",
        "The mill has 2,300 workers. [3]",
        "Two thirds of the 120 clerks voted for the strike. [3]",
        "Fees rise by between 20 and 25 percent. [3]",
    ],
)
def test_what_keeps_its_limits_is_shown(text: str) -> None:
    """The same in other words, with its bounds, conditions and sayers."""
    assert _is_shown(text)


def test_amounts_that_nobody_pairs_are_left_alone() -> None:
    """One name with two amounts, or amounts and names that take no turns, tell nothing of whose each is."""
    told = [Citable("Orr sold 12 boats and 40 nets. Brand, Orr and Venn own 7 sheds."), Citable("Orr has 52 boats.")]
    assert keeps_pairs("Venn has 40 nets.", told)
    assert keeps_sides("Orr sold more than Brand.", told)
    assert keeps_bounds("At least three ships sank.", told)


def test_a_long_passage_is_held_against_in_little_time() -> None:
    """Thousands of amounts and names in one sentence cost no more than their length."""
    passage = Citable(" ".join(f"at least {number} crowns in Orr{number} and" for number in range(10, 1500)))
    claim = claims("At least 700 crowns in Orr701, if Orr702 earned more than Orr703 in 2019. [1]")[0]
    start = process_time()
    find_fault(claim, [passage])
    assert process_time() - start < 2
