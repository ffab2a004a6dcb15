"""Corrections of who said what, over a small real library: by Python and by HTTP."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from index import corrections, statements, sync
from index.errors import CorrectionNotFoundError, InvalidValueError, SpeakerNotFoundError, StatementNotFoundError
from index.store.local import LocalLibrary
from index.types import Filters, Statement
from search.engine import Engine
from search.settings import Settings
from search.types import StatementsQuery
from search.web.app import create_app
from search.web.jobs import Jobs
from tests.fake_embedder import HashingEmbedder
from tests.small_library import article, make_library
from tests.web_client import BASE, FAKE_COMMAND, assert_problem

TEXT = """\
“The quay is ours and stays ours,” said Marta Ostrel, who chairs the board.

“We will see about the quay in court,” said Oda Ostrel, a fisher.

“Somebody has to pay for the quay,” an official said.
"""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[LocalLibrary]:
    """Three statements: two by namesakes, one by somebody unnamed."""
    library = make_library(tmp_path / "library", [article("quay", TEXT)])
    yield library
    library.close()


def engine_of(library: LocalLibrary) -> Engine:
    """An engine over it, as a command opens one."""
    return Engine(library, Settings(), lambda info: HashingEmbedder())


def said_by(library: LocalLibrary) -> dict[str, str | None]:
    """The first words of every statement, and who is listed as having said it."""
    listed = engine_of(library).statements(StatementsQuery()).statements
    return {one.text[1:10]: one.speaker.name if one.speaker else None for one in listed}


def identity(library: LocalLibrary, start: str) -> str:
    """The id of the statement that begins so."""
    listed = engine_of(library).statements(StatementsQuery()).statements
    return next(one.id for one in listed if one.text[1:].startswith(start))


def test_nobody_known_keeps_the_wording(library: LocalLibrary) -> None:
    """A sayer who is not named has an empty name, and the place where the text mentions them."""
    (one,) = [s for s in engine_of(library).statements(StatementsQuery()).statements if "pay for" in s.text]
    assert one.speaker
    assert (one.speaker.id, one.speaker.name, one.speaker.mention) == ("", "", "an official")
    assert TEXT[one.speaker.mention_start : one.speaker.mention_end] == "an official"


def test_every_kind_is_undone(library: LocalLibrary) -> None:
    """Whatever is corrected and taken back is as it was; the list shows what holds."""
    before = said_by(library)
    made = [
        corrections.reject(library, identity(library, "The quay")),
        corrections.reattribute(library, identity(library, "Somebody"), "Pavel Drin"),
        corrections.merge(library, "Oda Ostrel", "Marta Ostrel"),
    ]
    assert said_by(library) == {"We will s": "Marta Ostrel", "Somebody ": "Pavel Drin"}
    assert corrections.standing(library) == made
    for one in made:
        assert corrections.undo(library, one.number) == one
    assert said_by(library) == before
    assert corrections.standing(library) == []


def test_an_undone_correction_is_not_undone_twice(library: LocalLibrary) -> None:
    """Numbers are never used again, and one that is unknown or undone is not found."""
    first = corrections.merge(library, "Oda Ostrel", "Marta Ostrel")
    corrections.undo(library, first.number)
    second = corrections.merge(library, "Oda Ostrel", "Marta Ostrel")
    assert second.number > first.number
    for number in (first.number, 99):
        with pytest.raises(CorrectionNotFoundError, match=str(number)):
            corrections.undo(library, number)
    assert corrections.standing(library) == [second]


def test_what_holds_outlives_a_rebuild(library: LocalLibrary) -> None:
    """Deriving everything again replays what holds and not what was undone."""
    undone = corrections.reject(library, identity(library, "The quay"))
    corrections.undo(library, undone.number)
    corrections.merge(library, "Oda Ostrel", "Marta Ostrel")
    expected = said_by(library)
    sync.sync(library, [], HashingEmbedder(), rebuild=True)
    assert said_by(library) == expected
    assert expected["The quay "] == expected["We will s"] == "Marta Ostrel"


def test_a_statement_is_found_again_by_its_words(library: LocalLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules that draw a statement's border elsewhere give it another id; the corrections of it hold nevertheless."""
    corrections.reject(library, identity(library, "The quay"))
    corrections.reattribute(library, identity(library, "Somebody"), "Pavel Drin")
    before = {one.id for one in engine_of(library).statements(StatementsQuery()).statements}
    extract = statements.extract

    def with_other_borders(*given: Any) -> list[Statement]:
        """Every statement without its first quotation mark."""
        return [replace(one, spans=((one.spans[0][0] + 1, one.spans[0][1]), *one.spans[1:])) for one in extract(*given)]

    monkeypatch.setattr(statements, "extract", with_other_borders)
    sync.sync(library, [], HashingEmbedder(), rebuild=True)
    listed = engine_of(library).statements(StatementsQuery()).statements
    assert before.isdisjoint(one.id for one in listed)
    assert {one.text[:8]: one.speaker and one.speaker.name for one in listed} == {
        "We will ": "Oda Ostrel",
        "Somebody": "Pavel Drin",
    }
    for one in corrections.standing(library):
        corrections.undo(library, one.number)
    assert len(engine_of(library).statements(StatementsQuery()).statements) == 3


