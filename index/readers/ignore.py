"""`.quothignore` files: which paths a folder wants left out, in gitignore syntax."""

import re
from dataclasses import dataclass
from pathlib import Path

from gitignore_parser import rule_from_pattern

from index.readers.encoding import decode_file

IGNORE_FILE = ".quothignore"
_ESCAPED = re.compile(r"\\([*?\[])")
_EVERYTHING = re.compile(r"/?\*\*")


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern; `base` is the length of its folder's path, up to and with the separator after it."""

    regex: re.Pattern[str]
    is_negated: bool
    folders_only: bool
    base: int


def parse_rules(text: str, folder: str) -> tuple[Rule, ...]:
    """The rules of an ignore file in `folder`, in order; patterns that make no sense match nothing, as in git."""
    rules = (_parse(line, len(folder.rstrip("/")) + 1) for line in text.split("\n"))
    return tuple(rule for rule in rules if rule is not None)


def read_rules(folder: str) -> tuple[Rule, ...]:
    """The rules of a folder's ignore file. Raises OSError, and ReadError when it is not text."""
    path = Path(folder) / IGNORE_FILE
    return parse_rules(decode_file(path.read_bytes()), folder) if path.is_file() else ()


def is_ignored(path: str, is_folder: bool, rules: tuple[Rule, ...]) -> bool:
    """Whether the last rule that matches says so; `rules` are those of all folders above, outermost first."""
    for rule in reversed(rules):
        if (is_folder or not rule.folders_only) and rule.regex.search(path[rule.base :]):
            return not rule.is_negated
    return False


def _parse(line: str, base: int) -> Rule | None:
    """One line. The library is given the bare pattern: its own notion of `folder/` matches files too."""
    pattern = line.rstrip("\r")
    while pattern.endswith(" ") and not pattern.endswith("\\ "):
        pattern = pattern[:-1]
    is_negated = pattern.startswith("!")
    if is_negated:
        pattern = pattern[1:]
    folders_only = pattern.endswith("/")
    # A slash at the end anchors nothing, any other does.
    pattern = pattern.rstrip("/") if folders_only else pattern
    if not pattern or (pattern.startswith("#") and not is_negated):
        return None
    # What the library does not know of the syntax, in terms of what it knows.
    pattern = _ESCAPED.sub(r"[\1]", pattern).replace("[^", "[!")
    pattern = "*" if _EVERYTHING.fullmatch(pattern) else pattern
    # A second "!" or a "#" after one is literal, which the library has to be told.
    escaped = "\\" + pattern if pattern[0] in "!#" else pattern
    try:
        rule = rule_from_pattern(escaped)
        # A bracket inside a set is literal; unescaped, Python warns of it.
        return Rule(re.compile(rule.regex.replace("[[", r"[\[")), is_negated, folders_only, base) if rule else None
    except (re.error, IndexError):
        return None
