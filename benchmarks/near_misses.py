"""How many questions that a tiny library nearly answers are answered, and how many that it does answer are refused.

Usage: python -m benchmarks.near_misses [--mode MODE] [--out DIR]

The texts and the questions are those of `benchmarks/near_pairs.py`, and `samples/`; each false answer and each wrong
refusal is printed.
"""

import argparse
import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from benchmarks import results
from benchmarks.near_pairs import PAIRS, TEXTS
from index.embedder import load_embedder
from index.library import Library, open_library
from index.settings import DEFAULT_MODEL
from index.sync import add, sync
from index.types import Document
from search.engine import Engine
from search.settings import Settings
from search.types import Mode, Query

SAMPLES = results.ROOT / "samples"


def measure(folder: Path, mode: Mode) -> Iterator[dict[str, Any]]:
    """One row a question."""
    for name in dict.fromkeys(library for library, _, _ in PAIRS):
        engine = Engine(_library(name, folder), Settings(library=str(folder / name)))
        for library, answerable, missing in PAIRS:
            for question, is_answerable in ((answerable, True), (missing, False)):
                if library == name:
                    answer = engine.ask(Query(question, mode=mode)).answer
                    yield {
                        "library": name,
                        "question": question,
                        "answerable": is_answerable,
                        "answer": answer.text if answer else None,
                    }
        engine.close()


def _library(name: str, folder: Path) -> Library:
    library, embedder = open_library(folder / name), load_embedder(DEFAULT_MODEL)
    if name in TEXTS:
        add(library, [_document(f"{name}{i}", text) for i, text in enumerate(TEXTS[name])], embedder)
    else:
        sync(library, [str(SAMPLES)], embedder)
    return library


def _document(name: str, text: str) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(uri=f"near:{name}", sha256=digest, text=text, language="en", id=name)


def counts(rows: list[dict[str, Any]], mode: Mode) -> list[dict[str, Any]]:
    """How many of those without an answer are answered, and of the others refused."""
    return [
        {
            "mode": mode,
            "pairs": len(rows) // 2,
            "false answers": sum(row["answer"] is not None and not row["answerable"] for row in rows),
            "wrong refusals": sum(row["answer"] is None and row["answerable"] for row in rows),
        }
    ]


def main() -> None:
    """Measure, print the mistakes and the counts, write everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mode", choices=get_args(Mode), default="hybrid")
    parser.add_argument("--out", type=Path, default=results.RESULTS, help="where the JSON goes")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        rows = list(measure(Path(scratch), given.mode))
    for row in rows:
        if row["answerable"] is (row["answer"] is None):
            print(f"{row['library']}: {row['question']}\n  {row['answer'] or 'refused'}")
    print(results.table(counts(rows, given.mode)))
    print(results.write("near_misses", [*counts(rows, given.mode), *rows], given.out))


if __name__ == "__main__":
    main()
