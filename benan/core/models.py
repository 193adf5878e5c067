"""The one table of this app: what the program's processes remember together for a while."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Remembered(models.Model):
    """One value of the cache (`cache.SignedTable`): JSON, signed with the installation's secret, until a moment."""

    key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    until = models.DateTimeField(db_index=True)

    class Privacy:
        public = ()
        restricted = ("key", "value", "until")
        identifying = ()

    class Meta:
        verbose_name = _("điều được nhớ tạm")

    def __str__(self):
        return self.key
