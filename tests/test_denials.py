"""Libraries of which something may not be read, or whose database is none: told by name, and left as they are."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import faiss
import numpy as np
import pytest

from index import corrections
from index.errors import (
    LibraryDamagedError,
    LibraryMissingError,
    LibraryReadOnlyError,
    LibraryUnreadableError,
    TooManyFilesError,
    refusal,
)
from index.library import open_library
from index.store.denials import denials_told, refusals_told
from index.store.schema import connect
from index.store.verify import run
from index.sync import add
from search.web.keys import Keys
from search.web.service_db import FILE_NAME, ServiceDb
from tests.fake_embedder import HashingEmbedder
from tests.small_library import ARTICLES, make_library

ROOT = Path(__file__).parents[1]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """The folder of a library."""
    folder = tmp_path / "library"
    make_library(folder).close()
    return folder


def asked_without_rights(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What a command says to somebody whom permissions bind, as they don't bind root."""
    command = [sys.executable, "cli.py", *arguments]
    if os.getuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("setpriv, which takes root's rights away, is not installed")
        command = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", *command]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.mark.parametrize(
    ("closed", "command"),
    [
        ("library.db", "search"),
        ("library.db", "verify"),
        ("library.db", "backup"),
        ("CURRENT", "search"),
        ("vectors/*.f16", "search"),
        ("generations/1/tantivy/meta.json", "search"),
    ],
)
def test_a_file_that_may_not_be_read_is_named(library: Path, tmp_path: Path, closed: str, command: str) -> None:
    """In one line, with what to do; exit code 1."""
    [path] = library.glob(closed)
    path.chmod(0)
    asked = {"search": ["ferry", "--mode", "lexical"], "verify": [], "backup": [str(tmp_path / "copy")]}[command]
    ran = asked_without_rights(command, *asked, "--library", str(library))
    assert ran.returncode == 1
    assert ran.stderr == f"quoth: {path}: this file may not be read (Permission denied); have its permissions changed\n"


def test_a_folder_that_may_not_be_entered_is_named_and_not_what_it_holds(library: Path) -> None:
    """The system names the file that was looked for."""
    (library / "vectors").chmod(0)
    try:
        ran = asked_without_rights("search", "ferry", "--mode", "lexical", "--library", str(library))
    finally:
        (library / "vectors").chmod(0o755)
    assert ran.stderr.startswith(f"quoth: {library / 'vectors'}: this folder may not be read (")


