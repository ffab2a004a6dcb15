"""How often plain questions are answered, and refused where the paragraph that answers them is taken away.

Usage: python -m benchmarks.refusal [SET…] [--shared DIR] [--limit N] [--fit]

Each set is asked twice: over all of its paragraphs, and over a half chosen by a seed, where a question whose paragraph
is in the other half should be refused. `--fit` fits the weights of `search/evidence.py` and `search/extract.py` on each
set, and reports what each set's evidence refuses of the others: no figure is of the set that its weights are from.
"""

import argparse
import json
import random
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import corpus, fitting, results
from benchmarks.ranking import SETS
from index.embedder import load_embedder
from index.library import open_library
from index.settings import DEFAULT_MODEL
from index.sync import sync
from search.engine import Engine
from search.judged import JudgedQuestion, read_questions
from search.settings import Settings
from search.types import AskResult, Query

JUDGED = ("xquad_en", "squad2_half_dev")
SEED = 7
Asked = list[tuple[JudgedQuestion, AskResult]]


def measure(name: str, data: Path, folder: Path, limit: int | None) -> dict[str, Any]:
    """One row: answers over the whole collection, refusals over all and over half of it."""
    questions = thinned(read_questions(data / SETS[name].questions), limit)
    kept = kept_half(data / SETS[name].corpus)
    whole = ask(library(data / SETS[name].corpus, folder / f"{name}-whole"), questions)
    answerable = [one for one in questions if not one.unanswerable]
    half = ask(library(data / SETS[name].corpus, folder / f"{name}-half", kept), answerable)
    taken = [(one, result) for one, result in half if kept.isdisjoint(one.relevant)]
    left = [(one, result) for one, result in half if not kept.isdisjoint(one.relevant)]
    told = [(one, result) for one, result in whole if not one.unanswerable]
    nowhere = [(one, result) for one, result in whole if one.unanswerable]
    refused_taken, refused_left = refused(taken), refused(left)
    return {
        "set": name,
        "questions": len(told),
        "hit": share(sum(is_hit(*one) for one in told), len(told)),
        "words": share(sum(spent(result) for _, result in told), sum(result.answer is not None for _, result in told)),
        "wrongly refused, whole": share(refused(told), len(told)),
        "paragraph taken: refused": share(refused_taken, len(taken)),
        "paragraph left: wrongly refused": share(refused_left, len(left)),
        "refusals that are right": share(refused_taken, refused_taken + refused_left),
        "answers that are false": share(len(taken) - refused_taken, len(half) - refused_taken - refused_left),
        "set's own unanswerable: refused": share(refused(nowhere), len(nowhere)),
    }


def library(corpus: Path, folder: Path, kept: frozenset[str] | None = None) -> Engine:
    """An engine over a new library of the paragraphs kept, or of all."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [line for line in corpus.read_text(encoding="utf-8").splitlines() if line.strip()]
    path = folder / "corpus.jsonl"
    those = [line for line in lines if kept is None or json.loads(line)["_id"] in kept]
    path.write_text("".join(f"{line}\n" for line in those), encoding="utf-8")
    opened = open_library(folder / "library")
    sync(opened, [str(path)], load_embedder(DEFAULT_MODEL))
    return Engine(opened, Settings(library=str(folder / "library")))


def kept_half(corpus: Path) -> frozenset[str]:
    """The ids of a half of the paragraphs, chosen by a seed."""
    ids = sorted(json.loads(line)["_id"] for line in corpus.read_text(encoding="utf-8").splitlines() if line.strip())
    return frozenset(random.Random(SEED).sample(ids, len(ids) // 2))


def ask(engine: Engine, questions: Iterable[JudgedQuestion]) -> Asked:
    """Ask each question, and close the engine."""
    try:
        return [(one, engine.ask(Query(one.text))) for one in questions]
    finally:
        engine.close()


def thinned(questions: Sequence[JudgedQuestion], limit: int | None) -> list[JudgedQuestion]:
    """About `limit` questions, evenly; all without a limit."""
    return list(questions[:: max(1, len(questions) // limit) if limit else 1])


def refused(asked: Asked) -> int:
    """How many were refused."""
    return sum(result.refusal is not None for _, result in asked)


def spent(result: AskResult) -> int:
    """How many words an answer has, markers aside."""
    return sum(len(one.text.split()) for one in result.answer.citations) if result.answer else 0


def is_hit(question: JudgedQuestion, result: AskResult) -> bool:
    """Whether the answer holds an accepted string, whatever its case and white space."""
    text = " ".join(result.answer.text.casefold().split()) if result.answer else ""
    return any(" ".join(one.casefold().split()) in text for one in question.answers or ())


def share(part: int, whole: int) -> float | None:
    """A quotient, or None where there is nothing to divide by."""
    return round(part / whole, 4) if whole else None


def main() -> None:
    """Measure or fit, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", choices=[*JUDGED, []], help="which sets; all by default")
    parser.add_argument("--shared", type=Path, default=corpus.SHARED, help="where the judged data lies")
    parser.add_argument("--limit", type=int, help="about so many questions of each set")
    parser.add_argument("--fit", action="store_true", help="fit the weights instead, and say what they refuse")
    parser.add_argument("--out", type=Path, default=results.RESULTS, help="where the JSON goes")
    given = parser.parse_args()
    data, names = given.shared / "data", given.sets or JUDGED
    with tempfile.TemporaryDirectory() as scratch:
        if given.fit:
            rows = fitting.fit({name: samples(name, data, Path(scratch), given.limit) for name in names})
        else:
            rows = [measure(name, data, Path(scratch), given.limit) for name in names]
    print(results.table(rows))
    print(results.write("refusal_fit" if given.fit else "refusal", rows, given.out))


def samples(name: str, data: Path, folder: Path, limit: int | None) -> fitting.Samples:
    """The evidence of each answerable question over either half, and the sentences where its paragraph is left."""
    questions = [one for one in read_questions(data / SETS[name].questions) if not one.unanswerable]
    corpus, kept = data / SETS[name].corpus, kept_half(data / SETS[name].corpus)
    all_ids = {json.loads(line)["_id"] for line in corpus.read_text(encoding="utf-8").splitlines() if line.strip()}
    found = fitting.Samples()
    for number, half in enumerate((kept, frozenset(all_ids - kept))):
        engine = library(corpus, folder / f"{name}-{number}", half)
        for one in thinned(questions, limit):
            found.take(engine, one.text, one.answers or (), is_left=not half.isdisjoint(one.relevant))
        engine.close()
    return found


if __name__ == "__main__":
    main()
