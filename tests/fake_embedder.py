"""A deterministic stand-in for a model: bags of hashed words, so that texts sharing words are near."""

import hashlib
import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from index.embedder import check_vectors
from index.types import ModelInfo, Vectors

SPECIAL_TOKENS = 2
"""What a BERT-like model puts around a text, counted by `count_tokens` as the real ones do."""


class HashingEmbedder:
    """Implements `index.embedder.Embedder`; `encoded` lists every document text that was embedded."""

    def __init__(self, dim: int = 64, max_tokens: int = 256, name: str = "hashing") -> None:
        key = hashlib.sha256(f"{name}/{dim}/{max_tokens}".encode()).hexdigest()[:16]
        self._info = ModelInfo(name=name, key=key, dim=dim, max_tokens=max_tokens)
        self.encoded: list[str] = []
        self.queries: list[str] = []
        self.calls = 0

    @property
    def info(self) -> ModelInfo:
        """A key that follows name, dimension and input length."""
        return self._info

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Words and punctuation marks, and two special tokens."""
        return [len(re.findall(r"\w+|[^\w\s]", text)) + SPECIAL_TOKENS for text in texts]

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Float32 (n, dim), unit length, in the order given."""
        self.calls += 1
        self.encoded.extend(texts)
        return self._encode(texts)

    def encode_query(self, text: str) -> npt.NDArray[np.float32]:
        """Float32 (dim,), unit length: the same as for a document with this text."""
        self.calls += 1
        self.queries.append(text)
        vector: npt.NDArray[np.float32] = self._encode([text])[0]
        return vector

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Float32 (n, dim), each as `encode_query` gives it."""
        return np.stack([self.encode_query(text) for text in texts])

    def _encode(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self._info.dim), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()):
                digest = hashlib.sha256(word.encode("utf-8", "surrogatepass")).digest()
                place = int.from_bytes(digest[:8], "little") % self._info.dim
                row[place] += 1.0 if digest[8] % 2 else -1.0
            if not row.any():
                row[0] = 1.0
        return check_vectors(rows, len(texts), self._info)
