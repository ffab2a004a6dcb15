"""The articles that speed is measured on: real newswire as far as it goes, then the same sentences recombined."""

import gzip
import itertools
import json
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import results

SHARED = Path(os.environ.get("QUOTH_SHARED") or results.ROOT.parent / "shared")
REAL = SHARED / "data" / "scale" / "corpus.jsonl.gz"
"""19,043 articles, 105,147 paragraphs."""

_SENTENCE = re.compile(r"[^.!?]{30,}[.!?]+(?=\s|$)")
_WORD = re.compile(r"[A-Za-z]{4,}")
_PARAGRAPHS_AN_ARTICLE = 6
_SENTENCES_A_PARAGRAPH = (1, 2, 3)


class CorpusMissingError(Exception):
    """There is no newswire to measure on."""

    def __init__(self) -> None:
        super().__init__(f"no articles at {REAL}; set QUOTH_SHARED to the folder that holds data/scale/corpus.jsonl.gz")


def articles(n: int) -> Iterator[dict[str, Any]]:
    """Records for `quoth index`: the first `n` real articles, then recombined ones. Raises CorpusMissingError."""
    return itertools.islice(_endless(), n)


def paragraphs(n: int) -> Iterator[str]:
    """The paragraphs of `articles`, without their titles."""
    pieces = (part for article in _endless() for part in article["text"].split("\n\n"))
    return itertools.islice(pieces, n)


def questions(n: int) -> list[str]:
    """`n` distinct questions of three to seven words that a real sentence holds, in its order; always the same ones."""
    chosen = random.Random(11)
    pool = sentences(50_000)
    found: dict[str, None] = {}
    while len(found) < n:
        words = _WORD.findall(chosen.choice(pool))
        size = chosen.randint(3, 7)
        if len(words) >= size:
            kept = sorted(chosen.sample(range(len(words)), size))
            found[" ".join(words[place] for place in kept)] = None
    return list(found)


def sentences(n: int) -> list[str]:
    """The first `n` sentences of the real articles, in their order."""
    every = (" ".join(match[0].split()) for article in _real() for match in _SENTENCE.finditer(article["text"]))
    return list(itertools.islice(every, n))


def write(path: Path, records: Iterator[dict[str, Any]]) -> int:
    """Write records as JSONL; give how many there were."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for count, record in enumerate(records, 1):  # noqa: B007 -- how many there were is what is given
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return count


def _endless() -> Iterator[dict[str, Any]]:
    return itertools.chain(_real(), _recombined())


def _real() -> Iterator[dict[str, Any]]:
    if not REAL.is_file():
        raise CorpusMissingError
    with gzip.open(REAL, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield {"id": record["_id"], "title": record["title"], "text": record["text"]}


def _recombined() -> Iterator[dict[str, Any]]:
    """Articles of real sentences in an order that nobody wrote, without end; always the same ones."""
    chosen = random.Random(7)
    pool = sentences(200_000)
    for number in itertools.count():
        parts = (
            " ".join(chosen.choices(pool, k=chosen.choice(_SENTENCES_A_PARAGRAPH)))
            for _ in range(_PARAGRAPHS_AN_ARTICLE)
        )
        yield {"id": f"recombined-{number}", "title": chosen.choice(pool)[:60], "text": "\n\n".join(parts)}
