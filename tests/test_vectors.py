"""The file of vectors: its halves are read as they were written."""

from pathlib import Path

import numpy as np

from index.store.vectors import VectorFile, append, widened


def test_every_half_is_widened_exactly() -> None:
    """Each finite float16, subnormal ones and both zeros included, is the float32 that numpy makes of it."""
    halves = np.arange(1 << 16, dtype="<u2").view("<f2")
    finite = halves[np.isfinite(halves)]
    wide = widened(finite)
    assert wide.dtype == np.float32
    assert (wide.view("<u4") == finite.astype(np.float32).view("<u4")).all()


def test_score_of_a_slot_is_the_same_among_any_others(tmp_path: Path) -> None:
    """A score depends on vector and query alone, to the last bit, and the stored rows are left as they are."""
    rows = np.random.default_rng(5).normal(size=(300, 24)).astype(np.float32)
    append(tmp_path / "v", rows, 0)
    file, slots = VectorFile(tmp_path / "v", 24, 300), np.arange(300)
    together = file.scores(rows[0], slots)
    assert together.tolist() == [float(file.scores(rows[0], slots[i : i + 1])[0]) for i in slots]
    assert np.allclose(together, file.take(slots) @ rows[0], atol=1e-5)
    assert (file.codes(slots).view("<f2") == rows.astype("<f2")).all()
