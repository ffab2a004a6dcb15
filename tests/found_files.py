"""Small files below a folder, and what is discovered of them."""

from pathlib import Path

from index.readers.discover import SourceFile, discover


def make(folder: Path, *names: str) -> None:
    """Write small files of these names below a folder."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Some words.\n")


def found(folder: Path, *paths: str) -> list[str]:
    """What is discovered, relative to a folder, in order; rejected ones as `!reason`."""
    return [
        item.path.relative_to(folder).as_posix() if isinstance(item, SourceFile) else f"!{item.reason}"
        for item in discover([str(folder / path) for path in paths])
    ]
