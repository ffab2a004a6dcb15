"""The articles that speed is measured on: real newswire as far as it goes, then the same sentences recombined."""

import gzip
import itertools
import json
import os
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks import results

SHARED = Path(os.environ.get("QUOTH_SHARED") or results.ROOT.parent / "shared")
REAL = SHARED / "data" / "scale" / "corpus.jsonl.gz"
"""19,043 articles, 105,147 paragraphs."""

_SENTENCE = re.compile(r"[^.!?]{30,}[.!?]+(?=\s|$)")
_WORD = re.compile(r"[A-Za-z]{4,}")
PARAGRAPHS_AN_ARTICLE = 6
"""In an article that is made of real sentences."""


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


def recombined(pool: Sequence[str], lengths: Sequence[int]) -> Iterator[tuple[str, list[list[str]]]]:
    """Titles and articles of a pool's sentences in an order that nobody wrote, without end; always the same ones.

    An article is paragraphs of as many sentences as one of `lengths` says.
    """
    chosen = random.Random(7)
    while True:
        title = chosen.choice(pool)
        yield title, [chosen.choices(pool, k=chosen.choice(lengths)) for _ in range(PARAGRAPHS_AN_ARTICLE)]


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
    for number, (title, paragraphs) in enumerate(recombined(sentences(200_000), (1, 2, 3))):
        text = "\n\n".join(" ".join(each) for each in paragraphs)
        yield {"id": f"recombined-{number}", "title": title[:60], "text": text}
