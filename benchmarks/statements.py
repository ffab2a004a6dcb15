"""Who said what, on annotated articles: precision and recall, calibration, and what it costs.

Usage: python -m benchmarks.statements [GOLD…] [--shared DIR] [--index]

GOLD are files as the scorer beside the checkout reads them; by default its development and check sets. Documents go
through what indexing does with them (read, furniture, paragraphs, statements), without vectors, and are written as
`quoth statements --format jsonl` prints them. `--index` makes a library of them too, to tell the share of its time.
"""

import argparse
import importlib.util
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks import corpus, results
from index import statements
from index.derive import derive
from index.embedder import Embedder, load_embedder
from index.library import open_library
from index.readers import read_file
from index.settings import DEFAULT_MODEL, IndexSettings
from index.sync import sync
from index.types import Document, Statement

SETS = ("statements/train300.jsonl.gz", "statements/dev.jsonl.gz")
BANDS = (0.0, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)


def load_scorer(shared: Path) -> ModuleType:
    """The scorer that lies with the judged data."""
    spec = importlib.util.spec_from_file_location("score_statements", shared / "tools" / "score_statements.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(gold: Sequence[dict[str, Any]], folder: Path) -> list[Document]:
    """The gold's articles as documents, by way of the file that would be indexed."""
    path = folder / "documents.jsonl"
    records = [
        {
            "id": one["doc_id"],
            "title": one.get("title") or "",
            "published": one.get("date"),
            "source": one.get("publisher"),
            "text": one["text"],
        }
        for one in gold
    ]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return [one for one in read_file(path, path.as_uri(), IndexSettings()) if isinstance(one, Document)]


def predict(documents: Sequence[Document], embedder: Embedder) -> list[dict[str, Any]]:
    """The statements of documents as the export has them, as far as scoring looks at it."""
    settings = IndexSettings()
    return [
        _exported(document, said) for document in documents for said in derive(document, embedder, settings).statements
    ]


def _exported(document: Document, said: Statement) -> dict[str, Any]:
    mention = None
    if said.mention is not None:
        start, end = said.mention
        mention = {"name": said.name, "mention": document.text[start:end], "mention_start": start, "mention_end": end}
    return {
        "id": None,
        "document": {"id": document.id},
        "kind": said.kind,
        "spans": [list(span) for span in said.spans],
        "confidence": said.confidence,
        "speaker": mention,
    }


def figures(scorer: ModuleType, gold: Sequence[dict[str, Any]], said: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The scorer's precision, recall and F1 of direct, confident and indirect statements."""
    by_document = _by_document(said)
    found = {
        "direct": scorer.direct(gold, by_document, 0),
        "confident": scorer.direct(gold, by_document, 0.9),
        "indirect": scorer.indirect(gold, by_document),
    }
    return {
        f"{kind} {name}": value[key]
        for kind, value in found.items()
        for name, key in (("P", "precision"), ("R", "recall"), ("F1", "f1"))
    }


def calibration(
    scorer: ModuleType, gold: Sequence[dict[str, Any]], said: Sequence[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """For each band of confidence, how many statements with a mention are right by the scorer's rules."""
    tally: dict[tuple[str, float], list[bool]] = defaultdict(list)
    by_document = _by_document(said)
    for one in gold:
        for statement in by_document.get(one["doc_id"], []):
            # Alone, a statement's claims can only cost what is its own: so each is scored by itself.
            alone = {one["doc_id"]: [statement]}
            kind = "quoted" if scorer.quotes_something(statement, one["text"]) else "indirect"
            score = scorer.direct([one], alone, 0) if kind == "quoted" else scorer.indirect([one], alone)
            band = max(least for least in BANDS if statement["confidence"] >= least)
            if score["claimed"]:
                tally[kind, band] += [True] * score["right"] + [False] * (score["claimed"] - score["right"])
    for (kind, band), right in sorted(tally.items()):
        yield {"kind": kind, "confidence from": band, "claims": len(right), "right": sum(right) / len(right)}


def _by_document(said: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for statement in said:
        found[statement["document"]["id"]].append(statement)
    return found


def seconds(documents: Sequence[Document], embedder: Embedder) -> float:
    """How long the statements alone take, once the paragraphs are known."""
    settings = IndexSettings()
    split = [derive(document, embedder, settings).paragraphs for document in documents]
    started = time.perf_counter()
    for document, paragraphs in zip(documents, split, strict=True):
        statements.extract(document.text, paragraphs, document.language)
    return time.perf_counter() - started


def seconds_to_index(folder: Path, embedder: Embedder) -> float:
    """How long it takes to make a library of the documents in a folder."""
    started = time.perf_counter()
    sync(open_library(folder / "library"), [str(folder / "documents.jsonl")], embedder)
    return time.perf_counter() - started


def measure(
    path: Path, scorer: ModuleType, folder: Path, embedder: Embedder, *, index: bool
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """One row of figures for a gold file, and the rows of its calibration; `folder` keeps `statements.jsonl`."""
    gold = scorer.read(str(path))
    documents = read(gold, folder)
    said = predict(documents, embedder)
    (folder / "statements.jsonl").write_text("".join(json.dumps(one) + "\n" for one in said), encoding="utf-8")
    took = seconds(documents, embedder)
    words = sum(len(document.text.split()) for document in documents)
    row = {"gold": path.name.split(".")[0], "articles": len(gold), "statements": len(said)}
    row |= figures(scorer, gold, said)
    row |= {"s / 10,000 words": took / max(1, words) * 10_000}
    row["share of indexing"] = took / seconds_to_index(folder, embedder) if index else None
    return row, [{"gold": row["gold"], **band} for band in calibration(scorer, gold, said)]


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", type=Path, help="annotated articles; the development sets by default")
    parser.add_argument("--shared", type=Path, default=corpus.SHARED, help="where the judged data lies")
    parser.add_argument("--index", action="store_true", help="make libraries too, and tell the share of the time")
    given = parser.parse_args()
    scorer, embedder = load_scorer(given.shared), load_embedder(DEFAULT_MODEL)
    rows, bands = [], []
    for path in given.gold or [given.shared / "data" / name for name in SETS]:
        with tempfile.TemporaryDirectory() as folder:
            row, calibrated = measure(path, scorer, Path(folder), embedder, index=given.index)
        rows.append(row)
        bands += calibrated
    print(results.table(rows))
    print()
    print(results.table(bands))
    print(results.write("statements", [*rows, *bands]))


if __name__ == "__main__":
    main()
