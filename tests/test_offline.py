"""With the network unplugged everything works: nothing is contacted at run time."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

MESSAGE = "no network in this test"
BLOCK = f"""
import sys

def _block(event, arguments):
    lookup = event in ("socket.getaddrinfo", "socket.gethostbyname")
    # The address of a Unix socket is a string; a tuple leads, or could lead, out of the machine.
    sending = event in ("socket.connect", "socket.sendto", "socket.sendmsg") and isinstance(arguments[1], tuple)
    if lookup or sending:
        raise OSError("{MESSAGE}: " + event)

sys.addaudithook(_block)
"""
"""Run by every Python that starts, children included; a hook cannot be removed again by what it watches."""


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory, root: Path, samples: Path) -> dict[str, Any]:
    """Run the main job on the samples in a process that can reach nothing, with the default model."""
    folder = tmp_path_factory.mktemp("offline")
    (folder / "sitecustomize.py").write_text(BLOCK)
    # No hint to the hub's libraries: what keeps them from asking is in our own code.
    environment = {name: value for name, value in os.environ.items() if name != "HF_HUB_OFFLINE"}
    environment |= {"PYTHONPATH": str(folder), "HF_HOME": str(folder / "hub")}
    ran = subprocess.run(
        [sys.executable, "-m", "tests.no_network", str(folder / "library"), str(samples)],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


@pytest.mark.model
def test_the_network_is_really_cut_off(done: dict[str, Any]) -> None:
    """A lookup, a connection, and a lookup in a child process all fail by the hook."""
    assert len(done["failures"]) == 3
    assert all(MESSAGE in failure for failure in done["failures"])


@pytest.mark.model
def test_indexing_works_unplugged(done: dict[str, Any]) -> None:
    """Reading and embedding need nothing from outside."""
    assert done["index"]["added"] >= 14
    assert done["index"]["embedded"] > 100
    assert done["index"]["rejected"] == []


@pytest.mark.model
def test_searching_and_asking_work_unplugged(done: dict[str, Any]) -> None:
    """The first passage tells what was asked, and the answer is somebody's own words."""
    assert "ships" in done["search"]["passages"][0]["text"]
    answer = done["ask"]["answer"]
    assert answer["kind"] == "statements"
    assert "negotiates with a chain" in answer["text"]


@pytest.mark.model
def test_serving_works_unplugged(done: dict[str, Any]) -> None:
    """HTTP answers as the command line does, the page and the API's description included."""
    assert done["http_ask"]["answer"] == done["ask"]["answer"]
    assert done["pages"] == {"/": 200, "/docs": 200, "/readyz": 200}


@pytest.mark.model
def test_a_job_works_unplugged(done: dict[str, Any]) -> None:
    """Indexing by the service's own subprocess finds everything unchanged."""
    assert done["job"]["state"] == "done"
    assert done["job"]["result"]["unchanged"] == done["index"]["added"]
    assert done["job"]["result"]["embedded"] == 0
