"""The command line: exit codes, JSON on stdout, and what each command is for."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index import __version__
from tests.commands import REPORT, Run

ROOT = Path(__file__).parents[1]


def test_index_then_ask_cites_word_for_word(run: Run, pile: Path) -> None:
    """The answer is the mayor's words, and its citation is a slice of the document's text."""
    assert run("index", str(pile)).code == 0
    asked = run("ask", "--json", "What did Kordal say about the channel?")
    assert asked.code == 0
    citation = asked.json["answer"]["citations"][0]
    text = run("show", "--json", citation["document"]["id"]).json["text"]
    assert text[citation["start"] : citation["end"]] == citation["text"]
    assert "deeper than it has ever been" in citation["text"]
    assert asked.json["answer"]["kind"] == "statements"


def test_index_prints_the_contract_shape(run: Run, pile: Path) -> None:
    """`index --json` has exactly the fields of the contract."""
    report = run("index", "--json", str(pile)).json
    assert set(report) == {
        "generation", "added", "changed", "moved", "unchanged", "removed", "rejected", "paragraphs", "furniture",
        "embedded", "statements", "took_ms",
    }  # fmt: skip
    assert (report["added"], report["generation"]) == (1, 1)


def test_what_is_folded_is_counted_and_listed(run: Run, pile: Path) -> None:
    """Below the best of several copies stands where the others are; without folding each stands for itself."""
    (pile / "copy.txt").write_text("ORM (Coast Wire) - " + REPORT, encoding="utf-8")
    run("index", str(pile))
    passages = run("search", "the deeper channel", "--json").json["passages"]
    copies = [copy["id"] for passage in passages for copy in passage["duplicates"]]
    shown = run("search", "the deeper channel").out.splitlines()
    assert copies
    assert sum("(+1 alike)" in line for line in shown) == len(copies)
    assert [line.split()[-1] for line in shown if line.startswith("     alike: ")] == copies
    assert "alike" not in run("search", "the deeper channel", "--no-collapse").out


def test_no_answer_is_exit_code_3(run: Run, pile: Path) -> None:
    """A question that shares no content word with the library is refused, in numbers."""
    run("index", str(pile))
    asked = run("ask", "--json", "Which quarterback won the superbowl?")
    assert asked.code == 3
    assert asked.json["answer"] is None
    assert asked.json["refusal"]["documents_searched"] == 1
    plain = run("ask", "Which quarterback won the superbowl?")
    assert (plain.code, plain.out[:9]) == (3, "No answer")


def test_search_filters_and_finds_nothing(run: Run, pile: Path) -> None:
    """A filter that nothing matches leaves no passages: exit code 3; the shape stays."""
    run("index", str(pile))
    assert run("search", "--json", "dredging costs").json["passages"][0]["score"] > 0
    none = run("search", "--json", "dredging", "--after", "2031-01-01")
    assert (none.code, none.json["passages"]) == (3, [])


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (["ask", ""], "query"),
        (["ask", "?!"], "query"),
        (["search", "x", "-k", "0"], "k"),
        (["search", "x", "-k", "1001"], "k"),
        (["search", "x", "--after", "tomorrow"], "after"),
        (["search", "x", "--before", "2031-13-01"], "before"),
        (["search", "x", "--meta", "desk"], "meta"),
        (["statements", "--min-confidence", "2"], "min_confidence"),
    ],
)
def test_wrong_values_are_named(run: Run, pile: Path, arguments: list[str], field: str) -> None:
    """A wrong value ends with code 2, and the problem names the field, on stderr or as JSON."""
    run("index", str(pile))
    plain = run(*arguments)
    assert plain.code == 2
    assert field in plain.err
    as_json = run(*arguments, "--json")
    assert as_json.code == 2
    assert as_json.json["field"] == field


@pytest.mark.parametrize("arguments", [["ask"], ["search", "x", "--mode", "best"], ["nonsense"], ["index"]])
def test_wrong_usage_is_exit_code_2(run: Run, arguments: list[str]) -> None:
    """What the parser refuses is a problem object too, when JSON is asked for."""
    assert run(*arguments).code == 2
    assert run(*arguments, "--json").json["detail"]


def test_missing_library_and_missing_path(run: Run, tmp_path: Path) -> None:
    """Asking without a library fails, unlike finding nothing, and says how to make one; a missing path is rejected."""
    asked = run("ask", "anything at all")
    assert asked.code == 1
    assert "quoth index" in asked.err
    missing = run("index", "--json", str(tmp_path / "nowhere"))
    assert missing.code == 1
    assert missing.json["rejected"][0]["uri"].endswith("/nowhere")
    assert run("ask", "anything at all").code == 1
    assert not (tmp_path / "library" / "CURRENT").exists()


def test_rejections_are_exit_codes_1_and_4(run: Run, pile: Path, tmp_path: Path) -> None:
    """Some inputs rejected is 4, all of them 1; each is named with its reason."""
    (pile / "empty.txt").write_text("", encoding="utf-8")
    some = run("index", "--json", str(pile))
    assert some.code == 4
    assert some.json["rejected"][0]["uri"].endswith("/empty.txt")
    assert run("index", str(pile / "empty.txt")).code == 1


def test_statements_in_every_format(run: Run, pile: Path) -> None:
    """Table, JSON, JSONL and CSV hold the same statements, their text a slice of the document."""
    run("index", str(pile))
    page = run("statements", "--json", "--speaker", "Kordal").json
    assert page["total"] == len(page["statements"]) == 1
    (one,) = page["statements"]
    text = run("show", "--json", one["document"]["id"]).json["text"]
    assert text[one["start"] : one["end"]] == one["text"]
    assert [
        json.loads(line) for line in run("statements", "--format", "jsonl", "--speaker", "Kordal").out.splitlines()
    ] == [one]
    (row,) = csv.DictReader(io.StringIO(run("statements", "--format", "csv", "--speaker", "Kordal").out))
    assert (row["speaker"], row["text"]) == ("Ines Kordal", one["text"])
    assert "Ines Kordal" in run("statements").out


def test_status_has_the_contract_shape(run: Run, pile: Path) -> None:
    """`status --json` has exactly the fields of the contract."""
    run("index", str(pile))
    found = run("status", "--json").json
    assert set(found) == {
        "library", "generation", "documents", "paragraphs", "furniture", "statements", "speakers", "model",
        "vector_index", "bytes", "purge_pending",
    }  # fmt: skip
    assert set(found["model"]) == {"name", "dim"}
    assert set(found["vector_index"]) == {"kind", "recall_at_10", "bytes"}


def test_show_a_passage_with_its_surroundings(run: Run, pile: Path) -> None:
    """A passage's id shows it between its neighbours."""
    run("index", str(pile))
    passage = run("search", "--json", "channel deeper", "-k", "1").json["passages"][0]
    shown = run("show", "--json", passage["id"]).json
    assert shown["passage"]["text"] == passage["text"]
    assert len(shown["around"]) == 2


