"""Answers that do not give what is asked for: another year's, or no number at all."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.types import Document
from search.figures import counts_asked
from search.types import Query
from tests.small_library import article, make_engine

RACE = replace(
    article("race", "Ruth Okello won the Tolm marathon and broke the record of 2011."), published="2025-09-21"
)
QUAKE = article("quake", "The quake of 1966 in Karvel killed 70 people.")
SHOP = replace(article("shop", "The Tolm fair was held last year by Ada Orr."), published="2020-03-01")
REIGN = article("reign", "Osmund of Karst reigned from 1204 to 1231.")
SEASON = replace(article("season", "The Karvel flood of 1999-00 killed 70 people."), published="2024-05-01")
PASSED = replace(
    article(
        "passed",
        "Resolution 1441 was passed in Tolm.\n\nThe council met for hours in the old hall of the harbour board.\n\n"
        "The resolution demanded that Karvel open its harbour to inspectors in 2002.",
    ),
    published="2024-05-01",
)
RECORD = replace(
    article("record", "Ruth Okello won the Tolm marathon and broke the record that Ada Lind set in 2011."),
    published="2025-09-21",
)
PROFIT = replace(article("profit", "Brask lifted its profit to 212 million marks in 2023."), published="2024-02-08")
UNDATED = article("undated", "The Brekkan team won the cup by a goal of Jan Marlow.")


def is_answered(folder: Path, question: str, *documents: Document) -> bool:
    """Whether a library of these answers, by words alone."""
    engine = make_engine(folder / "library", documents)
    answer = engine.ask(Query(question, mode="lexical")).answer
    engine.close()
    return answer is not None


@pytest.mark.parametrize(
    ("question", "document", "answered"),
    [
        ("Who won the Tolm marathon in 2025?", RACE, True),
        ("Who won the Tolm marathon in 2019?", RACE, False),
        ("How many people did the quake of 1966 in Karvel kill?", QUAKE, True),
        ("How many people did the quake of 1987 in Karvel kill?", QUAKE, False),
        ("Who held the Tolm fair in 2019?", SHOP, True),
        ("Who held the Tolm fair in 2012?", SHOP, False),
        ("Who reigned Karst in 1210?", REIGN, True),
        ("Who won the Tolm marathon in 2011?", RECORD, False),
        ("Who set the record of the Tolm marathon in 2011?", RECORD, True),
        ("What was the profit of Brask in 2023?", PROFIT, True),
        ("What was the profit of Brask in 2024?", PROFIT, False),
        ("Who won the cup for the Brekkan team in 2015?", UNDATED, True),
        ("How many people did the Karvel flood of 2000 kill?", SEASON, True),
        ("How many people did the Karvel flood of 2002 kill?", SEASON, False),
        ("What did Resolution 1441 demand of Karvel?", PASSED, True),
        ("What did the resolution of 1991 demand of Karvel?", PASSED, False),
    ],
)
def test_a_year_that_is_asked_for_is_told(tmp_path: Path, question: str, document: Document, answered: bool) -> None:
    """By the passage, by its date, or as a span; what tells no year may be of any."""
    assert is_answered(tmp_path, question, document) is answered


@pytest.mark.parametrize(
    ("question", "text", "answered"),
    [
        ("When did the siege begin?", "Karvel's siege of Orm on 12 May 1871 cost both towns their harvest.", True),
        ("When did the siege take place?", "Karvel's siege of Orm on 12 May 1871 cost both towns their harvest.", True),
        ("When did the siege start?", "Karvel's siege of Orm cost both towns their harvest.", False),
        ("What year did the siege happen?", "Karvel's siege of Orm cost both towns their harvest.", False),
    ],
)
def test_whoever_dates_something_need_not_say_that_it_happened(
    tmp_path: Path, question: str, text: str, answered: bool
) -> None:
    """“The siege of 12 May” tells when it began; what shows no date doesn't."""
    assert is_answered(tmp_path, question, article("siege", text)) is answered


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("Which towns did not sign the treaty of Orm?", False),
        ("Which towns signed the treaty of Orm?", True),
        ("Which towns may or may not sign the treaty of Orm?", True),
    ],
)
@pytest.mark.parametrize("denies", [False, True])
def test_what_was_not_done_is_denied(tmp_path: Path, question: str, answered: bool, denies: bool) -> None:
    """Who signed it are not those who did not; whoever tells of these denies it in some way."""
    text = "The towns of Tolm and Karvel signed the treaty of Orm."
    document = article("treaty", f"{text} Brekkan refused to sign the treaty of Orm." if denies else text)
    assert is_answered(tmp_path, question, document) is (answered or denies)


