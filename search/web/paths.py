"""What answers show of the server's own paths: names alone. Where it keeps its files is nobody's business."""

import re
from http import HTTPStatus
from typing import Any

_OURS = ("library", "where", "model", "made_with", "asked_for")
"""Fields of failures that may be paths of this machine; `path` and `paths` are what a client sent."""
_PATH = re.compile(r"(?<![\w/.:~`])/[\w.+@-]+(?:/[\w.+@-]+)+")


def without_paths(shown: dict[str, Any]) -> dict[str, Any]:
    """A problem object with each path of this machine cut to its last part.

    What a client is to blame for (4xx) may quote a path that it sent: there only fields that are known as ours tell.
    """
    ours = [value for name in _OURS if isinstance(value := shown.get(name), str) and value.startswith("/")]
    is_ours_alone = shown.get("status", HTTPStatus.INTERNAL_SERVER_ERROR) >= HTTPStatus.INTERNAL_SERVER_ERROR

    def cut(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        for path in sorted(ours, key=len, reverse=True):
            value = value.replace(path, _last(path))
        return _PATH.sub(lambda found: _last(found[0]), value) if is_ours_alone else value

    return {name: cut(value) for name, value in shown.items()}


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]
