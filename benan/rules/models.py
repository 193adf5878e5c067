"""The law as rows: instruments, values of time limits, official days, entitlements; each true for a range of days."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Certainty(models.TextChoices):
    """How well a value is known."""

    SOURCED = "sourced", _("đã đọc bản gốc")
    TWO_READINGS = "two_readings", _("đã đọc bản gốc, có hai cách hiểu")
    MEMORY_HIGH = "memory_high", _("chưa kiểm chứng, khá chắc")
    MEMORY_MEDIUM = "memory_medium", _("chưa kiểm chứng, tương đối chắc")
    MEMORY_LOW = "memory_low", _("chưa kiểm chứng, không chắc")

    @property
    def binding(self) -> bool:
        """Whether a date that rests on it may ever be called overdue."""
        return self in (Certainty.SOURCED, Certainty.MEMORY_HIGH)


class Instrument(models.Model):
    """A law, decree or circular, and the days on which it is in force."""

    key = models.SlugField(_("khóa"), max_length=40, unique=True)
    short = models.CharField(_("tên gọi"), max_length=60)
    title = models.CharField(_("tên đầy đủ"), max_length=200)
    issued = models.DateField(_("ngày ban hành"))
    in_force = DateRangeField(_("hiệu lực"))
    source = models.TextField(_("nguồn"))

    class Privacy:
        public = ("key", "short", "title", "issued", "in_force", "source")
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("văn bản")
        ordering = ["issued"]

    def __str__(self) -> str:
        return self.short


class TimeLimit(models.Model):
    """The value of one time limit during a range of days, with its article.

    No number means "at once" for that unit, and "chưa rõ thời hạn" for every other: the law sets a duty and no
    time. A limit `before` an event counts backwards and never rolls over days off.
    """

    class Unit(models.TextChoices):
        """What is counted."""

        AT_ONCE = "at_once", _("ngay")
        HOUR = "hour", _("giờ")
        DAY = "day", _("ngày")
        WORKING_DAY = "working_day", _("ngày làm việc")
        MONTH = "month", _("tháng")

    class Direction(models.TextChoices):
        """On which side of the event the time lies."""

        AFTER = "after", _("sau")
        BEFORE = "before", _("trước")

    key = models.SlugField(_("khóa"), max_length=40)
    n = models.PositiveSmallIntegerField(_("số"), null=True)
    unit = models.CharField(_("đơn vị"), max_length=12, choices=Unit)
    direction = models.CharField(_("chiều"), max_length=6, choices=Direction, default=Direction.AFTER)
    rolls = models.BooleanField(_("kéo dài khi gặp ngày nghỉ"), default=True)
    first_day = models.BooleanField(_("tính cả ngày đầu"), default=False)
    starts = models.CharField(_("tính từ"), max_length=160)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="limits", verbose_name=_("văn bản"))
    article = models.CharField(_("điều khoản"), max_length=120)
    also = models.CharField(_("cũng theo"), max_length=160, blank=True)
    certainty = models.CharField(_("mức chắc chắn"), max_length=14, choices=Certainty)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)
    in_force = DateRangeField(_("hiệu lực"))

    class Privacy:
        public = (
            "key", "n", "unit", "direction", "rolls", "first_day", "starts", "instrument", "article", "also",
            "certainty", "note", "in_force",
        )  # fmt: skip
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("thời hạn")
        ordering = ["key", "in_force"]
        constraints = [
            ExclusionConstraint(
                name="one_value_of_a_limit_at_a_time",
                expressions=[("key", RangeOperators.EQUAL), ("in_force", RangeOperators.OVERLAPS)],
                violation_error_message=_("Trong cùng thời gian, một thời hạn chỉ có một giá trị."),
            ),
            models.CheckConstraint(
                name="at_once_has_no_number",
                condition=~Q(unit="at_once") | Q(n=None),
                violation_error_message=_("Việc phải làm ngay không kèm con số."),
            ),
            models.CheckConstraint(
                name="a_time_limit_is_not_zero",
                condition=Q(n=None) | Q(n__gt=0),
                violation_error_message=_("Thời hạn phải lớn hơn 0; chưa rõ thời hạn thì để trống."),
            ),
            models.CheckConstraint(
                name="only_days_count_the_first",
                condition=Q(first_day=False) | Q(unit="day"),
                violation_error_message=_(
                    "Chỉ thời gian tính bằng ngày mới tính cả ngày đầu; tháng kết thúc ở ngày tương ứng (Điều "
                    "148 BLDS)."
                ),
            ),
            models.CheckConstraint(
                name="a_limit_before_an_event_never_rolls",
                condition=~Q(direction="before") | Q(rolls=False),
                violation_error_message=_("Thời hạn tính lùi về trước một ngày thì không kéo dài theo ngày nghỉ."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.period}"

    @property
    def period(self) -> str:
        """The value as officers write it: "20 ngày", "02 tháng", "ngay", "chưa rõ thời hạn"."""
        if self.n is None:
            return str(self.Unit.AT_ONCE.label if self.unit == self.Unit.AT_ONCE else _("chưa rõ thời hạn"))
        return f"{self.n:02d} {self.get_unit_display()}"

    @property
    def citation(self) -> str:
        """The articles it rests on: "Luật 66/2011, Điều 24 khoản 2; TTLT 01/2014, Điều 6 khoản 2"."""
        own = f"{self.instrument.short}, {self.article}"
        return f"{own}; {self.also}" if self.also else own

    @property
    def binding(self) -> bool:
        """Whether missing it may be called overdue."""
        return Certainty(self.certainty).binding


class OfficialDay(models.Model):
    """A day that is off although it is no week-end, or worked although it is one.

    Years whose notice has not come yet are provisional. A corrected row keeps who, when and on what ground,
    and is never overwritten by loading.
    """

    class Kind(models.TextChoices):
        """What the day is."""

        OFF = "off", _("ngày nghỉ")
        WORKING = "working", _("ngày làm việc")

    day = models.DateField(_("ngày"), unique=True)
    kind = models.CharField(_("loại"), max_length=7, choices=Kind)
    name = models.CharField(_("tên"), max_length=120)
    source = models.CharField(_("căn cứ"), max_length=200)
    provisional = models.BooleanField(_("tạm tính"), default=False)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("người sửa")
    )
    corrected_at = models.DateTimeField(_("sửa lúc"), null=True)

    class Privacy:
        public = ("day", "kind", "name", "source", "provisional")
        restricted = ("corrected_by", "corrected_at")
        identifying = ()

    class Meta:
        verbose_name = _("ngày nghỉ, ngày làm bù")
        ordering = ["day"]
        constraints = [
            models.CheckConstraint(
                name="a_corrected_day_names_who_and_when",
                condition=Q(corrected_by=None, corrected_at=None)
                | Q(corrected_by__isnull=False, corrected_at__isnull=False),
            ),
            models.CheckConstraint(
                name="an_official_day_says_its_source",
                condition=~Q(source=""),
                violation_error_message=_("Cần ghi căn cứ: số và ngày của thông báo, hoặc điều luật."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"


class Entitlement(models.Model):
    """What the support regime answers to one need of one kind of person, during a range of days.

    `all_of` must all be true, and one of `any_of` when it names any. `status` is that of the person
    themselves; of a minor or relative, that of the person they belong to.
    """

    class Person(models.TextChoices):
        """Who asks."""

        CLAIMANT = "claimant", _("người khai là nạn nhân")
        MINOR = "minor", _("người chưa thành niên đi cùng")
        RELATIVE = "relative", _("người thân thích")

    class Status(models.TextChoices):
        """Where the verification stands."""

        PENDING = "pending", _("đang chờ xác minh")
        VICTIM = "victim", _("nạn nhân")
        NOT_VICTIM = "not_victim", _("không phải nạn nhân")

    class Nationality(models.TextChoices):
        """What the law asks about belonging."""

        CITIZEN = "citizen", _("công dân Việt Nam")
        STATELESS_RESIDENT = "stateless_resident", _("người không quốc tịch thường trú ở Việt Nam")
        FOREIGNER = "foreigner", _("người nước ngoài")
        STATELESS_OTHER = "stateless_other", _("người không quốc tịch không thường trú")

    class Need(models.TextChoices):
        """The needs that the regime knows."""

        ESSENTIAL = "essential", _("nhu cầu thiết yếu")
        TRAVEL = "travel", _("chi phí đi lại")
        MEDICAL = "medical", _("hỗ trợ y tế")
        PSYCHOLOGICAL = "psychological", _("hỗ trợ tâm lý")
        LEGAL_AID = "legal_aid", _("trợ giúp pháp lý")
        SCHOOLING = "schooling", _("học văn hóa")
        VOCATIONAL = "vocational", _("học nghề")
        INITIAL_ALLOWANCE = "initial_allowance", _("trợ cấp khó khăn ban đầu")
        LOAN = "loan", _("hỗ trợ vay vốn")

    class Answer(models.TextChoices):
        """What the text says."""

        YES = "yes", _("được hưởng")
        NO = "no", _("không thuộc chế độ này")
        UNKNOWN = "unknown", _("chưa rõ")

    person = models.CharField(_("người"), max_length=10, choices=Person)
    status = models.CharField(_("tình trạng xác minh"), max_length=10, choices=Status)
    nationality = models.CharField(_("quốc tịch"), max_length=20, choices=Nationality)
    need = models.CharField(_("nhu cầu"), max_length=20, choices=Need)
    answer = models.CharField(_("trả lời"), max_length=8, choices=Answer)
    all_of = ArrayField(models.CharField(max_length=40), verbose_name=_("phải đủ"), default=list, blank=True)
    any_of = ArrayField(models.CharField(max_length=40), verbose_name=_("có một trong"), default=list, blank=True)
    none_of = ArrayField(models.CharField(max_length=40), verbose_name=_("không có điều nào"), default=list, blank=True)
    citation = models.CharField(_("điều khoản"), max_length=200)
    why = models.CharField(_("lý do"), max_length=400)
    in_force = DateRangeField(_("hiệu lực"))

    class Privacy:
        public = (
            "person", "status", "nationality", "need", "answer", "all_of", "any_of", "none_of", "citation", "why",
            "in_force",
        )  # fmt: skip
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("quyền được hỗ trợ")
        ordering = ["person", "status", "nationality", "need", "in_force"]
        constraints = [
            ExclusionConstraint(
                name="one_answer_to_a_need_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("status", RangeOperators.EQUAL),
                    ("nationality", RangeOperators.EQUAL),
                    ("need", RangeOperators.EQUAL),
                    ("in_force", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Trong cùng thời gian, một nhu cầu chỉ có một câu trả lời."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.need}: {self.answer}"
