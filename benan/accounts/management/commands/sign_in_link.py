"""manage.py sign_in_link USER"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from benan.accounts import installation
from benan.accounts.actions import links
from benan.accounts.models import EntryLink, User
from benan.core.refusals import Refused
from benan.core.text import clean


class Command(BaseCommand):
    """Enter a demo as one of its fictional people."""

    help = "In đường dẫn đăng nhập một lần để làm việc như một người giả lập (chỉ ở bản trình diễn)."

    def add_arguments(self, parser: CommandParser) -> None:
        """As whom."""
        parser.add_argument("user", metavar="USER", type=clean, help="tên đăng nhập, ví dụ lan")

    def handle(self, *, user: str, **options: Any) -> None:
        """Print the link, or say why there is none."""
        person = User.objects.filter(username=user.lower()).first()
        if person is None:
            known = ", ".join(User.objects.order_by("username").values_list("username", flat=True))
            raise CommandError(f"Không có ai tên đăng nhập “{user}”. Có: {known or 'chưa có ai'}.")
        try:
            secret = links.make_link(by=None, user=person, kind=EntryLink.Kind.DEMO)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"{person}: {installation.address()}vao/{secret}/")
