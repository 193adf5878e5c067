"""Periods of reports, and the returns that agencies give for them: figures, narrative, and every step they went through.

Nothing here is about a person: figures are counts, and words are about the work of an agency.
"""

import datetime as dt
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import User
from benan.agencies.models import Agency
from benan.core.days import due_words, legal_day
from benan.documents.models import Paper, StoredFile
from benan.plan.models import Plan
from benan.reports.paper_models import OfficeTemplate as OfficeTemplate
from benan.reports.paper_models import TypedCell as TypedCell


class Kind(models.TextChoices):
    """Kinds of periods that no rule of a plan asks for; the kind of every other is the key of its rule."""

    QUARTER = "quy", _("quý")
    NINE_MONTHS = "9-thang", _("9 tháng")
    AD_HOC = "dot-xuat", _("đột xuất")


class Period(models.Model):
    """The days on which the agencies of a plan report, and by when; opened by the agency that follows up the plan.

    What the plan's file said on the day of opening is kept: `form` (title, sections, lines, indicators), `givers` (keys of agencies
    and groups) and `consolidation` (`plan.document.ConsolidationEntry`). `as_of` is the day up to which facts are judged.
    A period on request names the paper of the superior who asked. `cumulative`: it counts from the plan's first day.
    `within_year`: the plan names the year alone for the returns, and `due_on` is its last day.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="report_periods", verbose_name=_("kế hoạch"))
    key = models.SlugField(_("khóa trong địa chỉ"), max_length=50)
    kind = models.SlugField(_("loại kỳ"), max_length=40)
    year = models.PositiveSmallIntegerField(_("năm"))
    name = models.CharField(_("tên kỳ"), max_length=120)
    first = models.DateField(_("từ ngày"))
    last = models.DateField(_("đến ngày"))
    as_of = models.DateField(_("ngày chốt số liệu"))
    due_on = models.DateField(_("ngày nộp"))
    within_year = models.BooleanField(_("trong năm, kế hoạch không nêu ngày"), default=False)
    clause = models.CharField(_("điểm yêu cầu"), max_length=20, blank=True)
    ground = models.CharField(_("văn bản yêu cầu"), max_length=120, blank=True)
    form = models.JSONField(_("mẫu báo cáo"))
    givers = ArrayField(models.CharField(max_length=60), verbose_name=_("đơn vị báo cáo"))
    consolidation = models.JSONField(_("báo cáo tổng hợp"), default=dict)
    consolidated_on = models.DateField(_("ngày nộp báo cáo tổng hợp"), null=True, blank=True)
    cumulative = models.BooleanField(_("tính từ đầu kế hoạch"), default=False)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("người mở"))
    opened_at = models.DateTimeField(_("mở lúc"), auto_now_add=True)

    class Privacy:
        public = (
            "plan", "key", "kind", "year", "name", "first", "last", "as_of", "due_on", "within_year", "clause", "ground", "form", "givers",
            "consolidation", "consolidated_on", "cumulative", "opened_by", "opened_at",
        )  # fmt: skip
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("kỳ báo cáo đã mở")
        ordering = ["-due_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "key"], name="a_period_is_opened_once",
                violation_error_message=_("Kỳ báo cáo này đã mở."),
            ),
            models.CheckConstraint(
                name="a_period_ends_after_it_begins", condition=Q(first__lte=F("last")),
                violation_error_message=_("Ngày cuối của kỳ phải từ ngày đầu trở đi."),
            ),
            ExclusionConstraint(
                name="periods_of_a_kind_do_not_overlap",
                expressions=[
                    ("plan", RangeOperators.EQUAL), ("kind", RangeOperators.EQUAL),
                    (
                        Func(F("first"), F("last"), models.Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(cumulative=False) & ~Q(kind=Kind.AD_HOC),
                violation_error_message=_("Kỳ này chồng lên một kỳ cùng loại đã mở. Xem lại ngày đầu và ngày cuối."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.key

    @property
    def due_words(self) -> str:
        """By when its returns are due, in words."""
        return due_words(self.due_on, within_year=self.within_year)

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The lines of its form, as `plan.document.FormLineEntry` stored them."""
        return list(self.form.get("lines", ()))

    @property
    def indicators(self) -> list[dict[str, Any]]:
        """The indicators of the plan on the day of opening: number, measure, name, wording, target."""
        return list(self.form.get("indicators", ()))

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The sections of its narrative."""
        return list(self.form.get("sections", ()))

    @property
    def title(self) -> str:
        """What the report is about, for the paper's subject line."""
        return str(self.form["title"]).replace("{plan}", self.plan.number).replace("{period}", self.name)


class ReturnRows(models.QuerySet["Return"]):
    """Returns, as consolidation and pages ask for them."""

    def standing(self) -> "ReturnRows":
        """Those that were submitted and that no later one, submitted too, replaces."""
        return self.filter(state__in=GIVEN).exclude(replaced_by__state__in=GIVEN)

    def newest(self) -> "ReturnRows":
        """The last of each agency, submitted or not."""
        return self.filter(replaced_by=None)


