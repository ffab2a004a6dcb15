"""Making a library match its files: add, change, move, prune, reject, do it twice."""

import os
import sys
import time
from pathlib import Path

import pytest

from index.errors import DocumentNotFoundError, InvalidValueError, LibraryBusyError, ModelMismatchError
from index.library import StatementQuery, open_library
from index.store import generations
from index.store.local import LocalLibrary
from index.sync import remove, sync
from index.types import Filters
from tests.fake_embedder import HashingEmbedder
from tests.piles import LONG, age, run, texts, write_pile
from tests.trees import snapshot_of


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder of two articles of two long paragraphs each."""
    return write_pile(tmp_path / "pile")


@pytest.fixture
def library(tmp_path: Path) -> LocalLibrary:
    """A library that doesn't exist yet."""
    return open_library(tmp_path / "library")


def test_first_run_adds_everything(library: LocalLibrary, pile: Path) -> None:
    """Each file is a document, published as the first generation, its text as it was read."""
    report = run(library, pile)
    assert (report.added, report.rejected, report.generation) == (2, (), 1)
    assert report.embedded == report.paragraphs > 0
    assert texts(library)["wall.txt"] == (pile / "wall.txt").read_text(encoding="utf-8")


def test_second_run_embeds_and_writes_nothing(library: LocalLibrary, pile: Path) -> None:
    """Over unchanged files no byte and no time stamp of the library changes."""
    age(pile)
    run(library, pile)
    library.close()
    before, embedder = snapshot_of(library.root), HashingEmbedder()
    report = run(library, pile, embedder=embedder)
    assert (report.added, report.changed, report.unchanged, report.embedded) == (0, 0, 2, 0)
    assert embedder.encoded == []
    assert snapshot_of(library.root) == before


def test_unchanged_files_are_not_opened(library: LocalLibrary, pile: Path) -> None:
    """A second run reads nothing of the pile but its folders and what the system knows of each file."""
    age(pile)
    run(library, pile)
    opened: set[str] = set()
    watching = [True]

    def note(event: str, arguments: tuple[object, ...]) -> None:
        # A hook cannot be taken off again.
        if watching and event == "open" and str(arguments[0]).startswith(str(pile)):
            opened.add(Path(str(arguments[0])).name)

    sys.addaudithook(note)
    assert run(library, pile).unchanged == 2
    assert opened == set()
    run(library, pile, rebuild=True)
    watching.clear()
    assert opened == {"wall.txt", "budget.txt"}, "the hook sees what is opened"


def test_edited_paragraph_alone_is_embedded(library: LocalLibrary, pile: Path) -> None:
    """Of a document with one long paragraph edited, only that paragraph gets a new vector."""
    run(library, pile)
    edited = (pile / "wall.txt").read_text(encoding="utf-8").replace("four million", "nine million")
    (pile / "wall.txt").write_text(edited, encoding="utf-8")
    report = run(library, pile)
    assert (report.changed, report.unchanged, report.embedded) == (1, 1, 1)
    assert "nine million" in texts(library)["wall.txt"]


def test_moved_files_keep_id_and_vectors(library: LocalLibrary, pile: Path, tmp_path: Path) -> None:
    """A path gone and a new one with the same bytes is the same document."""
    run(library, pile)
    with library.snapshot() as snapshot:
        before = {ref.id for ref in snapshot.documents(Filters(), 10, 0)[1]}
    moved = pile.rename(tmp_path / "elsewhere")
    report = run(library, moved)
    assert (report.moved, report.added, report.removed, report.embedded) == (2, 0, 0, 0)
    with library.snapshot() as snapshot:
        refs = snapshot.documents(Filters(), 10, 0)[1]
        assert {ref.id for ref in refs} == before
        assert all("/elsewhere/" in ref.uri for ref in refs)


def test_copies_are_two_documents(library: LocalLibrary, pile: Path) -> None:
    """The same bytes at two paths that both exist are two documents that share their vectors."""
    (pile / "copy.txt").write_bytes((pile / "wall.txt").read_bytes())
    report = run(library, pile)
    assert (report.added, report.moved) == (3, 0)
    assert report.embedded < report.paragraphs


