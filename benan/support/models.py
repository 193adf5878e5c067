"""Referrals, visits after return, and the economic and social programmes that somebody takes part in."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import User
from benan.agencies.models import Agency
from benan.cases.models import Case
from benan.cases.of_case import CaseRows


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
        UNABLE = "unable", _("Chưa tự quyết định được: bất tỉnh, trẻ nhỏ…")
        REFUSED = "refused", _("Không đồng ý")
        AGREED = "agreed", _("Đồng ý, trước đây không ghi hình thức")

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name=_("hồ sơ"))
    kind = models.CharField(_("chuyển đến"), max_length=10, choices=Kind.choices)
    sender = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("nơi chuyển"))
    receiver = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("nơi nhận"))
    consent = models.CharField(_("ý kiến của người ấy hoặc người đại diện"), max_length=8, choices=Consent.choices)
    emergency = models.BooleanField(_("khẩn cấp"), default=False)
    sent_on = models.DateField(_("chuyển ngày"))
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("người chuyển"))
    answered_on = models.DateField(_("trả lời ngày"), null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("người trả lời"))
    accepted = models.BooleanField(_("nhận"), null=True)
    arrived_on = models.DateField(_("đến nơi ngày"), null=True)
    paper_no = models.CharField(_("số văn bản trả lời"), max_length=60, blank=True)
    words = models.BinaryField(_("ghi chú hạn chế tiếp cận"), null=True)
    reason = models.BinaryField(_("lý do từ chối hạn chế tiếp cận"), null=True)

    objects = CaseRows()

    class Privacy:
        public = ()
        restricted = (
            "case", "kind", "sender", "receiver", "consent", "emergency", "sent_on", "sent_by", "answered_on", "answered_by",
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
                violation_error_message=_("Ngày đến nơi không thể trước ngày đồng ý tiếp nhận."),
            ),
            models.CheckConstraint(
                name="whom_the_person_refused_is_not_asked",
                condition=~Q(consent="refused") | Q(accepted=False),
            ),
            models.UniqueConstraint(
                fields=["case", "receiver"], condition=Q(accepted=None), name="one_open_referral_to_a_receiver",
                violation_error_message=_("Đã có một lần chuyển đến nơi này đang chờ trả lời."),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["receiver"], condition=Q(accepted=None), name="open_referrals_of_an_agency"),
            models.Index(fields=["sent_on"], name="referrals_by_day"),
            models.Index(fields=["answered_on"], condition=Q(accepted=True), name="referrals_accepted_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sent_on}"


class Visit(models.Model):
    """A visit after return, planned for a day (an appointment, no legal limit) and made on one."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name=_("hồ sơ"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("đơn vị thăm"))
    planned_on = models.DateField(_("hẹn ngày"))
    made_on = models.DateField(_("thăm ngày"), null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("ai ghi"))
    safe = models.BooleanField(_("an toàn"), null=True, blank=True)
    words = models.BinaryField(_("ghi chú hạn chế tiếp cận"), null=True)

    objects = CaseRows()

    class Privacy:
        public = ()
        restricted = ("case", "agency", "planned_on", "made_on", "by", "safe")
        identifying = ("words",)

    class Meta:
        verbose_name = _("lần thăm")
        ordering = ["planned_on", "pk"]
        indexes = [
            models.Index(fields=["agency", "planned_on"], condition=Q(made_on=None), name="visits_to_make"),
            models.Index(fields=["made_on"], condition=Q(made_on__isnull=False), name="visits_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.planned_on}"


class Enrolment(models.Model):
    """That a person takes part in an economic or social programme: a cross-reference, no need and no support given.

    `programme` is a code of the list `support_programmes`. `office`: where, of the list of agencies; None for another place,
    whose name is sealed with the line of the history.
    """

    class Consent(models.TextChoices):
        """What the person, or who represents them, said to its being recorded; after a no nothing is recorded."""

        WRITTEN = "written", _("Đồng ý, bằng văn bản")
        SPOKEN = "spoken", _("Đồng ý, bằng lời")

    class Outcome(models.TextChoices):
        """How it ended."""

        FINISHED = "finished", _("Đã hoàn thành")
        LEFT = "left", _("Thôi giữa chừng")
        REFUSED = "refused", _("Người ấy từ chối tiếp tục")
        MOVED = "moved", _("Chuyển đi nơi khác")

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name=_("hồ sơ"))
    programme = models.CharField(_("chương trình"), max_length=30)
    joined_on = models.DateField(_("tham gia từ ngày"))
    office = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", verbose_name=_("nơi thực hiện"))
    paper_no = models.CharField(_("số văn bản"), max_length=60, blank=True)
    consent = models.CharField(_("ý kiến của người ấy hoặc người đại diện"), max_length=7, choices=Consent.choices)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("đơn vị ghi"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("ai ghi"))
    ended_on = models.DateField(_("kết thúc ngày"), null=True)
    outcome = models.CharField(_("kết thúc thế nào"), max_length=8, choices=Outcome.choices, blank=True)
    taken_back = models.BooleanField(_("đã rút vì ghi nhầm"), default=False)

    objects = CaseRows()

    class Privacy:
        public = ()
        restricted = (
            "case", "programme", "joined_on", "office", "paper_no", "consent", "agency", "by", "ended_on", "outcome", "taken_back",
        )  # fmt: skip
        identifying = ()

    class Meta:
        verbose_name = _("lần tham gia chương trình")
        ordering = ["-joined_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "programme"], condition=Q(ended_on=None, taken_back=False),
                name="a_programme_once_at_a_time",
                violation_error_message=_("Người ấy đang tham gia chương trình này."),
            ),
            models.CheckConstraint(
                name="a_programme_ends_after_it_was_joined",
                condition=Q(ended_on=None, outcome="") | Q(ended_on__gte=F("joined_on")) & ~Q(outcome=""),
                violation_error_message=_("Ngày kết thúc trước ngày tham gia."),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["joined_on"], condition=Q(taken_back=False), name="programmes_joined_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.joined_on}"

    @property
    def stands(self) -> bool:
        """Whether the person still takes part."""
        return self.ended_on is None and not self.taken_back
