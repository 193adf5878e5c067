"""The people of the tests (dữ liệu giả lập), and cases brought to a stage by those whose work it is.

Every person and every builder is a fixture: `lan` is the officer, `as_lan` her browser past the second factor,
`victim()` a case that has come that far. The legal day is Thursday 09/11/2017; `on_day` moves it.
"""

import contextlib
import datetime as dt
import html
import re
from secrets import token_hex

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from benan.accounts import factors
from benan.accounts.middleware import DESK
from benan.accounts.models import Installation, Membership, User
from benan.agencies.models import Agency
from benan.cases import clocks, steps
from benan.cases.actions import receptions
from benan.cases.models import Case, Step
from benan.core import days, sealing
from benan.needs.actions import needs
from benan.needs.kinds import ASSESSED, SAFETY
from benan.support.actions import referrals, reintegration, screening, stays
from benan.support.models import Enrolment, Referral
from benan.verification import actions as verification


def day(text):
    """A day from 09/11/2017."""
    return dt.datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007


TODAY = day("09/11/2017")
CAME, NOTIFIED, REQUESTED, ARRIVED = (day(f"0{n}/11/2017") for n in (6, 6, 7, 8))
PLAN = "12089-KH-UBND-2016"  # how addresses name the plan that the program ships
COMMUNE, OTHER_COMMUNE = "26263", "26230"  # xã Sông Trầu, huyện Trảng Bom (737); xã Gia Canh, huyện Định Quán (736)

ADULT, CHILD = ({"born_from": day(f"01/01/{year}"), "born_to": day(f"31/12/{year}")} for year in (1995, 2004))


def answers_sent(*needs):
    """The table of an assessment, as a browser sends it, in which everything was asked about and these needs are there."""
    return {f"answers-{kind}": "yes" if kind in needs else "no" for kind in ASSESSED if kind != SAFETY}


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
        """Send a page's form, as `post`."""
        return self.post(reverse(name, args=args), {key: _typed(value) for key, value in data.items()})

    def post(self, path, data=None, **more):
        """Send a form as from a page opened for it: with a token of its own, and having seen the latest step of the case,
        unless `data` says otherwise."""
        of_case = re.match(r"/ho-so/(\d\d-\d{5})/", path)
        latest = {"seen": seen(of_case[1])} if of_case else {}
        return super().post(path, {"once": token_hex(16), **latest, **(data or {})}, **more)


def give_factor(user):
    """A second factor of their own, of which nobody knows the secret."""
    secret = factors.seal(user.pk, "unknown") if sealing.has_key() else ""
    Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": secret}})


class Cast:
    """Officers, made when first named, and cases they brought to a stage."""

    def __init__(self):
        self._users, self._browsers = {}, {}

    def officer(self, name):
        """The account of a person of the cast, in the role that the table gives them, confirmed."""
        if name not in self._users:
            self._users[name] = self.appoint(name, *PEOPLE[name])
        return self._users[name]

    def appoint(self, username, full_name, role, agency):
        """A new account in a role at an agency (key), confirmed; not remembered."""
        confirmed = {} if username == "van" else {"confirmed_by": self.officer("van"), "confirmed_at": MOMENT}
        user = User(username=username, full_name=full_name)
        user.set_password(PASSWORD)
        user.save()
        give_factor(user)
        Membership.objects.create(user=user, agency=agency_of(agency), role=role, since=MOMENT.date(), **confirmed)
        return user

    def browser(self, name):
        """The browser of a person of the cast."""
        if name not in self._browsers:
            self._browsers[name] = Officer(self.officer(name))
        return self._browsers[name]

    def received(self, by="lan", **more):
        """Somebody came to Lan's commune on 06/11 and has a case."""
        area = OTHER_COMMUNE if by == "quyen" else COMMUNE
        return receptions.receive(
            by=self.officer(by), **{"channel": "self", "came_on": CAME, "area_code": area, **more}
        )

    def notified(self, case=None, by="lan", **more):
        """Lan told the district's labour office the same day."""
        case = case or self.received(by, **more)
        receptions.notify_labour(by=self.officer(by), case=case, on=case.reception.came_on)
        return again(case)

    def requested(self, case=None, to_unit="737", **more):
        """Hạnh asked the district police, in writing, on 07/11."""
        case = self._from("notified", case, **more)
        verification.request_verification(by=self.officer("hanh"), case=case, on=REQUESTED, to_unit=to_unit,
                                          paper_no="214/LĐTBXH", paper_on=REQUESTED)  # fmt: skip
        return again(case)

    def verifying(self, case=None, **more):
        """Dũng noted the request's arrival on 08/11."""
        case = self._from("requested", case, **more)
        verification.receive_request(by=self.officer("dung"), case=case, on=ARRIVED, arrival_no="77")
        return again(case)

    def victim(self, case=None, **more):
        """Dũng drafted and Hùng signed, on 09/11, that the person is a victim."""
        case = self._from("verifying", case, **more)
        verification.draft_finding(
            by=self.officer("dung"), case=case, outcome="victim", grounds=["forced_labour"], sources=["own_statement"]
        )
        verification.sign_finding(by=self.officer("hung"), case=case, on=TODAY, answer_no="90/CAH",
                                  certificate_no="12/GXN", certificate_on=TODAY)  # fmt: skip
        return again(case)

    def not_victim(self, case=None, **more):
        """Dũng drafted and Hùng signed, on 09/11, that the person is none."""
        case = self._from("verifying", case, **more)
        verification.draft_finding(by=self.officer("dung"), case=case, outcome="not_victim")
        verification.sign_finding(by=self.officer("hung"), case=case, on=TODAY, answer_no="91/CAH")
        return again(case)

    def screened(self, case=None, danger="no", wanted=("food", "lodging"), **more):
        """Lan asked what they need now, the day they came."""
        case = case or self.received(**more)
        screening.screen(
            by=self.officer("lan"), case=case, on=case.reception.came_on, danger=danger, needs=list(wanted)
        )
        return again(case)

    def _from(self, stage, case=None, **more):
        """The case, brought at least to a stage of verification."""
        here = case and case.tracks.get(kind="verification").stage
        return case if here in WAY[WAY.index(stage) :] else getattr(self, stage)(case, **more)

    def assessed(self, case=None, wanted=("psychological", "vocational"), **more):
        """Hạnh went through every group of needs with somebody whose needs were asked before."""
        case = case or self.notified(self.screened(**more))
        screening.assess(by=self.officer("hanh"), case=case, on=TODAY, needs=list(wanted), groups=GROUPS,
                     safety_asked=True, advice_asked=True, danger="no")  # fmt: skip
        return again(case)

    def referred(self, case, kind="shelter", to="shelter_bien_hoa", by="hanh", on=TODAY):
        """Hạnh referred them to an agency; gives the referral."""
        return referrals.refer(
            by=self.officer(by), case=case, kind=kind, receiver=agency_of(to), on=on, consent="written"
        )

    def in_shelter(self, case=None, **more):
        """Hoa took them in at the shelter."""
        case = case or self.assessed(**more)
        referral = referrals.accept(by=self.officer("hoa"), referral=self.referred(case), on=TODAY)
        stays.arrive(by=self.officer("hoa"), referral=again(referral), on=TODAY, grounds="care")
        return again(case)

    def at_home(self, case=None, **more):
        """Hạnh recorded that they are back home, in Lan's commune."""
        case = case or self.assessed(**more)
        reintegration.return_home(by=self.officer("hanh"), case=case, on=TODAY, residence_code=COMMUNE,
                             safety_assessed=True)  # fmt: skip
        return again(case)


