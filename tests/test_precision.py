"""A model in int8: a name and a key of its own, near the exact vectors, never mixed with them."""

import logging
import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from index import embedder as embedder_module
from index import quantise
from index.embedder import LocalEmbedder, load_embedder
from index.encoder import GRAPH, entry_folder, read_spec
from index.errors import ModelError, ModelMismatchError
from index.export import PROBES
from index.library import open_library
from index.model_files import model_folder
from index.precision import named, split
from index.quantise import LEAST_COSINE, LEAST_MEAN_COSINE
from index.settings import DEFAULT_MODEL
from index.sync import sync
from index.types import Filters
from search.opening import embedder_of, library_and_model_of
from tests.piles import write_pile

INT8 = f"{DEFAULT_MODEL}@int8"


@pytest.fixture(scope="module")
def cache() -> Path:
    """Give the whole run's cache, with the exported model in both precisions."""
    folder = Path(os.environ["QUOTH_CACHE"])
    load_embedder(INT8, cache=str(folder)).encode_documents(["one"])
    return folder


def test_a_name_tells_model_and_precision() -> None:
    """Both ways, and a name that tells it already is not given it twice."""
    assert (split("acme/one"), split("acme/one@int8")) == (("acme/one", "float32"), ("acme/one", "int8"))
    assert named("acme/one@int8", "int8") == named("acme/one", "int8") == "acme/one@int8"
    assert named("acme/one@int8", "float32") == "acme/one"


@pytest.mark.model
def test_int8_vectors_are_near_the_exact_ones_and_the_same_in_any_company(cache: Path) -> None:
    """Unit length, within the bounds of the probes, and no text's vector depends on what is encoded with it."""
    exact, quick = load_embedder(DEFAULT_MODEL, cache=str(cache)), load_embedder(INT8, cache=str(cache))
    texts = [text for text in PROBES if text.strip()]
    found = quick.encode_documents(texts)
    cosines = (found * exact.encode_documents(texts)).sum(axis=1)
    assert cosines.min() >= LEAST_COSINE
    assert LEAST_MEAN_COSINE <= cosines.mean() < 0.9999
    alone = np.concatenate([quick.encode_documents([text]) for text in texts])
    np.testing.assert_array_equal(found, alone)
    assert quick.encode_documents([]).shape == (0, quick.info.dim)


@pytest.mark.model
def test_int8_has_a_key_of_its_own_and_exact_questions(cache: Path) -> None:
    """Same shape and input length, another name and key; a question's vector is the exact one."""
    exact, quick = load_embedder(DEFAULT_MODEL, cache=str(cache)), load_embedder(INT8, cache=str(cache))
    assert (quick.info.name, quick.info.dim, quick.info.max_tokens) == (INT8, exact.info.dim, exact.info.max_tokens)
    assert quick.info.key != exact.info.key
    question = "what did the council say about the sea wall?"
    np.testing.assert_array_equal(quick.encode_query(question), exact.encode_query(question))


@pytest.mark.model
@pytest.mark.usefixtures("cache")
def test_a_library_keeps_its_precision(tmp_path: Path) -> None:
    """Made in int8 it stays so unless another is asked for, which needs a rebuild; its questions find its texts."""
    root, pile = str(tmp_path / "library"), write_pile(tmp_path / "pile")
    library, embedder = library_and_model_of(root, precision="int8")
    assert sync(library, [str(pile)], embedder).embedded > 0
    assert library_and_model_of(root)[1].info.name == embedder_of(library).info.name == INT8
    with library.snapshot() as snapshot:
        assert snapshot.model == embedder.info
        assert snapshot.dense(embedder.encode_query("who wants the wall stopped?"), 1, Filters())[0].score > 0.2
    _, exact = library_and_model_of(root, precision="float32")
    assert exact.info.name == DEFAULT_MODEL
    with pytest.raises(ModelMismatchError, match=f"--rebuild --model {DEFAULT_MODEL}"):
        sync(library, [str(pile)], exact)
    assert sync(library, [str(pile)], exact, rebuild=True).embedded > 0
    assert open_library(root).model_name() == DEFAULT_MODEL


@pytest.mark.model
def test_without_a_cache_int8_is_refused(tmp_path: Path) -> None:
    """There is no other way to these vectors, and others must not be taken for them."""
    with pytest.raises(ModelError, match="--precision float32"):
        load_embedder(INT8, cache="").encode_documents(["one"])


@pytest.mark.model
def test_int8_that_differs_too_much_is_refused_for_good(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason is kept in the cache, so that it is not tried at every start."""
    source = load_embedder(DEFAULT_MODEL, cache=str(cache))
    assert isinstance(source, LocalEmbedder)
    entry = entry_folder(cache, source.info.key)
    copy = entry_folder(tmp_path, source.info.key)
    copy.parent.mkdir(parents=True)
    copy.symlink_to(entry)
    monkeypatch.setattr(quantise, "LEAST_COSINE", 1.1)
    for _ in range(2):
        fresh = LocalEmbedder(DEFAULT_MODEL, model_folder(DEFAULT_MODEL), 8, tmp_path, "int8")
        with pytest.raises(ModelError, match="differ too much"):
            fresh.encode_documents(["one"])
        monkeypatch.setattr(quantise, "_quantise", lambda *_: pytest.fail("it was made again"))
    spec = read_spec(entry_folder(tmp_path, fresh.info.key))
    assert spec is not None
    assert spec.refused


@pytest.mark.model
def test_a_damaged_int8_model_is_made_again(cache: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """What cannot be loaded makes room for another, as the exact one does: no run fails for it."""
    source = load_embedder(INT8, cache=str(cache))
    entries = [
        entry_folder(cache, key) for key in (load_embedder(DEFAULT_MODEL, cache=str(cache)).info.key, source.info.key)
    ]
    copies = [Path(shutil.copytree(entry, tmp_path / "encoders" / entry.name)) for entry in entries]
    expected = source.encode_documents(["one"])
    (copies[1] / GRAPH).write_bytes(b"\xff" * (copies[1] / GRAPH).stat().st_size)
    os.utime(copies[1] / GRAPH, (0, 0))
    embedder_module._model_in.cache_clear()
    fresh = LocalEmbedder(DEFAULT_MODEL, model_folder(DEFAULT_MODEL), 8, tmp_path, "int8")
    np.testing.assert_array_equal(fresh.encode_documents(["one"]), expected)
    assert "cannot be loaded" in caplog.text
    assert (copies[1] / GRAPH).read_bytes() == (entries[1] / GRAPH).read_bytes()


@pytest.mark.model
def test_quantising_leaves_logging_as_it_was(cache: Path) -> None:
    """The library that does it speaks through the root logger, and would give it a handler that prints."""
    assert not [one for one in logging.getLogger().handlers if type(one) is logging.NullHandler]
