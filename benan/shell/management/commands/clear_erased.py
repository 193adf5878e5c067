"""manage.py clear_erased"""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from benan.vault import access
from ops import Unready, database, erased, files

MARK = "cleared"  # file of the data folder: moment of the last erasure that has left the files
OWN_SERVER = (
    "Máy chủ cơ sở dữ liệu này không cho chương trình kết thúc nhật ký thay đổi (WAL). Người quản trị máy chủ ấy chạy "
    "SELECT pg_switch_wal(); CHECKPOINT; và giữ WAL không lâu hơn bản sao lưu."
)


class Command(BaseCommand):
    """Have what was erased, or sealed under a former key, leave the files of the database now rather than within the hour."""

    help = "Xóa khỏi tệp của cơ sở dữ liệu những bản cũ của danh tính đã xóa và của khóa đã thay."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to clear only where something was erased."""
        parser.add_argument("--if-erased", action="store_true", help="chỉ dọn khi có ai được xóa từ lần dọn trước")

    def handle(self, *, if_erased: bool, **options: Any) -> None:
        """Clear; pages that need these tables wait a few seconds."""
        last, mark = access.last_erased_at(), settings.DATA_DIR / MARK
        if if_erased and (last is None or (mark.exists() and mark.read_text() == last.isoformat())):
            return
        tables = [apps.get_model(label)._meta.db_table for label in settings.CLEARED_TABLES]
        try:
            owner = database.entry(database.data_dir(), "owner")
            ended = erased.clear({**owner, "NAME": connection.settings_dict["NAME"]}, tables)
        except Unready as unready:
            raise CommandError(str(unready)) from None
        if last:
            files.private_folder(settings.DATA_DIR)
            files.write_private(mark, last.isoformat())
        self.stdout.write("Đã dọn các bảng." if ended else f"Đã dọn các bảng. {OWN_SERVER}")
