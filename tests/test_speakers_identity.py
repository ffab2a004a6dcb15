"""Bare surnames across a library: joined to a full name where its office says so, else speakers of their own."""

from pathlib import Path

import pytest

from index.speakers import Sighting, cluster
from index.speakers.resolve import resolve_names
from index.types import Filters
from tests.small_library import article, make_library

FULL = "“The dam will hold,” said Thomas Orlow, {}. “It has to,” Orlow added.\n"


def speakers(tmp_path: Path, *texts: str, years: tuple[int, ...] = (2001, 2002, 2003)) -> list[tuple[str, int]]:
    """The speakers of a library of these articles, with how many statements each has."""
    given = [article(f"in-{year}", text, published=f"{year}-05-02") for year, text in zip(years, texts, strict=False)]
    library = make_library(tmp_path / "library", given)
    with library.snapshot() as snapshot:
        found = [(one.name, one.statements) for one in snapshot.speakers(Filters())]
        assert len(snapshot.speakers(Filters(speaker="Orlow"))) == len(found)
    library.close()
    return found


@pytest.mark.parametrize(
    ("role", "bare"),
    [
        ("a striker", "“The line is closed,” Orlow said on Friday.\n"),
        ("a striker", "“The line is closed,” Orlow said. “It will open,” he added.\n"),
        ("a striker", "“The law is signed,” Gov. Orlow said. “It is a good one,” he added.\n"),
        ("the mayor", "“The law is signed,” Gov. Orlow said. “It is a good one,” he added.\n"),
        ("the former president", "“The law is signed,” President Orlow said.\n"),
        ("the vice president", "“The law is signed,” President Orlow said.\n"),
        ("the president’s son", "“The law is signed,” President Orlow said.\n"),
        ("president of the Chess Club", "“The law is signed,” President Orlow said.\n"),
        ("the police spokesman", "“The road is closed,” harbour spokesman Orlow said.\n"),
        ("the foreign minister", "“The road is closed,” Finance Minister Orlow said.\n"),
    ],
)
def test_nothing_in_common_is_two(tmp_path: Path, role: str, bare: str) -> None:
    """A surname alone, a pronoun, or another office make nobody of another article; “Orlow” asks for both."""
    assert sorted(name for name, _ in speakers(tmp_path, FULL.format(role), bare)) == ["Orlow", "Thomas Orlow"]


@pytest.mark.parametrize(
    ("role", "bare"),
    [
        ("the president of Sarn", "“The law is signed,” President Orlow said.\n"),
        ("the president", "“The law is signed,” President Orlow said. “It is a good one,” he added.\n"),
        ("the governor of Ash", "“The law is signed,” Gov. Orlow said. “It is a good one,” he added.\n"),
        ("the Harbour Board spokesman", "“The road is closed,” Harbour Board spokesman Orlow said.\n"),
        ("the foreign minister", "“The road is closed,” Foreign Minister Orlow said.\n"),
        ("a striker", "“The line is closed,” Mr. Orlow said on Friday.\n"),
    ],
)
def test_the_same_office_is_one(tmp_path: Path, role: str, bare: str) -> None:
    """The office that both articles tell joins; so does an honorific, where nothing speaks against it."""
    assert [name for name, _ in speakers(tmp_path, FULL.format(role), bare)] == ["Thomas Orlow"]


def test_a_rival_keeps_the_office_apart(tmp_path: Path) -> None:
    """With two full-named bearers nobody is guessed at."""
    texts = (
        FULL.format("the president"),
        "“Well,” said Peter Orlow.\n",
        "“The law is signed,” President Orlow said.\n",
    )
    assert sorted(name for name, _ in speakers(tmp_path, *texts)) == ["Orlow", "Peter Orlow", "Thomas Orlow"]


def test_another_decade_is_another(tmp_path: Path) -> None:
    """A president of the same name, years later, may be the son."""
    texts = (FULL.format("the president"), "“The law is signed,” President Orlow said.\n")
    assert len(speakers(tmp_path / "far", *texts, years=(1991, 2004))) == 2
    assert len(speakers(tmp_path / "near", *texts, years=(1991, 1992))) == 1


