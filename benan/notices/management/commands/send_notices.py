"""manage.py send_notices [--day NGÀY]"""

import time
from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from benan.core.days import clock, legal_day
from benan.notices import sending
from benan.notices.models import SentNotice
from benan.ui.forms import DayField

TELL_EVERY = 10  # seconds
STOPPED = 130  # exit code, as of other programs that Ctrl-C ends
WORDS = {
    SentNotice.Outcome.SENT: "đã gửi", SentNotice.Outcome.REFUSED: "bị từ chối", SentNotice.Outcome.SENDING: "không rõ đã đến chưa",
    "taken": "lệnh khác đang gửi", "unreadable": "không mở được địa chỉ", "left": "để lần chạy sau",
}  # fmt: skip


class Command(BaseCommand):
    """Send the letters that are due: what asks for a confirmation, reminders, digests. Each is sent once, whoever calls it.

    It can be stopped at any moment and run again. Numbers are printed, never an address.
    """

    help = "Gửi những thư đến lúc gửi: xác nhận địa chỉ, nhắc việc, thư đầu tuần. Dừng rồi chạy lại lúc nào cũng được."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--day", default="", metavar="NGÀY", help="gửi như vào giữa ngày này, 09/11/2017; mặc định là hôm nay"
        )

    def handle(self, *, day: str, **options: Any) -> None:
        try:
            asked = DayField(required=False).clean(day)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        if not sending.sends_mail():
            self.stdout.write("Bản cài đặt này chưa có MAIL_URL nên không gửi thư nào.")
            return
        told = time.monotonic()

        def tell(so_far: Counter[str]) -> None:
            nonlocal told
            if time.monotonic() - told >= TELL_EVERY:
                told = time.monotonic()
                self.stdout.write(f"  {_words(so_far)}")
                self.stdout.flush()

        try:
            counts = sending.send_due(asked or legal_day(), 12 if asked else clock().hour, tell)
        except sending.Unreachable:
            raise CommandError(
                "Không nối được máy chủ thư của MAIL_URL. Chưa thư nào mất; lần chạy sau gửi tiếp."
            ) from None
        except KeyboardInterrupt:
            self.stdout.write("Đã dừng. Chạy lại để gửi nốt.")
            raise SystemExit(STOPPED) from None
        self.stdout.write(_words(counts))


def _words(counts: Counter[str]) -> str:
    parts = [f"{counts[key]} {words}" for key, words in WORDS.items() if counts[key]]
    return f"Thư: {', '.join(parts)}." if parts else "Không có thư nào đến lúc gửi."
