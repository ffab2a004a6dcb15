"""What is put aside comes back as it was."""

from pathlib import Path

import pytest

from index import aside
from index.aside import Aside
from index.types import Document


@pytest.mark.parametrize("in_memory", [1, 1 << 20])
def test_what_is_put_comes_back_in_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, in_memory: int) -> None:
    """From memory and from disk; lone surrogates, too."""
    monkeypatch.setattr(aside, "_IN_MEMORY", in_memory)
    put = [(Document(f"u{number}", "", "Fähre \ud800 " * number, meta={"n": number}), None) for number in range(5)]
    kept = Aside[tuple[Document, str | None]](tmp_path)
    assert list(kept.taken()) == []
    for one in put:
        kept.put(one)
    assert list(kept.taken()) == put
    assert not list(tmp_path.iterdir()), "a file without a name goes with the process"
