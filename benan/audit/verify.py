"""Reading the chain again, from its first row to its last."""

from dataclasses import dataclass, field

from benan.audit import heads
from benan.audit.models import START, Event


@dataclass
class Finding:
    """What a check of the trail saw: rows read, what is wrong (sentences), rows no exported head covers yet."""

    rows: int = 0
    wrong: list[str] = field(default_factory=list)
    unprotected: int = 0


def verify() -> Finding:
    """Check every row against its own hash, its predecessor and the heads kept outside the database.

    An edit shows as a wrong hash; a deletion in the middle as a gap; a deletion at the end, and a
    re-hash from some row on, as a confirmed head that no longer matches. What is wrong with the heads themselves is a
    finding too: missing, unreadable, in conflict, out of order.
    """
    finding = Finding()
    exported = heads.read()
    previous, expected, seen, covered = START, 1, 0, 0
    for row in Event.objects.order_by("seq").iterator(chunk_size=2000):
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
        elif row.hash in exported.heads.get(row.seq, ()):
            covered = row.seq
        previous, expected, seen = row.hash, row.seq + 1, row.seq
    if exported.last > seen:
        finding.wrong.append(f"Mất {exported.last - seen} dòng cuối (sau dòng {seen}): đã bị xóa.")
    if seen:
        finding.wrong += exported.wrong
        if not exported.heads and not exported.wrong:
            finding.wrong.append(f"Tệp niêm ngoài không có niêm nào, mà nhật ký có {seen} dòng.")
    else:
        finding.wrong += [sentence for sentence in exported.wrong if exported.heads]
    finding.unprotected = seen - covered
    return finding
