"""Two figures for one quantity are both shown, whatever the quantity; those of another are not."""

from pathlib import Path

import pytest

from search.types import Query
from tests.small_library import article, make_engine


def cited(folder: Path, question: str, *texts: str) -> list[str]:
    """The citations of an answer from documents of these texts, all from June 2031."""
    documents = [
        article(f"d{at}", text, source=f"Paper {at}", published=f"2031-06-{at + 10}") for at, text in enumerate(texts)
    ]
    engine = make_engine(folder / "library", documents)
    answer = engine.ask(Query(question)).answer
    engine.close()
    assert answer
    assert all(one.document.source and one.document.published for one in answer.citations)
    return [one.text for one in answer.citations]


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (
            "What was inflation in Orm in May?",
            "Inflation in Orm was 3.1 percent in May.",
            "In May, inflation in Orm was 3.4 percent.",
        ),
        (
            "How much will the repairs of the Orm bridge cost?",
            "Repairs of the Orm bridge are expected to cost 3.2 million crowns.",
            "Repairs of the Orm bridge will cost 4.1 million crowns.",
        ),
        (
            "How high is the tower of Orm?",
            "The tower of Orm is 152 metres high.",
            "At 148 metres, the tower of Orm is high.",
        ),
        (
            "What was the temperature in Orm on Thursday?",
            "The temperature in Orm reached 41 °C on Thursday.",
            "The temperature in Orm reached 103 °F on Thursday.",
        ),
        (
            "How long does the bus take to Orm?",
            "The bus takes 40 minutes to Orm.",
            "The bus takes an hour to Orm.",
        ),
        (
            "How old are the corals of Orm?",
            "The corals of Orm are 4,200 years old.",
            "At 4,700 years of age, the corals of Orm are old.",
        ),
        (
            "How much did the mill of Orm cost?",
            "The mill of Orm cost 48 million crowns.",
            "The mill of Orm cost 61 million crowns, auditors say.",
        ),
        (
            "When did the bridge of Orm open?",
            "The bridge of Orm opened in 1931.",
            "The bridge of Orm opened in 1932, after four years.",
        ),
        (
            "At what time did the Solva sink?",
            "The Solva sank at 9.40 p.m. on Monday.",
            "The Solva sank at 10.15 p.m., survivors said.",
        ),
    ],
)
def test_two_figures_of_any_quantity_are_shown(tmp_path: Path, question: str, one: str, other: str) -> None:
    """With the source and the date of each."""
    assert sorted(cited(tmp_path, question, one, other)) == sorted([one, other])


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("How far is it to Orm?", ("It is 1.6 kilometres to Orm.", "It is about a mile to Orm.")),
        ("How many people live in Orm?", ("Orm has 4,187 inhabitants.", "About 4,200 people live in Orm.")),
        (
            "How much did the mill of Orm cost?",
            ("The mill of Orm cost 3.5 million crowns.", "The mill of Orm cost 3,500,000 crowns."),
        ),
        (
            "When was the mill of Orm sold?",
            ("The mill of Orm was sold on March 4, 1873.", "The mill of Orm was sold in 1873 to two men."),
        ),
    ],
)
def test_what_agrees_is_shown_once(tmp_path: Path, question: str, texts: tuple[str, str]) -> None:
    """The same quantity in other units, rounded, or told less exactly makes an answer no longer."""
    assert len(cited(tmp_path, question, *texts)) == 1


@pytest.mark.parametrize(
    ("question", "right", "other"),
    [
        (
            "What was inflation in Orm in May?",
            "Inflation in Orm was 3.1 percent in May.",
            "Inflation in Orm was 2.8 percent in June.",
        ),
        (
            "What was inflation in Orm in May?",
            "Inflation in Orm was 3.1 percent in May.",
            "Core inflation in Orm was 2.5 percent in May.",
        ),
        (
            "What was inflation in Orm in May?",
            "Inflation in Orm was 3.1 percent in May.",
            "Monthly inflation in Orm was 0.4 percent in May.",
        ),
        (
            "How high is the tower of Orm?",
            "The tower of Orm is 152 metres high.",
            "The tower of Sarn is 97 metres high.",
        ),
        (
            "How long was the ferry of Orm?",
            "The ferry of Orm was 62 metres long.",
            "The ferry of Orm sank 3 kilometres from shore.",
        ),
        (
            "How long is the river of Orm?",
            "The river of Orm is 210 kilometres long.",
            "The river of Orm rose 2 metres overnight.",
        ),
        (
            "How many people died in the mine of Orm?",
            "Two people died in the mine of Orm.",
            "Thirty people were rescued from the mine of Orm.",
        ),
        (
            "How many visitors did the museum of Orm have in 2030?",
            "The museum of Orm had 15,000 visitors in 2030.",
            "The museum of Orm had 12,000 visitors in 2029.",
        ),
        (
            "How many bicycles a day does the factory of Orm make?",
            "The factory of Orm makes 300 bicycles a day.",
            "The factory of Orm makes 90,000 bicycles a year.",
        ),
        (
            "What was unemployment in Orm?",
            "Unemployment in Orm was 6 percent.",
            "Unemployment among the young in Orm was 19 percent.",
        ),
        (
            "How old is Jod Orm?",
            "Jod Orm, 44, opened a gym.",
            "Jod Orm was 19 when he won a title.",
        ),
    ],
)
def test_another_quantity_contradicts_nothing(tmp_path: Path, question: str, right: str, other: str) -> None:
    """Of another month, the core of it, by the month, of another tower; nor how far it went, or what befell others."""
    assert cited(tmp_path, question, right, other) == [right]


def test_what_is_said_once_more_is_not_made_up_for(tmp_path: Path) -> None:
    """Where another source gives the same figure, nothing else takes its place in the answer."""
    one, same = "The tower of Orm is 320 feet high. Swifts nest in it.", "The tower of Orm is 97.5 metres high."
    others = ("The tower of Sarn is 80 metres high.", "The mill of Tolm is 12 metres high. It is closed.")
    assert cited(tmp_path, "How high is the tower of Orm?", one, same, *others) in (
        ["The tower of Orm is 320 feet high."],
        [same],
    )
