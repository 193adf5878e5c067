"""manage.py first_link"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from benan.accounts import installation
from benan.accounts.actions import links, officers
from benan.accounts.models import EntryLink, User
from benan.agencies.kinds import AgencyKind
from benan.agencies.models import Agency
from benan.core import sealing

USERNAME = "quantri"
SECOND, KEY = "add_administrator TÊN_ĐĂNG_NHẬP 'HỌ VÀ TÊN'", "init_key ĐƯỜNG_DẪN"


class Command(BaseCommand):
    """Let the first administrator of an empty installation in; once somebody works here, only say where it is."""

    help = "In đường dẫn đăng nhập lần đầu cho người quản trị đầu tiên."

    @transaction.atomic
    def handle(self, **options: Any) -> None:
        """Make the first account where there is none; a new link while its owner never entered."""
        home = installation.address()
        users = list(User.objects.all()[:2])
        if len(users) > 1 or (users and users[0].has_usable_password()):
            self.stdout.write(f"Mở {home}")
            return
        secret = _anew(users[0]) if users else _first()
        self.stdout.write("Chưa ai đăng nhập. Người quản trị đầu tiên đăng nhập bằng đường dẫn này, chỉ dùng một lần:")
        self.stdout.write(f"  {home}vao/{secret}/")
        if not sealing.has_key():
            self.stdout.write(
                "Trước đó đặt khóa mã hóa ở nơi khác (docs/operating.md): chưa có khóa thì chưa ai cài được ứng dụng "
                f"xác thực.\n  {installation.command(KEY)}"
            )
        self.stdout.write(
            "Mở đường dẫn trong 7 ngày, đặt mật khẩu, cài ứng dụng xác thực trên điện thoại. "
            f"Tên đăng nhập: {USERNAME}. Mất đường dẫn thì chạy lại:\n"
            f"  {installation.command('first_link')}\n"
            "Rồi, ở máy này, lập người quản trị thứ hai; vai trò mở được danh tính luôn cần hai người, một người giao, "
            "một người khác xác nhận:\n"
            f"  {installation.command(SECOND)}"
        )
        if sealing.has_key():
            where = sealing.key_path()
            self.stdout.write(
                f"Khóa mã hóa danh tính ở {where}: sao thêm một bản, cất ở nơi khác và do người khác giữ."
            )


def _anew(user: User) -> str:
    return links.make_link(by=None, user=user, kind=EntryLink.Kind.INVITATION, command="first_link")


def _first() -> str:
    if not Agency.objects.filter(kind=AgencyKind.OPERATOR).exists():
        raise CommandError("Chưa nạp danh mục đơn vị. Chạy ./manage.py load_reference rồi chạy lại lệnh này.")
    return officers.appoint_administrator(
        by=None, username=USERNAME, full_name="Quản trị Bến An", command="first_link"
    )[1]
