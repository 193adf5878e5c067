"""Tables of plain things: what processes remember together for a while, the version of what each remembers, and which key
this installation seals with."""

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
        verbose_name = _("dữ liệu lưu tạm")

    def __str__(self) -> str:
        return self.key


class ReferenceVersion(models.Model):
    """The one row that says which state the versioned tables are in (`reference`): another value after each write."""

    value = models.UUIDField()

    class Privacy:
        public = ("value",)
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("trạng thái của danh mục")
        constraints = [models.CheckConstraint(name="there_is_one_reference_version", condition=models.Q(pk=1))]

    def __str__(self) -> str:
        return str(self.value)


class KeyChange(models.Model):
    """The one row that says under which key this installation seals, once the key was ever changed.

    While a change is under way it carries the new key sealed under the old one, and the old one under the new, so that
    whoever holds either opens everything; afterwards neither.
    """

    current = models.CharField(_("dấu nhận biết của khóa hiện nay"), max_length=64)
    new_key = models.BinaryField(null=True)
    old_key = models.BinaryField(null=True)

    class Privacy:
        public = ()
        restricted = ("current", "new_key", "old_key")
        identifying = ()

    class Meta:
        verbose_name = _("lần đổi khóa")
        constraints = [models.CheckConstraint(name="there_is_one_change_of_the_key", condition=models.Q(pk=1))]

    def __str__(self) -> str:
        return self.current[:8]
