"""The façade: ranking, filters, folding, lists, cursors, errors."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from index import sync
from index.embedder import Embedder
from index.errors import (
    CursorExpiredError,
    DocumentNotFoundError,
    EmptyQueryError,
    InvalidValueError,
    LibraryMissingError,
    ModelMismatchError,
)
from index.library import open_library
from index.types import Filters, ModelInfo
from search import cursors
from search.engine import Engine
from search.settings import Settings
from search.types import Query, SearchResult, StatementsQuery, StatementView
from tests.fake_embedder import HashingEmbedder
from tests.small_library import ARTICLES, article, make_engine, make_library


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine over the small library."""
    engine = make_engine(tmp_path_factory.mktemp("engine") / "library")
    yield engine
    engine.close()


def _ids(result: SearchResult) -> list[str]:
    return [passage.document.id for passage in result.passages]


def test_search_finds_and_marks(engine: Engine) -> None:
    """The passage that holds the words comes first, its words are marked, and its offsets are the document's."""
    result = engine.search(Query("buckets between the shelves"))
    best = result.passages[0]
    assert best.document.id == "roof"
    assert [best.text[start:end] for start, end in best.highlights] == ["buckets", "shelves"]
    assert engine.document("roof").text[best.start : best.end] == best.text
    assert result.generation == engine.generation()


@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
def test_order_is_deterministic(engine: Engine, mode: str) -> None:
    """The same query gives the same passages in the same order, scores falling, and every passage once."""
    query = Query("the ferry and its passengers", mode=mode)  # type: ignore[arg-type]  # the three modes
    first, second = engine.search(query), engine.search(query)
    assert first.passages == second.passages
    keys = [(-passage.score, passage.id) for passage in first.passages]
    assert keys == sorted(keys)
    assert len({passage.id for passage in first.passages}) == len(first.passages)


def test_same_library_made_twice_ranks_the_same(engine: Engine, tmp_path: Path) -> None:
    """The order in which documents came in decides nothing."""
    other = make_engine(tmp_path / "library", ARTICLES[::-1])
    for text in ("ferry passengers", "harbour board of Tolm", "frost"):
        query = Query(text, k=100, collapse=False)
        ours, theirs = engine.search(query), other.search(query)
        assert [(p.id, p.score) for p in ours.passages] == [(p.id, p.score) for p in theirs.passages]
    other.close()


def test_copies_fold_under_the_best(engine: Engine) -> None:
    """Wire copies take one place, listed under the leader; without folding both stand."""
    query = Query("harbour board of Tolm voted to end the ferry service", k=3)
    folded = engine.search(query)
    leader = folded.passages[0]
    assert {leader.document.id, *(copy.document.id for copy in leader.duplicates)} == {"wire", "wire-copy"}
    assert len(folded.passages) == 3
    assert _ids(engine.search(replace(query, collapse=False)))[:2] in (["wire", "wire-copy"], ["wire-copy", "wire"])


def test_k_is_filled_beyond_copies(tmp_path: Path) -> None:
    """However many copies there are, k distinct passages come where k exist."""
    copies = [article(f"copy{i:03}", "The lighthouse of Sarn was sold to a baker.\n") for i in range(60)]
    others = [article(f"other{i}", f"The lighthouse number {i} of Sarn was painted {i} times.\n") for i in range(2, 6)]
    engine = make_engine(tmp_path / "library", [*copies, *others])
    result = engine.search(Query("lighthouse of Sarn sold to a baker", k=5))
    engine.close()
    assert len(result.passages) == 5
    assert sum(len(passage.duplicates) for passage in result.passages) == 59


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(source="tolm"), {"ferry", "orchard"}),
        (Filters(title="FERRY"), {"ferry", "wire", "wire-copy", "abroad"}),
        (Filters(after="2031-05-07"), {"abroad", "orchard"}),
        (Filters(before="2031-05-06"), {"ferry", "wire", "wire-copy"}),
        (Filters(after="2031-05-06", before="2031-05-06"), {"ferry", "wire-copy"}),
        (Filters(meta=(("desk", "world"),)), {"abroad"}),
        (Filters(speaker="Drin"), {"ferry"}),
        (Filters(source="nobody"), set()),
    ],
)
@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
def test_filters_come_first(engine: Engine, filters: Filters, expected: set[str], mode: str) -> None:
    """Only what matches is found, in every mode."""
    query = Query("ferry passengers crowns blossom “boat”", k=50, mode=mode, filters=filters, collapse=False)  # type: ignore[arg-type]
    assert set(_ids(engine.search(query))) == expected


