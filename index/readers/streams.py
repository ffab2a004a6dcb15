"""Byte streams that never hold more than they may: lines, gzip, a stream with its head put back."""

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from index.errors import ReadError

_SKIP_BYTES = 1 << 16


def lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Lines numbered from 1, each with its newline; None for one of more than `limit` bytes.

    A longer line is read over in small pieces, so memory stays bounded by `limit`.
    """
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) <= limit or line.endswith(b"\n"):
            yield number, line
            continue
        del line
        while (rest := stream.readline(_SKIP_BYTES)) and not rest.endswith(b"\n"):
            pass
        yield number, None


def read_bounded(stream: BinaryIO, limit: int, reason: str) -> bytes:
    """All of a stream. Raises ReadError with `reason` when it holds more than `limit` bytes."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise ReadError(reason)
    return data


def too_large(limit: int) -> str:
    """The reason for refusing a file of more than `limit` bytes."""
    return f"larger than {limit:,} bytes (indexing.max_file_bytes); split it, or raise that setting"


class _Gunzipped(io.RawIOBase):
    """What a gzip stream holds; raises ReadError when it is broken or holds more than `limit` bytes."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self._stream = gzip.GzipFile(fileobj=stream, mode="rb")
        self._left = limit
        self._limit = limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]  # collections.abc.Buffer is 3.12's
        try:
            data = self._stream.read(len(buffer))
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise ReadError(f"broken gzip ({error}); copy or download the file again") from error
        self._left -= len(data)
        if self._left < 0:
            raise ReadError(f"unpacked, it is {too_large(self._limit)}")
        buffer[: len(data)] = data
        return len(data)


class _Chained(io.RawIOBase):
    """Bytes already taken from a stream, then the rest of it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]  # collections.abc.Buffer is 3.12's
        if not self._head:
            data = self._rest.read(len(buffer))
            buffer[: len(data)] = data
            return len(data)
        count = min(len(self._head), len(buffer))
        buffer[:count] = self._head[:count]
        self._head = self._head[count:]
        return count


def gunzipped(stream: BinaryIO, limit: int) -> BinaryIO:
    """A stream of what a gzip stream holds; reading it raises ReadError, see above."""
    return io.BufferedReader(_Gunzipped(stream, limit), _SKIP_BYTES)


def chained(head: bytes, rest: BinaryIO) -> BinaryIO:
    """A stream of `head` and then everything in `rest`."""
    return io.BufferedReader(_Chained(head, rest), _SKIP_BYTES)
