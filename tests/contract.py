"""Hold a real server to its own description with schemathesis: `python -m tests.contract`, for CI and by hand.

It serves a small library with sources, first to everybody on this machine, then to holders of a key, and makes up
requests, right and wrong, for every route but the endless stream of events. Exit code 1 where an answer is not as
described, or is a server error. `--examples` is how many are made up for each route and phase.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.serving import serving
from tests.small_library import ARTICLES

ROOT = Path(__file__).resolve().parents[1]
KEY = "only-for-this-run"
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
    environment = {"QUOTH_API_KEY": key} if key else {}
    with serving(library, "--source", str(folder / "news"), environment=environment) as server:
        command = [shutil.which("schemathesis", path=str(Path(sys.executable).parent)) or "schemathesis"]
        command += [
            "--config-file",
            "schemathesis.toml",
            "run",
            f"{server.address}/openapi.json",
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


if __name__ == "__main__":
    sys.exit(main())