class Return(models.Model):
    """What one agency reports for a period, or with `consolidates` what the follow-up agency makes of all returns.

    `counted_on` and `measures` ({key: version}) say on which legal day and by which rules its figures were counted last. They may be
    changed until it is submitted, at `frozen_at`. `number` counts the returns of the agency for the period: a later one `replaces` the one before, which
    stays and counts until the later one is submitted. `invited`: the plan asks this agency rather than charging it, so that it is never sent back. What was signed outside
    the program is a paper with number and day. A consolidated report keeps under `gathered` which returns it was made of, who was
    missing, and where sums and live figures differ.
    """

    class State(models.TextChoices):
        """Where it is on its way."""

        DRAFT = "draft", _("đang soạn")
        BEFORE_HEAD = "before_head", _("chờ thủ trưởng duyệt")
        SUBMITTED = "submitted", _("đã nộp, chờ nhận")
        SENT_BACK = "sent_back", _("bị trả lại")
        ACCEPTED = "accepted", _("đã nhận")
        LOCKED = "locked", _("đã khóa")

    period = models.ForeignKey(Period, models.PROTECT, related_name="returns", verbose_name=_("kỳ báo cáo"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    number = models.PositiveSmallIntegerField(_("lần"), default=1)
    consolidates = models.BooleanField(_("báo cáo tổng hợp"), default=False)
    first = models.DateField(_("từ ngày"))
    last = models.DateField(_("đến ngày"))
    state = models.CharField(_("tình trạng"), max_length=12, choices=State.choices, default=State.DRAFT)
    invited = models.BooleanField(_("được đề nghị"), default=False)
    submitted_on = models.DateField(_("ngày nộp"), null=True)
    frozen_at = models.DateTimeField(_("chốt số liệu lúc"), null=True)
    counted_on = models.DateField(_("đếm số liệu ngày"), default=legal_day)
    measures = models.JSONField(_("phiên bản cách đo"), default=dict)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name=_("thay báo cáo")
    )
    gathered = models.JSONField(_("đã tổng hợp từ"), default=dict)
    paper_no = models.CharField(_("số văn bản"), max_length=40, blank=True)
    paper_on = models.DateField(_("ngày văn bản"), null=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("bản chụp"))
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+", verbose_name=_("trong sổ văn bản đi"))
    arrival = models.ForeignKey(
        Paper, models.PROTECT, null=True, related_name="+", verbose_name=_("trong sổ văn bản đến")
    )

    objects = ReturnRows.as_manager()

    class Privacy:
        public = (
            "period", "agency", "number", "consolidates", "first", "last", "state", "invited", "submitted_on", "frozen_at",
            "counted_on", "measures", "replaces", "paper_no", "paper_on", "scan", "paper", "arrival",
        )  # fmt: skip
        restricted = ("gathered",)
        identifying = ()

    class Meta:
        verbose_name = _("báo cáo của đơn vị")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "agency", "consolidates", "number"], name="one_return_of_a_number_in_a_period",
                violation_error_message=_("Báo cáo thay thế này đã được lập."),
            ),
            models.CheckConstraint(
                name="what_is_submitted_is_frozen",
                condition=Q(state__in=["draft", "before_head", "sent_back"], frozen_at=None)
                | Q(state__in=["submitted", "accepted", "locked"], frozen_at__isnull=False, submitted_on__isnull=False),
                violation_error_message=_("Báo cáo đã nộp thì số liệu phải được chốt."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.period_id} {self.agency_id}"

    @property
    def trail_subject(self) -> str:
        """How the trail names it."""
        return f"return:{self.pk}"

    @property
    def slug(self) -> str:
        """Its part of an address after that of the period."""
        return CONSOLIDATED if self.consolidates else self.agency.key

    @property
    def due_on(self) -> dt.date | None:
        """The last day in time; the plan may name none for the consolidated report."""
        return self.period.consolidated_on if self.consolidates else self.period.due_on

    @property
    def earliest_on(self) -> dt.date:
        """The first day on which it may be given: once its days are over, unless it is due before."""
        over = self.last + dt.timedelta(days=1)
        return over if self.due_on is None or self.due_on >= over else self.first

    @property
    def due_words(self) -> str:
        """By when it is due, in words; "" where the plan names no day for the consolidated report."""
        if self.consolidates:
            return due_words(self.due_on) if self.due_on else ""
        return self.period.due_words

    @property
    def frozen_on(self) -> dt.date | None:
        """The legal day on which its figures were frozen; None while they are not."""
        return self.submitted_on if self.frozen_at else None

    @property
    def is_open(self) -> bool:
        """Whether its figures and words may be changed."""
        return self.state in OPEN

    @property
    def is_submitted(self) -> bool:
        """Whether it was given and stands."""
        return self.state in GIVEN


CONSOLIDATED = "tong-hop"  # in place of an agency in addresses
OPEN = (Return.State.DRAFT, Return.State.SENT_BACK)
GIVEN = (Return.State.SUBMITTED, Return.State.ACCEPTED, Return.State.LOCKED)
# Parts of an indicator, in the order in which they are shown.
NUMERATOR, DENOMINATOR, LATE, IN_TIME = "numerator", "denominator", "late", "in_time"
PARTS = {
    NUMERATOR: _("đã đạt"), DENOMINATOR: _("trên tổng số"), LATE: _("trong đó quá hạn"), IN_TIME: _("còn trong thời hạn"),
}  # fmt: skip


class Cell(models.Model):
    """One figure of a return: of a line of the form, or of an indicator (`line` is the number of its clause).

    `part`: "" the whole; a part of an indicator (`PARTS`); or a value of a split, "sex:female", which `words` names. `counted` is
    what the program counted, null where it cannot; `value` what the return says, null while nobody has said it, and 0
    where nothing arose. `reason` says why they differ. `previous` and `year_before`: what the returns of the period before and of the
    same period a year earlier say.
    """

    ret = models.ForeignKey(Return, models.CASCADE, related_name="cells", verbose_name=_("báo cáo"))
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    line = models.CharField(_("dòng"), max_length=40)
    part = models.CharField(_("phần"), max_length=80, blank=True)
    words = models.CharField(_("tên phần"), max_length=160, blank=True)
    counted = models.PositiveBigIntegerField(_("chương trình đếm"), null=True)
    value = models.PositiveBigIntegerField(_("báo cáo"), null=True)
    reason = models.TextField(_("giải trình"), blank=True)
    previous = models.PositiveBigIntegerField(_("kỳ trước"), null=True)
    year_before = models.PositiveBigIntegerField(_("cùng kỳ năm trước"), null=True)

    class Privacy:
        public = ()
        restricted = (
            "ret", "order", "line", "part", "words", "counted", "value", "reason", "previous", "year_before",
        )  # fmt: skip
        identifying = ()

    class Meta:
        verbose_name = _("số liệu của báo cáo")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["ret", "line", "part"], name="one_cell_of_a_part_in_a_return"),
            models.CheckConstraint(
                name="a_corrected_figure_has_a_reason",
                condition=Q(counted=None) | Q(value=F("counted")) | ~Q(reason=""),
                violation_error_message=_("Số khác với số chương trình đếm thì phải giải trình."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.part}"

    @property
    def corrected(self) -> bool:
        """Whether the return says another number than the program counted."""
        return self.counted is not None and self.value != self.counted


class Narrative(models.Model):
    """A section of a return's text: sentences proposed from the figures, and the words of the agency."""

    ret = models.ForeignKey(Return, models.CASCADE, related_name="narratives", verbose_name=_("báo cáo"))
    section = models.CharField(_("phần"), max_length=40)
    words = models.TextField(_("nội dung"), blank=True)
    proposed = models.TextField(_("câu gợi ý"), blank=True)

    class Privacy:
        public = ()
        restricted = ("ret", "section", "words", "proposed")
        identifying = ()

    class Meta:
        verbose_name = _("lời văn của báo cáo")
        constraints = [models.UniqueConstraint(fields=["ret", "section"], name="one_text_of_a_section_in_a_return")]

    def __str__(self) -> str:
        return self.section


class ReturnStep(models.Model):
    """What was done with a return, by whom and when; rows are only added. `content` is what it said when it was submitted."""

    class Kind(models.TextChoices):
        """What was done."""

        PUT_BEFORE_HEAD = "put_before_head", _("đã trình thủ trưởng")
        GIVEN_BACK = "given_back", _("đã chuyển lại người soạn")
        SUBMITTED = "submitted", _("đã duyệt và nộp")
        ACCEPTED = "accepted", _("đã nhận")
        SENT_BACK = "sent_back", _("đã trả lại")
        INVITED = "invited", _("đã mời bổ sung")
        LOCKED = "locked", _("đã khóa cùng báo cáo tổng hợp")
        REPLACING = "replacing", _("đã lập báo cáo thay thế")
        REPLACED = "replaced", _("đã được báo cáo sau thay thế")
        PAPER = "paper", _("đã ghi số văn bản")
        CONSOLIDATED = "consolidated", _("đã tổng hợp")

    ret = models.ForeignKey(Return, models.CASCADE, related_name="steps", verbose_name=_("báo cáo"))
    kind = models.CharField(_("việc"), max_length=16, choices=Kind.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("người làm"))
    on = models.DateField(_("ngày"))
    at = models.DateTimeField(_("lúc"), auto_now_add=True)
    words = models.TextField(_("ý kiến"), blank=True)
    content = models.JSONField(_("nội dung đã nộp"), default=dict)

    class Privacy:
        public = ("ret", "kind", "by", "on", "at", "words")
        restricted = ("content",)
        identifying = ()

    class Meta:
        verbose_name = _("bước của báo cáo")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.kind
