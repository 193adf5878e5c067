"""manage.py load_plan FILE"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from benan.core import yaml_nodes
from benan.core.figures import measure
from benan.core.refusals import Refused
from benan.plan import document
from benan.plan.actions import loading
from benan.plan.serving import unknown_pages

NAMED = 12  # numbers that are named; the rest are counted


class Command(BaseCommand):
    """Load a plan from its file, or only check the file; errors name their lines and end with 1."""

    help = _("Nạp kế hoạch từ một tệp YAML, theo mẫu ở docs/plan-schema.md.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help=_("tệp kế hoạch, ví dụ plans/12089-KH-UBND.yaml"))
        parser.add_argument("--check", action="store_true", help=_("chỉ kiểm tra tệp, không nạp"))

    def handle(self, *, file: str, check: bool, **options: Any) -> None:
        try:
            source = yaml_nodes.content(Path(file))
        except Refused as refusal:
            self._stop(str(refusal))
        try:
            (self._check if check else self._load)(source, file)
        except document.InvalidPlan as refusal:
            self._stop(str(refusal))
        except Refused as refusal:
            self._stop(f"{file}: {refusal}")

    def _check(self, source: bytes, file: str) -> None:
        plan = document.read(source, file)
        self._remind(plan.passed_over())
        self._name_unknown_measures(
            [(entry.number, entry.indicator.measure) for entry in plan.clauses if entry.indicator]
        )
        self._name_unknown_pages([(entry.number, entry.pages) for entry in plan.clauses])
        counts = {"file": file, "number": plan.number, "clauses": len(plan.clauses), "headings": len(plan.headings)}
        self.stdout.write(_("%(file)s đúng mẫu: kế hoạch %(number)s, %(headings)s mục, %(clauses)s điểm.") % counts)

    def _load(self, source: bytes, file: str) -> None:
        loaded = loading.load(by=None, source=source, path=file)
        self._remind(loaded.passed_over)
        self._name_unknown_measures(loaded.plan.clauses.exclude(measure="").values_list("number", "measure"))
        self._name_unknown_pages(loaded.plan.clauses.values_list("number", "pages"))
        self.stdout.write(_("Kế hoạch %s:") % loaded.plan)
        self._list(_("tên, mục thêm hoặc sửa"), loaded.frame)
        self._list(_("điểm thêm mới"), loaded.added)
        self._list(_("điểm thay đổi"), loaded.changed)
        self._list(_("điểm không còn trong tệp, được giữ lại"), loaded.kept)

    def _remind(self, numbers: Sequence[str]) -> None:
        for number in numbers:
            self.stdout.write(_("Lưu ý: kế hoạch không có số %s; kiểm tra xem có bỏ sót không.") % number)

    def _name_unknown_measures(self, indicators: Iterable[tuple[str, str]]) -> None:
        for number, key in indicators:
            if measure(key) is None:
                words = _("Lưu ý: điểm %(number)s dùng số đo “%(key)s” mà chương trình không có, nên chưa có số liệu.")
                self.stdout.write(words % {"number": number, "key": key})

    def _name_unknown_pages(self, named: Iterable[tuple[str, Iterable[str]]]) -> None:
        for number, key in unknown_pages(named):
            words = _("Lưu ý: điểm %(number)s nêu trang “%(key)s” mà chương trình không có.")
            self.stdout.write(words % {"number": number, "key": key})

    def _list(self, what: str, numbers: Sequence[str]) -> None:
        named = ", ".join(numbers[:NAMED]) + (", …" if len(numbers) > NAMED else "")
        self.stdout.write(f"  {what}: {len(numbers)}" + (f" ({named})" if numbers else ""))

    def _stop(self, message: str) -> NoReturn:
        self.stderr.write(message)
        raise SystemExit(1)
