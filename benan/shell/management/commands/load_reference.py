"""manage.py load_reference [--demo]"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from benan.accounts import installation
from benan.agencies import loading as agencies
from benan.agencies.kinds import AgencyKind
from benan.agencies.models import Agency
from benan.indicators import rebuilding
from benan.needs import answers
from benan.places import loading as places
from benan.rules import loading as rules
from benan.rules.calendar import DayTable
from benan.rules.models import TimeLimit


class Command(BaseCommand):
    """Bring places, the law and agencies to what the data files say; running it again changes nothing.

    Where the law's answers changed, every need is answered anew. Where what figures depend on changed, the next
    rebuild_standings computes open deadlines and all standings anew.

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
        answers_change, before = rules.answers_change(), _judged_by()
        self.stdout.write(rules.load())
        if answers_change:
            answers.answer_everybody()
        self.stdout.write(agencies.load())
        if answers_change or _judged_by() != before:
            rebuilding.ask(deadlines=True)


def _judged_by() -> tuple[Any, ...]:
    """What time limits and figures depend on: official days, limits, and which agencies are outside the province."""
    limits = TimeLimit.objects.order_by("key", "in_force").values_list(
        "key", "n", "unit", "direction", "rolls", "first_day", "certainty", "in_force"
    )
    outside = Agency.objects.filter(kind=AgencyKind.OUTSIDE).order_by("key").values_list("key", flat=True)
    return DayTable.load().version, list(limits), list(outside)
