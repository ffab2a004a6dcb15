"""Two runs compared: what changed, whether it may be chance, and what keeps them from being compared."""

import json
from dataclasses import replace
from itertools import product
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cli
from search.comparing import compared, read_baseline
from search.errors import EvaluationInputError
from search.evaluation import (
    Circumstances,
    Comparison,
    Evaluation,
    MeasureChange,
    QuestionOutcome,
    check_target,
    read_run,
    save_run,
)
from search.scorecard import scorecard
from search.shapes import encode
from tests.fake_embedder import HashingEmbedder
from tests.small_library import make_library

RUN = Path("before.json")


def _outcome(name: str, ndcg: float | None = None, **known: bool | None) -> QuestionOutcome:
    values = {"answerable": None, "hit": None, "refused": None, **known}
    return QuestionOutcome(
        id=name,
        question=f"What of {name}?",
        judgement="abc",
        ndcg_at_10=ndcg,
        recall_at_10=ndcg,
        recall_at_100=ndcg,
        mrr_at_10=ndcg,
        answer=None,
        **values,
    )


def _run(*outcomes: QuestionOutcome, generation: int = 1, mode: str = "hybrid") -> Evaluation:
    return Evaluation(
        questions=len(outcomes),
        unjudged=0,
        generation=generation,
        circumstances=Circumstances("library", 3, "some-model", mode, 10, "questions.jsonl", None, "1.0"),
        ranking=None,
        answers=None,
        search_latency=None,
        ask_latency=None,
        notes=(),
        outcomes=outcomes,
    )


def _compare(now: Evaluation, then: Evaluation) -> Comparison:
    found = compared(now, then, RUN).comparison
    assert found
    return found


def _measures(found: Comparison) -> dict[str, MeasureChange]:
    return {one.measure: one for one in found.measures}


def _ranked(*values: float) -> Evaluation:
    return _run(*(_outcome(f"q{place}", value) for place, value in enumerate(values)))


def test_values_before_and_after_the_most_changed_first() -> None:
    """Each question that changed is listed with both values, on the side on which it belongs."""
    found = _measures(_compare(_ranked(0.5, 1.0, 0.2, 0.3, 0.9), _ranked(0.5, 0.1, 0.4, 0.2, 0.8)))["ndcg_at_10"]
    assert (found.questions, found.before, found.after) == (5, 0.4, 0.58)
    assert [(one.id, one.before, one.after) for one in found.better] == [
        ("q1", 0.1, 1.0),
        ("q3", 0.2, 0.3),
        ("q4", 0.8, 0.9),
    ]
    assert [(one.id, one.before, one.after) for one in found.worse] == [("q2", 0.4, 0.2)]


@given(st.lists(st.sampled_from([-0.5, -0.25, 0.0, 0.25, 0.5]), min_size=1, max_size=8))
def test_the_permutation_test_is_that_of_the_definition(differences: list[float]) -> None:
    """For a few questions all signs are tried: the share of sums as far from 0 as the one found."""
    found = _measures(_compare(_ranked(*(0.5 + one for one in differences)), _ranked(*(0.5 for _ in differences))))
    sums = [abs(sum(map(float.__mul__, differences, signs))) for signs in product((1.0, -1.0), repeat=len(differences))]
    expected = sum(one >= abs(sum(differences)) for one in sums) / len(sums)
    assert found["ndcg_at_10"].p_value == pytest.approx(expected, abs=1e-4)


def test_many_small_gains_are_no_chance_and_as_many_losses_are() -> None:
    """Forty questions better by a little is a result; twenty better and twenty worse is none."""
    better = _measures(_compare(_ranked(*[0.6] * 40), _ranked(*[0.5] * 40)))["ndcg_at_10"]
    mixed = _measures(_compare(_ranked(*[0.6, 0.4] * 20), _ranked(*[0.5] * 40)))["ndcg_at_10"]
    assert better.p_value <= 0.001
    assert mixed.p_value == 1.0


def test_the_same_run_twice_gives_the_same_figures() -> None:
    """Random signs are drawn from a fixed seed."""
    now, then = _ranked(*(i / 40 for i in range(40))), _ranked(*(((i * 7) % 40) / 40 for i in range(40)))
    assert _compare(now, then) == _compare(now, then)


