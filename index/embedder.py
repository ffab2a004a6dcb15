"""sentence-transformers: texts to unit vectors; the only file that imports it, and only when it encodes."""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from index.errors import BadVectorError, ModelError
from index.model_files import MOST_TOKENS, ModelShape, model_folder, model_key, model_shape
from index.types import ModelInfo, Vectors

if TYPE_CHECKING:
    from tokenizers import Tokenizer


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


class SentenceTransformerEmbedder:
    """A sentence-transformers model in a local folder, with its own prompts, pooling and input length.

    The weights are loaded when the first text is encoded; one lock keeps calls of the model apart.
    """

    def __init__(self, name: str, folder: Path, batch_size: int = 16) -> None:
        self._model = _model_in(folder)
        self._batch_size = batch_size
        shape = self._model.shape()
        self._info = ModelInfo(name=name, key=model_key(folder), dim=shape.dim, max_tokens=shape.max_tokens)

    @property
    def info(self) -> ModelInfo:
        """The key follows the files' contents and their way of use, not the name."""
        return self._info

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens the model makes of each text, special ones included, before any cutting."""
        return self._model.count_tokens([_encodable(text) for text in texts])

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Float32 (n, dim), unit length, in the order given. Raises ModelError, BadVectorError.

        Texts of like length share a batch, as padding costs as much as text. Between batches the
        model is let go, so that a query need not wait for a whole pile of documents.
        """
        vectors = np.empty((len(texts), self._info.dim), dtype=np.float32)
        by_length = sorted(range(len(texts)), key=lambda place: (-len(texts[place]), place))
        for first in range(0, len(texts), self._batch_size):
            places = by_length[first : first + self._batch_size]
            batch = self._model.encode([_encodable(texts[place]) for place in places], is_query=False)
            vectors[places] = check_vectors(batch, len(places), self._info)
        return vectors

    def encode_query(self, text: str) -> npt.NDArray[np.float32]:
        """Float32 (dim,), unit length. Raises ModelError, BadVectorError."""
        vector: npt.NDArray[np.float32] = check_vectors(
            self._model.encode([_encodable(text)], is_query=True), 1, self._info
        )[0]
        return vector


def load_embedder(name: str, batch_size: int = 16) -> Embedder:
    """Give the model called `name`: a pip package that holds one, a folder, or a hub name (`OWNER/NAME`).

    Only a hub name that is not cached yet touches the network. The same name and batch size give
    the same object. Raises ModelError when it is missing, broken or not the file it should be.
    """
    with _loading:
        return _load_embedder(name, model_folder(name), batch_size)


def check_vectors(vectors: npt.NDArray[Any], n: int, info: ModelInfo) -> Vectors:
    """`vectors` as float32 (n, dim) of unit length.

    Raises BadVectorError for another shape, and for a vector that is NaN, infinite or all zero.
    """
    found = np.asarray(vectors)
    if found.shape != (n, info.dim):
        raise BadVectorError(info.name, f"it returned vectors of shape {found.shape} instead of {(n, info.dim)}")
    wide = found.astype(np.float64)
    finite = np.isfinite(wide).all(axis=1)
    if not finite.all():
        raise BadVectorError(info.name, f"vector {int(np.argmin(finite))} of {n} holds NaN or infinity")
    norms = np.linalg.norm(wide, axis=1)
    if not norms.all():
        raise BadVectorError(info.name, f"vector {int(np.argmin(norms))} of {n} is all zero")
    return np.ascontiguousarray(wide / norms[:, None], dtype=np.float32)


class _Model:
    """The weights and the tokenizer of one folder, each loaded when first needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.RLock()
        self._loaded: Any = None
        self._tokenizer = _load_tokenizer(folder)

    def shape(self) -> ModelShape:
        """Read from the files; only a model they don't describe is loaded and asked."""
        return model_shape(self._folder) or self._measured()

    def count_tokens(self, texts: list[str]) -> list[int]:
        if self._tokenizer is not None:
            return [len(encoding.ids) for encoding in self._tokenizer.encode_batch_fast(texts)]
        with self._lock:
            return [len(self._load().tokenizer(text)["input_ids"]) for text in texts]

    def encode(self, texts: list[str], is_query: bool) -> npt.NDArray[Any]:
        """One batch through the model, by its prompt for queries or the one for documents."""
        with self._lock:
            model = self._load()
            encode = model.encode_query if is_query else model.encode_document
            encoded: npt.NDArray[Any] = encode(
                texts, batch_size=max(1, len(texts)), show_progress_bar=False, convert_to_numpy=True
            )
        return encoded

    def _load(self) -> Any:
        if self._loaded is None:
            try:
                self._loaded = _load_weights(self._folder)
            except Exception as error:  # a broken folder fails in any way, by whichever library reads it
                reason = " ".join(f"{type(error).__name__}: {error}".split())[:300]
                raise ModelError(str(self._folder), f"it cannot be loaded ({reason}); is the folder whole?") from error
        return self._loaded

    def _measured(self) -> ModelShape:
        with self._lock:
            model = self._load()
            stated = model.max_seq_length
            limit = int(stated) if stated and stated < 100_000 else MOST_TOKENS
            if limit != stated and stated is not None:
                model.max_seq_length = limit
            dim = int(self.encode(["a"], is_query=False).shape[1])
            prompts = model.prompts or {}
            prompt = next((prompts[role] for role in ("document", "passage", "corpus") if prompts.get(role)), "")
        taken = self.count_tokens([prompt])[0] - self.count_tokens([""])[0] if prompt else 0
        return ModelShape(dim, max(8, limit - taken))


_loading = threading.Lock()


@lru_cache(maxsize=8)
def _load_embedder(name: str, folder: Path, batch_size: int) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(name, folder, batch_size)


@lru_cache(maxsize=4)
def _model_in(folder: Path) -> _Model:
    return _Model(folder)


def _load_tokenizer(folder: Path) -> "Tokenizer | None":
    """Read the tokenizer without its model's cutting and padding; None where only the model can make it."""
    file = folder / "tokenizer.json"
    if not file.is_file():
        return None
    # Otherwise the library warns on stderr whenever a process that has used it forks.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(file))
    except Exception as error:  # the library raises bare Exception for a file it cannot read
        raise ModelError(str(folder), f"its tokenizer.json cannot be read ({error})") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _load_weights(folder: Path) -> Any:
    from sentence_transformers import SentenceTransformer

    with _quiet_and_offline():
        model = SentenceTransformer(str(folder), local_files_only=True, trust_remote_code=False)
    return model.eval()


@contextmanager
def _quiet_and_offline() -> Iterator[None]:
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