def test_config_names_where_each_value_is_from(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Flags beat the environment, which beats defaults; a key is never printed."""
    monkeypatch.setenv("QUOTH_API_KEY", "sesame")
    printed = run("config", "--json", "--library", "here")
    found = {one["name"]: one for one in printed.json["settings"]}
    assert (found["library"]["value"], found["library"]["origin"]) == ("here", "flag")
    assert found["port"]["origin"] == "default"
    assert "sesame" not in printed.out


def test_help_names_every_command() -> None:
    """`quoth --help` lists the commands of the contract, each with a line of help."""
    shown = subprocess.run(
        [sys.executable, "cli.py", "--help"], capture_output=True, text=True, check=True, cwd=ROOT, env=dict(os.environ)
    ).stdout
    for command in (
        "index", "ask", "search", "statements", "speakers", "corrections", "show", "remove", "status", "verify",
        "backup", "restore", "config", "evaluate", "alerts", "keys", "serve", "mcp",
    ):  # fmt: skip
        assert f"  {command} " in shown


def test_closed_pipe_is_no_error(tmp_path: Path) -> None:
    """`quoth config | head -1` ends quietly."""
    done = subprocess.run(
        f"{sys.executable} cli.py config | head -1", shell=True, capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stderr == ""


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_interruption_is_130_with_a_reason(tmp_path: Path, stop: signal.Signals) -> None:
    """A run that is stopped says so, as JSON when asked, and a service manager's stop is one too."""
    command = [sys.executable, "cli.py", "index", "--json", "--library", str(tmp_path / "library"), "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as process:
        while not (tmp_path / "library" / "writer.lock").exists():
            assert process.poll() is None
            time.sleep(0.05)
        time.sleep(0.5)
        process.send_signal(stop)
        assert process.stdout
        problem = json.loads(process.stdout.read())
        assert process.wait() == 130
    assert problem["title"] == "Interrupted"


def test_options_before_a_subcommand_are_refused(run: Run) -> None:
    """An option that would not reach the subcommand is no silent loss."""
    refused = run("statements", "--library", "elsewhere", "reject", "d_0~0")
    assert refused.code == 2
    assert "after `reject`" in refused.err


def test_arguments_that_are_not_text_are_refused(run: Run) -> None:
    """A name that is not UTF-8 cannot be in a library, and says so."""
    assert run("show", "\udcff").code == 2


def test_standard_input_stands_alone(run: Run, pile: Path) -> None:
    """`-` with another path, or with a flag that has no meaning for it, is wrong usage."""
    assert run("index", "-", str(pile)).code == 2
    assert run("index", "-", "--prune").code == 2


def test_library_that_is_a_file(run: Run, pile: Path) -> None:
    """A file where the library should be is named in one line."""
    file = str(pile / "harbour.txt")
    assert run("index", str(pile), "--library", file).code == 1
    assert run("ask", "anything", "--library", file).code == 1
    assert run("backup", str(pile / "nowhere" / "f.tar"), "--library", file).code == 1


def test_version_is_that_of_the_package(run: Run) -> None:
    """`--version` prints what the packages state, installed or not."""
    shown = run("--version")
    assert (shown.code, shown.out.strip()) == (0, f"quoth {__version__}")
