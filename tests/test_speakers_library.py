"""Speakers across a library: one person behind many forms, in any order of indexing, and found by any of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import corrections, sync
from index.speakers import Cluster, cluster, former_ids, name_bucket, speaker_id
from index.store.local import LocalLibrary
from index.types import Filters, StatementQuery
from tests.fake_embedder import HashingEmbedder
from tests.small_library import article, make_library

ARTICLES = {
    "first": "“The quay stays ours,” said Harbour spokesman Dmitry Volkov. “It does,” he added.\n",
    "second": "“We shall see,” Dmitri S. Volkov, the harbour spokesman, told reporters.\n",
    "third": "“Nobody asked us,” Mr. Volkov said on Friday.\n",
    "fourth": "“Ask them,” said Oda Lund, a fisher. “They won’t answer,” Thomas Lund said. “Why not?” Lund asked.\n",
}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[LocalLibrary]:
    """Four articles: three forms of one name, and two namesakes."""
    library = make_library(tmp_path / "library", [article(name, text) for name, text in ARTICLES.items()])
    yield library
    library.close()


def ids(library: LocalLibrary, typed: str) -> list[str]:
    """The ids of all whom a typed name can mean."""
    with library.snapshot() as snapshot:
        return [person.id for person in snapshot.directory().find(typed)]


@pytest.mark.parametrize(
    "typed",
    [
        "volkov",
        "Mr. Volkov",
        "Dmitri S. Volkov",
        "D. Volkov",
        "the harbour spokesman",
        "Harbour spokesman Dmitrii Volkov",
    ],
)
def test_any_known_form_finds_a_speaker(library: LocalLibrary, typed: str) -> None:
    """Surname, title, other spelling, initial, role: all are the one person, whose four statements they find."""
    assert ids(library, typed) == ids(library, "Dmitry Volkov") != []
    with library.snapshot() as snapshot:
        (speaker,) = snapshot.speakers(Filters(speaker=typed))
    assert (speaker.statements, speaker.documents, speaker.description) == (4, 3, "Harbour spokesman")


@pytest.mark.parametrize("typed", ["spokesman", "the spokesman", "the quay spokesman", "Ivan Volkov", "he"])
def test_vague_or_other_forms_find_nobody(library: LocalLibrary, typed: str) -> None:
    """One word for a role is too vague, and another given name is another person."""
    assert ids(library, typed) == []


def test_namesakes_stay_two(library: LocalLibrary) -> None:
    """Two given names are two people; the bare surname is neither's."""
    assert len({*ids(library, "Oda Lund"), *ids(library, "Thomas Lund")}) == 2
    with library.snapshot() as snapshot:
        assert sorted(s.name for s in snapshot.speakers(Filters(speaker="Lund"))) == ["Oda Lund", "Thomas Lund"]


@settings(max_examples=6, deadline=None)
@given(order=st.permutations(sorted(ARTICLES)))
def test_order_of_indexing_makes_no_difference(tmp_path_factory: pytest.TempPathFactory, order: list[str]) -> None:
    """Articles taken in one by one, in any order, give the same speakers with the same ids."""
    expected = None
    for names in (sorted(ARTICLES), order):
        library = make_library(tmp_path_factory.mktemp("library") / "library", [])
        for name in names:
            sync.add(library, [article(name, ARTICLES[name])], HashingEmbedder())
        with library.snapshot() as snapshot:
            found = list(snapshot.speakers(Filters()))
        library.close()
        expected = found if expected is None else expected
        assert found == expected


def test_a_merge_outlives_new_names(library: LocalLibrary) -> None:
    """Who was merged when the library knew a surname alone is still merged when the full name has come."""
    sync.add(library, [article("fifth", "“Too late,” Mayor Reck said.\n")], HashingEmbedder())
    (old,) = ids(library, "Reck")
    corrections.merge(library, "Reck", "Oda Lund")
    sync.add(
        library,
        [article("sixth", "“Never,” said Peter Reck, the mayor. “Never ever,” Reck added.\n")],
        HashingEmbedder(),
    )
    assert ids(library, "Peter Reck") == ids(library, "Oda Lund") == ids(library, old)


def test_a_split_outlives_new_names(library: LocalLibrary) -> None:
    """A name that was split off stays apart, whatever other forms come."""
    corrections.split(library, "Dmitry Volkov", "Volkov")
    assert len({*ids(library, "Dmitry Volkov")}) == 1
    sync.add(library, [article("fifth", "“Late,” said Dmitriy S. Volkov.\n")], HashingEmbedder())
    with library.snapshot() as snapshot:
        directory = snapshot.directory()
        assert (
            directory.person("Volkov").id
            != directory.person("Dmitry Volkov").id
            == directory.person("Dmitriy S. Volkov").id
        )


def test_corrections_follow_a_statement_that_moves(library: LocalLibrary) -> None:
    """An edit before it changes a statement's offsets, not what the user said of it."""
    with library.snapshot() as snapshot:
        (third,) = [one for one in snapshot.statements(StatementQuery()) if one.document.id == "third"]
    corrections.reattribute(library, third.id, "Pavel Drin")
    sync.add(library, [article("third", "The quay is old.\n\n" + ARTICLES["third"])], HashingEmbedder())
    with library.snapshot() as snapshot:
        (moved,) = snapshot.statements(StatementQuery(filters=Filters(speaker="Drin")))
    assert (moved.id, moved.speaker) == (third.id, "Pavel Drin")
    assert moved.statement.start > third.statement.start


@pytest.mark.parametrize(
    "names",
    [
        ("Yevgeny Prigov", "Evgeny Prigov", "Yevgeni Prigov", "Mr. Prigov"),
        ("Ilmar Soresk", "Ylmar Soresk", "I. Soresk"),
        ("Volodymyr Zelenko", "Vladimir Zelenko", "Mr. Zelenko"),
        ("Mohammed bin Sarif", "Muhammad bin Sarif", "Mr. bin Sarif"),
        ("Jérôme Müller", "Jerome Mueller", "Mr. Muller"),
        ("Ben Carver", "Benjamin Carver", "Mr. Carver"),
        ("Joe Venn", "Joseph R. Venn Jr.", "Mr. Venn"),
        ("Kim Tae-un", "Kim Tae Un", "Mr. Kim"),
        ("Ursula von der Marsh", "Ms. von der Marsh"),
        ("Bashar al-Hamadi", "Mr. Al-Hamadi", "Mr. Hamadi"),
        ("Tony Blinker", "Antony J. Blinker", "Secretary of State Antony Blinker"),
    ],
)
def test_spellings_of_one_name_are_one_person(names: tuple[str, ...]) -> None:
    """Transliterations, accents, nicknames, initials, particles and titles make no second person."""
    assert len({name_bucket(name) for name in names}) == 1
    assert len(cluster(dict.fromkeys(names, 1))) == 1


@pytest.mark.parametrize(
    "names",
    [("John Smith", "Jane Smith"), ("Carl Venn", "Charles Venn"), ("Ivan Reck", "John Reck"), ("Dan Lee", "Dana Lee")],
)
def test_different_given_names_are_different_people(names: tuple[str, str]) -> None:
    """What merely sounds alike stays apart."""
    assert len(cluster(dict.fromkeys(names, 1))) == 2


def test_former_ids_lead_to_a_grown_cluster() -> None:
    """The ids of all smaller clusters are among those of the cluster that grew out of them."""
    grown = Cluster("Dmitry Volkov", ("D. Volkov", "Dmitry Volkov", "Volkov"))
    for name in grown.names:
        (small,) = cluster({name: 1})
        assert speaker_id("volkov", small) in former_ids("volkov", grown)
