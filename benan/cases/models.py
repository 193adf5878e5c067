"""Receptions, files, tracks, steps, clocks and findings; what has days of its own stands in `dated.py`."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import Agency, Team, User
from benan.accounts.policy import ANSWERED_FOR, answerable, reach, reach_by_area
from benan.accounts.roles import P
from benan.cases.aliases import emblem
from benan.cases.dated import Fact, Guardianship, Status
from benan.cases.erasures import Erasure
from benan.core.days import day_of
from benan.core.guarded import GuardedQuerySet
from benan.vault import access
from benan.vault.ages import Age

__all__ = [
    "Due", "Erasure", "Fact", "File", "FileQuerySet", "Finding", "Guardianship", "Reception", "Status", "Step", "Track",
]  # fmt: skip


class FileQuerySet(GuardedQuerySet):
    """Files, only ever for somebody."""

    def can(self, user, permission):
        """Files that the user reaches with a permission; to end or erase one, those that the user's office answers for."""
        return self.allow((answerable if permission in ANSWERED_FOR else reach)(user, permission))

    def visible_to(self, user):
        """Files of whose existence the user may know."""
        return self.can(user, P.FILE_VIEW)

    def by_area(self, user, permission):
        """Files that the user reaches with a permission because they work by area, whoever else answers for them."""
        return self.allow(reach_by_area(user, permission))

    def together(self, reception):
        """Those who came together, for a verb that already fetched one of them."""
        return self.unscoped(reason="they came together").filter(reception=reception)

    def lock(self, row):
        """The row again, locked until the verb ends."""
        return self._locked().select_related("reception", "team").get(pk=row.pk)

    def lock_each(self, pks):
        """Lock several rows before a verb changes or traces anything, in one order: two verbs never wait for each other."""
        list(self._locked().filter(pk__in=pks).order_by("pk").values_list("pk"))

    def _locked(self):
        return self.unscoped(reason="a verb already fetched it").select_for_update(of=("self",))


class Reception(models.Model):
    """One event: those who came together, how, when and where."""

    class Door(models.TextChoices):
        """How somebody comes to be received (Luật 66/2011, Điều 24, Điều 26 khoản 3; TTLT 01/2014, Điều 5, 6)."""

        SELF = "self", _("Tự đến trình báo")
        REPRESENTATIVE = "representative", _("Người đại diện hợp pháp đến trình báo")
        BROUGHT = "brought", _("Cơ quan, tổ chức khác nhận khai báo rồi đưa đến")
        RETURNED = "returned", _("Tự từ nước ngoài trở về")
        BORDER = "border", _("Đồn Biên phòng, Cảnh sát biển bàn giao")

    door = models.CharField(_("đến bằng cách nào"), max_length=14, choices=Door.choices)
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
        public = ("door", "on_paper", "entered_at")
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

    def __str__(self):
        return f"{self.came_on} {self.area_code}"


