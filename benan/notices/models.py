"""What an officer chose to be sent, and what was sent."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import User


class CalendarFeed(models.Model):
    """The secret address at which an officer's plan days are read without signing in; only a digest of it is kept."""

    user = models.OneToOneField(User, models.CASCADE, related_name="+", verbose_name=_("tài khoản"))
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("lập lúc"))

    class Privacy:
        public = ()
        restricted = ("user", "secret_hash", "made_at")
        identifying = ()

    class Meta:
        verbose_name = _("địa chỉ lịch")

    def __str__(self) -> str:
        return f"{self.user_id} {self.made_at}"


class MailSubscription(models.Model):
    """Where an officer wants letters to go, and which: a work address, sealed for the account (`addresses`).

    Nothing but the letter that asks for a confirmation goes there before `confirmed_at`. That letter carries a secret, of
    which a digest is kept until its end.
    """

    user = models.OneToOneField(User, models.CASCADE, related_name="+", verbose_name=_("tài khoản"))
    address = models.BinaryField(_("địa chỉ"))
    reminders = models.BooleanField(_("nhắc từng việc"))
    digest = models.BooleanField(_("thư đầu tuần"))
    asked_at = models.DateTimeField(_("ghi lúc"))
    secret_hash = models.CharField(max_length=64, blank=True)
    secret_until = models.DateTimeField(_("đường dẫn xác nhận hết hạn lúc"), null=True)
    confirmed_at = models.DateTimeField(_("xác nhận lúc"), null=True)

    class Privacy:
        public = ()
        restricted = (
            "user", "address", "reminders", "digest", "asked_at", "secret_hash", "secret_until", "confirmed_at",
        )  # fmt: skip
        identifying = ()

    class Meta:
        verbose_name = _("nơi nhận thư")

    def __str__(self) -> str:
        return f"{self.user_id} {self.asked_at}"


class SentNotice(models.Model):
    """That something was told to an officer by mail, or is being told: written before the letter leaves.

    `key` names what: of a reminder what is due and which of its reminders, of a digest the Monday, of a confirmation when it
    was asked for. One that stays SENDING may have arrived: it is never sent again.
    """

    class Kind(models.TextChoices):
        """What the letter was."""

        CONFIRMATION = "confirmation", _("xác nhận địa chỉ")
        REMINDER = "reminder", _("nhắc việc")
        DIGEST = "digest", _("thư đầu tuần")

    class Outcome(models.TextChoices):
        """What became of it."""

        SENDING = "sending", _("đang gửi, hoặc không rõ máy chủ thư đã nhận chưa")
        SENT = "sent", _("máy chủ thư đã nhận")
        REFUSED = "refused", _("máy chủ thư từ chối, một giờ sau gửi lại")
        GIVEN_UP = "given_up", _("máy chủ thư từ chối nhiều lần, không gửi nữa")

    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("tài khoản"))
    kind = models.CharField(_("loại"), max_length=12, choices=Kind.choices)
    key = models.CharField(_("việc"), max_length=200)
    outcome = models.CharField(_("kết quả"), max_length=8, choices=Outcome.choices)
    attempts = models.PositiveSmallIntegerField(_("số lần gửi"))
    at = models.DateTimeField(_("lần cuối lúc"), db_index=True)

    class Privacy:
        public = ()
        restricted = ("user", "kind", "key", "outcome", "attempts", "at")
        identifying = ()

    class Meta:
        verbose_name = _("thư đã gửi")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "key"], name="an_officer_is_told_something_by_mail_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.user_id}"
