"""Texts to unit vectors: by the exported model where there is one, else by sentence-transformers, imported only here.

Either gives the same vectors, to 1e-4, under the same key: a library indexed by one is asked by the other.
"""

import contextlib
import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from index.encoder import Encoder, cache_folder, entry_folder, load_tokenizer, read_spec, stored_encoder
from index.errors import BadVectorError, ModelError
from index.export import export_encoder
from index.model_files import MOST_TOKENS, ModelShape, is_to_be_fetched, model_folder, model_key, model_shape
from index.precision import in_precision, split
from index.quantise import INT8_BATCH, quantised_encoder
from index.settings import Precision
from index.types import ModelInfo, Vectors

log = logging.getLogger("quoth.encoder")

GPU_BATCH = 64
"""So many texts at least go to a graphics card at once, all that come at once: what a few cost it is waiting."""


class Embedder(Protocol):
    """A model that maps texts to vectors; safe to call from many threads."""

    @property
    def info(self) -> ModelInfo:
        """Name, key, dimension and input length."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens the model makes of each text, special ones included, before any cutting."""

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Float32 (n, dim), unit length, in the order given. Raises ModelError, BadVectorError."""

    def encode_query(self, text: str) -> npt.NDArray[np.float32]:
        """Float32 (dim,), unit length. Raises ModelError, BadVectorError."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Float32 (n, dim): of each text what `encode_query` gives, to the last bit. Raises the same."""


