"""Answers made of sentences: a heading names what is told below it, and is no answer itself."""

from pathlib import Path

import pytest

from search.types import Query
from tests.small_library import article, make_engine

PIER = """\
The pier of Verrin

Who pays for the repair of the pier

Every islander gives two crowns a year, and the county gives the rest.

## Length and depth of the harbour

Boats of up to eleven metres can moor there at low tide.

When the lighthouse was built
It was built in 1871 by two brothers from Orm, who never saw it lit.

Facts about the island

Population: 4,200

Highest point: Mount Skar

- Bakeries on the island: three, one of them closed

| Ferries | 2 a day |

To bring along in winter:

Two woollen blankets
A lamp

Four candles of beeswax

Nobody has ever frozen on the crossing, the captain maintains.
"""


def answered(folder: Path, question: str, text: str = PIER, **fields: str) -> str:
    """The answer's text to a question asked of one article."""
    engine = make_engine(folder / "library", [article("pier", text, **fields)])
    answer = engine.ask(Query(question)).answer
    engine.close()
    assert answer
    return answer.text


@pytest.mark.parametrize(
    ("question", "heading", "told"),
    [
        ("Who pays for the repair of the pier?", "Who pays for", "Every islander gives two crowns a year"),
        ("What are the length and depth of the harbour?", "Length and depth", "Boats of up to eleven metres"),
        ("When was the lighthouse built?", "When the lighthouse", "It was built in 1871"),
    ],
)
def test_what_a_heading_heads_is_the_answer(tmp_path: Path, question: str, heading: str, told: str) -> None:
    """The sentence below a heading answers, though the heading holds more of the question's words."""
    text = answered(tmp_path, question)
    assert told in text
    assert heading not in text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What is the population?", "Population: 4,200"),
        ("What is the highest point?", "Highest point: Mount Skar"),
        ("How many bakeries are there?", "Bakeries on the island: three"),
        ("How many ferries are there?", "Ferries | 2 a day"),
        ("How many woollen blankets should I bring along?", "Two woollen blankets"),
        ("How many candles of beeswax?", "Four candles of beeswax"),
    ],
)
def test_items_and_rows_answer(tmp_path: Path, question: str, told: str) -> None:
    """Lines without a full stop that tell something are cited: fields, items, rows."""
    assert told in answered(tmp_path, question)


def test_a_title_is_not_the_answer(tmp_path: Path) -> None:
    """A document's title on top of its text gives way to the sentences below the byline."""
    title = "Verrin harbour board closes the old ferry pier"
    body = "The board voted for it on Monday, by four to three. The ferry will land at Orm."
    text = answered(
        tmp_path, "Why was the Verrin ferry pier closed?", f"{title}\n\nBy Oda Dahl\n\n{body}\n", title=title
    )
    assert title not in text
    assert "by four to three" in text or "land at Orm" in text


def test_a_title_with_its_byline_is_not_the_answer(tmp_path: Path) -> None:
    """A title that shares a paragraph with its byline gives way, too."""
    title = "Verrin harbour board closes the old ferry pier"
    head = f"{title}\nBy Oda Dahl, Tolm Gazette\n6 May 2031"
    body = "The board closed the pier by four votes to three. The ferry will land at Orm."
    text = answered(tmp_path, "Why was the Verrin ferry pier closed?", f"{head}\n\n{body}\n", title=title)
    assert title not in text
    assert "four votes" in text


def test_a_heading_answers_where_nothing_else_does(tmp_path: Path) -> None:
    """A line that nothing follows is shown rather than nothing."""
    assert "The lost bell of Orm" in answered(tmp_path, "lost bell", "The lost bell of Orm")


def test_a_heading_is_not_joined_to_an_answer(tmp_path: Path) -> None:
    """A heading of another article that shares the words doesn't fill up an answer."""
    other = "The ferry pier at Tolm\n\nNobody goes there. The ferry pier at Tolm was closed in 1990."
    text = answered(tmp_path, "When was the ferry pier at Tolm closed?", other)
    assert "closed in 1990" in text
    assert text.count("Tolm") == 1


GAZETTE = article(
    "gazette", "The flood of Orm drove 340 families from their houses.", source="Tolm Gazette", published="2031-03-01"
)
HERALD = article("herald", "The flood of Orm drove 410 families from their farms, officials say.", source="Far Herald")
POST = article("post", "Officials count: in Orm the flood drove 410 families away.", source="Sarn Post")
ELSEWHERE = article("elsewhere", "A fire drove 12 families from their houses in Verrin.", source="Sarn Post")


def test_two_figures_for_one_quantity_are_both_shown(tmp_path: Path) -> None:
    """Sources that contradict each other are both cited, with what the reader needs to judge them."""
    engine = make_engine(tmp_path / "library", [GAZETTE, HERALD, ELSEWHERE])
    answer = engine.ask(Query("How many families did the flood of Orm drive from their houses?")).answer
    engine.close()
    assert answer
    assert [one.document.source for one in answer.citations[:2]] == ["Tolm Gazette", "Far Herald"]
    assert answer.citations[0].document.published == "2031-03-01"
    assert "340" in answer.text
    assert "410" in answer.text
    assert "12 families" not in answer.text


def test_one_figure_of_two_sources_is_shown_once(tmp_path: Path) -> None:
    """Where sources agree, the answer isn't made longer by saying it again."""
    same = article("same", "The flood of Orm drove 340 families from their houses, the county says.", source="Post")
    engine = make_engine(tmp_path / "library", [GAZETTE, same])
    answer = engine.ask(Query("How many families did the flood of Orm drive from their houses?")).answer
    engine.close()
    assert answer
    assert answer.text.count("340") == 1


def test_what_more_sources_say_comes_first(tmp_path: Path) -> None:
    """Of contradicting figures, the one that two documents give leads."""
    engine = make_engine(tmp_path / "library", [GAZETTE, HERALD, POST])
    answer = engine.ask(Query("How many families did the flood in Orm drive away?")).answer
    engine.close()
    assert answer
    assert "410" in answer.citations[0].text
    assert "340" in answer.text


def test_a_figure_is_shown_where_the_likeliest_sentence_has_none(tmp_path: Path) -> None:
    """Asked how much, a sentence with all the words but no sum gives way to the one that has it."""
    told = article("told", "The county discussed how the approved aid for Orm will be spent.")
    given = article("given", "Families in Orm received $20 million in aid.")
    engine = make_engine(tmp_path / "library", [told, given])
    answer = engine.ask(Query("How much aid has been approved for Orm?")).answer
    engine.close()
    assert answer
    assert answer.citations[0].document.id == "given"


def test_an_answer_stops_where_it_is_sure(tmp_path: Path) -> None:
    """What holds all that is asked isn't padded with what holds little of it."""
    text = "The mill of Tolm was built by Oda Dahl in 1871. Nobody lives there. The roof is red. Swallows nest in it."
    assert answered(tmp_path, "Who built the mill of Tolm in 1871?", text) == (
        "The mill of Tolm was built by Oda Dahl in 1871. [1]"
    )
