"""`verify` finds every damage to rows, mends what the text makes good, and says what nothing does."""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from index.library import open_library
from index.settings import IndexSettings
from index.store.schema import connect
from index.sync import sync
from index.types import Filters, Ref
from index.verify import verify
from tests.damage import ARTICLE, SAID, SECOND, answers, check, execute
from tests.fake_embedder import HashingEmbedder
from tests.small_library import FERRY, make_library

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


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a library to damage."""
    make_library(tmp_path / "library").close()
    return tmp_path / "library"


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


def test_damaged_text_is_not_derived_again_with_its_rows(root: Path) -> None:
    """Where both are damaged nobody can tell what the text was: rows made from it would hide that."""
    execute(root, LOST_ROWS["a letter of the text"], MENDED_ROWS["a paragraph's id"])
    report = check(root, repair=True)
    assert not report.ok
    assert any("restore a backup" in p.what for p in report.problems)
    assert not check(root).ok


DAMAGED_METADATA = {
    "id": "UPDATE documents SET id = 'fery' WHERE id = 'ferry'",
    "file": "UPDATE documents SET file = '/elsewhere' WHERE id = 'ferry'",
    "uri": "UPDATE documents SET uri = uri || 'x' WHERE id = 'ferry'",
    "sha256": "UPDATE documents SET sha256 = replace(sha256, 'a', 'b') WHERE id = 'ferry'",
    "author": "UPDATE documents SET author = 'Oda Ostrel' WHERE id = 'ferry'",
    "author of bytes": "UPDATE documents SET author = x'ff00' WHERE id = 'ferry'",
    "published": "UPDATE documents SET published = '2031-05-07' WHERE id = 'ferry'",
    "no date": "UPDATE documents SET published = NULL WHERE id = 'ferry'",
    "source": "UPDATE documents SET source = 'Tolm Gazettf' WHERE id = 'ferry'",
    "language": "UPDATE documents SET language = 'eo' WHERE id = 'ferry'",
    "meta": "UPDATE documents SET meta = replace(meta, 'home', 'hole') WHERE id = 'ferry'",
    "title": "UPDATE documents SET title = 'Ferry to stay' WHERE id = 'ferry'",
    "title that is no UTF-8": "UPDATE documents SET title = CAST(x'ff41' AS TEXT) WHERE id = 'ferry'",
    "pages": f"UPDATE contents SET layout = replace(layout, '[]', '[[3, 4]]') WHERE content = ({ARTICLE})",
    "checksum": "UPDATE documents SET digest = 'x' WHERE id = 'ferry'",
}


@pytest.mark.parametrize("damage", DAMAGED_METADATA)
def test_damaged_metadata_are_told_and_never_called_repaired(root: Path, damage: str) -> None:
    """Nothing can tell what a changed author or date was: the document is named, with the ways out."""
    execute(root, DAMAGED_METADATA[damage])
    assert any("restore a backup" in p.what and p.where.startswith("fer") for p in check(root).problems)
    report = check(root, repair=True)
    assert not report.ok
    assert any("index its file again" in p.what and not p.repaired for p in report.problems)
    assert not check(root).ok


@pytest.mark.parametrize("damage", ["author", "published", "pages", "checksum"])
def test_deriving_again_gives_damaged_metadata_no_checksum_that_fits(root: Path, damage: str) -> None:
    """An upgrade, or a rebuild, writes the row anew; that must not hide what happened to it."""
    execute(root, DAMAGED_METADATA[damage])
    library = open_library(root, IndexSettings(short_paragraph=200))
    assert sync(library, [], HashingEmbedder()).paragraphs > 0
    sync(library, [], HashingEmbedder(), rebuild=True)
    library.close()
    assert [p.where for p in check(root).problems] == ["ferry"]


@pytest.mark.parametrize("column", ["file", "uri", "sha256", "title", "author", "published", "language", "digest"])
def test_damaged_metadata_come_back_with_their_file(tmp_path: Path, column: str) -> None:
    """After a repair that could only tell of it, indexing the unchanged file again mends it, and once."""
    file = tmp_path / "ferry.txt"
    file.write_text(FERRY, encoding="utf-8")
    os.utime(file, (10**9, 10**9))
    root = tmp_path / "library"
    sync(open_library(root), [str(file)], HashingEmbedder())
    before = _references(root)
    execute(root, f"UPDATE documents SET {column} = 'x'")
    assert not check(root, repair=True).ok
    sync(open_library(root), [str(file)], HashingEmbedder())
    assert check(root).problems == ()
    assert [replace(ref, id="") for ref in _references(root)] == [replace(ref, id="") for ref in before]
    generation = (root / "CURRENT").read_bytes()
    sync(open_library(root), [str(file)], HashingEmbedder())
    assert (root / "CURRENT").read_bytes() == generation


def _references(root: Path) -> list[Ref]:
    with open_library(root).snapshot() as snapshot:
        return snapshot.documents(Filters(), 10, 0)[1]
