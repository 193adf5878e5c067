"""The people of the tests (dữ liệu giả lập), and files brought to a stage by those whose work it is.

Every person and every builder is a fixture: `lan` is the officer, `as_lan` her browser past the second factor,
`victim()` a file that has come that far. The legal day is Thursday 09/11/2017; `on_day` moves it.
"""

import contextlib
import datetime as dt
import html
import re
from secrets import token_hex

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse

from benan.accounts import factors
from benan.accounts.middleware import DESK
from benan.accounts.models import Agency, Installation, Membership, User
from benan.cases.actions import receptions, verification
from benan.cases.models import File
from benan.core import days, sealing
from benan.support.actions import homeward, needs
from benan.support.models import Referral


def day(text):
    """A day from 09/11/2017."""
    return dt.datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007


TODAY = day("09/11/2017")
CAME, NOTIFIED, REQUESTED, ARRIVED = (day(f"0{n}/11/2017") for n in (6, 6, 7, 8))
COMMUNE, OTHER_COMMUNE = "26263", "26230"  # xã Sông Trầu, huyện Trảng Bom (737); xã Gia Canh, huyện Định Quán (736)

ADULT, CHILD = ({"born_from": day(f"01/01/{year}"), "born_to": day(f"31/12/{year}")} for year in (1995, 2004))

PEOPLE = {
    "van": ("Đinh Thúy Vân", "administrator", "operator"),
    "vy": ("Võ Thanh Vy", "administrator", "operator"),
    "lan": ("Nguyễn Thị Lan", "receiver", f"commune-{COMMUNE}"),
    "hanh": ("Trần Minh Hạnh", "caseworker", "labour-737"),
    "truong_phong": ("Bùi Đức Trưởng", "head", "labour-737"),
    "dung": ("Phạm Văn Dũng", "investigator", "police-737"),
    "hung": ("Lê Quốc Hùng", "police_head", "police-737"),
    "minh": ("Hồ Nhật Minh", "investigator", "police_province"),
    "tuan": ("Ngô Anh Tuấn", "police_head", "police_province"),
    "hoa": ("Đỗ Thị Hoa", "carer", "shelter_bien_hoa"),
    "phuong": ("Lý Thu Phương", "supporter", "womens_union"),
    "thu": ("Lê Thanh Thu", "department", "labour_department"),
    "bao": ("Đặng Gia Bảo", "leader", "ppc"),
    "son": ("Mai Hồng Sơn", "member", "procuracy"),
    "quang": ("Vũ Quang", "caseworker", "labour-736"),
    "quyen": ("Tạ Lệ Quyên", "receiver", f"commune-{OTHER_COMMUNE}"),
}
WAY = ("received", "notified", "requested", "verifying")
GROUPS = ["counselling", "medical", "health_care", "education", "legal", "treatment", "vocational", "job"]
PASSWORD = "bốn từ dài dễ nhớ"
MOMENT = dt.datetime(2016, 1, 4, 8, tzinfo=dt.UTC)


class Officer(Client):
    """The browser of one officer, signed in past the second factor."""

    def __init__(self, user):
        super().__init__()
        self.user = user
        self.force_login(user)
        session, now = self.session, int(days.clock().timestamp())
        session[DESK] = [now, now]
        session.save()
        give_factor(user)

    def open(self, name, *args, **query):
        """Get a page by the name of its address."""
        return self.get(reverse(name, args=args), query)

    def send(self, name, *args, **data):
        """Send a page's form; what the officer saw of the file is its latest step, unless `seen` says otherwise."""
        if args and "seen" not in data:
            data["seen"] = seen(args[0])
        return self.post(reverse(name, args=args), {key: _typed(value) for key, value in data.items()})

    def post(self, path, data=None, **more):
        """Send a form as from a page opened for it: with a token of its own, unless `data` carries one."""
        return super().post(path, {"once": token_hex(16), **(data or {})}, **more)


