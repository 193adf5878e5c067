"""Plans as they were issued: clauses, who does them and by when, which reports they ask for."""

import datetime as dt

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from benan.core.days import due_words
from benan.plan import numbering, spans
from benan.plan.spans import Span


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


class AgencyGroup(models.TextChoices):
    """Groups of agencies that clauses name; every other key is that of one agency (`Agency.key`)."""

    DISTRICTS = "districts", _("UBND các huyện, thị xã, thành phố")
    COMMUNES = "communes", _("UBND các xã, phường, thị trấn")
    LABOUR_OFFICES = "labour_offices", _("Phòng Lao động - Thương binh và Xã hội cấp huyện")
    POLICE_DISTRICTS = "police_districts", _("Công an cấp huyện")
    POLICE_COMMUNES = "police_communes", _("Công an cấp xã")
    ALL = "all", _("Mọi đơn vị có nhiệm vụ trong kế hoạch")


class Recurrence(models.TextChoices):
    """How often a duty is to be done."""

    CONTINUOUS = "continuous", _("thường xuyên")
    YEARLY = "yearly", _("hằng năm")
    ONCE = "once", _("một lần")


class Plan(models.Model):
    """A plan of a province for a period. Several may run at the same time: one of years beside one of a year.

    `follow_up` is the key of the agency that answers for clauses which name no lead and that consolidates the reports;
    `requested` are those whom the plan asks rather than charges: they are invited, never sent back. After `silent_after`
    days without progress a duty counts as silent. `forms` says of what the returns consist (`document.FormEntry`).
    """

    number = models.CharField(_("số, ký hiệu"), max_length=40)
    slug = models.CharField(_("khóa trong địa chỉ"), max_length=numbering.LONGEST_SLUG, unique=True, editable=False)
    title = models.TextField(_("tên"))
    issuer = models.TextField(_("cơ quan ban hành"))
    province = models.CharField(_("mã tỉnh"), max_length=2)
    issued_on = models.DateField(_("ngày ban hành"))
    period = DateRangeField(_("thời gian thực hiện"))
    follow_up = models.CharField(_("đơn vị theo dõi"), max_length=60)
    requested = ArrayField(models.CharField(max_length=60), verbose_name=_("đơn vị được đề nghị"), default=list)
    follows = models.CharField(_("tiếp nối kế hoạch số"), max_length=40, blank=True)
    silent_after = models.PositiveSmallIntegerField(_("số ngày không có tiến độ"), default=183)
    forms = models.JSONField(_("mẫu báo cáo"), default=dict)
    bases = models.JSONField(_("căn cứ"), default=list)
    recipients = models.JSONField(_("nơi nhận"), default=list)
    signer = models.JSONField(_("thể thức ký"), default=list)

    class Privacy:
        public = (
            "number", "slug", "title", "issuer", "province", "issued_on", "period", "follow_up", "requested", "follows",
            "silent_after", "forms", "bases", "recipients", "signer",
        )  # fmt: skip
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("kế hoạch")
        ordering = ["-period", "province", "number"]
        constraints = [
            models.CheckConstraint(
                name="a_plan_can_be_named_in_addresses",
                condition=Q(slug__regex=f"^{numbering.SLUG}$"),
                violation_error_message=_("Số, ký hiệu của kế hoạch phải có chữ cái không dấu hoặc chữ số."),
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
    product = models.TextField(_("sản phẩm"), blank=True)
    recurs = models.CharField(_("định kỳ"), max_length=10, choices=Recurrence.choices, default=Recurrence.CONTINUOUS)
    pages = ArrayField(models.CharField(max_length=40), verbose_name=_("trang thực hiện"), default=list)
    registers = ArrayField(models.CharField(max_length=40), verbose_name=_("số liệu tự ghi"), default=list)
    condition = models.TextField(_("điều kiện"), blank=True)
    condition_met_on = models.DateField(_("ngày đủ điều kiện"), null=True, blank=True)
    condition_document = models.TextField(_("văn bản đủ điều kiện"), blank=True)
    serves = models.ManyToManyField(
        "self", symmetrical=False, related_name="served_by", verbose_name=_("phục vụ mục tiêu, chỉ tiêu")
    )

    class Privacy:
        public = (
            "plan", "section", "number", "order", "wording", "meaning", "kinds", "measure", "target", "product",
            "recurs", "pages", "registers", "condition", "condition_met_on", "condition_document",
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
    def leads(self) -> list[str]:
        """Who leads by the words of the clause, or as read from other clauses; may be nobody."""
        return self._agencies(ClauseAgency.Part.LEAD)

    @property
    def answerable(self) -> list[str]:
        """Who leads, or else the agency that follows up the plan."""
        return self.leads or [self.plan.follow_up]

    @property
    def cooperating(self) -> list[str]:
        """Who takes part."""
        return self._agencies(ClauseAgency.Part.COOPERATING)

    @property
    def read_from(self) -> dict[str, list[str]]:
        """Of the agencies that the clause does not name: the clauses of the plan from which their part was read."""
        return {row.agency: row.read_from for row in self.agencies.all() if row.read_from}

    def _agencies(self, part: "ClauseAgency.Part") -> list[str]:
        return [row.agency for row in self.agencies.all() if row.part == part]

    def condition_met(self, day: dt.date) -> bool:
        """Whether the clause has no condition, or it was met by a day."""
        return not self.condition or (self.condition_met_on is not None and self.condition_met_on <= day)


class ClauseAgency(models.Model):
    """An agency (its key), or a group of agencies, with a part in a clause.

    `read_from`: the numbers of other clauses of the plan from which the part was read, where the clause does not name the
    agency. That is the program's reading, and pages say so.
    """

    class Part(models.TextChoices):
        """What the agency does."""

        LEAD = "lead", _("chủ trì")
        COOPERATING = "cooperating", _("phối hợp")

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="agencies", verbose_name=_("điểm"))
    agency = models.CharField(_("đơn vị"), max_length=60)
    part = models.CharField(_("phần việc"), max_length=11, choices=Part.choices)
    read_from = ArrayField(models.CharField(max_length=20), verbose_name=_("đọc từ điểm"), default=list)

    class Privacy:
        public = ("clause", "agency", "part", "read_from")
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


class YearlyDay(models.Model):
    """A day of each year, from the first year to the last.

    Written as the plan writes it: before 15/5 is met at the latest on 14/5. An administrative day does not
    roll over days off. `within_year`: the plan names the year alone, and its last day is the program's reminder.
    """

    key = models.CharField(_("khóa"), max_length=40)
    day = models.PositiveSmallIntegerField(_("ngày"))
    month = models.PositiveSmallIntegerField(_("tháng"))
    before = models.BooleanField(_("trước ngày này"), help_text=_("chính ngày này đã là chậm"))
    within_year = models.BooleanField(_("trong năm, kế hoạch không nêu ngày"), default=False)
    first_year = models.PositiveSmallIntegerField(_("từ năm"))
    last_year = models.PositiveSmallIntegerField(_("đến năm"))

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_ends_after_it_begins",
                condition=Q(last_year__gte=models.F("first_year")),
                violation_error_message=_("Năm cuối phải từ năm đầu trở đi."),
            ),
            models.CheckConstraint(
                name="%(class)s_without_a_day_is_due_at_the_end_of_the_year",
                condition=Q(within_year=False) | Q(day=31, month=12, before=False),
                violation_error_message=_("Việc không nêu ngày được nhắc vào ngày cuối năm."),
            ),
        ]

    @property
    def years(self) -> range:
        """The years of which it has a day."""
        return range(self.first_year, self.last_year + 1)

    def due_in(self, year: int) -> dt.date:
        """The last day in time, for the day written in a year."""
        return last_day_in_time(year, self.month, self.day, before=self.before)

    def due_words(self, year: int) -> str:
        """By when it is due in a year, in words."""
        return due_words(self.due_in(year), within_year=self.within_year)


