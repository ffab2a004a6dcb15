"""Attributes that are worked out when they are first asked for, without a lock."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Value = TypeVar("Value")


class cached(Generic[Value]):  # noqa: N801 -- a decorator, as `property` is one
    """`functools.cached_property` as Python 3.12 has it.

    Before, it holds one lock for all objects of a class while it works out the attribute of one: a question that was
    encoded kept all others waiting. Two threads that ask the same object at once may both work it out.
    """

    def __init__(self, make: Callable[[Any], Value]) -> None:
        self._make, self.__doc__ = make, make.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> "cached[Value]": ...

    @overload
    def __get__(self, instance: object, owner: type) -> Value: ...

    def __get__(self, instance: object | None, owner: type) -> "Value | cached[Value]":
        """The attribute; from then on it lies in the object itself, which is looked at first."""
        if instance is None:
            return self
        made: Value = self._make(instance)
        instance.__dict__[self._make.__name__] = made
        return made
