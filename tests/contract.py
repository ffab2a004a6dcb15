"""Hold a real server to its own description with schemathesis: `python -m tests.contract`, for CI and by hand.

It serves a small library with sources, first to everybody on this machine, then to holders of a key, and makes up
requests, right and wrong, for every route but the endless stream of events. Exit code 1 where an answer is not as
described, or is a server error. `--examples` is how many are made up for each route and phase.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.small_library import ARTICLES

ROOT = Path(__file__).resolve().parents[1]
KEY = "only-for-this-run"
STARTED = re.compile(r"running on (http://127\.0\.0\.1:\d+)")
ENDLESS = "/alerts/{id}/events"
CONFIGURATION = f"""\
hooks = "{ROOT / "tests" / "contract_hooks.py"}"

# What a document, a correction, a name or a path must be is not all said by a schema.
[[operations]]
include-operation-id = ["post_documents", "post_correction", "post_key", "post_index"]
checks.positive_data_acceptance.expected-statuses = ["2xx", "401", "403", "404", "422"]
"""


def main() -> int:
    """Run both rounds; 0 when nothing was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=3)
    examples = parser.parse_args().examples
    with tempfile.TemporaryDirectory(prefix="quoth-contract-") as made:
        folder = Path(made)
        (folder / "schemathesis.toml").write_text(CONFIGURATION, encoding="utf-8")
        write_news(folder / "news")
        quoth = [sys.executable, "cli.py", "index", str(folder / "news"), "--library", str(folder / "library")]
        subprocess.run(quoth, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        return max(round_of(folder, key, examples) for key in (None, KEY))


def write_news(folder: Path) -> None:
    """The invented articles as a file that the server may read."""
    folder.mkdir()
    with (folder / "news.jsonl").open("w", encoding="utf-8") as file:
        for one in ARTICLES:
            record = {"id": one.id, "title": one.title, "text": one.text, "source": one.source, "url": one.uri}
            file.write(json.dumps(record) + "\n")


def round_of(folder: Path, key: str | None, examples: int) -> int:
    """One server, one run of schemathesis against it."""
    library = folder / ("open" if key is None else "locked")
    shutil.copytree(folder / "library", library)
    with serving(library, folder / "news", key) as url:
        command = [shutil.which("schemathesis", path=str(Path(sys.executable).parent)) or "schemathesis"]
        command += [
            "--config-file",
            "schemathesis.toml",
            "run",
            f"{url}/openapi.json",
            "--checks",
            "all",
            "--seed",
            "1",
        ]
        command += ["--max-examples", str(examples), "--exclude-path", ENDLESS, "--continue-on-failure"]
        command += ["--generation-database", "none", "--request-timeout", "60"]
        # By both headers: one that is right would make good what is made up for the other.
        command += ["-H", f"X-API-Key: {key}", "-H", f"Authorization: Bearer {key}"] if key else []
        return subprocess.run(command, cwd=folder, env={**os.environ, "NO_COLOR": "1"}, check=False).returncode


@contextmanager
def serving(library: Path, source: Path, key: str | None) -> Iterator[str]:
    """Run `quoth serve` until the context ends; give its address once it is ready."""
    command = [sys.executable, "cli.py", "serve", "--library", str(library), "--source", str(source), "--port", "0"]
    environment = {**os.environ, **({"QUOTH_API_KEY": key} if key else {})}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        log = iter(process.stderr.readline, "")
        found = next(filter(None, map(STARTED.search, log)), None)
        assert found is not None, "the server ended before it listened"
        threading.Thread(target=process.stderr.read, daemon=True).start()
        wait_until_ready(found[1])
        yield found[1]
    finally:
        process.terminate()
        process.wait(60)


def wait_until_ready(url: str) -> None:
    """Ask until the model is loaded."""
    for _ in range(600):
        try:
            with urlopen(f"{url}/readyz", timeout=60):
                return
        except URLError:
            time.sleep(0.1)
    raise TimeoutError(url)


if __name__ == "__main__":
    sys.exit(main())