STAGES = (
    "received", "screened", "notified", "requested", "verifying", "victim", "not_victim", "assessed", "in_shelter", "at_home",
)  # fmt: skip


@contextlib.contextmanager
def demo_installation(folder, today=TODAY):
    """A demo on a legal day, with key, data folder and heads of the trail below a folder."""
    own = {"KEY_FILE": str(folder / "vault.key"), "DATA_DIR": folder / "data", "HEADS_FILE": folder / "heads.log"}
    with override_settings(BENAN_TODAY=today.isoformat(), **own):
        if not (folder / "vault.key").exists():
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


@pytest.fixture
def at_hour(monkeypatch):
    """Call with an hour of the legal day, and minutes."""

    def at(hour, minute=0):
        moment = dt.datetime.combine(TODAY, dt.time(hour, minute), days.VIETNAM)
        monkeypatch.setattr(clocks, "present", lambda: moment)

    return at


def agency_of(key):
    """An agency by its key."""
    return Agency.objects.get(key=key)


def again(row):
    """The row as the database has it now."""
    rows = type(row).objects
    rows = (
        rows.of(row.case)
        if isinstance(row, Referral | Enrolment)
        else rows.unscoped(reason="tests")
        if isinstance(row, Case)
        else rows
    )
    return rows.get(pk=row.pk)


def seen(code):
    """What a form on a case has seen when it was just opened; 0 where there is no such case."""
    steps_of_it = Step.objects.filter(case__code=code).order_by("-pk")
    return steps_of_it.values_list("pk", flat=True).first() or 0


def words(page):
    """What a page says, without its marks."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", page.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text))).replace("\u00a0", " ")


def _typed(value):
    return value.strftime("%d/%m/%Y") if isinstance(value, dt.date) else value


def _officer(name):
    """Fixtures of a person of the cast: the account, and their browser."""
    return (
        pytest.fixture(name=name)(lambda cast: cast.officer(name)),
        pytest.fixture(name=f"as_{name}")(lambda cast: cast.browser(name)),
    )


_van, _as_van = _officer("van")
_vy, _as_vy = _officer("vy")
_lan, _as_lan = _officer("lan")
_hanh, _as_hanh = _officer("hanh")
_head, _as_head = _officer("truong_phong")
_dung, _as_dung = _officer("dung")
_hung, _as_hung = _officer("hung")
_minh, _as_minh = _officer("minh")
_tuan, _as_tuan = _officer("tuan")
_hoa, _as_hoa = _officer("hoa")
_phuong, _as_phuong = _officer("phuong")
_thu, _as_thu = _officer("thu")
_bao, _as_bao = _officer("bao")
_son, _as_son = _officer("son")
_quang, _as_quang = _officer("quang")
_quyen, _as_quyen = _officer("quyen")


def _stage(name):
    """A fixture that brings a case to a stage: call it, with a case or facts of the person."""
    return pytest.fixture(name=name)(lambda cast: getattr(cast, name))


_received = _stage("received")
_screened = _stage("screened")
_notified = _stage("notified")
_requested = _stage("requested")
_verifying = _stage("verifying")
_victim = _stage("victim")
_not_victim = _stage("not_victim")
_assessed = _stage("assessed")
_in_shelter = _stage("in_shelter")
_at_home = _stage("at_home")


def record_needs(*, by, case, on, kinds):
    """Needs from a day on, as a verb that finds them records them."""
    with transaction.atomic(), steps.change(case, by=by) as change:
        return needs.add_needs(change, on=on, kinds=kinds)
