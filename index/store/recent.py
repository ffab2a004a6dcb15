"""The last values that were asked for, as many as weigh no more than is allowed."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """Values by key; the one that was not asked for the longest goes first. Threads may share it."""

    def __init__(self, most: int, weight: Callable[[Value], int]) -> None:
        self._most, self._weight = most, weight
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._weighs = 0
        self._guard = threading.Lock()

    def get(self, key: Key, make: Callable[[Key], Value]) -> Value:
        """The value of a key, made if it is not kept; threads may make the same at once. Raises what `make` raises."""
        with self._guard:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make(key)
        weight = self._weight(value)
        with self._guard:
            if key not in self._values and weight <= self._most:
                self._values[key] = value
                self._weighs += weight
                while self._weighs > self._most:
                    self._weighs -= self._weight(self._values.popitem(last=False)[1])
        return value
