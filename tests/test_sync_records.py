"""Records of files and streams in a library: ids, and files that share or swap them."""

import io
import os
from pathlib import Path

import pytest

from index.library import open_library
from index.store.local import LocalLibrary
from index.sync import add_stream
from index.types import Filters
from tests.fake_embedder import HashingEmbedder
from tests.piles import LONG, OTHER, run, texts, write_pile


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder of two articles of two long paragraphs each."""
    return write_pile(tmp_path / "pile")


@pytest.fixture
def library(tmp_path: Path) -> LocalLibrary:
    """A library that doesn't exist yet."""
    return open_library(tmp_path / "library")


def test_records_of_a_jsonl_file_follow_it(library: LocalLibrary, tmp_path: Path) -> None:
    """Records are added, changed and removed as their file changes; a broken line is named."""
    file = tmp_path / "wire.jsonl"
    line = '{"id": "%s", "text": "%s"}\n'
    file.write_text(line % ("a", LONG) + line % ("b", OTHER), encoding="utf-8")
    assert run(library, file).added == 2
    file.write_text(line % ("a", LONG + " More.") + line % ("c", OTHER), encoding="utf-8")
    report = run(library, file)
    assert (report.changed, report.added, report.removed) == (1, 1, 1)
    file.write_text(line % ("a", LONG) + "{broken\n", encoding="utf-8")
    report = run(library, file)
    assert "line 2" in report.rejected[0].reason
    assert report.removed == 0


def test_duplicate_id_is_rejected_and_names_the_first(library: LocalLibrary, tmp_path: Path) -> None:
    """Two records of one id in a run: the first is kept, the second rejected with the reason."""
    file = tmp_path / "twice.jsonl"
    file.write_text('{"id": "a", "text": "One report."}\n{"id": "a", "text": "Another."}\n', encoding="utf-8")
    report = run(library, file)
    assert report.added == 1
    assert "line 2: its id a" in report.rejected[0].reason


def test_standard_input_is_idempotent_by_id(library: LocalLibrary) -> None:
    """The same records piped in twice change nothing the second time."""
    data = b'{"id": "a", "text": "The mayor opened the bridge."}\n'
    assert add_stream(library, io.BytesIO(data), HashingEmbedder()).added == 1
    report = add_stream(library, io.BytesIO(data), HashingEmbedder())
    assert (report.added, report.changed, report.unchanged) == (0, 0, 1)


def test_record_that_moves_to_an_earlier_file_is_kept(library: LocalLibrary, tmp_path: Path) -> None:
    """An id is free again when its file, read later in the same run, no longer holds it."""
    line = '{"id": "%s", "text": "%s"}\n'
    (tmp_path / "b.jsonl").write_text(line % ("1", LONG) + line % ("2", OTHER), encoding="utf-8")
    run(library, tmp_path / "b.jsonl")
    (tmp_path / "a.jsonl").write_text(line % ("1", LONG), encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(line % ("2", OTHER), encoding="utf-8")
    report = run(library, Path(f"{tmp_path}/*.jsonl"))
    assert report.rejected == ()
    assert run(library, Path(f"{tmp_path}/*.jsonl")).rejected == ()
    with library.snapshot() as snapshot:
        assert [ref.id for ref in snapshot.documents(Filters(), 10, 0)[1]] == ["1", "2"]


def test_file_that_comes_back_just_as_it_was_is_read(library: LocalLibrary, tmp_path: Path) -> None:
    """Size and time stamp of a file that lost its documents to another prove nothing."""
    line = '{"id": "1", "text": "%s"}\n'
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    first.write_text(line % LONG, encoding="utf-8")
    os.utime(first, (1e9, 1e9))
    run(library, first)
    kept = first.read_bytes()
    first.unlink()
    second.write_text(line % OTHER, encoding="utf-8")
    assert run(library, second).changed == 1
    second.unlink()
    first.write_bytes(kept)
    os.utime(first, (1e9, 1e9))
    report = run(library, first)
    assert (report.changed, report.unchanged) == (1, 0)


def test_two_texts_of_standard_input_are_two_documents(library: LocalLibrary) -> None:
    """Piped texts without a name are known by their bytes."""
    for text in (LONG, OTHER, LONG):
        add_stream(library, io.BytesIO(text.encode()), HashingEmbedder())
    assert set(texts(library).values()) == {LONG, OTHER}
