"""Roles, bodies and names in disguise: whom “the senator”, “the officials”, a headline or “Melania” mean."""

import pytest

from index.speakers import describe, role_in
from index.speakers.resolve import resolve_names


def resolved(text: str, mention: str) -> str | None:
    """The name of the last place where a mention stands."""
    start = text.rindex(mention)
    return resolve_names(text, [(start, start + len(mention))])[0]


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("Sen. Thomas Venn spoke. “Enough,” the Ashland senator said.", "the Ashland senator", "Thomas Venn"),
        ("President Mary Lund met Tam Reck, president of the Tide Club. The president said no.", "The president", None),
        ("Senator Ann Venn met Peter Reck. Reck left. Much later the senator said no.", "the senator", "Ann Venn"),
        (
            "The governor, Ann Venn, left. Her deputy governor, Peter Reck, stayed. The governor said no.",
            "The governor",
            "Ann Venn",
        ),
        ("Thomas Venn is protesting. The presidential candidate said no.", "The presidential candidate", "Thomas Venn"),
        ("Thomas Venn, a pollster, spoke. The nominee said no.", "The nominee", None),
        ("Thomas Venn spoke. The transport minister said no.", "The transport minister", None),
        ("Thomas Venn spoke. The official said no.", "The official", None),
    ],
)
def test_later_roles(text: str, mention: str, name: str | None) -> None:
    """A role means its one bearer, or goes on about the subject where nothing speaks against it."""
    assert resolved(text, mention) == name


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("“No,” said the guard, Osk Perling.", "the guard, Osk Perling", "Osk Perling"),
        ("“No,” said its chairwoman, Ingrith Solvane.", "its chairwoman", "Ingrith Solvane"),
        ("Then a retired postman called Jens Aubery, who was late, said no.", "a retired postman", "Jens Aubery"),
        (
            "Another superdelegate, Michael Brown of Ash, said no.",
            "Another superdelegate, Michael Brown of Ash,",
            "Michael Brown",
        ),
        ("The activist, who backs Thomas Venn, said no.", "The activist, who backs Thomas Venn", None),
        ("Former Peter Reck speechwriter Ann Venn said no.", "Former Peter Reck speechwriter Ann Venn", "Ann Venn"),
        ("Ash County Recorder Helen Venn said no.", "Ash County Recorder Helen Venn", "Helen Venn"),
        ("Tide Chief of Staff Katie Venn said no.", "Tide Chief of Staff Katie Venn", "Katie Venn"),
    ],
)
def test_names_beside_roles(text: str, mention: str, name: str | None) -> None:
    """The name that stands beside a role is the sayer's; one in a clause about them is not."""
    assert resolved(text, mention) == name


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("Ann Venn Says Peter Reck Lied About The Boats.\n\nAnn Venn said so. Reck denied it.", "Reck", "Peter Reck"),
        ("Calls Reck’s Boats A Danger To Everybody.\n\nPeter Reck came. Reck said no.", "Reck", "Peter Reck"),
        ("Peter Reck came. (See Reck’s full list of boats, to see them.) Reck said no.", "Reck", "Peter Reck"),
        ("Will Reck come? Peter Reck came to Ash. There Reck said no.", "Reck", "Peter Reck"),
        ("Melania Volkov stayed. Ivan Volkov left. Melania said no.", "Melania", "Melania Volkov"),
        ("Ben Carver spoke. Carver said no.", "Carver", "Ben Carver"),
        (
            "Ferrytalk said no. In Ash, Ferrytalk said it would. New Ferrytalk said so. Ferrytalk said no.",
            "Ferrytalk",
            "Ferrytalk",
        ),
        ("Khalo Venn and Uzza Venn came. Mr. Venn said no.", "Mr. Venn", None),
        ("Prosecutors came. Politicos say no.", "Politicos", None),
    ],
)
def test_capitals_that_say_nothing(text: str, mention: str, name: str | None) -> None:
    """A capital owed to a headline or a sentence's start makes no name, and an honorific no choice of two unknown."""
    assert resolved(text, mention) == name


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("White House officials met. Days later the officials said no.", "the officials", "White House officials"),
        ("White House officials met Ash City officials. The officials said no.", "The officials", None),
        ("Her advisers said no.", "Her advisers", None),
        ("The Center for Tides said no.", "The Center for Tides", "Center for Tides"),
    ],
)
def test_bodies(text: str, mention: str, name: str | None) -> None:
    """Officials stay those that were named, if no others were; nobody's advisers are no body."""
    assert resolved(text, mention) == name


@pytest.mark.parametrize(
    ("mention", "role"),
    [
        ("Harbour spokesman Dmitry Volkov", "Harbour spokesman"),
        ("Dmitry Volkov, the harbour spokesman,", "harbour spokesman"),
        ("former Ashland governor Jan Venn, a supporter of Reck,", "former Ashland governor"),
        ("Secretary of State Antony J. Venn", "Secretary of State"),
        ("Mr. Volkov", None),
        ("Orla Venn, who sells boats", None),
        ("the State Department", None),
        ("he", None),
        ("", None),
    ],
)
def test_role_in_a_mention(mention: str, role: str | None) -> None:
    """What somebody is, without the name, the article and the clause."""
    assert role_in(mention) == role


def test_description_is_the_role_worded_most() -> None:
    """Frequency decides, then length; without any role there is no description."""
    assert describe(
        {"Volkov": 9, "Harbour spokesman Ivan Volkov": 2, "the harbour spokesman": 1, "Captain Volkov": 2}
    ) == ("Harbour spokesman")
    assert describe({"Volkov": 9, "he": 3}) is None


@pytest.mark.parametrize("company", ["Harker's Inc", "Oda’s Corp", "Tolm Ferries Ltd", "Krell's Co. Plc"])
def test_a_company_is_named_whole(company: str) -> None:
    """A possessive within a company's name does not cut it down to its legal form, which all companies share."""
    assert resolved(f"{company} said no.", company) == company


def test_somebodys_company_is_not_its_owner() -> None:
    """A possessive before a common noun still ends a name."""
    assert resolved("Oda Krell's company said no.", "Oda Krell's company") is None


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("Thomas Orlow is the mayor. The mayor said no.", "The mayor", "Thomas Orlow"),
        ("Thomas Orlow is the mayor’s friend. The mayor said no.", "The mayor", None),
        ("Chancellor Ada Venn was succeeded by Thomas Orlow. The chancellor said no.", "The chancellor", None),
        ("A man who knew Thomas Orlow said no.", "Thomas Orlow", None),
        ("The man who, Thomas Orlow said, was late is here.", "Thomas Orlow", "Thomas Orlow"),
    ],
)
def test_who_is_what(text: str, mention: str, name: str | None) -> None:
    """“X is the mayor” gives a role, a successor takes it, and whom a clause with “who” tells of is not its sayer."""
    assert resolved(text, mention) == name


@pytest.mark.parametrize("name", ["Jo Park", "Jin Park", "Olu Bay", "Lee Wood"])
def test_surnames_that_are_places(name: str) -> None:
    """Behind an office with a modifier a place's word is a surname, and means the same person later on."""
    text = f"Energy Minister {name} rose. {name.split()[1]} said no."
    assert resolved(text, f"Energy Minister {name}") == name
    assert resolved(text, name.split()[1]) == name
