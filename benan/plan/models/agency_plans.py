"""Plans under a plan: what each agency will do of its clauses, when, by whom, with what money (VI.1 of plan 12089)."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import User
from benan.agencies.models import Agency
from benan.plan.models.plans import Clause, Plan


class AgencyPlan(models.Model):
    """The plan of an agency for one year of a plan, or for the whole period (`year` None).

    An approved one is not edited: a later version replaces it once its head has approved that, and both stay. `paper_no` and
    `paper_on` are those of the paper that was signed outside the program.
    """

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", _("đang lập")
        BEFORE_HEAD = "before_head", _("chờ thủ trưởng duyệt")
        RETURNED = "returned", _("trả lại để sửa")
        APPROVED = "approved", _("đã duyệt")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="agency_plans", verbose_name=_("kế hoạch"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    year = models.PositiveSmallIntegerField(_("năm"), null=True)
    version = models.PositiveSmallIntegerField(_("bản"), default=1)
    state = models.CharField(_("tình trạng"), max_length=11, choices=State.choices, default=State.DRAFT)
    paper_no = models.CharField(_("số văn bản"), max_length=40, blank=True)
    paper_on = models.DateField(_("ngày văn bản"), null=True, blank=True)

    class Privacy:
        public = ("plan", "agency", "year", "version", "state", "paper_no", "paper_on")
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("kế hoạch của đơn vị")
        ordering = ["plan", "agency", F("year").asc(nulls_first=True), "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "agency", "year", "version"], nulls_distinct=False, name="one_agency_plan_of_a_version",
                violation_error_message=_("Đơn vị đã có bản kế hoạch này; mở lại trang để xem."),
            ),
            models.UniqueConstraint(
                fields=["plan", "agency", "year"], nulls_distinct=False, condition=~Q(state="approved"),
                name="one_open_agency_plan_of_a_year",
                violation_error_message=_("Đơn vị đã có kế hoạch đang lập cho thời gian này; mở lại trang để xem."),
            ),
            models.CheckConstraint(
                name="the_paper_of_an_agency_plan_has_number_and_day",
                condition=Q(paper_no="", paper_on=None) | (~Q(paper_no="") & Q(paper_on__isnull=False)),
                violation_error_message=_("Văn bản phải có cả số và ngày."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year_key} {self.version}"

    @property
    def year_key(self) -> str:
        """Its year as addresses write it."""
        return str(self.year) if self.year else "ca-giai-doan"

    @property
    def is_open(self) -> bool:
        """Whether activities may still be added and changed."""
        return self.state in (self.State.DRAFT, self.State.RETURNED)

    @property
    def first_day(self) -> dt.date:
        """The first day on which its activities may begin."""
        begins = self.plan.period.lower
        return max(begins, dt.date(self.year, 1, 1)) if self.year else begins

    @property
    def last_day(self) -> dt.date:
        """The last day on which its activities may end."""
        ends = self.plan.last_day
        return min(ends, dt.date(self.year, 12, 31)) if self.year else ends


class AgencyPlanStep(models.Model):
    """What was done with an agency's plan, by whom, on which legal day; only added to."""

    class Kind(models.TextChoices):
        """What was done."""

        DRAFTED = "drafted", _("Lập kế hoạch")
        PUT_BEFORE_HEAD = "put_before_head", _("Trình thủ trưởng")
        RETURNED = "returned", _("Trả lại để sửa")
        APPROVED = "approved", _("Duyệt")
        PAPER_RECORDED = "paper_recorded", _("Ghi số, ngày văn bản đã ký")

    agency_plan = models.ForeignKey(
        AgencyPlan, models.PROTECT, related_name="steps", verbose_name=_("kế hoạch của đơn vị")
    )
    kind = models.CharField(_("việc"), max_length=15, choices=Kind.choices)
    on = models.DateField(_("ngày"))
    words = models.TextField(_("ý kiến"), blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("người làm"))
    at = models.DateTimeField(_("ghi lúc"), auto_now_add=True)

    class Privacy:
        public = ("agency_plan", "kind", "on", "words", "by", "at")
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("bước của kế hoạch đơn vị")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.agency_plan_id} {self.kind}"


class Activity(models.Model):
    """What an agency will do of one clause. `people` who does it, roles or officers of the agency; `money` in đồng.

    `root` is the same activity in the first version of the plan, None in that version itself.
    """

    agency_plan = models.ForeignKey(
        AgencyPlan, models.PROTECT, related_name="activities", verbose_name=_("kế hoạch của đơn vị")
    )
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="activities", verbose_name=_("điểm"))
    what = models.TextField(_("hoạt động"))
    first = models.DateField(_("từ ngày"))
    last = models.DateField(_("đến ngày"))
    people = models.TextField(_("người thực hiện"))
    partners = models.TextField(_("đơn vị phối hợp"), blank=True)
    money = models.PositiveBigIntegerField(_("kinh phí dự kiến (đồng)"), null=True, blank=True)
    source = models.TextField(_("nguồn kinh phí"), blank=True)
    product = models.TextField(_("sản phẩm"), blank=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    root = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name=_("hoạt động của bản đầu")
    )

    class Privacy:
        public = (
            "agency_plan", "clause", "what", "first", "last", "people", "partners", "money", "source", "product", "order", "root",
        )  # fmt: skip
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("hoạt động")
        ordering = ["clause__order", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="an_activity_ends_after_it_begins", condition=Q(last__gte=F("first")),
                violation_error_message=_("Ngày cuối phải từ ngày đầu trở đi."),
            ),
            models.CheckConstraint(
                name="planned_money_has_a_source", condition=Q(money=None) | ~Q(source=""),
                violation_error_message=_("Hoạt động có kinh phí phải ghi nguồn kinh phí."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.what

    @property
    def identity(self) -> int:
        """What it has in common with the same activity in other versions of the plan."""
        return self.root_id or self.pk
