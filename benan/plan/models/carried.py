"""Duties of an earlier plan that were open when the plan which follows it was loaded."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import User
from benan.agencies.models import Agency
from benan.plan.models.plans import Clause, Plan


class CarriedDuty(models.Model):
    """What became of an open duty (a clause and an agency of the earlier plan): carried over to a clause and an agency of the
    plan that follows, or ended for a `reason`. Only added to; of the same duty the latest row counts.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="carried", verbose_name=_("kế hoạch tiếp nối"))
    from_clause = models.ForeignKey(Clause, models.PROTECT, related_name="carried_on", verbose_name=_("điểm trước"))
    from_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("đơn vị trước"))
    to_clause = models.ForeignKey(
        Clause, models.PROTECT, null=True, related_name="carried_from", verbose_name=_("điểm")
    )
    to_agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", verbose_name=_("đơn vị"))
    reason = models.TextField(_("lý do kết thúc"), blank=True)
    on = models.DateField(_("ngày"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("người ghi"))
    at = models.DateTimeField(_("ghi lúc"), auto_now_add=True)

    class Privacy:
        public = ("plan", "from_clause", "from_agency", "to_clause", "to_agency", "reason", "on", "by", "at")
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("nhiệm vụ chuyển tiếp")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="an_open_duty_is_carried_over_or_ended",
                condition=Q(to_clause__isnull=False, to_agency__isnull=False, reason="")
                | (Q(to_clause=None, to_agency=None) & ~Q(reason="")),
                violation_error_message=_("Nhiệm vụ được chuyển sang một điểm và một đơn vị, hoặc kết thúc với lý do."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_clause_id} {self.from_agency_id}"
