"""What tests of the service share: a base address, and how a problem looks."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from search.web.service import Service

BASE = "http://127.0.0.1:8765"
FAKE_COMMAND = (sys.executable, str(Path(__file__).with_name("fake_cli.py")))
"""What jobs run in place of `quoth`."""


def service_of(client: Any) -> "Service":
    """The service behind a client; its own thread, which gets it ready, runs only within the client's context."""
    service: Service = client.app.state.service
    return service


def assert_problem(response: Any, status: int, type_: str) -> dict[str, Any]:
    """Check that a response is a problem object with a request id, and return it."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["x-request-id"]
    problem: dict[str, Any] = response.json()
    assert problem["type"] == "urn:quoth:problem:" + type_
    assert problem["status"] == status
    assert problem["request_id"] == response.headers["x-request-id"]
    assert problem["title"]
    assert problem["detail"]
    return problem
