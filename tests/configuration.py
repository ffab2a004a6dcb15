"""The configuration reference, made of the settings; `python -m tests.configuration` writes it into the page anew."""

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from search.settings import FLAGS, described, variable_of
from search.terminal import written

PAGE = Path(__file__).resolve().parents[1] / "docs" / "configuration.md"
_BLOCK = re.compile(r"(?<=<!-- settings -->\n).*?(?=<!-- /settings -->)", re.DOTALL)
_HEAD = "| key | may be | default | variable | flag | meaning |\n|---|---|---|---|---|---|\n"


def reference() -> str:
    """One table a section of the file, one row a setting."""
    return "\n".join(_tables())


def _tables() -> Iterator[str]:
    # The file's own keys come first: what follows a section's heading belongs to it.
    ordered = sorted(described(), key=lambda one: "." in one.name)
    for section, settings in groupby(ordered, lambda one: one.name.rpartition(".")[0]):
        title = f"### `[{section}]`" if section else "### At the top of the file"
        rows = (
            f"| `{one.name.rpartition('.')[2]}` | {one.expected} | {_default(one.name, one.default)} "
            f"| `{variable_of(one.name)}` | {_flag(one.name)} | {one.meaning} |\n"
            for one in settings
        )
        yield f"{title}\n\n{_HEAD}{''.join(rows)}"


def _flag(name: str) -> str:
    return f"`{FLAGS[name]}`" if name in FLAGS else ""


def _default(name: str, value: Any) -> str:
    shown = written(value)
    if name.endswith("_bytes"):
        units = ((30, "GiB"), (20, "MiB"), (10, "KiB"))
        size = next(f"{value >> bits} {unit}" for bits, unit in units if value % (1 << bits) == 0)
        return f"`{shown}` ({size})"
    return f"`{shown}`" if shown else "none"


def page() -> str:
    """The page as it should be."""
    return _BLOCK.sub(lambda _: reference(), PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
