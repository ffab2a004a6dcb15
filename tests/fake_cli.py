"""A stand-in for `quoth` as jobs run it: says what it was told to, and can be interrupted."""

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path


def main() -> int:
    """Act as the first argument says."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    act, *rest = sys.argv[1:]
    sys.stderr.write("a log line\n" + json.dumps({"progress": {"done": 1, "total": 2}}) + "\n")
    sys.stderr.flush()
    try:
        return ACTS[act](*rest)
    except KeyboardInterrupt:
        return _say({"type": "urn:quoth:problem:interrupted-run", "title": "Interrupted", "detail": "x"}, 130)


def _say(value: object, code: int) -> int:
    sys.stdout.write(json.dumps(value))
    return code


def _done() -> int:
    lines = sys.stdin.read().splitlines()
    return _say({"generation": 3, "added": len(lines), "embedded": os.nice(0)}, 0)


def _environment() -> int:
    names = sorted(name for name in os.environ if name.startswith("QUOTH_"))
    rejected = [{"uri": name, "reason": os.environ[name]} for name in names]
    return _say({"generation": 1, "rejected": rejected}, 4)


def _rejected() -> int:
    return _say({"generation": 1, "rejected": [{"uri": "u", "reason": "r" * 200_000}]}, 1)


def _problem() -> int:
    return _say({"type": "urn:quoth:problem:model", "title": "The model cannot be used", "generation": 1}, 1)


def _crash() -> int:
    sys.stderr.write("Traceback\nMemoryError: no more\n")
    return 9


def _sleep() -> int:
    time.sleep(60)
    return _say({"generation": 1}, 0)


def _stubborn() -> int:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.stderr.write(json.dumps({"progress": {"done": 1, "total": 2}}) + "\n")
    sys.stderr.flush()
    return _sleep()


def _pause() -> int:
    for done in range(5):
        time.sleep(0.2)
        sys.stderr.write(json.dumps({"progress": {"done": done, "total": 5}}) + "\n")
        sys.stderr.flush()
    return _say({"generation": 1}, 0)


def _busy_until(flag: str) -> int:
    if Path(flag).exists():
        return _say({"generation": 5}, 0)
    return _say({"type": "urn:quoth:problem:library-busy", "title": "The library is being written"}, 1)


ACTS: dict[str, Callable[..., int]] = {
    "done": _done,
    "environment": _environment,
    "rejected": _rejected,
    "problem": _problem,
    "crash": _crash,
    "pause": _pause,
    "sleep": _sleep,
    "stubborn": _stubborn,
    "busy": _busy_until,
}

if __name__ == "__main__":
    sys.exit(main())
