"""Looking up the key that was sent, and not listening to whoever keeps guessing."""

import time
from collections import OrderedDict
from collections.abc import Callable

from search.web.buckets import MOST_CLIENTS, Buckets
from search.web.keys import Key, Keyring

WRONG_KEYS_PER_MINUTE = 30


class GuessLimit:
    """Finds keys; from an address that sent too many wrong ones, only those that were right from there before.

    To tell a right one even then would be to let the guessing go on; to refuse all would let one program of an office
    lock out the others. Only the event loop's thread may use it.
    """

    def __init__(self, keyring: Keyring, clock: Callable[[], float] = time.monotonic) -> None:
        self._keyring = keyring
        self._wrong = Buckets(WRONG_KEYS_PER_MINUTE, clock)
        self._proven: OrderedDict[tuple[str, str], None] = OrderedDict()

    def find(self, sent: bytes, address: str) -> tuple[Key | None, int]:
        """The key that this is, and 0; or None, and in how many seconds a key from this address is looked at again."""
        if not sent:
            return None, 0
        key = self._keyring.find(sent)
        if key is None:
            return None, self._wrong.take(address)
        if (address, key.id) not in self._proven:
            wait = self._wrong.wait(address)
            if wait:
                return None, wait
        self._remember(address, key)
        return key, 0

    def _remember(self, address: str, key: Key) -> None:
        self._proven[address, key.id] = None
        self._proven.move_to_end((address, key.id))
        if len(self._proven) > MOST_CLIENTS:
            self._proven.popitem(last=False)
