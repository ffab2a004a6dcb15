"""Long texts are read in pieces, and what is read is the text."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import sync
from index.backup import backup, restore
from index.library import StatementQuery, open_library
from index.store import pieces
from index.store.local import LocalLibrary
from index.store.schema import VERSION, connect
from index.types import Filters
from index.verify import verify
from search.engine import Engine
from search.settings import Settings
from search.types import Query
from tests.fake_embedder import HashingEmbedder
from tests.small_library import ARTICLES, FERRY, article, make_library
from tests.test_schema import version

CHAPTERS = 400
LETTERS = "aé“字𝄞 \n"
WHO = ("Oda Dahl", "Marta J. Ostrel", "Pavel Drin")


def book(name: str = "book") -> str:
    """An invented book of some 60,000 characters, not all of one byte, with a statement in each paragraph."""
    return "\n\n".join(
        f"“The {name} of lamp {number} went out at {number % 12} o’clock,” said {WHO[number % 3]}, the keeper of tower "
        f"{number}, to whom nobody had listened before."
        for number in range(CHAPTERS)
    )


@pytest.fixture
def library(tmp_path: Path) -> Iterator[LocalLibrary]:
    """A library with a book and the small articles."""
    made = make_library(tmp_path / "library", (article("book", book(), title="Lamps"), *ARTICLES))
    yield made
    made.close()


def stored(library: LocalLibrary) -> list[tuple[int, int, str]]:
    """What the table holds."""
    with closing(connect(library.root / "library.db")) as db:
        return db.execute("SELECT piece, content, text FROM pieces ORDER BY piece").fetchall()


def wanted(library: LocalLibrary) -> list[tuple[int, int, str]]:
    """What it should hold for the texts that there are."""
    with closing(connect(library.root / "library.db")) as db:
        texts = db.execute("SELECT content, text FROM contents ORDER BY content").fetchall()
    return [piece for content, text in texts for piece in pieces.pieces_of(content, text)]


def as_version_2(root: Path) -> None:
    """Turn a library into one without pieces."""
    with closing(connect(root / "library.db", writable=True)) as db:
        db.executescript("DROP TABLE pieces; PRAGMA user_version = 2;")


@given(st.text(LETTERS, min_size=1, max_size=9), st.integers(1, 5_000), st.data())
def test_what_is_cut_is_the_text(repeated: str, times: int, data: st.DataObject) -> None:
    """Whatever its length and letters, wherever a stretch begins: from pieces, without them, from those of SQL."""
    text = repeated * times
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    query = (
        f"SELECT {pieces.cut('w.start', 'w.end')}, k.piece IS NULL FROM wanted w JOIN contents c USING (content) "
        f"{pieces.joined('w.content', 'w.start', 'w.end')}"
    )
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(
            "CREATE TABLE contents (content INTEGER PRIMARY KEY, text TEXT); "
            f"CREATE TABLE wanted (content, start, end);{pieces.TABLE}"
        )
        db.execute("INSERT INTO contents VALUES (7, ?)", (text,))
        db.execute("INSERT INTO wanted VALUES (7, ?, ?)", (start, end))
        assert db.execute(query).fetchone() == (text[start:end], 1)
        db.create_function("cut_in_pieces", 1, pieces.listed)
        db.execute(pieces.FILLED)
        by_sql = db.execute("SELECT * FROM pieces ORDER BY piece").fetchall()
        assert by_sql == list(pieces.pieces_of(7, text))
        is_short = end - start <= pieces.OVERLAP and start < len(text)
        found, is_from_whole = db.execute(query).fetchone()
        assert found == text[start:end]
        assert not (is_short and len(text) > pieces.LONG) or not is_from_whole


def test_passages_and_statements_of_a_book_are_its_own(library: LocalLibrary) -> None:
    """Each stands in the text where it says that it does, from the first paragraph to the last."""
    text, engine = book(), Engine(library, Settings(), lambda info: HashingEmbedder())
    for number in (0, 61, 200, CHAPTERS - 1):
        passages = engine.search(Query(f"lamp {number} tower {number}", mode="lexical")).passages
        [found] = [one for one in passages if f"lamp {number} went" in one.text]
        assert text[found.start : found.end] == found.text
    with library.snapshot() as snapshot:
        said = [one for one in snapshot.statements(StatementQuery()) if one.document.id == "book"]
    assert len(said) == CHAPTERS
    for one in said:
        assert text[one.statement.start : one.statement.end] == one.text
        assert one.mention is not None
        assert one.mention.startswith(WHO)
    assert {speaker.name: speaker.statements for speaker in engine.speakers(Filters()).speakers}["Oda Dahl"] == 134
    assert stored(library) == wanted(library) != []


def test_pieces_go_with_their_text(library: LocalLibrary) -> None:
    """A removed book leaves none, and a changed one those of the new text."""
    sync.add(library, [article("book", book("wick"), title="Lamps")], HashingEmbedder())
    assert "wick" in stored(library)[0][2]
    assert stored(library) == wanted(library)
    sync.remove(library, ["book"])
    assert stored(library) == []
    assert not any(b"keeper of tower" in path.read_bytes() for path in library.root.glob("library.db*"))


def test_library_of_before_is_read_from_the_whole_and_then_cut(library: LocalLibrary) -> None:
    """A reader needs no pieces; the next run makes them."""
    engine = Engine(library, Settings(), lambda info: HashingEmbedder())
    before = engine.search(Query("lamp 399", mode="lexical"))
    engine.close()
    as_version_2(library.root)
    for expected in (2, VERSION):
        again = open_library(library.root)
        found = Engine(again, Settings(), lambda info: HashingEmbedder()).search(Query("lamp 399", mode="lexical"))
        assert found.passages == before.passages
        assert verify(again, HashingEmbedder(), repair=False).problems == ()
        assert version(library.root) == expected
        sync.add(again, ARTICLES[:1], HashingEmbedder())
        again.close()
    assert stored(library) == wanted(library) != []


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE pieces SET text = replace(text, 'lamp', 'lump') WHERE piece = (SELECT max(piece) FROM pieces)",
        "UPDATE pieces SET text = CAST(x'ff41' AS TEXT) WHERE piece = (SELECT min(piece) FROM pieces)",
        "DELETE FROM pieces WHERE piece = (SELECT max(piece) FROM pieces)",
        f"INSERT INTO pieces VALUES ((SELECT max(content) FROM contents) << {pieces.NUMBERED}, "
        "(SELECT max(content) FROM contents), 'nothing of the kind')",
    ],
)
def test_damaged_pieces_are_found_and_made_again(library: LocalLibrary, harm: str) -> None:
    """What would be shown for the text and is not is a problem of its document, which deriving it again mends."""
    with closing(connect(library.root / "library.db", writable=True)) as db:
        db.execute(harm)
    [problem] = verify(library, HashingEmbedder(), repair=False).problems
    assert "pieces" in problem.what
    assert verify(library, HashingEmbedder(), repair=True).problems
    assert verify(library, HashingEmbedder(), repair=False).problems == ()
    assert stored(library) == wanted(library)


def test_backup_holds_the_pieces_of_its_generation_alone(library: LocalLibrary, tmp_path: Path) -> None:
    """A book of a run that was never published is no part of it, and neither are its pieces."""
    with library.writing() as session, session.writer.transaction():
        columns = "99, text, layout, derivation, digest, 99, died"
        session.db.execute(f"INSERT INTO contents SELECT {columns} FROM contents LIMIT 1")
        session.db.executemany("INSERT INTO pieces VALUES (?, ?, ?)", pieces.pieces_of(99, book()))
    backup(library, tmp_path / "saved.tar")
    restored = open_library(tmp_path / "restored")
    restore(tmp_path / "saved.tar", restored)
    assert {content for _, content, _ in stored(restored)} == {1}
    assert verify(restored, HashingEmbedder(), repair=False).problems == ()


def test_short_texts_have_none(tmp_path: Path) -> None:
    """An article is read as it is."""
    with closing(connect(make_library(tmp_path, (article("ferry", FERRY),)).root / "library.db")) as db:
        assert db.execute("SELECT count(*) FROM pieces").fetchone() == (0,)
