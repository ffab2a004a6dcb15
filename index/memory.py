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
_MAPPINGS, _HUGE_PAGES = Path("/proc/self/maps"), Path("/sys/kernel/mm/transparent_hugepage/enabled")


def share_arena() -> None:
    """Have threads that start from now on take memory from one arena; where that is no glibc, nothing.

    Each publication starts threads, and glibc gives each an arena of its own that it never gives back: of 27,000
    paragraphs, every further 3,400 took 10 MB more, with one arena 3.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, 1)


def lay_in_huge_pages() -> int:
    """Move what this process has in memory of its own to pages of 2 MB; bytes that lie in such now.

    A question is encoded at the speed of memory, 42 MB of weights for each; looking up where 10,000 pages of 4 KB lie
    costs a twenty-fifth of that, and more of what follows with empty caches: without huge pages a warm search takes
    1.1 times as long. Takes up to a quarter of a second. Where the system has no huge pages, or may use none, nothing.
    """
    madvise = getattr(ctypes.CDLL(None), "madvise", None) if sys.platform == "linux" else None
    if madvise is None or not _HUGE_PAGES.exists() or "[never]" in _HUGE_PAGES.read_text():
        return 0
    madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    # Refused where nothing lies yet, where memory is too scattered, and by older systems: it stays as it is then.
    return sum(end - start for start, end in _own() if madvise(start, end - start, _MADV_COLLAPSE) == 0)


def _own() -> Iterator[tuple[int, int]]:
    """Where memory of this process's own may lie in whole huge pages: no files, nothing shared, no stack."""
    for line in _MAPPINGS.read_text().splitlines():
        span, rights, _, _, inode, *name = line.split(maxsplit=5)
        if inode == "0" and rights == "rw-p" and (not name or name[0] == "[heap]"):
            start, end = (int(address, 16) for address in span.split("-"))
            start, end = -(-start // _HUGE) * _HUGE, end // _HUGE * _HUGE
            if start < end:
                yield start, end
