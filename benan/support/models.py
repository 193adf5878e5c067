"""Needs, what was offered and given, protection measures, referrals, visits."""

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import Agency, User
from benan.accounts.policy import reach
from benan.accounts.roles import P
from benan.cases.models import File
from benan.core.days import legal_day
from benan.core.guarded import GuardedQuerySet
from benan.support.needs import KINDS, MEASURES


class OfFile(GuardedQuerySet):
    """Rows that hang on a file and share its reach."""

    def can(self, user, permission):
        """Rows whose file the user reaches with a permission."""
        return self.allow(reach(user, permission, team="file__team", area="file__area_code"))

    def visible_to(self, user):
        """Rows of files of which the user may know."""
        return self.can(user, P.FILE_VIEW)

    def of(self, file):
        """Rows of a file that the caller already reached."""
        return self.filter(file=file).allow()


TOLD_FOR = dt.timedelta(days=30)  # how a danger ended stays to be read
Guarded = models.Manager.from_queryset(OfFile, class_name="Guarded")


class Assessment(models.Model):
    """One assessment of needs with the person: which groups were gone through, whatever was found."""

    file = models.ForeignKey(File, models.PROTECT, related_name="+", verbose_name=_("hồ sơ"))
    on = models.DateField(_("ngày"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("cán bộ"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    groups = ArrayField(models.CharField(max_length=20), verbose_name=_("nhóm đã hỏi"), default=list)
    safety_asked = models.BooleanField(_("đã hỏi về an toàn"), default=False)
    advice_asked = models.BooleanField(_("đã hỏi về tư vấn sức khỏe, tâm lý"), default=False)

    objects = Guarded()

    class Privacy:
        public = ()
        restricted = ("file", "on", "by", "agency", "groups", "safety_asked", "advice_asked")
        identifying = ()

    class Meta:
        verbose_name = _("lần đánh giá nhu cầu")
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["file", "on"], name="assessments_of_a_file")]

    def __str__(self):
        return f"{self.on}"


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

        YES = "yes", _("Luật cho")
        NO = "no", _("Luật không cho")
        UNKNOWN = "unknown", _("Chưa đủ điều biết để trả lời")

    file = models.ForeignKey(File, models.PROTECT, related_name="+", verbose_name=_("hồ sơ"))
    kind = models.CharField(_("nhu cầu"), max_length=20, choices=[(key, kind.label) for key, kind in KINDS.items()])
    phase = models.CharField(_("giai đoạn"), max_length=8, choices=Phase.choices)
    recorded_on = models.DateField(_("ngày ghi"))
    met_on = models.DateField(_("đáp ứng ngày"), null=True, blank=True)
    refused_on = models.DateField(_("người ấy từ chối ngày"), null=True, blank=True)
    gone_on = models.DateField(_("không còn cần từ ngày"), null=True, blank=True)
    granted = models.CharField(_("luật trả lời"), max_length=7, choices=Granted.choices, default=Granted.UNKNOWN)
    citation = models.CharField(_("căn cứ"), max_length=160, blank=True)

    objects = Guarded()

    class Privacy:
        public = ()
        restricted = ("file", "kind", "phase", "recorded_on", "met_on", "refused_on", "gone_on", "granted", "citation")
        identifying = ()

    class Meta:
        verbose_name = _("nhu cầu")
        ordering = ["recorded_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "kind"], condition=Q(met_on=None, refused_on=None, gone_on=None),
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
            models.Index(fields=["file", "kind"], name="needs_of_a_file"),
            models.Index(fields=["recorded_on", "kind"], name="needs_by_day"),
        ]

    def __str__(self):
        return f"{self.kind}"

    @property
    def is_open(self):
        """Whether something is still owed."""
        return not (self.met_on or self.refused_on or self.gone_on)

    @property
    def label(self):
        """What the need is called."""
        return KINDS[self.kind].label

    @property
    def law_says(self):
        """What the law answers; of some needs it does not speak (Luật 66/2011, Điều 32)."""
        if not KINDS[self.kind].right:
            return _("Điều 32 không nêu")
        return self.said(self.granted, self.citation)

    @classmethod
    def said(cls, answer, citation):
        """An answer of the law in words."""
        return cls.Granted(answer).label if citation else _("Chưa tính được")


class Provision(models.Model):
    """One thing offered, refused, begun or given for a need, by whom and when."""

    class Outcome(models.TextChoices):
        """What happened."""

        OFFERED = "offered", _("Đã đề nghị")
        REFUSED = "refused", _("Người ấy từ chối")
        BEGUN = "begun", _("Đang thực hiện")
        GIVEN = "given", _("Đã hỗ trợ xong")

    need = models.ForeignKey(Need, models.PROTECT, related_name="provisions", verbose_name=_("nhu cầu"))
    file = models.ForeignKey(File, models.PROTECT, related_name="+", verbose_name=_("hồ sơ"))
    outcome = models.CharField(_("kết quả"), max_length=8, choices=Outcome.choices)
    on = models.DateField(_("ngày"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("đơn vị hỗ trợ"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("ai ghi"))
    amount = models.PositiveBigIntegerField(_("số tiền (đồng)"), null=True, blank=True)
    taken_back = models.BooleanField(_("đã rút vì ghi nhầm"), default=False)
    words = models.BinaryField(_("lời ghi niêm phong"), null=True)

    objects = Guarded()

    class Privacy:
        public = ()
        restricted = ("need", "file", "outcome", "on", "agency", "by", "amount", "taken_back")
        identifying = ("words",)

    class Meta:
        verbose_name = _("lần hỗ trợ")
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["file", "on"], name="provisions_of_a_file")]

    def __str__(self):
        return f"{self.outcome} {self.on}"


class Measure(models.Model):
    """One protection measure (Nghị định 62/2012, Điều 7) for a safety need, while it is in force."""

    file = models.ForeignKey(File, models.PROTECT, related_name="+", verbose_name=_("hồ sơ"))
    need = models.ForeignKey(Need, models.PROTECT, related_name="measures", verbose_name=_("nhu cầu an toàn"))
    kind = models.CharField(_("biện pháp"), max_length=20, choices=list(MEASURES.items()))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("đơn vị quyết định"))
    started_on = models.DateField(_("áp dụng từ ngày"))
    ended_on = models.DateField(_("thôi từ ngày"), null=True, blank=True)

    objects = Guarded()

    class Privacy:
        public = ()
        restricted = ("file", "need", "kind", "agency", "started_on", "ended_on")
        identifying = ()

    class Meta:
        verbose_name = _("biện pháp bảo vệ")
        ordering = ["started_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_measure_ends_after_it_starts",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                violation_error_message=_("Ngày thôi áp dụng trước ngày bắt đầu một biện pháp đang áp dụng."),
            )
        ]

    def __str__(self):
        return f"{self.kind}"


