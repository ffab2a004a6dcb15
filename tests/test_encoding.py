"""Texts are embedded in a thread while others are read: each once, in a fixed order, and nothing finished is lost."""

from collections.abc import Sequence

import numpy as np
import pytest

from index.encoding import SLICE_TEXTS, Encoding
from index.types import Vectors
from tests.fake_embedder import HashingEmbedder

TEXTS = [
    f"The harbour office of Merrow counted {'many ' * (number % 7)}boats, {number} in all." for number in range(200)
]


class Failing(HashingEmbedder):
    """Has no more to give after so many slices."""

    def __init__(self, slices: int, error: BaseException) -> None:
        super().__init__()
        self._slices, self._error = slices, error

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Raise the error instead of the slice after the last."""
        if self.calls == self._slices:
            raise self._error
        return super().encode_documents(texts)


def test_every_text_gets_its_own_vector_the_longest_first() -> None:
    """However it is sliced, a text's vector is that which it gets alone, and slices hold texts of like length."""
    embedder = HashingEmbedder()
    encoding = Encoding(embedder, TEXTS)
    found = list(encoding.rest())
    assert encoding.is_taken
    assert sorted(text for part, _ in found for text in part) == sorted(TEXTS)
    for part, vectors in found:
        np.testing.assert_array_equal(vectors, HashingEmbedder().encode_documents(part))
    tokens = embedder.count_tokens([text for part, _ in found for text in part])
    assert tokens == sorted(tokens, reverse=True)
    assert [len(part) for part, _ in found] == [SLICE_TEXTS] * 3 + [200 - 3 * SLICE_TEXTS]


def test_nothing_to_embed_calls_no_model() -> None:
    """An empty lot is finished before it begins."""
    embedder = HashingEmbedder()
    encoding = Encoding(embedder, [])
    assert encoding.is_taken
    assert list(encoding.rest()) == []
    assert embedder.calls == 0


@pytest.mark.parametrize("error", [RuntimeError("no memory"), KeyboardInterrupt()], ids=["failure", "interruption"])
def test_what_the_model_raises_is_raised_where_vectors_are_taken(error: BaseException) -> None:
    """After what it had finished: that is still to be had."""
    rest = Encoding(Failing(2, error), TEXTS).rest()
    assert [len(next(rest)[0]) for _ in range(2)] == [SLICE_TEXTS] * 2
    with pytest.raises(type(error)):
        next(rest)


def test_a_run_that_is_stopped_keeps_what_is_finished() -> None:
    """Neither an error nor the slices that were not begun are waited for."""
    encoding = Encoding(Failing(2, RuntimeError("no memory")), TEXTS)
    encoding.stop()
    finished = [part for part, _ in encoding.finished()]
    assert len(finished) <= 2
    assert all(len(part) == SLICE_TEXTS for part in finished)
    assert list(encoding.finished()) == []
