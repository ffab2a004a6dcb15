"""The real service as a process of its own, over a real library, driven by HTTP alone."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.small_library import FERRY, ORCHARD

ROOT = Path(__file__).resolve().parents[1]
QUESTION = "What did Ostrel say about the ferry?"
STARTED = re.compile(r"running on (http://127\.0\.0\.1:\d+)")


@contextmanager
def serving(library: Path, *flags: str) -> Iterator[httpx.Client]:
    """Run `quoth serve` on a free port; give a client; stop it with Ctrl-C's signal, and check its exit."""
    command = [sys.executable, "cli.py", "serve", "--library", str(library), "--port", "0", *flags]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    log: list[str] = []
    try:
        found = None
        while found is None and (line := process.stderr.readline()):
            log.append(line)
            found = STARTED.search(line)
        assert found is not None, "".join(log)
        drain = threading.Thread(target=log.extend, args=(process.stderr,), daemon=True)
        drain.start()
        with httpx.Client(base_url=found[1], timeout=60) as client:
            wait_until_it_listens(client)
            yield client
    finally:
        process.send_signal(signal.SIGINT)
        stdout, _ = process.communicate(timeout=60)
    assert stdout == ""
    assert "Traceback" not in "".join(log)


def wait_until_it_listens(client: httpx.Client) -> None:
    """With several workers the address is announced before the first of them listens."""
    for _ in range(600):
        try:
            assert client.get("/healthz").status_code == 200
        except httpx.ConnectError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("nothing listens")


def wait_for_job(client: httpx.Client, accepted: httpx.Response) -> dict[str, Any]:
    """Poll a job to its end; while it runs the service must be alive."""
    assert accepted.status_code == 202, accepted.text
    for _ in range(1200):
        assert client.get("/healthz").status_code == 200
        job: dict[str, Any] = client.get(accepted.headers["location"]).json()
        if job["finished"]:
            assert job["state"] == "done", job
            return job
        time.sleep(0.25)
    raise AssertionError(job)


def check_citations(client: httpx.Client, asked: dict[str, Any]) -> set[str]:
    """Every citation is the document's own words; return whose they are."""
    assert asked["answer"] is not None, asked
    cited = set()
    for citation in asked["answer"]["citations"]:
        document = client.get("/documents/" + citation["document"]["id"].replace("#", "%23")).json()
        assert document["text"][citation["start"] : citation["end"]] == citation["text"]
        cited.add(document["id"])
    return cited


@pytest.mark.model
def test_an_empty_server_is_filled_asked_and_emptied_over_http(tmp_path: Path) -> None:
    """Documents come by upload and from a source, are found without a restart, and go again."""
    library, source = tmp_path / "library", tmp_path / "news"
    source.mkdir()
    (source / "orchard.txt").write_text(ORCHARD, encoding="utf-8")
    with serving(library, "--source", str(source)) as client:
        assert client.get("/readyz").status_code == 503
        assert client.get("/ask", params={"q": QUESTION}).status_code == 503
        uploaded = client.post("/documents", json={"id": "ferry", "title": "Ferry to stop", "text": FERRY})
        assert wait_for_job(client, uploaded)["result"]["added"] == 1
        assert client.get("/readyz").status_code == 200
        asked = client.get("/ask", params={"q": QUESTION}).json()
        assert check_citations(client, asked) == {"ferry"}
        assert asked["statements"]

        indexing = client.post("/index")
        during = client.get("/ask", params={"q": QUESTION}).json()
        assert during["answer"] == asked["answer"]
        assert wait_for_job(client, indexing)["result"]["added"] == 1
        found = client.post("/search", json={"query": "apple blossom frost"}).json()
        assert found["generation"] > asked["generation"]
        assert found["passages"][0]["document"]["uri"] == f"file://{source}/orchard.txt"

        same = [sys.executable, "cli.py", "search", "--json", "--library", str(library), "apple blossom frost"]
        printed = json.loads(subprocess.run(same, cwd=ROOT, capture_output=True, check=True).stdout)
        assert printed | {"took_ms": 0} == found | {"took_ms": 0}

        wait_for_job(client, client.delete("/documents/ferry"))
        assert client.get("/documents/ferry").status_code == 404
        assert client.get("/documents").json()["total"] == 1
        assert 'quoth_jobs{state="done"} 3.0' in client.get("/metrics").text


def test_serving_others_without_a_key_is_refused_at_the_command_line(tmp_path: Path) -> None:
    """Exit code 2, one line, and nothing listens."""
    command = [sys.executable, "cli.py", "serve", "--library", str(tmp_path), "--host", "0.0.0.0", "--port", "0"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1
    assert "QUOTH_API_KEY" in ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_several_workers_serve_with_the_parents_settings(tmp_path: Path) -> None:
    """Each worker knows library and sources although only the parent saw the flags."""
    with serving(tmp_path / "library", "--workers", "2", "--source", str(tmp_path)) as client:
        refused = client.post("/index", json={"paths": ["/etc/hostname"]})
        assert refused.json()["type"] == "urn:quoth:problem:source-not-allowed"
        missing = client.post("/index", json={"paths": [f"{tmp_path}/none"]})
        assert missing.json()["type"] == "urn:quoth:problem:input-not-found"