def give_factor(user):
    """A second factor of their own, of which nobody knows the secret."""
    secret = factors.seal(user.pk, "unknown") if sealing.has_key() else ""
    Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": secret}})


class Cast:
    """Officers, made when first named, and files they brought to a stage."""

    def __init__(self):
        self._users, self._browsers = {}, {}

    def officer(self, name):
        """The account of a person of the cast, in the role that the table gives them, confirmed."""
        if name not in self._users:
            full_name, role, agency = PEOPLE[name]
            confirmed = {} if name == "van" else {"confirmed_by": self.officer("van"), "confirmed_at": MOMENT}
            user = User(username=name, full_name=full_name)
            user.set_password(PASSWORD)
            user.save()
            give_factor(user)
            Membership.objects.create(user=user, agency=agency_of(agency), role=role, since=MOMENT.date(), **confirmed)
            self._users[name] = user
        return self._users[name]

    def browser(self, name):
        """The browser of a person of the cast."""
        if name not in self._browsers:
            self._browsers[name] = Officer(self.officer(name))
        return self._browsers[name]

    def received(self, by="lan", **more):
        """Somebody came to Lan's commune on 06/11 and has a file."""
        area = OTHER_COMMUNE if by == "quyen" else COMMUNE
        return receptions.receive(by=self.officer(by), **{"door": "self", "came_on": CAME, "area_code": area, **more})

    def notified(self, file=None, by="lan", **more):
        """Lan told the district's labour office the same day."""
        file = file or self.received(by, **more)
        receptions.notify_labour(by=self.officer(by), file=file, on=file.reception.came_on)
        return again(file)

    def requested(self, file=None, to_unit="737", **more):
        """Hạnh asked the district police, in writing, on 07/11."""
        file = self._from("notified", file, **more)
        verification.request_verification(by=self.officer("hanh"), file=file, on=REQUESTED, to_unit=to_unit,
                                          paper_no="214/LĐTBXH", paper_on=REQUESTED)  # fmt: skip
        return again(file)

    def verifying(self, file=None, **more):
        """Dũng noted the request's arrival on 08/11."""
        file = self._from("requested", file, **more)
        verification.receive_request(by=self.officer("dung"), file=file, on=ARRIVED, arrival_no="77")
        return again(file)

    def victim(self, file=None, **more):
        """Dũng drafted and Hùng signed, on 09/11, that the person is a victim."""
        file = self._from("verifying", file, **more)
        verification.draft_finding(by=self.officer("dung"), file=file, outcome="victim", grounds=["forced_labour"])
        verification.sign_finding(by=self.officer("hung"), file=file, on=TODAY, answer_no="90/CAH",
                                  certificate_no="12/GXN", certificate_on=TODAY)  # fmt: skip
        return again(file)

    def not_victim(self, file=None, **more):
        """Dũng drafted and Hùng signed, on 09/11, that the person is none."""
        file = self._from("verifying", file, **more)
        verification.draft_finding(by=self.officer("dung"), file=file, outcome="not_victim")
        verification.sign_finding(by=self.officer("hung"), file=file, on=TODAY, answer_no="91/CAH")
        return again(file)

    def screened(self, file=None, danger="no", wanted=("food", "lodging"), **more):
        """Lan asked what they need now, the day they came."""
        file = file or self.received(**more)
        needs.screen(by=self.officer("lan"), file=file, on=file.reception.came_on, danger=danger, needs=list(wanted))
        return again(file)

    def _from(self, stage, file=None, **more):
        """The file, brought at least to a stage of verification."""
        here = file and file.tracks.get(kind="verification").stage
        return file if here in WAY[WAY.index(stage) :] else getattr(self, stage)(file, **more)

    def assessed(self, file=None, wanted=("psychological", "vocational"), **more):
        """Hạnh went through every group of needs with somebody whose needs were asked before."""
        file = file or self.notified(self.screened(**more))
        needs.assess(by=self.officer("hanh"), file=file, on=TODAY, needs=list(wanted), groups=GROUPS,
                     safety_asked=True, advice_asked=True, danger="no")  # fmt: skip
        return again(file)

    def referred(self, file, kind="shelter", to="shelter_bien_hoa", by="hanh", on=TODAY):
        """Hạnh referred them to an agency; gives the referral."""
        return homeward.refer(
            by=self.officer(by), file=file, kind=kind, receiver=agency_of(to), on=on, consent="written"
        )

    def in_shelter(self, file=None, **more):
        """Hoa took them in at the shelter."""
        file = file or self.assessed(**more)
        referral = homeward.accept(by=self.officer("hoa"), referral=self.referred(file), on=TODAY)
        homeward.arrive(by=self.officer("hoa"), referral=again(referral), on=TODAY, grounds="care")
        return again(file)

    def at_home(self, file=None, **more):
        """Hạnh recorded that they are back home, in Lan's commune."""
        file = file or self.assessed(**more)
        homeward.return_home(by=self.officer("hanh"), file=file, on=TODAY, residence_code=COMMUNE,
                             safety_assessed=True)  # fmt: skip
        return again(file)


