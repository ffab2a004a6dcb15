"""What a command works on: a model that the library cannot use is not fetched."""

import sys
from pathlib import Path

import pytest

from index.errors import ModelError, ModelMismatchError
from index.library import open_library
from search.opening import library_and_model_of
from tests.piles import run, write_pile


def test_a_model_of_another_name_is_not_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library says first that it needs a rebuild; with one, the network is asked."""
    import huggingface_hub

    asked: list[bool] = []

    def fetch(name: str, *, local_files_only: bool = False, **_: object) -> str:
        asked.append(local_files_only)
        raise huggingface_hub.errors.LocalEntryNotFoundError(name)

    monkeypatch.setattr(sys.modules["huggingface_hub"], "snapshot_download", fetch)
    root = tmp_path / "library"
    run(open_library(root), write_pile(tmp_path / "pile"))
    with pytest.raises(ModelMismatchError, match="--rebuild --model acme/other"):
        library_and_model_of(str(root), model="acme/other")
    assert asked == [True]
    with pytest.raises(ModelError, match="cannot be fetched"):
        library_and_model_of(str(root), model="acme/other", rebuild=True)
    assert False in asked
