"""A server under load: many clients ask, search and list while documents come, change and go and all is derived again.

Usage: python -m benchmarks.load [--clients N] [--seconds N] [--workers N] [--out DIR]

Every answer is checked: what is quoted is what stands there in a document that was sent, and in the document as the
server gives it where no generation has passed; the same question gets the same answer within a generation, whichever
process gives it. Only 503 with Retry-After may refuse.
"""

import argparse
import hashlib
import json
import random
import statistics
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benchmarks import corpus, results
from benchmarks.client import Client
from benchmarks.serving import Server, serving

ARTICLES = 60
CHANGING = 10
"""So many of the articles are sent, edited and removed again and again; the others stay."""
SHOWN = 10
LISTS = ("/documents", "/statements", "/speakers")


@dataclass
class Outcome:
    """What a run met: replies by path and status, what was wrong, jobs by how they ended, and memory over time."""

    replies: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    jobs: Counter[str] = field(default_factory=Counter)
    generations: set[int] = field(default_factory=set)
    checked: int = 0
    repeated: int = 0
    rss: list[int] = field(default_factory=list)
    pss: list[int] = field(default_factory=list)

    def row(self) -> dict[str, Any]:
        """What is written down."""
        # The first third warms up: models load, caches fill.
        third = max(1, len(self.rss) // 3)
        middle, last = statistics.mean(self.rss[-2 * third : -third] or self.rss), statistics.mean(self.rss[-third:])
        return {
            "replies": self.replies.total(),
            "busy_503": sum(count for name, count in self.replies.items() if name.endswith(" 503")),
            "failures": len(self.failures),
            "quotations_checked": self.checked,
            "same_question_again": self.repeated,
            "generations": len(self.generations),
            "jobs_done": self.jobs["done"],
            "rss_middle_third_mb": middle / 1e6,
            "rss_last_third_mb": last / 1e6,
            "pss_last_mb": self.pss[-1] / 1e6,
        }


class Load:
    """One run against one server."""

    def __init__(self, server: Server, records: Sequence[Mapping[str, Any]], questions: Sequence[str]) -> None:
        self._server, self._records, self._questions = server, records, questions
        self._guard, self._stop = threading.Lock(), threading.Event()
        self._texts: dict[str, set[str]] = {}
        self._answers: dict[tuple[int, str], str] = {}
        self.outcome = Outcome()

    def run(self, clients: int, seconds: float, replies: int = 0) -> Outcome:
        """Fill the library and load it, for so long and until there are so many replies."""
        self._job("POST", "/documents", self._sent(self._records))
        asking = [threading.Thread(target=self._ask, args=(number,)) for number in range(clients)]
        changing = threading.Thread(target=self._change)
        for thread in (*asking, changing):
            thread.start()
        end = time.monotonic() + seconds
        while time.monotonic() < end or self.outcome.replies.total() < replies:
            memory = self._server.memory()
            self.outcome.rss.append(memory["rss"])
            self.outcome.pss.append(memory["pss"])
            time.sleep(0.5)
        self._stop.set()
        for thread in (*asking, changing):
            thread.join()
        return self.outcome

    def _sent(self, records: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """A body of records, whose texts may be quoted from now on."""
        with self._guard:
            for record in records:
                self._texts.setdefault(record["id"], set()).add(record["text"])
        return {"documents": list(records)}

    def _change(self) -> None:
        """Send, edit and remove documents, and derive all again; one job after the other."""
        changing = self._records[:CHANGING]
        for number in _count_until(self._stop):
            edited = [{**one, "text": f"{one['text']}\n\nEdition {number} went to print."} for one in changing]
            gone = quote(changing[number % CHANGING]["id"], safe="")
            self._job("POST", "/documents", self._sent(edited))
            self._job("DELETE", f"/documents/{gone}")
            self._job("POST", "/index", {"rebuild": True})

    def _job(self, method: str, path: str, body: object = None) -> None:
        """Ask for a change, and wait for its job to end, unless the run does first."""
        if self._stop.is_set():
            return
        # A new connection each: the server closes those on which nothing was asked for some seconds.
        client = Client(self._server.port)
        accepted = client.send(method, path, body)
        if accepted.status != 202:
            self._fail(f"{method} {path}: {accepted.status} {accepted.body[:200]!r}")
        while accepted.status == 202 and not self._stop.is_set():
            job = client.get(accepted.headers["location"]).json()
            if job["finished"]:
                self.outcome.jobs[job["state"]] += 1
                if job["state"] != "done":
                    self._fail(f"job {job}")
                break
            time.sleep(0.1)
        client.close()

    def _ask(self, number: int) -> None:
        client, chosen = Client(self._server.port), random.Random(number)
        while not self._stop.is_set():
            try:
                self._ask_once(client, chosen)
            except (OSError, KeyError, ValueError) as error:
                self._fail(f"{type(error).__name__}: {error}")
        client.close()

    def _ask_once(self, client: Client, chosen: random.Random) -> None:
        path = chosen.choice(("/ask", "/search", "/search", *LISTS))
        parameters = {"k": 10} if path in LISTS else {"q": chosen.choice(self._questions)}
        reply = client.get(path, **parameters)
        with self._guard:
            self.outcome.replies[f"{path} {reply.status}"] += 1
        if reply.status == 503 and "retry-after" in reply.headers:
            return
        if reply.status != 200:
            self._fail(f"{path} {parameters}: {reply.status} {reply.body[:200]!r}")
            return
        found = reply.json()
        self._check_same(path, parameters, found)
        quotations = list(_quotations(found))
        for one in quotations:
            self._check_words(path, one)
        if quotations:
            self._check_document(client, path, found["generation"], chosen.choice(quotations))

    def _check_same(self, path: str, parameters: Mapping[str, object], found: dict[str, Any]) -> None:
        """Within a generation a question has one answer."""
        found = {**found, "took_ms": 0}
        said = hashlib.sha256(json.dumps(found).encode()).hexdigest()
        with self._guard:
            self.outcome.generations.add(found["generation"])
            before = self._answers.setdefault((found["generation"], f"{path} {parameters}"), said)
            self.outcome.repeated += before is not said
        if before != said:
            self._fail(f"{path} {parameters}: two answers in generation {found['generation']}")

    def _check_words(self, path: str, one: Mapping[str, Any]) -> None:
        with self._guard:
            texts = self._texts.get(one["document"]["id"], set())
            self.outcome.checked += 1
        if not any(text[one["start"] : one["end"]] == one["text"] for text in texts):
            self._fail(f"{path}: {one['document']['id']} holds no {one['text']!r} at {one['start']}")

    def _check_document(self, client: Client, path: str, generation: int, one: Mapping[str, Any]) -> None:
        """The document as it is served: if no generation has passed meanwhile, it must be there, and say so."""
        shown = client.get(f"/documents/{quote(one['document']['id'], safe='')}")
        later = client.get("/documents", k=1)
        if later.status != 200 or later.json()["generation"] != generation:
            return
        if shown.status != 200 or shown.json()["text"][one["start"] : one["end"]] != one["text"]:
            self._fail(f"{path}: {one['document']['id']} is {shown.status}, not as it was quoted in {generation}")

    def _fail(self, reason: str) -> None:
        with self._guard:
            self.outcome.failures.append(reason)


def _count_until(stop: threading.Event) -> Iterator[int]:
    number = 0
    while not stop.is_set():
        yield number
        number += 1


def _quotations(found: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Everything in a result that says where in which document its words stand."""
    answer, refusal = found.get("answer") or {}, found.get("refusal") or {}
    shown = (found.get("passages", ()), found.get("statements", ()), answer.get("citations", ()))
    for one in (*(part for each in shown for part in each), *refusal.get("nearest", ())):
        yield one
        yield from one.get("also_in", ())


def measure(clients: int, seconds: float, workers: int) -> Outcome:
    """Load a new library of the first articles of the newswire."""
    records = list(corpus.articles(ARTICLES))
    questions = corpus.questions(300)
    with tempfile.TemporaryDirectory(prefix="quoth-load-") as folder:
        source = Path(folder) / "news"
        source.mkdir()
        corpus.write(source / "wire.jsonl", iter(records[CHANGING:]))
        with serving(Path(folder) / "library", "--source", str(source), "--workers", str(workers)) as server:
            return Load(server, records, questions).run(clients, seconds)


def main() -> None:
    """Load, print the table and what failed, write everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--workers", type=int, default=2, help="server processes")
    parser.add_argument("--out", type=Path, default=results.RESULTS, help="where the JSON goes")
    given = parser.parse_args()
    outcome = measure(given.clients, given.seconds, given.workers)
    rows = [{"clients": given.clients, "seconds": given.seconds, "workers": given.workers, **outcome.row()}]
    for failure in outcome.failures[:SHOWN]:
        print(failure)
    print(results.table(rows))
    print(results.write("load", rows, given.out))


if __name__ == "__main__":
    main()
