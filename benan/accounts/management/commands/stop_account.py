"""manage.py stop_account USER"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from benan.accounts.actions import officers
from benan.accounts.models import User
from benan.core.refusals import Refused
from benan.core.text import clean


class Command(BaseCommand):
    """Stop any account at once, as when an administrator's is in wrong hands."""

    help = "Ngừng ngay một tài khoản, kể cả của người quản trị (khi tài khoản ấy lọt vào tay người khác)."

    def add_arguments(self, parser: CommandParser) -> None:
        """The account to stop."""
        parser.add_argument("user", metavar="TÊN_ĐĂNG_NHẬP", type=clean)

    def handle(self, *, user: str, **options: Any) -> None:
        """Say that it is stopped, and how work goes on."""
        person = User.objects.filter(username=user.lower()).first()
        if person is None:
            raise CommandError(f"Không có ai tên đăng nhập “{user}”.")
        try:
            officers.stop_account(by=None, user=person, command="stop_account")
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"Đã ngừng tài khoản {person.username}; mọi phiên đang dùng tài khoản này đã bị đăng xuất.")
        self.stdout.write("Còn dưới hai người quản trị thì lập người thay bằng add_administrator (docs/operating.md).")