class LocalEmbedder:
    """A model in a local folder, with its own prompts, pooling and input length; loaded when it first encodes.

    `cache` is where it is exported at that time; with None it stays with sentence-transformers. In int8 its
    documents are embedded faster and less exactly, for which it must be exported; a question always exactly.
    """

    def __init__(
        self, name: str, folder: Path, batch_size: int, cache: Path | None, precision: Precision = "float32"
    ) -> None:
        self._model = _model_in(name, folder, cache)
        self._batch_size, self._precision = batch_size, precision

    @property
    def info(self) -> ModelInfo:
        """The key follows the files' contents and their way of use, not the name."""
        return in_precision(self._model.info, self._precision)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens the model makes of each text, special ones included, before any cutting."""
        return self._model.count_tokens([_encodable(text) for text in texts])

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Float32 (n, dim), unit length, in the order given. Raises ModelError, BadVectorError."""
        prepared = [_encodable(text) for text in texts]
        if not prepared:
            return np.empty((0, self.info.dim), dtype=np.float32)
        if self._precision == "int8":
            found = self._model.quantised().encode(prepared, is_query=False, batch_size=INT8_BATCH)
            return check_vectors(found, len(texts), self.info)
        # A GPU is worth importing torch for, to encode many texts; not for one question.
        if self._model.is_on_gpu():
            return self._by_sentence_transformers(prepared, max(self._batch_size, GPU_BATCH))
        encoder = self._model.encoder()
        if encoder is None:
            return self._by_sentence_transformers(prepared, self._batch_size)
        found = encoder.encode(prepared, is_query=False, batch_size=self._batch_size)
        return check_vectors(found, len(texts), self.info)

    def open_exported(self) -> None:
        """Open the exported model, if there is one, before the first text needs it."""
        self._model.open_exported()

    def encode_query(self, text: str) -> npt.NDArray[np.float32]:
        """Float32 (dim,), unit length. Raises ModelError, BadVectorError."""
        vector: npt.NDArray[np.float32] = self.encode_queries([text])[0]
        return vector

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Float32 (n, dim): of each text what `encode_query` gives, to the last bit. Raises the same."""
        prepared = [_encodable(text) for text in texts]
        encoder = self._model.encoder()
        if encoder is not None:
            found = encoder.encode(prepared, is_query=True, batch_size=len(prepared))
        else:
            # One by one: what shares a batch moves the last bits.
            found = np.concatenate([self._model.encode([text], is_query=True) for text in prepared])
        return check_vectors(found, len(texts), self.info)

    def _by_sentence_transformers(self, texts: Sequence[str], batch_size: int) -> Vectors:
        """Encode in batches of like length, as padding costs as much as text.

        Between batches the model is let go, so that a query need not wait for a whole pile of documents.
        """
        vectors = np.empty((len(texts), self.info.dim), dtype=np.float32)
        by_length = sorted(range(len(texts)), key=lambda place: (-len(texts[place]), place))
        for first in range(0, len(texts), batch_size):
            places = by_length[first : first + batch_size]
            batch = self._model.encode([texts[place] for place in places], is_query=False)
            vectors[places] = check_vectors(batch, len(places), self.info)
        return vectors


def load_embedder(name: str, batch_size: int = 8, cache: str | None = None) -> Embedder:
    """Give the model called `name`: a pip package that holds one, a folder, or a hub name (`OWNER/NAME`).

    `@int8` behind it is the precision that its documents are embedded in, see `index.precision`.
    `cache` is the folder for exported models, as in the settings (`~` is expanded); empty or None for
    none. Only a hub name that was not fetched yet touches the network. The same arguments give the same
    object. Raises ModelError when the model is missing, broken or not the file it should be.
    """
    folder = cache_folder(cache)
    model, precision = split(name)
    with _loading:
        return _load_embedder(model, model_folder(model, folder), batch_size, folder, precision)


def load_ahead(name: str, batch_size: int = 8, cache: str | None = None) -> None:
    """Open a model in a thread, if it is here and exported, while the caller goes on importing; see `load_embedder`.

    onnxruntime needs no Python for most of it. What is wrong with the model, `load_embedder` will say.
    """
    folder, (model, precision) = cache_folder(cache), split(name)
    if folder is None or is_to_be_fetched(model):
        return

    def load() -> None:
        with contextlib.suppress(Exception), _loading:
            _load_embedder(model, model_folder(model, folder), batch_size, folder, precision).open_exported()

    threading.Thread(target=load, name="load-model").start()


def check_vectors(vectors: npt.NDArray[Any], n: int, info: ModelInfo) -> Vectors:
    """`vectors` as float32 (n, dim) of unit length.

    Raises BadVectorError for another shape, and for a vector that is NaN, infinite or all zero.
    """
    found = np.asarray(vectors)
    if found.shape != (n, info.dim):
        raise BadVectorError(info.name, f"it returned vectors of shape {found.shape} instead of {(n, info.dim)}")
    wide = found.astype(np.float64)
    norms = np.sqrt((wide * wide).sum(axis=1))
    # No other norm tells of NaN or infinity; a vector of float32 is too short for its own to overflow.
    wrong = ~(np.isfinite(norms) & (norms > 0))
    if wrong.any():
        at = int(np.argmax(wrong))
        what = "holds NaN or infinity" if not np.isfinite(norms[at]) else "is all zero"
        raise BadVectorError(info.name, f"vector {at} of {n} {what}")
    return np.asarray(wide / norms[:, None], dtype=np.float32)


class _Model:
    """One folder's ways to encode, each loaded when first needed: the exported model, and the weights for torch."""

    def __init__(self, name: str, folder: Path, cache: Path | None) -> None:
        self._folder, self._cache = folder, cache
        self._lock = threading.RLock()
        self._loaded: Any = None
        self._encoder: Encoder | None = None
        self._encoder_sought = False
        self._on_gpu: bool | None = None
        self._in_int8: Encoder | None = None
        key = model_key(folder, cache)
        shape = model_shape(folder) or self._exported_shape(key) or self._measured()
        self.info = ModelInfo(name=name, key=key, dim=shape.dim, max_tokens=shape.max_tokens)

    def count_tokens(self, texts: list[str]) -> list[int]:
        tokenizer = self._uncut
        if tokenizer is not None:
            return [len(encoding.ids) for encoding in tokenizer.encode_batch_fast(texts)]
        with self._lock:
            return [len(self._load().tokenizer(text)["input_ids"]) for text in texts]

    @cached_property
    def _uncut(self) -> Any:
        """The tokenizer that cuts nothing; questions do without it."""
        return load_tokenizer(self._folder, limit=None)

    def encoder(self) -> Encoder | None:
        """The exported model, which is made if need be; None, with a note in the log, where it cannot be had."""
        if not self._encoder_sought:
            with self._lock:
                if not self._encoder_sought:
                    self._encoder = self._seek_encoder()
                    self._encoder_sought = True
        return self._encoder

    def open_exported(self) -> None:
        """Open the exported model, if there is one; nothing is exported for it."""
        with self._lock:
            if self._cache is not None and not self._encoder_sought:
                self._encoder, _ = self._stored_encoder(entry_folder(self._cache, self.info.key))
                self._encoder_sought = self._encoder is not None

    def is_on_gpu(self) -> bool:
        """Whether sentence-transformers runs the model on a graphics card; torch is imported only where one may be."""
        with self._lock:
            if self._on_gpu is None:
                # A driver too old for this torch leaves it on the processor, where the exported model is faster.
                self._on_gpu = _may_have_gpu() and bool(self._load().device.type != "cpu")
            return self._on_gpu

    def encode(self, texts: list[str], is_query: bool) -> npt.NDArray[Any]:
        """One batch through sentence-transformers, by its prompt for queries or the one for documents."""
        with self._lock:
            model = self._load()
            encode = model.encode_query if is_query else model.encode_document
            encoded: npt.NDArray[Any] = encode(
                texts, batch_size=max(1, len(texts)), show_progress_bar=False, convert_to_numpy=True
            )
        return encoded

    def _seek_encoder(self) -> Encoder | None:
        if self._cache is None:
            return None
        entry = entry_folder(self._cache, self.info.key)
        encoder, refused = self._stored_encoder(entry)
        if encoder is not None or refused:
            return encoder
        model = self._load()
        try:
            with quiet_and_offline():
                export_encoder(model, self._folder, entry, self.info)
        except Exception as error:  # noqa: BLE001 -- full disk, no rights, a library's complaint: torch encodes as well
            reason = " ".join(f"{type(error).__name__}: {error}".split())[:300]
            log.warning("%s is not exported to %s, so every start is slower: %s", self.info.name, entry.parent, reason)
            return None
        encoder, _ = self._stored_encoder(entry)
        if encoder is not None:
            self._loaded = None
        return encoder

    def _stored_encoder(self, entry: Path) -> tuple[Encoder | None, bool]:
        """The encoder in the cache, if there is one, and whether the cache says that there cannot be one."""
        encoder, refused = stored_encoder(entry, self._folder)
        if refused:
            log.info("%s stays with sentence-transformers: %s", self.info.name, refused)
        return encoder, refused is not None

    def quantised(self) -> Encoder:
        """The exported model in int8, which is made if need be. Raises ModelError where it cannot be had."""
        with self._lock:
            if self._in_int8 is None:
                self._in_int8 = quantised_encoder(self.info, self._folder, self._cache, self.encoder())
            return self._in_int8

    def _load(self) -> Any:
        if self._loaded is None:
            try:
                self._loaded = _load_weights(self._folder)
            except Exception as error:  # a broken folder fails in any way, by whichever library reads it
                reason = " ".join(f"{type(error).__name__}: {error}".split())[:300]
                raise ModelError(str(self._folder), f"it cannot be loaded ({reason}); is the folder whole?") from error
        return self._loaded

    def _exported_shape(self, key: str) -> ModelShape | None:
        spec = read_spec(entry_folder(self._cache, key)) if self._cache else None
        return None if spec is None or spec.refused else ModelShape(spec.dim, spec.max_tokens)

    def _measured(self) -> ModelShape:
        with self._lock:
            model = self._load()
            limit = int(model.max_seq_length or MOST_TOKENS)
            dim = int(self.encode(["a"], is_query=False).shape[1])
            prompts = model.prompts or {}
            prompt = next((prompts[role] for role in ("document", "passage", "corpus") if prompts.get(role)), "")
        taken = self.count_tokens([prompt])[0] - self.count_tokens([""])[0] if prompt else 0
        return ModelShape(dim, max(8, limit - taken))


