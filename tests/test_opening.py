"""What a command works on: a model that the library cannot use is not fetched."""

import sys
from pathlib import Path
from typing import Any

import pytest

from index.errors import ModelError, ModelMismatchError
from index.library import open_library
from index.settings import DEFAULT_MODEL
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


def test_a_precision_is_kept_unless_another_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By flag, by environment, or by the model's name; else a new library's is the default's."""

    def name(**how: Any) -> str:
        return library_and_model_of(str(tmp_path / "library"), **how)[1].info.name

    assert name() == name(precision="float32") == DEFAULT_MODEL
    assert name(precision="int8") == name(model=f"{DEFAULT_MODEL}@int8") == f"{DEFAULT_MODEL}@int8"
    monkeypatch.setenv("QUOTH_INDEXING_PRECISION", "int8")
    assert name() == f"{DEFAULT_MODEL}@int8"
    assert name(precision="float32") == DEFAULT_MODEL
