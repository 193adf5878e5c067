"""Those who come in, are given roles and confirm them. All fictional (dữ liệu giả lập); the day is 09/11/2017."""

import datetime as dt
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from benan.accounts import factors, throttle
from benan.accounts.models import Installation, Membership, User
from benan.core import sealing
from benan.core.days import clock
from tests.cast import TODAY, Cast, Officer, agency_of, give_factor

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "bến đỗ bình an 1968"
COMMUNE, OFFICE = "commune-26263", "labour-737"


@pytest.fixture(autouse=True)
def day(settings, tmp_path):
    """A real installation on the legal day of the cast, with its key; codes half a minute old still count."""
    settings.BENAN_TODAY = TODAY.isoformat()
    settings.MFA_TOTP_TOLERANCE = 1
    settings.KEY_FILE = str(tmp_path / "own.key")
    sealing.create_key(tmp_path / "own.key")


@pytest.fixture
def cast(db):
    return Cast()


@pytest.fixture
def van(cast):
    """An administrator."""
    return cast.officer("van")


@pytest.fixture
def vy(cast):
    """Another administrator."""
    return cast.officer("vy")


@pytest.fixture
def ngoc(db):
    """An officer without any role."""
    return account("ngoc", "Lê Thị Ngọc")


@pytest.fixture
def tam(db):
    """The head of Lan's commune."""
    return seated(account("tam", "Nguyễn Văn Tám"), "head", COMMUNE)


@pytest.fixture
def lan(cast):
    """A receiver at the commune, with a password and a second factor of her own."""
    user = cast.officer("lan")
    user.set_password(PASSWORD)
    user.save()
    own_app(user)
    return user


@pytest.fixture(autouse=True)
def later(monkeypatch):
    """Delays are measured from one moment, however slow the machine; call with seconds to go on from it."""
    now = [clock()]
    monkeypatch.setattr(throttle, "clock", lambda: now[0])

    def pass_by(seconds):
        now[0] += dt.timedelta(seconds=seconds)

    return pass_by


@pytest.fixture
def demo(db):
    Installation.objects.get_or_create(pk=1, defaults={"demo": True})


def account(username, full_name):
    """Somebody with an account and no password."""
    user = User(username=username, full_name=full_name)
    user.set_unusable_password()
    user.save()
    return user


def seated(user, role, agency, *, since=TODAY, until=None, confirmed=True):
    """The same person in a role, as if given and confirmed by the book: with a second factor of their own."""
    if confirmed:
        give_factor(user)
    how = {"confirmed_by": _somebody(), "confirmed_at": "2017-11-01T08:00+07:00"} if confirmed else {}
    Membership.objects.create(user=user, agency=agency_of(agency), role=role, since=since, until=until, **how)
    return again(user)


def again(user):
    """The account as the next request reads it."""
    return User.objects.get(pk=user.pk)


def own_app(user, secret=SECRET):
    """Give somebody an authenticator app, as if set up on the page."""
    data = {"secret": factors.seal(user.pk, secret)}
    user.authenticator_set.update_or_create(type="totp", defaults={"data": data})


def code(secret=SECRET, step=0):
    """What the telephone shows now, or so many half-minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def browser(user):
    """The browser of somebody signed in past the second factor."""
    return Officer(user)


def _somebody():
    return User.objects.get_or_create(username="ai_do", defaults={"full_name": "Ai Đó"})[0]