def test_lexical_mode_loads_no_model(tmp_path: Path) -> None:
    """Words alone need no model, so none is loaded."""
    library = make_library(tmp_path / "library")

    def refuse(info: ModelInfo) -> Embedder:
        raise AssertionError(info)

    engine = Engine(library, Settings(), refuse)
    assert engine.search(Query("ferry", mode="lexical")).passages
    assert engine.ask(Query("What did Ostrel say about the ferry?", mode="lexical")).answer
    with pytest.raises(AssertionError):
        engine.search(Query("ferry"))
    engine.close()


def test_question_is_embedded_once(tmp_path: Path) -> None:
    """A repeated question costs no model call."""
    embedder = HashingEmbedder()
    engine = Engine(make_library(tmp_path / "library"), Settings(), lambda info: embedder)
    for _ in range(3):
        engine.search(Query("ferry"))
    engine.close()
    assert embedder.queries == ["ferry"]


def test_another_model_is_refused(tmp_path: Path) -> None:
    """Vectors of two models never meet."""
    engine = Engine(make_library(tmp_path / "library"), Settings(), lambda info: HashingEmbedder(name="other"))
    with pytest.raises(ModelMismatchError, match="other"):
        engine.search(Query("ferry"))
    engine.close()


@pytest.mark.parametrize(
    ("query", "field"),
    [
        (Query("ferry", k=0), "k"),
        (Query("ferry", k=1001), "k"),
        (Query("ferry", filters=Filters(after="yesterday")), "after"),
        (Query("ferry", filters=Filters(before="2031-02-30")), "before"),
        (Query("ferry", filters=Filters(before="20310206")), "before"),
        (Query("ferry " * 1000), "query"),
        (Query("ferry \ud800"), "query"),
        (Query("ferry", filters=Filters(source="\udfff")), "source"),
        (Query("ferry", filters=Filters(meta=tuple((f"field {number}", "x") for number in range(1001)))), "meta"),
        (Query("ferry", mode="fast"), "mode"),  # type: ignore[arg-type]  # on purpose
    ],
)
def test_wrong_values_are_named(engine: Engine, query: Query, field: str) -> None:
    """A value out of bounds is refused by its name, by search and ask alike."""
    for call in (engine.search, engine.ask):
        with pytest.raises(InvalidValueError) as caught:
            call(query)
        assert caught.value.field == field


@pytest.mark.parametrize("text", ["", "  \n", "?!…", "“”"])
def test_empty_query(engine: Engine, text: str) -> None:
    """Without a letter or digit there is no question."""
    with pytest.raises(EmptyQueryError):
        engine.search(Query(text))
    with pytest.raises(EmptyQueryError):
        engine.statements(StatementsQuery(about=text))


def test_statements_are_listed_by_date(engine: Engine) -> None:
    """All statements, oldest first, each a slice of its document."""
    page = engine.statements(StatementsQuery())
    dates = [one.document.published or "9999" for one in page.statements]
    assert page.total == len(page.statements) > 3
    assert dates == sorted(dates)
    for one in page.statements:
        text = engine.document(one.document.id).text
        assert one.text == text[one.start : one.end]
        assert one.cue == text[one.cue_start : one.cue_end]


def test_statements_by_speaker_and_topic(engine: Engine) -> None:
    """A speaker's statements, and of all those that are about something."""
    theirs = engine.statements(StatementsQuery(filters=Filters(speaker="Marta Ostrel")))
    assert {one.document.id for one in theirs.statements} == {"ferry", "abroad"}
    about = engine.statements(StatementsQuery(about="the ferry"))
    assert about.statements
    assert "orchard" not in {one.document.id for one in about.statements}
    assert engine.statements(StatementsQuery(about="violins")).total == 0


def test_statement_copies_fold_under_the_earliest(tmp_path: Path) -> None:
    """The same words in two outlets are one statement, led by the earlier, only where asked."""
    text = "“Nobody will buy this bridge from us at any price,” said Marta Ostrel.\n"
    late = article("late", text, published="2031-06-02")
    early = article("early", text.replace("any price,” said", "any price,” she hopes, said"), published="2031-06-01")
    engine = make_engine(tmp_path / "library", [late, replace(early, text=text)])
    folded = engine.statements(StatementsQuery(collapse=True))
    plain = engine.statements(StatementsQuery())
    engine.close()
    assert [one.document.id for one in folded.statements] == ["early"]
    assert [copy.document.id for copy in folded.statements[0].also_in] == ["late"]
    assert plain.total == 2


