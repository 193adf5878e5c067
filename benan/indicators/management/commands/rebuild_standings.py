"""manage.py rebuild_standings [--if-needed]"""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from benan.indicators import rebuilding


class Command(BaseCommand):
    """Judge every case anew for the figures, while the program goes on. It can be stopped and run again."""

    help = "Tính lại số liệu chỉ tiêu của mọi hồ sơ. Dừng giữa chừng rồi chạy lại cũng được."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-needed", action="store_true", help="chỉ tính khi bản này tính khác, hoặc luật đã đổi")

    def handle(self, *, if_needed: bool, **options: Any) -> None:
        if if_needed and rebuilding.is_current():
            return
        began = told = time.monotonic()
        progress = None
        try:
            for progress in rebuilding.rebuild():
                if time.monotonic() - told > 1:
                    told = time.monotonic()
                    self.stdout.write(f"  {progress.judged}/{progress.of} hồ sơ, {progress.differed} dòng thay đổi")
                    self.stdout.flush()
        except KeyboardInterrupt:
            raise CommandError("Đã dừng. Những phần đã tính được giữ; chạy lại lệnh này để tính nốt.") from None
        if progress:
            seconds = time.monotonic() - began
            self.stdout.write(
                f"Đã tính lại số liệu của {progress.judged} hồ sơ trong {seconds:.0f} giây, {progress.differed} dòng thay đổi."
            )
