"""Answers made of sentences: a heading names what is told below it, and is no answer itself."""

from pathlib import Path

import pytest

from index.types import Document
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


STRUCK = "The ferry to {} was carrying {} passengers when it struck a rock."
GRUNA = article("gruna", STRUCK.format("Gruna", 41), source="Post")
MORVA = article("morva", STRUCK.format("Morva", 38), source="Herald")
LEFT = article(
    "left", "The ferry was carrying 38 passengers when it struck a rock, says Bo Lind.", title="After the rock"
)
BELOW = article("below", "The ferry was carrying 41 passengers when it struck a rock.", title="The Gruna ferry")


@pytest.mark.parametrize(
    ("question", "documents", "is_shown"),
    [
        ("How many passengers was the ferry to Gruna carrying when it struck a rock?", (GRUNA, MORVA), False),
        ("How many passengers was the ferry carrying when it struck a rock?", (GRUNA, MORVA), True),
        ("How many passengers was the Gruna ferry carrying?", (BELOW, LEFT), True),
    ],
)
def test_the_figure_of_another_contradicts_nothing(
    tmp_path: Path, question: str, documents: tuple[Document, ...], is_shown: bool
) -> None:
    """Nor does a word that one title alone holds make another report of the same one of something else."""
    engine = make_engine(tmp_path / "library", list(documents))
    answer = engine.ask(Query(question, mode="lexical")).answer
    engine.close()
    assert answer
    assert "41" in answer.text
    assert ("38" in answer.text) is is_shown


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


def test_a_figure_of_something_else_does_not_take_the_place_of_what_is_asked_about(tmp_path: Path) -> None:
    """A sentence that gives a figure for the word alone tells nothing of the one whose figure is asked for."""
    named = article("named", "Ada Orr opened a tavern called Vellamo Brisk d'Evreuse in Orm. It seats 45 guests.")
    other = article("other", "Her exit leaves the coalition with a majority of one seat in the council of Sarn.")
    engine = make_engine(tmp_path / "library", [named, other])
    answer = engine.ask(Query("How many seats does Vellamo Brisk d'Evreuse have?")).answer
    engine.close()
    assert answer
    assert "45 guests" in answer.text
    assert "one seat" not in answer.text


COUNTED = article("counted", "Wardens counted 52 bears in the Tarrow hills in May.", source="Post")
LIVING = article("living", "Forty-one bears live in the Tarrow hills.", source="Herald")
HUNTED = article("hunted", "A hunter shot two bears in the Tarrow hills.", source="Gazette")
SOULS = article("souls", "Orm has 4,200 inhabitants and one baker.", source="Post")
PEOPLE = article("people", "The population of Orm is 4,500.", source="Herald")
HURT = article("hurt", "Two people of Orm were hurt by a goat.", source="Gazette")


@pytest.mark.parametrize(
    ("question", "documents", "shown", "other"),
    [
        ("How many bears live in the Tarrow hills?", (COUNTED, LIVING, HUNTED), ("52", "Forty-one"), "two bears"),
        ("How many bears are there in the Tarrow hills?", (COUNTED, LIVING), ("52", "Forty-one"), None),
        ("How many people live in Orm?", (SOULS, PEOPLE, HURT), ("4,200", "4,500"), "Two people"),
        ("What is the population of Orm?", (SOULS, PEOPLE, HURT), ("4,200", "4,500"), "Two people"),
    ],
)
def test_figures_disagree_whatever_the_words(
    tmp_path: Path, question: str, documents: tuple[Document, ...], shown: tuple[str, str], other: str | None
) -> None:
    """How many there are is told in many words; what was done to some of them is another figure."""
    engine = make_engine(tmp_path / "library", list(documents))
    answer = engine.ask(Query(question)).answer
    engine.close()
    assert answer
    assert all(figure in " ".join(one.text for one in answer.citations[:2]) for figure in shown)
    assert other is None or other not in " ".join(one.text for one in answer.citations[:2])


