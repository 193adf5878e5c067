"""An office with open cases and nobody who can work on them is not left so in silence."""

import datetime as dt

import pytest
from django.urls import reverse

from benan.accounts.actions import endings, numbers
from benan.accounts.models import Membership
from benan.agencies.models import Agency
from benan.core.refusals import Refused
from tests.cast import ADULT, MOMENT, TODAY, agency_of, day, words


def end(browser, user, **more):
    """Send the page on which a role is ended today."""
    seat = Membership.objects.get(user=user)
    return browser.post(
        reverse("accounts:end", args=[user.username, seat.pk]), {"until": "09/11/2017", "why": "moved", **more}
    )


def gone(user):
    """Their role passed by itself, yesterday."""
    Membership.objects.filter(user=user).update(until=day("08/11/2017"))


@pytest.fixture
def filed(cast):
    """A case that Hạnh's office manages; she is its only caseworker."""
    cast.officer("hanh")
    return cast.notified(**ADULT)


def test_the_last_role_of_an_office_with_cases_ends_only_knowingly(cast, filed):
    as_van, hanh = cast.browser("van"), cast.officer("hanh")
    answer = end(as_van, hanh)
    said = words(answer)
    assert answer.status_code == 422 and "không còn ai xử lý hồ sơ ở đơn vị này" in said
    assert "Phòng LĐ-TB&XH huyện Trảng Bom: 1 hồ sơ đang mở" in said and filed.shown_code not in said
    assert end(as_van, hanh, knowing="on").status_code == 302


def test_the_page_says_so_before_anything_is_sent(cast, filed):
    hanh = cast.officer("hanh")
    page = cast.browser("van").get(reverse("accounts:end", args=["hanh", Membership.objects.get(user=hanh).pk]))
    assert "còn 1 hồ sơ đang mở mà không còn ai xử lý" in words(page)


def test_a_wrong_day_does_not_bring_up_the_box_for_an_office_left_alone(cast):
    hanh = cast.officer("hanh")
    page = end(cast.browser("van"), hanh, until="31/02/2017")
    assert page.status_code == 422 and "đã biết" not in words(page)
    page = end(cast.browser("van"), hanh, until="01/01/2010")
    assert page.status_code == 422 and "đã biết" not in words(page)


def test_where_a_colleague_stays_a_role_ends_as_always(cast, filed):
    other = cast.officer("vy")
    Membership.objects.create(user=other, agency=agency_of("labour-737"), role="caseworker", since=TODAY,
                              confirmed_by=cast.officer("van"), confirmed_at=MOMENT)  # fmt: skip
    assert end(cast.browser("van"), cast.officer("hanh")).status_code == 302


def test_where_no_case_is_open_a_role_ends_as_always(cast):
    cast.officer("hanh")
    assert end(cast.browser("van"), cast.officer("hanh")).status_code == 302


def test_a_receiver_of_a_commune_that_has_done_its_part_ends_as_always(cast, filed):
    cast.screened(filed)
    assert end(cast.browser("van"), cast.officer("lan")).status_code == 302


def test_the_account_of_the_last_one_is_stopped_only_knowingly(cast, filed):
    as_van, address = cast.browser("van"), "/tai-khoan/hanh/ngung/"
    answer = as_van.post(address, {"why": "left"})
    assert answer.status_code == 422 and "1 hồ sơ đang mở" in words(answer)
    assert as_van.post(address, {"why": "left", "knowing": "on"}).status_code == 302
    assert "không có ai xử lý; 1 hồ sơ" in words(as_van.get("/"))


def test_the_last_administrator_stays(cast):
    van, vy = cast.officer("van"), cast.officer("vy")
    Membership.objects.filter(user=van).update(until=TODAY)
    with pytest.raises(Refused, match="người quản trị cuối cùng"):
        endings.ask_to_end_role(by=van, membership=vy.memberships.get(), until=TODAY, why="moved")


