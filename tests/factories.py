"""A life lived far enough that every page has something to show (dữ liệu giả lập)."""

import datetime as dt

import pytest
from django.db import transaction
from django.test import Client

from benan.accounts.actions import endings, numbers, officers
from benan.accounts.models import Membership
from benan.cases.actions import corrections, verification
from benan.support.actions import homeward, needs, safety
from benan.support.models import DangerNotice, Need
from tests.cast import PEOPLE, TODAY, Cast, agency_of, day, demo_installation


def rows_of(file, by):
    """A row of every sort of a file in the hands of its receiver, by the places of addresses."""
    (need,) = needs.record_needs(by=by, file=file, on=TODAY, kinds=["food"])
    return {
        "step": file.steps.get(event="received").pk, "need": need.pk,
        "provision": needs.provide(by=by, need=need, outcome="offered", on=TODAY).pk,
        "referral": homeward.refer(by=by, file=file, kind="service", receiver=agency_of("social_bank"), on=TODAY,
                                   consent="written").pk,
        "visit": homeward.plan_visit(by=by, file=file, planned_on=TODAY).pk,
    }  # fmt: skip


class World:
    """One file with a line of every sort, another out of its people's reach, and the people at their desks."""

    def __init__(self):
        self.cast = cast = Cast()
        for name in PEOPLE:
            cast.browser(name)
        lan, hanh, dung, hoa, vy = map(cast.officer, ("lan", "hanh", "dung", "hoa", "vy"))
        file, elsewhere = cast.verifying(cast.screened(danger="yes", nationality="citizen")), cast.received(by="quyen")
        safety.start(by=hanh, file=file, on=TODAY, kind="refuge", consented=True)
        corrections.assign(by=hanh, file=file, part="supports", agency=agency_of("womens_union"))
        corrections.remark(by=hanh, file=file, on=TODAY, words="ghi thêm")
        verification.draft_finding(by=dung, file=file, outcome="victim", grounds=["sold"])
        needs.assess(
            by=hanh, file=file, on=TODAY, needs=["legal_aid"], groups=["legal"], safety_asked=True, advice_asked=True
        )
        need = Need.objects.of(file).select_related("file").get(kind="legal_aid")
        provision = needs.provide(by=hanh, need=need, outcome="offered", on=TODAY)
        referral = homeward.accept(by=hoa, referral=cast.referred(file), on=TODAY)
        visit = homeward.plan_visit(by=lan, file=file, planned_on=day("16/11/2017"))
        number = numbers.add_number(by=vy, desk="labour_office", area_code="737", label="Trực", phone="0251 3000000",
                                     from_hour=dt.time(0), to_hour=dt.time(23, 59), since=TODAY)  # fmt: skip
        new, secret = officers.make_account(by=vy, username="moi", full_name="Trần Mới")
        seat = Membership.objects.get(user=hanh)
        waiting = Membership.objects.create(user=new, agency=seat.agency, role="caseworker", since=TODAY, granted_by=vy)
        headed = Membership.objects.get(user=cast.officer("truong_phong"))
        ending = endings.ask_to_end_role(by=vy, membership=headed, until=TODAY, why="moved")
        needs.screen(by=cast.officer("quyen"), file=elsewhere, on=TODAY, danger="yes", needs=[])
        notice = DangerNotice.objects.of(elsewhere).get(agency=agency_of("labour-736"))
        self.elsewhere, self.theirs = elsewhere.code, rows_of(elsewhere, cast.officer("quyen"))
        self.names = {
            "code": file.code, "step": file.steps.get(event="labour_notified").pk, "need": need.pk, "visit": visit.pk,
            "provision": provision.pk, "referral": referral.pk, "seat": seat.pk, "waiting": waiting.pk, "number": number.pk,
            "secret": secret, "notice": notice.pk, "ending": ending.pk,
        }  # fmt: skip

    def address(self, pattern, **instead):
        """An address with its places filled in, {code} by the file's code and so on."""
        return pattern.format(**{**self.names, **instead})

    def get(self, name, pattern, **instead):
        """What a person gets at an address; "anon" is nobody in particular."""
        return self._browser(name).get(self.address(pattern, **instead))

    def send(self, name, pattern, data, **instead):
        """What a person gets who sends a form to an address; whatever it did is undone, and they stay signed in."""
        browser = self._browser(name)
        cookies = browser.cookies.output()
        with transaction.atomic():
            answer = browser.post(self.address(pattern, **instead), data)
            transaction.set_rollback(True)
        if browser.cookies.output() != cookies:
            browser.cookies.clear()
            browser.cookies.load(cookies.replace("Set-Cookie: ", ""))
        return answer

    def _browser(self, name):
        return Client() if name == "anon" else self.cast.browser(name)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """One life for all tests of a file, which leave it as it was (`undone`)."""
    with django_db_blocker.unblock(), transaction.atomic(), demo_installation(tmp_path_factory.mktemp("world")):
        yield World()
        transaction.set_rollback(True)


@pytest.fixture
def undone(world):
    """What a test does to the life is undone after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
