"""What a run has to read: the files that are not as they were when all of them was indexed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from index.aside import Aside
from index.readers import READER_VERSION
from index.readers.discover import SourceFile, file_uri
from index.readers.under import is_under
from index.store.records import FileRow
from index.store.writer import Writer
from index.types import Rejected

LOOKED_UP = 500
"""Files that the library is asked about at once: twenty thousand unchanged ones shall not take as many queries."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The files to read, and what is rejected, in their order, on disk where they are many.

    `size` is how many bytes there are to read; `unchanged` how many documents the other files hold. Both are known
    before any is read: how much there is to read tells how long that will take.
    """

    differing: Aside[list[SourceFile | Rejected]]
    size: int
    unchanged: int

    def items(self) -> Iterator[SourceFile | Rejected]:
        """The files to read, and what is rejected; once."""
        for part in self.differing.taken():
            yield from part


def planned(files: Iterable[SourceFile | Rejected], writer: Writer, *, rebuild: bool) -> Plan:
    """Compare files with what the library knows of them; for a `rebuild` all are to be read."""
    differing, size, unchanged = Aside[list[SourceFile | Rejected]](writer.root), 0, 0
    rest = iter(files)
    while part := list(islice(rest, LOOKED_UP)):
        known = writer.files([item.uri for item in part if isinstance(item, SourceFile)])
        to_read = list[SourceFile | Rejected]()
        for item in part:
            row, documents = known.get(item.uri, (None, 0))
            if isinstance(item, SourceFile) and row and not rebuild and is_settled(item, row):
                unchanged += documents
            else:
                to_read.append(item)
                size += item.size if isinstance(item, SourceFile) else 0
        if to_read:
            differing.put(to_read)
    return Plan(differing, size, unchanged)


def is_settled(file: SourceFile, known: FileRow) -> bool:
    """Whether a file looks as it did when all of it was indexed, and cannot have changed unseen since."""
    return known.looks_like(FileRow(file.size, file.mtime_ns, 0, READER_VERSION)) and not known.is_racy


def unless_emptied(
    files: Iterable[SourceFile | Rejected], writer: Writer, paths: Sequence[str]
) -> Iterator[SourceFile | Rejected]:
    """The same, without those of the paths that hold nothing now, and under which documents were indexed."""
    named = {file_uri(path): path for path in paths}
    for item in files:
        path = named.get(item.uri) if isinstance(item, Rejected) else None
        if path is None or not any(is_under(uri, path) for uri in writer.file_uris()):
            yield item
