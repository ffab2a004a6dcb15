"""What nobody has said, and who is no sayer: denials, conditions, empty subjects, and words that are no noun phrase."""

import pytest

from tests.spoken import said, statements


@pytest.mark.parametrize(
    "text",
    [
        "Neither the mayor nor Orla Venn said that tolls would rise.",
        "Nobody at the quay said that tolls would rise.",
        "No one said that tolls would rise.",
        "No alderman said that tolls would rise.",
        "Not one alderman said that tolls would rise.",
        "None of the aldermen said that tolls would rise.",
        "“The tolls will rise,” nobody said.",
        "If Mayor Reck said the quay would close, he was wrong.",
        "If Mayor Reck said “the quay will close,” he was wrong.",
        "Whether Mayor Reck said the quay would close is unclear.",
        "Unless Mayor Reck says the quay will close, it stays open.",
        "Asked whether Mayor Reck said the quay would close, Orla Venn laughed.",
        "It is not true that Mayor Reck said the quay would close.",
        "There is no evidence Mayor Reck said the quay would close.",
        "Few believe that Mayor Reck said the quay would close.",
        "I don't think Mayor Reck said the quay would close.",
        "At no point has Mayor Reck said the quay would close.",
        "Has Mayor Reck said the quay would close?",
    ],
)
def test_what_was_not_said_is_no_statement(text: str) -> None:
    """A condition, a question, a denial and a subject that is nobody: nothing is reported as said."""
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("If elected, she said, she would close the quay.", "she"),
        ("She said that if the quay closed, she would leave.", "She"),
        ("When asked if the quay would close, Reck said it would stay open.", "Reck"),
        ("If the quay closed, Mayor Reck said, tolls would rise.", "Mayor Reck"),
        ("Whether or not it rains, Mayor Reck said the quay would close.", "Mayor Reck"),
        ("Orla Venn said it was not true that the quay would close.", "Orla Venn"),
        ("It was not until Monday that Mayor Reck said the quay would close.", "Mayor Reck"),
        ("There is no doubt that Mayor Reck said the quay would close.", "Mayor Reck"),
        ("None other than Mayor Reck said the quay would close.", "Mayor Reck"),
        ("No, Mayor Reck said, the quay would stay open.", "Mayor Reck"),
        ("No 10 officials said the quay would close.", "No 10 officials"),
        ("A few aldermen said the quay would close.", "A few aldermen"),
    ],
)
def test_conditions_within_what_was_said(text: str, mention: str) -> None:
    """A condition or a denial that is the sayer's own, or that says yes, takes nothing away."""
    assert [by for _, by in said(text)] == [mention]


@pytest.mark.parametrize(
    "sayer",
    [
        "State Department spokesman Bran Reck",
        "State Senator Orla Venn",
        "State Rep. Orla Venn",
        "State Department officials",
    ],
)
def test_capitals_after_a_quotation_are_no_verb(sayer: str) -> None:
    """“…,” State Senator Venn said: the verb is “said”, and “State” belongs to the office."""
    text = f"“We will not leave the quay,” {sayer} said."
    assert said(text) == [("“We will not leave the quay,”", sayer)]
    assert [text[slice(*one.cue)] for one in statements(text)] == ["said"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Governor Orla Venn's claim that “the river is clean” was mocked.", "Orla Venn"),
        ("Orla Venn’s claim that “the river is clean” was mocked.", "Orla Venn"),
        ("In Bran Reck’s words, “the river is a sewer and a disgrace.”", "Bran Reck"),
        ("Orla Venn rose. Venn's claim that “the river is clean” was mocked.", "Orla Venn"),
    ],
)
def test_possessors_are_named(text: str, name: str) -> None:
    """Whose claim or words it is has a name, without the possessive ending."""
    assert [one.name for one in statements(text)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "These naval operations indicate that the strait will close soon.",
        "A Kremlin said that the strait would close soon.",
    ],
)
def test_deeds_and_scraps_are_no_sayers(text: str) -> None:
    """What cannot speak, and what is no noun phrase, has said nothing."""
    assert said(text) == []


@pytest.mark.parametrize("opening", ["It was the first time Reck", "It is not the first time Reck"])
def test_moments_are_no_part_of_a_sayer(opening: str) -> None:
    """“The first time Reck said so” is told by Reck alone."""
    assert said(f"{opening} said that the quay would close.") == [("that the quay would close", "Reck")]


@pytest.mark.parametrize(
    ("text", "content", "mention"),
    [
        (
            "The council wants to weigh and publicly share naval assessments that said the quay was wet.",
            "the quay was wet",
            "naval assessments",
        ),
        (
            "A Kremlin readout of the call blamed the wind for it all, saying that the quay was wet.",
            "that the quay was wet",
            "A Kremlin readout of the call",
        ),
    ],
)
def test_sayers_are_whole_noun_phrases(text: str, content: str, mention: str) -> None:
    """What is written is named whole, and without the verbs before it."""
    assert (content, mention) in said(text)