_loading = threading.Lock()


@lru_cache(maxsize=8)
def _load_embedder(name: str, folder: Path, batch_size: int, cache: Path | None, precision: Precision) -> LocalEmbedder:
    return LocalEmbedder(name, folder, batch_size, cache, precision)


@lru_cache(maxsize=4)
def _model_in(name: str, folder: Path, cache: Path | None) -> _Model:
    return _Model(name, folder, cache)


@lru_cache(maxsize=1)
def _may_have_gpu() -> bool:
    """Whether torch may find an NVIDIA card, told without importing it, which takes seconds."""
    if not Path("/proc/driver/nvidia/version").exists():
        return False
    import importlib.metadata

    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        return not importlib.metadata.version("torch").endswith("+cpu")
    return False


def _load_weights(folder: Path) -> Any:
    from sentence_transformers import SentenceTransformer

    with quiet_and_offline():
        model = SentenceTransformer(str(folder), local_files_only=True, trust_remote_code=False)
    stated = model.max_seq_length
    if stated is not None and stated >= 100_000:  # how tokenizers say that they know of no limit
        model.max_seq_length = MOST_TOKENS
    return model.eval()


@contextmanager
def quiet_and_offline() -> Iterator[None]:
    """No bars, no notes on unused weights, and no request, though the libraries would make some even for a folder."""
    from huggingface_hub import constants
    from transformers.utils import logging as untyped

    logging: Any = untyped
    offline, verbosity = constants.HF_HUB_OFFLINE, logging.get_verbosity()
    constants.HF_HUB_OFFLINE = True
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        constants.HF_HUB_OFFLINE = offline
        logging.set_verbosity(verbosity)


def _encodable(text: str) -> str:
    """`text` without lone surrogates, which a command line can hold and tokenizers refuse."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
