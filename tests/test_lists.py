"""Lists of who said what: a page costs what it shows, and what a library is asked for does not grow with it."""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from index import corrections
from index.library import StatementQuery
from index.store.local import LocalLibrary
from index.store.sayings import Sayings
from index.store.snapshot import LocalSnapshot
from index.types import Document, Filters, StoredStatement
from search import sayers
from search.engine import Engine
from search.relevance import Wanted, held
from search.retellings import fold_statements
from search.settings import Settings
from search.types import Query, StatementsQuery
from tests.fake_embedder import HashingEmbedder
from tests.small_library import ARTICLES, FERRY, article, make_library

MANY = 40
NOBODY = Filters()


def crowd(count: int) -> list[Document]:
    """Articles in which somebody else each time, of a surname of their own, speaks of a ferry."""
    letters = "bcdfghjklmnprstvz"
    return [
        article(
            f"crowd-{n}",
            FERRY.replace("Ostrel", f"O{letters[n % 17]}a{letters[n // 17]}ik").replace(
                "Drin", f"D{letters[n % 17]}un"
            ),
            title=f"Ferry {n}",
            published=f"2031-06-{1 + n % 28:02d}",
        )
        for n in range(count)
    ]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> LocalLibrary:
    """A few speakers."""
    return make_library(tmp_path_factory.mktemp("small") / "library", [*ARTICLES, *crowd(4)])


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> LocalLibrary:
    """Ten times as many."""
    return make_library(tmp_path_factory.mktemp("large") / "library", [*ARTICLES, *crowd(MANY)])


def steps(db: sqlite3.Connection, work: Callable[[], object]) -> int:
    """How many steps SQLite's machine takes meanwhile, in dozens."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    db.set_progress_handler(count, 12)
    work()
    db.set_progress_handler(None, 12)
    return counted


def queries(snapshot: LocalSnapshot, work: Callable[[LocalSnapshot], object]) -> int:
    """How many queries a piece of work puts to the database."""
    asked = list[str]()
    snapshot.db.set_trace_callback(asked.append)
    work(snapshot)
    snapshot.db.set_trace_callback(None)
    return len(asked)


def test_pages_of_statements_are_the_list(large: LocalLibrary) -> None:
    """Page by page comes what the whole list holds, with and without a filter."""
    with large.snapshot() as snapshot:
        for filters in (NOBODY, Filters(speaker="Pavel Drin"), Filters(after="2031-06-03", title="ferry")):
            query = StatementQuery(filters, min_confidence=0.5)
            whole = snapshot.statements(query)
            pages = [snapshot.statement_page(query, 7, start) for start in range(0, len(whole) + 7, 7)]
            assert {total for total, _ in pages} == {len(whole)}
            assert [one for _, page in pages for one in page] == whole != []


def test_pages_of_folded_statements_are_the_folded_list(large: LocalLibrary) -> None:
    """Page by page comes what the whole folded list holds, from groups that are made once."""
    made = list[int]()

    def group(statements: Sequence[StoredStatement]) -> list[list[int]]:
        made.append(len(statements))
        return fold_statements(statements)

    with large.snapshot() as snapshot:
        for filters in (NOBODY, Filters(speaker="Pavel Drin"), Filters(source="nobody's")):
            query = StatementQuery(filters, min_confidence=0.5)
            every = snapshot.statements(query)
            whole = [[every[place] for place in found] for found in fold_statements(every)]
            pages = [snapshot.statement_groups(query, group, 7, start) for start in range(0, len(whole) + 7, 7)]
            assert {total for total, _ in pages} == {len(whole)}
            assert [one for _, page in pages for one in page] == whole
            assert made.pop() == len(every)
            assert not made


def test_a_folded_list_knows_the_corrections_made_since(tmp_path: Path) -> None:
    """A statement that is rejected between two pages of a generation is gone from the next one."""
    library, query = make_library(tmp_path / "library", ARTICLES), StatementQuery()
    with library.snapshot() as snapshot:
        before, groups = snapshot.statement_groups(query, fold_statements, 100, 0)
        alone = next(group[0] for group in groups if len(group) == 1)
        corrections.reject(library, alone.id)
        after, groups = snapshot.statement_groups(query, fold_statements, 100, 0)
        assert after == before - 1
        assert alone.id not in {one.id for group in groups for one in group}


def test_a_correction_made_while_a_page_is_shown_is_in_the_next_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is kept for the next page is never older than the corrections that it is kept under."""
    library, query, sayings = make_library(tmp_path / "library", ARTICLES), StatementQuery(), LocalSnapshot._sayings

    def interrupted(snapshot: LocalSnapshot) -> Sayings:
        found = sayings(snapshot)
        monkeypatch.undo()
        corrections.reject(library, whole[0].id)
        return found

    with library.snapshot() as snapshot:
        whole = snapshot.statements(query)
        monkeypatch.setattr(LocalSnapshot, "_sayings", interrupted)
        snapshot.statement_page(query, 1, 0)
        total, (first,) = snapshot.statement_page(query, 1, 0)
        assert (total, first) == (len(whole) - 1, whole[1])


