"""Needs of a person, their assessments, and what was offered and given for them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import User
from benan.agencies.models import Agency
from benan.cases.models import Case
from benan.cases.of_case import CaseRows
from benan.needs.kinds import KINDS


class Assessment(models.Model):
    """One assessment of needs with the person: which groups were gone through, whatever was found."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name=_("hồ sơ"))
    on = models.DateField(_("ngày"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("cán bộ"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    groups = ArrayField(models.CharField(max_length=20), verbose_name=_("nhóm đã hỏi"), default=list)
    safety_asked = models.BooleanField(_("đã hỏi về an toàn"), default=False)
    advice_asked = models.BooleanField(_("đã hỏi về tư vấn sức khỏe, tâm lý"), default=False)

    objects = CaseRows()

    class Privacy:
        public = ()
        restricted = ("case", "on", "by", "agency", "groups", "safety_asked", "advice_asked")
        identifying = ()

    class Meta:
        verbose_name = _("lần đánh giá nhu cầu")
        ordering = ["on", "pk"]
        indexes = [
            models.Index(fields=["case", "on"], name="assessments_of_a_case"),
            models.Index(fields=["on"], name="assessments_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.on}"


UNMET = Q(met_on=None, refused_on=None, gone_on=None)  # needs of which something is still owed


class Need(models.Model):
    """One need of one person, from the day it was recorded until it was met, refused after a real offer, or gone.

    `granted` is what the law answers on the need's own day (`answers.py`): yes, no or unknown, with its article;
    unknown without an article where the program holds no rule for that day.
    """

    class Phase(models.TextChoices):
        """When it was found."""

        INITIAL = "initial", _("Ban đầu")
        ASSESSED = "assessed", _("Đánh giá")

    class Granted(models.TextChoices):
        """What the law says."""

        YES = "yes", _("Thuộc diện được hỗ trợ")
        NO = "no", _("Không thuộc đối tượng hưởng")
        UNKNOWN = "unknown", _("Chưa đủ thông tin")

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name=_("hồ sơ"))
    kind = models.CharField(_("nhu cầu"), max_length=20, choices=[(key, kind.label) for key, kind in KINDS.items()])
    phase = models.CharField(_("giai đoạn"), max_length=8, choices=Phase.choices)
    recorded_on = models.DateField(_("ngày ghi"))
    met_on = models.DateField(_("đáp ứng ngày"), null=True, blank=True)
    refused_on = models.DateField(_("người ấy từ chối ngày"), null=True, blank=True)
    gone_on = models.DateField(_("không còn cần từ ngày"), null=True, blank=True)
    granted = models.CharField(_("chế độ theo luật"), max_length=7, choices=Granted.choices, default=Granted.UNKNOWN)
    citation = models.CharField(_("căn cứ"), max_length=160, blank=True)

    objects = CaseRows()

    class Privacy:
        public = ()
        restricted = ("case", "kind", "phase", "recorded_on", "met_on", "refused_on", "gone_on", "granted", "citation")
        identifying = ()

    class Meta:
        verbose_name = _("nhu cầu")
        ordering = ["recorded_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"], condition=UNMET,
                name="a_need_stands_once_at_a_time",
                violation_error_message=_("Nhu cầu này đã được ghi và chưa xong."),
            ),
            models.CheckConstraint(
                name="a_need_ends_after_it_was_recorded",
                condition=(Q(met_on=None) | Q(met_on__gte=F("recorded_on")))
                & (Q(refused_on=None) | Q(refused_on__gte=F("recorded_on")))
                & (Q(gone_on=None) | Q(gone_on__gte=F("recorded_on"))),
                violation_error_message=_("Ngày này trước ngày ghi nhu cầu."),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["case", "kind"], name="needs_of_a_case"),
            models.Index(fields=["recorded_on", "kind"], name="needs_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}"

    @property
    def is_open(self) -> bool:
        """Whether something is still owed."""
        return not (self.met_on or self.refused_on or self.gone_on)

    @property
    def label(self) -> str | Promise:
        """What the need is called."""
        return KINDS[self.kind].label


class Provision(models.Model):
    """One thing offered, refused, begun or given for a need, by whom and when."""

    class Outcome(models.TextChoices):
        """What happened."""

        OFFERED = "offered", _("Đã đề nghị")
        REFUSED = "refused", _("Người ấy từ chối")
        BEGUN = "begun", _("Đang thực hiện")
        GIVEN = "given", _("Đã hỗ trợ xong")

    need = models.ForeignKey(Need, models.PROTECT, related_name="provisions", verbose_name=_("nhu cầu"))
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name=_("hồ sơ"))
    outcome = models.CharField(_("kết quả"), max_length=8, choices=Outcome.choices)
    on = models.DateField(_("ngày"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("đơn vị hỗ trợ"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("ai ghi"))
    amount = models.PositiveBigIntegerField(_("số tiền (đồng)"), null=True, blank=True)
    taken_back = models.BooleanField(_("đã rút vì ghi nhầm"), default=False)
    words = models.BinaryField(_("ghi chú hạn chế tiếp cận"), null=True)

    objects = CaseRows()

    class Privacy:
        public = ()
        restricted = ("need", "case", "outcome", "on", "agency", "by", "amount", "taken_back")
        identifying = ("words",)

    class Meta:
        verbose_name = _("lần hỗ trợ")
        ordering = ["on", "pk"]
        indexes = [
            models.Index(fields=["case", "on"], name="provisions_of_a_case"),
            models.Index(fields=["on"], condition=Q(outcome="given", taken_back=False), name="supports_given_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.on}"
