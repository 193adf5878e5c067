"""Stored files and their sealed content; the papers that came to and left each office."""

import secrets
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import User
from benan.agencies.models import Agency
from benan.core.days import legal_day, show
from benan.core.guarded import GuardedQuerySet
from benan.documents import policy
from benan.documents.kinds import FileKind
from benan.documents.sizes import in_words

ABOUT, PARTY, HOLDER, SUBJECT, REASON = 300, 120, 80, 40, 200  # characters


def new_key() -> str:
    """A key that nobody can guess, for the address of a file."""
    return secrets.token_urlsafe(16)


class StoredFileQuerySet(GuardedQuerySet):
    """Stored files by who may read them."""

    def visible_to(self, user: User) -> Self:
        """Those that the user may read: see `readers`."""
        may_read = StoredFile._base_manager.filter(policy.readable(user)).values("pk")
        return self.allow(Q(pk__in=may_read))

    def of_office(self, agency: Agency) -> Self:
        """Those of an office, for the verb that stores there: whether one of them was sent before."""
        return self.allow(Q(agency=agency))


class StoredFile(models.Model):
    """A file that an office keeps: evidence of work, or the scan of a signed paper. Its name at the sender's is kept nowhere.

    `sent_sum` is the SHA-256 of what was sent, `copy_sum` that of the cleaned copy, which alone is kept; `size` is the
    copy's, in bytes. `stored_on` is the legal day.
    """

    key = models.CharField(max_length=22, unique=True, default=new_key)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    kind = models.CharField(_("loại"), max_length=4, choices=FileKind.choices)
    about = models.CharField(_("nội dung tệp"), max_length=PARTY, blank=True)
    size = models.PositiveIntegerField(_("kích thước"))
    sent_sum = models.CharField(max_length=64)
    copy_sum = models.CharField(max_length=64)
    stored_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("người lưu"))
    stored_on = models.DateField(_("ngày lưu"), default=legal_day)
    stored_at = models.DateTimeField(_("lưu lúc"), auto_now_add=True)

    objects = models.Manager.from_queryset(StoredFileQuerySet, class_name="StoredFiles")()
    if TYPE_CHECKING:
        content: "FileContent"

    class Privacy:
        public = ()
        restricted = (
            "key",
            "agency",
            "kind",
            "about",
            "size",
            "sent_sum",
            "copy_sum",
            "stored_by",
            "stored_on",
            "stored_at",
        )
        identifying = ()

    class Meta:
        verbose_name = _("tệp đã lưu")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "sent_sum"], name="an_agency_stores_the_same_file_once"),
            models.CheckConstraint(name="a_stored_file_is_not_empty", condition=Q(size__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.word}, {self.size_in_words}, {show(self.stored_on)}"

    @property
    def trail_subject(self) -> str:
        """How the trail names this file."""
        return f"file:{self.pk}"

    @property
    def word(self) -> str:
        """What it is, in a word: picture or file."""
        return _now("Ảnh") if FileKind(self.kind).is_picture else _now("Tệp %(kind)s") % {"kind": self.kind.upper()}

    @property
    def size_in_words(self) -> str:
        """How large it is, as 240 KB."""
        return in_words(self.size)

    @property
    def download_name(self) -> str:
        """The name under which it is downloaded."""
        start = "anh" if FileKind(self.kind).is_picture else "tep"
        return f"{start}-{self.stored_on:%Y%m%d}-{self.pk}.{FileKind(self.kind).endings[0]}"


class FileContent(models.Model):
    """The cleaned copy of a stored file, sealed by a key of its own, which is wrapped by the installation's."""

    file = models.OneToOneField(StoredFile, models.CASCADE, primary_key=True, related_name="content")
    wrapped_key = models.BinaryField()
    sealed = models.BinaryField(_("nội dung mã hóa"))

    class Privacy:
        public = ()
        restricted = ("file", "wrapped_key")
        identifying = ("sealed",)

    class Meta:
        verbose_name = _("nội dung tệp đã lưu")

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def context(self) -> str:
        """For what it is sealed: this file alone."""
        return f"stored file {self.pk}"


class PaperQuerySet(GuardedQuerySet):
    """Papers by who may read the register."""

    def visible_to(self, user: User) -> Self:
        """Those of the offices whose register the user keeps."""
        return self.allow(policy.of_own_registers(user))

    def in_series(self, agency: Agency, direction: str, year: int, secret: bool) -> Self:
        """Those of a series, for whoever enters a paper there: which numbers are taken. What was cancelled takes none."""
        series = Q(agency=agency, direction=direction, year=year, cancelled_on=None)
        return self.allow(series & (~Q(marking="") if secret else Q(marking="")))


class Paper(models.Model):
    """A line of an office's register of incoming or outgoing papers (NĐ 30/2020, art. 15).

    Numbers run from 1 in each calendar year and series: incoming, outgoing, and for secret papers another one of each, of
    which only number, day, holder and marking are recorded. `number` of an incoming paper is the number of its arrival;
    `notation` is what stands on the paper. `subject` names what it belongs to, e.g. "return:12"; "" for nothing. A line entered by
    mistake is cancelled with a reason: it stays in the register, and its number is free again.
    """

    class Direction(models.TextChoices):
        """Whether it came or went."""

        OUT = "out", _("Văn bản đi")
        IN = "in", _("Văn bản đến")

    class Marking(models.TextChoices):
        """How secret it is."""

        NONE = "", _("Không mật")
        SECRET = "secret", _("Mật")
        TOP = "top", _("Tối mật")
        ABSOLUTE = "absolute", _("Tuyệt mật")

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    direction = models.CharField(_("sổ"), max_length=3, choices=Direction.choices)
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.PositiveIntegerField(_("số"))
    on = models.DateField(_("ngày"))
    marking = models.CharField(_("độ mật"), max_length=8, choices=Marking.choices, blank=True)
    holder = models.CharField(_("người giữ"), max_length=HOLDER, blank=True)
    kind = models.CharField(_("loại văn bản"), max_length=20, blank=True)
    notation = models.CharField(_("số, ký hiệu"), max_length=40, blank=True)
    other_agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", verbose_name=_("nơi gửi, nơi nhận"))  # fmt: skip
    other_party = models.CharField(_("nơi gửi, nơi nhận khác"), max_length=PARTY, blank=True)
    about = models.CharField(_("trích yếu"), max_length=ABOUT, blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="papers", verbose_name=_("bản chụp"))
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name=_("thay thế văn bản")
    )
    subject = models.CharField(_("thuộc về"), max_length=SUBJECT, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("người ghi"))
    recorded_at = models.DateTimeField(_("ghi lúc"), auto_now_add=True)
    cancelled_on = models.DateField(_("ngày gạch"), null=True)
    cancelled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("người gạch"))
    cancelled_for = models.CharField(_("lý do gạch"), max_length=REASON, blank=True)

    objects = models.Manager.from_queryset(PaperQuerySet, class_name="Papers")()

    class Privacy:
        public = ()
        restricted = (
            "agency", "direction", "year", "number", "on", "marking", "holder", "kind", "notation", "other_agency",
            "other_party", "about", "scan", "replaces", "subject", "recorded_by", "recorded_at", "cancelled_on", "cancelled_by",
            "cancelled_for",
        )  # fmt: skip
        identifying = ()

    class Meta:
        verbose_name = _("văn bản trong sổ")
        ordering = ["-year", "-number", "-pk"]
        indexes = [models.Index(fields=["subject"], name="papers_by_subject", condition=~Q(subject=""))]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "direction", "year", "number"],
                condition=Q(marking="", cancelled_on=None),
                name="a_number_is_given_once_in_a_series",
                violation_error_message=_("Số này đã có trong sổ của năm ấy. Mở sổ để xem rồi ghi số khác."),
            ),
            models.UniqueConstraint(
                fields=["agency", "direction", "year", "number"],
                condition=~Q(marking="") & Q(cancelled_on=None),
                name="a_number_is_given_once_in_a_secret_series",
                violation_error_message=_("Số này đã có trong sổ văn bản mật của năm ấy. Mở sổ để xem rồi ghi số khác."),
            ),
            models.CheckConstraint(name="numbers_of_papers_begin_at_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="a_paper_stands_in_the_year_of_its_day", condition=Q(on__year=F("year"))),
            models.CheckConstraint(
                name="of_a_secret_paper_only_who_holds_it_is_told",
                condition=Q(marking="", holder="")
                | Q(~Q(marking=""), ~Q(holder=""), kind="", notation="", other_agency=None, other_party="", about="",
                    scan=None, subject=""),
            ),
            models.CheckConstraint(
                name="a_line_is_cancelled_by_somebody_for_a_reason",
                condition=Q(cancelled_on=None, cancelled_by=None, cancelled_for="")
                | Q(~Q(cancelled_on=None), ~Q(cancelled_by=None), ~Q(cancelled_for="")),
            ),
            models.CheckConstraint(
                name="only_an_outgoing_paper_replaces_another", condition=Q(replaces=None) | Q(direction="out")
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.notation or f"{self.number:02d}"

    @property
    def trail_subject(self) -> str:
        """How the trail names this paper."""
        return f"paper:{self.pk}"
