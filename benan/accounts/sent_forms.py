"""Forms that were sent and did what they ask; `models` takes them in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SentForm(models.Model):
    """A form that did what it asks, so that the same one sent again does not do it twice.

    `token` is the hash of the number that the form carried and of its address, `content` an HMAC of what was sent,
    keyed by that number: without the page neither tells anything.
    """

    token = models.CharField(max_length=64, unique=True)
    content = models.CharField(max_length=64)
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+", verbose_name=_("cán bộ"))
    at = models.DateTimeField(_("gửi lúc"), auto_now_add=True)
    led_to = models.TextField(_("dẫn đến"))
    shown_once = models.BooleanField(_("kết quả chỉ hiện một lần"), default=False)

    class Privacy:
        public = ()
        restricted = ("token", "content", "user", "at", "led_to", "shown_once")
        identifying = ()

    class Meta:
        verbose_name = _("biểu mẫu đã gửi")

    def __str__(self) -> str:
        return f"{self.user_id} {self.at}"
