"""The commands that keep a library, mend who said what, and keep keys and questions."""

from pathlib import Path

import pytest

from tests.commands import REPORT, Run


def test_corrections_outlive_a_rebuild(run: Run, pile: Path) -> None:
    """A rejected statement stays away and a reattributed one stays with its speaker."""
    (pile / "more.txt").write_text("“We will see about that,” said Oda Ostrel, a fisher.\n", encoding="utf-8")
    run("index", str(pile))
    by_kordal = run("statements", "--json", "--speaker", "Kordal").json["statements"][0]["id"]
    by_ostrel = run("statements", "--json", "--speaker", "Ostrel").json["statements"][0]["id"]
    assert run("statements", "reject", by_kordal).code == 0
    assert run("statements", "reattribute", by_ostrel, "Pavel Drin").code == 0
    assert run("index", "--rebuild").code == 0
    assert run("statements", "--speaker", "Kordal").code == 3
    assert run("statements", "--json", "--speaker", "Drin").json["statements"][0]["id"] == by_ostrel
    assert run("statements", "reject", "d_0~0").code == 3
    listed = run("corrections", "--json").json
    assert [one["kind"] for one in listed["corrections"]] == ["reject", "reattribute"]
    assert run("corrections", "undo", str(listed["corrections"][0]["number"])).code == 0
    assert run("statements", "--json", "--speaker", "Kordal").json["statements"][0]["id"] == by_kordal
    assert run("corrections", "undo", "77").code == 3


def test_speakers_merge(run: Run, pile: Path) -> None:
    """Two speakers that are one are listed as one after `merge`, and split again by name."""
    (pile / "more.txt").write_text("“We will see about that,” said Oda Ostrel, a fisher.\n", encoding="utf-8")
    run("index", str(pile))
    before = {one["name"] for one in run("speakers", "--json").json["speakers"]}
    assert {"Ines Kordal", "Oda Ostrel"} <= before
    assert run("speakers", "merge", "Ostrel", "Kordal").code == 0
    merged = run("speakers", "--json").json["speakers"]
    assert "Oda Ostrel" not in {one["name"] for one in merged}
    assert run("statements", "--json", "--speaker", "Ostrel").json["total"] == 2


def test_remove_verify_status_backup_restore(run: Run, pile: Path, tmp_path: Path) -> None:
    """A backup taken before a removal holds what was removed; both libraries verify."""
    run("index", str(pile))
    uri = f"file://{pile}/harbour.txt"
    assert run("backup", str(tmp_path / "saved.tar")).code == 0
    assert run("backup", str(tmp_path / "saved.tar")).code == 2
    assert run("remove", "--json", uri).json["removed"] == 1
    assert run("show", uri).code == 3
    assert run("status", "--json").json["documents"] == 0
    restored = ("--library", str(tmp_path / "restored"))
    assert run("restore", str(tmp_path / "saved.tar"), *restored).code == 0
    assert run("show", "--json", uri, *restored).json["text"] == REPORT
    assert run("verify", "--json", *restored).json["ok"] is True
    assert run("verify").code == 0
    assert run("restore", str(pile / "harbour.txt"), "--library", str(tmp_path / "other")).code == 2


def test_a_settings_file_names_the_library_of_every_command(
    run: Run, pile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is indexed, corrected, backed up and restored by `--config` is the library that the file names."""
    monkeypatch.delenv("QUOTH_LIBRARY")
    files = {name: tmp_path / f"{name}.toml" for name in ("first", "second")}
    for name, file in files.items():
        file.write_text(f'library = "{tmp_path / name}"\n', encoding="utf-8")
    first, second = (("--config", str(file)) for file in files.values())
    (pile / "bell.txt").write_text("“The bell is back,” said Tarn Osgrove, the sexton.\n", encoding="utf-8")
    assert run("index", str(pile), *first).code == 0
    said = run("statements", "--json", *first).json["statements"][0]
    for correction in (
        ("statements", "reject", said["id"]),
        ("corrections", "undo", "1"),
        ("statements", "reattribute", said["id"], "Ines Kordal"),
        ("speakers", "merge", "Tarn Osgrove", "Ines Kordal"),
        ("speakers", "split", "Ines Kordal", "Tarn Osgrove"),
    ):
        assert run(*correction, *first).code == 0, correction
    assert run("backup", str(tmp_path / "saved.tar"), *first).code == 0
    assert run("restore", str(tmp_path / "saved.tar"), *second).code == 0
    assert run("corrections", "--json", *second).json["total"] == 3
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["first", "pile", "second"]


def test_lists_exit_with_three_while_there_is_nothing(run: Run, pile: Path) -> None:
    """Corrections, keys and alerts: none is code 3 and an empty list, one is code 0 and that one."""
    run("index", str(pile))
    nouns = ("corrections", "keys", "alerts")
    empty = {noun: run(noun, "--json") for noun in nouns}
    assert {noun: (ran.code, ran.json) for noun, ran in empty.items()} == {
        noun: (3, {"total": 0, noun: []}) for noun in nouns
    }
    said = run("statements", "--json").json["statements"][0]
    for made in (
        ("statements", "reject", said["id"]),
        ("keys", "create", "newsroom"),
        ("alerts", "add", "Kordal on the channel"),
    ):
        assert run(*made).code == 0, made
    for noun in nouns:
        listed = run(noun, "--json")
        assert (listed.code, listed.json["total"], len(listed.json[noun])) == (0, 1, 1)


def test_keys_are_shown_once_and_revoked_for_good(run: Run) -> None:
    """The list tells name and scope and never the key; a revoked one is gone, and revoking it again finds nothing."""
    made = run("keys", "create", "desk", "--scope", "write", "--json").json
    assert made["key"].startswith("quoth_")
    (listed,) = run("keys", "--json").json["keys"]
    assert listed == {name: value for name, value in made.items() if name != "key"}
    assert (listed["name"], listed["scope"]) == ("desk", "write")
    assert made["key"] not in run("keys").out
    assert run("keys", "revoke", made["id"]).code == 0
    assert run("keys").code == 3
    assert run("keys", "revoke", made["id"]).code == 3


def test_alerts_report_what_is_new_once(run: Run, pile: Path) -> None:
    """What the library held is not news; what comes is told by one check, and the exit code says whether it came."""
    run("index", str(pile))
    alert = run("alerts", "add", "Kordal on the channel", "--json").json
    assert run("alerts", "check").code == 3
    (pile / "more.txt").write_text(
        "Merrow\n\n“The channel will be closed to large ships in the winter,” said Ines Kordal, the mayor of Merrow.\n",
        encoding="utf-8",
    )
    run("index", str(pile))
    told = run("alerts", "check", alert["id"], "--json")
    assert told.code == 0
    ((statement,),) = (report["statements"] for report in told.json["reports"])
    assert "closed to large ships" in statement["text"]
    assert run("alerts", "check").code == 3
    assert run("alerts", "check", "a_0").code == 3
    assert run("alerts", "remove", alert["id"]).code == 0
    assert run("alerts").code == 3