STAGES = (
    "received", "screened", "notified", "requested", "verifying", "victim", "not_victim", "assessed", "in_shelter", "at_home",
)  # fmt: skip


@contextlib.contextmanager
def demo_installation(folder, today=TODAY):
    """A demo on a legal day, with key, data folder and heads of the trail below a folder."""
    own = {"KEY_FILE": str(folder / "vault.key"), "DATA_DIR": folder / "data", "HEADS_FILE": folder / "heads.log"}
    with override_settings(BENAN_TODAY=today.isoformat(), **own):
        sealing.create_key(folder / "vault.key")
        Installation.objects.get_or_create(pk=1, defaults={"demo": True})
        yield


@pytest.fixture
def demo(db, tmp_path):
    """A demo installation of the test's own."""
    with demo_installation(tmp_path):
        yield


@pytest.fixture
def cast(demo):
    """The people, for tests that take whom they need."""
    return Cast()


@pytest.fixture
def town(committed_database, tmp_path):
    """The people in a database of the test's own where commits are real; `town.copy` opens other connections."""
    with demo_installation(tmp_path):
        people = Cast()
        people.copy = committed_database
        yield people


@pytest.fixture
def on_day(demo, monkeypatch):
    """Call with 01/07/2025 to move the legal day."""
    return lambda text: monkeypatch.setattr(settings, "BENAN_TODAY", day(text).isoformat())


def agency_of(key):
    """An agency by its key."""
    return Agency.objects.get(key=key)


def again(row):
    """The row as the database has it now."""
    rows = type(row).objects
    rows = (
        rows.of(row.file)
        if isinstance(row, Referral)
        else rows.unscoped(reason="tests")
        if isinstance(row, File)
        else rows
    )
    return rows.get(pk=row.pk)


def seen(code):
    """What a form on a file has seen when it was just opened."""
    return (
        File.objects.unscoped(reason="tests").get(code=code).steps.order_by("-pk").values_list("pk", flat=True).first()
    )


def words(page):
    """What a page says, without its marks."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", page.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text))).replace("\u00a0", " ")


def _typed(value):
    return value.strftime("%d/%m/%Y") if isinstance(value, dt.date) else value


def _person(name):
    return pytest.fixture(name=name)(lambda cast: cast.officer(name))


def _browser(name):
    return pytest.fixture(name=f"as_{name}")(lambda cast: cast.browser(name))


def _stage(name):
    return pytest.fixture(name=name)(lambda cast: getattr(cast, name))


globals().update({f"person_{name}": _person(name) for name in PEOPLE})
globals().update({f"browser_{name}": _browser(name) for name in PEOPLE})
globals().update({f"stage_{name}": _stage(name) for name in STAGES})
