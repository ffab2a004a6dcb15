"""`verify` finds damage of every kind, mends what can be mended, and says truthfully what cannot."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from index.library import open_library
from index.store.schema import connect
from index.store.snapshot import LocalSnapshot
from index.sync import sync
from index.types import Filters, StatementQuery, VerifyReport
from index.verify import verify
from tests.fake_embedder import HashingEmbedder
from tests.small_library import FERRY, article, make_library

ARTICLE = "SELECT content FROM documents WHERE id = 'ferry'"
SECOND = f"content = ({ARTICLE}) AND ordinal = 1"
SAID = f"statement = (SELECT min(statement) FROM statements WHERE content = ({ARTICLE}))"

MENDED_ROWS = {
    "a paragraph is missing": f"DELETE FROM paragraphs WHERE {SECOND}",
    "the last paragraph is missing": f"DELETE FROM paragraphs WHERE content = ({ARTICLE}) AND ordinal = 3",
    "all paragraphs of a document are missing": f"DELETE FROM paragraphs WHERE content = ({ARTICLE})",
    "a statement is missing": f"DELETE FROM statements WHERE {SAID}",
    "a paragraph's span": f"UPDATE paragraphs SET end = end - 3 WHERE {SECOND}",
    "a paragraph's span beyond the text": f"UPDATE paragraphs SET end = 99999 WHERE {SECOND}",
    "a paragraph's span of words": f"UPDATE paragraphs SET start = 'x' WHERE {SECOND}",
    "a paragraph's number": f"UPDATE paragraphs SET ordinal = 7 WHERE {SECOND}",
    "a paragraph's id": f"UPDATE paragraphs SET suffix = '000000000000' WHERE {SECOND}",
    "a paragraph's kind": f"UPDATE paragraphs SET kind = 'furniture' WHERE {SECOND}",
    "a paragraph's page": f"UPDATE paragraphs SET page = 3 WHERE {SECOND}",
    "a paragraph's key of another text": f"UPDATE paragraphs SET hash = (SELECT hash FROM paragraphs WHERE content <> "
    f"({ARTICLE}) AND hash IS NOT NULL LIMIT 1) WHERE {SECOND}",
    "a paragraph's key of no text": f"UPDATE paragraphs SET hash = x'00' WHERE {SECOND}",
    "a paragraph of no generation": f"UPDATE paragraphs SET born = 99 WHERE {SECOND}",
    "a statement's spans": f"UPDATE statements SET spans = '[[9000, 9999]]' WHERE {SAID}",
    "a statement's spans are no JSON": f"UPDATE statements SET spans = 'x' WHERE {SAID}",
    "a statement's spans are bytes": f"UPDATE statements SET spans = x'ff00' WHERE {SAID}",
    "a statement's start": f"UPDATE statements SET start = start + 1 WHERE {SAID}",
    "a statement's cue": f"UPDATE statements SET cue_start = 8000, cue_end = 9000 WHERE {SAID}",
    "a statement's cue inside the text": f"UPDATE statements SET cue_start = 1, cue_end = 2 WHERE {SAID}",
    "a statement's mention": f"UPDATE statements SET mention_start = 7000, mention_end = 7001 WHERE {SAID}",
    "half a mention": f"UPDATE statements SET mention_end = NULL WHERE {SAID}",
    "a statement's speaker": f"UPDATE statements SET name = 'Oda Ostrel' WHERE {SAID}",
    "a statement's confidence": f"UPDATE statements SET confidence = 0.01 WHERE {SAID}",
    "a document's checksum": f"UPDATE contents SET digest = 'x' WHERE content = ({ARTICLE})",
    "a slot is missing": f"DELETE FROM slots WHERE hash = (SELECT hash FROM paragraphs WHERE {SECOND})",
    "a slot beyond the file": f"UPDATE slots SET slot = 900 WHERE hash = (SELECT hash FROM paragraphs WHERE {SECOND})",
    "a slot's checksum": f"UPDATE slots SET crc = crc + 1 WHERE hash = (SELECT hash FROM paragraphs WHERE {SECOND})",
}
"""Damages of rows that the texts make good."""

LOST_ROWS = {
    "a letter of the text": f"UPDATE contents SET text = replace(text, 'ferry', 'truck') WHERE content = ({ARTICLE})",
    "the end of the text": f"UPDATE contents SET text = substr(text, 1, 200) WHERE content = ({ARTICLE})",
    "more text": f"UPDATE contents SET text = text || 'And more.' WHERE content = ({ARTICLE})",
    "no UTF-8": f"UPDATE contents SET text = CAST(x'ff41ff' AS TEXT) WHERE content = ({ARTICLE})",
    "no text": f"UPDATE contents SET text = x'00' WHERE content = ({ARTICLE})",
    "metadata that are no JSON": "UPDATE documents SET meta = '{' WHERE id = 'ferry'",
    "pages that are no JSON": f"UPDATE contents SET layout = '[]' WHERE content = ({ARTICLE})",
    "the text's row is missing": f"DELETE FROM contents WHERE content = ({ARTICLE})",
    "the document's row is missing": "DELETE FROM documents WHERE id = 'ferry'",
}
"""Damages of what nothing in a library can make good."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that nothing has happened to; copied, never changed."""
    root = tmp_path_factory.mktemp("whole") / "library"
    make_library(root).close()
    return root


