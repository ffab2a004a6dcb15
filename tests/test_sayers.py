"""Whose statements a question means, by name, role or body; nobody else's."""

from collections.abc import Iterator

import pytest

from index.library import open_library
from index.store.local import LocalLibrary
from index.types import Filters
from search.sayers import Sayers, find_sayers
from tests.small_library import article, make_library

PALACE = """\
Talks on the canal

“The canal will open in spring,” Doran V. Ilmare, the Amber Palace's spokesman, said on Monday.

Italian Prime Minister Carla Bexton, who was travelling, said that the canal was too narrow.

Norway's foreign minister, Arne Solvik, said the toll was fair.

“We have not read the plan,” a Ministry of Waters spokesperson said. “We shall,” the spokesperson added.

“Nobody asked the herons,” an Amber Palace gardener said.

Amber Palace officials said the gates would be painted.
"""

LATER = """\
The canal again

Polish President Jan Tarnok spoke first. “A canal is a promise,” Mr. Tarnok said.

“It is wet,” Mr. Ilmare said.

Officials, including Harbour Adviser Bo Reck, met on Friday. “The water is deep,” Mr. Reck said.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalLibrary]:
    """Two articles with people, their roles, and a body with its spokesman."""
    root = tmp_path_factory.mktemp("sayers") / "library"
    make_library(root, [article("palace", PALACE), article("later", LATER)])
    opened = open_library(root)
    yield opened
    opened.close()


def _find(library: LocalLibrary, typed: str, filters: Filters | None = None) -> Sayers:
    with library.snapshot() as snapshot:
        return find_sayers(snapshot, filters or Filters(), typed)


def _names(found: Sayers) -> set[str | None]:
    return {one.speaker for one in found.own}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Ilmare", "Doran V. Ilmare"),
        ("the Amber Palace's spokesman", "Doran V. Ilmare"),
        ("the Amber Palace spokeswoman", "Doran V. Ilmare"),
        ("the Norwegian foreign minister", "Arne Solvik"),
        ("Norway's foreign minister", "Arne Solvik"),
        ("the Italian premier", "Carla Bexton"),
        ("the Polish president", "Jan Tarnok"),
        ("the president of Poland", "Jan Tarnok"),
        ("the Polish leader", "Jan Tarnok"),
        ("Tarnok's harbour adviser", "Bo Reck"),
    ],
)
def test_name_or_role(library: LocalLibrary, typed: str, name: str) -> None:
    """A role is whoever bears it where they speak or anywhere else, in the country's noun or adjective."""
    assert _names(_find(library, typed)) == {name}


@pytest.mark.parametrize(
    "typed",
    ["Poland's foreign minister", "the Spanish premier", "Poland's harbour adviser", "the president", "Orr Zell"],
)
def test_nobody_is_guessed(library: LocalLibrary, typed: str) -> None:
    """Another country's minister is somebody else, and “the president” may be anybody."""
    assert _find(library, typed).all == ()


def test_roles_reach_all_statements_of_their_bearer(library: LocalLibrary) -> None:
    """What the spokesman said elsewhere, under his name alone, is his as well."""
    found = _find(library, "the Amber Palace's spokesman")
    assert {one.document.id for one in found.own} == {"palace", "later"}


def test_body_is_followed_by_its_spokesman(library: LocalLibrary) -> None:
    """A body's own statements are apart from its spokesman's, and its gardener's are neither."""
    found = _find(library, "the Amber Palace")
    assert [one.mention for one in found.own] == ["Amber Palace officials"]
    assert {one.speaker for one in found.deputies} == {"Doran V. Ilmare"}
    assert not any("herons" in one.text for one in found.all)


def test_nameless_spokesperson_goes_on_speaking(library: LocalLibrary) -> None:
    """“The spokesperson added” is the one who was just introduced."""
    found = _find(library, "the Ministry of Waters")
    assert any("We have not read" in one.text for one in found.all)
    assert any("We shall" in one.text for one in found.all)
    assert len({one.id for one in found.all}) == len(found.all)


def test_filter_for_another_speaker_leaves_none(library: LocalLibrary) -> None:
    """A filter holds, whomever the question names."""
    assert _find(library, "the Norwegian foreign minister", Filters(speaker="Bexton")).all == ()


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("gardeners", {None}),
        ("the Italian prime minister", {"Carla Bexton"}),
        ("the canal", set()),
        ("herons", set()),
        ("Solvyk", {"Arne Solvik"}),
        ("Ilmare and Solvik", {"Doran V. Ilmare", "Arne Solvik"}),
    ],
)
def test_roles_in_any_number_and_names_with_a_slip(library: LocalLibrary, typed: str, names: set[str | None]) -> None:
    """A plural finds the one who is that; what says nothing has no statements; a near name is the one person's."""
    assert _names(_find(library, typed)) == names


def test_what_stands_behind_a_name_is_told_of_it(library: LocalLibrary) -> None:
    """“Solvik, the foreign minister” is Solvik, as far as the library knows."""
    assert _names(_find(library, "Solvik, the minister of herrings")) == {"Arne Solvik"}


def test_a_country_speaks_by_those_who_govern_it(library: LocalLibrary) -> None:
    """“What does Norway say” is answered by its foreign minister, under his own name."""
    found = _find(library, "Norway")
    assert _names(found) == set()
    assert {one.speaker for one in found.deputies} == {"Arne Solvik"}
