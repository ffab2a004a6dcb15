"""A question that is announced is encoded before whoever asks it needs its vector, and once."""

import threading
import time
from collections.abc import Sequence

import numpy as np
import pytest

from index import beside
from index.types import Vectors
from search import vectors
from search.vectors import QueryVectors
from tests.fake_embedder import HashingEmbedder

WAIT = 20.0


class Noting(HashingEmbedder):
    """Notes what it encodes, and in which thread."""

    def __init__(self, dim: int = 64) -> None:
        super().__init__(dim)
        self.noted, self.begun = dict[str, int](), threading.Event()

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """As usual; each text is expected once."""
        for text in texts:
            assert text not in self.noted
            self.noted[text] = threading.get_ident()
        self.begun.set()
        return super().encode_queries(texts)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Noting:
    """A model, where a core is free."""
    monkeypatch.setattr(beside, "cores", lambda: 2)
    return Noting()


def test_what_is_expected_is_encoded_by_another_thread_before_it_is_asked_for(model: Noting) -> None:
    """And not again, when it is: nor is what was asked for before."""
    asked = QueryVectors("library", lambda _: model)
    asked.vector(model.info, "ferry")
    asked.encoding(model.info, "ferry").result()
    model.begun.clear()
    asked.expect("orchard")
    assert model.begun.wait(WAIT)
    with asked.encoding(model.info, "orchard") as encoding:
        np.testing.assert_array_equal(encoding.result(), HashingEmbedder().encode_queries(["orchard"])[0])
    asked.expect("orchard")
    asked.expect("ferry")
    assert model.noted["orchard"] != threading.get_ident()


def test_nothing_is_encoded_ahead_before_it_is_known_by_which_model(model: Noting) -> None:
    """The first question tells; it loads the model, too, which nobody else is to do."""
    asked = QueryVectors("library", lambda _: model)
    asked.expect("ferry")
    assert not model.noted
    with asked.encoding(model.info, "ferry") as encoding:
        encoding.result()
    assert list(model.noted) == ["ferry"]


def test_what_another_model_encoded_ahead_is_of_no_use(model: Noting) -> None:
    """A library may be made anew with another model between two questions."""
    newer = Noting(dim=32)
    asked = QueryVectors("library", lambda wanted: model if wanted == model.info else newer)
    asked.encoding(model.info, "ferry").result()
    asked.expect("orchard")
    with asked.encoding(newer.info, "orchard") as encoding:
        encoding.result()
    assert list(newer.noted) == ["orchard"]


def test_where_no_core_is_free_whoever_asks_encodes(model: Noting) -> None:
    """What is expected waits for nobody, and is encoded when it is needed."""
    asked = QueryVectors("library", lambda _: model)
    asked.encoding(model.info, "ferry").result()
    with beside.Beside(lambda: None), asked.encoding(model.info, "tram") as encoding:
        thread = threading.Thread(target=asked.expect, args=("orchard",))
        thread.start()
        thread.join(WAIT)
        encoding.result()
        assert "orchard" not in model.noted
        asked.encoding(model.info, "orchard").result()
    assert model.noted["orchard"] == threading.get_ident()


def test_what_is_expected_and_never_asked_for_is_forgotten(model: Noting, monkeypatch: pytest.MonkeyPatch) -> None:
    """Clients leave, and questions are refused: what was begun for them is not kept for good."""
    monkeypatch.setattr(vectors, "_EXPECTED", 4)
    asked = QueryVectors("library", lambda _: model)
    asked.encoding(model.info, "ferry").result()
    for number in range(20):
        asked.expect(f"question {number}")
    assert len(asked._expected) == 4


def test_what_failed_before_anybody_asked_is_tried_again(model: Noting, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who announced it was sent away; a failure that passed is not kept for whoever asks the same later."""
    asked = QueryVectors("library", lambda _: model)
    asked.encoding(model.info, "ferry").result()
    with monkeypatch.context() as patched:
        patched.setattr(asked, "vector", lambda info, text: 1 // 0)
        asked.expect("orchard")
        expected = asked._expected[model.info.key, "orchard"]
        while not expected.has_failed:
            time.sleep(0.001)
    with asked.encoding(model.info, "orchard") as encoding:
        np.testing.assert_array_equal(encoding.result(), HashingEmbedder().encode_queries(["orchard"])[0])
