"""Shapes of what is typed about accounts, ways in and duty numbers."""

import datetime as dt
import re
from typing import Any, cast

from allauth.account import forms as account
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from benan.accounts import queries, reasons, sessions, throttle
from benan.accounts.actions import factors
from benan.accounts.models import EntryLink, Membership, User
from benan.accounts.roles import ROLES
from benan.agencies.models import OnCallContact
from benan.core.days import legal_day
from benan.core.refusals import Refused
from benan.places import queries as places
from benan.ui.forms import DayField, Form, TextField, TimeField


class _Digits:
    """A box for a code, for which a telephone shows the keys of digits; blanks in it do not count."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    def typed(self, shape: str, refusal: str | Promise) -> str:
        """What was typed, where it has the shape. Raises ValidationError with the refusal."""
        code = re.sub(r"[\s.-]", "", self.cleaned_data["code"])
        if not re.fullmatch(shape, code, re.ASCII):
            raise ValidationError(str(refusal))
        return code


class _OneCode(_Digits):
    """A code is counted when it is wrong, works once, and counts only for whose second factor it is.

    What has the shape of none is no try.
    """

    user: User

    def attempt(self) -> throttle.Attempt:
        """Where the try is counted."""
        raise NotImplementedError

    def clean_code(self) -> str:
        """The code, if it is right."""
        refusal = _("Mã trên điện thoại có 6 chữ số, mã dự phòng có 8 chữ số. Kiểm tra rồi nhập lại.")
        code = self.typed(r"\d{6}|\d{8}", refusal)
        try:
            self.authenticator = throttle.tried(self.attempt(), lambda: factors.use_code(by=self.user, code=code))
        except Refused as refused:
            raise ValidationError(refused.message) from refused
        if self.authenticator is None:
            raise get_adapter().validation_error("incorrect_code")
        return code


class NewAppForm(_Digits, ActivateTOTPForm):
    """The first code of an app that is set up."""

    def clean_code(self) -> str:
        """The code, if it is right for the secret that the page shows."""
        refusal = _("Mã trên điện thoại có 6 chữ số. Kiểm tra rồi nhập lại.")
        self.cleaned_data["code"] = self.typed(r"\d{6}", refusal)
        return super().clean_code()


class CodeForm(_OneCode, AuthenticateForm):
    """The code after the password, as long as that still is the password of an account in use."""

    def clean_code(self) -> str:
        """The code, if it is right."""
        proved = context.request.session.get(sessions.PROVED) == self.user.get_session_auth_hash()
        if not proved or not self.user.is_active:
            raise ValidationError(
                _("Mật khẩu đã đổi hoặc tài khoản đã ngừng sau khi nhập. Trở lại trang đầu và đăng nhập lại.")
            )
        return super().clean_code()

    def attempt(self) -> throttle.Attempt:
        """Counted with the passwords of the account."""
        return throttle.code_at_sign_in(context.request, self.user)


class CodeAgainForm(_OneCode, ReauthenticateForm):
    """The code again, before something delicate."""

    def attempt(self) -> throttle.Attempt:
        """Counted for whoever is signed in."""
        return throttle.of_signed_in(context.request, "code")


class ChangePasswordForm(account.ChangePasswordForm):
    """The password one has, and another; a wrong one is counted like elsewhere."""

    def clean_oldpassword(self) -> str:
        """The password one has, if it is right."""
        password = self.cleaned_data["oldpassword"]
        if not get_account_adapter().reauthenticate(self.user, password):
            raise get_account_adapter().validation_error("incorrect_password")
        return password


class NewPasswordForm(Form):
    """A password of one's own, typed twice."""

    password1 = forms.CharField(
        label=_("Mật khẩu mới"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_(
            "Ít nhất 12 ký tự, chỉ một mình biết: vài từ không liên quan với nhau, không phải họ tên, "
            "tên cơ quan, địa danh."
        ),
    )  # fmt: skip
    password2 = forms.CharField(
        label=_("Nhập lại mật khẩu mới"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Both boxes say the same."""
        super().clean()
        typed = self.cleaned_data
        if {"password1", "password2"} <= typed.keys() and typed["password1"] != typed["password2"]:
            self.add_error("password2", _("Hai lần nhập mật khẩu mới không giống nhau."))
        return typed


class PasswordForm(Form):
    """The password one has."""

    password = forms.CharField(
        label=_("Mật khẩu đang dùng"), strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip


ENTRY: dict[str, type[Form]] = {
    EntryLink.Kind.INVITATION: NewPasswordForm,
    EntryLink.Kind.NEW_PASSWORD: NewPasswordForm,
    EntryLink.Kind.LOST_FACTOR: PasswordForm,
    EntryLink.Kind.DEMO: Form,
}


class AccountForm(Form):
    """A new officer."""

    full_name = TextField(label=_("Họ và tên"), max_length=120)
    username = TextField(label=_("Tên đăng nhập"), max_length=60,
                         help_text=_("Chữ cái không dấu, chữ số, dấu chấm, gạch ngang và gạch dưới, bắt đầu bằng chữ cái; "
                                     "ví dụ lan.nt. Tên đăng nhập không đổi được về sau."))  # fmt: skip


class NameForm(Form):
    """An officer's right name."""

    full_name = TextField(label=_("Họ và tên"), max_length=120)
    why = forms.ChoiceField(label=_("Lý do sửa"), choices=reasons.choices(reasons.RENAMING))


class ReopenForm(Form):
    """Why an account is reopened."""

    why = forms.ChoiceField(label=_("Lý do"), choices=reasons.choices(reasons.REOPENING))


class _Knowing(Form):
    """The box `knowing` stands on the page where nobody may be left at an office (`ask`), or once that was refused."""

    knowing = forms.BooleanField(
        label=_("Tôi đã biết đơn vị còn hồ sơ đang mở mà không còn ai xử lý, và vẫn thực hiện."), required=False
    )
    field_order = ["until", "why", "knowing"]

    def __init__(self, *args: Any, ask: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask = ask or "knowing" in self.data
        if not self.ask and not self.is_bound:
            self.fields.pop("knowing")

    def clean(self) -> dict[str, Any] | None:
        """Leave the box out where something else is wrong."""
        if self.errors and not self.ask:
            self.fields.pop("knowing")
        return super().clean()

    def refuse(self, refused: Refused) -> None:
        """Leave the box out where something else is refused."""
        if refused.field != "knowing" and not self.ask:
            self.fields.pop("knowing", None)
        super().refuse(refused)


class StopForm(_Knowing):
    """Why an account is stopped."""

    why = forms.ChoiceField(label=_("Lý do"), choices=reasons.choices(reasons.STOPPING))


class RoleForm(Form):
    """A role at an agency, from a day."""

    agency = forms.TypedChoiceField(label=_("Đơn vị"), coerce=int)
    since = DayField(label=_("Từ ngày"))
    until = DayField(label=_("Đến hết ngày"), required=False, help_text=_("Để trống khi chưa biết ngày kết thúc."))
    paper_no = TextField(label=_("Số văn bản giao nhiệm vụ"), max_length=60, required=False)
    paper_on = DayField(label=_("Ngày văn bản"), required=False)
    post = forms.ChoiceField(
        label=_("Ký văn bản với tư cách"), choices=[("", _("Chưa rõ")), *Membership.Post.choices], required=False,
        help_text=_("In trên báo cáo mà người này duyệt. Chưa rõ thì báo cáo chừa chỗ trống, không in họ tên."),
    )  # fmt: skip

    def __init__(self, *args: Any, role: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not ROLES[role].approves_papers:
            self.fields.pop("post")
        cast(forms.ChoiceField, self.fields["agency"]).choices = [
            ("", _("Chọn đơn vị")),
            *queries.agency_choices(role, legal_day()),
        ]


class LastDayForm(Form):
    """The last day on which something holds."""

    until = DayField(label=_("Ngày cuối"), help_text=_("Vai trò kết thúc khi hết ngày này."))


class EndRoleForm(_Knowing, LastDayForm):
    """The last day of a role, and why."""

    why = forms.ChoiceField(label=_("Lý do"), choices=reasons.choices(reasons.ENDING))


class AgreeForm(_Knowing):
    """Agreeing to an end."""


class ConfirmForm(Form):
    """The paper that gives the task."""

    paper_no = TextField(label=_("Số văn bản giao nhiệm vụ"), max_length=60, required=False)
    paper_on = DayField(label=_("Ngày văn bản"), required=False)


class NumberForm(Form):
    """A telephone that answers."""

    label = TextField(label=_("Người nghe máy"), max_length=120, help_text=_("Ví dụ Trực ban Phòng LĐ-TB&XH."))
    phone = TextField(label=_("Số điện thoại"), max_length=30, keys="tel")
    desk = forms.ChoiceField(label=_("Loại nơi trực"), choices=[("", _("Chọn loại")), *OnCallContact.Desk.choices])
    area_code = forms.ChoiceField(label=_("Trực cho địa bàn"), choices=lazy(lambda: _areas(legal_day()), list))
    from_hour = TimeField(label=_("Từ giờ"),
                                help_text=_("Ví dụ 07:30. Trực cả ngày đêm thì ghi hai ô giờ giống nhau."))  # fmt: skip
    to_hour = TimeField(label=_("Đến giờ"))
    since = DayField(label=_("Từ ngày"))
    until = DayField(label=_("Đến hết ngày"), required=False)


def _areas(day: dt.date) -> list[tuple[str, Any]]:
    districts, communes = places.district_choices(day), dict(places.commune_choices(day))
    choices: list[tuple[str, Any]] = [("", _now("Chọn địa bàn")), (places.HOME, _now("Toàn tỉnh"))]
    for code, name in districts:
        choices.append((name, [(code, _now("cả %(district)s") % {"district": name}), *communes.pop(name, [])]))
    return [*choices, *communes.items()]
