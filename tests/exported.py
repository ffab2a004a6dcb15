"""The default model, exported as a user's first question does, by two processes at once; one serves all tests."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from index.settings import DEFAULT_MODEL

ROOT = Path(__file__).resolve().parents[1]
QUERY = "what did the minister say about the port?"
ASK = f"""
import sys
from index.embedder import load_embedder
embedder = load_embedder({DEFAULT_MODEL!r}, cache=sys.argv[1])
vector = embedder.encode_query({QUERY!r})
documents = embedder.encode_documents(["one", "two and more", ""])
assert embedder.count_tokens(["one"]) == [3]
heavy = {{"torch", "transformers", "sentence_transformers"}} & set(sys.modules)
"""
"""A first question, and what of the heavy libraries it took."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The cache; how the two processes ended and what they said; the names that they left among the exported models."""

    cache: Path
    ended: tuple[tuple[int, str], ...]
    left: tuple[str, ...]


def export_at_once(cache: Path) -> Exported:
    """Ask for the first time, twice at the same moment. The cache must hold no model yet."""
    assert not (cache / "encoders").exists(), "a test that isn't marked `model` exported it"
    command = [sys.executable, "-c", ASK, str(cache)]
    asking = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for _ in range(2)
    ]
    said = [process.communicate()[0] for process in asking]
    ended = tuple((process.returncode, text) for process, text in zip(asking, said, strict=True))
    return Exported(cache, ended, tuple(sorted(path.name for path in (cache / "encoders").iterdir())))
