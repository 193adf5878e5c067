"""Reading the chain again, from its first row to its last."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from benan.audit import heads
from benan.audit.events import Mark, marked
from benan.audit.heads import Exported
from benan.audit.models import START, Event


@dataclass
class Finding:
    """What a check of the trail saw: rows read, what is wrong (sentences), ranges of rows that no exported head covers."""

    rows: int = 0
    wrong: list[str] = field(default_factory=list)
    uncovered: list[tuple[int, int]] = field(default_factory=list)


def verify(known: Iterable[tuple[int, int]] = ()) -> Finding:
    """Check every row against its own hash, its predecessor and the heads kept outside the database.

    An edit shows as a wrong hash; a deletion in the middle as a gap; a deletion at the end, and a
    re-hash from some row on, as a confirmed head that no longer matches. What is wrong with the heads themselves is a
    finding too: missing, unreadable, in conflict, out of order. So are rows that none of them covers: where the disk
    was full, looks were saved without one; otherwise somebody added them to the database, or took heads away. `known`
    are ranges of such looks, first and last row, that somebody has answered for.
    """
    finding, last = Finding(), Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    exported = heads.read()  # after the last row was looked up: each row has its head before it can be seen
    coverage = _Coverage(exported)
    previous, expected, seen = START, 1, 0
    for row in Event.objects.filter(seq__lte=last).order_by("seq").iterator(chunk_size=2000):
        finding.rows += 1
        if row.seq != expected:
            finding.wrong.append(f"Thiếu dòng {expected} đến {row.seq - 1}: đã bị xóa.")
        elif row.previous != previous:
            finding.wrong.append(f"Dòng {row.seq} không nối với dòng trước.")
        if row.sealed() != row.hash:
            finding.wrong.append(f"Dòng {row.seq} đã bị sửa.")
        confirmed, line = exported.confirmed.get(row.seq, (row.hash, 0))
        if confirmed != row.hash:
            finding.wrong.append(
                f"Dòng {row.seq} khác với niêm đã cất ngoài cơ sở dữ liệu (dòng {line} của tệp niêm): chuỗi bị viết lại."
            )
        coverage.add(row)
        previous, expected, seen = row.hash, row.seq + 1, row.seq
    if exported.last > seen:
        finding.wrong.append(f"Mất {exported.last - seen} dòng cuối (sau dòng {seen}): đã bị xóa.")
    if seen:
        finding.wrong += exported.wrong
        if not exported.heads and not exported.wrong:
            finding.wrong.append(f"Tệp niêm ngoài không có niêm nào, mà nhật ký có {seen} dòng.")
        finding.uncovered = coverage.end()
        if exported.heads:
            finding.wrong += [_told(*span) for span in finding.uncovered if span not in known]
            finding.wrong += [
                f"Dòng {seq} ghi một việc làm mà không có niêm cất ngoài: chương trình không bao giờ lưu như thế."
                for seq in coverage.acts
            ]
    else:
        finding.wrong += [sentence for sentence in exported.wrong if exported.heads]
    return finding


def _told(first: int, last: int) -> str:
    return (
        f"Dòng {first} đến {last} không có niêm cất ngoài: lúc ấy không ghi được niêm (đĩa đầy), hoặc có người thêm thẳng "
        f"vào cơ sở dữ liệu, hoặc có người bớt tệp niêm. Đã hỏi rõ thì chạy với --known {first}-{last}."
    )


class _Coverage:
    """Which rows no head covers: a head covers the rows of its transaction, those after the row it names as the one before.

    The first head of a file covers all before it: the file may have been begun, or moved, later than the trail.
    """

    def __init__(self, exported: Exported) -> None:
        self._exported, self._without_head = exported, marked(Mark.WITHOUT_HEAD)
        # Rows since the last head, and the hash of its row.
        self._waiting: list[tuple[int, str, str]] = []
        self._last: str | None = None
        self.spans: list[tuple[int, int]] = []
        self.acts: list[int] = []

    def add(self, row: Event) -> None:
        """Take the next row of the chain."""
        if row.hash not in self._exported.heads.get(row.seq, ()):
            self._waiting.append((row.seq, row.hash, row.event))
            return
        before = self._exported.before.get(row.hash, self._last)
        if self._last not in (None, before):
            ends = [number for number, (_seq, digest, _event) in enumerate(self._waiting) if digest == before]
            self._leave(self._waiting[: ends[-1] + 1] if ends else self._waiting)
        self._waiting, self._last = [], row.hash

    def end(self) -> list[tuple[int, int]]:
        """The ranges of rows without a head, those after the last head included."""
        self._leave(self._waiting)
        return self.spans

    def _leave(self, rows: list[tuple[int, str, str]]) -> None:
        if rows:
            self.spans.append((rows[0][0], rows[-1][0]))
            self.acts += [seq for seq, _digest, event in rows if event not in self._without_head]
