"""What `quoth ask` makes of questions judged by hand: answered by an accepted statement, refused, or missed.

Usage: python -m benchmarks.asking [FOLDER] [--gold NAME] [--questions NAME] [--out DIR]

FOLDER is indexed into a temporary library with the real model; `tests/gold/NAME.json` judges its statements and
`tests/gold/NAME_questions.json` asks, or whichever `--questions` names. Each miss is printed with what came instead.
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import corpus, results
from index.embedder import load_embedder
from index.library import open_library
from index.settings import DEFAULT_MODEL
from index.sync import sync
from search.engine import Engine
from search.settings import Settings
from search.types import AskResult, Query
from tests.gold_scores import GoldDocument, GoldQuestion, is_right, read_gold, read_questions

SHOWN = ("answer", "refusal", "statements")
"""What of a row is printed only."""


def measure(folder: Path, name: str, library: Path, questions: str | None = None) -> list[dict[str, Any]]:
    """One row a question of `tests/gold/QUESTIONS.json`, by default those of the gold, over what the folder holds now.

    A library that was made of it before, and of nothing else, is not made anew.
    """
    opened = open_library(library)
    sync(opened, [str(folder)], load_embedder(DEFAULT_MODEL))
    engine = Engine(opened, Settings(library=str(library)))
    try:
        gold, asked = read_gold(name), read_questions(questions or f"{name}_questions")
        return [_row(one, engine.ask(Query(one.question)), gold) for one in asked]
    finally:
        engine.close()


def _row(question: GoldQuestion, result: AskResult, gold: Sequence[GoldDocument]) -> dict[str, Any]:
    answer, refusal = result.answer, result.refusal
    return {
        "id": question.id,
        "question": question.question,
        "answerable": bool(question.accepted),
        "right": is_right(question, gold, result),
        "cited": [[one.document.id, one.start, one.end] for one in answer.citations] if answer else [],
        "listed": [one.id for one in result.statements[:3]],
        "answer": answer.text if answer else None,
        "kind": answer.kind if answer else None,
        "refusal": refusal.reason if refusal else None,
        "statements": [f"{one.speaker.name if one.speaker else None}: {one.text}" for one in result.statements[:3]],
    }


def counts(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """How many of the answerable are answered, and of the others refused."""
    return [
        {
            "questions": "answerable" if answerable else "unanswerable",
            "asked": sum(row["answerable"] is answerable for row in rows),
            "right": sum(row["right"] for row in rows if row["answerable"] is answerable),
        }
        for answerable in (True, False)
    ]


def main() -> None:
    """Measure, print the misses and the counts, write everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=corpus.SHARED / "news")
    parser.add_argument("--gold", default="news", help="which gold in tests/gold judges; news by default")
    parser.add_argument("--questions", help="which file in tests/gold asks; that of the gold by default")
    parser.add_argument("--out", type=Path, default=results.RESULTS, help="where the JSON goes")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        rows = measure(given.folder, given.gold, Path(scratch) / "library", given.questions)
    for row in rows:
        if not row["right"]:
            said = "".join(f"\n    {one!r}" for one in row["statements"])
            print(f"{row['id']} {row['question']}\n  answer {row['answer']!r}\n  refusal {row['refusal']!r}{said}")
    print(results.table(counts(rows)))
    # Articles are their publishers': what is kept of them is where it stands, never the words.
    kept = [{key: value for key, value in row.items() if key not in SHOWN} for row in rows]
    print(results.write(f"asking_{given.questions or given.gold}", [*counts(rows), *kept], given.out))


if __name__ == "__main__":
    main()
