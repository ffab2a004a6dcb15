"""The real service as a process of its own, over a real library, driven by HTTP alone."""

import errno
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NoReturn

import httpx
import pytest
from starlette.testclient import TestClient

from benchmarks.serving import serving as serving_process
from index.errors import LibraryReadOnlyError
from search.errors import ListenError
from search.settings import Settings
from search.web import listening
from search.web.alerts import Alerts
from search.web.app import open_app
from tests.small_library import FERRY, LIBRARY_ROOF, ORCHARD, make_engine, make_library
from tests.web_client import BASE

ROOT = Path(__file__).resolve().parents[1]
QUESTION = "What did Ostrel say about the ferry?"


@contextmanager
def serving(library: Path, *flags: str) -> Iterator[httpx.Client]:
    """Run `quoth serve` on a free port; give a client; it must end in order, and print nothing."""
    with (
        serving_process(library, *flags, with_model=False, environment={"OMP_NUM_THREADS": "1"}) as server,
        httpx.Client(base_url=server.address, timeout=600) as client,
    ):
        yield client
    assert server.printed == []
    assert "Traceback" not in "".join(server.log)


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds; ten minutes are for machines under load."""
    for _ in range(6000):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("it never came")


def wait_for_job(client: httpx.Client, accepted: httpx.Response) -> dict[str, Any]:
    """Poll a job to its end; while it runs the service must be alive."""
    assert accepted.status_code == 202, accepted.text
    for _ in range(6000):
        assert client.get("/healthz").status_code == 200
        job: dict[str, Any] = client.get(accepted.headers["location"]).json()
        if job["finished"]:
            assert job["state"] == "done", job
            return job
        time.sleep(0.1)
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
        assert client.get("/documents/ferry").json()["uri"] == "http:#id=ferry"
        until(lambda: client.get("/readyz").status_code == 200)
        asked = client.get("/ask", params={"q": QUESTION}).json()
        assert check_citations(client, asked) == {"ferry"}
        assert asked["statements"]

        files = [("files", ("roof.txt", LIBRARY_ROOF.encode())), ("files", ("scan.pdf", b"%PDF-1.7"))]
        report = wait_for_job(client, client.post("/documents", files=files, data={"source": "Sarn Post"}))["result"]
        assert (report["added"], [one["uri"] for one in report["rejected"]]) == (1, ["scan.pdf"])
        (roof,) = client.get("/documents", params={"meta.file": "roof.txt"}).json()["documents"]
        assert (roof["source"], roof["uri"][:10]) == ("Sarn Post", "http:#sha=")

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
        assert client.get("/documents").json()["total"] == 2
        assert 'quoth_jobs{state="done"} 4.0' in client.get("/metrics").text


def quoth_serve(*flags: str) -> "subprocess.CompletedProcess[str]":
    """Run a `quoth serve` that ends by itself."""
    command = [sys.executable, "cli.py", "serve", *flags]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_serving_others_without_a_key_is_refused_at_the_command_line(tmp_path: Path) -> None:
    """Exit code 2, one line, and nothing listens."""
    ran = quoth_serve("--library", str(tmp_path), "--host", "0.0.0.0", "--port", "0")
    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1
    assert "QUOTH_API_KEY" in ran.stderr
    assert list(tmp_path.iterdir()) == []


def refused_to_serve(*flags: str) -> tuple[str, dict[str, Any]]:
    """What `quoth serve` says when it cannot: one worker its one line, several their problem object by `--json`."""
    plain = quoth_serve(*flags)
    as_json = quoth_serve(*flags, "--workers", "2", "--json")
    assert (plain.returncode, as_json.returncode) == (1, 1)
    assert (plain.stdout, plain.stderr.count("\n"), as_json.stderr) == ("", 1, "")
    problem: dict[str, Any] = json.loads(as_json.stdout)
    assert problem["detail"] in plain.stderr
    return plain.stderr, problem


def test_what_is_not_there_yet_is_told_at_the_start(tmp_path: Path) -> None:
    """As warnings, the library and each source by its path; it serves on, for they may come."""
    flags = ("--source", str(tmp_path), "--source", str(tmp_path / "nwes"))
    with serving_process(tmp_path / "library", *flags, with_model=False) as server:
        until(lambda: any("not ready yet" in line for line in server.log))
    warned = [line for line in server.log if " WARNING " in line]
    assert len(warned) == 2
    assert f"source {tmp_path}/nwes does not exist (check the spelling)" in warned[0]
    assert f"{tmp_path}/library: there is no library here; make one with `quoth index" in warned[1]


def test_an_address_that_is_taken_is_a_problem(tmp_path: Path) -> None:
    """Exit code 1, and one line that names host, port and the way out."""
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        line, problem = refused_to_serve("--library", str(tmp_path), "--port", str(port))
    assert f"127.0.0.1:{port}" in line
    assert "--port" in line
    assert problem["type"] == "urn:quoth:problem:listen"
    assert (problem["host"], problem["port"]) == ("127.0.0.1", port)
    assert list(tmp_path.iterdir()) == []


def test_a_library_that_can_never_be_is_a_problem(tmp_path: Path) -> None:
    """Where a file stands no library can be made: the server does not start."""
    (tmp_path / "file").touch()
    line, problem = refused_to_serve("--library", str(tmp_path / "file"), "--port", "0")
    assert str(tmp_path / "file") in line
    assert problem["type"] == "urn:quoth:problem:library-read-only"


def test_a_library_that_is_there_is_served_even_if_it_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Questions are answered, changes refused."""
    make_library(tmp_path)

    def refuse(_: Settings) -> NoReturn:
        raise LibraryReadOnlyError(tmp_path, OSError(errno.EROFS, "Read-only file system"))

    monkeypatch.setattr("search.web.app.Jobs", refuse)
    client = TestClient(open_app(Settings(library=str(tmp_path))), base_url=BASE)
    assert client.get("/documents").json()["total"] == 6
    assert client.post("/documents", json={"text": "a"}).status_code == 403