class NoticeQuerySet(GuardedQuerySet):
    """Notices of danger, reached by the office that was told."""

    def visible_to(self, user):
        """Notices to an office where the user may see files: those that stand, and for a while how others ended."""
        told = user.offices(P.FILE_VIEW)
        standing = Q(ended_on=None, file__closed_on=None, file__danger_since__isnull=False)
        ended = Q(ended_on__gte=legal_day() - TOLD_FOR, outcome__gt="")
        return self.allow((standing | ended) & Q(agency__in=told))

    def of(self, file):
        """Notices about a file that the caller already reached."""
        return self.filter(file=file).allow()


class DangerNotice(models.Model):
    """An office outside a file's team was told that somebody is in danger (Nghị định 62/2012, Điều 8 khoản 2).

    It sees the alias, the place and whom to call, and nothing else of the file, until the danger is over or it joins the
    team; then for a while how the danger ended (`outcome`), which an office that joined or is kept from the file is not
    told here. `instead_of` is the office below it that was not told: the danger works there, or nobody there uses the
    program.
    """

    class Outcome(models.TextChoices):
        """How a danger ended; of the last four the stage of protection, or the end of the file."""

        OVER = "over", _("Đơn vị quyết định bảo vệ ghi: người ấy không còn nguy hiểm.")
        DECLINED = "declined", _("Đã trả lời bằng văn bản: không áp dụng biện pháp bảo vệ, có nêu lý do.")
        REFUSED = "refused", _("Người ấy từ chối bảo vệ, đã được nói rõ hệ quả.")
        ENDED = "ended", _("Đã quyết định chấm dứt biện pháp bảo vệ.")
        CLOSED = "closed", _("Hồ sơ đã kết thúc.")

    file = models.ForeignKey(File, models.PROTECT, related_name="+", verbose_name=_("hồ sơ"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("nơi được báo"))
    instead_of = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", verbose_name=_("thay cho"))
    told_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("ai ghi nguy hiểm"))
    told_at = models.DateTimeField(_("báo lúc"), auto_now_add=True)
    ended_on = models.DateField(_("thôi từ ngày"), null=True, blank=True)
    outcome = models.CharField(_("nguy hiểm đã hết thế nào"), max_length=8, choices=Outcome.choices, blank=True)

    objects = models.Manager.from_queryset(NoticeQuerySet)()

    class Privacy:
        public = ("told_at",)
        restricted = ("file", "agency", "instead_of", "told_by", "ended_on", "outcome")
        identifying = ()

    class Meta:
        verbose_name = _("báo nguy")
        ordering = ["told_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "agency"], condition=Q(ended_on=None), name="an_office_is_told_of_a_danger_once"
            )
        ]
        indexes = [models.Index(fields=["agency", "ended_on"], name="notices_to_an_agency")]

    def __str__(self):
        return f"{self.agency_id} {self.told_at}"