def test_hits_and_refusals_are_tested_by_the_questions_that_changed_sides() -> None:
    """McNemar's exact test: five to none is 2/32; refusing an answerable question less often is better."""
    now = [_outcome(f"a{i}", answerable=True, hit=True, refused=False) for i in range(5)]
    then = [_outcome(f"a{i}", answerable=True, hit=False, refused=True) for i in range(5)]
    steady = [_outcome("s", answerable=True, hit=True, refused=False), _outcome("u", answerable=False, refused=True)]
    found = _measures(_compare(_run(*now, *steady), _run(*then, *steady)))
    assert found.keys() == {"hit_rate", "refusal_recall", "wrongly_refused"}
    hits, refused, wrongly = found["hit_rate"], found["refusal_recall"], found["wrongly_refused"]
    assert (hits.questions, len(hits.better), len(hits.worse), hits.p_value) == (6, 5, 0, 0.0625)
    assert (refused.questions, refused.before, refused.after, refused.p_value) == (1, 1.0, 1.0, 1.0)
    assert (wrongly.before, wrongly.after, len(wrongly.better), len(wrongly.worse)) == (round(5 / 6, 4), 0.0, 5, 0)


def test_questions_that_are_not_the_same_are_left_out_and_named() -> None:
    """Missing ones on either side, others wording, other judgements: none of them is compared."""
    now = _run(_outcome("same", 0.5), _outcome("new", 0.5), _outcome("worded", 0.5), _outcome("judged", 0.5))
    other = replace(_outcome("worded", 0.1), question="What else?")
    judged = replace(_outcome("judged", 0.1), judgement="xyz")
    found = _compare(now, _run(_outcome("same", 0.4), _outcome("old", 0.4), other, judged))
    assert found.questions == 1
    assert _measures(found)["ndcg_at_10"].questions == 1
    assert found.notes == (
        "left out, only in this run: 1 question (new)",
        "left out, only in the saved run: 1 question (old)",
        "left out, worded otherwise in the saved run: 1 question (worded)",
        "left out, judged otherwise in the saved run: 1 question (judged)",
    )


def test_runs_without_a_common_question_are_refused() -> None:
    """There is nothing to compare, and the error names both files."""
    with pytest.raises(EvaluationInputError, match=r"before\.json: none of its 1 questions .* questions\.jsonl"):
        compared(_run(_outcome("a", 0.5)), _run(_outcome("b", 0.5)), RUN)


def test_what_else_differs_is_named() -> None:
    """Another generation or another mode may be the cause of a change."""
    one = _outcome("a", 0.5)
    found = _compare(_run(one, generation=7, mode="lexical"), _run(one, generation=3))
    assert found.notes == (
        "generation: 3 in the saved run, 7 in this one",
        "mode: hybrid in the saved run, lexical in this one",
    )
    assert found.generation == 3


def _with(run: Evaluation, **settings: str | int | float | None) -> Evaluation:
    named = {name.replace("__", "."): value for name, value in settings.items()}
    return replace(run, circumstances=replace(run.circumstances, settings=named))


def test_another_reranker_or_llm_is_named() -> None:
    """As are weights and other settings; what an earlier version did not save is unknown, and no difference is none."""
    one = _run(_outcome("a", 0.5))
    then = _with(one, dense_weight=0.5, reranker=None, llm__url=None, llm__model=None)
    now = _with(one, dense_weight=0.7, reranker="cross (ab12)", llm__url="http://127.0.0.1:1/v1", llm__model="tiny")
    assert _compare(now, then).notes == (
        "dense_weight: 0.5 in the saved run, 0.7 in this one",
        "reranker: none in the saved run, cross (ab12) in this one",
        "llm.url: none in the saved run, http://127.0.0.1:1/v1 in this one",
        "llm.model: none in the saved run, tiny in this one",
    )
    assert _compare(now, now).notes == ()
    assert _compare(_with(one, reranker=None), one).notes == ("reranker: unknown in the saved run, none in this one",)


def test_a_question_judged_in_one_run_only_is_not_compared_by_that_measure() -> None:
    """A value that is not known is no 0."""
    found = _measures(_compare(_run(_outcome("a", 0.5), _outcome("b")), _run(_outcome("a", 0.5), _outcome("b", 1.0))))
    assert found["ndcg_at_10"].questions == 1
    assert "hit_rate" not in found


