"""How much of the processor each part of the running program has used, as the kernel counts it in /proc."""

import contextlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

PARTS = ("web", "database", "front")
_FIELDS = slice(11, 15)  # of /proc/PID/stat after the name: ticks of the process and of its ended children


@dataclass(frozen=True)
class Program:
    """The running program: pids of the process that leads the workers and of whoever started it all, the database's folder
    (None for a server elsewhere, which is not counted)."""

    workers: int
    starter: int
    database: str | None

    def seconds(self) -> dict[str, float]:
        """What each part has used until now."""
        spent = dict.fromkeys(PARTS, 0.0)
        processes = _processes()
        ours = _descendants(self.starter, processes)
        for pid, (name, parent, used) in processes.items():
            if name == "postgres" and self.database and _link(pid, "cwd") == self.database:
                spent["database"] += used
            elif parent == self.workers:
                spent["web"] += used
            elif pid in ours and _link(pid, "exe").endswith("/caddy"):
                spent["front"] += used
        return spent


def _processes() -> dict[int, tuple[str, int, float]]:
    """Name, parent and seconds of every process."""
    found, tick = {}, os.sysconf("SC_CLK_TCK")
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            read = re.fullmatch(r"\d+ \((.*)\) (.*)", stat.read_text().strip(), re.DOTALL)
            if read:
                fields = read[2].split()
                found[int(stat.parent.name)] = read[1], int(fields[1]), sum(map(int, fields[_FIELDS])) / tick
    return found


def _descendants(of: int, processes: dict[int, tuple[str, int, float]]) -> set[int]:
    found, more = {of}, True
    while more:
        new = {pid for pid, (_name, parent, _used) in processes.items() if parent in found} - found
        found, more = found | new, bool(new)
    return found


def _link(pid: int, name: str) -> str:
    with contextlib.suppress(OSError):
        return os.readlink(f"/proc/{pid}/{name}")
    return ""