def test_another_statement_is_never_taken_for_a_lost_one(library: LocalLibrary) -> None:
    """When the words that were corrected are gone from the text, the correction waits and touches nothing else."""
    corrections.reject(library, identity(library, "The quay"))
    text = TEXT.replace("The quay is ours and stays ours", "Nobody asked the harbour board about prices")
    sync.add(library, [article("quay", text)], HashingEmbedder())
    assert len(engine_of(library).statements(StatementsQuery()).statements) == 3
    sync.add(library, [article("quay", TEXT)], HashingEmbedder())
    assert set(said_by(library)) == {"We will s", "Somebody "}


def test_unknown_subjects_are_named(library: LocalLibrary) -> None:
    """Nothing is recorded for a statement or speaker that is not there."""
    with pytest.raises(StatementNotFoundError, match="quay~0"):
        corrections.reject(library, "quay~0")
    with pytest.raises(SpeakerNotFoundError, match="Nobody"):
        corrections.merge(library, "Nobody", "Marta Ostrel")
    assert corrections.standing(library) == []


@pytest.fixture
def client(library: LocalLibrary) -> Iterator[TestClient]:
    """A client of a service on that library that takes changes."""
    settings = Settings(library=str(library.root))
    with TestClient(create_app(engine_of(library), settings, Jobs(settings, FAKE_COMMAND)), base_url=BASE) as client:
        yield client


def test_corrections_over_http(client: TestClient) -> None:
    """Recorded with 201 and an address, listed, seen in the next answer, undone by DELETE."""
    tag = client.get("/statements").headers["etag"]
    body = {"kind": "merge", "subject": "Oda Ostrel", "object": "Marta Ostrel"}
    made = client.post("/corrections", json=body)
    assert made.status_code == 201
    assert made.headers["location"] == f"/corrections/{made.json()['number']}"
    assert {one["name"] for one in client.get("/speakers").json()["speakers"]} == {"Marta Ostrel"}
    assert client.get("/statements", headers={"If-None-Match": tag}).status_code == 200
    assert client.get("/corrections").json() == {"total": 1, "corrections": [made.json()]}
    assert client.delete(made.headers["location"]).json() == made.json()
    assert client.get("/corrections").json() == {"total": 0, "corrections": []}
    assert {one["name"] for one in client.get("/speakers").json()["speakers"]} == {"Marta Ostrel", "Oda Ostrel"}
    assert_problem(client.delete(made.headers["location"]), 404, "correction-not-found")


