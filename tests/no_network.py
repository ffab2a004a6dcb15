"""The main job, by command line and by HTTP; `test_offline.py` starts it where no connection can be made.

    python -m tests.no_network LIBRARY SAMPLES

It prints one JSON object: what each step answered.
"""

import contextlib
import io
import json
import socket
import subprocess
import sys
import time
from typing import Any

from fastapi.testclient import TestClient

import cli
from search.settings import load_settings
from search.web.app import open_app

QUESTION = "What did Soresk say about negotiations with Ardeska?"
LOOKUP = "import socket; socket.getaddrinfo('localhost', 80)"
JOB_SECONDS = 300


def main(library: str, samples: str) -> dict[str, Any]:
    """Index, search and ask; serve the same, and index once more as the service's own job."""
    found: dict[str, Any] = {"failures": _failures()}
    found["index"] = _quoth("index", samples, "--library", library)
    found["search"] = _quoth("search", "how many ships are waiting", "--library", library)
    found["ask"] = _quoth("ask", QUESTION, "--library", library)
    return found | _over_http(library, samples)


def _failures() -> list[str]:
    """How a lookup, a connection and a child's lookup fail."""
    failures = []
    for attempt in (lambda: socket.getaddrinfo("localhost", 80), lambda: socket.create_connection(("127.0.0.1", 9))):
        try:
            attempt()
        except OSError as error:
            failures.append(str(error))
    child = subprocess.run([sys.executable, "-c", LOOKUP], capture_output=True, text=True, check=False)
    return [*failures, child.stderr.strip().splitlines()[-1]]


def _quoth(*arguments: str) -> Any:
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(out), contextlib.suppress(SystemExit):
        cli.main([*arguments, "--json"])
    out.seek(0)
    return json.loads(out.read())


def _over_http(library: str, samples: str) -> dict[str, Any]:
    settings, _ = load_settings({"library": library, "sources": [samples]})
    with TestClient(open_app(settings), base_url="http://127.0.0.1") as client:
        answered = client.get("/ask", params={"q": QUESTION}).json()
        job = client.post("/index", json={}).json()
        deadline = time.monotonic() + JOB_SECONDS
        while job["state"] in ("queued", "running") and time.monotonic() < deadline:
            time.sleep(0.1)
            job = client.get(f"/jobs/{job['id']}").json()
        while client.get("/readyz").status_code == 503 and time.monotonic() < deadline:
            time.sleep(0.1)
        pages = {path: client.get(path).status_code for path in ("/", "/docs", "/readyz")}
    return {"http_ask": answered, "job": job, "pages": pages}


if __name__ == "__main__":
    json.dump(main(*sys.argv[1:]), sys.stdout)
