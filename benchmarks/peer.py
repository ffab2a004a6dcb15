"""One system to compare with, in a process and an environment of its own; `benchmarks/peers.py` starts it.

Usage: PYTHON benchmarks/peer.py NAME MODEL FOLDER [--query QUERY]

Says `ready` once its libraries are imported, then reads a request a line (`{"index": FILE}`, `{"open": true}`,
`{"query": TEXT}`), and answers each by a line of JSON.
FILE holds a paragraph a line, as JSON; FOLDER is where the index is kept. With `--query` it opens, answers and ends:
what a command would do. Nothing of Quoth's is imported but in Quoth's own class: a peer's environment lacks it.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any, Protocol

HITS = 10


class Peer(Protocol):
    """What a system is asked to do; each is used as its own documentation shows it."""

    def index(self, paragraphs: list[str]) -> None:
        """Embed and store them all, durably."""

    def open(self) -> None:
        """Open what was stored, and load the model."""

    def query(self, text: str) -> list[str]:
        """The texts of the first hits."""


class Quoth:
    """Quoth itself: indexing without statements, hybrid search."""

    def __init__(self, model: str, folder: Path) -> None:  # noqa: ARG002 -- it knows the model by name
        self._folder = folder

    def index(self, paragraphs: list[str]) -> None:
        """As one document a paragraph, as the others take them."""
        from index.embedder import load_embedder
        from index.library import open_library
        from index.settings import DEFAULT_MODEL, IndexSettings
        from index.sync import sync

        records = self._folder.with_suffix(".jsonl")
        lines = (json.dumps({"id": str(number), "text": text}) for number, text in enumerate(paragraphs))
        records.write_text("\n".join(lines), encoding="utf-8")
        settings = IndexSettings(statements=False)
        library = open_library(self._folder, settings)
        cache = str(Path(os.environ.get("QUOTH_CACHE") or "~/.cache/quoth"))
        sync(library, [str(records)], load_embedder(DEFAULT_MODEL, settings.batch_size, cache))
        library.close()

    def open(self) -> None:
        """Load what questions need, and set it aside, as `quoth serve` does."""
        from search.opening import engine_of
        from search.web.settling import settle

        self._engine = engine_of(str(self._folder))
        self._engine.warm()
        self._engine.prepare()
        self._engine.read_links()
        settle()

    def query(self, text: str) -> list[str]:
        """The passages of a hybrid search."""
        from search.types import Query

        return [passage.text for passage in self._engine.search(Query(text, k=HITS)).passages]


class Txtai:
    """txtai, hybrid: its default index of vectors, and its BM25."""

    def __init__(self, model: str, folder: Path) -> None:
        from txtai import Embeddings  # type: ignore[import-not-found,unused-ignore]

        self._folder = str(folder)
        self._embeddings: Any = Embeddings(path=model, content=True, hybrid=True)

    def index(self, paragraphs: list[str]) -> None:
        """By `index` and `save`."""
        self._embeddings.index(paragraphs)
        self._embeddings.save(self._folder)

    def open(self) -> None:
        """By `load`."""
        self._embeddings.load(self._folder)

    def query(self, text: str) -> list[str]:
        """By `search`."""
        return [hit["text"] for hit in self._embeddings.search(text, HITS)]


class Chromadb:
    """Chroma, embedded in the process: meaning alone, as it has no fused search locally."""

    def __init__(self, model: str, folder: Path) -> None:
        import chromadb  # type: ignore[import-not-found,unused-ignore]
        from chromadb.utils import embedding_functions  # type: ignore[import-not-found,unused-ignore]

        encode = embedding_functions.SentenceTransformerEmbeddingFunction(model_name=model)
        client = chromadb.PersistentClient(str(folder), chromadb.Settings(anonymized_telemetry=False))
        self._collection: Any = client.get_or_create_collection("paragraphs", embedding_function=encode)

    def index(self, paragraphs: list[str]) -> None:
        """By `add`, as many at once as it takes."""
        for start in range(0, len(paragraphs), 1000):
            part = paragraphs[start : start + 1000]
            self._collection.add(ids=[str(start + place) for place in range(len(part))], documents=part)

    def open(self) -> None:
        """It is open; the model was loaded with it."""

    def query(self, text: str) -> list[str]:
        """By `query`."""
        found: list[str] = self._collection.query(query_texts=[text], n_results=HITS)["documents"][0]
        return found


class Lancedb:
    """LanceDB, embedded in the process: hybrid, exact vectors and its own full-text index."""

    def __init__(self, model: str, folder: Path) -> None:
        import lancedb  # type: ignore[import-not-found,unused-ignore]
        from sentence_transformers import SentenceTransformer

        self._model = SentenceTransformer(model, local_files_only=True)
        self._db: Any = lancedb.connect(str(folder))
        self._table: Any = None

    def index(self, paragraphs: list[str]) -> None:
        """By `create_table` and `create_fts_index`."""
        vectors = self._model.encode(paragraphs, show_progress_bar=False, normalize_embeddings=True)
        rows = [{"text": text, "vector": vector} for text, vector in zip(paragraphs, vectors, strict=True)]
        self._db.create_table("paragraphs", rows).create_fts_index("text")

    def open(self) -> None:
        """By `open_table`."""
        self._table = self._db.open_table("paragraphs")

    def query(self, text: str) -> list[str]:
        """By `search(query_type="hybrid")`."""
        vector = self._model.encode([text], show_progress_bar=False, normalize_embeddings=True)[0]
        search = self._table.search(query_type="hybrid", fts_columns="text").vector(vector).text(text)
        return [row["text"] for row in search.limit(HITS).to_list()]


SYSTEMS: dict[str, type[Quoth | Txtai | Chromadb | Lancedb]] = {
    "quoth": Quoth,
    "txtai": Txtai,
    "chromadb": Chromadb,
    "lancedb": Lancedb,
}


def answer(peer: Peer, request: dict[str, Any]) -> dict[str, Any]:
    """Do what is asked; how long that took, in seconds."""
    paragraphs = [json.loads(line) for line in open(request["index"], encoding="utf-8")] if "index" in request else []  # noqa: PTH123, SIM115
    started = time.perf_counter()
    found: list[str] = []
    if paragraphs:
        peer.index(paragraphs)
    elif "open" in request:
        peer.open()
    else:
        found = peer.query(request["query"])
    return {"s": time.perf_counter() - started, "found": found}


def main() -> None:
    """Answer requests until there are no more."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=sorted(SYSTEMS))
    parser.add_argument("model")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--query", help="answer this and end")
    given = parser.parse_args()
    # Libraries print what they like; the answers have the real standard output to themselves.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    peer: Peer = SYSTEMS[given.name](given.model, given.folder)
    if not given.query:
        answers.write("ready\n")
        answers.flush()
    requests = [{"open": True}, {"query": given.query}] if given.query else (json.loads(line) for line in sys.stdin)
    for request in requests:
        answers.write(json.dumps(answer(peer, request)) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
