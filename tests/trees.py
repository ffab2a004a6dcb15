"""Looking at a folder from outside, to tell that nothing in it changed."""

from pathlib import Path


def snapshot_of(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Modification time and bytes of every file but locks and SQLite's shared memory, by its path."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock" and not path.name.endswith("-shm")
    }
