"""The status of a person, what is known of them and who represents them, each with the days on which it is true.

A right depends on what was true on its day, whatever came later.
"""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

_DAYS = Func(F("since"), F("until"), function="daterange", output_field=DateRangeField())


class Status(models.Model):
    """What a claimant was, from a day until another begins; rewritten from the findings by `statuses.rewrite`."""

    class Kind(models.TextChoices):
        """Awaiting an answer, or found to be one thing or the other."""

        PENDING = "pending", _("Chờ xác minh")
        VICTIM = "victim", _("Nạn nhân")
        NOT_VICTIM = "not_victim", _("Không phải nạn nhân")

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="statuses", verbose_name=_("hồ sơ"))
    status = models.CharField(_("tư cách trong vụ việc"), max_length=10, choices=Kind.choices)
    since = models.DateField(_("từ ngày"))
    until = models.DateField(_("đến trước ngày"), null=True)

    class Privacy:
        public = ()
        restricted = ("case", "status", "since", "until")
        identifying = ()

    class Meta:
        verbose_name = _("tình trạng theo ngày")
        ordering = ["since"]
        constraints = [
            models.CheckConstraint(name="a_status_lasts_a_day", condition=Q(until=None) | Q(until__gt=F("since"))),
            ExclusionConstraint(
                name="one_status_of_a_person_at_a_time",
                expressions=[("case", RangeOperators.EQUAL), (_DAYS, RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.since}"


class Fact(models.Model):
    """One thing learned of a person that a right depends on: its value from a day on, or always (`true_from` empty).

    Rows are only added. On a day the one of the latest `true_from` up to it holds; one recorded without it replaces all
    that were recorded before. `known.value_on` implements it.
    """

    class Name(models.TextChoices):
        """What is learned; the column of the same name on the case has the value of today."""

        NATIONALITY = "nationality", _("Quốc tịch")
        POOR_HOUSEHOLD = "poor_household", _("Thuộc hộ nghèo")
        FINANCIAL_DIFFICULTY = "financial_difficulty", _("Thuộc hộ cận nghèo hoặc đang hưởng trợ cấp xã hội hằng tháng")
        CANNOT_PAY_TRAVEL = (
            "cannot_pay_travel",
            _("Muốn về nơi cư trú mà không có khả năng chi trả tiền tàu xe, tiền ăn trong thời gian đi đường"),
        )

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="facts", verbose_name=_("hồ sơ"))
    name = models.CharField(_("thông tin đã biết"), max_length=20, choices=Name.choices)
    value = models.CharField(_("giá trị"), max_length=20, blank=True)
    true_from = models.DateField(_("có giá trị từ ngày"), null=True)
    recorded_on = models.DateField(_("ngày ghi"))

    class Privacy:
        public = ()
        restricted = ("case", "name", "value", "true_from", "recorded_on")
        identifying = ()

    class Meta:
        verbose_name = _("thông tin đã biết theo ngày")
        ordering = ["pk"]
        indexes = [models.Index(fields=["case", "name"], name="facts_of_a_case")]

    def __str__(self) -> str:
        return f"{self.name} {self.true_from or ''}"


class Guardianship(models.Model):
    """What was asked about the family of somebody who is or may be under 18, and who represents them; the latest counts.

    Who did the harm is not told, not asked and does not represent. The representative's name is a note of the step.
    """

    class Harm(models.TextChoices):
        """Whether a parent, guardian or relative did the harm."""

        YES = "yes", _("Có")
        NO = "no", _("Không")
        UNKNOWN = "unknown", _("Chưa rõ")

    class Representative(models.TextChoices):
        """Who represents (Nghị định 09/2013, Điều 19 khoản 3 điểm b; Thông tư 35/2013, Điều 11 khoản 1 điểm b)."""

        PARENT = "parent", _("Cha hoặc mẹ")
        GUARDIAN = "guardian", _("Người giám hộ")
        RELATIVE = "relative", _("Người thân thích khác")
        FACILITY = "facility", _("Người giám hộ do cơ sở cử")
        APPOINTED = "appointed", _("Người, tổ chức khác được cử")
        NONE = "none", _("Chưa có người đại diện")

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="guardianships", verbose_name=_("hồ sơ"))
    harm = models.CharField(_("gia đình là người gây hại"), max_length=7, choices=Harm.choices)
    representative = models.CharField(_("người đại diện"), max_length=9, choices=Representative.choices, blank=True)
    on = models.DateField(_("ngày"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ai ghi"))

    class Privacy:
        public = ()
        restricted = ("case", "harm", "representative", "on", "by")
        identifying = ()

    class Meta:
        verbose_name = _("người đại diện của người chưa đủ 18 tuổi")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.harm} {self.representative}"
