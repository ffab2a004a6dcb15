"""nDCG@10 and more of each way to rank, on the judged sets beside the checkout.

Usage: python -m benchmarks.ranking [SET…] [--precision int8] [--shared DIR] [--limit N] [--out DIR]
"""

import argparse
import gzip
import itertools
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from benchmarks import corpus, results
from index.embedder import load_embedder
from index.library import open_library
from index.precision import named
from index.settings import DEFAULT_MODEL, IndexSettings, Precision
from index.sync import sync
from search.engine import Engine
from search.evaluate import evaluate
from search.settings import Settings
from search.types import Mode


@dataclass(frozen=True)
class JudgedSet:
    """A corpus, its questions, and its judgements if they lie apart."""

    corpus: str
    questions: str
    qrels: str | None = None


SETS = {
    "cranfield": JudgedSet(
        "retrieval/cranfield/corpus.jsonl.gz", "retrieval/cranfield/queries.jsonl", "retrieval/cranfield/qrels.tsv"
    ),
    "wikiqa": JudgedSet(
        "retrieval/wikiqa/corpus.jsonl", "retrieval/wikiqa/queries.jsonl", "retrieval/wikiqa/qrels.tsv"
    ),
    "xquad_en": JudgedSet("questions/xquad_en/corpus.jsonl", "questions/xquad_en/questions.jsonl"),
    "squad2_half_dev": JudgedSet(
        "questions/squad2_half_dev/corpus.jsonl", "questions/squad2_half_dev/questions.jsonl.gz"
    ),
}
MODES: tuple[Mode, ...] = ("dense", "lexical", "hybrid")


def measure(
    name: str, data: Path, folder: Path, limit: int | None, precision: Precision = "float32"
) -> Iterator[dict[str, Any]]:
    """One row a way to rank, over one library made of the whole corpus."""
    judged, settings = SETS[name], IndexSettings()
    library = open_library(folder / name, settings)
    model = named(DEFAULT_MODEL, precision)
    sync(library, [str(data / judged.corpus)], load_embedder(model, settings.batch_size, settings.cache))
    engine = Engine(library, Settings())
    questions = _answerable(data / judged.questions, folder / f"{name}.jsonl", limit)
    for mode in MODES:
        found = evaluate(engine, questions, data / judged.qrels if judged.qrels else None, mode=mode)
        assert found.ranking
        answers = found.answers
        yield {
            "set": name,
            "mode": mode,
            "precision": precision,
            "questions": found.ranking.questions,
            "nDCG@10": found.ranking.ndcg_at_10,
            "recall@10": found.ranking.recall_at_10,
            "recall@100": found.ranking.recall_at_100,
            "MRR@10": found.ranking.mrr_at_10,
            "answer hit rate": answers.hit_rate if answers else None,
        }


def _answerable(source: Path, target: Path, limit: int | None) -> Path:
    """The questions that a paragraph answers, evenly thinned to `limit`, as a file of their own."""
    with gzip.open(source, "rt") if source.suffix == ".gz" else source.open() as file:
        kept = [line for line in file if json.loads(line).get("paragraph_id", "") is not None]
    every = max(1, len(kept) // limit) if limit else 1
    target.write_text("".join(itertools.islice(kept, 0, None, every)), encoding="utf-8")
    return target


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", choices=[*SETS, []], help="which sets; all by default")
    parser.add_argument("--shared", type=Path, default=corpus.SHARED, help="where the judged data lies")
    parser.add_argument("--limit", type=int, help="about so many questions of each set")
    parser.add_argument("--precision", choices=get_args(Precision), default="float32", help="of the passages' vectors")
    parser.add_argument("--out", type=Path, default=results.RESULTS, help="where the JSON goes")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = [
            row
            for name in given.sets or SETS
            for row in measure(name, given.shared / "data", Path(folder), given.limit, given.precision)
        ]
    print(results.table(rows))
    print(results.write("ranking", rows, given.out))


if __name__ == "__main__":
    main()
