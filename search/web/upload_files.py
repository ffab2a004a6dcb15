"""A form of `POST /documents`: files of any format that can be read, and what their sender says of them.

What a file's name and size tell is checked before any is taken; whether it can be read, its job tells.
"""

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import BinaryIO, NamedTuple

from index.bundle import SentFile, said_of
from index.errors import ReadError
from index.readers.encoding import EMPTY
from index.readers.formats import STREAMED, suffix_of, unknown_format
from index.readers.streams import too_large
from index.settings import IndexSettings
from search.web.errors import UploadError
from search.web.uploads import TEXT_FIELDS, URI_BASE

MAX_FILES = 1000
MAX_FIELDS = 100
MAX_NAME = 200
OF_ONE = ("id", "title", "url")
"""What can be said of one document only."""
META_PREFIX = "meta."


class FormFile(NamedTuple):
    """A file as it came in: the name that its sender gave it, which may be anything."""

    name: str
    size: int
    stream: BinaryIO


def to_files(files: Sequence[FormFile], fields: Sequence[tuple[str, str]], limits: IndexSettings) -> list[SentFile]:
    """Check a form, whole; the fields hold for each of its files. Raises UploadError."""
    if not files:
        raise UploadError("files", "it is missing; send at least one file, such as `-F files=@report.pdf`")
    named = [one._replace(name=plain_name(one.name)) for one in files]
    for number, one in enumerate(named):
        reason = _reason_against(one, limits)
        if reason is not None:
            raise UploadError(f"files[{number}]", f"{one.name}: {reason}")
    said = _said(fields, named)
    # Two reports about `index.html` must not look like one.
    names = [one.name for one in named]
    shown = [name if names.count(name) == 1 else f"{number}-{name}" for number, name in enumerate(names, 1)]
    return [SentFile(name, one.size, one.stream, said) for name, one in zip(shown, named, strict=True)]


def plain_name(sent: str) -> str:
    """The last part of a name, without what a terminal would obey; it is only ever shown, and never a path."""
    last = re.split(r"[/\\]", sent)[-1]
    return "".join(char for char in last if char.isprintable()).strip()[-MAX_NAME:] or "file"


def _reason_against(file: FormFile, limits: IndexSettings) -> str | None:
    # A name without a suffix is no promise of a format: what the file begins with tells it.
    if suffix_of(file.name) is None and PurePath(file.name).suffix:
        return unknown_format(file.name)
    if not file.size:
        return EMPTY
    return too_large(limits.max_file_bytes) if file.size > limits.max_file_bytes else None


def _said(fields: Sequence[tuple[str, str]], files: Sequence[FormFile]) -> dict[str, str]:
    """What the form says of its files, as a record would say it. Raises UploadError."""
    said: dict[str, str] = {}
    for name, value in fields:
        bare = name.removeprefix(META_PREFIX)
        is_meta = bare != name and bare and bare not in TEXT_FIELDS and bare != "text"
        if not is_meta and name not in TEXT_FIELDS:
            known = ", ".join(sorted(TEXT_FIELDS))
            raise UploadError(name[:100] or "form", f"no such field here; known are files, {known} and meta.FIELD")
        if bare in said:
            raise UploadError(name, "it is there twice; send it once")
        said[bare] = value
    lone = next((name for name in OF_ONE if said.get(name)), None)
    if lone and (len(files) > 1 or suffix_of(files[0].name) in STREAMED):
        raise UploadError(lone, "it can be said of one document only; send that file alone, or leave it out")
    try:
        said_of(said, URI_BASE)
    except ReadError as error:
        raise UploadError("form", error.reason) from error
    return said