class Referral(models.Model):
    """A person referred from one agency to another; accepted, or declined with a reason (TT 35/2013, Điều 16 khoản 3)."""

    class Kind(models.TextChoices):
        """Where to."""

        SHELTER = "shelter", _("Cơ sở lưu trú")
        RESIDENCE = "residence", _("Nơi cư trú")
        SERVICE = "service", _("Nơi cung cấp dịch vụ")

    class Consent(models.TextChoices):
        """What the person, or who represents them, said to it."""

        WRITTEN = "written", _("Đồng ý, bằng văn bản")
        SPOKEN = "spoken", _("Đồng ý, bằng lời")
        UNABLE = "unable", _("Chưa tự quyết được: bất tỉnh, trẻ nhỏ…")
        REFUSED = "refused", _("Không đồng ý")
        AGREED = "agreed", _("Đồng ý, trước đây không ghi bằng cách nào")

    file = models.ForeignKey(File, models.PROTECT, related_name="+", verbose_name=_("hồ sơ"))
    kind = models.CharField(_("chuyển đến"), max_length=10, choices=Kind.choices)
    sender = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("nơi chuyển"))
    receiver = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("nơi nhận"))
    consent = models.CharField(_("ý người ấy hoặc người đại diện"), max_length=8, choices=Consent.choices)
    emergency = models.BooleanField(_("khẩn cấp"), default=False)
    sent_on = models.DateField(_("chuyển ngày"))
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("ai chuyển"))
    answered_on = models.DateField(_("trả lời ngày"), null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("ai trả lời"))
    accepted = models.BooleanField(_("nhận"), null=True)
    arrived_on = models.DateField(_("đến nơi ngày"), null=True)
    paper_no = models.CharField(_("số văn bản trả lời"), max_length=60, blank=True)
    words = models.BinaryField(_("lời ghi niêm phong"), null=True)
    reason = models.BinaryField(_("lý do từ chối niêm phong"), null=True)

    objects = Guarded()

    class Privacy:
        public = ()
        restricted = (
            "file", "kind", "sender", "receiver", "consent", "emergency", "sent_on", "sent_by", "answered_on", "answered_by",
            "accepted", "arrived_on", "paper_no",
        )  # fmt: skip
        identifying = ("words", "reason")

    class Meta:
        verbose_name = _("lần chuyển tuyến")
        ordering = ["-sent_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_declined_referral_says_why",
                condition=Q(accepted=None) | Q(accepted=True) | Q(reason__isnull=False),
                violation_error_message=_("Từ chối chuyển tuyến cần ghi lý do."),
            ),
            models.CheckConstraint(
                name="a_referral_is_answered_after_it_was_sent",
                condition=Q(answered_on=None) | Q(answered_on__gte=F("sent_on")),
                violation_error_message=_("Ngày trả lời không thể trước ngày chuyển."),
            ),
            models.CheckConstraint(
                name="nobody_arrives_before_they_were_accepted",
                condition=Q(arrived_on=None) | Q(answered_on__isnull=False, arrived_on__gte=F("answered_on")),
                violation_error_message=_("Ngày đến nơi không thể trước ngày nhận lời."),
            ),
            models.CheckConstraint(
                name="whom_the_person_refused_is_not_asked",
                condition=~Q(consent="refused") | Q(accepted=False),
            ),
            models.UniqueConstraint(
                fields=["file", "receiver"], condition=Q(accepted=None), name="one_open_referral_to_a_receiver",
                violation_error_message=_("Đã có một lần chuyển đến nơi này đang chờ trả lời."),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["receiver"], condition=Q(accepted=None), name="open_referrals_of_an_agency")]

    def __str__(self):
        return f"{self.kind} {self.sent_on}"


class Visit(models.Model):
    """A visit after return, planned for a day (an appointment, no legal limit) and made on one."""

    file = models.ForeignKey(File, models.PROTECT, related_name="+", verbose_name=_("hồ sơ"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("đơn vị thăm"))
    planned_on = models.DateField(_("hẹn ngày"))
    made_on = models.DateField(_("thăm ngày"), null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("ai ghi"))
    safe = models.BooleanField(_("an toàn"), null=True, blank=True)
    words = models.BinaryField(_("lời ghi niêm phong"), null=True)

    objects = Guarded()

    class Privacy:
        public = ()
        restricted = ("file", "agency", "planned_on", "made_on", "by", "safe")
        identifying = ("words",)

    class Meta:
        verbose_name = _("lần thăm")
        ordering = ["planned_on", "pk"]
        indexes = [models.Index(fields=["agency", "planned_on"], condition=Q(made_on=None), name="visits_to_make")]

    def __str__(self):
        return f"{self.planned_on}"