@pytest.mark.parametrize(
    ("text", "answered"),
    [("Karvel gave 200 marks to the fair of Tolm.", False), ("Karvel gave only 200 marks to the fair of Tolm.", True)],
)
def test_whoever_gave_something_did_not_give_the_least(tmp_path: Path, text: str, answered: bool) -> None:
    """What asks for the least must be told by a word for little."""
    question = "Which town gave the least to the fair of Tolm?"
    assert is_answered(tmp_path, question, article("fair", text)) is answered


@pytest.mark.parametrize(("month", "answered"), [("April", True), ("June", False)])
def test_a_month_that_is_asked_for_is_told(tmp_path: Path, month: str, answered: bool) -> None:
    """Inflation in April is none in June."""
    pile = [article("april", "Inflation in Orm fell to 3.1 percent in April.", published="2024-05-10")]
    answer = make_engine(tmp_path, pile).ask(Query(f"What was inflation in Orm in {month}?")).answer
    assert (answer is not None) is answered


def test_a_name_is_nobody_to_be_counted() -> None:
    """Years are no people, though a bridge is called old."""
    counts = counts_asked("How many people died at the Old Weir bridge?")
    assert counts
    assert not counts("The limit of 18 tonnes was ignored for years.")
    assert counts("Nine died at the bridge.")


def test_how_big_is_told_by_a_figure(tmp_path: Path) -> None:
    """The word that asks need not be told."""
    pile = [
        article("fire", "Police suspect arson at Corvin Shipping.\n\nThe damage is put at 14 million dollars."),
        article("shares", "Shares of Corvin Shipping fell on Thursday, as goods had burnt in its warehouse."),
    ]
    answer = make_engine(tmp_path, pile).ask(Query("How big was the damage?")).answer
    assert answer
    assert "14 million" in answer.text


def test_another_years_winner_is_not_shown(tmp_path: Path) -> None:
    """Of two reports the one of that year answers alone, and “last year” is the year before a report's date."""
    prizes = [
        replace(
            article("first", "Oda Brink won the Tolm Prize.\n\nLast year's prize went to Jan Aas."),
            published="2022-05-11",
        ),
        replace(article("second", "Pavel Drin won the Tolm Prize."), published="2023-05-10"),
    ]
    engine = make_engine(tmp_path / "library", prizes)
    told = {year: engine.ask(Query(f"Who won the Tolm Prize in {year}?")).answer for year in (2021, 2022, 2023)}
    engine.close()
    texts = {year: answer.text if answer else "" for year, answer in told.items()}
    assert "Brink" in texts[2022]
    assert "Drin" not in texts[2022]
    assert "Drin" in texts[2023]
    assert "Brink" not in texts[2023]
    assert "Aas" in texts[2021]
    assert "Brink" not in texts[2021]


@pytest.mark.parametrize(
    ("text", "is_answered"),
    [
        ("Production of the new Brask lamp will begin in about 15 months, Ada Orr said.", True),
        ("Production of the new Brask lamp began two years ago, Ada Orr said.", True),
        ("Production of the new Brask lamp will begin if Ada Orr likes it.", False),
    ],
)
def test_a_beginning_is_told_from_the_day_of_the_text(tmp_path: Path, text: str, is_answered: bool) -> None:
    """“In about 15 months” is when something begins."""
    engine = make_engine(tmp_path / "library", [article("one", text)])
    answer = engine.ask(Query("When will production of the new Brask lamp begin?", mode="lexical")).answer
    engine.close()
    assert (answer is not None) is is_answered