class File(models.Model):
    """One person in one matter. The person is a pseudonym; the alias is how people speak of them."""

    class Kind(models.TextChoices):
        """What somebody is in the matter (plan II.3.a); whether a claimant is a victim is a finding, not a kind."""

        CLAIMANT = "claimant", _("Người khai là nạn nhân")
        MINOR = "minor", _("Người chưa thành niên đi cùng")
        RELATIVE = "relative", _("Người thân thích")

    class Sex(models.TextChoices):
        """As the person says."""

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
        """Why a file ends."""

        REINTEGRATED = "reintegrated", _("Ổn định cuộc sống, hòa nhập")
        NOT_VICTIM = "not_victim", _("Không phải nạn nhân, đã báo và giới thiệu tiếp")
        TRANSFERRED = "transferred", _("Chuyển cơ quan ngoài tỉnh tiếp tục")
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
    cannot_pay_travel = models.BooleanField(_("không trả được tiền tàu xe về nhà"), null=True, blank=True)
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

    objects = models.Manager.from_queryset(FileQuerySet)()

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
                fields=["person"], condition=Q(closed_on=None), name="a_person_has_one_open_file",
                violation_error_message=_("Người này đang có một hồ sơ chưa kết thúc."),
            ),
            models.UniqueConstraint(fields=["alias"], condition=Q(closed_on=None), name="open_files_have_different_aliases"),
            models.CheckConstraint(
                name="a_closed_file_says_why",
                condition=Q(closed_on=None, closing="") | (Q(closed_on__isnull=False) & ~Q(closing="")),
            ),
            models.CheckConstraint(
                name="a_file_ends_after_it_was_opened",
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                violation_error_message=_("Ngày kết thúc hồ sơ không thể trước ngày lập."),
            ),
            models.CheckConstraint(name="of_a_birth_a_class_of_age_is_in_clear", condition=Q(age_class__in=Age.values)),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["area_code", "opened_on"], name="files_by_area"),
            models.Index(fields=["reception"], name="files_of_a_reception"),
            models.Index(fields=["recognised_on"], condition=Q(recognised_on__isnull=False), name="files_of_victims"),
            models.Index(fields=["-opened_on", "-id"], name="files_newest_first"),
            models.Index(fields=["status"], name="files_by_status"),
            models.Index(fields=["danger_since"], condition=Q(danger_since__isnull=False), name="files_in_danger"),
        ]

    def __str__(self):
        return f"{self.alias} {self.shown_code}"

    def get_absolute_url(self):
        """The file's page. Its address carries the code and nothing else."""
        return reverse("cases:file", args=[self.code])

    @property
    def shown_code(self):
        """The code as it is written and read out."""
        return f"ĐN-{self.code}"

    @property
    def trail_subject(self):
        """How the trail names this file."""
        return f"file:{self.code}"

    @property
    def emblem(self):
        """Which drawing stands beside the alias."""
        return emblem(self.alias)

    @property
    def is_open(self):
        """Whether work goes on."""
        return self.closed_on is None

    @property
    def in_danger_since(self):
        """The day from which somebody is in danger, while the file is open; kept by `steps.after_change`."""
        return self.danger_since if self.is_open else None

    @cached_property
    def erased_on(self):
        """The legal day on which who the person is was erased; None where it was not."""
        at = None if self.is_open else access.erased_at(self.person_id)
        decided = at and self.steps.filter(key="identity_erased").values_list("on", flat=True).first()
        return decided or (at and day_of(at))

    @property
    def is_known_minor(self) -> bool:
        """Whether the birth is known and the person was, or may have been, under 18 on the day they came."""
        return self.age_class in (Age.UNDER_16, Age.UNDER_18)

    @property
    def tells_age(self) -> bool:
        """Whether it can be known of which class of age the person was on any day since they came."""
        return not self.is_known_minor or access.is_legible(self.person_id)

    def may_be_under(self, age, on) -> bool:
        """Whether the person is, or may be, younger than `age` (16 or 18) on a day: in doubt they are treated as if
        they were (Thông tư 35/2013, Điều 19 khoản 4).

        Where the class on the day of arrival does not say, the vault does. Of an erased person that class holds.
        """
        if not self.is_known_minor:
            return self.age_class == Age.UNKNOWN
        then = self.age_class
        if on > self.opened_on and (age == 18 or then == Age.UNDER_16):
            then = access.age_class(person_id=self.person_id, on=on) or then
        return then == Age.UNDER_16 or (age == 18 and then == Age.UNDER_18)


class Track(models.Model):
    """One of the parallel lines of a file: where it stands now, for filtering; the truth is its steps.

    It keeps the procedure under which it began, and that version's first day: a later law leaves it where it is.
    """

    file = models.ForeignKey(File, models.PROTECT, related_name="tracks", verbose_name=_("hồ sơ"))
    kind = models.CharField(_("dòng việc"), max_length=20)
    procedure = models.CharField(_("thủ tục"), max_length=40)
    version = models.DateField(_("phiên bản có hiệu lực từ ngày"))
    stage = models.CharField(_("giai đoạn"), max_length=30)
    since = models.DateField(_("từ ngày"))

    class Privacy:
        public = ()
        restricted = ("file", "kind", "procedure", "version", "stage", "since")
        identifying = ()

    class Meta:
        verbose_name = _("dòng việc")
        constraints = [models.UniqueConstraint(fields=["file", "kind"], name="a_file_has_one_track_of_a_kind")]
        indexes = [models.Index(fields=["kind", "stage"], name="tracks_by_stage")]

    def __str__(self):
        return f"{self.kind}: {self.stage}"


