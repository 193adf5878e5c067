"""Reading the chain again, from its first row to its last."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from benan.audit import heads
from benan.audit.events import Mark, marked
from benan.audit.heads import Exported
from benan.audit.models import START, Event, hash_of

AT_ONCE = 2000  # rows read by one request to the database
_COLUMNS = ("seq", "at", "by", "event", "subject", "data", "previous", "hash")


@dataclass
class Finding:
    """What a check of the trail saw: rows read, what is wrong (sentences), ranges of rows that no exported head covers.

    `last`: number of the last row when the check began. `stopped`: somebody stopped it, so that rows after those read were not
    looked at.
    """

    rows: int = 0
    wrong: list[str] = field(default_factory=list)
    uncovered: list[tuple[int, int]] = field(default_factory=list)
    last: int = 0
    stopped: bool = False


def verify(
    known: Iterable[tuple[int, int]] = (),
    *,
    tell: Callable[[Finding], object] = lambda finding: None,
    at_once: int = AT_ONCE,
) -> Finding:
    """Check every row against its own hash, its predecessor and the heads kept outside the database.

    An edit shows as a wrong hash; a deletion in the middle as a gap; a deletion at the end, and a
    re-hash from some row on, as a confirmed head that no longer matches. What is wrong with the heads themselves is a
    finding too: missing, unreadable, in conflict, out of order. So are rows that none of them covers: where the disk
    was full, looks were saved without one; otherwise somebody added them to the database, or took heads away. `known`
    are ranges of such looks, first and last row, that somebody has answered for.

    `tell` is called with what was found so far, after every `at_once` rows. Ctrl-C ends the check: the rows read by then
    were checked, except for whether heads cover the last of them.
    """
    finding = Finding(last=Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0)
    exported = heads.read()  # after the last row was looked up: each row has its head before it can be seen
    coverage = _Coverage(exported)
    previous, expected = START, 1
    rows = Event.objects.filter(seq__lte=finding.last).order_by("seq").values_list(*_COLUMNS)
    try:
        for row in rows.iterator(chunk_size=at_once):
            seq, _at, _by, event, _subject, _data, before, digest = row
            finding.rows += 1
            if seq != expected:
                finding.wrong.append(f"Thiếu dòng {expected} đến {seq - 1}: đã bị xóa.")
            elif before != previous:
                finding.wrong.append(f"Dòng {seq} không nối với dòng trước.")
            if hash_of(*row[:-1]) != digest:
                finding.wrong.append(f"Dòng {seq} đã bị sửa.")
            confirmed, line = exported.confirmed.get(seq, (digest, 0))
            if confirmed != digest:
                finding.wrong.append(
                    f"Dòng {seq} khác với mã kiểm tra đã lưu ngoài cơ sở dữ liệu (dòng {line} của tệp mã kiểm "
                    f"tra): chuỗi bị viết lại."
                )
            coverage.add(seq, digest, event)
            previous, expected = digest, seq + 1
            if finding.rows % at_once == 0:
                tell(finding)
    except KeyboardInterrupt:
        finding.stopped, finding.uncovered = True, coverage.spans
        return finding
    _compare_ends(finding, exported, coverage, known, seen=expected - 1)
    return finding


def _compare_ends(
    finding: Finding, exported: Exported, coverage: "_Coverage", known: Iterable[tuple[int, int]], seen: int
) -> None:
    """Add what the whole trail and the whole file of heads say of each other."""
    if exported.last > seen:
        finding.wrong.append(f"Mất {exported.last - seen} dòng cuối (sau dòng {seen}): đã bị xóa.")
    if seen:
        finding.wrong += exported.wrong
        if not exported.heads and not exported.wrong:
            finding.wrong.append(f"Tệp mã kiểm tra không có mã nào, trong khi nhật ký có {seen} dòng.")
        finding.uncovered = coverage.end()
        if exported.heads:
            finding.wrong += [_told(*span) for span in finding.uncovered if span not in known]
            finding.wrong += [
                f"Dòng {seq} ghi một việc làm mà không có mã kiểm tra lưu ngoài cơ sở dữ liệu: chương trình "
                f"không bao giờ lưu như vậy."
                for seq in coverage.acts
            ]
    else:
        finding.wrong += [sentence for sentence in exported.wrong if exported.heads]


def _told(first: int, last: int) -> str:
    return (
        f"Dòng {first} đến {last} không có mã kiểm tra lưu ngoài cơ sở dữ liệu: khi ấy không ghi được "
        f"mã (ổ đĩa đầy), hoặc có người thêm "
        f"trực tiếp vào cơ sở dữ liệu, hoặc có người xóa bớt tệp mã kiểm tra. Nếu đã làm rõ thì chạy "
        f"với --known {first}-{last}."
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

    def add(self, seq: int, digest: str, event: str) -> None:
        """Take the next row of the chain."""
        if digest not in self._exported.heads.get(seq, ()):
            self._waiting.append((seq, digest, event))
            return
        before = self._exported.before.get(digest, self._last)
        if self._last not in (None, before):
            ends = [number for number, (_seq, digest, _event) in enumerate(self._waiting) if digest == before]
            self._leave(self._waiting[: ends[-1] + 1] if ends else self._waiting)
        self._waiting, self._last = [], digest

    def end(self) -> list[tuple[int, int]]:
        """The ranges of rows without a head, those after the last head included."""
        self._leave(self._waiting)
        return self.spans

    def _leave(self, rows: list[tuple[int, str, str]]) -> None:
        if rows:
            self.spans.append((rows[0][0], rows[-1][0]))
            self.acts += [seq for seq, _digest, event in rows if event not in self._without_head]
