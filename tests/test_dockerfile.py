"""The container and unit files, as far as they can be checked without an engine or systemd."""

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml

from index import __version__

INSTRUCTION = re.compile(r"^([A-Z]+)\s+((?:.*\\\n)*.*)$", re.MULTILINE)


@pytest.fixture(scope="module")
def steps(root: Path) -> list[tuple[str, str]]:
    """Give every instruction with its arguments, in order."""
    return [(name, text) for name, text in INSTRUCTION.findall((root / "Dockerfile").read_text(encoding="utf-8"))]


def _health(steps: list[tuple[str, str]], port: int) -> int:
    (text,) = [text for name, text in steps if name == "HEALTHCHECK"]
    _, *arguments = json.loads(text[text.index("CMD ") + 4 :])
    environment = {**os.environ, "QUOTH_PORT": str(port)}
    return subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, check=False).returncode


class _Handler(BaseHTTPRequestHandler):
    """Alive at /healthz, and nowhere else."""

    def do_GET(self) -> None:
        """Answer 200 or 404."""
        self.send_response(200 if self.path == "/healthz" else 404)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base class names it so
        """Say nothing."""


@contextmanager
def _alive() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_every_copied_file_exists_and_is_sent_to_the_builder(root: Path, steps: list[tuple[str, str]]) -> None:
    """A source that is missing, or that .dockerignore keeps back, would break the build."""
    sent = {
        line[1:] for line in (root / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")
    }
    copied = {
        source
        for name, text in steps
        if name == "COPY" and not text.startswith("--from")
        for source in text.split()[:-1]
    }
    assert copied == sent
    assert all((root / source).exists() for source in copied)


def test_the_service_runs_as_nobody_special_and_keeps_its_library(steps: list[tuple[str, str]]) -> None:
    """The last stage has a user that is not root, a volume for the library, and no use for a network."""
    last = steps[max(i for i, (name, _) in enumerate(steps) if name == "FROM") :]
    (user,) = [text for name, text in last if name == "USER"]
    assert int(user) > 0
    assert f"--uid {user} " in " ".join(text for name, text in last if name == "RUN")
    assert ("VOLUME", "/library") in last
    environment = " ".join(text for name, text in last if name == "ENV")
    assert "HF_HUB_OFFLINE=1" in environment
    assert "QUOTH_LIBRARY=/library" in environment


def test_the_health_check_tells_alive_from_dead(steps: list[tuple[str, str]]) -> None:
    """It asks /healthz: 0 while a server answers there, something else once it is gone."""
    with _alive() as port:
        assert _health(steps, port) == 0
    assert _health(steps, port) != 0


def test_image_and_compose_say_which_version_they_are(root: Path, steps: list[tuple[str, str]]) -> None:
    """The label, and the image that compose builds, bear the package's version."""
    (label,) = [text for name, text in steps if name == "LABEL"]
    assert f'image.version="{__version__}"' in label
    assert yaml.safe_load((root / "compose.yaml").read_text(encoding="utf-8"))["services"]["quoth"]["image"] == (
        f"quoth:{__version__}"
    )


def test_compose_gives_the_service_no_more_than_it_needs(root: Path, steps: list[tuple[str, str]]) -> None:
    """A read-only root, no capabilities, a key, this machine's port, and the image's own volumes."""
    service = yaml.safe_load((root / "compose.yaml").read_text(encoding="utf-8"))["services"]["quoth"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "QUOTH_API_KEY" in service["environment"]
    assert service["ports"] == ["127.0.0.1:8765:8765"]
    targets = {volume.split(":", 1)[1] if ":" in volume else volume for volume in service["volumes"]}
    assert any(target.startswith("/library") for target in targets)
    assert all(target.endswith(":ro") for target in targets if "documents" in target)
    assert ("EXPOSE", "8765") in steps


def test_the_unit_runs_a_command_that_exists(root: Path) -> None:
    """Its flags are `quoth serve`'s, and what it may write is its library alone."""
    unit = (root / "deploy" / "quoth.service").read_text(encoding="utf-8")
    (command,) = re.findall(r"^ExecStart=\S+/quoth (.+)$", unit, re.MULTILINE)
    help_text = subprocess.run(
        [sys.executable, str(root / "cli.py"), command.split()[0], "--help"],
        capture_output=True, text=True, check=True, env={**os.environ, "COLUMNS": "200"},
    ).stdout  # fmt: skip
    assert all(flag in help_text for flag in re.findall(r"--\w+", command))
    for line in ("DynamicUser=yes", "StateDirectory=quoth", "ProtectSystem=strict", "NoNewPrivileges=yes"):
        assert line in unit.splitlines()
