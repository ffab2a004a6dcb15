"""Bodies that go on to speak: “the ministry”, “the company”, “it”."""

import pytest

from index.speakers.resolve import resolve_names


def resolved(text: str, mention: str) -> str | None:
    """The name of the last place where a mention stands."""
    start = text.rindex(mention)
    return resolve_names(text, [(start, start + len(mention))])[0]


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("The Tide Company closed its mill. The company said no.", "The company", "Tide Company"),
        ("Harker's Inc. opened a mill in Castrin. The firm said no.", "The firm", "Harker's Inc."),
        ("The Ministry of Fisheries met. The ministry said no.", "The ministry", "Ministry of Fisheries"),
        (
            "The Ministry of Defence met. The Ministry of Defence said no.",
            "The Ministry of Defence",
            "Ministry of Defence",
        ),
        ("The Bank of Sarn raised its rates. The bank said no.", "The bank", "Bank of Sarn"),
        ("The Castrin Post asked around. The newspaper said no.", "The newspaper", "Castrin Post"),
        ("The Tide Company sued the Reck Company. The company said no.", "The company", None),
        ("The Bank of Sarn met. The Tide Bank met. The bank said no.", "The bank", None),
        ("The Tide Company met. Another company left. The company said no.", "The company", None),
        ("The company said no. The Tide Company met.", "The company", None),
    ],
)
def test_a_noun_goes_back_to_the_only_body_of_its_kind(text: str, mention: str, name: str | None) -> None:
    """With two of a kind, or one that nobody names, it is nobody's."""
    assert resolved(text, mention) == name


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        (
            "The Organization of the Salt Exporting Islands said no.",
            "The Organization of the Salt Exporting Islands",
            "Organization of the Salt Exporting Islands",
        ),
        ("The Ministry of the Interior said no.", "The Ministry of the Interior", "Ministry of the Interior"),
        ("The Society for the Tide said no.", "The Society for the Tide", "Society for the Tide"),
        (
            "The Conference of the Roman Choirs said no.",
            "The Conference of the Roman Choirs",
            "Conference of the Roman Choirs",
        ),
        ("The Ministry of the Interior met. The ministry said no.", "The ministry", "Ministry of the Interior"),
        (
            "The Organization of the Salt Exporting Islands’ head, Jens Volkov, said no.",
            "The Organization of the Salt Exporting Islands’ head, Jens Volkov,",
            "Jens Volkov",
        ),
        (
            "Ministry of the Interior Spokesman Jens Volkov said no.",
            "Ministry of the Interior Spokesman Jens Volkov",
            "Jens Volkov",
        ),
        ("Harker Ltd of the U.K. said no.", "Harker Ltd of the U.K.", "Harker Ltd"),
        ("Members of the House of the Tide said no.", "Members of the House of the Tide", None),
    ],
)
def test_a_bodys_name_goes_on_behind_of_the(text: str, mention: str, name: str | None) -> None:
    """As far as it has capitals, and not into who speaks for it, nor into where a firm is."""
    assert resolved(text, mention) == name


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("The Fisheries and Tide Administration", None),
        ("The Fisheries and Water Administration", "Fisheries and Water Administration"),
        ("The Sarn Savings and Loan Association Inc", "Sarn Savings and Loan Association Inc"),
        ("U.S. Food and Water Administration Commissioner Orla Venn", "Orla Venn"),
        ("The House Ports and Roads Committee", "House Ports and Roads Committee"),
        ("The Ministry of Foreign Trade and Fisheries", "Ministry of Foreign Trade and Fisheries"),
        ("The Council for Food Security and the Tide", "Council for Food Security"),
        ("Office of Ports and Roads Director Jens Volkov", "Jens Volkov"),
        ("The Ministry of Finance and Trade Ministry", "Ministry of Finance"),
        ("The United Isles and Sarn Union", None),
        ("Orla Venn and Energy Ministry officials", "Orla Venn"),
    ],
)
def test_a_bodys_name_goes_on_behind_an_and_where_what_it_sees_to_is_on_both_sides(
    mention: str, name: str | None
) -> None:
    """With the noun for what it is in front or behind; two bodies, or a person and a body, stay two."""
    found = resolved(f"{mention} said no.", mention)
    assert found == name if name else " and " not in (found or "")


def test_an_acronym_tells_that_a_name_goes_on_behind_an_and() -> None:
    """Wherever the article writes that name, with or without its acronym, and only where all letters fit."""
    whole = "Organization for Tides and Eels in Sarn"
    assert resolved(f"The {whole} (OTES) said no.", f"The {whole} (OTES)") == whole
    assert resolved(f"The {whole} (OTES) met. The {whole} said no.", f"The {whole}") == whole
    assert resolved(f"The {whole} (OTSE) said no.", f"The {whole} (OTSE)") != whole
    assert resolved("Jens and Orla Reck (SEC) met. Jens and Orla Reck said no.", "Orla Reck") == "Orla Reck"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Harbour Board hired Thomas Reck. It said no.", "Harbour Board"),
        ("The Harbour Board met. The board was tired. “No,” it said.", "Harbour Board"),
        ("The Tide Company sued the Harbour Board. It said no.", None),
        ("Reckel sued the Harbour Board. It said no.", None),
        ("The report by the Harbour Board came out. It said no.", None),
        ("The Harbour Board met. A committee sat. It said no.", None),
        ("The Harbour Board met. It rained. It snowed. It thawed. It said no.", None),
        ("The Harbour Board met. It was the mayor who said no.", None),
        ("“The Harbour Board met. It said no,” Thomas Reck wrote.", None),
        ("Ashmouth flooded. It said no.", None),
    ],
)
def test_it_is_the_only_body_just_before(text: str, name: str | None) -> None:
    """“It” speaks for a body of the sentences before where there is no rival, report or quotation."""
    assert resolved(text, "it" if "“No,”" in text else "It") == name


def test_who_has_spoken_is_it() -> None:
    """A company that no noun tells to be one is “it” once it has said something."""
    text = "Reckel said on Friday that it would buy a mill. It said that the price was fair."
    it = text.rindex("It said")
    assert resolve_names(text, [(0, 6), (it, it + 2)]) == ["Reckel", "Reckel"]


def test_a_department_is_never_cut_short() -> None:
    """An analyst of the Department of Tides is not the department, nor half of it."""
    assert resolved("A Sarn Department of Tides analyst said no.", "A Sarn Department of Tides analyst") is None
    assert (
        resolved("The Sarn Department of Tides said no.", "The Sarn Department of Tides") == "Sarn Department of Tides"
    )
