"""Officers, what they may do where, and the teams that hold cases."""

import datetime as dt
from typing import Any, Self

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from benan.accounts import roles
from benan.accounts.end_requests import EndRequest as EndRequest
from benan.accounts.role_sets import RoleSet, Seated, stood_for
from benan.accounts.sent_forms import SentForm as SentForm
from benan.agencies.models import Agency
from benan.core import days
from benan.core.statements import SOMEBODY, statement

# The days of a role, both ends included.
_DAYS_OF_A_ROLE = Func(
    "since", "until", RangeBoundary(inclusive_upper=True), function="daterange", output_field=DateRangeField()
)


_USERNAME = RegexValidator(
    r"\A[a-z][a-z0-9._-]*\Z",
    _(
        "Tên đăng nhập chỉ gồm chữ cái không dấu, chữ số, dấu chấm, gạch ngang và gạch dưới, bắt đầu "
        "bằng chữ cái; ví dụ lan.nt."
    ),
)


class User(Seated, AbstractBaseUser):
    """An officer. What they may do stands on their memberships, never here."""

    username = models.CharField(
        _("tên đăng nhập"), max_length=60, unique=True, validators=[_USERNAME],
        error_messages={"unique": _("Tên đăng nhập này đã có người dùng.")},
    )  # fmt: skip
    full_name = models.CharField(_("họ và tên"), max_length=120)
    # Here and not on the trail, which takes no names: what was typed by mistake could never be taken out again.
    former_names = ArrayField(
        models.CharField(max_length=120), verbose_name=_("họ tên đã ghi trước"), default=list, blank=True
    )
    is_active = models.BooleanField(_("đang dùng"), default=True)
    made_at = models.DateTimeField(_("lập lúc"), auto_now_add=True)

    USERNAME_FIELD = "username"
    objects = BaseUserManager()
    authenticator_set: models.Manager[Any]  # of allauth, which has no types

    class Privacy:
        public = ("username", "full_name", "is_active", "made_at")
        restricted = ("password", "last_login", "former_names")
        identifying = ()

    class Meta:
        verbose_name = _("tài khoản")
        ordering = ["username"]

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def trail_subject(self) -> str:
        """How the trail names this account."""
        return f"user:{self.username}"

    @cached_property
    def seats(self) -> tuple["Membership", ...]:  # type: ignore[override]  # resolved when first asked
        """The memberships that hold on the legal day, resolved once per request."""
        return tuple(_seats(days.legal_day(), given={SOMEBODY: self.pk}))

    @property
    def role_set(self) -> RoleSet:
        """The seats without whose they are."""
        return RoleSet(self.seats)

    @property
    def given(self) -> dict[Any, Any]:
        """What the stand-ins of the role set stand for, as statements are given it."""
        return stood_for(self.role_set, self.seats)

    def has_second_factor(self) -> bool:
        """Whether an authenticator app is set up."""
        return self.authenticator_set.filter(type="totp").exists()

    def seat(self, permission: str) -> "Membership | None":
        """The first seat that carries the permission."""
        return next((seat for seat in self.seats if permission in seat.rights.permissions), None)


ADMINISTRATORS = [key for key, role in roles.ROLES.items() if roles.P.USER_MANAGE in role.permissions]
HEADS = [key for key, role in roles.ROLES.items() if roles.P.ROLE_CONFIRM in role.permissions]
CONFIRMED_ROLES = [key for key, role in roles.ROLES.items() if role.takes_a_second_person]
# The first two administrators are appointed at the installation's terminal, by nobody who is here yet.
_UNCONFIRMED = Q(role__in=CONFIRMED_ROLES, confirmed_at=None) & ~Q(role__in=ADMINISTRATORS, granted_by=None)


