"""How much each client has left of what it may do in a minute."""

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.types import Scope

MOST_CLIENTS = 10_000
"""So many clients are remembered; of more, whoever came least recently is forgotten, and starts afresh."""
MINUTE = 60.0
_IPV6_NETWORK = 64
"""Whoever has one IPv6 address has at least the 2^64 of its network."""


class Buckets:
    """A token bucket for each client: a minute's tokens may go at once, and come back one by one.

    Only the event loop's thread may use it.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> int:
        """The whole seconds until a client has a token, 0 when it has one."""
        left, _ = self._left(client)
        return 0 if left >= 1 else math.ceil((1 - left) * MINUTE / self._per_minute)

    def take(self, client: str) -> int:
        """Take a token if there is one; what `wait` said before."""
        wait = self.wait(client)
        left, now = self._left(client)
        self._buckets[client] = (left - (not wait), now)
        self._buckets.move_to_end(client)
        if len(self._buckets) > MOST_CLIENTS:
            self._buckets.popitem(last=False)
        return wait

    def _left(self, client: str) -> tuple[float, float]:
        """A client's tokens now, and what time it is."""
        now, most = self._clock(), float(self._per_minute)
        left, since = self._buckets.get(client, (most, now))
        return min(most, left + (now - since) * most / MINUTE), now


def address_of(scope: Scope) -> str:
    """Where a request comes from; of an IPv6 address its network."""
    client = scope.get("client")
    if not client:
        return "unknown"
    try:
        address = ipaddress.ip_address(client[0])
    except ValueError:
        return str(client[0])
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ipaddress.ip_network((int(address), _IPV6_NETWORK), strict=False))