def test_a_further_page_costs_what_it_shows(small: LocalLibrary, large: LocalLibrary) -> None:
    """Once a list is known, its next page takes no longer in a larger library, and no look at all the others."""
    taken, query = [], StatementQuery()
    for library in (small, large):
        with library.snapshot() as snapshot:
            snapshot.statement_page(query, 5, 0)
            taken.append(steps(snapshot.db, lambda: snapshot.statement_page(query, 5, 5)))
            assert 3 * taken[-1] < steps(snapshot.db, lambda: snapshot.statements(query))
    few, many = taken
    assert many <= 1.2 * few


@pytest.mark.parametrize(
    "work",
    [
        lambda snapshot: snapshot.speakers(NOBODY)[:3],
        lambda snapshot: snapshot.status(),
        lambda snapshot: snapshot.statements(StatementQuery()),
        lambda snapshot: snapshot.people(),
    ],
)
def test_who_is_who_is_looked_up_in_one_step(
    work: Callable[[LocalSnapshot], object], small: LocalLibrary, large: LocalLibrary
) -> None:
    """Not name by name: of ten times as many speakers the database is not asked more often."""
    asked = []
    for library in (small, large):
        fresh = LocalLibrary(library.root, library.settings)
        with fresh.snapshot() as snapshot:
            asked.append(queries(snapshot, work))
        fresh.close()
    assert asked[0] == asked[1] < 20


def test_speakers_are_described_when_looked_at(large: LocalLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of ten describes ten of them."""
    described = []

    def describe(mentions: object) -> None:
        described.append(mentions)

    monkeypatch.setattr("index.store.roll.describe", describe)
    with large.snapshot() as snapshot:
        found = snapshot.speakers(NOBODY)
        assert len(found) > MANY
        assert [one.name for one in found[:10]] == [one.name for one in list(found)[:10]]
        assert len(described) == 10 + len(found)


def test_what_was_prepared_is_what_lists_and_acronyms_need(large: LocalLibrary) -> None:
    """Behind it a list of speakers reads no statement, and an acronym takes no wording apart; both give the same."""
    settings = Settings(library=str(large.root))
    engine = Engine(large, settings, lambda info: HashingEmbedder())
    expected = engine.speakers(NOBODY)
    sayers._told.cache_clear()
    engine.prepare()
    known = sayers._told.cache_info().misses
    with large.snapshot() as snapshot:
        assert known == len(snapshot.mentions()) > 0
        sayers.find_sayers(snapshot, NOBODY, "HBT")
        assert sayers._told.cache_info().misses == known
        assert queries(snapshot, lambda held: held.speakers(NOBODY)) == 1
    assert engine.speakers(NOBODY) == expected


def test_an_acronym_is_looked_for_among_mentions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whom “HBT” means is told by how sayers are worded; no list of all statements is read for it."""
    text = "The tide\n\n“The ferry is late,” the Harbour Board of Tolm said.\n\n“It is never late,” said Pavel Drin."
    library = make_library(tmp_path / "library", [article("tide", text, title="The tide"), *crowd(3)])
    asked = list[StatementQuery]()
    read = LocalSnapshot.statements

    def statements(snapshot: LocalSnapshot, query: StatementQuery) -> object:
        asked.append(query)
        return read(snapshot, query)

    monkeypatch.setattr(LocalSnapshot, "statements", statements)
    engine = Engine(library, Settings(), lambda info: HashingEmbedder())
    found = engine.ask(Query("What did the HBT say about the ferry?"))
    assert found.answer
    assert "is late" in found.answer.text
    assert all(one.paragraphs is not None or one.mentions is not None or one.filters.speaker for one in asked)
    assert any(one.mentions == ("the Harbour Board of Tolm",) for one in asked)


def test_what_cannot_be_an_answer_is_not_encoded(tmp_path: Path) -> None:
    """Of a speaker's statements those that are far from the topic get no vector of their own, whichever it is."""
    embedder = HashingEmbedder()
    engine = Engine(make_library(tmp_path / "library"), Settings(), lambda info: embedder)
    assert engine.ask(Query("What did Marta Ostrel say about violins?")).refusal
    assert embedder.queries == ["What did Marta Ostrel say about violins?", "violins"]


def test_who_shares_no_words_is_not_encoded(tmp_path: Path) -> None:
    """Asked who said something, only statements that have two of its words are compared by meaning."""
    embedder = HashingEmbedder()
    engine = Engine(make_library(tmp_path / "library"), Settings(), lambda info: embedder)
    engine.ask(Query("Who said that a ferry without islanders is a boat?"))
    encoded = [text for text in embedder.queries if "“" in text or text.startswith("the ")]
    assert encoded
    assert all(len({"ferri", "island", "boat"} & held(text)) >= 2 for text in encoded)


def test_wanted_terms_are_those_that_a_text_holds() -> None:
    """Of each text what is wanted of all that it holds, whatever was looked at before."""
    wanted = Wanted(["ferri", "talk", "us", "1000"])
    for text in ("Ferries, ferry’s!", "U.S. talks—with 1,000 of us", "", "negotiations", "no such word", FERRY):
        assert wanted.held(text) == held(text) & {"ferri", "talk", "us", "1000"}


def test_lists_about_something_are_cut_to_it(tmp_path: Path) -> None:
    """What a list about a topic leaves unread would not have been in it."""
    engine = Engine(make_library(tmp_path / "library"), Settings(), lambda info: HashingEmbedder())
    found = engine.statements(StatementsQuery(about="the ferry")).statements
    assert found
    assert {one.id for one in found} < {one.id for one in engine.statements(StatementsQuery()).statements}
