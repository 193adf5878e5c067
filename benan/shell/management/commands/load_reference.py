"""manage.py load_reference [--demo]"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from benan.accounts import installation
from benan.agencies import loading as agencies
from benan.needs import answers
from benan.places import loading as places
from benan.rules import loading as rules


class Command(BaseCommand):
    """Bring places, the law and agencies to what the data files say; running it again changes nothing.

    Where the law's answers changed, every need is answered anew.

    The first run marks the database as a real installation, or with --demo as one of fictional people.
    """

    help = "Nạp danh mục hành chính, luật và đơn vị từ các tệp dữ liệu."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether the people will be fictional."""
        parser.add_argument("--demo", action="store_true", help="đánh dấu đây là bản trình diễn, mọi người đều giả lập")

    @transaction.atomic
    def handle(self, *, demo: bool, **options: Any) -> None:
        """All or nothing."""
        try:
            installation.mark_as_demo_or_real(demo=demo)
        except ImproperlyConfigured as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"Địa bàn: {'; '.join(map(str, places.load()))}.")
        answers_change = rules.answers_change()
        self.stdout.write(rules.load())
        if answers_change:
            answers.answer_everybody()
        self.stdout.write(agencies.load())
