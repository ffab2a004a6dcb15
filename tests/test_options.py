"""Flags that commands share, as values of a request."""

import json
from pathlib import Path

import pytest

from index.errors import InvalidValueError
from index.types import Filters
from search.options import filtered
from tests.commands import Run


def parsed(pair: str) -> tuple[tuple[str, str], ...]:
    """What a command is given for `--meta PAIR`."""
    given = list[Filters]()

    def command(filters: Filters) -> None:
        given.append(filters)

    filtered(command)(meta=[pair], source=None, title=None, after=None, before=None, speaker=None)
    return given[0].meta


@pytest.mark.parametrize(
    ("pair", "field", "value"),
    [
        ("desk=sea", "desk", "sea"),
        ("desk=", "desk", ""),
        ("desk=a=b\\=c\\\\", "desk", "a=b\\=c\\\\"),
        ("a\\=b=c", "a=b", "c"),
        ("a\\=\\=b=c=d", "a==b", "c=d"),
        ("a\\\\=b", "a\\", "b"),
        ("a\\b=c\nd", "a\\b", "c\nd"),
    ],
)
def test_a_field_of_metadata_ends_at_the_first_equals_sign_that_is_not_escaped(
    pair: str, field: str, value: str
) -> None:
    """Backslashes count in the field alone, and before `=` and backslash alone."""
    assert parsed(pair) == ((field, value),)


@pytest.mark.parametrize("pair", ["desk", "=sea", "", "a\\=b", "\\" * 100_000])
def test_what_is_no_pair_is_refused(pair: str) -> None:
    """The message tells the form, and how an equals sign is written; no pair takes long to refuse."""
    with pytest.raises(InvalidValueError, match="FIELD=VALUE, with"):
        parsed(pair)


def test_a_field_with_an_equals_sign_can_be_filtered_by(run: Run, tmp_path: Path) -> None:
    """Any field that a document has can be named on the command line."""
    pile = tmp_path / "pile.jsonl"
    records = [{"text": f"The ferry to Skerry sails at {hour}.", "a=b": hour} for hour in ("nine", "ten")]
    pile.write_text("\n".join(map(json.dumps, records)))
    run("index", str(pile))
    found = run("search", "ferry", "--meta", r"a\=b=ten", "--json").json["passages"]
    assert [passage["text"] for passage in found] == ["The ferry to Skerry sails at ten."]


def test_the_help_tells_how(run: Run) -> None:
    """Where the flag is looked up."""
    assert r"\=" in run("search", "--help").out
