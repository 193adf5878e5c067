"""Receptions, cases, tracks, steps and deadlines; dated facts about a person are in `dated.py`."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import Team, User
from benan.accounts.policy import ANSWERED_FOR, answerable, reach, reach_by_area
from benan.accounts.role_sets import RoleSet
from benan.accounts.roles import P
from benan.agencies.models import Agency
from benan.cases.addresses import address
from benan.cases.aliases import emblem
from benan.cases.codes import shown
from benan.cases.dated import Fact, Guardianship, Status
from benan.cases.erasures import Erasure
from benan.core.clock_state import SOON_DAYS, ClockState
from benan.core.days import VIETNAM, day_of
from benan.core.guarded import GuardedQuerySet
from benan.vault import access
from benan.vault.ages import Age

__all__ = [
    "Deadline", "Erasure", "Fact", "Case", "CaseQuerySet", "Guardianship", "Reception", "Status", "Step", "Track",
]  # fmt: skip


class CaseQuerySet(GuardedQuerySet):
    """Cases, only ever for somebody."""

    def can(self, user: User | RoleSet, permission: P) -> Self:
        """Cases that the user reaches with a permission; to end or erase one, those that the user's office answers for."""
        return self.allow((answerable if permission in ANSWERED_FOR else reach)(user, permission))

    def visible_to(self, user: User | RoleSet) -> Self:
        """Cases of whose existence the user may know."""
        return self.can(user, P.CASE_VIEW)

    def by_area(self, user: User | RoleSet, permission: P) -> Self:
        """Cases that the user reaches with a permission because they work by area, whoever else answers for them."""
        return self.allow(reach_by_area(user, permission))

    def of_reception(self, reception: "Reception | int") -> Self:
        """The cases of all who were received together, for a verb that already fetched one of them."""
        return self.unscoped(reason="they came together").filter(reception=reception)

    def lock(self, row: "Case") -> "Case":
        """The row read again, locked until the transaction ends."""
        return self._locked().select_related("reception", "team").get(pk=row.pk)

    def lock_each(self, pks: Iterable[int] | models.QuerySet[Any, Any]) -> None:
        """Lock several rows, then their receptions, in the order of their ids, so that two verbs never wait for each other."""
        list(self._locked().filter(pk__in=pks).order_by("pk").values_list("pk"))
        self.lock_receptions(pks)

    def lock_receptions(self, pks: Iterable[int] | models.QuerySet[Any, Any]) -> None:
        """Lock the receptions of some cases, and those of the cases that were joined to a case of one of these, always in the
        order of their ids: figures about a case depend on those who were received with it."""
        own = set(self._fetched().filter(pk__in=pks).values_list("reception", flat=True))
        joined = self._fetched().filter(joined_to__reception__in=own).values_list("reception", flat=True)
        rows = Reception.objects.filter(pk__in=own.union(joined))
        list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk"))

    def _locked(self) -> Self:
        # Rows of other tables may meanwhile be written that name a locked case: standings of those received together.
        return self._fetched().select_for_update(of=("self",), no_key=True)

    def _fetched(self) -> Self:
        return self.unscoped(reason="a verb already fetched it")


