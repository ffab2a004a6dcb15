"""The page on trouble: what it quotes is what the code says, and what it names is there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.console import exit_code
from search.errors import ServiceBusyError

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
QUOTED = re.findall(r"^> (.+)$", PAGE, re.MULTILINE)
_LEAST = 4
"""Characters; shorter pieces between what differs prove nothing."""


def _pieces(folder: str) -> Iterator[str]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


CODE = "\n".join([*_pieces("index"), *_pieces("search")])


@pytest.mark.parametrize("message", QUOTED)
def test_every_message_that_is_quoted_is_one_of_the_code(message: str) -> None:
    """Between what differs, each piece stands in a text of the code as it is quoted."""
    pieces = [piece.strip(" .:;)") for piece in message.split("…")]
    known = [piece for piece in pieces if len(piece) >= _LEAST]
    assert known
    assert [piece for piece in known if piece not in CODE] == []


def test_a_message_of_nobody_is_not_found() -> None:
    """The check above can fail."""
    assert "there is no such message" not in CODE


def test_many_are_quoted() -> None:
    """The page would pass the check if it quoted nothing."""
    assert len(QUOTED) > 30


def test_exit_codes_are_all_told() -> None:
    """The table has a row for each code that a command can end with."""
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)}
    assert told == {0, 1, 2, 3, 4, 130}
    assert exit_code(ServiceBusyError()) in told