def test_every_address_of_a_name_is_listened_on_at_one_port() -> None:
    """`localhost` may be two addresses; a client may try either."""
    sockets = listening.listen("localhost", 0)
    try:
        assert len({one.getsockname()[1] for one in sockets}) == 1
        assert listening.url(sockets, "::1") == f"http://[::1]:{sockets[0].getsockname()[1]}"
        with pytest.raises(ListenError, match="localhost"):
            listening.listen("localhost", sockets[0].getsockname()[1])
    finally:
        listening.close(sockets)


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid", "a" * 64 + ".example", "."])
def test_an_address_that_is_not_this_machines_is_a_problem(host: str) -> None:
    """Unknown names, other machines' addresses and what is no name at all."""
    with pytest.raises(ListenError):
        listening.listen(host, 0)


def listen_to_the_end(url: str, begun: threading.Event) -> list[str]:
    """Read a stream of events until the server ends it in order; httpx raises where it is cut off."""
    lines = []
    with httpx.stream("GET", url, timeout=None) as response:
        for line in response.iter_lines():
            lines.append(line)
            begun.set()
    return lines


def test_several_workers_are_one_server(tmp_path: Path) -> None:
    """Each knows what only the parent was told; they count together; told to stop, they end what has no end."""
    library = tmp_path / "library"
    engine = make_engine(library)
    alert = Alerts(library).add(engine, "the ferry")
    engine.close()
    begun = threading.Event()
    with ThreadPoolExecutor() as pool:
        with serving(library, "--workers", "2", "--source", str(tmp_path)) as client:
            refused = client.post("/index", json={"paths": ["/etc/hostname"]})
            assert refused.json()["type"] == "urn:quoth:problem:source-not-allowed"
            missing = client.post("/index", json={"paths": [f"{tmp_path}/none"]})
            assert missing.json()["type"] == "urn:quoth:problem:input-not-found"
            # A connection stays with its worker: each of these takes whichever is free.
            assert [httpx.get(f"{client.base_url}/documents").status_code for _ in range(8)] == [200] * 8
            counted = 'quoth_http_requests_total{method="GET",route="/documents",status="200"} 8.0'
            assert all(counted in httpx.get(f"{client.base_url}/metrics").text for _ in range(6))
            stream = pool.submit(listen_to_the_end, f"{client.base_url}/alerts/{alert.id}/events", begun)
            assert begun.wait(600)
        assert stream.result(600)[0] == ": listening"
