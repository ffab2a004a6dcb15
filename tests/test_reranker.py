"""The optional reranker: a CrossEncoder made here with random weights, saved, and loaded by the real code."""

import json
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from index.errors import ModelError
from index.library import open_library
from index.types import Filters
from search import engine
from search.engine import Engine
from search.reranker import DEPTH, MOST_WAITING, CrossEncoderReranker, RestingReranker, load_reranker
from search.settings import Settings
from search.types import Query
from search.web.app import create_app
from tests.fake_embedder import HashingEmbedder
from tests.small_library import ARTICLES, article, make_library
from tests.web_client import BASE

WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "the",
    "of",
    "ferry",
    "harbour",
    "board",
    "roof",
    "frost",
    "boat",
]


def _make_model(folder: Path, labels: int = 1) -> Path:
    """Save a tiny model; its weights are random but the same at every run."""
    import torch
    import transformers as untyped

    transformers: Any = untyped

    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    config = transformers.BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
        num_labels=labels,
        initializer_range=1.0,
    )
    with torch.random.fork_rng():
        torch.manual_seed(11)
        transformers.BertForSequenceClassification(config).save_pretrained(folder)
    transformers.BertTokenizerFast(
        vocab={word: place for place, word in enumerate(WORDS)}, model_max_length=64
    ).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A CrossEncoder with one output."""
    return _make_model(tmp_path_factory.mktemp("reranker") / "model")


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory, model: Path) -> Iterator[tuple[Engine, Engine]]:
    """Two engines over one library: without and with the reranker."""
    more = [article(f"boat{i}", f"The boat number {i} of the harbour board left on day {i}.") for i in range(70)]
    library = make_library(tmp_path_factory.mktemp("reranked") / "library", [*ARTICLES, *more])
    plain, reranked = (
        Engine(library, Settings(reranker=name), lambda info: HashingEmbedder()) for name in (None, str(model))
    )
    yield plain, reranked
    library.close()


def test_scores_are_those_of_the_pairs_alone(model: Path) -> None:
    """A passage's score follows the question and its own text, not its company or place."""
    reranker = CrossEncoderReranker(str(model))
    texts = ["the ferry", "roof of the harbour " * 60, "frost", "the boat of the board"]
    together = reranker.scores("harbour ferry", texts)
    alone = [reranker.scores("harbour ferry", [text])[0] for text in texts]
    assert together == pytest.approx(alone, abs=2e-4)
    assert len(set(together)) > 1
    assert all(0 < score < 1 for score in together)
    assert reranker.scores("boat", texts) != together
    assert reranker.scores("harbour ferry", []) == []


@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
def test_the_order_is_the_rerankers(engines: tuple[Engine, Engine], model: Path, mode: str) -> None:
    """The same first passages come in the order of the model's scores, ties by id, the same at every run."""
    plain, reranked = engines
    query = Query("the boat of the harbour board", 20, mode)  # type: ignore[arg-type]  # the three modes
    before = plain.search(replace(query, k=DEPTH)).passages
    after = reranked.search(query).passages
    texts = [f"{one.document.title}\n{one.text}" if one.document.title else one.text for one in before]
    scores = CrossEncoderReranker(str(model)).scores(query.text, texts)
    expected = sorted(zip(scores, [one.id for one in before], strict=True), key=lambda pair: (-pair[0], pair[1]))
    assert [(one.score, one.id) for one in after] == expected[:20]
    assert [one.id for one in after] != [one.id for one in before[:20]]
    assert reranked.search(query).passages == after


def test_what_stands_behind_keeps_its_order(engines: tuple[Engine, Engine]) -> None:
    """Only the first passages are read again; the others follow, nothing is lost, scores fall."""
    plain, reranked = engines
    query = Query("boat of the harbour board", 80, collapse=False)
    before, after = plain.search(query).passages, reranked.search(query).passages
    assert len(after) == len(before) == 80
    assert {one.id for one in after[:DEPTH]} == {one.id for one in before[:DEPTH]}
    assert [one.id for one in after[DEPTH:]] == [one.id for one in before[DEPTH:]]
    assert [one.score for one in after] == sorted((one.score for one in after), reverse=True)