def test_confidence_is_that_of_the_sentences_that_may_answer(tmp_path: Path) -> None:
    """Where only one sentence gives the figure that is asked for, its confidence isn't that of an also-ran."""
    told = article("told", "How the aid that was approved for Orm will be spent is discussed in the county of Orm.")
    given = article("given", "Families in Orm received $20 million in aid.")
    engine = make_engine(tmp_path / "library", [told, given])
    answer = engine.ask(Query("How much aid has been approved for Orm?")).answer
    engine.close()
    assert answer
    assert answer.citations[0].document.id == "given"
    assert answer.confidence > 0.2


LONG = (
    "The harbour board, which met on Monday in the old hall of Tolm because the new one was flooded, decided by four "
    "votes to three that the pier, built in 1871 by two brothers from Orm, should be closed at once; that the ferry, "
    "whose captain had asked for it, should land at Sarn until a new pier of stone is paid for by the county, and that "
    "the keeper of the light, Oda Dahl, should be given a boat, a lamp and two blankets of wool."
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who built the pier in 1871?", "two brothers from Orm"),
        ("What should the keeper of the light be given?", "a lamp"),
    ],
)
def test_a_long_sentence_gives_way_to_its_clauses(tmp_path: Path, question: str, told: str) -> None:
    """Of a sentence that is longer than an answer, the clauses that answer are shown, in a row, as they stand."""
    engine = make_engine(tmp_path / "library", [article("long", LONG)])
    answer = engine.ask(Query(question)).answer
    engine.close()
    assert answer
    assert told in answer.text
    assert sum(len(one.text.split()) for one in answer.citations) <= 60
    assert all(one.text == LONG[one.start : one.end] for one in answer.citations)


def test_an_answer_stops_where_it_is_sure(tmp_path: Path) -> None:
    """What holds all that is asked isn't padded with what holds little of it."""
    text = "The mill of Tolm was built by Oda Dahl in 1871. Nobody lives there. The roof is red. Swallows nest in it."
    assert answered(tmp_path, "Who built the mill of Tolm in 1871?", text) == (
        "The mill of Tolm was built by Oda Dahl in 1871. [1]"
    )


def test_room_that_a_likelier_sentence_is_too_long_for_stays_empty(tmp_path: Path) -> None:
    """Two long sentences tell of the flood, and only one fits; short ones that tell of nothing don't take its place."""
    told = "The flood of the Skar came on {0} after {1}, as the keeper of the weir, who had slept through {2}, wrote "
    told += (
        "in a long letter to the county's engineer, to the two bakers of the lower town and to his own sister in Orm."
    )
    text = (
        f"{told.format('12 May 1971', 'nine days of rain', 'the storm')}\n\nMaps and borders. In winter.\n\n"
        f"{told.format('3 June 1988', 'the dam had cracked', 'the siren')}\n\nThe town has a mill. Nobody lives there."
    )
    found = answered(tmp_path, "When did the flood of the Skar come to the lower town?", text)
    assert "Maps" not in found
    assert "In winter" not in found
    assert "mill" not in found


def test_a_surname_tells_all_of_a_name(tmp_path: Path) -> None:
    """Where a report names somebody in full, its later sentences tell of them by the surname."""
    text = (
        "Prosecutors are investigating Colin Braithe, who managed the hospital of Orm.\n\n"
        "Braithe's lawyer, Simon Hatch, blames the county.\n\nThe lawyer of the county did not answer."
    )
    assert "Simon Hatch" in answered(tmp_path, "Who is Colin Braithe's lawyer?", text)


def test_an_irregular_verb_is_told_by_its_other_forms(tmp_path: Path) -> None:
    """Whoever has stolen it stole it, whatever else is told of it at greater length."""
    text = (
        "The icon was painted about 1480, Oda Dahl of the museum said.\n\nA monk had stolen the icon, Pavel Drin said."
    )
    assert answered(tmp_path, "Who stole the icon?", text).startswith("A monk")


def test_a_reason_may_stand_behind_what_it_is_for(tmp_path: Path) -> None:
    """Asked why, the next sentence is shown with one that gives no reason."""
    text = "The police chief Dermot Quill was suspended on Thursday. He drove 41 times to the sea in an official car."
    assert "official car" in answered(tmp_path, "Why was Dermot Quill suspended?", text)
