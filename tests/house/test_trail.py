"""The trail is never erased, so it holds identifiers and codes: no name, no word that somebody typed."""

import re

import pytest

from benan.accounts.actions import endings, officers
from benan.audit.models import Event
from tests.cast import ADULT, TODAY, agency_of

pytestmark = pytest.mark.django_db
# One word without marks, or the number of a paper or of a clause; names of people have several words, or marks.
CODE = re.compile(r"[A-Za-zĐđƯ0-9_.:+@/-]{0,80}")


def told(value):
    """Every text within what a row of the trail holds, keys included."""
    if isinstance(value, dict):
        return [text for pair in value.items() for each in pair for text in told(each)]
    if isinstance(value, list | tuple):
        return [text for each in value for text in told(each)]
    return [value] if isinstance(value, str) else []


def words_of_the_trail():
    """What stands on the trail that is no code, with its event."""
    rows = Event.objects.values_list("event", "subject", "by", "data")
    found = [(event, text) for event, subject, by, data in rows for text in told([subject, by, data])]
    return [(event, text) for event, text in found if not CODE.fullmatch(text)]


def test_the_life_of_cases_leaves_codes_on_the_trail(cast, on_day):
    case = cast.victim(cast.screened(danger="yes", nationality="citizen", **ADULT))
    cast.at_home(cast.in_shelter(cast.assessed(case)))
    as_hanh = cast.browser("hanh")
    for page in ("cases:case", "cases:access_log", "needs:overview"):
        as_hanh.open(page, case.code)
    as_hanh.open("cases:list")
    assert Event.objects.count() > 15 and words_of_the_trail() == []


def test_the_life_of_accounts_leaves_codes_on_the_trail(cast):
    van, vy, as_van = cast.officer("van"), cast.officer("vy"), cast.browser("van")
    as_van.post("/tai-khoan/", {"full_name": "Lê Thị Ngọc", "username": "ngoc"})
    as_van.post("/tai-khoan/ngoc/ho-ten/", {"full_name": "Lê Thị Ngọc Hân", "why": "misspelt"})
    sent = {"since": "09/11/2017", "paper_no": "12/QĐ-UBND", "paper_on": "08/11/2017"}
    as_van.post("/tai-khoan/ngoc/giao/member/", {"agency": agency_of("procuracy").pk, **sent})
    role = cast.officer("hanh").memberships.get()
    as_van.post(f"/tai-khoan/hanh/thoi/{role.pk}/", {"until": "30/11/2017", "why": "moved"})
    as_van.post("/tai-khoan/hanh/ngung/", {"why": "left"})
    as_van.post("/tai-khoan/hanh/mo-lai/", {"why": "returned"})
    head = cast.officer("truong_phong").memberships.get()
    asked = endings.ask_to_end_role(by=van, membership=head, until=TODAY, why="reassigned")
    endings.decline_end(by=vy, request=asked)
    as_van.post("/so-truc/them/", {"label": "Trực ban bà Hoa", "phone": "0251 300", "desk": "police", "area_code": "75",
                                   "from_hour": "07:00", "to_hour": "17:00", "since": "09/11/2017"})  # fmt: skip
    happened = set(Event.objects.values_list("event", flat=True))
    assert happened >= {
        "account_made", "link_made", "name_corrected", "role_granted", "role_ended", "account_stopped", "account_reopened",
        "end_asked", "end_declined", "number_changed",
    }  # fmt: skip
    assert words_of_the_trail() == []


@pytest.mark.parametrize("page", ["ho-ten", "ngung", "mo-lai", "thoi"])
def test_no_page_about_accounts_takes_a_reason_in_typed_words(cast, page):
    lan = cast.officer("lan")
    if page == "mo-lai":
        officers.stop_account(by=cast.officer("van"), user=lan, why="left")
    address = f"/tai-khoan/lan/{page}/" + (f"{lan.memberships.get().pk}/" if page == "thoi" else "")
    before = Event.objects.count()
    sent = {"full_name": "Lê Lan", "until": "09/11/2017", "why": "nạn nhân Nguyễn Thị Hoa khiếu nại"}
    answer = cast.browser("van").post(address, sent)
    assert answer.status_code == 422 and Event.objects.count() == before