def test_verify_names_what_may_not_be_read(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It cannot tell whether that is whole, and finds nothing wrong with it."""

    def denied(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("index.store.verify.checksum", denied)
    with pytest.raises(LibraryUnreadableError, match="this file may not be read"):
        run(open_library(library))


def test_denials_are_told_of_the_librarys_files_alone(tmp_path: Path) -> None:
    """What else may not be read is another story; so is what the system says without a name."""
    for filename in (None, str(tmp_path / "elsewhere")):
        with pytest.raises(PermissionError), denials_told(tmp_path / "library"):
            raise PermissionError(13, "Permission denied", filename)
    with pytest.raises(LibraryUnreadableError, match="this file") as told, denials_told(tmp_path):
        raise PermissionError(13, "Permission denied", str(tmp_path / "CURRENT"))
    assert told.value.where == str(tmp_path / "CURRENT")


@pytest.mark.parametrize("what", ["nothing", "folder", "noise"])
def test_a_database_that_is_none_is_damage_to_all_who_open_it(library: Path, what: str) -> None:
    """Readers, writers and verify say so, and none of them begins anew over it."""
    database = library / "library.db"
    database.unlink()
    if what == "folder":
        database.mkdir()
    else:
        database.write_bytes(b"" if what == "nothing" else b"no database " * 1000)
    before = None if what == "folder" else database.read_bytes()
    told = {"nothing": "its tables are gone", "folder": "it is a folder", "noise": "not a readable database"}[what]
    opened = open_library(library)
    with pytest.raises(LibraryDamagedError, match=f"{told}.*`quoth restore`"), opened.snapshot():
        pass
    with pytest.raises(LibraryDamagedError, match=told), opened.writing():
        pass
    with pytest.raises(LibraryDamagedError, match=told):
        corrections.merge(opened, "A", "B")
    with pytest.raises(LibraryDamagedError, match=told):
        add(opened, ARTICLES, HashingEmbedder())
    if what == "folder":
        assert not list(database.iterdir())
    else:
        assert database.read_bytes() == before


def test_a_database_that_goes_as_it_is_opened_is_missing(tmp_path: Path) -> None:
    """To readers; a writer would make it, and says where it cannot."""
    with pytest.raises(LibraryMissingError):
        connect(tmp_path / "library.db")
    with pytest.raises(LibraryReadOnlyError):
        connect(tmp_path / "none" / "library.db", writable=True)


def test_verify_tells_a_lost_database_as_a_finding(library: Path) -> None:
    """It is what verify is for."""
    (library / "library.db").write_bytes(b"")
    assert "its tables are gone" in str(run(open_library(library)).findings)


@pytest.mark.parametrize("command", [["keys"], ["alerts"], ["keys", "create", "Tolm"], ["serve", "--port", "0"]])
def test_a_service_database_that_may_not_be_read_is_named(library: Path, command: list[str]) -> None:
    """Nobody is served as if nobody had a key; what asks for none goes on."""
    ServiceDb(library)
    path = library / FILE_NAME
    path.chmod(0)
    ran = asked_without_rights(*command, "--library", str(library))
    assert ran.returncode == 1
    assert ran.stderr == f"quoth: {path}: this file may not be read (Permission denied); have its permissions changed\n"
    assert asked_without_rights("status", "--library", str(library)).returncode == 0


def test_a_service_database_that_is_none_is_named(library: Path) -> None:
    """What to do is said, and what that costs; it is left as it is."""
    path = library / FILE_NAME
    path.write_bytes(b"no database" * 1000)
    for asking in (Keys(library).standing, lambda: ServiceDb(library), lambda: Keys(library).create("Tolm", "read")):
        with pytest.raises(LibraryDamagedError, match=r"not a readable database .*; move it away") as told:
            asking()
        assert told.value.where == str(path)
    assert path.read_bytes() == b"no database" * 1000


WITHOUT_FILES = """
import resource, sys
from pathlib import Path
from index.errors import TooManyFilesError
from index.library import open_library
from tests.lookups import NOTHING

def searched():
    library = open_library(Path(sys.argv[1]))
    try:
        with library.snapshot() as snapshot:
            return snapshot.lexical(["ferry"], 10, NOTHING), snapshot.read_links()
    finally:
        library.close()

searched()
_, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
for most in [*range(3, 40), 256]:
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    try:
        searched()
    except Exception as error:
        print("told" if TooManyFilesError.behind(error) else repr(error))
    else:
        print("found")
"""


def test_a_library_of_which_no_more_files_may_be_opened_is_not_damaged(library: Path) -> None:
    """Wherever a search meets that, it is told so, and nothing is derived again."""
    before = (library / "CURRENT").read_bytes()
    command = [sys.executable, "-c", WITHOUT_FILES, str(library)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    told = ran.stdout.split("\n")[:-1]
    assert set(told) == {"told", "found"}
    assert told[-1] == "found"
    assert (library / "CURRENT").read_bytes() == before


def test_a_command_that_may_open_no_more_files_says_so(library: Path) -> None:
    """In one line, or as JSON, and without a traceback."""
    for flags in ([], ["--json"]):
        command = [sys.executable, "cli.py", "search", "ferry", "--mode", "lexical", "--library", str(library), *flags]
        limited = ["bash", "-c", 'ulimit -n 6; exec "$@"', "bash", *command]
        ran = subprocess.run(limited, capture_output=True, text=True, check=False, cwd=ROOT)
        assert ran.returncode == 1
        assert "no more files; allow it more" in (ran.stdout if flags else ran.stderr)
        assert "Traceback" not in ran.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_libraries_that_meet_a_full_disk_are_understood(tmp_path: Path) -> None:
    """FAISS, NumPy and tantivy each say it in another way; what else they say is not about the disk."""
    index = faiss.IndexFlatIP(8)
    index.add(np.zeros((10_000, 8), dtype=np.float32))
    with pytest.raises(LibraryReadOnlyError, match="No space left"), refusals_told(tmp_path):
        faiss.write_index(index, "/dev/full")
    with pytest.raises(LibraryReadOnlyError, match="free some space"), refusals_told(tmp_path):
        np.zeros(10_000).tofile("/dev/full")
    killed = "An index writer was killed.. A worker thread encountered an error (io::Error most likely) or panicked."
    with pytest.raises(LibraryReadOnlyError, match="writer was killed"), refusals_told(tmp_path):
        raise ValueError(killed)
    with pytest.raises(ValueError, match="another"), refusals_told(tmp_path):
        raise ValueError("another")
    with pytest.raises(TooManyFilesError), refusals_told(tmp_path):
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))


WRITING_WITH_FEW_FILES = """
import os, resource, sys
from pathlib import Path
from index.errors import TooManyFilesError
from index.store.lexical import derive
root = Path(sys.argv[1])
def rows(first, many):
    return ((row, row, f"harbour ferry number{row} " * 20, "a title") for row in range(first, first + many))
derive(root / "0", None, [], rows(0, 100))
derive(root / "1", root / "0", [1], rows(100, 100))
used, most = len(os.listdir("/proc/self/fd")) - 1, resource.getrlimit(resource.RLIMIT_NOFILE)
for more in range(16):
    for previous in (None, root / "1"):
        resource.setrlimit(resource.RLIMIT_NOFILE, (used + more, most[1]))
        try:
            derive(root / f"{more}-{previous is None}", previous, [], rows(200, 3000))
            print("written")
        except Exception as error:
            print("told" if TooManyFilesError.behind(error) else f"not told: {error}")
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, most)
"""


def test_an_index_that_cannot_be_written_for_want_of_files_says_so(tmp_path: Path) -> None:
    """Not that there is no room: however many files are left, whether the thread that writes dies early or late."""
    command = [sys.executable, "-c", WRITING_WITH_FEW_FILES, str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert set(ran.stdout.splitlines()) == {"told", "written"}


def test_too_many_files_are_told_of_whatever_was_to_be_written(tmp_path: Path) -> None:
    """In the library or elsewhere, by this process or all of them together."""
    with pytest.raises(TooManyFilesError), open_library(str(tmp_path / "new")).writing():
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE), "/somewhere/else")
    assert isinstance(refusal(tmp_path, OSError(errno.ENFILE, "in the whole system")), TooManyFilesError)
    assert isinstance(refusal(tmp_path, OSError(errno.ENOSPC, "full")), LibraryReadOnlyError)
