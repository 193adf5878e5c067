"""manage.py index_identities"""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from benan.core import sealing
from benan.vault import access


class Command(BaseCommand):
    """Make the index of all identities again, after a version that reads names or numbers in another way.

    Batches are kept one by one: it can be stopped at any moment and run again. Nothing of anybody is printed.
    """

    help = "Lập lại chỉ mục tìm danh tính theo cách đọc tên và số hiện nay."

    def handle(self, **options: Any) -> None:
        """Say how many people were gone through, and of how many the index changed."""
        if not sealing.has_key():
            raise CommandError("Máy này không có khóa mã hóa danh tính (init_key) nên không đọc được danh tính nào.")
        people = changed = unreadable = 0
        last: UUID | None = None
        try:
            while batch := access.index_again(by=None, after=last):
                last, people = batch.last_id, people + batch.people
                changed, unreadable = changed + batch.changed, unreadable + batch.unreadable
                self.stdout.write(f"Đã xem {people} người, lập lại chỉ mục của {changed} người.")
        except KeyboardInterrupt:
            raise CommandError("Đã dừng. Những phần đã làm được giữ; chạy lại lệnh để làm hết.") from None
        if unreadable:
            raise CommandError(
                f"{unreadable} người có danh tính được mã hóa bằng khóa khác, giữ nguyên chỉ mục cũ của họ."
            )
        self.stdout.write("Chưa có danh tính nào." if not people else "Xong.")