@pytest.fixture
def root(whole: Path, tmp_path: Path) -> Path:
    """A copy to damage."""
    shutil.copytree(whole, tmp_path / "library")
    return tmp_path / "library"


def execute(root: Path, *statements: str) -> None:
    """Change rows behind the library's back."""
    db = connect(root / "library.db", writable=True)
    db.execute("PRAGMA foreign_keys = OFF")
    for statement in statements:
        assert db.execute(statement).rowcount != 0
    db.close()


def check(root: Path, *, repair: bool = False, embedder: HashingEmbedder | None = None) -> VerifyReport:
    """Verify in a process of its own, as it were."""
    library = open_library(root)
    try:
        return verify(library, embedder or HashingEmbedder(), repair=repair)
    finally:
        library.close()


def answers(root: Path) -> object:
    """What searches of every kind find, and every statement."""
    library = open_library(root)
    try:
        with library.snapshot() as snapshot:
            return _passages(snapshot), snapshot.statements(StatementQuery()), snapshot.speakers(Filters())
    finally:
        library.close()


def _passages(snapshot: LocalSnapshot) -> list[tuple[str, float]]:
    vector = HashingEmbedder().encode_query("ferry passengers")
    dense = snapshot.dense(vector, 100, Filters())
    hits = dense + snapshot.lexical(["ferri", "frost", "leak"], 100, Filters())
    paragraphs = snapshot.paragraphs([hit.row for hit in hits])
    return sorted((p.id, hit.score) for p, hit in zip(paragraphs, hits, strict=True))


def test_untouched_library_is_whole(root: Path) -> None:
    """Nothing is found where nothing is wrong, with a model and without, and repairing changes nothing."""
    before = answers(root)
    report = check(root)
    assert (report.ok, report.problems) == (True, ())
    assert set(report.checked) == {
        *("database", "documents", "contents", "files", "vectors", "vector_index", "lexical_index", "titles"),
        *("counts", "embedded_again"),
    }
    assert all(report.checked.values())
    generation = (root / "CURRENT").read_bytes()
    assert check(root, repair=True).ok
    assert (root / "CURRENT").read_bytes() == generation
    assert verify(open_library(root), None).ok
    assert answers(root) == before


@pytest.mark.parametrize("damage", MENDED_ROWS)
def test_damaged_rows_are_derived_again(root: Path, damage: str) -> None:
    """Every damage to derived rows is found without a sample, and mended from the document's own text."""
    before = answers(root)
    execute(root, MENDED_ROWS[damage])
    found = verify(open_library(root), None)
    assert not found.ok
    assert any("ferry" in problem.where for problem in found.problems)
    embedder = HashingEmbedder()
    report = check(root, repair=True, embedder=embedder)
    assert report.ok
    assert all(problem.repaired for problem in report.problems)
    assert {p.what for p in found.problems} <= {p.what for p in report.problems}
    assert answers(root) == before


@pytest.mark.parametrize("damage", LOST_ROWS)
def test_lost_text_is_never_called_repaired(root: Path, damage: str) -> None:
    """Where the text itself is damaged, `repair` says so, keeps what is left, and names the ways out."""
    execute(root, LOST_ROWS[damage])
    found = check(root)
    assert not found.ok
    counts = _counts(root)
    report = check(root, repair=True)
    assert not report.ok
    assert any("restore a backup" in p.what and not p.repaired for p in report.problems)
    assert _counts(root) == counts