class Reception(models.Model):
    """The arrival of one person or several together: how, when and where."""

    class Channel(models.TextChoices):
        """How somebody comes to be received (Luật 66/2011, Điều 24, Điều 26 khoản 3; TTLT 01/2014, Điều 5, 6)."""

        SELF = "self", _("Tự đến trình báo")
        REPRESENTATIVE = "representative", _("Người đại diện hợp pháp đến trình báo")
        BROUGHT = "brought", _("Cơ quan, tổ chức khác nhận khai báo rồi đưa đến")
        RETURNED = "returned", _("Tự từ nước ngoài trở về")
        BORDER = "border", _("Đồn Biên phòng, Cảnh sát biển bàn giao")

    channel = models.CharField(_("đến bằng cách nào"), max_length=14, choices=Channel.choices)
    came_on = models.DateField(_("ngày đến"))
    came_at = models.TimeField(_("giờ đến"), null=True, blank=True)
    area_code = models.CharField(_("xã, phường nơi tiếp nhận"), max_length=5)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("đơn vị tiếp nhận"))
    officer = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("cán bộ tiếp nhận"))
    first_told_on = models.DateField(_("ngày khai báo ở nơi đầu tiên"), null=True, blank=True)
    from_country = models.CharField(_("trở về từ nước"), max_length=2, blank=True)
    on_paper = models.BooleanField(_("nhập từ phiếu giấy"), default=False)
    entered_at = models.DateTimeField(_("nhập lúc"), auto_now_add=True)

    class Privacy:
        public = ("channel", "on_paper", "entered_at")
        restricted = ("came_on", "came_at", "area_code", "agency", "officer", "first_told_on", "from_country")
        identifying = ()

    class Meta:
        verbose_name = _("lần tiếp nhận")
        constraints = [
            models.CheckConstraint(
                name="nobody_comes_before_their_first_report",
                condition=Q(first_told_on=None) | Q(first_told_on__lte=F("came_on")),
                violation_error_message=_("Ngày đến đây không thể trước ngày khai báo ở nơi đầu tiên."),
            )
        ]
        indexes = [models.Index(fields=["came_on", "area_code"], name="receptions_by_day_and_area")]

    def __str__(self) -> str:
        return f"{self.came_on} {self.area_code}"