def last_day_in_time(year: int, month: int, day: int, *, before: bool) -> dt.date:
    """The day written in a year, or with `before` the day before it."""
    written = dt.date(year, month, day)
    return written - dt.timedelta(days=1) if before else written


class PlanDeadline(YearlyDay):
    """What a clause wants by a day of each year."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="deadlines", verbose_name=_("điểm"))
    what = models.TextField(_("việc"))

    class Privacy:
        public = ("clause", "key", "what", "day", "month", "before", "within_year", "first_year", "last_year")
        restricted = ()
        identifying = ()

    class Meta(YearlyDay.Meta):
        verbose_name = _("thời hạn")
        ordering = ["month", "day", "key"]
        constraints = [
            *YearlyDay.Meta.constraints,
            models.UniqueConstraint(fields=["clause", "key"], name="one_deadline_of_a_key_in_a_clause"),
        ]

    def __str__(self) -> str:
        return self.what


class ReportRule(YearlyDay):
    """A periodic report that a clause asks for: the days it covers, who gives it, and by when; of each year.

    `first` and `last` are days of the period as [day, month, years after the year of the report], or a whole day as text
    ("2016-01-01"); `cut_offs` gives other days for some agencies: {key: [first, last]}. `givers` are keys of agencies and
    groups. What is made of the returns is in `consolidation` (`document.ConsolidationEntry`; {} where nothing is).
    """

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="reports", verbose_name=_("điểm"))
    name = models.CharField(_("tên kỳ"), max_length=120)
    first = models.JSONField(_("ngày đầu"), null=True)
    last = models.JSONField(_("ngày cuối"))
    cut_offs = models.JSONField(_("ngày chốt riêng"), default=dict)
    givers = ArrayField(models.CharField(max_length=60), verbose_name=_("đơn vị báo cáo"))
    form = models.CharField(_("mẫu"), max_length=40, blank=True)
    consolidation = models.JSONField(_("báo cáo tổng hợp"), default=dict)

    class Privacy:
        public = (
            "clause", "key", "name", "first", "last", "cut_offs", "givers", "form", "consolidation", "day", "month",
            "before", "within_year", "first_year", "last_year",
        )  # fmt: skip
        restricted = ()
        identifying = ()

    class Meta(YearlyDay.Meta):
        verbose_name = _("kỳ báo cáo")
        ordering = ["month", "day", "key"]
        constraints = [
            *YearlyDay.Meta.constraints,
            models.UniqueConstraint(fields=["clause", "key"], name="one_report_of_a_key_in_a_clause"),
        ]

    def __str__(self) -> str:
        return self.name

    def name_in(self, year: int) -> str:
        """As the title of the year's report says it."""
        return self.name.replace("{year}", str(year))

    def span_in(self, year: int, agency: str = "") -> Span:
        """The days that the report of a year covers, or an agency's own return (its key) where it has another cut-off."""
        first, last = self.cut_offs.get(agency, (self.first, self.last))
        read = spans.restored(last) or (self.day, self.month, 0)
        return Span.of(spans.restored(first), read, year, self.clause.plan.period.lower)

    def opens_in(self, year: int) -> dt.date:
        """The day from which the period of a year can be opened: the first that it covers; of a cumulative one, 1 January."""
        return self.span_in(year).first if self.first else dt.date(year, 1, 1)

    def consolidated_in(self, year: int) -> dt.date | None:
        """The last day in time of the consolidated report of a year; None where the plan names none."""
        if before := self.consolidation.get("before"):
            return last_day_in_time(year, before[1], before[0], before=True)
        return None
