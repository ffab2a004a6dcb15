"""`verify` finds damage of every kind, mends what can be mended, and says truthfully what cannot."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.library import open_library
from index.store.schema import SEAL, connect
from index.types import Filters
from index.verify import verify
from tests.damage import SAID, SECOND, answers, check, execute
from tests.fake_embedder import HashingEmbedder
from tests.lookups import NOTHING
from tests.small_library import article, make_library


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a library to damage."""
    make_library(tmp_path / "library").close()
    return tmp_path / "library"


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


def test_titles_of_a_former_release_are_no_damage(root: Path) -> None:
    """Where terms were made otherwise, the index has the former ones until the next run."""
    former = "UPDATE contents SET derivation = replace(derivation, ' terms=', ' terms=0')"
    execute(root, former, "UPDATE documents SET title = 'Zeppelin lands'", f"UPDATE documents SET digest = {SEAL}")
    assert not any("title" in problem.what for problem in check(root).problems)


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


def test_who_reads_a_generation_meanwhile_finds_what_it_has(root: Path) -> None:
    """The new vector lies behind those of that generation: filters leave it to the next, and don't stumble."""
    path = next((root / "vectors").iterdir())
    stored = bytearray(path.read_bytes())
    stored[5] ^= 0x7F
    path.write_bytes(stored)
    vector, dated = HashingEmbedder().encode_query("ferry"), Filters(after="2000-01-01")
    with open_library(root).snapshot() as before:
        wanted = {hit.row for hit in before.dense(vector, 100, dated)}
    with open_library(root).snapshot() as snapshot:
        every = set(range(1, snapshot.paragraph_count + 1))
        assert check(root, repair=True).ok
        left = {hit.row for hit in snapshot.dense(vector, 100, NOTHING)}
        assert len(every - left) == len(wanted - left) == 1
        assert {hit.row for hit in snapshot.dense(vector, 100, dated)} == wanted & left


@pytest.mark.parametrize("title", ["'Zeppelin lands'", "NULL", "'Reading room'", "'Reading room leaks oil'"])
def test_title_that_the_lexical_index_lacks_is_found(root: Path, title: str) -> None:
    """The lexical index must hold a title's very terms, neither fewer nor others nor more; vectors hold it, too."""
    execute(root, f"UPDATE documents SET title = {title} WHERE id = 'roof'", f"UPDATE documents SET digest = {SEAL}")
    report = check(root)
    assert [p.what.split()[0] for p in report.problems] == ["lexical", "vector", "vector", "vector"]
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
    execute(root, f"UPDATE paragraphs SET end = end - 3 WHERE {SECOND}")
    report = check(root, repair=True)
    assert report.ok
    assert {"derived rows differ from their checksum", "vector differs from its checksum"} <= {
        p.what for p in report.problems
    }
    assert answers(root) == before


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
    execute(root, f"UPDATE statements SET name = 'Oda Ostrel' WHERE {SAID}")
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
