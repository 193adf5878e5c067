"""What the starter tells the web server's processes without their environment, which others may read: secrets."""

import functools
import json
import os

VARIABLE = "HANDOVER"  # number under which the starter's note is open in the process that starts the workers


def note(**told):
    """An open, nameless file in memory that holds these values; the process that starts the workers inherits it."""
    descriptor = os.memfd_create("handover")
    os.write(descriptor, json.dumps(told).encode())
    return descriptor


def told(name):
    """What the starter told us under a name, or None; a process that nobody started so was told nothing."""
    return _told().get(name)


@functools.cache
def _told():
    # Read once and whole, while the settings are read: later this account may read it no more.
    number = os.environ.get(VARIABLE)
    if not number:
        return {}
    # The worker's parent holds it, however the worker was made.
    with open(f"/proc/{os.getppid()}/fd/{int(number)}") as file:
        return json.load(file)