def _counts(root: Path) -> Sequence[int]:
    db = connect(root / "library.db")
    tables = ("documents", "contents", "paragraphs", "statements", "slots")
    counts = [db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]
    db.close()
    return counts


def test_lost_text_comes_back_with_its_file(tmp_path: Path) -> None:
    """After a repair that could not mend a text, indexing its unchanged file again does."""
    file = tmp_path / "ferry.txt"
    file.write_text(FERRY, encoding="utf-8")
    root = tmp_path / "library"
    sync(open_library(root), [str(file)], HashingEmbedder())
    before = answers(root)
    execute(root, "UPDATE contents SET text = replace(text, 'ferry', 'truck')")
    assert not check(root, repair=True).ok
    sync(open_library(root), [str(file)], HashingEmbedder())
    assert check(root).problems == ()
    assert answers(root) == before


def test_only_what_is_damaged_is_embedded_again(root: Path) -> None:
    """One flipped byte costs one text, beside the sample."""
    path = next((root / "vectors").iterdir())
    stored = bytearray(path.read_bytes())
    stored[5] ^= 0x7F
    path.write_bytes(stored)
    sampling, embedder = HashingEmbedder(), HashingEmbedder()
    assert [p.what for p in check(root, embedder=sampling).problems] == ["vector differs from its checksum"]
    assert check(root, repair=True, embedder=embedder).ok
    # The sample is drawn before and after; what is damaged is left out before.
    untouched = HashingEmbedder()
    assert check(root, embedder=untouched).ok
    assert len(embedder.encoded) - len(sampling.encoded) - len(untouched.encoded) == 1


def test_text_of_no_document_goes_once_another_holds_it(root: Path) -> None:
    """A document whose row is lost is given in anew; then its nameless text is one too many."""
    before = answers(root)
    execute(root, "DELETE FROM documents WHERE id = 'orchard'")
    assert not check(root, repair=True).ok
    library = make_library(root)
    library.close()
    check(root, repair=True)
    assert check(root).problems == ()
    assert answers(root) == before


def test_documents_lost_without_a_trace_are_missed(root: Path) -> None:
    """Rows that are all gone are told by the manifest's count, and not called repaired."""
    of_ferry = f"content = ({ARTICLE})"
    execute(
        root,
        f"DELETE FROM statements WHERE {of_ferry}",
        f"DELETE FROM paragraphs WHERE {of_ferry}",
        f"DELETE FROM contents WHERE {of_ferry}",
        "DELETE FROM documents WHERE id = 'ferry'",
    )
    assert any("1 of 6 documents are lost" in p.what for p in check(root).problems)
    report = check(root, repair=True)
    assert not report.ok
    assert [p.repaired for p in report.problems if "are lost" in p.what] == [False]
    assert check(root).ok


@pytest.mark.parametrize("title", ["'Zeppelin lands'", "NULL", "'Reading room'", "'Reading room leaks oil'"])
def test_title_that_the_lexical_index_lacks_is_found(root: Path, title: str) -> None:
    """The lexical index must hold a title's very terms, neither fewer nor others nor more."""
    execute(root, f"UPDATE documents SET title = {title} WHERE id = 'roof'")
    report = check(root)
    assert [p.what.partition("index")[0] for p in report.problems] == ["lexical "]
    assert check(root, repair=True).ok
    assert check(root).ok


def _invert(path: Path) -> None:
    path.write_bytes(bytes(byte ^ 0xFF for byte in path.read_bytes()))


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


@pytest.mark.parametrize("harm", [_invert, _cut, Path.unlink])
@pytest.mark.parametrize(
    "pattern",
    [
        *("CURRENT", "generations/*/manifest.json", "generations/*/tantivy/meta.json", "generations/*/tantivy/*.fast"),
        *("generations/*/tantivy/*.term", "faiss/*.index", "faiss/*.slots", "vectors/*.f16"),
    ],
)
def test_damaged_files_are_made_again(root: Path, pattern: str, harm: Callable[[Path], None]) -> None:
    """Whatever happens to a derived file or the vectors is found and mended, and searching is as before."""
    before = answers(root)
    harm(next(root.glob(pattern)))
    assert not check(root).ok
    report = check(root, repair=True)
    assert (report.ok, {p.repaired for p in report.problems}) == (True, {True})
    assert check(root).problems == ()
    assert answers(root) == before


