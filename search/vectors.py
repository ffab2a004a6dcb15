"""Questions to vectors: the model a library was made with, loaded once, and the last questions kept."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial

from index.beside import Beside
from index.embedder import Embedder, load_embedder
from index.errors import ModelMismatchError
from index.settings import IndexSettings
from index.types import ModelInfo
from search.gathering import Gathering, Vector
from search.stages import Observer, Unobserved, timed

CACHED = 4096
"""So many vectors are kept, 1.5 KB each with 384 dimensions: those of questions, and of a dozen statements of each for
somebody's words. The next question for the same speaker's often compares the same statements."""
_EXPECTED = 32
"""So many questions may be announced at once; more come only where no core is free for them."""


def loader(settings: IndexSettings) -> Callable[[ModelInfo], Embedder]:
    """A way to load the model that a library names."""
    return lambda info: load_embedder(info.name, settings.batch_size, settings.cache)


class QueryVectors:
    """Gives vectors of questions; safe to call from many threads. Those that come together are encoded together."""

    def __init__(
        self, library: str, embedder_for: Callable[[ModelInfo], Embedder], observer: Observer | None = None
    ) -> None:
        self._library, self._embedder_for = library, embedder_for
        self._observer = observer or Unobserved()
        self._loading = threading.Lock()
        self._models: dict[str, Gathering] = {}
        self._last: ModelInfo | None = None
        self._expected: dict[tuple[str, str], Beside[Vector]] = {}
        self._cache_lock = threading.Lock()
        self._cache: OrderedDict[tuple[str, str], Vector] = OrderedDict()

    def expect(self, text: str) -> None:
        """Have a text encoded that is about to be asked for, if a core is free: by the model asked for last."""
        with self._cache_lock:
            info = self._last
            if info is None or (info.key, text) in self._cache or (info.key, text) in self._expected:
                return
            encoding = self._expected[info.key, text] = Beside(partial(self.vector, info, text))
            # Who announced a question may have been sent away before asking it.
            if len(self._expected) > _EXPECTED:
                self._expected.pop(next(iter(self._expected)))
        encoding.begin()

    def encoding(self, info: ModelInfo, text: str) -> Beside[Vector]:
        """What gives the vector of a text, begun already where it was expected; it raises what `vector` raises."""
        with self._cache_lock:
            self._last = info
            begun = self._expected.pop((info.key, text), None)
        if begun is None or begun.has_failed:  # who asks for it now may have more luck
            return Beside(partial(self.vector, info, text))
        return begun

    def vector(self, info: ModelInfo, text: str) -> Vector:
        """Float32 (dim,), unit length. Raises ModelError, ModelMismatchError, BadVectorError."""
        known = self._known(info, text)
        if known is not None:
            return known
        with timed(self._observer, "encode"):
            made = self._model(info).vector(text)
        self._keep(info, [text], [made])
        return made

    def vectors(self, info: ModelInfo, texts: Sequence[str]) -> list[Vector]:
        """Of each text what `vector` gives, to the last bit; those that are not known are encoded together."""
        found = {text: self._known(info, text) for text in texts}
        missing = [text for text, vector in found.items() if vector is None]
        if missing:
            with timed(self._observer, "encode"):
                made = list(self._model(info).vectors(missing))
            self._keep(info, missing, made)
            found |= dict(zip(missing, made, strict=True))
        return [vector for text in texts if (vector := found[text]) is not None]

    def _known(self, info: ModelInfo, text: str) -> Vector | None:
        key = (info.key, text)
        with self._cache_lock:
            known = self._cache.get(key)
            if known is not None:
                self._cache.move_to_end(key)
        self._observer.query_vector(is_known=known is not None)
        return known

    def _keep(self, info: ModelInfo, texts: Sequence[str], made: Sequence[Vector]) -> None:
        with self._cache_lock:
            self._cache.update(((info.key, text), vector) for text, vector in zip(texts, made, strict=True))
            while len(self._cache) > CACHED:
                self._cache.popitem(last=False)

    def _model(self, info: ModelInfo) -> Gathering:
        with self._loading:
            if info.key not in self._models:
                embedder = self._embedder_for(info)
                if embedder.info.key != info.key:
                    raise ModelMismatchError(self._library, f"{info.name} ({info.key})", embedder.info.name)
                self._models[info.key] = Gathering(embedder.encode_queries)
            return self._models[info.key]
