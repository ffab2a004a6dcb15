"""Making a library match its files: add, change, move, prune, reject, do it twice."""

import io
import os
from pathlib import Path
from typing import Any

import pytest

from index.errors import DocumentNotFoundError, LibraryBusyError, ModelMismatchError
from index.library import StatementQuery, open_library
from index.store.local import LocalLibrary
from index.sync import add_stream, remove, sync
from index.types import Filters, IndexReport
from index.verify import verify
from tests.fake_embedder import HashingEmbedder
from tests.trees import snapshot_of

LONG = (
    "The council of Merrow voted on Tuesday to rebuild the sea wall after a winter of storms that took eleven "
    "metres of the promenade. The work will cost four million crowns and is to begin in March, the council said."
)
OTHER = (
    "Fishermen in the outer harbour say that the wall will close the channel they have used for two hundred years, "
    "and have asked a court in the capital to stop the work until the tides have been measured for a full year."
)


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder of two articles of two long paragraphs each."""
    folder = tmp_path / "pile"
    folder.mkdir()
    (folder / "wall.txt").write_text(f"Sea wall to be rebuilt\n\n{LONG}\n\n{OTHER}\n", encoding="utf-8")
    (folder / "budget.txt").write_text(f"Budget passes\n\n{OTHER[::-1]}\n\n{LONG[::-1]}\n", encoding="utf-8")
    return folder


@pytest.fixture
def library(tmp_path: Path) -> LocalLibrary:
    """A library that doesn't exist yet."""
    return open_library(tmp_path / "library")


def run(library: LocalLibrary, *paths: Path, embedder: HashingEmbedder | None = None, **how: Any) -> IndexReport:
    """Index `paths` with the hashing embedder."""
    return sync(library, [str(path) for path in paths], embedder or HashingEmbedder(), **how)


def age(folder: Path) -> None:
    """Make files older than the tick of the file system's clock."""
    for path in folder.iterdir():
        os.utime(path, (path.stat().st_mtime - 10, path.stat().st_mtime - 10))


def texts(library: LocalLibrary) -> dict[str, str]:
    """Every document's text, by the last part of its URI."""
    with library.snapshot() as snapshot:
        _, refs = snapshot.documents(Filters(), 1000, 0)
        return {ref.uri.rsplit("/", 1)[-1]: snapshot.document(ref.id).text for ref in refs}


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


def test_interrupted_rebuild_is_completed_by_the_next_run(library: LocalLibrary, pile: Path) -> None:
    """Until the new vectors are complete the old generation is served; then the next run finishes them."""

    class Interrupting(HashingEmbedder):
        def encode_documents(self, texts):  # type: ignore[no-untyped-def]
            raise KeyboardInterrupt

    run(library, pile)
    with pytest.raises(KeyboardInterrupt):
        run(library, pile, embedder=Interrupting(), rebuild=True)
    with library.snapshot() as snapshot:
        assert snapshot.generation == 1
        assert len(snapshot.dense(HashingEmbedder().encode_query("sea wall"), 9, Filters())) > 0
    report = run(library, pile)
    assert report.embedded > 0
    with library.snapshot() as snapshot:
        counts = snapshot.status()
        assert len(snapshot.dense(HashingEmbedder().encode_query("wall"), 99, Filters())) == counts.paragraphs


def test_interruption_keeps_what_was_finished(library: LocalLibrary, tmp_path: Path) -> None:
    """Ctrl-C amid a run leaves the old generation served and the finished documents in the next."""
    for number in range(40):
        body = f"Report {number}. " + " ".join(f"Sentence {number} {i} speaks of the harbour." for i in range(200))
        (tmp_path / f"{number:02}.txt").write_text(body, encoding="utf-8")
    first = tmp_path / "00.txt"
    run(library, first)

    class Tired(HashingEmbedder):
        def encode_documents(self, texts):  # type: ignore[no-untyped-def]
            if self.calls == 2:
                raise KeyboardInterrupt
            return super().encode_documents(texts)

    tired = Tired()
    with pytest.raises(KeyboardInterrupt):
        run(library, tmp_path, embedder=tired)
    with library.snapshot() as snapshot:
        assert snapshot.generation == 1
        assert snapshot.status().documents == 1
    again = HashingEmbedder()
    report = run(library, tmp_path, embedder=again)
    assert report.unchanged > 1
    assert not set(tired.encoded) & set(again.encoded)
    assert len(texts(library)) == 40


def test_one_writer_at_a_time(library: LocalLibrary, pile: Path) -> None:
    """A second writer is told at once, by name of the library."""
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
    before = (pile / "wall.txt").stat()
    run(library, pile)
    edited = (pile / "wall.txt").read_text(encoding="utf-8").replace("four million", "nine million")
    (pile / "wall.txt").write_text(edited, encoding="utf-8")
    os.utime(pile / "wall.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert run(library, pile).changed == 1
    age(pile)
    run(library, pile)
    library.close()
    settled = snapshot_of(library.root)
    run(library, pile)
    assert snapshot_of(library.root) == settled


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


@pytest.mark.parametrize("step", ["remove", "add", "recover", "verify"])
def test_no_writer_publishes_a_half_made_rebuild(library: LocalLibrary, pile: Path, step: str) -> None:
    """After an interrupted rebuild, whatever writes next leaves every paragraph with a vector that is served."""

    class Tired(HashingEmbedder):
        def encode_documents(self, texts):  # type: ignore[no-untyped-def]
            if self.encoded:
                raise KeyboardInterrupt
            return super().encode_documents(texts)

    for number in range(30):
        lines = [f"Report {number} tells of {number * i} boats in the harbour of Merrow." for i in range(1, 20)]
        (pile / f"{number}.txt").write_text("\n\n".join(lines), encoding="utf-8")
    run(library, pile)
    with pytest.raises(KeyboardInterrupt):
        run(library, pile, embedder=Tired(), rebuild=True)
    if step == "remove":
        remove(library, [f"file://{pile}/3.txt"])
    elif step == "add":
        add_stream(library, io.BytesIO(LONG.encode()), HashingEmbedder())
    elif step == "recover":
        library.close()
        (library.root / "CURRENT").unlink()
    else:
        assert verify(library, HashingEmbedder(), repair=True).ok
    vector = HashingEmbedder().encode_query("boats in the harbour")
    for _ in range(2):
        with library.snapshot() as snapshot:
            count = snapshot.status().paragraphs
            assert len(snapshot.dense(vector, 10_000, Filters())) == count
        run(library, pile)
    assert verify(library, HashingEmbedder()).problems == ()


def test_lost_tail_of_vectors_is_remembered_until_it_is_mended(library: LocalLibrary, pile: Path) -> None:
    """Vectors cut off the file are embedded again even when the next run is interrupted."""

    class Interrupting(HashingEmbedder):
        def encode_documents(self, texts):  # type: ignore[no-untyped-def]
            raise KeyboardInterrupt

    run(library, pile)
    library.close()
    path = next((library.root / "vectors").iterdir())
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(KeyboardInterrupt):
        run(library, pile, embedder=Interrupting())
    assert run(library, pile).embedded > 0
    assert verify(library, HashingEmbedder()).problems == ()
