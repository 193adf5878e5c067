"""Pseudonyms, sealed values and the blind index. Imported by this app alone."""

import secrets
import time
import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from benan.core.guarded import Guarded


def ordered_uuid() -> uuid.UUID:
    """A UUID of version 7: sorted by the moment it was made, so that indexes stay compact."""
    value = (
        (time.time_ns() // 1_000_000) << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    )
    return uuid.UUID(int=value)


class Person(models.Model):
    """A pseudonym with the wrapped key that seals everything said about one person.

    Erasing somebody destroys the key and the index; what was sealed is then noise, final once backups expire.
    """

    id = models.UUIDField(primary_key=True, default=ordered_uuid, editable=False)
    wrapped_key = models.BinaryField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True)

    objects = Guarded()

    class Privacy:
        public = ("made_at", "erased_at")
        restricted = ("wrapped_key",)
        identifying = ()

    class Meta:
        verbose_name = _("người")
        constraints = [
            models.CheckConstraint(
                name="an_erased_person_has_no_key",
                condition=Q(erased_at=None, wrapped_key__isnull=False) | Q(erased_at__isnull=False, wrapped_key=None),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def trail_subject(self) -> str:
        """How the trail names this pseudonym."""
        return f"person:{self.pk}"


class Field(models.TextChoices):
    """What the vault keeps about a person."""

    FULL_NAME = "full_name", _("Họ và tên")
    OTHER_NAMES = "other_names", _("Tên gọi khác")
    BIRTH = "birth", _("Ngày sinh, như người ấy nói")
    ID_NUMBER = "id_number", _("Số giấy tờ tùy thân")
    PHONE = "phone", _("Số điện thoại")
    RESIDENCE = "residence", _("Nơi cư trú")
    STAY = "stay", _("Nơi đang ở")
    CONTACT = "contact", _("Người thân có thể gọi")
    OWN_WORDS = "own_words", _("Lời của người ấy")


class Sealed(models.Model):
    """One sealed value of one person. A correction adds a row and closes the old one, which stays readable."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("người"))
    field = models.CharField(_("mục"), max_length=20, choices=Field.choices)
    value = models.BinaryField(_("giá trị mã hóa"))
    by = models.CharField(_("ai ghi"), max_length=150)
    at = models.DateTimeField(_("ghi lúc"), auto_now_add=True)
    replaced_at = models.DateTimeField(_("thay lúc"), null=True)

    class Privacy:
        public = ("field", "at", "replaced_at")
        restricted = ("person", "by")
        identifying = ("value",)

    class Meta:
        verbose_name = _("giá trị mã hóa")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "field"],
                condition=Q(replaced_at=None),
                name="a_person_has_one_current_value_of_a_field",
            )
        ]

    def __str__(self) -> str:
        return f"{self.field}"


class Token(models.Model):
    """A blind index entry: equal values of two people give equal tokens."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("người"))
    value = models.BinaryField(_("dấu vết"), max_length=16)

    class Privacy:
        public = ()
        restricted = ("person", "value")
        identifying = ()

    class Meta:
        verbose_name = _("dấu vết tìm kiếm")
        indexes = [models.Index(fields=["value", "person"], name="people_by_token")]

    def __str__(self) -> str:
        return f"{self.pk}"
