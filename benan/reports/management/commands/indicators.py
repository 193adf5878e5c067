"""manage.py indicators: the five indicators of the plan for a period, as a table or as JSON."""

import json

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.accounts.queries import names
from benan.core.days import legal_day, show
from benan.core.forms import DayField
from benan.core.refusals import Refused
from benan.core.text import clean
from benan.places import queries as places
from benan.plan import queries as plans
from benan.reports import actions, measures, periods, reach
from benan.reports.figures import OUTSIDE, question

ARGUMENTS = {"agency": "--agency", "area": "--area", "period": "--from, --to"}


class Command(BaseCommand):
    """Prints numerator, denominator and value of each indicator; the codes of short files only for an officer named."""

    help = _("Tính năm chỉ tiêu của kế hoạch (mục II.2) cho một kỳ.")

    def add_arguments(self, parser):
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
            help=_("tên đăng nhập: in mã những hồ sơ còn thiếu mà người này xem được"),
        )
        parser.add_argument("--json", action="store_true", help=_("in ra JSON"))

    def handle(self, **options):
        try:
            asked = _asked(options)
            figures = measures.figures(asked)
            short = _listed(asked, figures, options["user"])
        except Refused as refusal:
            where = ARGUMENTS.get(refusal.field, refusal.field)
            raise CommandError(f"{where}: {refusal}" if where else str(refusal)) from None
        if options["json"]:
            answer = {
                "period": {"from": asked.first.isoformat(), "to": asked.last.isoformat()},
                "as_of": asked.as_of.isoformat(),
                "area": asked.area or places.HOME,
                "agency": asked.agency.key if asked.agency else None,
                "indicators": [_plain(figure, short) for figure in figures],
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(_table(asked, figures, short))


def _asked(options):
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
    area = reach.area(options["area"], as_of or min(last, legal_day())) if options["area"] else ""
    agency = reach.agency(options["agency"]) if options["agency"] else None
    return question(first, last, as_of, area, agency)


def _day(name, text):
    try:
        found = DayField(required=False).to_python(text)
    except ValidationError as error:
        raise Refused(error.messages[0], field=name) from None
    if found is None:
        raise Refused(_("ghi một ngày, ví dụ 2017-12-31 hoặc 31/12/2017."), field=name)
    return found


def _listed(asked, figures, username):
    """The short files by indicator as an officer sees them; None where no officer is named."""
    if not username:
        return None
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise Refused(_("không có tài khoản “%(name)s” đang dùng.") % {"name": username}, field="--as")
    plan = plans.current(asked.as_of)
    known = periods.periods(plan, legal_day()) if plan else []
    return actions.list_short(by=user, figures=figures, asked=asked, periods=known)


def _plain(figure, short):
    tally = figure.total
    plain = {
        "key": figure.indicator.number,
        "numerator": tally.numerator,
        "denominator": tally.denominator,
        "value": tally.value,
        "in_time": tally.in_time,
        "late": tally.late,
        "outside": tally.left_out,
        "short": tally.short,
        "apart": tally.outside | figure.apart,
    }
    if short is None:
        return plain
    rows = short[figure.indicator.number]
    agencies = names({reason.agency for row in rows for reason in row.reasons}, legal_day())
    return plain | {
        "short": [row.code for row in rows if row.code],
        "short_unseen": sum(not row.code for row in rows),
        "why": {
            row.code: [{"what": str(reason), "whose_move": agencies.get(reason.agency, "")} for reason in row.reasons]
            for row in rows
            if row.code
        },
    }


def _table(asked, figures, short):
    lines = [
        _("Năm chỉ tiêu của kế hoạch, kỳ %(first)s đến %(last)s, xét đến hết ngày %(as_of)s")
        % {"first": show(asked.first), "last": show(asked.last), "as_of": show(asked.as_of)},
        "",
    ]
    for figure in figures:
        tally = figure.total
        share = (
            f"{tally.numerator}/{tally.denominator} ({tally.percent})" if tally.denominator else _("không phát sinh")
        )
        lines.append(f"{figure.indicator.number}  {figure.indicator.name}: {share}")
        counts = {
            _("còn thiếu"): tally.short,
            _("còn trong hạn"): tally.in_time,
            _("xong nhưng trễ"): tally.late,
        }
        lines.append("        " + "; ".join(f"{words} {n}" for words, n in counts.items()))
        apart = {OUTSIDE[key]: n for key, n in tally.outside.items()} | {
            measures.APART[key]: n for key, n in figure.apart.items()
        }
        if any(apart.values()):
            lines.append("        " + _("riêng: ") + "; ".join(f"{words} {n}" for words, n in apart.items() if n))
        for row in (short or {}).get(figure.indicator.number, ()):
            code = row.shown_code if row.code else _("(hồ sơ ngoài phạm vi được xem)")
            lines.append(f"        - {code}: " + "; ".join(map(str, row.reasons)))
    return "\n".join(lines)
