"""How many questions that a tiny library nearly answers are answered, and how many that it does answer are refused.

Usage: python -m benchmarks.near_misses [--mode MODE] [--out DIR]

The texts and the questions are those of `benchmarks/near_pairs.py` with `samples/`, and of `near_stories.py`,
`near_swaps.py`, `near_names.py`, `near_amounts.py` and `near_phases.py`, a library each and all of a half in one; each
false answer and each wrong refusal is printed, but for what is held out.
"""

import argparse
import hashlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from benchmarks import results
from benchmarks.near_amounts import AMOUNT_HELD_OUT, AMOUNT_PAIRS, AMOUNT_STORIES
from benchmarks.near_names import NAME_HELD_OUT, NAME_PAIRS, NAME_STORIES
from benchmarks.near_pairs import PAIRS, TEXTS
from benchmarks.near_phases import PHASE_HELD_OUT, PHASE_PAIRS, PHASE_STORIES
from benchmarks.near_stories import HELD_OUT, STORIES, STORY_PAIRS
from benchmarks.near_swaps import SWAP_HELD_OUT, SWAP_PAIRS, SWAP_STORIES
from index.embedder import load_embedder
from index.library import Library, open_library
from index.settings import DEFAULT_MODEL
from index.sync import add, sync
from index.types import Document
from search.engine import Engine
from search.settings import Settings
from search.types import Mode, Query

SAMPLES = results.ROOT / "samples"


Text = str | tuple[str, str]
"""A text, or one with its title before it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A library of these texts, of the samples without any, and the pairs that are asked of it."""

    group: str
    name: str
    texts: Sequence[Text]
    pairs: Sequence[tuple[str, str]]


def libraries() -> Iterator[Asked]:
    """The pairs' texts a library each, then the stories'."""
    for name in dict.fromkeys(library for library, _, _ in PAIRS):
        yield Asked("pairs", name, TEXTS.get(name, ()), [(one, two) for of, one, two in PAIRS if of == name])
    yield from _halves("stories", STORIES, STORY_PAIRS, HELD_OUT)
    yield from _halves("swaps", SWAP_STORIES, SWAP_PAIRS, SWAP_HELD_OUT)
    yield from _halves("names", NAME_STORIES, NAME_PAIRS, NAME_HELD_OUT)
    yield from _halves("amounts", AMOUNT_STORIES, AMOUNT_PAIRS, AMOUNT_HELD_OUT)
    yield from _halves("phases", PHASE_STORIES, PHASE_PAIRS, PHASE_HELD_OUT)


def _halves(
    kind: str, stories: Mapping[str, Sequence[Text]], pairs: Sequence[tuple[str, str, str]], held_out: frozenset[str]
) -> Iterator[Asked]:
    """Those looked at and those held out, each story a library and then all of the half in one."""
    for group, is_held_out in ((f"{kind} looked at", False), (f"{kind} held out", True)):
        names = [name for name in stories if (name in held_out) is is_held_out]
        for name in names:
            yield Asked(group, f"{kind}-{name}", stories[name], _of(pairs, [name]))
        texts = [text for name in names for text in stories[name]]
        yield Asked(f"{group}, in one library", f"{kind}-{is_held_out}", texts, _of(pairs, names))


def _of(pairs: Sequence[tuple[str, str, str]], names: Sequence[str]) -> list[tuple[str, str]]:
    return [(one, two) for of, one, two in pairs if of in names]


def measure(folder: Path, mode: Mode) -> Iterator[dict[str, Any]]:
    """One row a question."""
    for asked in libraries():
        engine = Engine(_library(asked, folder), Settings(library=str(folder / asked.name)))
        for pair in asked.pairs:
            for question, is_answerable in zip(pair, (True, False), strict=True):
                answer = engine.ask(Query(question, mode=mode)).answer
                yield {
                    "group": asked.group,
                    "library": asked.name,
                    "question": question,
                    "answerable": is_answerable,
                    "answer": answer.text if answer else None,
                }
        engine.close()


def _library(asked: Asked, folder: Path) -> Library:
    library, embedder = open_library(folder / asked.name), load_embedder(DEFAULT_MODEL)
    if asked.texts:
        add(library, [_document(f"{asked.name}{i}", text) for i, text in enumerate(asked.texts)], embedder)
    else:
        sync(library, [str(SAMPLES)], embedder)
    return library


def _document(name: str, given: Text) -> Document:
    title, text = ("", given) if isinstance(given, str) else given
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(uri=f"near:{name}", sha256=digest, text=text, title=title or None, language="en", id=name)


def counts(rows: list[dict[str, Any]], mode: Mode) -> list[dict[str, Any]]:
    """One row a group: how many of those without an answer are answered, and of the others refused."""
    found = []
    for group in dict.fromkeys(row["group"] for row in rows):
        those = [row for row in rows if row["group"] == group]
        found.append(
            {
                "mode": mode,
                "group": group,
                "pairs": len(those) // 2,
                "false answers": sum(row["answer"] is not None and not row["answerable"] for row in those),
                "wrong refusals": sum(row["answer"] is None and row["answerable"] for row in those),
            }
        )
    return found


def main() -> None:
    """Measure, print the mistakes and the counts, write everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mode", choices=get_args(Mode), default="hybrid")
    parser.add_argument("--out", type=Path, default=results.RESULTS, help="where the JSON goes")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        rows = list(measure(Path(scratch), given.mode))
    for row in rows:
        # What nobody should look at is not shown either.
        if row["answerable"] is (row["answer"] is None) and "held out" not in row["group"]:
            print(f"{row['library']}: {row['question']}\n  {row['answer'] or 'refused'}")
    print(results.table(counts(rows, given.mode)))
    print(results.write("near_misses", [*counts(rows, given.mode), *rows], given.out))


if __name__ == "__main__":
    main()
