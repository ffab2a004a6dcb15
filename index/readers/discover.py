"""Paths, folders and globs to the files that are documents."""

import errno
import os
import re
import stat
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import translate
from itertools import chain
from pathlib import Path

from index.bitset import BitSet
from index.errors import ReadError
from index.readers.formats import EXPECTED, suffix_of, unknown_format
from index.readers.ignore import Rule, is_ignored, read_rules
from index.types import Rejected

_SURROGATE = re.compile("[\ud800-\udfff]")
_MAGIC = re.compile(r"[*?\[]")
_MISSING = "no such file or folder, and no glob that matches any; check the spelling"
_NO_DOCUMENTS = f"name what holds some ({EXPECTED}), or check the .quothignore"
_GONE = (errno.ENOENT, errno.ENOTDIR)
"""What alone says that there is no file; all other errors leave it open."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read: its size in bytes, and when it was changed in nanoseconds since 1970."""

    uri: str
    size: int
    mtime_ns: int

    @property
    def path(self) -> Path:
        """Where it lies; made only for a file that is read."""
        return path_of(self.uri)


def discover(paths: Sequence[str], others: Counter[str] | None = None) -> Iterator[SourceFile | Rejected]:
    """The documents under these files, folders and globs, each once, in order of their names.

    In folders, hidden entries, unknown suffixes and what a `.quothignore` names are passed over; a
    file that is named is read whatever its name, or rejected when its format is unknown. What is
    missing or may not be entered is rejected in its place: one of `paths` always under its own
    `file_uri`. Never raises for what it finds. Files of unknown formats are counted in `others`, by suffix.
    """
    walk = _Walk(Counter() if others is None else others)
    return chain.from_iterable(_root(path, walk) for path in paths)


def file_uri(path: str) -> str:
    """`file://` and the absolute path, nothing encoded, so that a reader can follow it with any tool."""
    # Names that are no UTF-8 (which are rejected) come as lone surrogates, which no report could hold.
    return "file://" + _absolute(path).encode(errors="surrogateescape").decode(errors="backslashreplace")


def anchor(path: str) -> str:
    """What must be there for files to be found: the path, or of a glob the folder above its first wildcard."""
    full = _absolute(path)
    return _split_glob(full)[0] if _MAGIC.search(full) and not os.path.lexists(full) else full


def path_of(uri: str) -> Path:
    """The path of a file's URI."""
    return Path(uri.removeprefix("file://"))


def exists(uri: str) -> bool:
    """Whether a file's URI still leads to something; what cannot be told counts as still there."""
    try:
        path_of(uri).stat()
    except OSError as error:
        return error.errno not in _GONE
    except ValueError:
        return False
    return True


def _root(path: str, walk: "_Walk") -> Iterator[SourceFile | Rejected]:
    """What one argument stands for."""
    full = _absolute(path)
    reason = _MISSING
    try:
        os.lstat(full)
    except OSError as error:
        if error.errno not in _GONE:
            reason = _unreachable(error)
    except ValueError:
        pass
    else:
        return walk.named(full)
    return walk.globbed(full, reason) if _MAGIC.search(path) else iter([Rejected(file_uri(full), reason)])


def _absolute(path: str) -> str:
    """An absolute path without `.` and `..`; lexically, unless a symlink makes that another place."""
    simple = os.path.abspath(path)  # noqa: PTH100 -- pathlib keeps "..", so one file would have two URIs
    if ".." in path and os.path.realpath(simple) != os.path.realpath(path):
        return os.path.realpath(path)
    return simple


def _split_glob(path: str) -> tuple[str, tuple[str, ...]]:
    """The folder before the first wildcard, and the pattern's parts from there."""
    parts = path.split("/")
    first = next(number for number, part in enumerate(parts) if _MAGIC.search(part))
    return "/".join(parts[:first]) or "/", tuple(parts[first:])