def test_filters_and_folding_hold(engines: tuple[Engine, Engine]) -> None:
    """A reranker sees only what the filters leave, and copies stay folded."""
    _, reranked = engines
    filtered = reranked.search(Query("ferry", 10, filters=Filters(source="Tolm Gazette"))).passages
    assert {one.document.id for one in filtered} == {"ferry", "orchard"}
    folded = reranked.search(Query("harbour board of Tolm voted to end the ferry service", 80)).passages
    wire = [one for one in folded if one.document.id in ("wire", "wire-copy")]
    assert len(wire) == 1
    assert len(wire[0].duplicates) == 1


def test_ask_and_http_use_it(engines: tuple[Engine, Engine]) -> None:
    """The passages beside an answer, and those of the HTTP service, are in the reranker's order."""
    _, reranked = engines
    question = "the boat of the harbour board"
    expected = [one.id for one in reranked.search(Query(question)).passages]
    assert [one.id for one in reranked.ask(Query(question)).passages] == expected
    with TestClient(create_app(reranked, Settings()), base_url=BASE) as client:
        found = client.get("/search", params={"q": question}).json()
    assert [one["id"] for one in found["passages"]] == expected


def test_none_is_the_default(model: Path) -> None:
    """Without a name there is no reranker, and nothing is loaded before the first question."""
    assert load_reranker(None, open_library("nowhere")) is None
    assert Settings().reranker is None
    assert load_reranker(str(model), open_library("nowhere")) is not None


def _copy(model: Path, folder: Path, *without: str) -> Path:
    folder.mkdir()
    for file in model.iterdir():
        if file.name not in without:
            (folder / file.name).write_bytes(file.read_bytes())
    return folder


def _say(folder: Path, **config: object) -> Path:
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | config))
    return folder


def _bare(model: Path, folder: Path) -> Path:
    """The same settings over the weights of an encoder alone."""
    import transformers as untyped

    transformers: Any = untyped
    _copy(model, folder, "model.safetensors")
    settings = (folder / "config.json").read_bytes()
    transformers.BertModel(transformers.BertConfig.from_pretrained(folder)).save_pretrained(folder)
    (folder / "config.json").write_bytes(settings)
    return folder


def test_what_is_no_reranker_says_so_before_it_reads(model: Path, tmp_path: Path) -> None:
    """What names and settings tell is told when it is named, without loading anything: one line, with the folder."""
    file, empty = tmp_path / "file", tmp_path / "empty"
    file.write_text("no model")
    empty.mkdir()
    broken = _copy(model, tmp_path / "config")
    (broken / "config.json").write_text("{")
    for name, told in (
        (tmp_path / "nowhere", "no such package or folder"),
        (tmp_path, "holds no"),
        (file, "is a file"),
        (empty, "is empty"),
        (broken, "not valid JSON"),
        (_copy(model, tmp_path / "unset", "config.json"), "no config.json"),
        (_copy(model, tmp_path / "weightless", "model.safetensors"), "no weights"),
        (_copy(model, tmp_path / "wordless", "tokenizer.json", "vocab.txt"), "no tokenizer"),
        (_say(_copy(model, tmp_path / "other"), architectures=["BertModel"]), "another kind of model"),
        (_make_model(tmp_path / "three", labels=3), "3 scores"),
    ):
        with pytest.raises(ModelError) as caught:
            CrossEncoderReranker(str(name))
        assert told in str(caught.value)
        assert str(name) in str(caught.value)
        assert "--reranker" in str(caught.value)
        assert "\n" not in str(caught.value)


def test_weights_that_are_not_there_are_not_made_up(model: Path, tmp_path: Path) -> None:
    """A bare encoder, a damaged file, a tokenizer without words: each fails when it is loaded, and names its folder."""
    damaged = _copy(model, tmp_path / "damaged")
    (damaged / "model.safetensors").write_bytes((model / "model.safetensors").read_bytes()[:200])
    wordless = _copy(model, tmp_path / "wordless", "tokenizer.json", "tokenizer_config.json")
    (wordless / "vocab.txt").write_text("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n")
    for folder, told in (
        (_bare(model, tmp_path / "bare"), "lack 2 of the model's parts (classifier.bias, classifier.weight)"),
        (damaged, "cannot be loaded"),
        (wordless, "knows no words"),
    ):
        for use in (CrossEncoderReranker.load, lambda one: one.scores("ferry", ["boat"])):
            with pytest.raises(ModelError) as caught:
                use(CrossEncoderReranker(str(folder)))
            assert told in str(caught.value)
            assert str(folder) in str(caught.value)


