"""The benchmark of large libraries: what it grows is a library, and what it measures is what it says."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks import corpus, grown, scale
from index.library import open_library
from index.settings import IndexSettings
from index.verify import verify
from tests.fake_embedder import HashingEmbedder
from tests.lookups import NOTHING

SENTENCES = [f"Crate {number} of the harbour office went to boat {number % 7} that morning." for number in range(60)]
ASKED = [f"which boat took crate {number}" for number in range(12)]


def pool() -> grown.SentenceSums:
    """A pool of invented sentences."""
    model = HashingEmbedder()
    rows = {sentence: row for row, sentence in enumerate(SENTENCES)}
    return grown.SentenceSums(model, rows, model.encode_documents(SENTENCES))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a library of 120 paragraphs."""
    folder = tmp_path_factory.mktemp("grown")
    grown.grow(folder, 120, pool(), IndexSettings())
    return folder


def test_vector_is_the_sum_of_the_sentences() -> None:
    """A text's vector is that of its lines added up, at unit length, and questions are the model's."""
    embedder = pool()
    first, second = embedder.vectors[3], embedder.vectors[8]
    found = embedder.encode_documents([f"{SENTENCES[3]}\n{SENTENCES[8]}"])[0]
    assert np.allclose(found, (first + second) / np.linalg.norm(first + second))
    assert (embedder.encode_query("crate") == HashingEmbedder().encode_query("crate")).all()


def test_grown_library_is_whole(library: Path) -> None:
    """All stores agree with each other, and the paragraphs are those that were asked for."""
    opened = open_library(library)
    assert verify(opened, pool()).problems == ()
    with opened.snapshot() as snapshot:
        assert snapshot.paragraph_count == 120
        paragraph = snapshot.paragraphs([hit.row for hit in snapshot.lexical(["crate"], 1, NOTHING)])[0]
        assert set(paragraph.text.split("\n")) <= set(SENTENCES)


def test_few_paragraphs_take_few_sentences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Embedding the sentences takes longest: a small library, made to see that everything runs, does with its own."""
    monkeypatch.setattr(scale, "load_embedder", lambda *_, **__: HashingEmbedder())
    monkeypatch.setattr(corpus, "sentences", lambda count: SENTENCES[:count])
    scale.build(tmp_path, 12)
    assert len(np.load(tmp_path / "pool-12.npy")) == 12
    with open_library(tmp_path / "library").snapshot() as snapshot:
        assert snapshot.paragraph_count == 12


def test_recall_is_measured_against_all_vectors(library: Path) -> None:
    """An exact search reaches 1, and one that finds others than the best does not."""
    with open_library(library).snapshot() as snapshot:
        assert scale._recall(snapshot, HashingEmbedder(), ASKED) == 1.0
        best = scale._best_scores(snapshot, np.stack([HashingEmbedder().encode_query(text) for text in ASKED]))
        stored = snapshot.vectors.take(snapshot.searchable_slots())
        exact = np.sort(stored @ HashingEmbedder().encode_query(ASKED[0]))[-10:]
        assert np.allclose(best[0], exact)


def test_sizes_add_up(library: Path) -> None:
    """The bytes a paragraph are those of the parts."""
    rows = {row["measure"]: row["value"] for row in scale._sizes(library)}
    assert rows["paragraphs"] == 120
    parts = [value for name, value in rows.items() if name.startswith("size of ")]
    assert len(parts) == 4
    assert rows["size"] == pytest.approx(sum(parts), abs=2)
    assert rows["size of vectors"] == 2 * 64


def test_latencies_are_those_of_the_questions_asked() -> None:
    """Warming is not measured, and percentiles are of all that was asked."""
    asked: list[str] = []
    rows = scale._latencies("ask", asked.append, ["warm"], ASKED)
    assert asked == ["warm", *ASKED]
    assert [row["measure"] for row in rows] == ["ask p50", "ask p95", "ask p99"]
    assert [row["value"] for row in rows] == sorted(row["value"] for row in rows)
