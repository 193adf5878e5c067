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
    re-hash from some row on, as a head that no longer matches.
    """
    finding = Finding()
    exported = heads.read()
    previous, expected, seen = START, 1, 0
    for row in Event.objects.order_by("seq").iterator(chunk_size=2000):
        finding.rows += 1
        if row.seq != expected:
            finding.wrong.append(f"Thiếu dòng {expected} đến {row.seq - 1}: đã bị xóa.")
        elif row.previous != previous:
            finding.wrong.append(f"Dòng {row.seq} không nối với dòng trước.")
        if row.sealed() != row.hash:
            finding.wrong.append(f"Dòng {row.seq} đã bị sửa.")
        if row.seq in exported and exported.pop(row.seq) != row.hash:
            finding.wrong.append(f"Dòng {row.seq} khác với niêm đã cất ngoài cơ sở dữ liệu: chuỗi bị viết lại.")
        previous, expected, seen = row.hash, row.seq + 1, row.seq
    gone = [seq for seq in exported if seq > seen]
    if gone:
        finding.wrong.append(f"Mất {max(gone) - seen} dòng cuối (sau dòng {seen}): đã bị xóa.")
    finding.unprotected = max(seen - max(heads.read(), default=0), 0)
    return finding
