"""Plans, their clauses, who does them and by when."""

import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ClauseKind(models.TextChoices):
    """What a clause is."""

    OBJECTIVE = "objective", _("mục tiêu")
    INDICATOR = "indicator", _("chỉ tiêu")
    TASK = "task", _("nhiệm vụ")
    DUTY = "duty", _("trách nhiệm")
    DEADLINE = "deadline", _("thời hạn")
    BUDGET = "budget", _("kinh phí")
    REPORT = "report", _("báo cáo")
    BENEFICIARIES = "beneficiaries", _("đối tượng thụ hưởng")
    SCOPE = "scope", _("phạm vi")
    PERIOD = "period", _("thời gian")
    REQUIREMENT = "requirement", _("mục đích, yêu cầu")
    SOLUTION = "solution", _("giải pháp")


class AgencyKey(models.TextChoices):
    """Agencies, and groups of agencies, as clauses name them."""

    PPC = "ppc", _("UBND tỉnh")
    STEERING = "bcd138", _("Ban Chỉ đạo 138")
    LABOUR_DEPARTMENT = "labour_department", _("Sở Lao động - Thương binh và Xã hội")
    POLICE_PROVINCE = "police_province", _("Công an tỉnh")
    INFORMATION = "information_department", _("Sở Thông tin và Truyền thông")
    WOMENS_UNION = "womens_union", _("Hội Liên hiệp Phụ nữ tỉnh")
    PROCURACY = "procuracy", _("Viện Kiểm sát nhân dân tỉnh")
    PROPAGANDA = "propaganda", _("Ban Tuyên giáo Tỉnh ủy")
    FARMERS_UNION = "farmers_union", _("Hội Nông dân tỉnh")
    FATHERLAND_FRONT = "fatherland_front", _("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh")
    BANK = "social_bank", _("Ngân hàng Chính sách xã hội tỉnh")
    SHELTER = "shelter_bien_hoa", _("Trung tâm Bảo trợ - Huấn nghệ cô nhi Biên Hòa")
    CHILD_PROTECTION = "child_protection", _("Cơ sở cung cấp dịch vụ bảo vệ trẻ em")
    DISTRICTS = "districts", _("UBND các huyện, thị xã, thành phố")
    COMMUNES = "communes", _("UBND các xã, phường, thị trấn")
    LABOUR_OFFICES = "labour_offices", _("Phòng Lao động - Thương binh và Xã hội cấp huyện")
    POLICE_DISTRICTS = "police_districts", _("Công an cấp huyện")
    POLICE_COMMUNES = "police_communes", _("Công an cấp xã")
    ALL = "all", _("Mọi đơn vị có nhiệm vụ trong kế hoạch")


