"""A small folder of articles to index, and a look at the library that comes of it."""

import os
from pathlib import Path
from typing import Any

from index.store.local import LocalLibrary
from index.sync import sync
from index.types import Filters, IndexReport
from tests.fake_embedder import HashingEmbedder

LONG = (
    "The council of Merrow voted on Tuesday to rebuild the sea wall after a winter of storms that took eleven "
    "metres of the promenade. The work will cost four million crowns and is to begin in March, the council said."
)
OTHER = (
    "Fishermen in the outer harbour say that the wall will close the channel they have used for two hundred years, "
    "and have asked a court in the capital to stop the work until the tides have been measured for a full year."
)


def write_pile(folder: Path) -> Path:
    """A folder of two articles of two long paragraphs each."""
    folder.mkdir()
    (folder / "wall.txt").write_text(f"Sea wall to be rebuilt\n\n{LONG}\n\n{OTHER}\n", encoding="utf-8")
    (folder / "budget.txt").write_text(f"Budget passes\n\n{OTHER[::-1]}\n\n{LONG[::-1]}\n", encoding="utf-8")
    return folder


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
