"""Killed at any moment, a library is as good as before, and the next run goes on."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.library import open_library
from index.store.local import LocalLibrary
from index.sync import sync
from index.types import Filters
from index.verify import verify
from tests.fake_embedder import HashingEmbedder

KILLS = 25
WRITER = """
import sys
from index.library import open_library
from index.settings import IndexSettings
from index.sync import sync
from tests.fake_embedder import HashingEmbedder
library = open_library(sys.argv[1], IndexSettings(publish_seconds=0.05, publish_paragraphs=20, delta_vectors=50))
print("ready", flush=True)
sync(library, [sys.argv[2]], HashingEmbedder(), prune=True)
"""


def write_pile(folder: Path, seed: int) -> None:
    """Sixty articles of which every round rewrites a third, drops a few and adds a few."""
    chance = random.Random(seed)
    folder.mkdir(exist_ok=True)
    for number in range(60):
        path = folder / f"{number:02}.txt"
        if chance.random() < 0.1:
            path.unlink(missing_ok=True)
        elif chance.random() < 0.4 or not path.exists():
            lines = [f"Round {seed} of report {number}: the harbour office counted {i * seed} boats." for i in range(8)]
            path.write_text("\n\n".join(lines), encoding="utf-8")


def start(library: Path, pile: Path) -> "subprocess.Popen[str]":
    """Start indexing in a process of its own, and return once it has opened the library."""
    command = [sys.executable, "-c", WRITER, str(library), str(pile)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1], env=os.environ | {"PYTHONPATH": "."}
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def served(library: LocalLibrary) -> tuple[int, dict[str, str]]:
    """The generation, and every document's text in it."""
    with library.snapshot() as snapshot:
        _, refs = snapshot.documents(Filters(), 1000, 0)
        return snapshot.generation, {ref.uri: snapshot.document(ref.id).text for ref in refs}


@pytest.mark.slow
def test_kill_at_any_moment_loses_nothing(tmp_path: Path) -> None:
    """After each of many kill -9 at random moments, what is served is whole, verified, and moves on only."""
    pile, root = tmp_path / "pile", tmp_path / "library"
    write_pile(pile, 1)
    sync(open_library(root), [str(pile)], HashingEmbedder())
    chance, killed = random.Random(7), 0
    generation, _ = served(open_library(root))
    for round_number in range(2, 2 + KILLS):
        write_pile(pile, round_number)
        process = start(root, pile)
        time.sleep(chance.uniform(0.0, 1.2))
        process.kill()
        killed += process.wait() == -signal.SIGKILL
        after, _ = served(open_library(root))
        assert after >= generation
        generation = after
        assert verify(open_library(root), HashingEmbedder()).problems == ()
    assert killed > KILLS // 3
    report = sync(open_library(root), [str(pile)], HashingEmbedder(), prune=True)
    assert report.rejected == ()
    on_disk = {f"file://{path}": path.read_text(encoding="utf-8") for path in pile.iterdir()}
    assert served(open_library(root))[1] == on_disk
    again = sync(open_library(root), [str(pile)], HashingEmbedder(), prune=True)
    assert (again.embedded, again.added, again.changed, again.removed) == (0, 0, 0, 0)
    with open_library(root).snapshot() as snapshot:
        assert not snapshot.status().purge_pending
    assert verify(open_library(root), HashingEmbedder()).problems == ()


def test_full_disk_leaves_the_library_as_it_was(tmp_path: Path) -> None:
    """A write that the system refuses ends in one clear error; the old generation is still served."""
    pile, root = tmp_path / "pile", tmp_path / "library"
    write_pile(pile, 1)
    sync(open_library(root), [str(pile)], HashingEmbedder())
    before = served(open_library(root))
    write_pile(pile, 2)
    # A limit on the size of any file stands in for the disk: the kernel then refuses in the same way.
    limited = f"import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); \
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))\n{WRITER}"
    done = subprocess.run(
        [sys.executable, "-c", limited, str(root), str(pile)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[1],
        env=os.environ | {"PYTHONPATH": "."},
    )
    assert done.returncode == 1
    assert "cannot write here" in done.stderr
    assert served(open_library(root)) == before
    assert verify(open_library(root), HashingEmbedder()).problems == ()
    assert sync(open_library(root), [str(pile)], HashingEmbedder(), prune=True).rejected == ()
