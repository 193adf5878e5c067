"""manage.py clear_erased"""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from ops import Unready, database, erased

OWN_SERVER = (
    "Máy chủ cơ sở dữ liệu này không cho chương trình kết thúc nhật ký thay đổi (WAL). Người quản trị máy chủ ấy chạy "
    "SELECT pg_switch_wal(); CHECKPOINT; và giữ WAL không lâu hơn bản sao lưu."
)


class Command(BaseCommand):
    """Have what was erased, or sealed under a former key, leave the files of the database now rather than within the hour."""

    help = "Dọn khỏi tệp của cơ sở dữ liệu những bản cũ của danh tính đã xóa và của khóa đã thay."

    def handle(self, **options):
        """Clear; pages that need these tables wait a few seconds."""
        try:
            owner = database.entry(database.data_dir(), "owner")
            ended = erased.clear({**owner, "NAME": connection.settings_dict["NAME"]})
        except Unready as unready:
            raise CommandError(str(unready)) from None
        self.stdout.write("Đã dọn các bảng." if ended else f"Đã dọn các bảng. {OWN_SERVER}")
