"""How many honest sentences of a language model the gate drops, and how many others it lets through.

Usage: python -m benchmarks.gate [--out DIR]

The sentences are those of `benchmarks/told_otherwise.py`; what is judged wrongly is printed, but for what is held out.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import results
from benchmarks.told_otherwise import HELD_OUT, LOOKED_AT, Wordings
from search.citable import Citable
from search.claims import claims
from search.gate import find_fault, mend


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence and what became of it; `fault` is None where it is shown."""

    text: str
    kind: str
    is_honest: bool
    fault: str | None

    @property
    def is_right(self) -> bool:
        """Whether what is honest is shown, and nothing else."""
        return self.is_honest == (self.fault is None)


def judged(stories: Sequence[Wordings]) -> Iterator[Judged]:
    """Hold each sentence of the stories against their passages, as an answer of its own."""
    for story in stories:
        passages = [Citable(text) for text in story.passages]
        for is_honest, wordings in ((True, story.honest), (False, story.hostile)):
            for kind, text in wordings:
                faults = [find_fault(mend(one, passages), passages) for one in claims(text, story.language)]
                yield Judged(text, kind, is_honest, next((fault for fault in faults if fault), None))


def measured(stories: Sequence[Wordings]) -> dict[str, int]:
    """How many sentences there are of both kinds, and how many of them are shown."""
    counts = Counter[str](honest=0, honest_shown=0, hostile=0, hostile_shown=0)
    for one in judged(stories):
        name = "honest" if one.is_honest else "hostile"
        counts[name] += 1
        counts[f"{name}_shown"] += one.fault is None
    return dict(counts)


def main() -> None:
    """Print what is judged wrongly of what was looked at, and the counts of both halves."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, default=None)
    options = parser.parse_args()
    for one in judged(LOOKED_AT):
        if not one.is_right:
            print(f"{'honest' if one.is_honest else 'hostile'} ({one.kind}): {one.text} -- {one.fault or 'shown'}")
    found = {"looked_at": measured(LOOKED_AT), "held_out": measured(HELD_OUT)}
    for name, counts in found.items():
        print(name, *(f"{key} {count}" for key, count in counts.items()))
    if options.out:
        results.write("gate", [{"half": name, **counts} for name, counts in found.items()], options.out)


if __name__ == "__main__":
    main()
