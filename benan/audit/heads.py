"""Heads of the chain, kept outside the database: one line per commit, `seq hash`."""

import os

from django.conf import settings


def export(seq: int, digest: str) -> None:
    """Append one head. A line is short enough for one atomic write; order among writers does not matter."""
    handle = os.open(settings.HEADS_FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, f"{seq} {digest}\n".encode())
    finally:
        os.close(handle)


def read() -> dict[int, str]:
    """All exported heads, by sequence number. A last line cut short by a crash is passed over."""
    if not settings.HEADS_FILE.exists():
        return {}
    parts = (line.split() for line in settings.HEADS_FILE.read_text().splitlines())
    return {int(part[0]): part[1] for part in parts if len(part) == 2 and len(part[1]) == 64}
