"""Choosing the period, area and agency of figures."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, cast

from django import forms as django_forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benan.accounts.models import User
from benan.agencies import queries as agencies
from benan.agencies.kinds import AgencyKind
from benan.core.days import legal_day, show
from benan.core.figures import Question, question
from benan.core.refusals import Refused
from benan.indicators import reach
from benan.places import queries as places
from benan.plan import periods
from benan.plan.models import Plan
from benan.ui import forms

WHOLE = "ca-ke-hoach"
SELECT = {"class": "form-select"}
# Where a refusal of reach is shown.
FIELDS = {"period": "ky", "as_of": "xet", "area": "dia_ban", "agency": "don_vi"}


class Chooser(forms.Form):
    """What the figures of a page are about; it offers what the officer's reach allows and begins with what is likely.

    Once the form is valid, `asked` is the question and `period` the period of reports chosen; `due_next` is the
    one whose report is due next. `only_reports` offers no other periods.
    """

    ky = django_forms.ChoiceField(label=gettext_lazy("Kỳ"), widget=django_forms.Select(attrs=SELECT))
    dia_ban = django_forms.ChoiceField(
        label=gettext_lazy("Địa bàn"), required=False, widget=django_forms.Select(attrs=SELECT)
    )
    don_vi = django_forms.ChoiceField(label=gettext_lazy("Đơn vị"), required=False)
    tu = forms.DayField(label=gettext_lazy("Từ ngày"), required=False)
    den = forms.DayField(label=gettext_lazy("Đến ngày"), required=False)
    xet = forms.DayField(label=gettext_lazy("Xét đến hết ngày"), required=False)

    def __init__(self, data: Mapping[str, Any], *, user: User, plan: Plan, only_reports: bool = False) -> None:
        self.user, self.plan, self.today = user, plan, legal_day()
        self.reach, self.periods = reach.reach_of(user), periods.periods(plan, self.today)
        self.due_next = periods.next_due(self.periods, self.today)
        # A report may fall due before the first of its days: its figures can be asked for once something of it is known.
        only = self.reach.totals_only
        own_figures = self.reach.everything or self.reach.units
        offered = self.periods if own_figures else periods.open_to_all(self.periods)
        begun = [period for period in offered if period.is_begun(self._judged_on(period.last, total=only))]
        self.has_begun, self.begun = bool(begun), begun or [self.due_next]
        self.period = periods.next_due(self.begun, self.today)
        own = self.reach.units[0] if self.reach.units and not self.reach.everything else ""
        whole = not only_reports and (self.reach.everything or own)
        likely = {"ky": WHOLE if whole else self.period.key, "dia_ban": own}
        super().__init__(likely | {name: data[name] for name in self.base_fields if name in data})
        spans = [(period.key, str(period)) for period in reversed(self.begun)]
        if whole:
            span = _("Cả kế hoạch, đến %(day)s") % {"day": show(min(self.today, plan.last_day))}
            spans = [(WHOLE, span), *spans]
        areas = self._areas()
        # The area chosen, where it is one of those offered.
        area = next((code for code, _name in areas if code == self.data["dia_ban"]), "")
        self._offer("ky", spans)
        self._offer("dia_ban", areas)
        self._offer("don_vi", [("", _("Mọi đơn vị")), *self._agencies(area)])

    def clean(self) -> dict[str, Any]:
        """Make the question. Raises ValidationError where its days make none, or reach further than the officer does."""
        super().clean()
        given = self.cleaned_data
        if not self.errors:
            first, last, as_of = self._days(given)
            agency = reach.agency_of_key(given["don_vi"]) if given["don_vi"] else None
            self.asked = question(first, last, as_of, given["dia_ban"], agency)
            try:
                reach.require(self.user, self.asked, periods.open_to_all(self.periods))
            except Refused as refused:
                self.add_error(FIELDS.get(refused.field or ""), refused.message)
        return given

    @property
    def note(self) -> str:
        """How far the province's totals go, where they are shown to somebody who sees no more; else ""."""
        asked: Question | None = getattr(self, "asked", None)
        if not self.reach.totals_only and (asked is None or not self._is_total(asked.area, asked.agency)):
            return ""
        if self.reach.totals_only and not self.has_begun:
            return _("Chưa có số liệu toàn tỉnh: số liệu của một kỳ xem được từ khi hết tháng đầu tiên trong kỳ.")
        return _(
            "Số liệu toàn tỉnh xem được theo kỳ báo cáo; của kỳ chưa kết thúc thì theo tình hình đến hết tháng trước."
        )

    def _is_total(self, area: str, agency: object) -> bool:
        """Whether the province's totals are asked for by somebody who sees no more of the province."""
        return not self.reach.everything and not area and not agency

    def _judged_on(self, last: dt.date, *, total: bool) -> dt.date:
        """The day on which figures of a period with that last day are judged, unless another is chosen."""
        return reach.day_of_totals(last, self.today) if total else min(last, self.today)

    def _days(self, given: dict[str, Any]) -> tuple[dt.date, dt.date, dt.date]:
        chosen = {period.key: period for period in self.periods}.get(given["ky"])
        self.period = chosen or self.period
        first = given["tu"] or (chosen.first if chosen else self.plan.period.lower)
        last = given["den"] or (chosen.last if chosen else self.plan.last_day)
        total = self._is_total(given["dia_ban"], given["don_vi"])
        as_of = given["xet"] or self._judged_on(last, total=total)
        if last < first:
            sentence = _("Ngày cuối %(last)s trước ngày đầu %(first)s.") % {"last": show(last), "first": show(first)}
            raise django_forms.ValidationError({"den": sentence})
        if given["tu"] and first > self.today:
            sentence = _("Kỳ này chưa bắt đầu: %(first)s nằm sau hôm nay.") % {"first": show(first)}
            raise django_forms.ValidationError({"tu": sentence})
        if total and as_of < first and self.has_begun and not given["xet"]:
            sentence = _("Số liệu toàn tỉnh của kỳ này xem được từ khi hết tháng đầu tiên trong kỳ.")
            raise django_forms.ValidationError({"ky": sentence})
        if given["xet"] and not first <= as_of <= self.today:
            words = _("Ngày xét phải từ %(first)s đến hôm nay (%(today)s).") % {
                "first": show(first),
                "today": show(self.today),
            }
            raise django_forms.ValidationError({"xet": words})
        return first, last, as_of

    def _areas(self) -> list[tuple[str, str]]:
        whole = [("", _("Toàn tỉnh"))]
        if self.reach.everything:
            return whole + places.district_choices(self.today)
        days = places.last_read(self.reach.units, self.today)
        names = places.paths(days.items())
        return [(unit, names[unit, days[unit]]) for unit in self.reach.units] + whole

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(django_forms.ChoiceField, self.fields[name]).choices = choices

    def _agencies(self, area: str) -> list[tuple[str, str]]:
        wanted: dict[str, Any]
        if self.reach.everything and area:
            wanted = {"unit_code__in": {area, *places.within(area, self.today)}}
        elif self.reach.everything:
            wanted = {"kind__in": (AgencyKind.LABOUR_OFFICE, AgencyKind.SHELTER)}
        else:
            wanted = {"pk__in": self.reach.agencies}
        return [(row.key, row.name) for row in agencies.at_work_on(self.today, **wanted)]