def test_offices_part_bare_surnames() -> None:
    """Two who are known by surname alone are two where their titles or honorifics differ."""
    assert len(cluster({"Coach Orlow": 1, "Governor Orlow": 1})) == 2
    assert len(cluster({"Mr. Orlow": 1, "Ms Orlow": 1})) == 2
    assert len(cluster({"Mr Governor Orlow": 1, "Governor Orlow": 1, "Orlow": 1})) == 1


@pytest.mark.parametrize("published", [None, "soon", "2016"])
def test_a_date_that_nobody_knows_contradicts_nothing(published: str | None) -> None:
    """Only full dates tell how far apart two articles are."""
    seen = {
        "President Orlow": [Sighting("President Orlow", published)],
        "Ada Orlow": [Sighting("President Ada Orlow", "1950-01-01")],
    }
    assert len(cluster({"President Orlow": 1, "Ada Orlow": 1}, seen)) == 1


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("Gov. Rudd signed it. He said no.", "He", "Mr Governor Rudd"),
        ("Rudd signed it. Rudd said he knew.", "Rudd", "Mr Rudd"),
        ("Mr. Rudd signed it. Rudd said no.", "Rudd", "Mr. Rudd"),
        ("Rudd said no.", "Rudd", "Rudd"),
    ],
)
def test_what_an_article_tells_of_a_surname(text: str, mention: str, name: str) -> None:
    """The stored name keeps its title, and tells an honorific as written from one that pronouns tell."""
    start = text.rindex(mention)
    assert resolve_names(text, [(start, start + len(mention))]) == [name]


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("Sir Osk Orlow has died. Sir Osk said no.", "Sir Osk", "Osk Orlow"),
        ("Dame Orla Volkov has died. Dame Orla said no.", "Dame Orla", "Orla Volkov"),
        ("Yrsk Orlow, 82, has a parrot. Yrsk said no.", "Yrsk", "Yrsk Orlow"),
        ("Cllr Joan Orlow rose. Cllr Orlow said no.", "Cllr Orlow", "Joan Orlow"),
        ("Churchwarden Joan Orlow said no.", "Churchwarden Joan Orlow", "Joan Orlow"),
        (
            "President Ewald Orlow and First Lady Ilse Orlow left. President Orlow said no.",
            "President Orlow",
            "Ewald Orlow",
        ),
    ],
)
def test_what_stands_before_a_name(text: str, mention: str, name: str) -> None:
    """Knights keep their given names, and a title or a trade before a name is none of it."""
    start = text.rindex(mention)
    assert resolve_names(text, [(start, start + len(mention))]) == [name]


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Mayor Joan Orlow lost. Mr. Lund was sworn in on Friday. The mayor said no.", "The mayor"),
        (
            "Osk Orlow, the spokesman of Vance Oil, rose. A spokesman for the coast guard wept. "
            "“It is dry,” Orlow said. The coast guard spokesman said no.",
            "The coast guard spokesman",
        ),
        ("Yrsk Orlow's mother wept. “He wrote poems,” she said.", "she"),
        ("After Bo Volkov called her naive, Yrsk Irvin said he should read it. “It is short,” she said.", "she"),
    ],
)
def test_nobody_where_another_may_be_meant(text: str, mention: str) -> None:
    """A successor, somebody's mother, and whoever is not “he” after another: unsure is nobody."""
    start = text.rindex(mention)
    assert resolve_names(text, [(start, start + len(mention))]) == [None]


def test_firm_with_its_founders_name() -> None:
    """Who says “its” where a firm bears the founder's name is the firm, and not the founder."""
    text = "Harlan Dace founded Dace Boats. Dace said its boats sank."
    start = text.rindex("Dace said")
    content = (text.index("its boats"), len(text) - 1)
    assert resolve_names(text, [(start, start + 4)], [[content]]) == [None]