class Plan(models.Model):
    """A plan of a province for a period; at any time a province has one.

    `follow_up` is the agency that answers for clauses which name no lead (VI.3 of plan 12089).
    """

    number = models.CharField(_("số, ký hiệu"), max_length=40, unique=True)
    title = models.TextField(_("tên"))
    issuer = models.TextField(_("cơ quan ban hành"))
    province = models.CharField(_("mã tỉnh"), max_length=2)
    issued_on = models.DateField(_("ngày ban hành"))
    period = DateRangeField(_("thời gian thực hiện"))
    follow_up = models.CharField(_("đơn vị theo dõi"), max_length=30, choices=AgencyKey.choices)
    bases = models.JSONField(_("căn cứ"), default=list)
    recipients = models.JSONField(_("nơi nhận"), default=list)
    signer = models.JSONField(_("thể thức ký"), default=list)

    class Privacy:
        public = (
            "number", "title", "issuer", "province", "issued_on", "period", "follow_up", "bases", "recipients",
            "signer",
        )  # fmt: skip
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("kế hoạch")
        ordering = ["-period", "province"]
        constraints = [
            ExclusionConstraint(
                name="one_plan_of_a_province_at_a_time",
                expressions=[("province", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                violation_error_message=_(
                    "Tỉnh này đã có kế hoạch khác trong thời gian đó; xem lại mã tỉnh và thời gian thực hiện."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def last_day(self) -> dt.date:
        """The last day of the period."""
        return self.period.upper - dt.timedelta(days=1)


class Section(models.Model):
    """A heading of a plan, and the words that stand under it before the clauses."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="sections", verbose_name=_("kế hoạch"))
    number = models.CharField(_("số mục"), max_length=20)
    order = models.CharField(_("thứ tự"), max_length=20, editable=False)
    heading = models.TextField(_("tên mục"))
    wording = models.TextField(_("nguyên văn"), blank=True)

    class Privacy:
        public = ("plan", "number", "order", "heading", "wording")
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("mục")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="one_heading_of_a_number_in_a_plan")]

    def __str__(self) -> str:
        return f"{self.number}. {self.heading}"

    @property
    def depth(self) -> int:
        """0 for I, 1 for I.1."""
        return self.number.count(".")


class Clause(models.Model):
    """One clause in the plan's own words, and what it means for the program.

    `order` sorts by number the way the plan counts (a b c d đ e g h i k). The clause of an indicator names the
    measure by which it is counted, and the target in percent. A clause with a condition binds nobody before
    `condition_met_on`.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="clauses", verbose_name=_("kế hoạch"))
    section = models.ForeignKey(Section, models.PROTECT, related_name="clauses", verbose_name=_("mục"))
    number = models.CharField(_("số"), max_length=20)
    order = models.CharField(_("thứ tự"), max_length=20, editable=False)
    wording = models.TextField(_("nguyên văn"))
    meaning = models.TextField(_("ý nghĩa"))
    kinds = ArrayField(models.CharField(max_length=20, choices=ClauseKind.choices), verbose_name=_("loại"))
    measure = models.SlugField(_("chỉ tiêu"), max_length=40, blank=True)
    target = models.PositiveSmallIntegerField(_("mức phải đạt (%)"), null=True, blank=True)
    condition = models.TextField(_("điều kiện"), blank=True)
    condition_met_on = models.DateField(_("ngày đủ điều kiện"), null=True, blank=True)
    condition_document = models.TextField(_("văn bản đủ điều kiện"), blank=True)
    serves = models.ManyToManyField(
        "self", symmetrical=False, related_name="served_by", verbose_name=_("phục vụ mục tiêu, chỉ tiêu")
    )

    class Privacy:
        public = (
            "plan", "section", "number", "order", "wording", "meaning", "kinds", "measure", "target", "condition",
            "condition_met_on", "condition_document",
        )  # fmt: skip
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("điểm")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_clause_of_a_number_in_a_plan"),
            models.UniqueConstraint(
                fields=["plan", "measure"], condition=~Q(measure=""), name="one_clause_of_a_measure_in_a_plan"
            ),
            models.CheckConstraint(
                name="an_indicator_has_a_target",
                condition=Q(measure="", target=None) | (~Q(measure="") & Q(target__range=(1, 100))),
                violation_error_message=_("Chỉ tiêu phải có mức phải đạt từ 1 đến 100 phần trăm."),
            ),
            models.CheckConstraint(
                name="a_condition_is_met_by_a_document_of_a_day",
                condition=Q(condition_met_on=None, condition_document="")
                | (~Q(condition="") & Q(condition_met_on__isnull=False) & ~Q(condition_document="")),
                violation_error_message=_("Điều kiện được coi là đủ khi có cả ngày và văn bản."),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def leads(self) -> list[AgencyKey]:
        """Who leads by the words of the clause; may be nobody."""
        return self._agencies(ClauseAgency.Part.LEAD)

    @property
    def answerable(self) -> list[AgencyKey]:
        """Who leads, or else the agency that follows up the plan."""
        return self.leads or [AgencyKey(self.plan.follow_up)]

    @property
    def cooperating(self) -> list[AgencyKey]:
        """Who takes part."""
        return self._agencies(ClauseAgency.Part.COOPERATING)

    def _agencies(self, part: "ClauseAgency.Part") -> list[AgencyKey]:
        return [AgencyKey(row.agency) for row in self.agencies.all() if row.part == part]

    def condition_met(self, day: dt.date) -> bool:
        """Whether the clause has no condition, or it was met by a day."""
        return not self.condition or (self.condition_met_on is not None and self.condition_met_on <= day)


class ClauseAgency(models.Model):
    """An agency, or a group of agencies, with a part in a clause."""

    class Part(models.TextChoices):
        """What the agency does."""

        LEAD = "lead", _("chủ trì")
        COOPERATING = "cooperating", _("phối hợp")

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="agencies", verbose_name=_("điểm"))
    agency = models.CharField(_("đơn vị"), max_length=30, choices=AgencyKey.choices)
    part = models.CharField(_("phần việc"), max_length=11, choices=Part.choices)

    class Privacy:
        public = ("clause", "agency", "part")
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("đơn vị thực hiện")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["clause", "agency"],
                name="an_agency_has_one_part_in_a_clause",
                violation_error_message=_("Một đơn vị chỉ có một phần việc trong một điểm."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.part}"


class PlanDeadline(models.Model):
    """What a clause wants by a day of each year, from the first year to the last.

    Written as the plan writes it: before 15/5 is met at the latest on 14/5. An administrative day does not
    roll over days off.
    """

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="deadlines", verbose_name=_("điểm"))
    key = models.SlugField(_("khóa"), max_length=40)
    what = models.TextField(_("việc"))
    day = models.PositiveSmallIntegerField(_("ngày"))
    month = models.PositiveSmallIntegerField(_("tháng"))
    before = models.BooleanField(_("trước ngày này"), help_text=_("chính ngày này đã là chậm"))
    first_year = models.PositiveSmallIntegerField(_("từ năm"))
    last_year = models.PositiveSmallIntegerField(_("đến năm"))

    class Privacy:
        public = ("clause", "key", "what", "day", "month", "before", "first_year", "last_year")
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("thời hạn")
        ordering = ["month", "day", "key"]
        constraints = [
            models.UniqueConstraint(fields=["clause", "key"], name="one_deadline_of_a_key_in_a_clause"),
            models.CheckConstraint(
                name="a_deadline_ends_after_it_begins",
                condition=Q(last_year__gte=models.F("first_year")),
                violation_error_message=_("Năm cuối phải từ năm đầu trở đi."),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def due_in(self, year: int) -> dt.date:
        """The last day in time, for the day written in a year."""
        written = dt.date(year, self.month, self.day)
        return written - dt.timedelta(days=1) if self.before else written
