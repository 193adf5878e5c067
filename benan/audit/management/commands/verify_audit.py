"""manage.py verify_audit"""

import re
import time
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from benan.audit.verify import Finding, verify

TELL_EVERY = 10  # seconds
STOPPED = 130  # exit code, as of other programs that Ctrl-C ends


class Command(BaseCommand):
    """Check that nobody edited, deleted or rewrote the trail; exit code 1 if somebody did, 130 if Ctrl-C ended it."""

    help = "Kiểm tra nhật ký: có dòng nào bị sửa, xóa hay viết lại không."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which rows without a head somebody has already answered for."""
        told = "dòng không có mã kiểm tra đã được làm rõ, như 1761-1768; ghi được nhiều lần"
        parser.add_argument("--known", action="append", default=[], type=_span, help=told, metavar="ĐẦU-CUỐI")

    def handle(self, **options: Any) -> None:
        """Print the finding in sentences."""
        began = told = time.monotonic()

        def tell(so_far: Finding) -> None:
            nonlocal told
            if time.monotonic() - told >= TELL_EVERY:
                told = time.monotonic()
                speed = so_far.rows / (told - began)
                left = (so_far.last - so_far.rows) / speed
                self.stdout.write(
                    f"  {so_far.rows} trong {so_far.last} dòng, {speed:.0f} dòng một giây, còn khoảng {left:.0f} giây"
                )
                self.stdout.flush()

        finding = verify(options["known"], tell=tell)
        for sentence in finding.wrong:
            self.stderr.write(sentence)
        uncovered = sum(last - first + 1 for first, last in finding.uncovered)
        self.stdout.write(f"Đã đọc {finding.rows} dòng; {uncovered} dòng không có mã kiểm tra lưu ngoài cơ sở dữ liệu.")
        if finding.stopped:
            self.stdout.write(
                f"Đã dừng theo yêu cầu trước dòng cuối ({finding.last}); những dòng sau chưa kiểm tra. "
                "Lần sau kiểm tra lại từ dòng đầu."
            )
        if finding.wrong or finding.stopped:
            raise SystemExit(1 if finding.wrong else STOPPED)
        self.stdout.write("Nhật ký nguyên vẹn.")


def _span(words: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,18})-(\d{1,18})", words, re.ASCII)
    if not found:
        raise ArgumentTypeError(f"«{words}» không phải là số dòng đầu, gạch nối, số dòng cuối, như 1761-1768.")
    return int(found[1]), int(found[2])
