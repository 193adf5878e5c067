"""The kinds of events that the trail can record; each app names its own in its `events.py` and contributes them."""

from collections.abc import Iterator
from enum import Enum, StrEnum
from functools import cache
from typing import Any

from benan.core.registry import Registry


class Mark(Enum):
    """What an event is besides an act, which it is where it bears no mark."""

    WITHOUT_HEAD = "without_head"  # goes on while no head of the trail can be written (`heads`)
    READS = "reads"  # changes nothing that figures are counted from
    LOOK = "look"  # somebody saw a case, or something of it: told in its access log


class EventType(StrEnum):
    """Base of each app's events: key, the sentence that follows the name of who did it, and marks."""

    label: Any  # str or lazy translation
    marks: frozenset[Mark]

    def __new__(cls, key: str, label: Any, *marks: Mark) -> "EventType":
        member = str.__new__(cls, key)
        member._value_ = key
        member.label, member.marks = label, frozenset(marks)
        return member


EVENTS: Registry[type[EventType]] = Registry()


def all_events() -> Iterator[EventType]:
    """The events of all apps."""
    for types in EVENTS:
        yield from types


def marked(mark: Mark) -> list[EventType]:
    """The events that bear a mark."""
    return [event for event in all_events() if mark in event.marks]


def label_of(key: str) -> str:
    """The sentence of a row's event. Raises KeyError for a key that no app names."""
    return str(_by_key()[key].label)


@cache
def _by_key() -> dict[str, EventType]:
    return {event.value: event for event in all_events()}
