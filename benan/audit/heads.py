"""Heads of the chain, kept outside the database in HEADS_FILE.

A transaction that adds to the trail writes one line before it commits, `seq hash previous`: its last row, and the hash
of the last row before its first. After the commit it writes `seq hash committed`. A head is confirmed by that line, or
by a later head that has its hash as the previous one. A head that was never confirmed may belong to a transaction that
was taken back.
"""

import contextlib
import fcntl
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db import DatabaseError

from benan.audit.models import Event

COMMITTED = "committed"
CUT = "cut"  # ends a line that a killed process left unfinished
_LINE = re.compile(rf"(\d{{1,18}}) ([0-9a-f]{{64}}) ([0-9a-f]{{64}}|{COMMITTED})", re.ASCII)
_FINISHED_LATER = re.compile(rf"[0-9a-f {COMMITTED}]* {CUT}", re.ASCII)
failing = False  # whether this process could not write the last head it tried to


class HeadNotWritten(DatabaseError):
    """The head of a transaction could not be written, so that nothing of the transaction is saved."""


class Head:
    """The head of one row, given to `on_commit`: written before the commit, confirmed after it.

    A transaction of which every row is `looking` is committed even where no head can be written; the next head covers
    its rows.
    """

    def __init__(self, row: Event, looking: bool) -> None:
        self.row, self.looking, self.written = row, looking, False

    def before_commit(self, heads: "Sequence[Head]") -> None:
        """Write the head of a whole transaction. Raises HeadNotWritten."""
        global failing  # noqa: PLW0603
        try:
            _append(f"{self.row.seq} {self.row.hash} {heads[0].row.previous}")
            self.written, failing = True, False
        except OSError as error:
            failing = True
            if not all(head.looking for head in heads):
                raise HeadNotWritten(f"{settings.HEADS_FILE}: {error.strerror}") from error

    def __call__(self) -> None:
        """Confirm it after the commit, if possible: the next head confirms it otherwise."""
        if self.written:
            with contextlib.suppress(OSError):
                _append(f"{self.row.seq} {self.row.hash} {COMMITTED}")


@dataclass
class Exported:
    """What the file says: by sequence number the confirmed hashes, and those of all heads, each with its line number.

    `before` is the hash before a head's transaction, by the head's own. `wrong` are sentences about the file itself.
    """

    confirmed: dict[int, tuple[str, int]] = field(default_factory=dict)
    heads: dict[int, dict[str, int]] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    @property
    def last(self) -> int:
        """Number of the last confirmed row."""
        return max(self.confirmed, default=0)


def read() -> Exported:
    """The file line by line, in its order. An unfinished last line is passed over."""
    exported, last = Exported(), 0
    rows: dict[str, int] = {}
    for number, line in _lines(exported):
        found = _LINE.fullmatch(line)
        if found is None:
            if not _FINISHED_LATER.fullmatch(line):
                exported.wrong.append(f"Dòng {number} của tệp mã kiểm tra không đọc được.")
            continue
        seq, digest, third = int(found[1]), found[2], found[3]
        known = exported.heads.setdefault(seq, {})
        if third == COMMITTED and digest not in known:
            exported.wrong.append(
                f"Dòng {number} của tệp mã kiểm tra xác nhận một mã không có trong tệp (dòng nhật ký {seq})."
            )
        if third != COMMITTED:
            if seq <= last:
                exported.wrong.append(
                    f"Dòng {number} của tệp mã kiểm tra không đúng thứ tự: mã của dòng nhật ký {seq} đứng sau mã "
                    f"của dòng {last}."
                )
            if third in rows:
                last = max(last, _confirm(exported, rows[third], third))
            exported.before[digest] = third
        known.setdefault(digest, number)
        rows[digest] = seq
        if third == COMMITTED:
            last = max(last, _confirm(exported, seq, digest))
    return exported


def _confirm(exported: Exported, seq: int, digest: str) -> int:
    line = exported.heads[seq][digest]
    before, first = exported.confirmed.setdefault(seq, (digest, line))
    if before != digest:
        exported.wrong.append(f"Dòng {first} và dòng {line} của tệp mã kiểm tra ghi khác nhau về dòng nhật ký {seq}.")
    return seq


def _lines(exported: Exported) -> Iterator[tuple[int, str]]:
    path = settings.HEADS_FILE
    try:
        if not path.exists():
            exported.wrong.append(f"Không có tệp mã kiểm tra {path}.")
        elif not path.is_file():
            exported.wrong.append(f"{path} không phải là một tệp, nên không có mã kiểm tra nào để đối chiếu.")
        else:
            with path.open(encoding="ascii", errors="replace", newline="\n") as file:
                yield from ((number, line[:-1]) for number, line in enumerate(file, 1) if line.endswith("\n"))
    except OSError as error:
        exported.wrong.append(f"Không đọc được tệp mã kiểm tra {path}: {error.strerror}.")


def _append(line: str) -> None:
    """Add one line, whole; writers of several processes wait for each other."""
    handle = os.open(settings.HEADS_FILE, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        size = os.fstat(handle).st_size
        finished = not size or os.pread(handle, 1, size - 1) == b"\n"
        written = ("" if finished else f" {CUT}\n") + line + "\n"
        if os.write(handle, written.encode()) < len(written):
            raise OSError("disk full")
    finally:
        os.close(handle)
