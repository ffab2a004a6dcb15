"""CSV: one document a row, columns by name."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from index.errors import ReadError
from index.readers.encoding import EMPTY, detect_encoding, is_damaged_utf8, refuse_binary
from index.readers.records import record_to_document
from index.readers.repeats import Repeats
from index.readers.streams import chained, lines
from index.settings import IndexSettings
from index.types import Document, Rejected

_FIELDS = frozenset({"id", "_id", "title", "text", "author", "published", "date", "source", "url"})
_DELIMITERS = ",;\t|"
_SAMPLE_BYTES = 1 << 18
_EXCEL_HINT = re.compile(r"\ufeff?sep=.", re.IGNORECASE)
"""A first line by which Excel tells itself the delimiter; the header tells it as well."""
_QUOTED = re.compile(r'"[^"]*"')


def read_csv(stream: BinaryIO, uri: str, settings: IndexSettings) -> Iterator[Document | Rejected]:
    """A document for each row, or a Rejected that names the line it begins on, or the one that cannot be parsed.

    The first row names the columns, in any case; `text` must be among them. The delimiter is that
    of the header: comma, semicolon, tab or bar. An id that came among the last rows is rejected. Raises ReadError
    when the file as a whole is unusable.
    """
    head = stream.read(_SAMPLE_BYTES)
    refuse_binary(head)
    if b"\r" in head.rstrip() and b"\n" not in head:
        raise ReadError("its lines end as on old Macs (CR alone); save it with the line ends of today")
    source = _Source(chained(head, stream), _encoding(head), settings.max_record_bytes)
    # Python's own limit of 128 KiB a field is a process-wide setting; ours bounds whole rows.
    csv.field_size_limit(max(csv.field_size_limit(), settings.max_record_bytes))
    delimiter, columns = _header(source)
    repeats = Repeats(uri)
    while True:
        rows = csv.reader(source, delimiter=delimiter, strict=True)
        try:
            for row in rows:
                if row or source.fault:
                    yield _read_row(row, columns, uri, source, repeats)
                source.end_row()
            return
        # After either a new reader begins at the next line: one bad row costs no more than itself.
        except ReadError as error:
            yield Rejected(uri, f"line {source.first}: {error}")
        except csv.Error as error:
            yield Rejected(uri, _why_no_row(error, source))
        source.end_row()


class _Source:
    """Decoded lines for csv.reader, and of the row now read: its first and last line, length, and faulty bytes."""

    def __init__(self, stream: BinaryIO, encoding: str, limit: int) -> None:
        self._lines = lines(stream, limit)
        self._encoding, self._limit = encoding, limit
        self.number = self.first = 0
        self.fault: str | None = None
        self._held = 0
        self._is_between = True

    def end_row(self) -> None:
        """Begin to count anew."""
        self._held, self.fault, self._is_between = 0, None, True

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self.number, line = next(self._lines)
        if self._is_between:
            self.first, self._is_between = self.number, False
        self._held += len(line) if line is not None else self._limit + 1
        if line is None or self._held > self._limit:
            raise ReadError(f"the row is longer than {self._limit:,} bytes; is a quotation mark never closed?")
        try:
            return line.decode(self._encoding)
        except UnicodeDecodeError as error:
            self.fault = f"line {self.number}: not valid {self._encoding.upper()} at byte {error.start:,} of the line"
            # Read on all the same: only so it is known where the row ends.
            return line.decode(self._encoding, "replace")


def _encoding(head: bytes) -> str:
    try:
        head[: head.rfind(b"\n") + 1].decode("utf-8")
    except UnicodeDecodeError as error:
        lines_of_head = head.splitlines()
        encoding = None if is_damaged_utf8(head) else detect_encoding(head)
        if encoding is None and 2 * sum(map(_is_utf8, lines_of_head)) < len(lines_of_head):
            raise ReadError(f"not valid UTF-8 at byte {error.start:,}; save it as UTF-8") from error
        # Else only rows are damaged, and are rejected one by one.
        return encoding or "utf-8"
    return "utf-8"


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _header(source: _Source) -> tuple[str, list[str]]:
    """The delimiter and the columns' names: known ones in lower case, others as written."""
    for line in source:
        if not line.strip("\ufeff \t\r\n,;|") or _EXCEL_HINT.fullmatch(line.strip()):
            continue
        bare = _QUOTED.sub("", line)
        delimiter = max(_DELIMITERS, key=bare.count)
        names = [name.strip() for name in next(csv.reader([line.lstrip("\ufeff")], delimiter=delimiter))]
        columns = [name.lower() if name.lower() in _FIELDS else name for name in names]
        if source.fault:
            raise ReadError(f"{source.fault}; save it as UTF-8")
        source.end_row()
        if "text" not in columns:
            found = ", ".join(repr(name) for name in names[:20])
            raise ReadError(f"no column is named 'text'; found {found}; rename the one that holds the text")
        twice = [name for name, count in Counter(filter(None, columns)).items() if count > 1]
        if twice:
            raise ReadError(f"two columns are named {twice[0]!r}; rename one of them")
        return delimiter, columns
    raise ReadError(EMPTY)


def _why_no_row(error: csv.Error, source: _Source) -> str:
    if str(error) == "unexpected end of data":
        return f"line {source.first}: a quotation mark is never closed, so that the file ends inside this row; close it"
    return f"line {source.number}: {error}; inside a quoted field, a quotation mark is written twice"


def _read_row(row: list[str], columns: list[str], uri: str, source: _Source, repeats: Repeats) -> Document | Rejected:
    number = source.first
    if source.fault:
        return Rejected(uri, f"{source.fault}; save it as UTF-8")
    if len(row) > len(columns):
        return Rejected(uri, f"line {number}: {len(row)} columns, but the header names {len(columns)}")
    record = {name: value for name, value in zip(columns, row, strict=False) if value and name}
    try:
        document = record_to_document(record, uri, msgspec.json.encode(record, order="sorted"))
        return repeats.checked(document, number)
    except ReadError as error:
        return Rejected(uri, f"line {number}: {error.reason}")
