"""manage.py deadlines: which time limits run, from a file of facts."""

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benan.core import yaml_nodes
from benan.core.days import legal_day, show
from benan.core.refusals import Refused
from benan.rules import facts
from benan.rules.calendar import DayTable, in_words
from benan.rules.deadlines import RunningLimit, running
from benan.rules.limits import LimitTable
from benan.rules.models import TimeLimit
from benan.rules.reading import Entry, parse

STATES = {
    "not_started": gettext_lazy("chưa bắt đầu"),
    "running": gettext_lazy("đang chạy"),
    "met": gettext_lazy("xong"),
    "late": gettext_lazy("quá hạn"),
    "replaced": gettext_lazy("không tính nữa"),
}
BASIS = ("citation", "certainty", "binding", "counting", "calendar", "provisional", "explanation")


class Command(BaseCommand):
    """Shows the clocks of one situation, with the article and the reckoning of each."""

    help = _("Tính các thời hạn từ một tệp ghi việc đã xảy ra (FACTS.yaml).")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("facts", metavar="FACTS.yaml", type=Path)
        parser.add_argument(
            "--as-of", metavar="DD/MM/YYYY", help=_("ngày xem; mặc định là as_of trong tệp, hoặc hôm nay")
        )
        parser.add_argument("--json", action="store_true", help=_("in ra JSON"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            days, limits = DayTable.load(), LimitTable.load()
            situation = facts.read(parse(yaml_nodes.content(options["facts"]), options["facts"].name), days)
            as_of = situation.as_of or legal_day()
            if options["as_of"]:
                as_of = Entry(options["as_of"], 1, "--as-of").day()
            clocks = running(
                situation.procedure,
                situation.events,
                as_of=days.within(as_of),
                limits=limits,
                days=days,
                facts=situation.facts,
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        agencies = situation.procedure.agencies
        if options["json"]:
            answer = {
                "procedure": situation.procedure.key,
                "version": situation.procedure.in_force.lower.isoformat(),
                "as_of": as_of.isoformat(),
                "clocks": [_plain(clock) for clock in clocks],
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2, default=str))
        else:
            self.stdout.write(table(clocks, as_of, agencies))


def table(clocks: Iterable[RunningLimit], as_of: dt.date, agencies: Mapping[str, str]) -> str:
    """The clocks as aligned columns, then the reckoning of each; ► marks the limit that governs."""
    heads = ("", _("Việc phải làm"), _("Thời hạn"), _("Hết hạn"), _("Tình trạng"))
    rows = [
        (
            "►" if clock.governs else "",
            clock.label,
            clock.period,
            in_words(clock.due_on) if clock.due_on else "–",
            _state(clock),
        )
        for clock in clocks
    ]
    widths = [max(len(row[column]) for row in [heads, *rows]) for column in range(len(heads))]
    lines = [_("Tính đến hết ngày %(day)s.") % {"day": in_words(as_of)}, ""]
    lines += [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in [heads, *rows]
    ]
    for clock in clocks:
        whose = _("Việc của: %(agency)s.") % {"agency": agencies[clock.whose]}
        lines += ["", clock.label, f"  {whose}", *(f"  {sentence}" for sentence in clock.explanation)]
        if clock.citation:
            lines.append("  " + _("Căn cứ: %(articles)s.") % {"articles": clock.citation})
        if clock.counting:
            lines.append("  " + _("Cách tính: %(article)s.") % {"article": clock.counting})
    return "\n".join(lines)


def _state(clock: RunningLimit) -> str:
    at_once = clock.unit == TimeLimit.Unit.AT_ONCE
    words = str(STATES[clock.state])
    if at_once and clock.state == "late":  # what must be done at once is never called overdue
        words = _("chưa xong") if clock.open else str(STATES["met"])
    if clock.met_on:
        words = _("%(state)s, ngày %(day)s") % {"state": words, "day": show(clock.met_on)}
    if clock.late_by and not at_once:
        words = _("%(state)s (quá %(n)s ngày)") % {"state": words, "n": clock.late_by}
    if clock.convention:
        words = _("%(state)s, theo quy ước") % {"state": words}
    return words


def _plain(clock: RunningLimit) -> dict[str, Any]:
    facts = dataclasses.asdict(clock)
    basis = {name: facts.pop(name) for name in BASIS}
    return {"key": facts.pop("limit"), **facts, "basis": basis}
