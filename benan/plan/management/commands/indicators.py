"""manage.py indicators: the five indicators of the plan for a period, as a table or as JSON."""

import datetime as dt
import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.agencies.queries import names
from benan.core.days import legal_day, show
from benan.core.figures import Question, question
from benan.core.refusals import Refused
from benan.core.text import clean
from benan.indicators import reach, rebuilding
from benan.indicators.shortfalls import ShortCase
from benan.places import queries as places
from benan.plan import indicators, periods, speech
from benan.plan import queries as plans
from benan.plan.actions import listing
from benan.plan.indicators import IndicatorFigure
from benan.plan.models import Plan
from benan.ui.forms import DayField

ARGUMENTS = {"agency": "--agency", "area": "--area", "period": "--from, --to", "as_of": "--as-of"}


class Command(BaseCommand):
    """Prints numerator, denominator and value of each indicator; the codes of short files only for an officer named."""

    help = _("Tính năm chỉ tiêu của kế hoạch (mục II.2) cho một kỳ.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from", dest="first", required=True, metavar="NGÀY", help=_("ngày đầu, 2017-01-01 hoặc 01/01/2017")
        )
        parser.add_argument("--to", dest="last", required=True, metavar="NGÀY", help=_("ngày cuối"))
        parser.add_argument(
            "--as-of", metavar="NGÀY", help=_("ngày xét; mặc định là ngày sớm hơn giữa ngày cuối và hôm nay")
        )
        parser.add_argument("--area", default="", type=clean, metavar="MÃ", help=_("mã tỉnh, huyện hoặc xã"))
        parser.add_argument("--agency", default="", type=clean, metavar="KHÓA", help=_("khóa đơn vị, ví dụ labour-737"))
        parser.add_argument(
            "--as",
            dest="user",
            type=clean,
            metavar="TÊN",
            help=_("tên đăng nhập: in mã những hồ sơ chưa được hỗ trợ đủ mà người này xem được"),
        )
        parser.add_argument("--json", action="store_true", help=_("in ra JSON"))

    def handle(self, **options: Any) -> None:
        try:
            asked = _asked(options)
            plan = _plan(asked)
            figures = indicators.figures(indicators.indicators(plan), asked)
            short = _listed(asked, plan, figures, options["user"])
        except Refused as refusal:
            where = refusal.field and ARGUMENTS.get(refusal.field, refusal.field)
            raise CommandError(f"{where}: {refusal}" if where else str(refusal)) from None
        if not rebuilding.is_current():
            self.stderr.write(_("Số liệu đang được tính lại; chạy manage.py rebuild_standings để tính nốt."))
        if options["json"]:
            answer = {
                "period": {"from": asked.first.isoformat(), "to": asked.last.isoformat()},
                "as_of": asked.as_of.isoformat(),
                "area": asked.area or places.HOME,
                "agency": asked.agency.key if asked.agency else None,
                "indicators": [_plain(found, short) for found in figures],
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(_table(asked, figures, short))


def _plan(asked: Question) -> Plan:
    """The plan whose indicators are counted: of the day of the question, or the last that had begun, or the next."""
    plan = plans.latest(asked.as_of) or plans.coming(asked.as_of)
    if plan is None:
        raise Refused(_("Chưa nạp kế hoạch nào. Chạy load_plan với tệp của kế hoạch."))
    return plan


def _asked(options: dict[str, Any]) -> Question:
    first, last = _day("--from", options["first"]), _day("--to", options["last"])
    if last < first:
        raise Refused(
            _("ngày cuối %(last)s trước ngày đầu %(first)s.") % {"last": show(last), "first": show(first)}, field="--to"
        )
    as_of = _day("--as-of", options["as_of"]) if options["as_of"] else None
    if as_of and as_of > legal_day():
        raise Refused(
            _("ngày %(on)s nằm sau hôm nay (%(today)s).") % {"on": show(as_of), "today": show(legal_day())},
            field="--as-of",
        )
    if as_of and as_of < first:
        raise Refused(
            _("ngày %(on)s trước ngày đầu của kỳ (%(first)s).") % {"on": show(as_of), "first": show(first)},
            field="--as-of",
        )
    if first > legal_day():
        raise Refused(_("kỳ này chưa bắt đầu: ngày đầu %(on)s nằm sau hôm nay.") % {"on": show(first)}, field="--from")
    area = reach.area_of_code(options["area"], as_of or min(last, legal_day())) if options["area"] else ""
    agency = reach.agency_of_key(options["agency"]) if options["agency"] else None
    return question(first, last, as_of, area, agency)


def _day(name: str, text: str) -> dt.date:
    try:
        found = DayField(required=False).to_python(text)
    except ValidationError as error:
        raise Refused(error.messages[0], field=name) from None
    if found is None:
        raise Refused(_("ghi một ngày, ví dụ 2017-12-31 hoặc 31/12/2017."), field=name)
    return found


def _listed(
    asked: Question, plan: Plan, figures: list[IndicatorFigure], username: str | None
) -> dict[str, list[ShortCase]] | None:
    """The short files by indicator as an officer sees them; None where no officer is named."""
    if not username:
        return None
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise Refused(_("không có tài khoản “%(name)s” đang dùng.") % {"name": username}, field="--as")
    known = periods.periods(plan, legal_day()) if asked.as_of in plan.period else []
    return listing.list_short(by=user, figures=figures, asked=asked, periods=known)


def _plain(found: IndicatorFigure, short: dict[str, list[ShortCase]] | None) -> dict[str, Any]:
    tally, measure = found.total, found.indicator.measure
    plain = {
        "key": found.indicator.number,
        "numerator": tally.numerator,
        "denominator": tally.denominator,
        "value": tally.value,
        "in_time": tally.in_time,
        "late": tally.late,
        "outside": tally.left_out,
        "short": tally.short,
        "apart": {key: tally.outside.get(key, 0) for key in measure.outside} | found.figure.apart,
    }
    if short is None:
        return plain
    rows = short[found.indicator.number]
    agencies = names({reason.agency for row in rows for reason in row.reasons}, legal_day())
    return plain | {
        "short": [row.code for row in rows if row.code],
        "short_unseen": sum(not row.code for row in rows),
        "why": {
            row.code: [
                {"what": str(reason), "whose_move": agencies.get(reason.agency or 0, "")} for reason in row.reasons
            ]
            for row in rows
            if row.code
        },
    }


def _table(asked: Question, figures: list[IndicatorFigure], short: dict[str, list[ShortCase]] | None) -> str:
    lines = [
        _("%(count)s chỉ tiêu của kế hoạch%(whose)s, kỳ %(first)s đến %(last)s, xét đến hết ngày %(as_of)s")
        % {
            "count": speech.count(len(figures)).capitalize(),
            "whose": f", {_('số liệu')}{whose}" if (whose := speech.whose(asked)) else "",
            "first": show(asked.first),
            "last": show(asked.last),
            "as_of": show(asked.as_of),
        },
        "",
    ]
    for found in figures:
        tally = found.total
        share = (
            f"{tally.numerator}/{tally.denominator} ({tally.percent})" if tally.denominator else _("không phát sinh")
        )
        lines.append(f"{found.indicator.number}  {found.indicator.name}: {share}")
        counts = {
            _("chưa được hỗ trợ đủ"): tally.short,
            _("còn trong thời hạn"): tally.in_time,
            _("hoàn thành quá hạn"): tally.late,
        }
        lines.append("        " + "; ".join(f"{words} {n}" for words, n in counts.items()))
        apart = [f"{words} {n}" for words, n in found.figure.beside if n]
        if apart:
            lines.append("        " + _("không tính vào chỉ tiêu: ") + "; ".join(apart))
        for row in (short or {}).get(found.indicator.number, ()):
            code = row.shown_code if row.code else _("(hồ sơ ngoài phạm vi được xem)")
            lines.append(f"        - {code}: " + "; ".join(map(str, row.reasons)))
    return "\n".join(lines)