class _Walk:
    """One run's walk: what was seen in it, so that nothing comes twice and no loop is followed."""

    def __init__(self, others: Counter[str]) -> None:
        self._others = others
        self._files, self._linked = BitSet(), set[str]()
        self._folders: set[tuple[int, int]] = set()
        self._rules: dict[str, tuple[Rule, ...]] = {}

    def named(self, path: str) -> Iterator[SourceFile | Rejected]:
        """A file or folder that the user named."""
        try:
            status = os.stat(path)  # noqa: PTH116 -- as everywhere here: no Path object for each of 20,000 entries
        except OSError as error:
            yield Rejected(file_uri(path), _unreachable(error))
            return
        if stat.S_ISDIR(status.st_mode):
            reason: str | None = f"no documents in this folder: {path}; {_NO_DOCUMENTS}"
            for item in self._tree(path):
                reason = None
                if item is not None:
                    yield item
            if reason is not None:
                yield Rejected(file_uri(path), reason)
        elif suffix_of(path.rpartition("/")[2]) is None:
            yield Rejected(file_uri(path), unknown_format(path))
        elif not stat.S_ISREG(status.st_mode):
            yield Rejected(file_uri(path), "not a file; name a file or folder, or pipe the text in")
        else:
            yield from self._file(path, status)

    def globbed(self, glob: str, missing: str) -> Iterator[SourceFile | Rejected]:
        """What a glob matches: its files of known suffixes, and everything in its folders."""
        folder, parts = _split_glob(glob)
        reason: str | None = missing
        # Several parts of a pattern may come by the same locked folder.
        for match in dict.fromkeys(self._matches(folder, parts)):
            reason = reason and f"no documents match this glob: {glob}; {_NO_DOCUMENTS}"
            for item in self._matched(match):
                reason = None
                if isinstance(item, Rejected) and item.uri == file_uri(folder):
                    yield replace(item, uri=file_uri(glob))
                elif item is not None:
                    yield item
        if reason is not None:
            yield Rejected(file_uri(glob), reason)

    def _matched(self, match: str | Rejected) -> Iterator[SourceFile | Rejected | None]:
        """What one match of a glob stands for; None for what came before."""
        if isinstance(match, Rejected):
            yield match
        elif _is_folder(match):
            yield from self._tree(match)
        elif suffix_of(match.rpartition("/")[2]) is not None:
            yield from self.named(match)
            yield None

    def _matches(self, folder: str, parts: tuple[str, ...]) -> Iterator[str | Rejected]:
        """The paths below `folder` that match the pattern's parts, but for hidden and ignored ones.

        `**` is any number of folders, symlinks not followed, as in bash.
        """
        part, rest = parts[0], parts[1:]
        if part == "" or parts == ("**",):
            if _is_folder(folder):
                yield folder
        elif part == "**":
            yield from self._matches(folder, rest)
            for entry in self._entries(folder, hidden=False):
                if not isinstance(entry, Rejected) and _is_folder(entry, follow_symlinks=False):
                    yield from self._matches(entry.path, parts)
        else:
            regex = re.compile(translate(part))
            for entry in self._entries(folder, part.startswith(".")):
                if isinstance(entry, Rejected):
                    yield entry
                elif regex.match(entry.name) and not rest:
                    yield entry.path
                elif regex.match(entry.name) and _is_folder(entry):
                    yield from self._matches(entry.path, rest)

    def _entries(self, folder: str, hidden: bool) -> list[os.DirEntry[str] | Rejected]:
        """A folder's entries by name, without hidden and ignored ones, or why it cannot be read."""
        try:
            rules = self._rules_of(folder)
            with os.scandir(folder) as entries:
                kept = [entry for entry in entries if hidden or not entry.name.startswith(".")]
        except OSError as error:
            return [] if error.errno in _GONE else [Rejected(file_uri(folder), _unreachable(error))]
        except ReadError as error:
            return [Rejected(file_uri(folder), _bad_rules(error))]
        kept.sort(key=lambda entry: entry.name)
        return [entry for entry in kept if not is_ignored(entry.path, _is_folder(entry), rules)]

    def _file(self, path: str, status: os.stat_result) -> Iterator[SourceFile | Rejected]:
        if self._is_new(path, status):
            if _SURROGATE.search(path):
                yield Rejected(file_uri(path), "its name is not valid UTF-8; rename it")
                return
            # Walked to from an absolute path, it is one: nothing is left for `file_uri` to fold.
            yield SourceFile(f"file://{path}", status.st_size, status.st_mtime_ns)

    def _is_new(self, path: str, status: os.stat_result) -> bool:
        """Whether this is the first time that this file is met, by whatever path."""
        # With a single link, the inode is the file; hard links are files of their own.
        if status.st_nlink == 1:
            number = status.st_dev << 64 | status.st_ino
            is_new = number not in self._files
            self._files.add(number)
        else:
            is_new = path not in self._linked
            self._linked.add(path)
        return is_new

    def _tree(self, top: str) -> Iterator[SourceFile | Rejected | None]:
        """Everything below a folder, None for what came before.

        Symlinks come last, so that a file is known by its own place.
        """
        links: deque[str] = deque()
        yield from self._folder(top, links)
        while links:
            yield from self._link(links.popleft(), top, links)

    def _folder(self, top: str, links: deque[str]) -> Iterator[SourceFile | Rejected | None]:
        """The files below a folder, None for what came before; symlinks are put aside."""
        stack: list[os.DirEntry[str] | str] = [top]
        while stack:
            entry = stack.pop()
            try:
                if isinstance(entry, str) or entry.is_dir(follow_symlinks=False):
                    path = entry if isinstance(entry, str) else entry.path
                    if self._enter(path):
                        stack.extend(reversed(self._children(path, links)))
                    else:
                        yield None
                elif entry.is_file(follow_symlinks=False):
                    yield next(self._file(entry.path, entry.stat(follow_symlinks=False)), None)
            except OSError as error:
                yield Rejected(file_uri(os.fspath(entry)), _unreachable(error))
            except ReadError as error:
                yield Rejected(file_uri(os.fspath(entry)), _bad_rules(error))

    def _enter(self, folder: str) -> bool:
        """Whether this is the first time that this folder is gone through, by whatever path."""
        status = os.stat(folder)  # noqa: PTH116 -- see above
        key = (status.st_dev, status.st_ino)
        is_new = key not in self._folders
        self._folders.add(key)
        return is_new

    def _children(self, folder: str, links: deque[str]) -> list[os.DirEntry[str]]:
        """A folder's files and folders to go through, by name."""
        rules = self._rules_of(folder)
        children = []
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.startswith("."):
                    continue
                is_link = entry.is_symlink()
                is_folder = entry.is_dir(follow_symlinks=False)
                if rules and is_ignored(entry.path, is_folder, rules):
                    continue
                if not (is_link or is_folder) and suffix_of(entry.name) is None:
                    self._others[os.path.splitext(entry.name)[1].lower() or "no suffix"] += 1  # noqa: PTH122 -- see above
                elif is_link:
                    links.append(entry.path)
                else:
                    children.append(entry)
        return children

    def _link(self, link: str, top: str, links: deque[str]) -> Iterator[SourceFile | Rejected | None]:
        """What a symlink leads to, unless it came before."""
        is_document = suffix_of(link.rpartition("/")[2]) is not None
        try:
            status = os.stat(link)  # noqa: PTH116 -- see above
            leads_back = stat.S_ISDIR(status.st_mode) and _leads_back(link, status, top)
        except OSError as error:
            if is_document or error.errno not in _GONE:
                yield Rejected(file_uri(link), _unreachable(error))
            return
        if stat.S_ISREG(status.st_mode) and is_document:
            yield next(self._file(link, status), None)
        elif stat.S_ISDIR(status.st_mode):
            if leads_back:
                yield Rejected(file_uri(link), "a symlink that leads back to a folder above it; not followed")
            else:
                yield from self._folder(link, links)

    def _rules_of(self, folder: str) -> tuple[Rule, ...]:
        """The ignore rules that hold in a folder: those of all folders above it, then its own."""
        unknown = []
        while folder not in self._rules and folder not in ("", "/"):
            unknown.append(folder)
            folder = folder.rpartition("/")[0]
        rules = self._rules.get(folder, ())
        for inner in reversed(unknown):
            rules = self._rules[inner] = rules + read_rules(inner)
        return rules


