"""Files that were sent together, as one tar: how the service hands them to the run that indexes them.

It is read as a stream: nothing is unpacked to disk, so no name in it ever becomes a path.
"""

import tarfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import BufferedReader
from typing import BinaryIO

import msgspec

from index.readers import read_stream
from index.readers.records import record_to_document
from index.settings import IndexSettings
from index.types import Document, Rejected

FILE_FIELD = "file"
"""The field of `meta` that keeps a file's name, unless the document has one of that name."""

_LABEL = "QUOTH.label"
_PIECE_BYTES = 1 << 20


class _Label(msgspec.Struct, frozen=True):
    """What goes with the bytes of one file. A tar's own names lose a slash at their end, and more."""

    name: str
    said: dict[str, str]


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file of `size` bytes: its name tells the format, `said` what the sender knows of it, as a record would."""

    name: str
    size: int
    stream: BinaryIO
    said: Mapping[str, str]


def pack(files: Iterable[SentFile]) -> Iterator[bytes]:
    """The bytes of the bundle, piece by piece."""
    for number, file in enumerate(files):
        info = tarfile.TarInfo(str(number))
        info.size = file.size
        info.pax_headers = {_LABEL: msgspec.json.encode(_Label(file.name, dict(file.said))).decode()}
        yield info.tobuf(tarfile.PAX_FORMAT)
        while piece := file.stream.read(_PIECE_BYTES):
            yield piece
        yield bytes(-file.size % tarfile.BLOCKSIZE)
    yield bytes(2 * tarfile.BLOCKSIZE)


def read_bundle(stream: BinaryIO, uri: str, settings: IndexSettings) -> Iterator[Document | Rejected]:
    """The documents of a bundle, and what of it cannot be read, by the file's name; never raises for bad input.

    A document without an id or URL of its own is known by its bytes, as `uri` and `#sha=…`.
    """
    first: dict[str, str] = {}
    try:
        with tarfile.open(fileobj=stream, mode="r|") as tar:
            for member in tar:
                content = tar.extractfile(member)
                if isinstance(content, BufferedReader):
                    label = msgspec.json.decode(member.pax_headers.get(_LABEL, "{}"), type=_Label)
                    for item in read_stream(content, label.name, uri, settings):
                        yield _named(item, label.name, label.said, uri, first)
    except (tarfile.TarError, msgspec.DecodeError) as error:
        yield Rejected(uri, f"not a bundle of files ({error}); send them again")


def said_of(fields: Mapping[str, str], uri: str) -> Document:
    """What a sender says of a file, checked and made regular as a record's fields are. Raises ReadError."""
    return record_to_document({**fields, "text": "-"}, uri, b"")


def _named(
    item: Document | Rejected, name: str, said: Mapping[str, str], uri: str, first: dict[str, str]
) -> Document | Rejected:
    """One item of a file, as its sender wants it known; `first` are the names of the files known by their bytes."""
    if isinstance(item, Rejected):
        is_ours = item.uri == uri or item.uri.startswith(uri + "#")
        return Rejected(name + item.uri.removeprefix(uri) if is_ours else item.uri, item.reason)
    stated = said_of(said, uri)
    if item.uri == uri:
        known = f"{uri}#sha={item.sha256[:16]}"
        if known in first:
            return Rejected(name, f"the same bytes as {first[known]}, which came before it")
        first[known] = name
        item = replace(item, uri=stated.uri if said.get("url") or stated.id else known)
    return replace(
        item,
        id=stated.id or item.id,
        title=stated.title or item.title,
        author=stated.author or item.author,
        published=stated.published or item.published,
        source=stated.source or item.source,
        meta={FILE_FIELD: name, **item.meta, **stated.meta},
    )
