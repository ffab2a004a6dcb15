"""CSV: one document a row, columns by name."""

import csv
import re
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from index.errors import ReadError
from index.readers.encoding import detect_encoding, refuse_binary
from index.readers.records import record_to_document
from index.readers.streams import chained, lines
from index.settings import IndexSettings
from index.types import Document, Rejected

_FIELDS = frozenset({"id", "_id", "title", "text", "author", "published", "date", "source", "url"})
_DELIMITERS = ",;\t|"
_SAMPLE_BYTES = 1 << 18
_QUOTED = re.compile(r'"[^"]*"')


def read_csv(stream: BinaryIO, uri: str, settings: IndexSettings) -> Iterator[Document | Rejected]:
    """A document for each row, or a Rejected that names the line it ends on.

    The first row names the columns, in any case; `text` must be among them. The delimiter is that
    of the header: comma, semicolon, tab or bar. Raises ReadError when the file as a whole is unusable.
    """
    head = stream.read(_SAMPLE_BYTES)
    refuse_binary(head)
    source = _Source(chained(head, stream), _encoding(head), settings.max_record_bytes)
    # Python's own limit of 128 KiB a field is a process-wide setting; ours bounds whole rows.
    csv.field_size_limit(max(csv.field_size_limit(), settings.max_record_bytes))
    delimiter, columns = _header(source)
    while True:
        rows = csv.reader(source, delimiter=delimiter, strict=True)
        try:
            for row in rows:
                if row:
                    yield _read_row(row, columns, uri, source.number)
                source.held = 0
            return
        except (ReadError, csv.Error) as error:
            # A new reader begins at the next line: one bad row costs no more than itself.
            yield Rejected(uri, f"line {source.number}: {error}")
            source.held = 0


class _Source:
    """Decoded lines for csv.reader, with a count of what the row now being read has taken."""

    def __init__(self, stream: BinaryIO, encoding: str, limit: int) -> None:
        self._lines = lines(stream, limit)
        self._encoding, self._limit = encoding, limit
        self.number = 0
        self.held = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self.number, line = next(self._lines)
        self.held += len(line) if line is not None else self._limit + 1
        if line is None or self.held > self._limit:
            raise ReadError(f"the row is longer than {self._limit:,} bytes; is a quotation mark never closed?")
        try:
            return line.decode(self._encoding)
        except UnicodeDecodeError as error:
            raise ReadError(f"not valid {self._encoding} at byte {error.start:,} of the line") from error


def _encoding(head: bytes) -> str:
    try:
        head[: head.rfind(b"\n") + 1].decode("utf-8")
    except UnicodeDecodeError as error:
        encoding = detect_encoding(head)
        if encoding is None:
            raise ReadError(f"not valid UTF-8 at byte {error.start:,}; save it as UTF-8") from error
        return encoding
    return "utf-8"


def _header(source: _Source) -> tuple[str, list[str]]:
    """The delimiter and the columns' names: known ones in lower case, others as written."""
    for line in source:
        if not line.strip("\ufeff \t\r\n,;|"):
            continue
        bare = _QUOTED.sub("", line)
        delimiter = max(_DELIMITERS, key=bare.count)
        names = [name.strip() for name in next(csv.reader([line.lstrip("\ufeff")], delimiter=delimiter))]
        columns = [name.lower() if name.lower() in _FIELDS else name for name in names]
        source.held = 0
        if "text" not in columns:
            found = ", ".join(repr(name) for name in names[:20])
            raise ReadError(f"no column is named 'text'; found {found}; rename the one that holds the text")
        return delimiter, columns
    raise ReadError("the file is empty")


def _read_row(row: list[str], columns: list[str], uri: str, number: int) -> Document | Rejected:
    if len(row) > len(columns):
        return Rejected(uri, f"line {number}: {len(row)} columns, but the header names {len(columns)}")
    record = {name: value for name, value in zip(columns, row, strict=False) if value and name}
    try:
        return record_to_document(record, uri, msgspec.json.encode(record, order="sorted"))
    except ReadError as error:
        return Rejected(uri, f"line {number}: {error.reason}")
