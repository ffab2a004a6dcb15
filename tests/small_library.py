"""A handful of invented articles in a real library, embedded by the hashing embedder."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from index import sync
from index.library import open_library
from index.store.local import LocalLibrary
from index.types import Document
from search.engine import Engine
from search.settings import Settings
from tests.fake_embedder import HashingEmbedder

FERRY = """\
The ferry between Tolm and Verrin will stop in October, the harbour board decided on Monday.

“We are ready to sell the ferry to the islanders for one crown,” Marta J. Ostrel, the chair of the harbour board, told \
reporters after the meeting.

The boat carried 41,000 passengers last year, a third fewer than ten years ago, and lost 2.7 million crowns.

“A ferry without islanders is only a boat,” said Pavel Drin, who has sailed the route since 1998. He added that the \
engine was older than he was.
"""

FERRY_ABROAD = """\
A small country is about to lose one of its last ferries.

“The islanders have had nine years to fill the seats of the ferry,” Marta Ostrel said in Tolm on Tuesday.

Ms. Ostrel declined to answer questions about a bridge.

The boat carried 38,000 passengers last year, according to the shipping register.
"""

ORCHARD = """\
Frost has destroyed nine tenths of the apple blossom in the valley of Sarn.

“I have not seen such a May in forty years,” said Oda Ostrel, who keeps 600 trees above the village.

Insurers will pay for half of the damage, the ministry of agriculture said.
"""

WIRE = """\
TOLM - The harbour board of Tolm voted on Monday to end the ferry service to Verrin in October, after the number of \
passengers had fallen by a third within ten years and losses had reached 2.7 million crowns.
"""

WIRE_COPY = WIRE.replace("TOLM - The", "The").replace("had reached", "reached")

LIBRARY_ROOF = """\
The roof of the reading room leaks in eleven places, an engineer found.

Repairs would cost 90,000 crowns and close the room from June to August.

The librarian has put buckets between the shelves, and reads the weather report before the newspapers.
"""


def article(name: str, text: str, **fields: str) -> Document:
    """A document with that name as its id, at an invented address."""
    meta = {"desk": fields.pop("desk")} if "desk" in fields else {}
    return Document(
        uri=f"https://news.example/{name}",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        id=name,
        language="en",
        meta=meta,
        **fields,  # type: ignore[arg-type]  # every field left is a string
    )


ARTICLES = (
    article("ferry", FERRY, title="Ferry to stop", source="Tolm Gazette", published="2031-05-06", desk="home"),
    article("abroad", FERRY_ABROAD, title="A last ferry", source="Far Herald", published="2031-05-07", desk="world"),
    article("orchard", ORCHARD, title="Frost in Sarn", source="Tolm Gazette", published="2031-05-20", desk="home"),
    article("wire", WIRE, title="Board ends ferry", source="Quill Wire", published="2031-05-05"),
    article("wire-copy", WIRE_COPY, title="Ferry ends", source="Sarn Post", published="2031-05-06"),
    article("roof", LIBRARY_ROOF, title="Reading room leaks"),
)


_FOLDER = tempfile.TemporaryDirectory(prefix="quoth-libraries-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT"))


def make_library(folder: Path, documents: Sequence[Document] = ARTICLES) -> LocalLibrary:
    """A library in `folder` that holds these documents; where nothing lies yet, the small one is a copy."""
    if documents is ARTICLES and not (folder.is_dir() and any(folder.iterdir())):
        shutil.copytree(_made(), folder, dirs_exist_ok=True)
        return open_library(folder)
    library = open_library(folder)
    sync.add(library, documents, HashingEmbedder())
    return library


@cache
def _made() -> Path:
    """The library of all articles, made once and closed."""
    folder = Path(_FOLDER.name) / "articles"
    library = open_library(folder)
    sync.add(library, ARTICLES, HashingEmbedder())
    library.close()
    return folder


def make_engine(folder: Path, documents: Sequence[Document] = ARTICLES) -> Engine:
    """An engine over a new library in `folder`."""
    return Engine(make_library(folder, documents), Settings(), lambda info: HashingEmbedder())
