"""Protection measures, and notices of danger to offices outside a case's team."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import User
from benan.accounts.role_sets import RoleSet
from benan.accounts.roles import P
from benan.agencies.models import Agency
from benan.cases.models import Case
from benan.cases.of_case import CaseRows
from benan.core.days import legal_day
from benan.core.guarded import GuardedQuerySet
from benan.needs.models import Need

TOLD_FOR = dt.timedelta(days=30)  # how a danger ended stays to be read


class Measure(models.Model):
    """One protection measure (Nghị định 62/2012, Điều 7) for a safety need, while it is in force."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name=_("hồ sơ"))
    need = models.ForeignKey(Need, models.PROTECT, related_name="measures", verbose_name=_("nhu cầu an toàn"))
    kind = models.CharField(_("biện pháp"), max_length=20)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("đơn vị quyết định"))
    started_on = models.DateField(_("áp dụng từ ngày"))
    ended_on = models.DateField(_("chấm dứt từ ngày"), null=True, blank=True)

    objects = CaseRows()

    class Privacy:
        public = ()
        restricted = ("case", "need", "kind", "agency", "started_on", "ended_on")
        identifying = ()

    class Meta:
        verbose_name = _("biện pháp bảo vệ")
        ordering = ["started_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_measure_ends_after_it_starts",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                violation_error_message=_("Ngày chấm dứt trước ngày bắt đầu của một biện pháp đang áp dụng."),
            )
        ]
        indexes = [models.Index(fields=["started_on"], name="measures_by_day")]

    def __str__(self) -> str:
        return f"{self.kind}"


class NoticeQuerySet(GuardedQuerySet):
    """Notices of danger, reached by the office that was told."""

    def visible_to(self, user: User | RoleSet) -> Self:
        """Notices to an office where the user may see cases: those that stand, and for a while how others ended."""
        told = user.offices(P.CASE_VIEW)
        standing = Q(ended_on=None, case__closed_on=None, case__danger_since__isnull=False)
        ended = Q(ended_on__gte=legal_day() - TOLD_FOR, outcome__gt="")
        return self.allow((standing | ended) & Q(agency__in=told))

    def of(self, case: Case) -> Self:
        """Notices about a case that the caller already reached."""
        return self.filter(case=case).allow()


class DangerNotice(models.Model):
    """An office outside a case's team was told that somebody is in danger (Nghị định 62/2012, Điều 8 khoản 2).

    It sees the alias, the place and whom to call, and nothing else of the case, until the danger is over or it joins the
    team; then for a while how the danger ended (`outcome`), which an office that joined or is kept from the case is not
    told here. `instead_of` is the office below it that was not told: the danger works there, or nobody there uses the
    program.
    """

    class Outcome(models.TextChoices):
        """How a danger ended; of the last four the stage of protection, or the end of the case."""

        OVER = "over", _("Đơn vị quyết định bảo vệ ghi: người ấy không còn nguy hiểm.")
        DECLINED = "declined", _("Đã trả lời bằng văn bản: không áp dụng biện pháp bảo vệ, có nêu lý do.")
        REFUSED = "refused", _("Người ấy từ chối bảo vệ, đã được nói rõ hệ quả.")
        ENDED = "ended", _("Đã quyết định chấm dứt biện pháp bảo vệ.")
        CLOSED = "closed", _("Hồ sơ đã kết thúc.")

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name=_("hồ sơ"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("nơi được báo"))
    instead_of = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", verbose_name=_("thay cho"))
    told_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("người ghi có nguy hiểm")
    )
    told_at = models.DateTimeField(_("báo lúc"), auto_now_add=True)
    ended_on = models.DateField(_("chấm dứt từ ngày"), null=True, blank=True)
    outcome = models.CharField(_("lý do kết thúc cảnh báo"), max_length=8, choices=Outcome.choices, blank=True)

    objects = models.Manager.from_queryset(NoticeQuerySet)()

    class Privacy:
        public = ("told_at",)
        restricted = ("case", "agency", "instead_of", "told_by", "ended_on", "outcome")
        identifying = ()

    class Meta:
        verbose_name = _("cảnh báo nguy hiểm")
        ordering = ["told_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "agency"], condition=Q(ended_on=None), name="an_office_is_told_of_a_danger_once"
            )
        ]
        indexes = [models.Index(fields=["agency", "ended_on"], name="notices_to_an_agency")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.told_at}"
