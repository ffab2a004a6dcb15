"""Killed at any moment, a library is as good as before, and the next run goes on."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.library import open_library
from index.store.local import LocalLibrary
from index.sync import sync
from index.types import Filters
from index.verify import verify
from tests.fake_embedder import HashingEmbedder

ROOT = Path(__file__).parents[1]
ENVIRONMENT = os.environ | {"PYTHONPATH": "."}
KILLS = 15
WRITER = """
import sys
from index.library import open_library
from index.settings import IndexSettings
from index.sync import sync
from tests.fake_embedder import HashingEmbedder

def write():
    library = open_library(sys.argv[1], IndexSettings(publish_seconds=0.05, publish_paragraphs=20, delta_vectors=50))
    sync(library, [sys.argv[2]], HashingEmbedder(), prune=True)
"""
NURSERY = f"""
import os, signal, time
{WRITER}
for line in sys.stdin:
    began = time.monotonic()
    child = os.fork()
    if not child:
        write()
        os._exit(0)
    if line.strip():
        time.sleep(float(line))
        os.kill(child, signal.SIGKILL)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), time.monotonic() - began, flush=True)
"""
"""A process that has imported everything: at each line a child of it writes, killed after the seconds it names."""


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


@contextmanager
def nursery(library: Path, pile: Path) -> Iterator[Callable[[str], tuple[int, float]]]:
    """Give what starts writers of a library: with seconds for a line, it gives the exit code and how long it took."""
    command = [sys.executable, "-c", NURSERY, str(library), str(pile)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=ENVIRONMENT
    ) as process:

        def write(line: str) -> tuple[int, float]:
            assert process.stdin
            assert process.stdout
            process.stdin.write(f"{line}\n")
            process.stdin.flush()
            code, took = process.stdout.readline().split()
            return int(code), float(took)

        yield write


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
    chance, killed, rounds = random.Random(7), 0, 2
    generation, _ = served(open_library(root))
    with nursery(root, pile) as write:
        write_pile(pile, rounds)
        code, whole = write("")
        assert code == 0
        while killed < KILLS:
            rounds += 1
            assert rounds < 10 * KILLS, "they end before they are killed"
            write_pile(pile, rounds)
            code, took = write(str(chance.uniform(0.0, whole)))
            if code == 0:
                # The machine does less else by now: most are to be killed amid their work.
                whole = min(whole, took)
            else:
                assert code == -signal.SIGKILL
                killed += 1
            after, _ = served(open_library(root))
            assert after >= generation
            generation = after
            assert verify(open_library(root), HashingEmbedder()).problems == ()
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
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))\n{WRITER}\nwrite()"
    done = subprocess.run(
        [sys.executable, "-c", limited, str(root), str(pile)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=ENVIRONMENT,
    )
    assert done.returncode == 1
    assert "cannot write here" in done.stderr
    assert served(open_library(root)) == before
    assert verify(open_library(root), HashingEmbedder()).problems == ()
    assert sync(open_library(root), [str(pile)], HashingEmbedder(), prune=True).rejected == ()
