"""The statements' benchmark measures what indexing derives, by the scorer that lies with the judged data."""

import gzip
import json
from pathlib import Path

import pytest

from benchmarks import statements
from tests.fake_embedder import HashingEmbedder
from tests.shared import SHARED, needs_shared

TEXT = "“The bridge is quite safe,” Orla Venn said.\n\nMr. Reck said that the old ferry would be sold in May."


def _quote(kind: str, content: str, speaker: str, cue: str) -> dict[str, object]:
    start, who = TEXT.index(content), TEXT.index(speaker)
    return {
        "kind": kind,
        "spans": [[start, start + len(content)]],
        "speaker_spans": [[who, who + len(speaker)]],
        "cue_text": cue,
    }


@needs_shared
@pytest.mark.parametrize(("speaker", "right"), [("Orla Venn", 1.0), ("the old ferry", 0.0)])
def test_measure_scores_what_indexing_derives(tmp_path: Path, speaker: str, right: float) -> None:
    """Statements of the gold are found with their speakers; a gold of somebody else's makes them wrong."""
    gold = {
        "doc_id": "one",
        "text": TEXT,
        "quotes": [
            _quote("direct", "“The bridge is quite safe,”", speaker, "said"),
            _quote("indirect", "that the old ferry would be sold in May", "Mr. Reck", "said"),
        ],
    }
    path = tmp_path / "gold.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(json.dumps(gold) + "\n")
    scorer = statements.load_scorer(SHARED)
    row, bands = statements.measure(path, scorer, tmp_path, HashingEmbedder(), index=True)
    assert (row["gold"], row["articles"], row["statements"]) == ("gold", 1, 2)
    assert (row["direct P"], row["direct R"], row["indirect F1"]) == (right, right, 1.0)
    assert 0 < row["share of indexing"] < 1
    assert {band["kind"] for band in bands} == {"indirect", "quoted"}
    assert len((tmp_path / "statements.jsonl").read_text(encoding="utf-8").splitlines()) == 2
