"""Who said what by the scene: dialogues, letters, live blogs, interviews, relatives of the named, titles of works."""

import pytest

from index.statements import extract
from tests.spoken import paragraphs, said, statements


def _names(text: str) -> list[str | None]:
    return [one.name for one in extract(text, paragraphs(text), "en")]


def test_dialogue_gives_nobody_the_others_turn() -> None:
    """After an answer, and after two who took turns, a quotation alone may be either's."""
    answered = "“Where were you?” asked Orla Venn.\n\n“At the mill,” replied Bran Reck.\n\n“All of the night?”"
    assert said(answered)[-1] != ("“All of the night?”", "Bran Reck")
    turns = "“Who is it?” called Orla Venn.\n\n“Only me,” said Bran Reck.\n\n“You are very late.”"
    assert said(turns)[-1] == ("“You are very late.”", None)


def test_letter_is_whose_who_signs_its_last_paragraph() -> None:
    """Every open paragraph before “…,” she wrote is hers."""
    text = "Orla Venn sent a letter.\n\n“We lost a lot of money.\n\n“We close no mills.\n\n“Thank you all,” she wrote."
    assert _names(text) == ["Orla Venn"] * 3
    told = (
        "An extract follows.\n\n“The mill of Orla Venn is shut.\n\n“It lost a lot of money.\n\n“It is sad,” Venn said."
    )
    assert [by for _, by in said(told)] == [None, None, "Venn"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10:42 Orla Venn says the quay is dry.", [("the quay is dry", "Orla Venn")]),
        ("4.15pm BST: Orla Venn says the quay is dry.", [("the quay is dry", "Orla Venn")]),
        ("Orla Venn fell.\n\n11:40 Venn: “No bones are broken.”", [("“No bones are broken.”", "Venn")]),
    ],
)
def test_time_before_an_entry_is_no_sayer(text: str, expected: list[tuple[str, str]]) -> None:
    """Live blogs put the time before each entry."""
    assert said(text) == expected


def test_interviewer_whom_no_list_knows() -> None:
    """Who takes turns with a known name has one too, and short turns count."""
    text = "Hild Ode: Why did you walk out?\n\nThomas Orr: I was late.\n\nHild Ode: Today?\n\nThomas Orr: I would wait."
    assert [by for _, by in said(text)] == ["Hild Ode", "Thomas Orr", "Hild Ode", "Thomas Orr"]
    labels = "Running Time: an hour.\n\nOpening Night: on Monday.\n\nRunning Time: a day.\n\nOpening Night: on Friday."
    assert said(labels) == []


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("A man who knew Bran Reck said he never missed a tide.", "A man who knew Bran Reck"),
        ("The sailor who found the boat said: “She was dry.”", "The sailor who found the boat"),
        ("Bran Reck, a sailor who found the boat, said it was dry.", "Bran Reck, a sailor who found the boat"),
    ],
)
def test_clause_with_who_is_not_the_sayer(text: str, mention: str) -> None:
    """Who is named in a relative clause doesn't speak: whom the clause tells of does."""
    ((_, found),) = said(text)
    assert found is not None
    assert found.rstrip(",") == mention


@pytest.mark.parametrize(
    "text",
    [
        "Orla Venn will talk about her next book, “Nothing Done in Orr,” at the library.",
        "One wonders what a town that said “we can plan for something” would look like.",
        "The winner, Orla Venn, thanked her mother.",
        "Who said the bridge was safe?",
        "Orla Venn says it often.",
        "Orla Venn called her brother, Bran Venn, from the train.",
    ],
)
def test_not_said(text: str) -> None:
    """Titles of works, what anybody may wonder, names between commas, questions and calls are no statements."""
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In her memoir, “A Bucket of Stars,” Orla Venn writes that she lied about her age.",
            [("that she lied about her age", "Orla Venn")],
        ),
        (
            "Calling the cuts “a wicked thing,” he said that the mills would close.",
            [("“a wicked thing,”", "he"), ("that the mills would close", "he")],
        ),
        ("“We will wait,” she said that night.", [("“We will wait,”", "she")]),
        (
            "Insisting that the sums added up, Orla Venn said no mill would close.",
            [("no mill would close", "Orla Venn")],
        ),
        ("The bosses hit back: “The bird bit a passenger.”", [("“The bird bit a passenger.”", "The bosses")]),
    ],
)
def test_what_stands_behind_the_verb(text: str, expected: list[tuple[str, str]]) -> None:
    """A title before the sayer is not what was said where “that” goes on behind the verb."""
    assert expected[-1] in said(text)
    assert len(said(text)) == len(expected)


def test_who_in_a_clause_of_what_was_said() -> None:
    """“adding …” is said by who spoke first, whoever claims something in between."""
    text = "Orla Venn noted that men, who Reck claimed had left, were there, adding that “nobody should be surprised.”"
    assert [by for what, by in said(text) if "surprised" in what] == ["Orla Venn"]
    assert {one.name for one in statements(text)} == {"Orla Venn"}
