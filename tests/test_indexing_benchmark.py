"""The benchmark of indexing: every way over the same texts, every round over others, ratios that mean what they say."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks import corpus, indexing
from benchmarks.indexing import ENCODE, EXACT, PLAIN, Pile, Turn
from tests.fake_embedder import HashingEmbedder
from tests.piles import LONG


def test_rounds_share_no_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles are dealt out, and each round has the texts that indexing its file would embed."""
    records = [
        {"id": str(n), "title": f"Tide table {n}", "text": f"{n}. {LONG}\n\n{n} boats. {LONG}"} for n in range(6)
    ]
    monkeypatch.setattr(corpus, "articles", lambda n: iter(records[:n]))
    made = list(indexing.piles(5, 2, tmp_path, HashingEmbedder()))
    assert [len(pile.texts) for pile in made] == [6, 4]
    assert not set(made[0].texts) & set(made[1].texts)
    assert made[1].texts[0].startswith("Tide table 1\n1. ")


def test_ratios_are_taken_within_a_round() -> None:
    """A slow round is slow for every way, and changes no ratio; cosines are the least of all."""
    exact = np.eye(2, dtype=np.float32)
    turned = np.array([[0.6, 0.8], [0.0, 1.0]], dtype=np.float32)
    slow = iter([1.0, 1.0, 1.0, 10.0, 10.0, 10.0])
    seconds = {ENCODE: 4.0, EXACT: 2.0, PLAIN: 3.0}

    def way(name: str) -> indexing.Way:
        vectors = {ENCODE: exact, EXACT: turned}.get(name)
        return lambda pile: Turn(next(slow) * seconds[name], vectors, 100.0 if name == PLAIN else None)

    pile = Pile(Path("x.jsonl"), ["one", "two"])
    first, second, third = indexing.measure({name: way(name) for name in seconds}, [pile, pile])
    assert (first["faster than encode"], second["faster than encode"]) == (1.0, 2.0)
    assert (third["time of embedding alone"], third["peak MB"], third["least cosine"]) == (1.5, 100.0, None)
    assert second["least cosine"] == pytest.approx(0.6)
    assert second["paragraphs a second"] == pytest.approx(0.55)
