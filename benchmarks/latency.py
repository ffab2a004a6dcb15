"""How long a search takes over HTTP, against encoding a question alone.

Usage: python -m benchmarks.latency [--library DIR] [--paragraphs N] [--queries N] [--out DIR]

Every question is asked once, so that nothing known helps; a `quoth serve` process on loopback answers over one
connection that is kept. In turns, `IN_A_ROW` searches are followed by as many other questions encoded in this process,
by Quoth's own encoder, which is what a server encodes with, and by sentence-transformers, which takes twice as long and
more: whatever else the machine does meets all alike. The first `SETTLING` of each row don't count, since they find the
processor's caches full of what the others left. What a server does in its first seconds, when nobody asks, is waited
for. Then a third as many other questions go to `GET /ask`, one after the
other.
`of_encoding` is a time against our own encoder's of the same percentile. The stages are the server's own while it
searched, as `GET /metrics` tells; `beside the stages` are views, JSON and HTTP.

Without `--library` one is grown, as `benchmarks/grown.py` tells: embedding 100,000 real paragraphs takes a quarter of
an hour, the pool of sentences that they are recombined from a minute.
"""

import argparse
import re
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import corpus, grown, results
from benchmarks.client import Client
from benchmarks.serving import serving
from index.embedder import Embedder, load_embedder
from index.model_files import model_folder
from index.settings import DEFAULT_MODEL, IndexSettings

OURS, THEIRS, SEARCH, ASK = "encode alone", "sentence-transformers' encode", "GET /search", "GET /ask"
PARAGRAPHS, QUERIES = 100_000, 300
WARMING = 50
"""Questions asked before anything counts: caches of words fill, pages of mapped files come in."""
IN_A_ROW, SETTLING = 25, 3
POOL = 5_000
_PERCENTILES = (50, 95, 99)
_STAGE = re.compile(r'^quoth_stage_seconds_sum\{stage="(?P<name>[a-z]+)"\} (?P<seconds>\S+)$', re.MULTILINE)
_HELD = re.compile(r"^quoth_paragraphs (\S+)$", re.MULTILINE)


Encode = Callable[[str], object]


def measure(library: Path, ours: Encode, theirs: Encode, queries: int) -> list[dict[str, Any]]:
    """One row for each way to encode, one for the whole of a search, one for an answer, and one for each stage."""
    rounds = -(-queries // IN_A_ROW)
    answers = max(1, queries // 3)
    asked = iter(corpus.questions(WARMING + 2 * rounds * (IN_A_ROW + SETTLING) + answers))
    times: dict[str, list[float]] = {OURS: [], THEIRS: [], SEARCH: []}
    with serving(library) as server:
        server.wait_until_settled()
        client = Client(server.port)
        search = partial(_seconds, client, "/search")
        held = _paragraphs(client.get("/metrics").body.decode())
        for question in islice(asked, WARMING):
            search(question)
        before = _stages(client)
        for _ in range(rounds):
            times[SEARCH] += _in_a_row(search, list(islice(asked, IN_A_ROW + SETTLING)))
            others = list(islice(asked, IN_A_ROW + SETTLING))
            for name, encode in ((OURS, ours), (THEIRS, theirs)):
                times[name] += _in_a_row(partial(_encoding, encode), others)
        spent = {name: seconds - before.get(name, 0.0) for name, seconds in _stages(client).items()}
        times[ASK] = [_seconds(client, "/ask", question) for question in asked]
        client.close()
    searched = rounds * (IN_A_ROW + SETTLING)
    each = {name: seconds / searched for name, seconds in spent.items()}
    rows = [_row(name, found, times[OURS]) for name, found in times.items()]
    each["beside the stages"] = float(np.mean(times[SEARCH])) - sum(each.values())
    rows += [_mean_row(name, seconds) for name, seconds in each.items() if seconds]
    return [{**row, "paragraphs": held} for row in rows]


def _in_a_row(seconds: Callable[[str], float], questions: Sequence[str]) -> list[float]:
    """What each takes, but for the first ones."""
    return [seconds(question) for question in questions][SETTLING:]


def _encoding(encode: Encode, question: str) -> float:
    began = time.perf_counter()
    encode(question)
    return time.perf_counter() - began


def _plain(model: str) -> Encode:
    """What a program without Quoth would call."""
    from sentence_transformers import SentenceTransformer

    loaded = SentenceTransformer(str(model_folder(model)), local_files_only=True)
    return lambda text: loaded.encode(text, show_progress_bar=False)


def _seconds(client: Client, path: str, question: str) -> float:
    """From sending a question to having its passages or its answer."""
    reply = client.get(path, q=question)
    if reply.status != 200:
        raise RuntimeError(f"the server answered {reply.status}: {reply.body[:300]!r}")
    return reply.seconds


def _stages(client: Client) -> dict[str, float]:
    """Seconds that each stage took so far, in all."""
    told = client.get("/metrics").body.decode()
    return {found["name"]: float(found["seconds"]) for found in _STAGE.finditer(told)}


def _paragraphs(told: str) -> int:
    """How many the library holds, by its metrics."""
    [held] = _HELD.findall(told)
    return int(float(held))


def _row(what: str, times: Sequence[float], encoding: Sequence[float]) -> dict[str, Any]:
    mine, theirs = (np.percentile(found, _PERCENTILES) * 1000 for found in (times, encoding))
    shown = {f"p{percentile}_ms": float(value) for percentile, value in zip(_PERCENTILES, mine, strict=True)}
    against = {
        f"p{percentile}_of_encoding": float(value)
        for percentile, value in zip(_PERCENTILES, mine / theirs, strict=True)
    }
    return {"what": what, "times": len(times), "mean_ms": float(np.mean(times)) * 1000, **shown, **against}


def _mean_row(stage: str, seconds: float) -> dict[str, Any]:
    """Of a stage only the mean is known."""
    return dict.fromkeys(_row("", [1.0], [1.0])) | {"what": stage, "mean_ms": seconds * 1000}


def _grown(folder: Path, embedder: Embedder, paragraphs: int) -> Path:
    pool = grown.pool(embedder, POOL, folder / "pool.npy")
    grown.grow(folder / "library", paragraphs, pool, IndexSettings())
    return folder / "library"


def main() -> None:
    """Measure, print the table, write everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", type=Path, help="ask this one; it is not changed")
    parser.add_argument("--paragraphs", type=int, default=PARAGRAPHS, help="of the library that is grown")
    parser.add_argument("--queries", type=int, default=QUERIES)
    parser.add_argument("--out", type=Path, default=results.RESULTS, help="where the JSON goes")
    given = parser.parse_args()
    embedder = load_embedder(DEFAULT_MODEL, cache=IndexSettings().cache)
    with tempfile.TemporaryDirectory(prefix="quoth-latency-") as folder:
        library = given.library or _grown(Path(folder), embedder, given.paragraphs)
        rows = measure(library, embedder.encode_query, _plain(DEFAULT_MODEL), given.queries)
    print(results.table(rows))
    print(results.write("latency", rows, given.out))


if __name__ == "__main__":
    main()
