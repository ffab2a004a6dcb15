"""How the C library hands out memory while a run of indexing goes on, and how the system lays out what a server has."""

import ctypes
import sys
from collections.abc import Iterator
from pathlib import Path

_M_ARENA_MAX = -8
"""glibc's, from malloc.h."""
_MADV_COLLAPSE = 25
"""Linux's, from mman-common.h; since 6.1."""
_HUGE = 1 << 21
_MAPPINGS, _HUGE_PAGES = Path("/proc/self/maps"), Path("/sys/kernel/mm/transparent_hugepage")


def share_arena() -> None:
    """Have threads that start from now on take memory from one arena; where that is no glibc, nothing.

    Each publication starts threads, and glibc gives each an arena of its own that it never gives back: of 27,000
    paragraphs, every further 3,400 took 10 MB more, with one arena 3.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, 1)


def give_back() -> None:
    """Give the system what of the heap is free; where that is no glibc, nothing.

    glibc itself gives back only what lies behind everything in use, and once it has had a block of 32 MB, only from
    64 MB on: what merging an index takes for a moment would stay. Takes a few milliseconds.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def lay_in_huge_pages() -> int:
    """Move what this process has in memory of its own to pages of 2 MB; bytes that lie in such now.

    A question is encoded at the speed of memory, 42 MB of weights for each; looking up where 10,000 pages of 4 KB lie
    costs a twenty-fifth of that, and more of what follows with empty caches: without huge pages a warm search takes
    1.1 times as long. Takes up to a quarter of a second. Where the system has no huge pages, or may use none, nothing.
    """
    madvise = getattr(ctypes.CDLL(None), "madvise", None) if sys.platform == "linux" else None
    if madvise is None or not _may_be_huge():
        return 0
    madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    # Refused where nothing lies yet, where memory is too scattered, and by older systems: it stays as it is then.
    return sum(end - start for start, end in _own() if madvise(start, end - start, _MADV_COLLAPSE) == 0)


def _may_be_huge() -> bool:
    """Whether there are pages of 2 MB, and a process may ask for them; on some machines huge ones have 512 MB."""
    try:
        is_forbidden = b"[never]" in (_HUGE_PAGES / "enabled").read_bytes()
        return not is_forbidden and int((_HUGE_PAGES / "hpage_pmd_size").read_bytes()) == _HUGE
    except (OSError, ValueError):
        return False


def _own() -> Iterator[tuple[int, int]]:
    """Where memory of this process's own may lie in whole huge pages: no files, nothing shared, no stack."""
    try:
        mappings = _MAPPINGS.read_bytes()
    except OSError:
        return
    # Names of files may be in any encoding, and hold anything but line feeds.
    for line in filter(None, mappings.split(b"\n")):
        span, rights, _, _, inode, *name = line.split(maxsplit=5)
        if inode == b"0" and rights == b"rw-p" and (not name or name[0] == b"[heap]"):
            start, end = (int(address, 16) for address in span.split(b"-"))
            start, end = -(-start // _HUGE) * _HUGE, end // _HUGE * _HUGE
            if start < end:
                yield start, end