def test_prune_removes_only_what_is_gone_from_under_the_paths(
    library: LocalLibrary, pile: Path, tmp_path: Path
) -> None:
    """Without `prune` nothing goes; with it, only files under the given paths that no longer exist."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "gone.txt").write_text(LONG, encoding="utf-8")
    run(library, pile, other)
    (other / "gone.txt").unlink()
    (pile / "wall.txt").unlink()
    assert run(library, pile).removed == 0
    assert run(library, pile, prune=True).removed == 1
    assert set(texts(library)) == {"budget.txt", "gone.txt"}


def test_prune_takes_a_folder_that_is_gone(library: LocalLibrary, pile: Path) -> None:
    """A folder that was deleted whole can still be named to prune what came from it."""
    run(library, pile)
    for file in pile.iterdir():
        file.unlink()
    pile.rmdir()
    assert len(run(library, pile).rejected) == 1
    report = run(library, pile, prune=True)
    assert (report.removed, report.rejected) == (2, ())


def test_prune_of_a_glob_stays_within_its_folder(library: LocalLibrary, pile: Path) -> None:
    """`*.txt` names no file of a folder below, so what is gone there stays."""
    (pile / "below").mkdir()
    (pile / "below" / "deep.txt").write_text(LONG, encoding="utf-8")
    run(library, pile)
    (pile / "below" / "deep.txt").unlink()
    (pile / "wall.txt").unlink()
    assert run(library, Path(f"{pile}/*.txt"), prune=True).removed == 1
    assert "deep.txt" in texts(library)


@pytest.mark.parametrize("prune", [False, True])
def test_an_empty_path_is_not_the_current_folder(
    library: LocalLibrary, pile: Path, monkeypatch: pytest.MonkeyPatch, prune: bool
) -> None:
    """`quoth index "$FOLDER"` with no such variable reads nothing and removes nothing."""
    run(library, pile)
    monkeypatch.chdir(pile)
    (pile / "wall.txt").rename(pile / "new.txt")
    with pytest.raises(InvalidValueError, match="PATH"):
        sync(library, [str(pile), ""], HashingEmbedder(), prune=prune)
    assert set(texts(library)) == {"wall.txt", "budget.txt"}


def test_rejected_inputs_leave_the_rest_and_the_old_version(library: LocalLibrary, pile: Path) -> None:
    """A file that became unreadable is named with its reason; its last good version stays."""
    run(library, pile)
    (pile / "wall.txt").write_bytes(b"\x00\x01\x02" * 100)
    (pile / "new.txt").write_text(LONG, encoding="utf-8")
    report = run(library, pile)
    assert [one.uri.rsplit("/", 1)[-1] for one in report.rejected] == ["wall.txt"]
    assert (report.added, report.removed) == (1, 0)
    assert LONG in texts(library)["wall.txt"]
    assert len(run(library, pile).rejected) == 1


def test_removed_documents_leave_no_trace_on_disk(library: LocalLibrary, pile: Path) -> None:
    """After `remove` the text is in no file of the library, and its vectors are zeroed."""
    secret = "Xylophonist Quandarius Blenkinsopp was named in the sealed indictment about the ferry contract."
    (pile / "secret.txt").write_text(f"Sealed\n\n{secret}\n", encoding="utf-8")
    run(library, pile)
    with library.snapshot() as snapshot:
        uri = next(ref.uri for ref in snapshot.documents(Filters(), 10, 0)[1] if ref.uri.endswith("secret.txt"))
    library.close()
    assert remove(library, [uri]).removed == 1
    for path in library.root.rglob("*"):
        if path.is_file():
            assert b"blenkinsopp" not in path.read_bytes().lower(), path
    with library.snapshot() as snapshot:
        assert snapshot.status().purge_pending is False
    assert "secret.txt" not in texts(library)


def test_removing_an_unknown_document_changes_nothing(library: LocalLibrary, pile: Path) -> None:
    """The error names what was not found; nothing else of the list is removed."""
    run(library, pile)
    with library.snapshot() as snapshot:
        known = snapshot.documents(Filters(), 1, 0)[1][0].id
    with pytest.raises(DocumentNotFoundError, match="nowhere"):
        remove(library, [known, "nowhere"])
    assert len(texts(library)) == 2


def test_another_model_needs_a_rebuild(library: LocalLibrary, pile: Path) -> None:
    """Vectors of two models never mix; `rebuild` embeds everything anew, from outside the paths too."""
    run(library, pile)
    other = HashingEmbedder(dim=32, name="other")
    with pytest.raises(ModelMismatchError, match="--rebuild"):
        run(library, pile, embedder=other)
    report = run(library, embedder=other, rebuild=True)
    assert report.embedded == len(set(other.encoded)) > 0
    with library.snapshot() as snapshot:
        assert snapshot.model == other.info
        assert len(snapshot.dense(other.encode_query("sea wall"), 3, Filters())) == 3


def test_one_writer_at_a_time(library: LocalLibrary, pile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second writer is told after a while, by name of the library."""
    monkeypatch.setattr(generations, "WRITERS_WAIT", 0.0)
    with library.writing(), pytest.raises(LibraryBusyError):
        run(open_library(library.root), pile)


def test_statements_keep_their_words(library: LocalLibrary, pile: Path) -> None:
    """A statement of a stored document is a slice of its text, with its speaker."""
    said = "“The wall will stand for a century,” said Ines Kordal, the mayor of Merrow."
    (pile / "said.txt").write_text(f"Mayor speaks\n\n{LONG} {said}\n", encoding="utf-8")
    run(library, pile)
    with library.snapshot() as snapshot:
        (found,) = snapshot.statements(StatementQuery(Filters(speaker="Kordal")))
        text = snapshot.document(found.document.id).text
    assert text[found.statement.start : found.statement.end] == found.text
    assert "stand for a century" in found.text
    assert found.speaker == "Ines Kordal"


def test_file_changed_within_a_tick_of_being_read_is_seen(library: LocalLibrary, pile: Path) -> None:
    """A file edited right after it was read, without another size or time stamp, is not taken for known."""
    written_at = time.time_ns() + 10**13
    os.utime(pile / "wall.txt", ns=(written_at, written_at))
    run(library, pile)
    edited = (pile / "wall.txt").read_text(encoding="utf-8").replace("four million", "nine million")
    (pile / "wall.txt").write_text(edited, encoding="utf-8")
    os.utime(pile / "wall.txt", ns=(written_at, written_at))
    assert run(library, pile).changed == 1
    for path in pile.iterdir():
        os.utime(path, (10**9, 10**9))
    run(library, pile)
    library.close()
    settled = snapshot_of(library.root)
    run(library, pile)
    assert snapshot_of(library.root) == settled
