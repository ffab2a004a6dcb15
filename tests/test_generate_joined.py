"""What a model may not do with words that are all told: join two people's facts, or tell as done what may be."""

from time import process_time

import pytest

from search.citable import Citable
from search.claims import claims
from search.gate import find_fault

FIRM = (
    "Shares of Corvin Shipping fell by 6.5 percent on Thursday. The company said that the warehouse had held goods "
    "worth 22 million dollars.",
    "Chief executive Marta Holloran, 57, said that a new warehouse would be built in Port Ashby, not in Kestrel. "
    "Edmund Slate, 61, who chairs Venn Steel, said that he was sorry for the firefighters.",
    "Police suspect arson. A fuel can was found by the fence, detective Omar Reyes said. Prosecutors may charge a "
    "former guard, Dana Pell, next week.",
    "The union of dockers sued the port after the port dismissed 80 of its members in March. Judge Ilse Brandt ordered "
    "the port to take them back. The appeal is expected to be heard in June. Ruben Tace, who led the strike, was "
    "arrested on Friday and released on Saturday. A witness, Hugo Lamm, told the court that Tace had thrown a stone.",
    "The ministers, Darya Molnar of Orsk and Emil Stroud of Velm, signed it on Thursday in the customs house of "
    "Lindhaven. Parliament may approve the accord in November. The government plans to withdraw the patrol boats.",
)
PASSAGES = tuple(Citable(text) for text in FIRM)


def _is_shown(text: str) -> bool:
    return all(find_fault(claim, PASSAGES) is None for claim in claims(text))


@pytest.mark.parametrize(
    "text",
    [
        "Marta Holloran, 57, who chairs Venn Steel, said that a new warehouse would be built in Port Ashby. [2]",
        "Holloran chairs Venn Steel. [2]",
        "Chief executive Edmund Slate, 61, chairs Venn Steel. [2]",
        "Marta Holloran is 61. [2]",
        "Shares of Venn Steel fell by 6.5 percent on Thursday. [1][2]",
        "A new warehouse would be built in Kestrel, Holloran said. [2]",
        "Darya Molnar of Velm and Emil Stroud of Orsk signed it. [5]",
        "Ruben Tace was arrested on Saturday and released on Friday. [4]",
    ],
)
def test_facts_of_two_are_not_joined(text: str) -> None:
    """What stands beside one name, or behind “of” or “on”, is not told of another."""
    assert not _is_shown(text)


@pytest.mark.parametrize(
    "text",
    [
        "The union dismissed 80 of its members in March. [4]",
        "Ruben Tace told the court that Lamm had thrown a stone. [4]",
        "Edmund Slate said that a new warehouse would be built in Port Ashby. [2]",
        "Marta Holloran said that she was sorry for the firefighters. [2]",
        "Police said that Tace had thrown a stone. [3][4]",
    ],
)
def test_doers_and_sayers_stay_who_they_are(text: str) -> None:
    """Behind “that” and “after” another may have done it, and reported speech has its speaker."""
    assert not _is_shown(text)


@pytest.mark.parametrize(
    "text",
    [
        "Prosecutors charged a former guard, Dana Pell. [3]",
        "Dana Pell was charged by prosecutors. [3]",
        "Prosecutors will charge Dana Pell next week. [3]",
        "Prosecutors may have charged the guard. The fuel can may be found by the fence. [3]",
        "It was arson. [3]",
        "Dana Pell is suspected of arson. [3]",
        "The port took them back. [4]",
        "The appeal was heard in June. [4]",
        "Parliament approved the accord in November. [5]",
        "The accord was approved by parliament. [5]",
        "The government withdrew the patrol boats. [5]",
        "The government will withdraw the patrol boats. [5]",
    ],
)
def test_what_may_be_is_not_told_as_done(text: str) -> None:
    """What is possible, planned, suspected or ordered is no deed; what is done is not told as possible."""
    assert not _is_shown(text)


@pytest.mark.parametrize(
    "text",
    [
        "Marta Holloran is 57. [2]",
        "Edmund Slate chairs Venn Steel. [2]",
        "Marta Holloran is the chief executive. [2]",
        "Holloran said a new warehouse would be built in Port Ashby. [2]",
        "A new warehouse will be built in Port Ashby. [2]",
        "Prosecutors may charge Dana Pell, a former guard. [3]",
        "Detective Omar Reyes said that a fuel can was found by the fence. [3]",
        "Police suspect arson. [3]",
        "In March, 80 members of the union were dismissed by the port. [4]",
        "Ruben Tace was arrested on Friday. [4]",
        "Hugo Lamm told the court that Tace had thrown a stone. [4]",
        "According to Hugo Lamm, Tace had thrown a stone. [4]",
        "It was signed on Thursday by Darya Molnar and Emil Stroud. [5]",
        "Parliament could approve the accord in November. [5]",
        "The government plans to withdraw the patrol boats. [5]",
    ],
)
def test_what_is_told_of_them_is_shown(text: str) -> None:
    """The same in other words, with its doubts."""
    assert _is_shown(text)


def test_a_long_sentence_without_marks_is_held_against_in_little_time() -> None:
    """A passage of 24,000 characters that never pauses costs no more than its length."""
    passage = Citable(" ".join(f"that Orr{number} signed it and may have closed" for number in range(600)))
    claim = claims("Orr1 said that Orr2 signed it and Orr3 may have closed after Orr4 signed. [1]")[0]
    start = process_time()
    find_fault(claim, [passage])
    assert process_time() - start < 2
