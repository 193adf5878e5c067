"""manage.py plan_clauses: every clause of the plan, who leads it, and which pages serve it now."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benan.core.days import legal_day
from benan.plan import queries as plans
from benan.plan.models import Clause, Plan
from benan.plan.serving import pages_serving

SERVED, NOT_YET = gettext_lazy("đã có trang thực hiện"), gettext_lazy("chưa có")


class Command(BaseCommand):
    """Prints the clauses with their state, so that nobody has to believe a list."""

    help = _("Liệt kê các điểm của kế hoạch và trang thực hiện từng điểm.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help=_("in ra JSON"))
        parser.add_argument("--markdown", action="store_true", help=_("in ra trang docs/clauses.md"))

    def handle(self, **options: Any) -> None:
        plan = plans.latest(legal_day()) or plans.coming(legal_day())
        if plan is None:
            raise CommandError(_("Chưa nạp kế hoạch nào. Chạy load_plan với tệp của kế hoạch."))
        rows = [_plain(clause) for clause in plans.clauses(plan)]
        served = sum(row["served"] for row in rows)
        totals = {"clauses": len(rows), "served": served, "not_served": len(rows) - served}
        if options["markdown"]:
            self.stdout.write(_as_page(plan, rows))
        elif options["json"]:
            answer = {"plan": plan.number, "clauses": rows, "totals": totals}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            for row in rows:
                pages = ", ".join(f"{page['name']} ({page['url']})" for page in row["by"])
                self.stdout.write(f"{row['number']:8} {row['state']}" + (f": {pages}" if pages else ""))
            self.stdout.write(_("%(clauses)s điểm: %(served)s đã có trang thực hiện, %(not_served)s chưa có.") % totals)


def _as_page(plan: Plan, rows: list[dict[str, Any]]) -> str:
    title = _("# Các điểm của kế hoạch %s và trang thực hiện") % plan.number
    made = _(
        "Trang này do `manage.py plan_clauses --markdown` lập. Điểm không có trang nào thì chương trình chưa làm được."
    )
    head = f"| {_('Điểm')} | {_('Trang')} |\n|---|---|"
    lines = [f"| {row['number']} | {', '.join(page['name'] for page in row['by']) or _('chưa có')} |" for row in rows]
    return "\n".join([title, "", made, "", head, *lines])


def _plain(clause: Clause) -> dict[str, Any]:
    pages = pages_serving(clause)
    return {
        "number": clause.number,
        "kind": [str(kind) for kind in clause.kinds],
        "wording": clause.wording,
        "lead": clause.leads,
        "read_from": clause.read_from,
        "served": bool(pages),
        "by": [{"url": page.url(clause.plan.slug), "name": str(page.name)} for page in pages],
        "state": str(SERVED if pages else NOT_YET),
    }