def second_factor_of(path: str) -> Exists:
    """The condition that the officer at `path` ("pk" of an account) has a second factor of their own."""
    factors = apps.get_model("mfa", "Authenticator").objects.filter(type="totp")
    return Exists(factors.filter(user=OuterRef(path)))


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by what holds."""

    def current(self, on: dt.date | None = None) -> Self:
        """Those given for a legal day (today by default), confirmed or not."""
        return self._lasting(on or days.legal_day()).filter(since__lte=on or days.legal_day())

    def standing(self, on: dt.date | None = None) -> Self:
        """Those given for a legal day (today by default) and, where the role needs it, confirmed."""
        return self.current(on).exclude(_UNCONFIRMED)

    def holding(self, on: dt.date | None = None) -> Self:
        """Those that count on a legal day: standing and, where the role is confirmed, the officer has a second factor."""
        return self.standing(on).filter(~Q(role__in=CONFIRMED_ROLES) | second_factor_of("user"))

    def lasting(self) -> Self:
        """Those that stand on the legal day or begin to later, of accounts in use or stopped."""
        return self.not_over().exclude(_UNCONFIRMED)

    def not_over(self) -> Self:
        """Those whose last day has not gone by, confirmed or not, of accounts in use or stopped."""
        return self.filter(Q(until=None) | Q(until__gte=days.legal_day()))

    def waiting(self) -> Self:
        """Those that somebody still has to confirm, begun or not."""
        return self._lasting(days.legal_day()).filter(_UNCONFIRMED)

    def _lasting(self, on: dt.date) -> Self:
        return self.filter(Q(until=None) | Q(until__gte=on), user__is_active=True)


class Membership(models.Model):
    """One person in one role at one agency, from a legal day until another (both included).

    A role of CONFIRMED_ROLES holds only once confirmed: by the agency's head; for a head, by the superior agency's
    head; for the very first, by two people with the number of a paper. It holds only while the officer has a second
    factor of their own.
    """

    class Post(models.TextChoices):
        """In which capacity somebody signs papers of the agency (NĐ 30/2020 art. 13(1), (2))."""

        HEAD = "head", _("người đứng đầu")
        DEPUTY = "deputy", _("cấp phó, ký thay người đứng đầu")

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name=_("cán bộ"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="memberships", verbose_name=_("đơn vị"))
    role = models.CharField(_("vai trò"), max_length=30, choices=[(key, one.name) for key, one in roles.ROLES.items()])
    since = models.DateField(_("từ ngày"))
    until = models.DateField(_("đến hết ngày"), null=True, blank=True)
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("người giao"))
    granted_at = models.DateTimeField(_("giao lúc"), auto_now_add=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("xác nhận bởi"))
    confirmed_at = models.DateTimeField(_("xác nhận lúc"), null=True)
    paper_no = models.CharField(_("số văn bản"), max_length=60, blank=True)
    paper_on = models.DateField(_("ngày văn bản"), null=True, blank=True)
    post = models.CharField(_("ký văn bản với tư cách"), max_length=10, choices=Post.choices, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Privacy:
        public = ("user", "agency", "role", "since", "until", "post")
        restricted = ("granted_by", "granted_at", "confirmed_by", "confirmed_at", "paper_no", "paper_on")
        identifying = ()

    class Meta:
        verbose_name = _("vai trò được giao")
        ordering = ["agency", "role", "since"]
        constraints = [
            models.CheckConstraint(
                name="a_role_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message=_("Ngày kết thúc vai trò không được trước ngày bắt đầu."),
            ),
            models.CheckConstraint(
                name="a_confirmation_names_who_and_when",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="nobody_confirms_their_own_role",
                condition=(Q(confirmed_by=None) | ~Q(confirmed_by=F("user")))
                & (Q(granted_by=None) | ~Q(granted_by=F("user"))),
                violation_error_message=_("Không được tự giao hoặc tự xác nhận vai trò cho mình."),
            ),
            ExclusionConstraint(
                name="one_role_of_a_person_at_an_agency_is_given_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("agency", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (_DAYS_OF_A_ROLE, RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Người này đã có vai trò ấy ở đơn vị ấy trong cùng thời gian."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.rights.name}"

    @property
    def rights(self) -> roles.Role:
        """What the role allows."""
        return roles.ROLES[self.role]

    @property
    def waits_for_confirmation(self) -> bool:
        """Whether the role needs a confirmation and nobody has given it yet."""
        appointed = self.role in ADMINISTRATORS and self.granted_by_id is None
        return self.role in CONFIRMED_ROLES and self.confirmed_at is None and not appointed

    @property
    def takes_two_to_end(self) -> bool:
        """Whether it is the role of a head or of an administrator, no longer waiting, which nobody ends alone."""
        return self.role in ADMINISTRATORS + HEADS and not self.waits_for_confirmation


@statement
def _seats(today: dt.date) -> MembershipQuerySet:
    """The seats of the account SOMEBODY stands for."""
    return Membership.objects.holding(today).filter(user=SOMEBODY).select_related("agency")


class Team(models.Model):
    """The agencies that hold one case; the case points here.

    `kept_from` are agencies where whoever is the danger works: they are never on the team again.
    """

    kept_from = models.ManyToManyField(Agency, related_name="+", blank=True, verbose_name=_("không được biết"))

    class Privacy:
        public = restricted = identifying = ()

    class Meta:
        verbose_name = _("tổ phụ trách")

    def __str__(self) -> str:
        return f"{self.pk}"


class TeamMember(models.Model):
    """An agency's part in a team, from a legal day until another.

    `seat` is that of the officer in charge at the agency: nobody is in charge once it no longer holds.
    """

    class Part(models.TextChoices):
        """What an agency does for the person."""

        RECEIVES = "receives", _("tiếp nhận")
        MANAGES = "manages", _("quản lý hồ sơ")
        VERIFIES = "verifies", _("xác minh")
        SHELTERS = "shelters", _("cho lưu trú")
        SUPPORTS = "supports", _("cùng hỗ trợ")

    team = models.ForeignKey(Team, models.CASCADE, related_name="members", verbose_name=_("tổ"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    part = models.CharField(_("việc"), max_length=12, choices=Part.choices)
    seat = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", verbose_name=_("phụ trách"))
    since = models.DateField(_("từ ngày"))
    until = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Privacy:
        public = ("team", "part", "since", "until")
        restricted = ("agency", "seat")
        identifying = ()

    class Meta:
        verbose_name = _("thành viên tổ")
        constraints = [
            models.UniqueConstraint(
                name="an_agency_has_one_open_part_of_a_kind_in_a_team",
                fields=["team", "agency", "part"],
                condition=Q(until=None),
            )
        ]
        indexes = [models.Index(fields=["agency", "team"], condition=Q(until=None), name="teams_of_an_agency")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.part}"


class FailedAttempts(models.Model):
    """How many passwords and codes failed in a row under one count, and how long nothing more is looked at.

    No name that somebody typed is kept, and of an address only a keyed hash. Written on a connection of its own
    (`throttle`), hence without a constraint to an account that another may be making.
    """

    counter = models.CharField(_("đếm ở đâu"), max_length=80, unique=True)
    user = models.ForeignKey(
        User, models.DO_NOTHING, null=True, db_constraint=False, related_name="+", verbose_name=_("tài khoản")
    )
    failures = models.PositiveIntegerField(_("số lần sai"), default=0)
    since = models.DateTimeField(_("đếm từ lúc"))
    last = models.DateTimeField(_("lần cuối lúc"), db_index=True)
    wait_until = models.DateTimeField(_("chờ đến lúc"))

    class Privacy:
        public = ()
        restricted = ("counter", "user", "failures", "since", "last", "wait_until")
        identifying = ()

    class Meta:
        verbose_name = _("số lần nhập sai")

    def __str__(self) -> str:
        return f"{self.counter} {self.failures}"


class Session(models.Model):
    """Somebody's time at a browser. Only the hash of its key is kept, and what it holds is sealed by that key.

    `user` is for ending the sessions of an account; who is signed in stands in the sealed part.
    """

    session_key = models.CharField(max_length=64, primary_key=True)
    session_data = models.BinaryField()
    expire_date = models.DateTimeField(_("hết hạn lúc"), db_index=True)
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions", verbose_name=_("tài khoản"))

    class Privacy:
        public = ()
        restricted = ("session_key", "session_data", "expire_date", "user")
        identifying = ()

    class Meta:
        verbose_name = _("phiên làm việc")

    def __str__(self) -> str:
        return f"{self.user_id} {self.expire_date}"


class EntryLinkQuerySet(models.QuerySet["EntryLink"]):
    """Links by whether they still let somebody in."""

    def usable(self) -> Self:
        """Those neither used nor void nor out of time."""
        return self.filter(used_at=None, void_at=None, expires_at__gt=days.clock())

    def make_void(self) -> int:
        """End those not used yet."""
        return self.filter(used_at=None, void_at=None).update(void_at=days.clock())


class EntryLink(models.Model):
    """A link that lets one account in once; only the hash of its secret is kept."""

    class Kind(models.TextChoices):
        """Why it was made."""

        INVITATION = "invitation", _("đăng nhập lần đầu")
        NEW_PASSWORD = "new_password", _("đặt lại mật khẩu")
        LOST_FACTOR = "lost_factor", _("mất bước xác thực thứ hai")
        DEMO = "demo", _("bản trình diễn")

    user = models.ForeignKey(User, models.CASCADE, related_name="entry_links", verbose_name=_("tài khoản"))
    kind = models.CharField(_("loại"), max_length=12, choices=Kind.choices)
    secret_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("người tạo"))
    made_at = models.DateTimeField(_("tạo lúc"), auto_now_add=True)
    expires_at = models.DateTimeField(_("hết hạn lúc"))
    used_at = models.DateTimeField(_("đã dùng lúc"), null=True)
    used_from = models.CharField(_("dùng từ địa chỉ"), max_length=45, blank=True)
    void_at = models.DateTimeField(_("hết hiệu lực lúc"), null=True)

    objects = EntryLinkQuerySet.as_manager()

    class Privacy:
        public = ()
        restricted = (
            "user", "kind", "secret_hash", "made_by", "made_at", "expires_at", "used_at", "used_from", "void_at",
        )  # fmt: skip
        identifying = ()

    class Meta:
        verbose_name = _("đường dẫn đăng nhập một lần")

    def __str__(self) -> str:
        return f"{self.kind} {self.user_id}"


class Installation(models.Model):
    """The one row that says whether this is a demo; written when the database is made, never changed."""

    demo = models.BooleanField(_("bản trình diễn"))
    made_at = models.DateTimeField(_("lập lúc"), auto_now_add=True)

    class Privacy:
        public = ("demo", "made_at")
        restricted = identifying = ()

    class Meta:
        verbose_name = _("bản cài đặt")
        constraints = [models.CheckConstraint(name="there_is_one_installation", condition=Q(pk=1))]

    def __str__(self) -> str:
        return "demo" if self.demo else "thật"
