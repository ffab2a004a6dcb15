"""The page on scaling: what it computes follows from what it says was measured."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[1] / "docs" / "scaling.md").read_text(encoding="utf-8")
SIZES = (10**6, 10**7, 10**9)
UNITS = {"GB": 1e9, "TB": 1e12, "h": 3600.0, "ms": 1e-3, "": 1.0}


def table(first: str) -> Iterator[list[str]]:
    """Yield the cells of the rows of the table whose first column has this heading."""
    body = PAGE.split(f"| {first} |")[1].split("\n\n")[0]
    for line in body.splitlines()[2:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


def inputs() -> dict[str, float]:
    """Give what a paragraph costs, in bytes or seconds; `embedding` is a rate."""
    scale = {"bytes": 1.0, "ms": 1e-3, "ns": 1e-9, "paragraphs": 1.0}
    return {name: float(value) * scale[unit.split()[0]] for name, value, unit in table("input")}


@pytest.mark.parametrize("row", list(table("need")), ids=lambda row: row[0])
def test_computed_from_measured(row: list[str]) -> None:
    """Each figure is the inputs that are named, added up, times the paragraphs, as exactly as it is written."""
    known = inputs()
    _, source, *figures = row
    for figure, size in zip(figures, SIZES, strict=True):
        found = re.fullmatch(r"([\d,.]+) ?(\w*)", figure)
        assert found, figure
        value, unit = float(found[1].replace(",", "")), UNITS[found[2]]
        if source == "1 / scan":
            exact = 1 / (known["scan"] * size)
        elif source == "1 / embedding":
            exact = size / known["embedding"]
        else:
            exact = size * sum(known[name] for name in source.split(" + "))
        decimals = len(found[1].partition(".")[2])
        assert value == pytest.approx(exact / unit, abs=0.51 * 10**-decimals)