def _leads_back(link: str, status: os.stat_result, top: str) -> bool:
    """Whether a symlink's folder is one of those that lead to it, by name or in truth."""
    real, own = os.path.realpath(link), os.path.realpath(link.rpartition("/")[0])
    if own == real or own.startswith(real.rstrip("/") + "/"):
        return True
    above = link.rpartition("/")[0]
    while len(above) >= len(top):
        if os.path.samestat(os.stat(above), status):  # noqa: PTH116 -- see above
            return True
        above = above.rpartition("/")[0]
    return False


def _is_folder(entry: os.DirEntry[str] | str, *, follow_symlinks: bool = True) -> bool:
    """Whether it is a folder; what cannot be told, such as a link that leads to itself, is none."""
    try:
        if isinstance(entry, str):
            return stat.S_ISDIR(os.stat(entry).st_mode)  # noqa: PTH116 -- see above
        return entry.is_dir(follow_symlinks=follow_symlinks)
    except OSError:
        return False


def _bad_rules(error: ReadError) -> str:
    return f"its .quothignore cannot be read ({error.reason}); fix or remove it"


def _unreachable(error: OSError) -> str:
    if error.errno == errno.ELOOP:
        return "a symlink loop: it leads to itself; remove it"
    if isinstance(error, FileNotFoundError):
        return "it leads nowhere: a dangling symlink, or it was just removed"
    if isinstance(error, PermissionError):
        return "cannot be read: permission denied; give the user who runs this the right to read it"
    return f"cannot be read: {error.strerror or error}"
