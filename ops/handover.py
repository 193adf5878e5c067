"""Secrets that the starter of the web server hands to its workers without their environment, which others may read."""

import functools
import json
import os
from typing import Any

VARIABLE = "HANDOVER"  # number of the descriptor that the process that starts the workers has inherited


def make(**values: Any) -> int:
    """Descriptor of a nameless file in memory that holds these values, for the process that starts the workers."""
    descriptor = os.memfd_create("handover")
    os.write(descriptor, json.dumps(values).encode())
    return descriptor


def received(name: str) -> Any:
    """The value that was handed over under a name; None where there is none, or this process is no worker."""
    return _received().get(name)


@functools.cache
def _received() -> dict[str, Any]:
    # Read once and whole, while the settings are read: later this account may read it no more.
    number = os.environ.get(VARIABLE)
    if not number:
        return {}
    # The worker's parent holds it, however the worker was made.
    with open(f"/proc/{os.getppid()}/fd/{int(number)}") as file:
        values: dict[str, Any] = json.load(file)
        return values
