"""Command lines, run in this process with the hashing embedder."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import cli
from tests.fake_embedder import HashingEmbedder

REPORT = (
    "Harbour reopens\n\nThe harbour of Merrow opened again on Monday after eleven weeks of dredging, the port office "
    "said.\n\n“The channel is deeper than it has ever been,” said Ines Kordal, the mayor of Merrow. "
    "“Ships of any size may come.”\n\nThe work cost 4.2 million crowns and was paid for by the county of Sarn.\n"
)


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON value on stdout."""
        return json.loads(self.out)


Run = Callable[..., Ran]


def runner(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, library: Path) -> Run:
    """What runs a command line on `library`, until the test ends."""
    monkeypatch.setattr("search.opening.load_embedder", lambda *given: HashingEmbedder())
    monkeypatch.setattr("search.vectors.load_embedder", lambda *given: HashingEmbedder())
    monkeypatch.setenv("QUOTH_LIBRARY", str(library))

    def call(*arguments: str) -> Ran:
        with pytest.raises(SystemExit) as ended:
            cli.main(list(arguments))
        out, err = capsysbinary.readouterr()
        return Ran(int(ended.value.code or 0), out.decode(), err.decode())

    return call
