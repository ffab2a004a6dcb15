"""The exported model: the same vectors without torch, one cache for all processes, torch where it cannot be had."""

import json
import logging
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index import embedder as embedder_module
from index.embedder import Embedder, LocalEmbedder, load_ahead, load_embedder
from index.encoder import GRAPH, SILENCED, SPEC, WEIGHTS, EncoderSpec, entry_folder, read_spec, write_spec
from index.errors import ModelError
from index.export import LEAST_COSINE, MOST_DIFFERENCE, publish
from index.model_files import file_digest, model_folder, model_key, settings_digest
from index.settings import DEFAULT_MODEL
from search.settings import load_settings
from tests.exported import ASK, QUERY, Exported

ROOT = Path(__file__).parents[1]
TEXTS = [
    "",
    "Yes.",
    "Ministers met in Łódź; 会談は続く 👩‍👩‍👧 — “no comment”.",
    "The port stayed closed for a third week while talks went on. " * 9,
    "Growers waited for rain. " * 200,
    "half a \ud83d pair",
]


def run(code: str, *arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run Python code in a process of its own, as a shell would."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="session")
def cache(exported: Exported) -> Path:
    """Give the cache that holds the exported model, which no test here may change."""
    return exported.cache


@pytest.fixture
def entry(cache: Path, tmp_path: Path) -> Path:
    """Give a copy of the exported model that a test may break, in a cache of its own."""
    copy = entry_folder(tmp_path / "cache", default_key())
    shutil.copytree(entry_folder(cache, default_key()), copy)
    shutil.copytree(cache / "digests", tmp_path / "cache" / "digests")
    return copy


@pytest.fixture
def unloadable(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Count how often the weights are loaded for torch, without doing so."""
    loaded: list[Path] = []

    def load(folder: Path) -> Any:
        loaded.append(folder)
        raise OSError("no torch in this test")

    monkeypatch.setattr(embedder_module, "_load_weights", load)
    return loaded


def default_key() -> str:
    """Give the key of the default model."""
    return model_key(model_folder(DEFAULT_MODEL))


def fresh(cache: Path | None, folder: Path | None = None) -> LocalEmbedder:
    """Give an embedder that shares no loaded model with other tests."""
    embedder_module._model_in.cache_clear()
    return LocalEmbedder(DEFAULT_MODEL, folder or model_folder(DEFAULT_MODEL), 8, cache)


@pytest.mark.model
def test_a_second_process_asks_and_indexes_without_torch(cache: Path) -> None:
    """Once exported, no heavy library is imported, and nothing is said on either stream."""
    second = run(ASK + "assert not heavy, heavy", str(cache))
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")


def test_onnxruntime_gathers_nothing_to_send(tmp_path: Path) -> None:
    """What it keeps for its maker in the user's home, to send it later, is not there: nobody is to be contacted."""
    # In CI it is silent of itself, which would hide what it does at home.
    kept = {name: value for name, value in os.environ.items() if name not in ("CI", "XDG_CACHE_HOME", SILENCED)}
    loading = "import sys; from index.encoder import runtime; runtime(); assert 'onnxruntime' in sys.modules"
    ran = run(loading, env=kept | {"HOME": str(tmp_path)})
    assert (ran.returncode, ran.stderr) == (0, "")
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.model
def test_both_ways_give_the_same_vectors_under_the_same_key(cache: Path) -> None:
    """A library indexed by one is asked by the other: same key, every vector within 1e-4, whatever the length."""
    exported: Embedder = load_embedder(DEFAULT_MODEL, cache=str(cache))
    loaded: Embedder = load_embedder(DEFAULT_MODEL)
    assert exported.info == loaded.info
    assert exported.count_tokens(TEXTS) == loaded.count_tokens(TEXTS)
    a, b = exported.encode_documents(TEXTS), loaded.encode_documents(TEXTS)
    assert a.dtype == np.float32
    assert (a * b).sum(axis=1).min() >= LEAST_COSINE
    np.testing.assert_allclose(a, b, atol=MOST_DIFFERENCE)
    np.testing.assert_allclose(exported.encode_query(QUERY), loaded.encode_query(QUERY), atol=MOST_DIFFERENCE)


@pytest.mark.model
def test_batches_change_nothing_but_the_last_bits(cache: Path) -> None:
    """Any batch size gives the vectors in the order of the texts; the same call twice gives the same bits."""
    one, many = (load_embedder(DEFAULT_MODEL, size, str(cache)) for size in (1, 64))
    np.testing.assert_allclose(one.encode_documents(TEXTS), many.encode_documents(TEXTS), atol=1e-5)
    np.testing.assert_array_equal(many.encode_documents(TEXTS), many.encode_documents(TEXTS))
    assert many.encode_documents([]).shape == (0, 384)


@pytest.mark.model
def test_the_default_encoder_needs_no_torch_to_load(cache: Path, unloadable: list[Path]) -> None:
    """With an entry in the cache, the weights are never loaded."""
    embedder = fresh(cache)
    assert embedder.encode_query(QUERY).shape == (384,)
    assert embedder.encode_documents(["a"]).shape == (1, 384)
    assert unloadable == []


@pytest.mark.model
@pytest.mark.parametrize("file", [GRAPH, WEIGHTS, SPEC])
def test_a_damaged_entry_is_noticed_and_exported_again(
    file: str, entry: Path, unloadable: list[Path], caplog: pytest.LogCaptureFixture
) -> None:
    """A truncated or unreadable file of the cache sends the next process to the weights, with a note."""
    data = (entry / file).read_bytes()
    (entry / file).write_bytes(data[: len(data) // 2])
    with pytest.raises(ModelError, match="no torch in this test"):
        fresh(entry.parents[1]).encode_query(QUERY)
    assert len(unloadable) == 1
    assert caplog.text.count(str(entry)) == 1, "once, however often the entry is looked at"


@pytest.mark.model
def test_an_edited_entry_of_the_right_size_is_noticed(
    entry: Path, unloadable: list[Path], caplog: pytest.LogCaptureFixture
) -> None:
    """Weights that somebody wrote over would give other vectors; a copy of all, made later, is as good as the first."""
    os.utime(entry / WEIGHTS, (time.time() + 60,) * 2)
    assert fresh(entry.parents[1]).encode_query(QUERY).shape == (384,)
    with (entry / WEIGHTS).open("r+b") as file:
        file.seek(1 << 20)
        file.write(b"\0" * 4096)
    os.utime(entry / WEIGHTS, (time.time() + 120,) * 2)
    with pytest.raises(ModelError, match="no torch in this test"):
        fresh(entry.parents[1]).encode_query(QUERY)
    assert len(unloadable) == 1
    assert "not as it was written" in caplog.text


@pytest.mark.model
def test_a_graph_of_the_right_size_that_is_none_is_thrown_away(
    entry: Path, unloadable: list[Path], caplog: pytest.LogCaptureFixture
) -> None:
    """What onnxruntime cannot load makes room for a new export, also where the disk did it and no time tells."""
    (entry / GRAPH).write_bytes(b"\xff" * (entry / GRAPH).stat().st_size)
    os.utime(entry / GRAPH, (0, 0))
    with pytest.raises(ModelError):
        fresh(entry.parents[1]).encode_query(QUERY)
    assert "cannot be loaded" in caplog.text
    assert not entry.exists()


@pytest.mark.model
def test_a_refused_model_stays_with_sentence_transformers(
    entry: Path, unloadable: list[Path], caplog: pytest.LogCaptureFixture
) -> None:
    """The reason is remembered: no export is tried again, and the log says why."""
    write_spec(entry, EncoderSpec(refused="its vectors differ"))
    with caplog.at_level(logging.INFO), pytest.raises(ModelError, match="no torch"):
        fresh(entry.parents[1]).encode_documents(["a"])
    assert "stays with sentence-transformers: its vectors differ" in caplog.text
    assert read_spec(entry) == EncoderSpec(refused="its vectors differ")


@pytest.mark.model
def test_a_cache_that_cannot_be_written_falls_back_to_torch(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A file where the folder should be: vectors come all the same, with one note."""
    (tmp_path / "file").write_text("in the way")
    embedder = fresh(tmp_path / "file" / "cache")
    assert np.linalg.norm(embedder.encode_query(QUERY)) == pytest.approx(1, abs=1e-5)
    embedder.encode_documents(["a"])
    assert caplog.text.count("is not exported") == 1


@pytest.mark.model
def test_a_full_disk_falls_back_to_torch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Too little room is found out before the export, and leaves nothing behind."""
    usage = shutil.disk_usage(tmp_path)._replace(free=1 << 20)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    assert fresh(tmp_path).encode_query(QUERY).shape == (384,)
    assert "exporting takes 267 MB there" in caplog.text
    assert [file.name for file in (tmp_path / "encoders").iterdir()] == [".lock"]


@pytest.mark.model
def test_a_missing_onnx_falls_back_to_torch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The package is only needed to export; without it the note says how to get it."""
    monkeypatch.setitem(sys.modules, "onnx", None)
    assert fresh(tmp_path).encode_query(QUERY).shape == (384,)
    assert "pip install onnx" in caplog.text


@pytest.mark.model
def test_vectors_that_differ_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An export that does not agree with the model is not used, and what was left by a dead process is removed."""
    monkeypatch.setattr("index.export.LEAST_COSINE", 1.1)
    left = tmp_path / "encoders" / ".making-long-ago"
    left.mkdir(parents=True)
    os.utime(left, (time.time() - 90_000,) * 2)
    assert fresh(tmp_path).encode_query(QUERY).shape == (384,)
    spec = read_spec(entry_folder(tmp_path, default_key()))
    assert spec is not None
    assert "its vectors differ" in (spec.refused or "")
    assert "stays with sentence-transformers" in caplog.text
    assert not left.exists()


@pytest.mark.model
def test_prompts_and_first_token_pooling_are_exported_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with prompts and another pooling: same vectors, and its input length is known without torch."""
    copy = tmp_path / "model"
    shutil.copytree(model_folder(DEFAULT_MODEL), copy)
    prompts = {"query": "question: ", "document": "a passage of news: "}
    (copy / "config_sentence_transformers.json").write_text(json.dumps({"prompts": prompts}))
    pooling = {"word_embedding_dimension": 384, "pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}
    (copy / "1_Pooling" / "config.json").write_text(json.dumps(pooling))
    loaded, exported = fresh(None, copy), fresh(tmp_path / "cache", copy)
    np.testing.assert_allclose(exported.encode_query(QUERY), loaded.encode_query(QUERY), atol=MOST_DIFFERENCE)
    a, b = exported.encode_documents(TEXTS), loaded.encode_documents(TEXTS)
    np.testing.assert_allclose(a, b, atol=MOST_DIFFERENCE)
    monkeypatch.setattr(embedder_module, "_load_weights", lambda folder: pytest.fail("torch was needed"))
    again = fresh(tmp_path / "cache", copy)
    assert again.info == loaded.info
    assert again.info.max_tokens == 256 - 5
    np.testing.assert_array_equal(again.encode_documents(TEXTS), a)


@pytest.mark.model
def test_processes_that_start_at_once_share_one_export(exported: Exported) -> None:
    """Two first questions at the same time both got their answer, and left one whole entry and nothing else."""
    assert exported.ended == ((0, ""), (0, ""))
    entry = entry_folder(exported.cache, default_key())
    assert exported.left == (".lock", entry.name)
    assert sorted(file.name for file in entry.iterdir()) == [SPEC, GRAPH, WEIGHTS]


def test_without_locks_the_first_export_stays(tmp_path: Path) -> None:
    """On a file system that has no locks, a slower process leaves the faster one's entry as it is."""
    entry, making = tmp_path / "entry", tmp_path / ".making-mine"
    for folder, said in ((entry, "the other's"), (making, "mine")):
        folder.mkdir()
        write_spec(folder, EncoderSpec(refused=said))
    publish(making, entry)
    assert read_spec(entry) == EncoderSpec(refused="the other's")
    publish(making, tmp_path / "free")
    assert read_spec(tmp_path / "free") == EncoderSpec(refused="mine")


def test_a_digest_is_remembered_until_the_file_changes(tmp_path: Path) -> None:
    """Large files are hashed once a machine; a changed one, or a broken note, is hashed again."""
    file, cache = tmp_path / "weights", tmp_path / "cache"
    file.write_bytes(b"a" * (1 << 20))
    first = file_digest(file, cache)
    (note,) = (cache / "digests").iterdir()
    assert note.read_text() == first
    file.write_bytes(b"b" * (1 << 20))
    assert file_digest(file, cache) != first
    assert len(list((cache / "digests").iterdir())) == 2
    file_digest(tmp_path / "cache" / "digests" / note.name, cache)
    assert len(list((cache / "digests").iterdir())) == 2, "small files get no note"


def test_a_large_tokenizer_is_hashed_once_a_machine(tmp_path: Path) -> None:
    """What a settings file says is noted like other digests; where it came from changes nothing."""
    file, cache = tmp_path / "tokenizer.json", tmp_path / "cache"
    said = {"vocab": {f"word{number}": number for number in range(10_000)}}
    file.write_text(json.dumps(said))
    first = settings_digest(file, cache)
    (note,) = (cache / "digests").iterdir()
    assert note.read_text() == first == settings_digest(file)
    file.write_text(json.dumps({"transformers_version": "9", **said}))
    assert settings_digest(file, cache) == first
    file.write_text(json.dumps({**said, "lowercase": True}))
    assert settings_digest(file, cache) != first


def test_loading_ahead_neither_exports_nor_complains(tmp_path: Path) -> None:
    """What is not exported yet is left to the first text, and what is wrong with a name to whoever asks next."""
    for name in (DEFAULT_MODEL, "no-such-model"):
        load_ahead(name, cache=str(tmp_path))
    for thread in threading.enumerate():
        if thread.name == "load-model":
            thread.join()
    assert not (tmp_path / "encoders").exists()
    with pytest.raises(ModelError):
        load_embedder("no-such-model", cache=str(tmp_path))


def test_the_cache_is_where_the_settings_say() -> None:
    """The XDG folder moves the default; QUOTH_CACHE goes before it, and its long name before that."""
    for environ, expected in (
        ({}, "~/.cache/quoth"),
        ({"XDG_CACHE_HOME": "/x"}, "/x/quoth"),
        ({"XDG_CACHE_HOME": "relative"}, "~/.cache/quoth"),
        ({"XDG_CACHE_HOME": "/x", "QUOTH_CACHE": "/q"}, "/q"),
        ({"QUOTH_CACHE": "/q", "QUOTH_INDEXING_CACHE": "/long"}, "/long"),
    ):
        settings, _ = load_settings(environ=environ)
        assert settings.indexing.cache == expected
    assert load_settings({"indexing.cache": ""})[0].indexing.cache == ""


def test_a_home_that_is_none_means_no_cache(caplog: pytest.LogCaptureFixture) -> None:
    """Where `~` stands for nothing, models stay with sentence-transformers, with a note."""
    embedder = load_embedder(DEFAULT_MODEL, cache="~no-such-user-anywhere/cache")
    assert embedder is load_embedder(DEFAULT_MODEL)
    assert "no model is exported" in caplog.text
