"""Lists to which apps add what they offer, each from its own `contributions.py`, when the program starts."""

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """What apps have added, in the order of INSTALLED_APPS: the lowest app first."""

    def __init__(self) -> None:
        self._items: list[T] = []

    def add(self, *items: T) -> None:
        """Add items; adding one twice is adding it once."""
        for item in items:
            if item not in self._items:
                self._items.append(item)

    def __iter__(self) -> Iterator[T]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)
