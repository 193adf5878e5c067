"""manage.py verify_audit"""

import re
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from benan.audit.verify import verify


class Command(BaseCommand):
    """Check that nobody edited, deleted or rewrote the trail; exit code 1 if somebody did."""

    help = "Kiểm tra nhật ký: có dòng nào bị sửa, xóa hay viết lại không."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which rows without a head somebody has already answered for."""
        told = "dòng không có niêm đã hỏi rõ, như 1761-1768; nói được nhiều lần"
        parser.add_argument("--known", action="append", default=[], type=_span, help=told, metavar="ĐẦU-CUỐI")

    def handle(self, **options: Any) -> None:
        """Print the finding in sentences."""
        finding = verify(options["known"])
        for sentence in finding.wrong:
            self.stderr.write(sentence)
        uncovered = sum(last - first + 1 for first, last in finding.uncovered)
        self.stdout.write(f"Đã đọc {finding.rows} dòng; {uncovered} dòng không có niêm cất ngoài.")
        if finding.wrong:
            raise SystemExit(1)
        self.stdout.write("Nhật ký nguyên vẹn.")


def _span(words: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,18})-(\d{1,18})", words, re.ASCII)
    if not found:
        raise ArgumentTypeError(f"«{words}» không phải là số dòng đầu, gạch nối, số dòng cuối, như 1761-1768.")
    return int(found[1]), int(found[2])
