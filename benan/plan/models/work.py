"""What agencies have done under a plan: progress of their duties, figures that the program cannot count, priority areas."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import User
from benan.agencies.models import Agency
from benan.core.figures import Tally
from benan.documents.models import StoredFile
from benan.plan.models.agency_plans import Activity
from benan.plan.models.plans import Clause, Plan


def share(numerator: int, denominator: int) -> str:
    """A share as `Tally.percent` shows it; "" where there is no denominator."""
    return Tally(met=numerator, short=denominator - numerator).percent


class Progress(models.Model):
    """What an agency says of one of its duties on a day. Nothing is changed: what was wrong is set aside by a later line.

    `deadline` is the key and the year of the deadline that it meets, "annual_review-2017". `money` is spent, in đồng.
    `activity` is the one of the agency's own plan that was worked on.
    """

    class State(models.TextChoices):
        """How far the duty is."""

        UNDER_WAY = "under_way", _("đang thực hiện")
        DONE = "done", _("đã hoàn thành")

    clause = models.ForeignKey(Clause, models.PROTECT, related_name="progress", verbose_name=_("điểm"))
    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name=_("đơn vị"))
    on = models.DateField(_("ngày"))
    state = models.CharField(_("tình trạng"), max_length=10, choices=State.choices)
    words = models.TextField(_("kết quả"))
    deadline = models.CharField(_("thời hạn đã hoàn thành"), max_length=50, blank=True)
    money = models.PositiveBigIntegerField(_("kinh phí đã chi (đồng)"), null=True, blank=True)
    files = models.ManyToManyField(StoredFile, related_name="+", verbose_name=_("minh chứng"))
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="progress", verbose_name=_("hoạt động")
    )
    by = models.ForeignKey(User, models.PROTECT, verbose_name=_("người ghi"))
    at = models.DateTimeField(_("ghi lúc"), auto_now_add=True)
    set_aside_by = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="instead_of", verbose_name=_("dòng thay thế")
    )

    class Privacy:
        public = (
            "clause",
            "agency",
            "on",
            "state",
            "words",
            "deadline",
            "money",
            "activity",
            "by",
            "at",
            "set_aside_by",
        )
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("tiến độ")
        ordering = ["-on", "-pk"]
        indexes = [models.Index(F("clause"), F("agency"), F("on").desc(), name="progress_of_a_duty")]

    def __str__(self) -> str:
        return f"{self.clause_id} {self.on}"


class TypedFigure(models.Model):
    """An indicator that the program has no measure for, as the agency that answers for it counted it for a period.

    The latest row of an agency and a period counts.
    """

    clause = models.ForeignKey(Clause, models.PROTECT, related_name="typed_figures", verbose_name=_("chỉ tiêu"))
    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name=_("đơn vị"))
    first = models.DateField(_("từ ngày"))
    last = models.DateField(_("đến ngày"))
    numerator = models.PositiveIntegerField(_("đã đạt"))
    denominator = models.PositiveIntegerField(_("trên tổng số"))
    words = models.TextField(_("cách đếm, nguồn số liệu"))
    by = models.ForeignKey(User, models.PROTECT, verbose_name=_("người ghi"))
    at = models.DateTimeField(_("ghi lúc"), auto_now_add=True)

    class Privacy:
        public = ("clause", "agency", "first", "last", "numerator", "denominator", "words", "by", "at")
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("số liệu ghi tay")
        ordering = ["-last", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_typed_share_is_part_of_its_whole",
                condition=Q(numerator__lte=F("denominator"), first__lte=F("last")),
                violation_error_message=_("Số đã đạt không được lớn hơn tổng số; ngày cuối phải từ ngày đầu trở đi."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.numerator}/{self.denominator}"

    @property
    def percent(self) -> str:
        """The share, as an indicator's is shown."""
        return share(self.numerator, self.denominator)


class YearFigure(models.Model):
    """An indicator as it was counted for one year of its plan, for the pages that show years beside each other."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="years", verbose_name=_("chỉ tiêu"))
    year = models.PositiveSmallIntegerField(_("năm"))
    first = models.DateField(_("từ ngày"))
    last = models.DateField(_("đến ngày"))
    numerator = models.PositiveIntegerField(_("đã đủ"))
    denominator = models.PositiveIntegerField(_("trên tổng số"))
    late = models.PositiveIntegerField(_("hoàn thành quá hạn"))
    counted_on = models.DateField(_("đếm ngày"))

    class Privacy:
        public = ("clause", "year", "first", "last", "numerator", "denominator", "late", "counted_on")
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("số liệu của một năm")
        ordering = ["clause__order", "year"]
        constraints = [models.UniqueConstraint(fields=["clause", "year"], name="one_figure_of_an_indicator_in_a_year")]

    def __str__(self) -> str:
        return f"{self.year}: {self.numerator}/{self.denominator}"

    @property
    def percent(self) -> str:
        """The share, as an indicator's is shown."""
        return share(self.numerator, self.denominator)


class PriorityArea(models.Model):
    """A place to which a plan gives priority, and why, during a time (II.3.b of plan 12089)."""

    class Why(models.TextChoices):
        """What makes it one."""

        HOTSPOT = "hotspot", _("tuyến, địa bàn trọng điểm")
        BORDER = "border", _("khu vực giáp ranh")
        REMOTE = "remote", _("vùng sâu, vùng xa")
        MINORITY = "minority", _("vùng đồng bào dân tộc thiểu số")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="priority_areas", verbose_name=_("kế hoạch"))
    unit_code = models.CharField(_("địa bàn"), max_length=5)
    why = models.CharField(_("lý do ưu tiên"), max_length=10, choices=Why.choices)
    since = models.DateField(_("từ ngày"))
    until = models.DateField(_("đến ngày"), null=True, blank=True)
    paper_no = models.CharField(_("văn bản"), max_length=40, blank=True)
    by = models.ForeignKey(User, models.PROTECT, verbose_name=_("người ghi"))

    class Privacy:
        public = ("plan", "unit_code", "why", "since", "until", "paper_no", "by")
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("địa bàn ưu tiên")
        ordering = ["unit_code", "why"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "unit_code", "why"], condition=Q(until=None), name="an_area_has_priority_once_for_a_reason",
                violation_error_message=_("Địa bàn này đã được đánh dấu ưu tiên vì lý do ấy."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit_code} {self.why}"
