"""Lists go on until their end, or say how many rows they leave out; days are days of Việt Nam."""

import datetime as dt
import re

import pytest
from django.core.management import CommandError, call_command

from benan.accounts.models import User
from benan.audit.models import Event
from benan.cases.actions import receptions
from benan.cases.events import CaseEvent
from benan.core import desk as contributed
from benan.core.days import VIETNAM
from benan.shell import queries
from benan.support.models import Referral
from tests.cast import TODAY, agency_of, words
from tests.house import PROGRAM, found


def to_the_end(browser, address):
    """What a list says on all its pages, going on as long as it leads to older rows."""
    said, page = [], browser.get(address)
    for _page in range(20):
        said.append(words(page))
        older = re.search(r'href="(\?[^"]*)">Cũ hơn', page.content.decode())
        if older is None:
            return " ".join(said)
        page = browser.get(address.split("?")[0] + older[1].replace("&amp;", "&"))
    raise AssertionError("the list has no end")


def look(case, by, at, seq=0):
    """A row of the trail: somebody looked at a case at a moment."""
    first = Event.objects.order_by("-seq").first().seq + 1
    return Event(
        seq=first + seq, at=at, by=by, event=CaseEvent.VIEWED, subject=case.trail_subject, hash="-", previous="-"
    )


def moment(text):
    """A moment on the clock of Việt Nam."""
    return dt.datetime.strptime(text, "%H:%M %d/%m/%Y").replace(tzinfo=VIETNAM)


def test_everybody_who_looked_is_named_however_long_ago(notified, hanh, as_lan):
    case = notified()
    Event.objects.bulk_create(
        look(case, "hanh" if n == 0 else "lan", moment("08:00 09/11/2017") + dt.timedelta(days=n), n) for n in range(600)
    )  # fmt: skip
    said = to_the_end(as_lan, f"/ho-so/{case.code}/ai-da-xem/")
    assert "08:00 09/11/2017 Trần Minh Hạnh" in said
    assert len(set(re.findall(r"08:00 \d\d/\d\d/\d{4} Nguyễn Thị Lan", said))) == 599


def test_looks_of_one_day_in_viet_nam_are_told_once(notified, as_lan):
    case = notified()
    Event.objects.bulk_create([
        look(case, "lan", moment("05:30 08/11/2017")), look(case, "lan", moment("08:00 08/11/2017"), 1),
        look(case, "lan", moment("05:00 09/11/2017"), 2),
    ])  # fmt: skip
    said = to_the_end(as_lan, f"/ho-so/{case.code}/ai-da-xem/")
    assert "08:00 08/11/2017 Nguyễn Thị Lan đã xem hồ sơ (2 lần)" in said
    assert "05:00 09/11/2017 Nguyễn Thị Lan đã xem hồ sơ" in said and "05:30" not in said


def test_every_case_of_an_alias_is_found(cast, as_lan, monkeypatch):
    monkeypatch.setattr(receptions, "PLANTS", ("Bằng Lăng",))
    codes = [cast.received().shown_code for _case in range(32)]
    said = to_the_end(as_lan, "/ho-so/tim/?q=bang+lang+99")
    assert [code for code in codes if code not in said] == []


def test_every_referral_that_was_sent_is_listed(notified, hanh, as_hanh):
    case = notified()
    office, shelter = agency_of("labour-737"), agency_of("shelter_bien_hoa")
    Referral.objects.bulk_create(
        Referral(case=case, kind="shelter", sender=office, receiver=shelter, consent="written", sent_by=hanh, accepted=False,
                 sent_on=TODAY - dt.timedelta(days=n), answered_on=TODAY, reason=b"-")
        for n in range(60)
    )  # fmt: skip
    said = to_the_end(as_hanh, "/chuyen-tuyen/")
    assert len(set(re.findall(r"chuyển (\d\d/\d\d/2017)", said))) == 60


@pytest.mark.parametrize(("today", "place"), [("07/11/2017", 2), ("09/11/2017", 0)])
def test_the_strip_of_days_counts_what_the_desk_does_not_list(notified, hanh, on_day, monkeypatch, today, place):
    monkeypatch.setattr(contributed, "MOST", 2)
    for _case in range(3):
        notified()
    on_day(today)
    assert queries.desk(hanh)["days"][place]["count"] == 3


def test_a_heading_of_the_desk_counts_what_comes_but_is_not_listed(notified, as_hanh, on_day, monkeypatch):
    monkeypatch.setattr(contributed, "MOST", 2)
    for _case in range(3):
        notified()
    on_day("07/11/2017")
    assert "Sắp tới 3" in words(as_hanh.open("shell:home"))


def test_a_name_asked_for_is_not_shortened(cast, van, as_van):
    User.objects.create(username="dai", full_name="Nguyễn " * 9)
    page = as_van.open("accounts:people", q="Nguyễn " * 8 + "Nguyễn Thị Khác")
    assert "dai" not in words(page).split("Xóa điều kiện tìm")[0].split("Đến nội dung chính")[
        1
    ] and "Xóa điều kiện tìm" in words(page)


def test_every_account_is_named_where_a_link_is_asked_for_nobodys(demo):
    User.objects.bulk_create(User(username=f"can_bo_{n:02}") for n in range(23))
    with pytest.raises(CommandError, match="can_bo_00, .*, can_bo_22"):
        call_command("sign_in_link", "lân")


def test_a_day_is_never_taken_from_a_moment_but_on_the_clock_of_viet_nam():
    # The second home counts hours from moments that it has put on that clock.
    others = [path for path in PROGRAM if not str(path).endswith(("core/days.py", "rules/counting.py"))]
    assert found(re.compile(r".*(?<!%Y\"\))\.date\(\)"), others) == []
