"""Settings: where each comes from, what it may be, and that the reference says so."""

import re
import tomllib
from pathlib import Path

import pytest
import typer

import cli
from index.errors import InvalidValueError
from search.settings import FLAGS, Settings, described, load_settings, setting_names, unread_variables, variable_of
from search.terminal import config, written
from tests import configuration

PAGE = configuration.PAGE.read_text(encoding="utf-8")


def _settings(file: Path | None = None, **environ: str) -> Settings:
    return load_settings({}, environ, file)[0]


def test_the_reference_is_what_the_settings_say() -> None:
    """`python -m tests.configuration` writes it anew."""
    assert configuration.page() == PAGE


def test_every_setting_is_described() -> None:
    """No setting is without a word on what it means, and every name is loaded."""
    assert {one.name for one in described()} == set(setting_names())
    assert all(one.meaning and one.expected for one in described())


def test_every_flag_of_a_setting_is_one_of_a_command() -> None:
    """The table of flags names those that exist, and misses none that is called like its setting."""
    commands = typer.main.get_command(cli.app).commands.values()  # type: ignore[attr-defined]  # a group
    flags = {option for command in commands for parameter in command.params for option in parameter.opts}
    assert set(FLAGS.values()) <= flags
    called_alike = {name for name in setting_names() if f"--{name.rpartition('.')[2].replace('_', '-')}" in flags}
    # `--model` is the embedding model's; the endpoint's has no flag.
    assert called_alike - FLAGS.keys() == {"llm.model"}


def test_the_example_is_a_file_that_loads(tmp_path: Path) -> None:
    """The page's TOML sets what it shows, and the variables named below it set the same."""
    (text,) = re.findall(r"<!-- configuration-example -->\n```toml\n(.*?)```", PAGE, re.DOTALL)
    file = tmp_path / "quoth.toml"
    file.write_text(text, encoding="utf-8")
    by_file = _settings(file)
    assert by_file.requests_per_minute == tomllib.loads(text)["requests_per_minute"]
    environ = dict(re.findall(r"`(QUOTH_[A-Z_]+)=([^`]+)`", PAGE))
    del environ["QUOTH_CONFIG"]
    assert _settings(**environ) == by_file


def test_each_place_beats_the_one_before(tmp_path: Path) -> None:
    """Default, file, environment, flag; the list says which it was, and where."""
    file = tmp_path / "quoth.toml"
    file.write_text("port = 1\nworkers = 2\nhost = '::1'\n", encoding="utf-8")
    settings, found = load_settings({"port": 3}, {"QUOTH_PORT": "2", "QUOTH_WORKERS": "3"}, file)
    assert (settings.port, settings.workers, settings.host) == (3, 3, "::1")
    origins = {one.name: (one.origin, one.place) for one in found}
    assert origins["port"] == ("flag", "--port")
    assert origins["workers"] == ("environment", "QUOTH_WORKERS")
    assert origins["host"] == ("file", str(file))
    assert origins["reranker"] == ("default", "")


def test_long_names_of_variables_beat_short_ones() -> None:
    """`QUOTH_MODEL` is a convenience; whoever writes the whole name means it."""
    assert _settings(QUOTH_MODEL="short").indexing.model == "short"
    assert _settings(QUOTH_MODEL="short", QUOTH_INDEXING_MODEL="long").indexing.model == "long"


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("port", "70000", "expected a whole number from 0 to 65535 (from QUOTH_PORT)"),
        ("body_timeout", "0", "expected a number above 0 (from QUOTH_BODY_TIMEOUT)"),
        ("llm.timeout", "soon", "expected a number above 0, at most 3600 (from QUOTH_LLM_TIMEOUT)"),
        ("llm.url", "nowhere", "expected an http:// or https:// address"),
        ("max_body_bytes", "1", "expected a whole number of at least 1024"),
    ],
)
def test_a_value_out_of_bounds_is_told_its_bounds(name: str, value: str, expected: str) -> None:
    """The error says what the setting may be, in the reference's words, and where the value came from."""
    with pytest.raises(InvalidValueError, match=re.escape(expected)):
        load_settings({}, {variable_of(name): value})


def test_a_name_that_no_setting_has_is_refused_in_a_file_and_told_of_a_variable(tmp_path: Path) -> None:
    """A file is ours alone; variables of that prefix may be another program's."""
    file = tmp_path / "quoth.toml"
    file.write_text("[indexing]\nbatchsize = 9\n", encoding="utf-8")
    with pytest.raises(InvalidValueError, match=r"indexing\.batchsize"):
        _settings(file)
    assert unread_variables({"QUOTH_PROT": "1", "QUOTH_PORT": "1", "QUOTH_MODEL": "m", "PATH": ""}) == ["QUOTH_PROT"]


def test_values_are_shown_as_they_would_be_set() -> None:
    """None and empty lists are nothing, lists go by commas, and no line ends in blanks."""
    assert [written(one) for one in (None, (), "", ("a", "b"), True, 0.5)] == ["", "", "", "a, b", "true", "0.5"]
    shown = config(
        {
            "settings": [
                {"name": "reranker", "value": None, "origin": "default", "place": ""},
                {"name": "sources", "value": ["/a", "/b"], "origin": "flag", "place": "--source"},
            ]
        }
    )
    assert shown == "reranker          default\nsources   /a, /b  flag --source"
