"""The lists of slots beside a base: right whatever comes and goes, and written only where they change."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import sync
from index.library import open_library
from index.store import generations, publish
from index.store.generations import Manifest, checksum
from index.store.local import LocalLibrary
from index.store.slot_sets import DEAD, RESURRECTED, SlotList, SlotSets
from index.verify import verify
from tests.fake_embedder import HashingEmbedder
from tests.lookups import numbered

BASE_SLOTS, HELD = 20, set(range(0, 20, 3))


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(st.dictionaries(st.integers(0, 29), st.booleans()), max_size=5))
def test_any_steps_list_what_sets_hold(tmp_path_factory: pytest.TempPathFactory, steps: list[dict[int, bool]]) -> None:
    """However slots come and go, the lists on disk ascend and hold what plain sets hold."""
    folder = tmp_path_factory.mktemp("steps")
    held = SlotList(np.array(sorted(HELD), dtype="<i8"))
    dead, resurrected, sets = set[int](), set[int](), SlotSets()
    for number, touched in enumerate(steps):
        for slot, alive in touched.items():
            is_found = slot >= BASE_SLOTS or slot in HELD
            listed = dead if is_found else resurrected
            (listed.discard if alive == is_found else listed.add)(slot)
        (folder / str(number)).mkdir()
        sets.after(touched.items(), BASE_SLOTS, held).write(folder / str(number))
        sets = SlotSets.of(folder / str(number))
        assert sets.dead.slots.tolist() == sorted(dead)
        assert sets.resurrected.slots.tolist() == sorted(resurrected)
        assert sets.dead_below(BASE_SLOTS) == sum(slot < BASE_SLOTS for slot in dead)


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LocalLibrary:
    """A library of 200 paragraphs, 80 of which died after its base was made and stay in it, as in a large one."""
    monkeypatch.setattr(publish, "WORN", 1.0)
    monkeypatch.setattr(publish, "PURGE_AT_END_UP_TO", 0)
    monkeypatch.setattr(sync, "PURGE_ON_REMOVAL_UP_TO", 0)
    library = open_library(tmp_path)
    sync.add(library, numbered(200), HashingEmbedder())
    sync.remove(library, [f"n{number}" for number in range(80)])
    return library


def served(library: LocalLibrary) -> tuple[Path, Manifest]:
    """The folder of what is served, and its manifest."""
    with library.snapshot() as snapshot:
        return library.generations.path(snapshot.generation), snapshot.manifest


def test_addition_writes_no_list_again(large: LocalLibrary) -> None:
    """However many slots are dead, a document more shares both lists with the generation before, and their sums."""
    with open_library(large.root).snapshot() as snapshot:
        before = large.generations.path(snapshot.generation)
        sync.add(large, numbered(1, 1000), HashingEmbedder())
        after, manifest = served(large)
        assert after != before
        for name in (DEAD, RESURRECTED):
            assert (after / name).samefile(before / name)
            assert manifest.files[f"generations/{after.name}/{name}"] == checksum(after / name)
    assert len(SlotSets.of(after).dead) == 80
    assert verify(large, HashingEmbedder()).problems == ()


def test_removal_leaves_the_list_that_another_reads(large: LocalLibrary) -> None:
    """A list that differs is another file: who holds the generation before finds what it found."""
    with open_library(large.root).snapshot() as snapshot:
        before = large.generations.path(snapshot.generation)
        sync.add(large, numbered(1, 1000), HashingEmbedder())
        sync.remove(large, ["n100"])
        after, _ = served(large)
        assert (len(SlotSets.of(before).dead), len(SlotSets.of(after).dead)) == (80, 81)
        assert checksum(before / DEAD) == snapshot.manifest.files[f"generations/{before.name}/{DEAD}"]
    assert verify(large, HashingEmbedder()).problems == ()


def test_text_that_comes_back_is_taken_off_the_list(large: LocalLibrary) -> None:
    """While somebody still reads it, its vector is there: the list is written anew, without its slot."""
    with large.snapshot():
        sync.remove(open_library(large.root), ["n100"])
        sync.add(open_library(large.root), numbered(1, 100), HashingEmbedder())
    assert len(SlotSets.of(served(large)[0]).dead) == 80
    assert verify(large, HashingEmbedder()).problems == ()


def test_damage_is_not_vouched_for_by_the_next_generation(large: LocalLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sum of a shared list stays that of what was written, so that `verify` finds a flipped bit, and mends it."""
    monkeypatch.setattr(generations, "_SMALL", 0)
    path = served(large)[0] / DEAD
    path.write_bytes(bytes([path.read_bytes()[0] ^ 1, *path.read_bytes()[1:]]))
    sync.add(open_library(large.root), numbered(1, 1000), HashingEmbedder())
    found = verify(open_library(large.root), HashingEmbedder(), repair=True)
    assert [problem.where.rpartition("/")[2] for problem in found.problems] == [DEAD]
    assert verify(open_library(large.root), HashingEmbedder()).problems == ()
