"""What a process holds is laid in huge pages, and stays what it was."""

import ctypes
import mmap
import os
import sys
from pathlib import Path

import pytest

from index import memory
from index.memory import lay_in_huge_pages

SIZE = 16 << 20


def _in_huge_pages(at: int) -> int:
    """How many kilobytes of the mapping around an address lie in huge pages."""
    is_in = False
    for line in Path("/proc/self/smaps").read_text().splitlines():
        head, _, rest = line.partition(" ")
        if "-" in head and not head.endswith(":"):
            start, end = (int(one, 16) for one in head.split("-"))
            is_in = start <= at < end
        elif is_in and head == "AnonHugePages:":
            return int(rest.split()[0])
    return 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how memory is laid out")
def test_what_is_held_is_moved_to_huge_pages_unchanged() -> None:
    """Every byte is as it was, and the system says that they lie in huge pages now."""
    if not memory._may_be_huge() or tuple(map(int, os.uname().release.split(".")[:2])) < (6, 1):
        pytest.skip("this system moves nothing to huge pages when asked to")
    with mmap.mmap(-1, SIZE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as held:
        pattern = os.urandom(4096)
        for start in range(0, SIZE, len(pattern)):
            held[start : start + len(pattern)] = pattern
        view = (ctypes.c_char * SIZE).from_buffer(held)
        address = ctypes.addressof(view)
        before = _in_huge_pages(address)
        assert lay_in_huge_pages() >= SIZE - (4 << 20)
        assert _in_huge_pages(address) > before
        assert held[:] == pattern * (SIZE // len(pattern))
        del view


def test_nothing_is_moved_where_the_system_may_use_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whoever runs the machine has the say, and other systems have no such pages."""
    monkeypatch.setattr(memory, "_HUGE_PAGES", tmp_path)
    assert not memory._may_be_huge()
    for setting, size, is_so in (
        ("always madvise [never]", 2 << 20, False),
        ("always [madvise] never", 512 << 20, False),
        ("always [madvise] never", 2 << 20, True),
    ):
        (tmp_path / "enabled").write_text(f"{setting}\n")
        (tmp_path / "hpage_pmd_size").write_text(f"{size}\n")
        assert memory._may_be_huge() == is_so
    monkeypatch.setattr(memory, "_MAPPINGS", tmp_path / "none")
    assert lay_in_huge_pages() == 0


def test_only_memory_of_its_own_is_moved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Files, shared memory, stacks and what holds no whole huge page stay where they are."""
    maps = tmp_path / "maps"
    maps.write_text(
        "7f0000001000-7f0000801000 rw-p 00000000 00:00 0 \n"
        "7f0001000000-7f0001800000 rw-s 00000000 00:01 12 /dev/shm/one with blanks\n"
        "7f0002000000-7f0002800000 r--p 00000000 08:01 77 /lib/libfaiss.so\n"
        "7f0002800000-7f0002900000 r--p 00000000 08:01 78 /news/odd\u2028name\x85 \x1c\n"
        "7f0003000000-7f0003800000 rw-p 00000000 00:00 0 [stack]\n"
        "7f0004000000-7f0004400000 rw-p 00000000 00:00 0 [heap]\n"
        "7f0005001000-7f0005200000 rw-p 00000000 00:00 0 \n",
        encoding="latin-1",
        errors="replace",
    )
    monkeypatch.setattr(memory, "_MAPPINGS", maps)
    assert list(memory._own()) == [(0x7F0000200000, 0x7F0000800000), (0x7F0004000000, 0x7F0004400000)]
