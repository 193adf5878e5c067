"""manage.py add_administrator USERNAME NAME"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from benan.accounts import installation
from benan.accounts.actions import officers
from benan.core import sealing
from benan.core.refusals import Refused
from benan.core.text import clean


class Command(BaseCommand):
    """Make the second administrator of an installation; later ones are given and confirmed in the program."""

    help = "Lập tài khoản người quản trị thứ hai và in đường dẫn đăng nhập lần đầu của người ấy."

    def add_arguments(self, parser: CommandParser) -> None:
        """The new administrator."""
        parser.add_argument("username", metavar="TÊN_ĐĂNG_NHẬP", type=clean)
        parser.add_argument("full_name", metavar="HỌ_VÀ_TÊN", type=clean)

    def handle(self, *, username: str, full_name: str, **options: Any) -> None:
        """The link is printed once."""
        try:
            user, secret = officers.appoint_administrator(
                by=None, username=username, full_name=full_name, command="add_administrator"
            )
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"{user}: {installation.address()}vao/{secret}/")
        self.stdout.write("Giao đường dẫn này cho đúng người ấy; chỉ dùng một lần, trong 7 ngày.")
        if not sealing.has_key():
            self.stdout.write(
                "Trước đó đặt khóa mã hóa ở nơi khác (docs/operating.md): chưa có khóa thì chưa ai cài được "
                "ứng dụng xác thực."
            )
            self.stdout.write(f"  {installation.command('init_key ĐƯỜNG_DẪN')}")