def test_a_saved_run_is_read_back_as_it_was(tmp_path: Path) -> None:
    """What `--save` writes is what `--json` prints, and what `--compare` reads, comparison included."""
    path = tmp_path / "run.json"
    run = compared(_ranked(0.5, 0.75), _ranked(0.25, 0.75), RUN)
    save_run(run, path)
    assert read_run(path) == read_baseline(path) == run
    assert path.read_bytes().strip() == encode(run)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not a run saved"),
        (b"{", "not a run saved"),
        (b"\xff\xfe", "not a run saved"),
        (b"[]", r"not a run saved .*Expected `object`"),
        (b'{"questions": 3}', "missing required field `unjudged`"),
        (b"[" * 100_000, "not a run saved"),
    ],
)
def test_a_file_that_is_no_run_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    """The error names the file, what is wrong, and how to get a right one."""
    path = tmp_path / "run.json"
    path.write_bytes(content)
    with pytest.raises(EvaluationInputError, match=reason) as caught:
        read_run(path)
    assert str(caught.value).startswith(f"{path}: ")


def test_a_wrong_field_deep_in_a_run_is_named(tmp_path: Path) -> None:
    """Which outcome, and which of its fields."""
    shown = json.loads(msgspec.json.encode(_ranked(0.5, 0.6)))
    shown["outcomes"][1]["ndcg_at_10"] = "high"
    path = tmp_path / "run.json"
    path.write_text(json.dumps(shown))
    with pytest.raises(EvaluationInputError, match=r"outcomes\[1\]\.ndcg_at_10"):
        read_run(path)


def test_a_run_that_is_missing_or_cannot_be_saved(tmp_path: Path) -> None:
    """Paths are checked before anything is measured."""
    with pytest.raises(EvaluationInputError, match=r"none\.json: cannot be read \(No such file"):
        read_run(tmp_path / "none.json")
    for target in (tmp_path, tmp_path / "no" / "folder.json"):
        with pytest.raises(EvaluationInputError, match="cannot be written"):
            check_target(target)
        with pytest.raises(EvaluationInputError, match="cannot be written"):
            save_run(_ranked(0.5), target)
    check_target(tmp_path / "new.json")


def test_the_table_shows_both_values_and_few_of_the_questions() -> None:
    """Every measure has a line; of many changed questions some are shown and the others counted."""
    shown = scorecard(compared(_ranked(*[0.75] * 9), _ranked(*[0.25] * 8, 1.0), RUN))
    assert "Compared with before.json, generation 1, over 9 questions judged alike" in shown
    row = next(line for line in shown.splitlines() if line.strip().startswith("ndcg_at_10  "))
    assert row.split()[:6] == ["ndcg_at_10", "0.3333", "0.7500", "+0.4167", "8", "1"]
    assert "ndcg_at_10, better: 8" in shown
    assert shown.count("0.2500 → 0.7500") == 5
    assert "and 3 more" in shown
    assert "    1.0000 → 0.7500  q8  What of q8?" in shown
    assert all(len(line) <= 110 for line in shown.splitlines())


def test_the_command_saves_and_compares(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """The same library twice: all values equal, in the table and in JSON; what is wrong with a file is exit code 2."""
    monkeypatch.setattr("search.vectors.load_embedder", lambda *given: HashingEmbedder())
    make_library(tmp_path / "library")
    questions, saved = tmp_path / "questions.jsonl", tmp_path / "run.json"
    questions.write_text('{"_id": "q", "question": "Who sold the ferry?", "answers": ["x"], "paragraph_id": "gone"}\n')

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            cli.main(["evaluate", str(questions), "--library", str(tmp_path / "library"), *arguments])
        out, err = capsysbinary.readouterr()
        return int(ended.value.code or 0), out.decode(), err.decode()

    code, out, err = run("--save", str(saved))
    assert code == 0
    assert "ndcg_at_10" in out
    assert "1 judged document (gone) of 1 not in the library" in err
    code, out, err = run("--json", "--compare", str(saved))
    comparison = json.loads(out)["comparison"]
    assert (code, comparison["questions"], comparison["notes"]) == (0, 1, [])
    assert all(one["before"] == one["after"] and one["p_value"] == 1 for one in comparison["measures"])
    assert "Compared with" in run("--compare", str(saved))[1]
    saved.write_text("{}")
    code, out, _ = run("--json", "--compare", str(saved))
    assert (code, json.loads(out)["path"]) == (2, str(saved))
    assert run("--qrels", str(tmp_path / "none.tsv"))[0] == 2
