"""Questions to vectors: the model a library was made with, loaded once, and the last questions kept."""

import threading
from collections import OrderedDict
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from index.embedder import Embedder, load_embedder
from index.errors import ModelMismatchError
from index.settings import IndexSettings
from index.types import ModelInfo

Vector = npt.NDArray[np.float32]
CACHED = 256


def loader(settings: IndexSettings) -> Callable[[ModelInfo], Embedder]:
    """A way to load the model that a library names."""
    return lambda info: load_embedder(info.name, settings.batch_size, settings.cache)


class QueryVectors:
    """Gives vectors of questions; safe to call from many threads. The model encodes one at a time."""

    def __init__(self, library: str, embedder_for: Callable[[ModelInfo], Embedder]) -> None:
        self._library, self._embedder_for = library, embedder_for
        self._loading = threading.Lock()
        self._embedders: dict[str, Embedder] = {}
        self._cache_lock = threading.Lock()
        self._cache: OrderedDict[tuple[str, str], Vector] = OrderedDict()

    def vector(self, info: ModelInfo, text: str) -> Vector:
        """Float32 (dim,), unit length. Raises ModelError, ModelMismatchError, BadVectorError."""
        key = (info.key, text)
        with self._cache_lock:
            known = self._cache.get(key)
            if known is not None:
                self._cache.move_to_end(key)
                return known
        made = self._embedder(info).encode_query(text)
        with self._cache_lock:
            self._cache[key] = made
            while len(self._cache) > CACHED:
                self._cache.popitem(last=False)
        return made

    def _embedder(self, info: ModelInfo) -> Embedder:
        with self._loading:
            if info.key not in self._embedders:
                embedder = self._embedder_for(info)
                if embedder.info.key != info.key:
                    raise ModelMismatchError(self._library, f"{info.name} ({info.key})", embedder.info.name)
                self._embedders[info.key] = embedder
            return self._embedders[info.key]