class Step(models.Model):
    """One line of a file's own history; only ever added.

    `on` is the legal day of the event; of a line that records no event (what is known of somebody, a draft) it is the
    day of entry, and `of_entry` says so: nothing is judged by it. `at` is the clock of the event where it matters,
    `recorded_at` that of entry.
    A correction is a new line that `corrects` the old one, which stays readable. `for_agency` is the office
    on whose behalf another recorded it ("ghi thay"), with the paper's number and date.
    """

    file = models.ForeignKey(File, models.PROTECT, related_name="steps", verbose_name=_("hồ sơ"))
    track = models.CharField(_("dòng việc"), max_length=20, blank=True)
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
    note = models.BinaryField(_("lời ghi niêm phong"), null=True)
    procedure = models.CharField(_("phiên bản thủ tục"), max_length=60, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="corrected_by", verbose_name=_("sửa cho")
    )
    recorded_at = models.DateTimeField(_("ghi lúc"), auto_now_add=True)

    class Privacy:
        public = ("procedure", "of_entry", "recorded_at")
        restricted = (
            "file", "track", "key", "event", "stage", "on", "at", "by", "agency", "for_agency", "to_agency", "to_unit",
            "paper_no", "paper_on", "details", "corrects",
        )  # fmt: skip
        identifying = ("note",)

    class Meta:
        verbose_name = _("bước")
        ordering = ["on", "pk"]
        indexes = [
            models.Index(fields=["file", "on", "id"], name="steps_of_a_file"),
            models.Index(fields=["event", "file"], name="steps_by_event"),
        ]

    def __str__(self):
        return f"{self.key} {self.on}"


class Due(models.Model):
    """One clock of a file: what must be done, whose move it is, by which day and under which article.

    Reckoned from the file's events by `rules`, anew at each step; kept so that desks and figures need no
    reckoning. The rule version used is `limit_id`; `due_on` empty means "chưa rõ hạn".
    """

    file = models.ForeignKey(File, models.PROTECT, related_name="dues", verbose_name=_("hồ sơ"))
    limit = models.CharField(_("hạn"), max_length=40)
    track = models.CharField(_("dòng việc"), max_length=20, blank=True)
    label = models.CharField(_("việc phải làm"), max_length=200)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", verbose_name=_("việc của"))
    started_on = models.DateField(_("tính từ ngày"))
    started_at = models.TimeField(_("tính từ giờ"), null=True)
    due_on = models.DateField(_("hạn"), null=True)
    due_at = models.TimeField(_("giờ hết hạn"), null=True)
    met_on = models.DateField(_("xong ngày"), null=True)
    ended_on = models.DateField(_("thôi tính ngày"), null=True)
    governs = models.BooleanField(_("hạn chi phối"), default=True)
    binding = models.BooleanField(_("đủ chắc để báo quá hạn"), default=True)
    lapses = models.BooleanField(_("là quyền hết vào ngày ấy, không phải việc"), default=False)
    convention = models.BooleanField(_("tính theo quy ước"), default=False)
    basis = models.CharField(_("căn cứ"), max_length=200, blank=True)
    duration = models.CharField(_("thời hạn"), max_length=60, blank=True)
    certainty = models.CharField(_("mức chắc chắn"), max_length=20, blank=True)
    rule = models.CharField(_("phiên bản quy định"), max_length=80, blank=True)

    class Privacy:
        public = (
            "limit", "label", "basis", "duration", "certainty", "rule", "binding", "lapses", "convention", "governs",
        )  # fmt: skip
        restricted = ("file", "track", "agency", "started_on", "started_at", "due_on", "due_at", "met_on", "ended_on")
        identifying = ()

    class Meta:
        verbose_name = _("đồng hồ")
        ordering = [F("due_on").asc(nulls_last=True), "pk"]
        indexes = [
            models.Index(
                fields=["agency", "due_on"], condition=Q(met_on=None, ended_on=None), name="open_dues_of_an_agency"
            ),
            models.Index(fields=["file"], name="dues_of_a_file"),
        ]

    def __str__(self):
        return f"{self.limit} {self.due_on}"

    @property
    def is_open(self):
        """Whether the clock still runs."""
        return self.met_on is None and self.ended_on is None


