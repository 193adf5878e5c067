"""manage.py keep_figures [--anew]"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from benan.core.days import legal_day
from benan.core.figures import kept_besides
from benan.indicators import keeping


class Command(BaseCommand):
    """Keep the figures that pages will ask for today and tomorrow. It can be run at any time; mostly nothing is left to do."""

    help = "Ghi sẵn số liệu mà các trang thường hỏi, cho hôm nay và ngày mai. Chạy lại lúc nào cũng được."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--anew", action="store_true", help="đếm lại cả những gì đã ghi hôm nay, vì chương trình đã đổi"
        )

    def handle(self, *, anew: bool, **options: Any) -> None:
        today = legal_day()
        if counted := keeping.keep(today, anew=anew) + sum(keep(today, anew) for keep in kept_besides):
            self.stdout.write(f"Đã ghi sẵn số liệu của {counted} kỳ.")
