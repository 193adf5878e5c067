"""Where every case stands in every measure, on every day: written when a case changes, so that figures need only count."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from benan.agencies.models import Agency
from benan.cases.models import Case
from benan.cases.of_case import CaseRows
from benan.core.figures import Standing

FOREVER = dt.date.max


class CaseStanding(models.Model):
    """Where a case stands in a measure with what belongs to one day, from the day `since` until before the day `until`.

    A figure as of a day counts the worst standing of each case among the rows of that day whose `belongs_on` lies in its
    period. `outside`: why the case is not counted, or "". `apart`: the key under which the row is counted beside the
    figure, `number` times. `alone`: all that the case has in the measure belongs to this day, so that the row by itself says
    where the case stands. `area` and `agency`: by which the case is found and divided. `missing`: for each duty that falls
    short its key, the keys of what exactly is missing, whose move it is and the limit that ran out; `due_on`: the day of that
    limit. `came_on`: the day of reception.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name=_("hồ sơ"))
    measure = models.CharField(_("số đo"), max_length=40)
    belongs_on = models.DateField(_("tính vào ngày"))
    since = models.DateField(_("xét từ ngày"))
    until = models.DateField(_("xét đến trước ngày"))
    standing = models.PositiveSmallIntegerField(_("đến đâu"))
    apart = models.CharField(_("kể riêng"), max_length=30, blank=True)
    alone = models.BooleanField(_("hồ sơ chỉ tính vào một ngày"))
    number = models.PositiveSmallIntegerField(_("số lượng"), default=1)
    outside = models.CharField(_("vì sao không tính"), max_length=30, blank=True)
    kind = models.CharField(_("loại"), max_length=10)
    area = models.CharField(_("xã, phường nơi tiếp nhận"), max_length=5)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", verbose_name=_("đơn vị"))
    came_on = models.DateField(_("đến ngày"))
    due_on = models.DateField(_("hạn đã hết"), null=True)
    missing = models.JSONField(_("còn thiếu"), default=list)

    objects = CaseRows()

    class Privacy:
        public = ("measure",)
        restricted = (
            "case", "belongs_on", "since", "until", "standing", "apart", "number", "alone", "outside", "kind", "area",
            "agency", "came_on", "due_on", "missing",
        )  # fmt: skip
        identifying = ()

    class Meta:
        verbose_name = _("tình trạng trong chỉ tiêu")
        constraints = [
            models.CheckConstraint(name="a_standing_lasts_a_day", condition=Q(until__gt=F("since"))),
            models.UniqueConstraint(
                fields=["case", "measure", "apart", "belongs_on", "since"], name="one_standing_of_a_case_at_a_time"
            ),
        ]
        indexes = [
            # What holds today is what holds until a later day, a small part of all.
            models.Index(
                fields=["measure", "until", "belongs_on", "since"],
                include=["case", "standing", "apart", "number", "alone", "outside", "kind", "area", "agency"],
                name="standings_of_a_day",
            ),
            models.Index(
                fields=["measure", "until", "belongs_on"],
                include=["since", "case", "came_on", "due_on"],
                condition=Q(standing=Standing.SHORT.value, apart="", outside=""),
                name="standings_short",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.belongs_on} {self.since}"


class Rebuild(models.Model):
    """One pass over all cases that judges them anew. While none has ended that judged by `versions`, figures say so.

    `versions` names each measure with its version. `after`: the last case (id) that was judged. `deadlines`: open deadlines
    are computed again too.
    """

    versions = models.CharField(_("phiên bản các số đo"), max_length=400)
    after = models.BigIntegerField(_("đã tính đến"), default=0)
    deadlines = models.BooleanField(_("tính lại cả hạn"), default=False)
    begun_at = models.DateTimeField(_("bắt đầu lúc"), auto_now_add=True)
    ended_at = models.DateTimeField(_("xong lúc"), null=True)

    class Privacy:
        public = ("versions", "after", "deadlines", "begun_at", "ended_at")
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("lần tính lại số liệu")

    def __str__(self) -> str:
        return f"{self.begun_at} {self.after}"


class KeptQuestion(models.Model):
    """A question about the whole province whose figures are kept, as the sums of `KeptCount` and `KeptReason`.

    `last`: the last day of the period of which something can be known. `counted_on`: the legal day on which the figures were
    counted. `rows`: how many rows counting gave; changes of cases have added more.
    """

    first = models.DateField(_("từ ngày"))
    last = models.DateField(_("đến ngày"))
    as_of = models.DateField(_("xét đến hết ngày"))
    counted_on = models.DateField(_("đếm ngày"))
    rows = models.PositiveIntegerField(_("số dòng khi đếm"))

    class Privacy:
        public = ("first", "last", "as_of", "counted_on", "rows")
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("câu hỏi có số liệu ghi sẵn")
        constraints = [models.UniqueConstraint(fields=["first", "last", "as_of"], name="one_kept_question")]

    def __str__(self) -> str:
        return f"{self.first} {self.last} {self.as_of}"


class KeptCount(models.Model):
    """How many cases stand somewhere for a kept question; several rows of one cell are to be added, and may be negative.

    Rows are only added, so that nobody who changes a case waits for another. `area` is empty where a measure is not divided
    by area; `number`: the sum of what was counted in these cases. Other columns as in `CaseStanding`.
    """

    question = models.ForeignKey(KeptQuestion, models.CASCADE, related_name="counts", verbose_name=_("câu hỏi"))
    measure = models.CharField(_("số đo"), max_length=40)
    area = models.CharField(_("xã, phường nơi tiếp nhận"), max_length=5, blank=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("đơn vị")
    )
    kind = models.CharField(_("loại"), max_length=10)
    outside = models.CharField(_("vì sao không tính"), max_length=30, blank=True)
    standing = models.PositiveSmallIntegerField(_("đến đâu"))
    apart = models.CharField(_("kể riêng"), max_length=30, blank=True)
    cases = models.IntegerField(_("số hồ sơ"))
    number = models.IntegerField(_("số lượng"))

    class Privacy:
        public = ("measure",)
        restricted = ("question", "area", "agency", "kind", "outside", "standing", "apart", "cases", "number")
        identifying = ()

    class Meta:
        verbose_name = _("số liệu ghi sẵn")

    def __str__(self) -> str:
        return f"{self.measure} {self.standing} {self.cases}"


class KeptReason(models.Model):
    """In how many cases a duty is missing for a kept question, added up as in `KeptCount`.

    `limit`: that which ran out, where words differ by it; `agency`: whose move it is. Where `measure` is empty: how many
    different people fall short of any measure.
    """

    question = models.ForeignKey(KeptQuestion, models.CASCADE, related_name="reasons", verbose_name=_("câu hỏi"))
    measure = models.CharField(_("số đo"), max_length=40, blank=True)
    duty = models.CharField(_("việc còn thiếu"), max_length=30, blank=True)
    limit = models.CharField(_("thời hạn"), max_length=40, blank=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("đơn vị")
    )
    cases = models.IntegerField(_("số hồ sơ"))

    class Privacy:
        public = ("measure",)
        restricted = ("question", "duty", "limit", "agency", "cases")
        identifying = ()

    class Meta:
        verbose_name = _("lý do ghi sẵn")

    def __str__(self) -> str:
        return f"{self.measure} {self.duty} {self.cases}"
