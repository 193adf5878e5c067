"""Our answers to allauth: no sign-up, our own limits on guessing, a trail of entries, verbs for what it changes."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from benan.accounts import devices, factors, sessions, throttle
from benan.accounts.actions import passwords
from benan.accounts.actions.links import NO_PASSWORD
from benan.accounts.events import AccountEvent
from benan.accounts.models import EntryLink, User
from benan.audit import trail
from benan.core.addresses import client_address
from benan.core.days import VIETNAM


class OfficerAccounts(DefaultAccountAdapter):
    """Officers are invited, never sign themselves up; what they type wrongly is counted by `throttle`.

    At sign-in each answer says the same whatever the reason: a wrong name, a wrong password, or a delay that is not
    over. How long a delay lasts is told only to who is known already: by their password, their session or their link.
    """

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _(
            "Tên đăng nhập hoặc mật khẩu không đúng. Nhập sai nhiều lần liên tiếp thì phải chờ, từ vài giây đến "
            "15 phút; trong thời gian chờ, nhập đúng cũng chưa đăng nhập được."
        ),
        "incorrect_password": NO_PASSWORD,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Where the request came from, as everywhere."""
        return client_address(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The account of a name and its password, if this attempt may be looked at."""
        password = credentials["password"]
        attempt = throttle.password_at_sign_in(request, credentials["username"])
        look = super().authenticate
        try:
            return throttle.tried(attempt, lambda: look(request, **credentials), password)
        except throttle.MustWait:
            return None

    def reauthenticate(self, user: User, password: str) -> bool:
        """Whether somebody signed in typed their password; the session then goes on under another key."""
        attempt = throttle.of_signed_in(self.request, "password")
        try:
            is_right = bool(throttle.tried(attempt, lambda: user.check_password(password), password))
        except throttle.MustWait as refused:
            raise ValidationError(refused.message) from refused
        if is_right:
            self.request.session.cycle_key()
        return is_right

    def set_password(self, user: User, password: str) -> None:
        """Change a password: the officer typed the old one, too."""
        passwords.change_password(by=user, password=password)

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Remember for the second step which password was right at the first."""
        request.session[sessions.PROVED] = user.get_session_auth_hash()
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Write the entry on the trail; know this browser again once a second factor was used in it.

        Who has none goes on to set one up, and need not type the password for that once more.
        """
        failed, last, link = throttle.since_entry(user)
        if last and failed > throttle.OWN_MISTAKES:
            words = _(
                "Từ lần đăng nhập trước, mật khẩu hoặc mã của tài khoản này bị nhập sai ít nhất %(n)s lần, gần đây "
                "nhất lúc %(at)s. Nếu không phải chị/anh nhập thì báo người quản trị."
            )
            messages.warning(request, words % {"n": failed, "at": f"{last.astimezone(VIETNAM):%H:%M %d/%m/%Y}"})
        if link:
            words = _(
                "Đường dẫn “%(kind)s” do %(by)s tạo cho tài khoản này đã được dùng lúc %(at)s từ địa chỉ %(from)s. "
                "Nếu không phải chị/anh dùng thì đổi mật khẩu ngay và báo một người quản trị khác."
            )
            kind, by = EntryLink.Kind(link.data["kind"]).label, link.data["made_by"] or _("máy chủ")
            at = f"{link.at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
            messages.info(request, words % {"kind": kind, "by": by, "at": at, "from": link.data["address"]})
        trail.record(by=user, event=AccountEvent.SIGNED_IN, on=user, data={"from": client_address(request)})
        throttle.delete_old()
        sessions.delete_expired()
        answer = super().post_login(request, user, **kwargs)
        if any(each["method"] == "mfa" for each in get_authentication_records(request, user)):
            devices.remember(request, answer, user)
        else:
            record_authentication(request, user, "password", reauthenticated=True)
        return answer


class SecondFactors(DefaultMFAAdapter):
    """Second factors as allauth keeps them, their secrets sealed outside the database (`factors`)."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "Mã không đúng hoặc đã dùng rồi. Chờ ứng dụng hiện mã mới (30 giây một mã) rồi nhập mã ấy; "
            "giờ trên điện thoại phải để tự động."
        )
    }

    def encrypt(self, text: str) -> str:
        """As stored for whoever is signed in; outside a request for nobody, so that no account opens it."""
        user = getattr(self.request, "user", None)
        return factors.seal((user and user.pk) or 0, text)

    def decrypt(self, encrypted_text: str) -> str:
        """As used. Whether it is the account's own is asked where codes are checked (`actions.factors`)."""
        return factors.unseal(encrypted_text)
