"""What surrounds every command: signals."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = """
import time, typer
from search.console import run

app = typer.Typer()

@app.command()
def wait() -> None:
    try:
        print("waiting", flush=True)
        time.sleep(60)
    finally:
        print("ending", flush=True)
        time.sleep({seconds})

run(app, [])
"""


def waiting(root: Path, seconds: int, stop: signal.Signals) -> "subprocess.Popen[str]":
    """A command that was signalled and is about to end, which takes so many seconds."""
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND.format(seconds=seconds)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=root,
    )
    assert process.stdout
    assert process.stdout.readline() == "waiting\n"
    process.send_signal(stop)
    assert process.stdout.readline() == "ending\n"
    return process


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_ends_a_command_in_good_order(root: Path, stop: signal.Signals) -> None:
    """What it has to finish is finished, and the exit code is 130."""
    process = waiting(root, 0, stop)
    _, err = process.communicate()
    assert process.returncode == 130
    assert err.startswith("quoth: interrupted")


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_second_signal_ends_it_on_the_spot(root: Path, stop: signal.Signals) -> None:
    """Whoever presses Ctrl-C twice cannot wait."""
    process = waiting(root, 60, stop)
    process.send_signal(stop)
    process.communicate()
    assert process.returncode == -stop