@pytest.mark.parametrize("name", ["van", "truong_phong", "thu"])
def test_those_who_can_mend_it_see_it_until_it_is_mended(cast, filed, name):
    told = "Đơn vị Phòng LĐ-TB&XH huyện Trảng Bom không có ai xử lý; 1 hồ sơ đang mở"
    assert told not in words(cast.browser(name).get("/"))
    gone(cast.officer("hanh"))
    assert told in words(cast.browser(name).get("/"))


@pytest.mark.parametrize("name", ["lan", "quang", "hung", "phuong"])
def test_others_do_not(cast, filed, name):
    gone(cast.officer("hanh"))
    assert "không có ai xử lý" not in words(cast.browser(name).get("/"))


def test_a_notice_reaches_an_empty_office_with_a_word_about_whom_to_ring(cast):
    cast.officer("hanh")
    numbers.add_number(by=cast.officer("van"), desk="labour_office", area_code="737", label="Trực ban Phòng", phone="0251 000 0737",
                       from_hour=dt.time(0), to_hour=dt.time(0), since=TODAY)  # fmt: skip
    case = cast.received()
    gone(cast.officer("hanh"))
    as_lan = cast.browser("lan")
    warning = "Ở Phòng LĐ-TB&XH huyện Trảng Bom hiện không có ai dùng chương trình"
    assert warning in words(as_lan.open("cases:review", case.code))
    assert as_lan.send("cases:review", case.code, how="call", on=TODAY).status_code == 302
    said = words(as_lan.open("cases:case", case.code))
    assert warning in said and "Gọi ngay Trực ban Phòng 0251 000 0737" in said


def test_an_office_that_never_used_the_program_is_rung_too(cast):
    assert "chưa ai ở đó biết việc này" in words(cast.browser("lan").open("cases:review", cast.received().code))


def test_police_who_answer_on_paper_are_no_empty_office(cast):
    case = cast.requested()
    cast.officer("hanh")
    assert "không có ai dùng chương trình" not in words(cast.browser("hanh").open("cases:case", case.code))
    assert "Công an" not in words(cast.browser("van").get("/"))


def test_police_who_have_gone_are(cast):
    case = cast.requested()
    gone(cast.officer("dung"))
    assert "Ở Công an huyện Trảng Bom hiện không có ai" in words(cast.browser("hanh").open("cases:case", case.code))
    assert "Đơn vị Công an huyện Trảng Bom không có ai xử lý" in words(cast.browser("hung").get("/"))


def test_a_shelter_where_nobody_answers_is_refused_where_another_does(cast):
    case = cast.assessed()
    gone(cast.officer("hoa"))
    own = agency_of("shelter_bien_hoa")
    other = Agency.objects.create(key="shelter_2", kind="shelter", unit_code="75", in_force=own.in_force)
    other.names.create(name="Cơ sở hai", sort_key="co so hai", in_force=own.in_force)
    Membership.objects.create(user=cast.officer("vy"), agency=other, role="carer", since=TODAY,
                              confirmed_by=cast.officer("van"), confirmed_at=MOMENT)  # fmt: skip
    with pytest.raises(Refused, match="Chọn nơi nhận khác, hoặc gọi"):
        cast.referred(case)
    assert cast.referred(case, to="shelter_2").receiver == other


def test_the_only_shelter_is_asked_with_a_word_about_whom_to_ring(cast):
    case = cast.assessed()
    gone(cast.officer("hoa"))
    sent = {"kind": "shelter", "receiver": agency_of("shelter_bien_hoa").pk, "consent": "spoken", "on": TODAY}
    answer = cast.browser("hanh").send("support:act", case.code, "chuyen-tuyen", **sent)
    assert answer.status_code == 302
    assert "Huấn nghệ cô nhi Biên Hòa hiện không có ai dùng chương trình" in words(
        cast.browser("hanh").get(answer["Location"])
    )