def test_two_damages_of_which_one_hides_the_other(root: Path) -> None:
    """A generation that cannot be opened is mended first; then what its vectors lack is found and mended too."""
    before = answers(root)
    next(root.glob("faiss/*.index")).unlink()
    _invert(next(root.glob("vectors/*.f16")))
    execute(root, MENDED_ROWS["a paragraph's span"])
    report = check(root, repair=True)
    assert report.ok
    assert {"derived rows differ from their checksum", "vector differs from its checksum"} <= {
        p.what for p in report.problems
    }
    assert answers(root) == before


def test_damaged_text_is_not_derived_again_with_its_rows(root: Path) -> None:
    """Where both are damaged nobody can tell what the text was: rows made from it would hide that."""
    execute(root, LOST_ROWS["a letter of the text"], MENDED_ROWS["a paragraph's id"])
    report = check(root, repair=True)
    assert not report.ok
    assert any("restore a backup" in p.what for p in report.problems)
    assert not check(root).ok


@pytest.mark.parametrize("pages", [range(1, 2), range(3, 6), range(6, 40)])
def test_damaged_pages_of_the_database_are_reported(root: Path, pages: range) -> None:
    """A page of the database that is garbage is a problem in the report, and nothing is written on top."""
    path = root / "library.db"
    connect(path, writable=True).close()
    stored = bytearray(path.read_bytes())
    for page in pages:
        stored[page * 4096 : (page + 1) * 4096] = b"\xff" * len(stored[page * 4096 : (page + 1) * 4096])
    path.write_bytes(stored)
    report = check(root, repair=True)
    assert not report.ok
    assert any("restore a backup" in p.what for p in report.problems)
    assert path.read_bytes() == stored


def test_cut_database_is_reported(root: Path) -> None:
    """A database that lost its end is a problem in the report."""
    path = root / "library.db"
    path.write_bytes(path.read_bytes()[:5000])
    assert any("restore a backup" in p.what for p in check(root, repair=True).problems)


def test_without_a_model_the_indexes_are_mended(root: Path) -> None:
    """Repairing without an embedder mends what needs none, and says what is left."""
    next(root.glob("faiss/*.slots")).unlink()
    execute(root, MENDED_ROWS["a statement's speaker"])
    report = verify(open_library(root), None, repair=True)
    assert not report.ok
    assert {p.repaired for p in report.problems if p.what.startswith("derived file")} == {True}
    assert {p.repaired for p in report.problems if p.what.startswith("derived rows")} == {False}


def test_vector_of_another_text_is_found_by_the_sample(root: Path) -> None:
    """Two keys that changed places pass every checksum; embedding again shows it, and mends it."""
    before = answers(root)
    execute(
        root,
        "CREATE TEMP TABLE s AS SELECT slot, hash FROM slots ORDER BY slot LIMIT 2",
        "UPDATE slots SET hash = randomblob(16) WHERE slot IN (SELECT slot FROM s)",
        "UPDATE slots SET hash = (SELECT hash FROM s WHERE s.slot <> slots.slot) WHERE slot IN (SELECT slot FROM s)",
    )
    assert any("not the text's" in p.what for p in check(root).problems)
    assert check(root, repair=True).ok
    assert answers(root) == before


def test_many_languages_and_empty_documents_are_whole(tmp_path: Path) -> None:
    """The checks hold for texts with wide characters, repeated paragraphs, and with nothing in them."""
    texts = [
        "",
        "\n\n",
        "同じ段落。\n\n同じ段落。\n\n「橋は閉じる」と彼は言った。",
        "Same.\n\nSame.\n\nSame.",
        "\ufeff\u3000x\u2028y",
    ]
    documents = [article(f"t{i}", text, title=text[:9]) for i, text in enumerate(texts)]
    make_library(tmp_path / "library", documents).close()
    assert check(tmp_path / "library").problems == ()


def test_damaged_index_of_the_database_is_made_again(root: Path) -> None:
    """An index of SQLite's that disagrees with its table is no reason to restore a backup."""
    before = answers(root)
    # As if the index had been written over: it holds another column's values than it should.
    sql = "CREATE INDEX documents_uri ON documents (sha256)"
    db = connect(root / "library.db", writable=True)
    db.execute("PRAGMA writable_schema = ON")
    db.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'documents_uri'", (sql,))
    db.close()
    assert any("missing from index" in p.what for p in check(root).problems)
    report = check(root, repair=True)
    assert (report.ok, {p.repaired for p in report.problems}) == (True, {True})
    assert answers(root) == before
