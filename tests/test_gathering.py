"""Questions that come together are encoded together, and each gets what it would have got alone."""

import threading
from collections.abc import Sequence

import numpy as np
import pytest

from index.embedder import load_embedder
from index.encoder import QUESTION_SPREAD
from index.errors import BadVectorError
from index.settings import DEFAULT_MODEL, IndexSettings
from index.types import Vectors
from search.gathering import MOST, Gathering, _Asked
from search.settings import load_settings
from search.vectors import QueryVectors
from tests.fake_embedder import HashingEmbedder

WAIT = 60.0
BAD = "bad"


class Held:
    """Encodes, but only once it is let; knows what was asked at once."""

    def __init__(self) -> None:
        self.model = HashingEmbedder()
        self.batches: list[list[str]] = []
        self.begun, self.let = threading.Semaphore(0), threading.Semaphore(0)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Float32 (n, dim). Raises BadVectorError where the bad text is among them."""
        self.batches.append(list(texts))
        self.begun.release()
        assert self.let.acquire(timeout=WAIT)
        if BAD in texts:
            raise BadVectorError("hashing", "it was told to fail")
        return self.model.encode_queries(texts)


def asked_while_busy(texts: Sequence[str]) -> tuple[list[list[str]], dict[str, object]]:
    """Ask one text, and while it is encoded the others; give the batches, and what came of each text."""
    held, found = Held(), dict[str, object]()
    gathering = Gathering(held.encode)

    def ask(text: str) -> None:
        try:
            found[text] = gathering.vector(text)
        except BadVectorError as error:
            found[text] = error

    first = threading.Thread(target=ask, args=("first",))
    first.start()
    assert held.begun.acquire(timeout=WAIT)
    others = [threading.Thread(target=ask, args=(text,)) for text in texts]
    for number, thread in enumerate(others, 1):
        thread.start()
        while len(gathering._waiting) < number:
            pass
    for _ in range(3 * len(texts)):
        held.let.release()
    for thread in [first, *others]:
        thread.join(WAIT)
    return held.batches, found


def test_whoever_comes_alone_is_encoded_alone_and_at_once() -> None:
    """Nothing waits for company."""
    held = Held()
    held.let.release()
    np.testing.assert_array_equal(Gathering(held.encode).vector("ferry"), HashingEmbedder().encode_query("ferry"))
    assert held.batches == [["ferry"]]


def test_those_who_come_while_one_is_encoded_go_next_together() -> None:
    """Each gets its own vector."""
    texts = [f"ferry {number}" for number in range(5)]
    batches, found = asked_while_busy(texts)
    assert batches == [["first"], texts]
    for text in texts:
        np.testing.assert_array_equal(found[text], HashingEmbedder().encode_query(text))


@pytest.mark.parametrize("cores", [1, 2])
@pytest.mark.parametrize("count", [1, 3, 4, 9])
def test_texts_of_one_question_come_in_their_order(monkeypatch: pytest.MonkeyPatch, cores: int, count: int) -> None:
    """On one core or two, each text gets its own vector."""
    monkeypatch.setattr("index.beside.cores", lambda: cores)
    texts = [f"ferry {number}" for number in range(count)]
    model = HashingEmbedder()
    np.testing.assert_array_equal(Gathering(model.encode_queries).vectors(texts), model.encode_queries(texts))


def test_a_question_that_is_known_is_not_encoded_again() -> None:
    """Alone or among others, in whatever order; what is asked for twice at once is encoded once."""
    encoded: list[str] = []

    class Noting(HashingEmbedder):
        """Notes what it encodes."""

        def encode_queries(self, texts: Sequence[str]) -> Vectors:
            encoded.extend(texts)
            return super().encode_queries(texts)

    model = Noting()
    vectors = QueryVectors("library", lambda info: model)
    vectors.vector(model.info, "ferry")
    found = vectors.vectors(model.info, ["orchard", "ferry", "orchard", "roof"])
    np.testing.assert_array_equal(found, HashingEmbedder().encode_queries(["orchard", "ferry", "orchard", "roof"]))
    np.testing.assert_array_equal(vectors.vector(model.info, "roof"), found[3])
    assert sorted(encoded) == ["ferry", "orchard", "roof"]
    assert vectors.vectors(model.info, []) == []


def test_more_than_fit_go_in_turns() -> None:
    """Nobody is forgotten, and the order stays."""
    texts = [f"ferry {number}" for number in range(MOST + 3)]
    batches, found = asked_while_busy(texts)
    assert batches == [["first"], texts[:MOST], texts[MOST:]]
    assert len(found) == len(texts) + 1


def test_a_text_that_fails_fails_for_nobody_else() -> None:
    """The others are encoded again without it."""
    batches, found = asked_while_busy(["ferry", BAD, "orchard"])
    assert batches == [["first"], ["ferry", BAD, "orchard"], ["ferry"], [BAD], ["orchard"]]
    assert isinstance(found[BAD], BadVectorError)
    np.testing.assert_array_equal(found["orchard"], HashingEmbedder().encode_query("orchard"))


def test_the_next_one_is_encoded_after_a_failure() -> None:
    """A failure leaves nothing behind."""
    held = Held()
    gathering = Gathering(held.encode)
    held.let.release(2)
    with pytest.raises(BadVectorError):
        gathering.vector(BAD)
    assert gathering.vector("ferry").shape == (64,)


def test_an_interruption_leaves_nobody_waiting() -> None:
    """Whoever encodes for others is sent away alone; they, and whoever comes later, get their vectors."""
    held, found = Held(), dict[str, object]()

    def interrupted(texts: Sequence[str]) -> Vectors:
        if texts[0] == "interrupted":
            raise KeyboardInterrupt
        return held.encode(texts)

    gathering = Gathering(interrupted)

    def ask(text: str) -> None:
        try:
            found[text] = gathering.vector(text)
        except KeyboardInterrupt as error:
            found[text] = error

    threads = [threading.Thread(target=ask, args=(text,)) for text in ("first", "interrupted", "ferry", "orchard")]
    for number, thread in enumerate(threads):
        thread.start()
        if number == 0:
            assert held.begun.acquire(timeout=WAIT)
        while len(gathering._waiting) < number:
            pass
    held.let.release(2)
    for thread in threads:
        thread.join(WAIT)
    assert isinstance(found["interrupted"], KeyboardInterrupt)
    assert held.batches == [["first"], ["ferry", "orchard"]]
    np.testing.assert_array_equal(found["orchard"], HashingEmbedder().encode_query("orchard"))
    held.let.release()
    assert gathering.vector("late").shape == (64,)


def test_whoever_stops_waiting_is_passed_over() -> None:
    """An interruption while others are encoded takes one out of the row, also when it was its turn."""
    gathering = Gathering(HashingEmbedder().encode_queries)
    gone, other = _Asked("gone"), _Asked("other")
    gathering._waiting, gathering._leader = [gone, other], gone
    gathering._leave(gone)
    assert (gathering._leader, gathering._waiting, other.turn.is_set()) == (other, [other], True)
    gathering._leave(other)
    assert gathering.vector("ferry").shape == (64,)


@pytest.mark.model
def test_what_shares_its_batch_does_not_move_a_bit_of_a_questions_vector() -> None:
    """The same question is answered the same, to the last digit of a score, however many ask beside it."""
    settings: IndexSettings = load_settings()[0].indexing
    model = load_embedder(DEFAULT_MODEL, cache=settings.cache)
    question = "When will the old ferry between the two small harbours of Tolm and Verrin be sold, and to whom then?"
    words = question.split()
    texts = ["", *(" ".join(words[:count]) for count in range(1, 20)), " ".join(words * 12), " ".join(words * 40)]
    alone = np.stack([model.encode_query(text) for text in texts])
    np.testing.assert_array_equal(model.encode_queries(texts), alone)
    np.testing.assert_array_equal(model.encode_queries(texts[::-1])[::-1], alone)
    np.testing.assert_array_equal(model.encode_queries([texts[7], *texts[3:12]])[0], alone[7])
    for place in range(1, 20):
        # Padded by one token more each time, and so by as many as there may be.
        for longer in texts[place + 1 : place + QUESTION_SPREAD + 1]:
            np.testing.assert_array_equal(model.encode_queries([longer, texts[place]])[1], alone[place])