def test_pages_follow_each_other(engine: Engine) -> None:
    """Pages of one make up the whole list, for every list."""
    whole = engine.statements(StatementsQuery()).statements
    paged: list[StatementView] = []
    cursor = None
    while True:
        page = engine.statements(StatementsQuery(k=1, cursor=cursor))
        paged += page.statements
        cursor = page.next
        if cursor is None:
            break
    assert tuple(paged) == whole
    assert page.total == len(whole)
    first = engine.documents(Filters(), k=4)
    second = engine.documents(Filters(), k=4, cursor=first.next)
    assert [ref.id for ref in first.documents + second.documents] == sorted(one.id or "" for one in ARTICLES)
    assert (first.total, second.next) == (len(ARTICLES), None)
    speakers = engine.speakers(Filters())
    assert engine.speakers(Filters(), k=1).speakers == speakers.speakers[:1]


@pytest.mark.parametrize("cursor", ["", "x", "bm9uc2Vuc2U", "W10", "é", "W251bGwsbnVsbCxudWxsXQ", "a" * 5000])
def test_nonsense_is_no_cursor(engine: Engine, cursor: str) -> None:
    """What no page gave is refused as such."""
    with pytest.raises(InvalidValueError, match="cursor"):
        engine.documents(Filters(), cursor=cursor)


def test_cursor_is_bound_to_its_list(engine: Engine) -> None:
    """A cursor of one list, or of other filters, opens no other."""
    cursor = engine.documents(Filters(), k=1).next
    assert cursor
    with pytest.raises(InvalidValueError):
        engine.documents(Filters(source="tolm"), cursor=cursor)
    with pytest.raises(InvalidValueError):
        engine.speakers(Filters(), cursor=cursor)


def test_cursor_expires_with_its_generation(tmp_path: Path) -> None:
    """After a change the old list is gone, and the cursor says so."""
    library = make_library(tmp_path / "library")
    engine = Engine(library, Settings(), lambda info: HashingEmbedder())
    cursor = engine.documents(Filters(), k=1).next
    before = engine.generation()
    sync.add(library, [article("new", "A new ferry was launched.\n")], HashingEmbedder())
    assert engine.generation() > before
    with pytest.raises(CursorExpiredError):
        engine.documents(Filters(), k=1, cursor=cursor)
    assert "new" in _ids(engine.search(Query("new ferry launched")))
    engine.close()


def test_cursor_round_trip() -> None:
    """What was encoded is decoded, for any offset."""
    for offset in (0, 1, 10**9):
        assert cursors.decode(cursors.encode(3, offset, "query"), 3, "query") == offset


def test_passage_with_surroundings(engine: Engine) -> None:
    """A passage comes with the paragraphs before and after it."""
    best = engine.search(Query("carried 41,000 passengers")).passages[0]
    passage, around = engine.passage(best.id, around=1)
    assert (passage.id, passage.text) == (best.id, best.text)
    assert [one.ordinal for one in around] == [passage.ordinal - 1, passage.ordinal + 1]
    assert engine.passage(best.id, around=0)[1] == ()
    with pytest.raises(DocumentNotFoundError):
        engine.passage("ferry#000000000000")


def test_document_by_id_or_uri(engine: Engine) -> None:
    """A document is found by either name, its paragraphs in its text."""
    document = engine.document("ferry")
    assert engine.document("https://news.example/ferry") == document
    assert all(document.text[p.start : p.end].strip() for p in document.paragraphs)
    assert document.meta == {"desk": "home"}
    with pytest.raises(DocumentNotFoundError):
        engine.document("no such document")


def test_status_and_warm(engine: Engine) -> None:
    """Warming answers a probe; the status counts what is there."""
    engine.warm()
    status = engine.status()
    assert (status.documents, status.generation) == (len(ARTICLES), engine.generation())


def test_missing_library(tmp_path: Path) -> None:
    """Where nothing was indexed, every call says so."""
    engine = Engine(open_library(tmp_path / "nothing"), Settings(), lambda info: HashingEmbedder())
    for call in (engine.generation, engine.status, engine.warm, lambda: engine.ask(Query("ferry"))):
        with pytest.raises(LibraryMissingError):
            call()
    engine.close()


def test_many_threads_get_the_same(engine: Engine) -> None:
    """Questions asked at once are answered as one by one."""
    questions = [Query(text) for text in ("ferry passengers", "frost", "buckets", "What did Ostrel say?")] * 6
    alone = [engine.ask(query) for query in questions]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(engine.ask, questions))
    assert [replace(one, took_ms=0) for one in together] == [replace(one, took_ms=0) for one in alone]