def test_a_server_is_not_ready_without_its_reranker(model: Path, tmp_path: Path) -> None:
    """Also where no passage is found that it would read: what it lacks is known before the first question."""
    bare = _bare(model, tmp_path / "bare")
    library = make_library(tmp_path / "library")
    engine = Engine(library, Settings(reranker=str(bare)), lambda info: HashingEmbedder())
    with pytest.raises(ModelError, match="lack 2"):
        engine.warm()
    with TestClient(create_app(engine, Settings()), base_url=BASE) as client:
        told = client.get("/search", params={"q": "ferry"})
        assert (told.status_code, "lack 2" in told.json()["detail"]) == (500, True)
    with pytest.raises(ModelError, match="no such package or folder"):
        Engine(library, Settings(reranker=str(tmp_path / "gone")), lambda info: HashingEmbedder())


def test_whoever_waits_for_the_reranker_keeps_nobody_from_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With as many searches read again as there are connections, lists are still given; then all searches end."""
    monkeypatch.setattr("index.store.connections._MOST", 2)
    reading, is_let = threading.Semaphore(0), threading.Event()

    class Slow:
        def __init__(self, name: str) -> None:
            self._name = name

        def scores(self, question: str, texts: list[str]) -> list[float]:
            reading.release()
            assert is_let.wait(60)
            return [0.5] * len(texts)

    monkeypatch.setattr("search.reranker.CrossEncoderReranker", Slow)
    engine = Engine(make_library(tmp_path), Settings(reranker="slow"), lambda info: HashingEmbedder())
    with ThreadPoolExecutor(4) as threads:
        searches = [threads.submit(engine.search, Query("ferry", k=1)) for _ in range(3)]
        try:
            assert all(reading.acquire(timeout=30) for _ in searches)
            assert threads.submit(engine.documents, Filters()).result(timeout=30).total == len(ARTICLES)
        finally:
            is_let.set()
        assert [len(one.result(timeout=30).passages) for one in searches] == [1, 1, 1]
    engine.close()


class SlowReranker:
    """Reads for one question at a time, and not before it may."""

    def __init__(self) -> None:
        self.may_read = threading.Event()
        self._lock = threading.Lock()

    def load(self) -> None:
        """There is nothing to load."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """The texts in the order given."""
        with self._lock:
            assert self.may_read.wait(30)
            return [1 / (1 + place) for place, _ in enumerate(texts)]


def test_more_questions_than_a_reranker_can_serve_are_turned_away_and_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 60 that come at once those are answered that are with it; others get 503 with Retry-After, lists go on."""
    library, slow = make_library(tmp_path / "library"), SlowReranker()
    monkeypatch.setattr(engine, "load_reranker", lambda name, library: RestingReranker(slow, library))
    settings = Settings(library=str(tmp_path / "library"))
    asking = Engine(library, settings, lambda info: HashingEmbedder())
    slow.may_read.set()
    with TestClient(create_app(asking, settings), base_url=BASE) as client, ThreadPoolExecutor(60) as pool:
        # The server's own first question is with it, too.
        while client.get("/readyz").status_code != 200:
            time.sleep(0.01)
        slow.may_read.clear()
        sent = [pool.submit(client.get, "/search", params={"q": f"the harbour board {n}"}) for n in range(60)]
        # Whoever is not with it is told so at once: nobody has been read for yet.
        turned = [one.result() for one in islice(as_completed(sent, 30), 60 - MOST_WAITING)]
        assert {one.status_code for one in turned} == {503}
        assert all(int(one.headers["Retry-After"]) > 0 for one in turned)
        assert client.get("/statements").status_code == client.get("/healthz").status_code == 200
        slow.may_read.set()
        assert [one.result().status_code for one in sent].count(200) == MOST_WAITING
        assert client.get("/search", params={"q": "the harbour board"}).status_code == 200