class Case(models.Model):
    """One person in one matter. The person is a pseudonym; the alias is how people speak of them."""

    class Kind(models.TextChoices):
        """What somebody is in the matter (plan II.3.a); whether a claimant is a victim is a finding, not a kind."""

        CLAIMANT = "claimant", _("Người khai là nạn nhân")
        MINOR = "minor", _("Người chưa thành niên đi cùng")
        RELATIVE = "relative", _("Người thân thích")

    class Sex(models.TextChoices):
        """The sex that the person names."""

        FEMALE = "female", _("Nữ")
        MALE = "male", _("Nam")
        OTHER = "other", _("Khác")
        UNKNOWN = "", _("Chưa rõ")

    class Nationality(models.TextChoices):
        """The classes that the law's rights and the plan's scope depend on (Luật 66/2011 Điều 32; KH 12089 II.3.a)."""

        CITIZEN = "citizen", _("Công dân Việt Nam")
        STATELESS_RESIDENT = "stateless_resident", _("Không quốc tịch, thường trú ở Việt Nam")
        STATELESS = "stateless", _("Không quốc tịch, không thường trú")
        FOREIGNER = "foreigner", _("Người nước ngoài")
        UNKNOWN = "", _("Chưa rõ")

    class Closing(models.TextChoices):
        """Why a case ends."""

        REINTEGRATED = "reintegrated", _("Ổn định cuộc sống, hòa nhập")
        NOT_VICTIM = "not_victim", _("Không phải nạn nhân, đã báo kết quả và giới thiệu tiếp")
        TRANSFERRED = "transferred", _("Chuyển cho cơ quan ngoài tỉnh tiếp tục hỗ trợ")
        IMMIGRATION = "immigration", _("Chuyển theo thủ tục đối với người nước ngoài")
        DECLINED = "declined", _("Người ấy không muốn tiếp tục")
        ACCOMPANIED = "accompanied", _("Hồ sơ của người đi cùng đã kết thúc")
        LEFT = "left", _("Rời đi, không liên lạc được")
        DIED = "died", _("Đã mất")
        ERROR = "error", _("Lập nhầm")
        JOINED = "joined", _("Ghép vào hồ sơ khác của cùng một người")

    code = models.CharField(_("mã"), max_length=8, unique=True, editable=False)
    alias = models.CharField(_("bí danh"), max_length=40)
    person = models.ForeignKey("vault.Person", models.PROTECT, related_name="+", verbose_name=_("người"))
    kind = models.CharField(_("loại"), max_length=10, choices=Kind.choices)
    reception = models.ForeignKey(Reception, models.PROTECT, related_name="+", verbose_name=_("lần tiếp nhận"))
    team = models.OneToOneField(Team, models.PROTECT, related_name="+", verbose_name=_("tổ phụ trách"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("đơn vị chịu trách nhiệm"))
    area_code = models.CharField(_("xã, phường nơi tiếp nhận"), max_length=5)

    sex = models.CharField(_("giới tính"), max_length=8, choices=Sex.choices, blank=True)
    # Of the birth no more is in clear than limits need; its days are in the vault.
    age_class = models.CharField(_("tuổi vào ngày đến"), max_length=8, choices=Age.choices, blank=True)
    nationality = models.CharField(_("quốc tịch"), max_length=20, choices=Nationality.choices, blank=True)
    resides_here = models.BooleanField(_("cư trú trong tỉnh"), null=True, blank=True)
    ethnic_code = models.CharField(_("dân tộc"), max_length=2, blank=True)
    poor_household = models.BooleanField(_("thuộc hộ nghèo"), null=True, blank=True)
    financial_difficulty = models.BooleanField(_("hộ cận nghèo hoặc trợ cấp hằng tháng"), null=True, blank=True)
    cannot_pay_travel = models.BooleanField(_("không có khả năng chi trả tiền tàu xe"), null=True, blank=True)
    residence_code = models.CharField(_("huyện, xã nơi cư trú"), max_length=5, blank=True)
    residence_on = models.DateField(_("ngày rõ nơi cư trú"), null=True, blank=True)

    opened_on = models.DateField(_("ngày lập"))
    closed_on = models.DateField(_("ngày kết thúc"), null=True, blank=True)
    closing = models.CharField(_("lý do kết thúc"), max_length=12, choices=Closing.choices, blank=True)
    joined_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ghép vào")
    )
    recognised_on = models.DateField(_("ngày được xác định là nạn nhân"), null=True, blank=True)
    # What a claimant is now, the last of their dated statuses; empty for those who came along.
    status = models.CharField(_("tình trạng"), max_length=10, choices=Status.Kind.choices, blank=True)
    danger_since = models.DateField(_("có nguy hiểm từ ngày"), null=True, blank=True, editable=False)

    objects = models.Manager.from_queryset(CaseQuerySet)()

    class Privacy:
        public = ("code", "alias")
        restricted = (
            "person", "kind", "reception", "team", "agency", "area_code", "sex", "age_class", "nationality",
            "resides_here", "ethnic_code", "poor_household", "financial_difficulty", "cannot_pay_travel", "residence_code",
            "residence_on", "opened_on", "closed_on", "closing", "joined_to", "recognised_on", "status", "danger_since",
        )  # fmt: skip
        identifying = ()

    class Meta:
        verbose_name = _("hồ sơ")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(closed_on=None), name="a_person_has_one_open_case",
                violation_error_message=_("Người này đang có một hồ sơ chưa kết thúc."),
            ),
            models.UniqueConstraint(fields=["alias"], condition=Q(closed_on=None), name="open_cases_have_different_aliases"),
            models.CheckConstraint(
                name="a_closed_case_says_why",
                condition=Q(closed_on=None, closing="") | (Q(closed_on__isnull=False) & ~Q(closing="")),
            ),
            models.CheckConstraint(
                name="a_case_ends_after_it_was_opened",
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                violation_error_message=_("Ngày kết thúc hồ sơ không thể trước ngày lập."),
            ),
            models.CheckConstraint(name="of_a_birth_a_class_of_age_is_in_clear", condition=Q(age_class__in=Age.values)),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["area_code", "opened_on"], name="cases_by_area"),
            models.Index(fields=["recognised_on"], condition=Q(recognised_on__isnull=False), name="cases_of_victims"),
            models.Index(fields=["-opened_on", "-id"], name="cases_newest_first"),
            models.Index(fields=["status"], name="cases_by_status"),
            models.Index(fields=["alias"], name="cases_by_alias"),
            models.Index(fields=["danger_since"], condition=Q(danger_since__isnull=False), name="cases_in_danger"),
            models.Index(fields=["closed_on"], condition=Q(closed_on__isnull=False), name="cases_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.alias} {self.shown_code}"

    def get_absolute_url(self) -> str:
        """The address of the case's page: it has the code in it and nothing else about the person."""
        return address("cases:case", self.code)

    @property
    def shown_code(self) -> str:
        """The code with the prefix of the province, as pages show it."""
        return shown(self.code)

    @property
    def trail_subject(self) -> str:
        """How rows of the trail name this case."""
        return f"case:{self.code}"

    @property
    def emblem(self) -> str:
        """The name of the drawing that is shown beside the alias."""
        return emblem(self.alias)

    @property
    def is_open(self) -> bool:
        """Whether the case has not ended."""
        return self.closed_on is None

    @property
    def in_danger_since(self) -> dt.date | None:
        """The day from which the person is in danger; None when they are not, or when the case has ended."""
        return self.danger_since if self.is_open else None

    @cached_property
    def erased_on(self) -> dt.date | None:
        """The legal day on which the person's identity was erased; None where it was not."""
        at = None if self.is_open else access.erased_at(self.person_id)
        decided = at and self.steps.filter(key="identity_erased").values_list("on", flat=True).first()
        return decided or (at and day_of(at))

    @property
    def is_known_minor(self) -> bool:
        """Whether the birth is known and the person was, or may have been, under 18 on the day they came."""
        return self.age_class in (Age.UNDER_16, Age.UNDER_18)

    @property
    def has_readable_age(self) -> bool:
        """Whether the class of age of the person can be known for every day since they came."""
        return not self.is_known_minor or access.is_legible(self.person_id)

    def may_be_under(self, age: int, on: dt.date) -> bool:
        """Whether the person is, or may be, younger than `age` (16 or 18) on a day; True where the birth is not known
        (Thông tư 35/2013, Điều 19 khoản 4).

        The vault is asked for days after the arrival on which the class may have changed. Of a person whose identity was
        erased the class on the day of arrival is used.
        """
        if not self.is_known_minor:
            return self.age_class == Age.UNKNOWN
        then = self.age_class
        if on > self.opened_on and (age == 18 or then == Age.UNDER_16):
            then = access.age_class(person_id=self.person_id, on=on) or then
        return then == Age.UNDER_16 or (age == 18 and then == Age.UNDER_18)


class Track(models.Model):
    """The current stage of one of the parallel tracks of a case, kept for filtering; its steps are the record.

    `procedure` and `version` (the first day of that version) are those under which the track began.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="tracks", verbose_name=_("hồ sơ"))
    kind = models.CharField(_("quy trình"), max_length=20)
    procedure = models.CharField(_("thủ tục"), max_length=40)
    version = models.DateField(_("phiên bản có hiệu lực từ ngày"))
    stage = models.CharField(_("giai đoạn"), max_length=30)
    since = models.DateField(_("từ ngày"))

    class Privacy:
        public = ()
        restricted = ("case", "kind", "procedure", "version", "stage", "since")
        identifying = ()

    class Meta:
        verbose_name = _("quy trình")
        constraints = [models.UniqueConstraint(fields=["case", "kind"], name="a_case_has_one_track_of_a_kind")]
        indexes = [models.Index(fields=["kind", "stage"], name="tracks_by_stage")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.stage}"


class Step(models.Model):
    """One line of the history of a case. Rows are only added.

    `on` is the legal day of the event; of a line that records no event (what is known of somebody, a draft) it is the
    day of entry, `of_entry` is true and no time limit depends on it. `at` is the hour of the event where it matters,
    `recorded_at` the moment of entry.
    A correction is a new line that `corrects` the old one, which stays readable. `for_agency` is the office
    on whose behalf another recorded it ("ghi thay"), with the paper's number and date.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps", verbose_name=_("hồ sơ"))
    track = models.CharField(_("quy trình"), max_length=20, blank=True)
    key = models.CharField(_("bước"), max_length=40)
    event = models.CharField(_("việc"), max_length=40, blank=True)
    stage = models.CharField(_("giai đoạn sau bước này"), max_length=30, blank=True)
    on = models.DateField(_("ngày"))
    at = models.TimeField(_("giờ"), null=True, blank=True)
    of_entry = models.BooleanField(_("ngày là ngày nhập, không phải ngày của việc"), default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("ai ghi"))
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", verbose_name=_("đơn vị ghi"))
    for_agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", verbose_name=_("ghi thay cho"))
    to_agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", verbose_name=_("gửi đến"))
    to_unit = models.CharField(_("địa bàn nơi nhận"), max_length=5, blank=True)
    paper_no = models.CharField(_("số văn bản"), max_length=60, blank=True)
    paper_on = models.DateField(_("ngày văn bản"), null=True, blank=True)
    details = models.JSONField(_("chi tiết"), default=dict, blank=True)
    note = models.BinaryField(_("ghi chú hạn chế tiếp cận"), null=True)
    procedure = models.CharField(_("phiên bản thủ tục"), max_length=60, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="corrected_by", verbose_name=_("sửa cho")
    )
    recorded_at = models.DateTimeField(_("ghi lúc"), auto_now_add=True)

    class Privacy:
        public = ("procedure", "of_entry", "recorded_at")
        restricted = (
            "case", "track", "key", "event", "stage", "on", "at", "by", "agency", "for_agency", "to_agency", "to_unit",
            "paper_no", "paper_on", "details", "corrects",
        )  # fmt: skip
        identifying = ("note",)

    class Meta:
        verbose_name = _("bước")
        ordering = ["on", "pk"]
        indexes = [
            models.Index(fields=["case", "on", "id"], name="steps_of_a_case"),
            models.Index(fields=["event", "case"], name="steps_by_event"),
            models.Index(fields=["event", "on"], condition=Q(event__gt=""), name="events_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.on}"


HOURS_AHEAD = 12  # hours before the hour of a deadline from which it is shown as today's, whatever the date


def overdue(now: dt.datetime) -> Q:
    """The condition on open deadlines that are overdue at a moment of the legal day."""
    return Q(due_on=day_of(now), due_at__lt=now.time()) | Q(MAY_BE_OVERDUE, due_on__lt=day_of(now))


MAY_BE_OVERDUE = (Q(binding=True) | Q(owed_to_child=True)) & Q(lapses=False)  # as `Deadline.may_be_overdue`


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    """Deadlines by their state."""

    def open(self) -> Self:
        """Those that were neither met nor ended."""
        return self.filter(met_on=None, ended_on=None)

    def with_state(self, now: dt.datetime) -> Self:
        """Each with `now_state`: the value of `Deadline.state(now)`, computed by the database."""
        today, until = day_of(now), now + dt.timedelta(hours=HOURS_AHEAD)
        within = Q(due_on__lt=day_of(until)) | Q(due_on=day_of(until), due_at__lte=until.time())
        cases = (
            (Q(due_on=None), ClockState.NONE),
            (Q(met_on__isnull=False) | Q(ended_on__isnull=False), ClockState.DONE),
            (overdue(now), ClockState.OVERDUE),
            (Q(due_on__lt=today), ClockState.NONE),
            (Q(due_on=today) | (Q(due_at__isnull=False) & within), ClockState.TODAY),
            (Q(due_on__lte=today + dt.timedelta(days=SOON_DAYS)), ClockState.SOON),
        )
        whens = [models.When(condition, then=models.Value(state.value)) for condition, state in cases]
        default = models.Value(ClockState.LATER.value)
        return self.annotate(now_state=models.Case(*whens, default=default, output_field=models.CharField()))


class Deadline(models.Model):
    """One time limit of a case: what must be done, by which agency, by which day and under which article.

    `rules` computes it from the events of the case again at each change; it is stored so that desks and figures need not
    compute it. `rule` names the version of the procedure and of the calendar. Without `due_on` the last day is not known.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="deadlines", verbose_name=_("hồ sơ"))
    limit = models.CharField(_("hạn"), max_length=40)
    track = models.CharField(_("quy trình"), max_length=20, blank=True)
    label = models.CharField(_("việc phải làm"), max_length=200)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", verbose_name=_("việc của"))
    started_on = models.DateField(_("tính từ ngày"))
    started_at = models.TimeField(_("tính từ giờ"), null=True)
    due_on = models.DateField(_("hạn"), null=True)
    due_at = models.TimeField(_("giờ hết hạn"), null=True)
    met_on = models.DateField(_("xong ngày"), null=True)
    ended_on = models.DateField(_("không tính từ ngày"), null=True)
    governs = models.BooleanField(_("hạn chi phối"), default=True)
    binding = models.BooleanField(_("đủ căn cứ để báo quá hạn"), default=True)
    lapses = models.BooleanField(_("là quyền hết vào ngày ấy, không phải việc phải làm"), default=False)
    owed_to_child = models.BooleanField(_("việc phải làm cho trẻ em"), default=False)
    convention = models.BooleanField(_("tính theo quy ước"), default=False)
    basis = models.CharField(_("căn cứ"), max_length=200, blank=True)
    duration = models.CharField(_("thời hạn"), max_length=60, blank=True)
    certainty = models.CharField(_("mức chắc chắn"), max_length=20, blank=True)
    rule = models.CharField(_("phiên bản quy định"), max_length=80, blank=True)

    objects = DeadlineQuerySet.as_manager()

    class Privacy:
        public = (
            "limit", "label", "basis", "duration", "certainty", "rule", "binding", "lapses", "convention", "governs",
        )  # fmt: skip
        restricted = (
            "case", "track", "agency", "owed_to_child", "started_on", "started_at", "due_on", "due_at", "met_on", "ended_on",
        )  # fmt: skip
        identifying = ()

    class Meta:
        verbose_name = _("thời hạn của hồ sơ")
        ordering = [F("due_on").asc(nulls_last=True), "pk"]
        indexes = [
            models.Index(
                fields=["agency", "due_on"], condition=Q(met_on=None, ended_on=None), name="open_dues_of_an_agency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.limit} {self.due_on}"

    @property
    def is_open(self) -> bool:
        """Whether it was neither met nor ended."""
        return self.met_on is None and self.ended_on is None

    @property
    def may_be_overdue(self) -> bool:
        """Whether the law makes it overdue after its day."""
        return (self.binding or self.owed_to_child) and not self.lapses

    def hours_left(self, now: dt.datetime) -> float | None:
        """Hours from a moment of the legal day until its hour; None where it has none."""
        if self.due_on is None or self.due_at is None:
            return None
        return (dt.datetime.combine(self.due_on, self.due_at, tzinfo=VIETNAM) - now) / dt.timedelta(hours=1)

    def state(self, now: dt.datetime) -> ClockState:
        """Its state at a moment of the legal day; `DeadlineQuerySet.with_state` computes the same in the database."""
        if self.due_on is None:
            return ClockState.NONE
        if not self.is_open:
            return ClockState.DONE
        left, hours = (self.due_on - day_of(now)).days, self.hours_left(now)
        if left == 0 and hours is not None and hours < 0:
            return ClockState.OVERDUE
        if left < 0:
            return ClockState.OVERDUE if self.may_be_overdue else ClockState.NONE
        if left == 0 or (hours is not None and hours <= HOURS_AHEAD):
            return ClockState.TODAY
        return ClockState.SOON if left <= SOON_DAYS else ClockState.LATER