@pytest.mark.parametrize(
    ("body", "status", "type_"),
    [
        ({"kind": "merge", "subject": "Oda Ostrel"}, 422, "invalid-value"),
        ({"kind": "split", "subject": "Oda Ostrel", "object": ""}, 422, "invalid-value"),
        ({"kind": "reject", "subject": "quay~0", "object": "x"}, 422, "invalid-value"),
        ({"kind": "reject", "subject": "quay~0"}, 404, "statement-not-found"),
        ({"kind": "merge", "subject": "Ostrel", "object": "Oda Ostrel"}, 422, "ambiguous-speaker"),
        ({"kind": "merge", "subject": "Oda Ostrel", "object": "Oda Ostrel"}, 422, "invalid-value"),
        ({"kind": "undo", "subject": "1"}, 422, "invalid-value"),
        ({"kind": "merge", "subject": "", "object": "x"}, 422, "invalid-value"),
    ],
)
def test_a_wrong_correction_is_a_problem(client: TestClient, body: dict[str, str], status: int, type_: str) -> None:
    """Each says what is wrong, and nothing is recorded."""
    assert_problem(client.post("/corrections", json=body), status, type_)
    assert client.get("/corrections").json()["total"] == 0


def test_a_server_that_cannot_write_records_nothing(library: LocalLibrary) -> None:
    """Without a queue there are no changes: 403, while the list is still shown."""
    app = create_app(engine_of(library), Settings(library=str(library.root)))
    with TestClient(app, base_url=BASE) as client:
        body = {"kind": "merge", "subject": "Oda Ostrel", "object": "Marta Ostrel"}
        assert_problem(client.post("/corrections", json=body), 403, "read-only-server")
        assert client.get("/corrections").json()["total"] == 0


def test_speaker_filters_follow_an_undone_merge(library: LocalLibrary) -> None:
    """A filter that was kept for a generation does not outlive the correction it was made under."""
    engine = engine_of(library)

    def by_marta() -> int:
        return engine.statements(StatementsQuery(filters=Filters(speaker="Marta Ostrel"))).total

    assert by_marta() == 1
    made = corrections.merge(library, "Oda Ostrel", "Marta Ostrel")
    assert by_marta() == 2
    corrections.undo(library, made.number)
    assert by_marta() == 1


def test_the_last_correction_of_a_statement_holds(library: LocalLibrary) -> None:
    """A later one replaces the one before; undone, the document holds, and not what was replaced."""
    before, quay = said_by(library), identity(library, "The quay")
    corrections.reject(library, quay)
    corrections.reattribute(library, quay, "Pavel Drin")
    last = corrections.reattribute(library, quay, "Osk Perl")
    assert corrections.standing(library) == [last]
    assert said_by(library)["The quay "] == "Osk Perl"
    corrections.undo(library, last.number)
    assert corrections.standing(library) == []
    assert said_by(library) == before


def test_a_surname_means_whom_the_library_knows_by_it(library: LocalLibrary) -> None:
    """“Drin” is the only Drin; of two Ostrels it is neither."""
    sync.add(library, [article("more", "“It leaks,” said Pavel Drin.\n")], HashingEmbedder())
    corrections.reattribute(library, identity(library, "Somebody"), "Drin")
    assert said_by(library)["Somebody "] == "Pavel Drin"
    corrections.reattribute(library, identity(library, "Somebody"), "Ostrel")
    assert said_by(library)["Somebody "] == "Ostrel"


def test_a_name_that_was_split_off_finds_its_own(library: LocalLibrary) -> None:
    """Neither finds the other's statements any more, and the surname finds both's."""
    texts = {"one": "“It leaks,” said Pavel Drin.\n", "two": "“It never did,” said Pavel J. Drin.\n"}
    sync.add(library, [article(name, text) for name, text in texts.items()], HashingEmbedder())
    corrections.split(library, "Pavel Drin", "Pavel J. Drin")

    def found(speaker: str) -> list[str]:
        listed = engine_of(library).statements(StatementsQuery(filters=Filters(speaker=speaker))).statements
        return [one.document.id for one in listed]

    assert (found("Pavel J. Drin"), found("Pavel Drin"), found("Drin")) == (["two"], ["one"], ["one", "two"])


def test_only_a_name_is_split_off(library: LocalLibrary) -> None:
    """A mention that no statement has for its name is refused with the names that there are."""
    with pytest.raises(
        InvalidValueError, match=r"'who' is not valid; expected one .* carry \(Oda Ostrel\).*reattribut"
    ):
        corrections.split(library, "Oda Ostrel", "who")
    assert corrections.standing(library) == []
