"""What a run holds in memory does not grow with what it reads."""

import ctypes
import gc
import json
import os
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from index import aside, intake
from index.bitset import BitSet
from index.library import open_library
from index.memory import give_back
from index.readers import repeats
from index.settings import IndexSettings
from index.store import documents, faiss_base
from index.store.local import LocalLibrary
from index.store.vectors import VectorFile, append
from index.sync import sync
from index.types import Filters, Vectors
from tests.fake_embedder import HashingEmbedder
from tests.piles import LONG, run, texts

FEW = 200
SETTINGS = IndexSettings(statements=False, publish_paragraphs=100_000)
A_DOCUMENT = 150
"""Bytes; ids and addresses kept in dictionaries take more, and less would tell of what is on its way."""


class _Forgetful(HashingEmbedder):
    """Keeps no list of what it embedded."""

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        found = super().encode_documents(texts)
        self.encoded.clear()
        return found


def _records(pile: Path, count: int) -> None:
    records = (
        {"id": f"article-{n:08}", "text": f"{LONG} {n % 7}", "url": f"https://news.example/2026/11/{n:08}.html"}
        for n in range(count)
    )
    (pile / "wire.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in records), encoding="utf-8")


def _files(pile: Path, count: int) -> None:
    for number in range(count):
        (pile / f"article-{number:08}.txt").write_text(f"{LONG} {number % 7}", encoding="utf-8")


def _held(library: LocalLibrary, pile: Path, stage: str) -> int:
    """How many bytes of Python's a run holds when it is nearly through with a stage."""
    held = list[int]()

    def tell(told: str, done: int, total: int) -> None:
        if told == stage and done > 0.9 * total and not held:
            gc.collect()
            held.append(tracemalloc.get_traced_memory()[0])

    tracemalloc.start()
    sync(library, [str(pile)], _Forgetful(), progress=tell)
    tracemalloc.stop()
    return held[0]


@pytest.mark.parametrize("write", [_records, _files])
def test_what_a_run_holds_does_not_grow_with_the_pile(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, write: Callable[[Path, int], None]
) -> None:
    """Four times as many documents take no more: new ones, known ones that are read again, and those derived again."""
    monkeypatch.setattr(repeats, "_REMEMBERED", 20)
    monkeypatch.setattr(aside, "_IN_MEMORY", 1)
    monkeypatch.setattr(intake, "_FLUSH_DOCUMENTS", 10)
    found = list[list[int]]()
    for count in (FEW, FEW, 4 * FEW):
        pile = tmp_path / f"{len(found)}"
        pile.mkdir()
        write(pile, count)
        library = open_library(tmp_path / f"library-{len(found)}", SETTINGS)
        held = [_held(library, pile, "reading")]
        for path in pile.iterdir():
            os.utime(path, (1e9, 1e9))
        held.append(_held(library, pile, "reading"))
        with library.writing() as session:
            session.db.execute("UPDATE contents SET derivation = 'of an earlier version'")
        held.append(_held(library, pile, "deriving"))
        found.append(held)
    # The first fills what is kept for the process.
    _, few, many = found
    assert all(more - less < 3 * FEW * A_DOCUMENT for less, more in zip(few, many, strict=True)), (few, many)


@pytest.mark.parametrize("remembered", [1, 2, 100])
def test_repeated_record_is_rejected_however_long_ago_it_came(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, remembered: int
) -> None:
    """In its file and in another, by id or by address, when the first is written or waits; the first holds."""
    monkeypatch.setattr(repeats, "_REMEMBERED", remembered)
    monkeypatch.setattr(intake, "_FLUSH_DOCUMENTS", 4)
    pile = tmp_path / "pile"
    pile.mkdir()
    first = [{"id": f"a{n}", "text": f"{LONG} {n}", "url": f"https://n.example/{n}"} for n in range(9)]
    first.append({"text": f"{LONG} 10", "url": "https://n.example/10"})
    again = [{"id": "a0", "text": "Another."}, {"text": "And another.", "url": "https://n.example/10"}]
    for name, records in (("a", [*first, *again]), ("b", again)):
        (pile / f"{name}.jsonl").write_text("\n".join(map(json.dumps, records)) + "\n", encoding="utf-8")
    library = open_library(tmp_path / "library", SETTINGS)
    for added in (10, 0):
        report = run(library, pile)
        assert (report.added, report.changed, report.unchanged) == (added, 0, 10 - added)
        assert len(report.rejected) == 4
        assert all("must differ" in one.reason for one in report.rejected)
        assert all("of the same run" in one.reason for one in report.rejected[2:])
        assert "https://n.example/0 " in report.rejected[2].reason
    assert set(texts(library).values()) == {one["text"] for one in first}


def test_records_that_are_gone_are_removed_a_part_at_a_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Just those, wherever the parts end."""
    monkeypatch.setattr(documents, "_PART", 2)
    library = open_library(tmp_path / "library", SETTINGS)
    (tmp_path / "pile").mkdir()
    wire = tmp_path / "pile" / "wire.jsonl"
    for kept in (range(9), (0, 3, 4, 8), (8,)):
        records = [{"id": f"a{n}", "text": f"{LONG} {n}", "url": f"https://n.example/{n}"} for n in kept]
        wire.write_text("".join(f"{json.dumps(one)}\n" for one in records), encoding="utf-8")
        run(library, tmp_path / "pile")
        assert texts(library) == {f"{n}": f"{LONG} {n}" for n in kept}


def test_copies_that_moved_are_each_known_again_though_one_is_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Three files of the same bytes, moved together: each keeps one of the three ids."""
    monkeypatch.setattr(intake, "_FLUSH_DOCUMENTS", 1)
    library = open_library(tmp_path / "library", SETTINGS)
    (tmp_path / "pile").mkdir()
    for number in range(3):
        (tmp_path / "pile" / f"a{number}.txt").write_text(LONG, encoding="utf-8")
    run(library, tmp_path / "pile")
    before = _ids(library)
    for number in range(3):
        (tmp_path / "pile" / f"a{number}.txt").rename(tmp_path / "pile" / f"b{number}.txt")
    assert run(library, tmp_path / "pile").moved == 3
    assert _ids(library) == before
    assert sorted(texts(library)) == ["b0.txt", "b1.txt", "b2.txt"]


def _ids(library: LocalLibrary) -> set[str]:
    with library.snapshot() as snapshot:
        return {ref.id for ref in snapshot.documents(Filters(), 10, 0)[1]}


def test_numbers_are_told_from_their_neighbours() -> None:
    """At the ends of blocks and far off; close together they take a few bits each."""
    numbers = {0, 1, 511, 512, 513, 1023, 1024, (1 << 64) - 1, 1 << 64, 1 << 90}
    kept = BitSet()
    for number in numbers:
        kept.add(number)
        kept.add(number)
    near = {number + step for number in numbers for step in (-1, 0, 1)} - {-1}
    assert {number for number in near if number in kept} == numbers
    tracemalloc.start()
    kept = BitSet()
    for number in range(100_000):
        kept.add(number)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 100_000


def test_base_is_made_of_a_few_vectors_at_a_time(tmp_path: Path) -> None:
    """Thirty thousand, with what finding out their recall takes: all at once they would take 47 MB."""
    count, dim = faiss_base.EXACT_UP_TO + 10_000, 256
    random = np.random.default_rng(0)
    centres = random.standard_normal((200, dim), dtype=np.float32)
    rows = centres[random.integers(200, size=count)] + random.standard_normal((count, dim), dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    append(tmp_path / "vectors.f16", rows, 0)
    vectors, slots = VectorFile(tmp_path / "vectors.f16", dim, count), np.arange(count, dtype="<i8")
    tracemalloc.start()
    faiss_base.build(tmp_path / "base.index", tmp_path / "base.slots", vectors, slots)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 30_000_000


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="this C library is no glibc")
def test_free_memory_goes_back_to_the_system() -> None:
    """Even what lies before something in use, which glibc itself keeps."""
    libc = ctypes.CDLL(None)
    libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
    blocks = [libc.malloc(60_000) for _ in range(1000)]
    for block in blocks:
        ctypes.memset(block, 1, 60_000)
    for block in blocks[:-1]:
        libc.free(block)
    before = _resident()
    give_back()
    assert before - _resident() > 40_000
    libc.free(blocks[-1])


def _resident() -> int:
    """Kilobytes of this process's own."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon"))
