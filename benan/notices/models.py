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
