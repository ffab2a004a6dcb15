"""The latency benchmark reads what the server tells and puts times against encoding's."""

from benchmarks import latency, results
from search.stages import Stage
from search.web.metrics import Metrics
from tests.fake_engine import FakeEngine


def test_times_are_put_against_encoding() -> None:
    """A time twice as long counts two, percentile by percentile; of a stage only the mean is known."""
    encoding = [0.001 * i for i in range(1, 101)]
    row = latency._row("all", [2 * one for one in encoding], encoding)
    assert row["times"] == 100
    assert abs(row["p50_ms"] - 101) < 1e-6
    assert all(abs(row[f"p{percentile}_of_encoding"] - 2) < 1e-9 for percentile in (50, 95, 99))
    stage = latency._mean_row("rank", 0.004)
    assert list(stage) == list(row)
    assert (stage["what"], stage["mean_ms"], stage["p50_ms"]) == ("rank", 4.0, None)
    assert results.table([row, stage]).count("\n") == 3


def test_stages_are_read_as_the_server_tells_them() -> None:
    """What the observer was told is what the benchmark reads, by stage."""
    metrics = Metrics()
    ended: tuple[tuple[Stage, float], ...] = (("encode", 0.25), ("rank", 0.5), ("rank", 0.25))
    for stage, seconds in ended:
        metrics.stage(stage, seconds)
    told = metrics.render().decode()
    found = {found["name"]: float(found["seconds"]) for found in latency._STAGE.finditer(told)}
    assert {name: seconds for name, seconds in found.items() if seconds} == {"encode": 0.25, "rank": 0.75}


def test_paragraphs_are_read_as_the_server_tells_them() -> None:
    """How large the library was, so that a table cannot claim another."""
    metrics, engine = Metrics(), FakeEngine()
    metrics.watch(engine, None)
    assert latency._paragraphs(metrics.render().decode()) == engine.status().paragraphs