class Finding(models.Model):
    """The answer to whether a person is a victim: an existing paper, or an authority's finding.

    Drafted by an officer, in force once a head signed it (or, for an office that answers on paper, once the
    paper is recorded). Never edited afterwards: a later one replaces it and both remain.
    """

    class Outcome(models.TextChoices):
        """What was found; a negative outcome is a normal one."""

        VICTIM = "victim", _("Là nạn nhân")
        NOT_VICTIM = "not_victim", _("Không phải nạn nhân")

    class Basis(models.TextChoices):
        """What it rests on: one of the four kinds of paper (Luật 66/2011, Điều 28), or a written answer."""

        DISTRICT_POLICE = "district_police", _("Giấy xác nhận của Công an cấp huyện (khoản 1)")
        RESCUER = "rescuer", _("Giấy xác nhận của cơ quan giải cứu (khoản 2)")
        PROCEEDINGS = "proceedings", _("Giấy xác nhận của cơ quan điều tra, Viện kiểm sát, Tòa án (khoản 3)")
        FOREIGN = "foreign", _("Giấy tờ của cơ quan nước ngoài đã hợp pháp hóa lãnh sự (khoản 4)")
        ANSWER = "answer", _("Văn bản trả lời xác minh")

    class Issuer(models.TextChoices):
        """Who gives the papers of Điều 28; which office of theirs is said on the paper and in sealed words."""

        DISTRICT_POLICE = "district_police", _("Công an cấp huyện")
        POLICE = "police", _("Công an giải cứu")
        BORDER_GUARD = "border_guard", _("Bộ đội Biên phòng")
        COAST_GUARD = "coast_guard", _("Cảnh sát biển")
        MISSION = "mission", _("Cơ quan đại diện Việt Nam ở nước ngoài")
        INVESTIGATION = "investigation", _("Cơ quan điều tra")
        PROCURACY = "procuracy", _("Viện kiểm sát nhân dân")
        COURT = "court", _("Tòa án nhân dân")
        FOREIGN = "foreign", _("Cơ quan có thẩm quyền của nước ngoài")

    file = models.ForeignKey(File, models.PROTECT, related_name="findings", verbose_name=_("hồ sơ"))
    outcome = models.CharField(_("kết luận"), max_length=10, choices=Outcome.choices)
    basis = models.CharField(_("dựa trên"), max_length=16, choices=Basis.choices)
    grounds = ArrayField(models.CharField(max_length=30), verbose_name=_("căn cứ xác định"), default=list, blank=True)
    sources = ArrayField(
        models.CharField(max_length=30), verbose_name=_("nguồn tài liệu, chứng cứ"), default=list, blank=True
    )
    reasons = models.BinaryField(_("lập luận niêm phong"), null=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("cơ quan kết luận"))
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("người dự thảo"))
    drafted_at = models.DateTimeField(_("dự thảo lúc"), auto_now_add=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("người ký"))
    on = models.DateField(_("ngày kết luận"), null=True)
    answer_no = models.CharField(_("số văn bản trả lời"), max_length=60, blank=True)
    certificate_no = models.CharField(_("số giấy xác nhận"), max_length=60, blank=True)
    certificate_on = models.DateField(_("ngày giấy xác nhận"), null=True)
    issuer = models.CharField(_("cơ quan cấp giấy"), max_length=15, choices=Issuer.choices, blank=True)
    replaced_on = models.DateField(_("được thay ngày"), null=True)
    withdrawn = models.BooleanField(_("dự thảo đã rút"), default=False)

    class Privacy:
        public = ()
        restricted = (
            "file", "outcome", "basis", "grounds", "sources", "agency", "drafted_by", "drafted_at", "signed_by", "on",
            "answer_no", "certificate_no", "certificate_on", "issuer", "replaced_on", "withdrawn",
        )  # fmt: skip
        identifying = ("reasons",)

    class Meta:
        verbose_name = _("kết luận")
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["file"], condition=Q(on=None, withdrawn=False), name="a_file_has_one_finding_in_draft",
                violation_error_message=_("Hồ sơ này đang có một dự thảo kết luận chờ ký."),
            ),
            models.UniqueConstraint(
                fields=["file"], condition=Q(on__isnull=False, replaced_on=None), name="a_file_has_one_finding_in_force",
            ),
            models.CheckConstraint(
                name="a_victim_has_a_certificate_by_number_and_day",
                condition=~Q(outcome="victim") | Q(on=None) | (~Q(certificate_no="") & Q(certificate_on__isnull=False)),
                violation_error_message=_("Kết luận là nạn nhân cần số và ngày của giấy xác nhận."),
            ),
            models.CheckConstraint(
                name="a_certificate_is_not_later_than_its_finding",
                condition=Q(on=None) | Q(certificate_on=None) | Q(certificate_on__lte=F("on")),
                violation_error_message=_("Ngày giấy xác nhận không thể sau ngày ghi nhận kết luận."),
            ),
            models.CheckConstraint(
                name="a_finding_is_replaced_after_it_was_made",
                condition=Q(replaced_on=None) | Q(replaced_on__gte=F("on")),
                violation_error_message=_("Kết luận sau không thể có ngày trước kết luận mà nó thay."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.outcome} {self.on}"
