"""ZIP-based formats: opened within bounds, so that a decompression bomb is refused before it goes off."""

import io
import zipfile
import zlib

from index.errors import ReadError

_MOST_BYTES = 1 << 30
_MOST_RATIO = 200
_SMALL = 64 << 20
_MOST_FILES = 20_000
"""Documents stay far below: XML shrinks to a tenth or so, and what unpacks to little does no harm at any ratio."""
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, OSError)
"""What zipfile raises on damaged or encrypted archives."""


def open_zip(data: bytes, kind: str) -> zipfile.ZipFile:
    """An archive whose declared sizes are sane (zipfile never unpacks more of a file than declared).

    Raises ReadError when it is broken, encrypted or a bomb; `kind` names the format in the reason.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (*BROKEN, ValueError) as error:
        raise ReadError(f"broken {kind} ({error}); export or download it again") from error
    total = sum(member.file_size for member in members)
    if len(members) > _MOST_FILES or total > _MOST_BYTES or total > max(_SMALL, _MOST_RATIO * len(data)):
        raise ReadError(f"unpacked, this {kind} is {total:,} bytes in {len(members):,} files; it is refused as a bomb")
    if any(member.flag_bits & 1 for member in members):
        raise ReadError(f"this {kind} is encrypted; save it without a password")
    return archive


def read_member(archive: zipfile.ZipFile, name: str, kind: str) -> bytes:
    """One file of an archive. Raises ReadError when it is missing or damaged."""
    try:
        return archive.read(name)
    except (*BROKEN, ValueError) as error:
        raise ReadError(f"broken {kind} ({name}: {error}); export or download it again") from error
