"""What a new installation still lacks, on the desk of who manages its accounts; hints that work where they are copied."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.core.management import call_command

from benan.accounts.actions import numbers, officers
from benan.accounts.models import Membership
from benan.agencies.models import Agency
from benan.core import sealing
from tests.cast import MOMENT, TODAY, Cast, agency_of, give_factor, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db, settings, tmp_path):
    """The people of a real installation in a folder of its own, without key."""
    settings.BENAN_TODAY = TODAY.isoformat()
    settings.KEY_FILE, settings.DATA_DIR = str(tmp_path / "vault.key"), tmp_path / "data"
    return Cast()


@pytest.fixture
def run(capsys):
    """Run a command; gives what it printed."""

    def run(*command):
        call_command(*command)
        return capsys.readouterr().out

    return run


def seat(cast, role, agency):
    """Somebody in a role, by the book."""
    user = officers.make_account(by=None, username=f"{role}.{agency}".replace("_", "-"), full_name="Ai Đó")[0]
    give_factor(user)
    Membership.objects.create(user=user, agency=agency_of(agency), role=role, since=TODAY,
                              confirmed_by=cast.officer("vy"), confirmed_at=MOMENT)  # fmt: skip


def test_the_first_administrator_sees_what_is_still_to_be_set_up(cast):
    said = words(cast.browser("van").get("/"))
    assert "Còn phải chuẩn bị" in said
    assert all(
        each in said
        for each in ("init_key", "add_administrator", "Số điện thoại trực trong tỉnh", "Còn thiếu: Phòng LĐ-TB&XH")
    )


def test_what_is_done_disappears(cast, tmp_path):
    as_van = cast.browser("van")
    cast.officer("vy")
    sealing.create_key(tmp_path / "vault.key")
    numbers.add_number(by=cast.officer("van"), desk="police", area_code="75", label="Trực", phone="101", from_hour=dt.time(0),
                       to_hour=dt.time(0), since=TODAY)  # fmt: skip
    for office in Agency.objects.filter(kind="labour_office", in_force__contains=TODAY):
        seat(cast, "head", office.key)
        seat(cast, "caseworker", office.key)
        commune = Agency.objects.filter(kind="commune", superior__unit_code=office.unit_code).first()
        seat(cast, "receiver", commune.key)
    assert "Còn phải chuẩn bị" not in words(as_van.get("/"))


@pytest.mark.parametrize("name", ["lan", "thu", "truong_phong"])
def test_others_do_not_see_it(cast, name):
    assert "Còn phải chuẩn bị" not in words(cast.browser(name).get("/"))


def test_where_districts_have_ended_one_receiver_is_asked_for(cast, settings):
    settings.BENAN_TODAY = "2026-11-27"
    said = words(cast.browser("van").get("/"))
    assert "Cán bộ tiếp nhận ở xã, phường: chưa có ai." in said and "Còn thiếu: Phòng" not in said


def test_hints_name_the_folder_and_the_port_where_they_are_not_the_usual_ones(cast, run, settings, monkeypatch):
    settings.DATA_DIR = Path("/srv/ben an")
    monkeypatch.setenv("PORT", "8123")
    said = run("first_link")
    assert re.findall(r"^ +(.*)\./manage\.py (\w+)", said, flags=re.MULTILINE) == [
        ("DATA_DIR='/srv/ben an' PORT=8123 ", name) for name in ("init_key", "first_link", "add_administrator")
    ]
    said = run("add_administrator", "ba", "Người Thứ Hai")
    assert "DATA_DIR='/srv/ben an' PORT=8123 ./manage.py init_key" in said


def test_hints_of_the_usual_folder_and_port_are_short(cast, run, settings, monkeypatch):
    settings.DATA_DIR = settings.BASE_DIR / "data"
    monkeypatch.delenv("PORT", raising=False)
    assert re.findall(r"^ +(.*)\./manage\.py", run("first_link"), flags=re.MULTILINE) == [""] * 3
