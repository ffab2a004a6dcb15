"""Where a list goes on: opaque to the caller, bound to one generation and one query."""

import base64
import hashlib
import json

from index.errors import CursorExpiredError, InvalidValueError


def encode(generation: int, offset: int, query: object) -> str:
    """Name the page that starts at `offset` of the list that `query` (by its repr) gives at `generation`."""
    packed = json.dumps([generation, offset, _fingerprint(query)]).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def decode(cursor: str | None, generation: int, query: object) -> int:
    """Where the page starts; no cursor is 0.

    Raises InvalidValueError for what `encode` did not make for this query, CursorExpiredError for
    a cursor of another generation.
    """
    if cursor is None:
        return 0
    made_at, offset, fingerprint = _unpacked(cursor)
    if fingerprint != _fingerprint(query):
        raise InvalidValueError("cursor", cursor, "the `next` of this very list; filters have changed")
    if made_at != generation:
        raise CursorExpiredError(made_at)
    return offset


def _unpacked(cursor: str) -> tuple[int, int, str]:
    try:
        packed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        generation, offset, fingerprint = json.loads(packed)
    except (ValueError, TypeError, RecursionError) as error:
        raise InvalidValueError("cursor", cursor, "the `next` of an earlier page") from error
    if type(generation) is not int or type(offset) is not int or offset < 0 or type(fingerprint) is not str:
        raise InvalidValueError("cursor", cursor, "the `next` of an earlier page")
    return generation, offset, fingerprint


def _fingerprint(query: object) -> str:
    return hashlib.sha256(repr(query).encode("utf-8", "surrogatepass")).hexdigest()[:12]
