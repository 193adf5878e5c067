"""The desk: what an officer has to do, the most urgent first, and what is left out is counted."""

import uuid

import pytest

from benan.accounts.models import Membership
from benan.cases.actions import closing, identities
from benan.core import desk as contributed
from benan.core.models import ReferenceVersion
from benan.needs.actions import needs
from benan.needs.models import Need
from benan.rules.calendar import DayTable
from benan.shell import queries
from benan.support.actions import referrals, stays, visits
from tests.cast import ADULT, CAME, COMMUNE, MOMENT, TODAY, again, agency_of, day, words

WITHOUT_LIMIT = "Không có thời hạn luật định, hoặc chưa rõ thời hạn"
TAKE = "Gửi Công an cấp huyện văn bản đề nghị xác minh, nếu chưa có giấy tờ"
ANSWER = "Công an cấp huyện trả lời kết quả xác minh"


@pytest.fixture
def few(monkeypatch, cast):
    """A desk on which two rows of each list fit; its statements are put together anew."""
    monkeypatch.setattr(contributed, "MOST", 2)
    monkeypatch.setattr(contributed, "FEW", 2)
    ReferenceVersion.objects.update(value=uuid.uuid4())


def tasks(user):
    """What the desk lists, by group: what is to be done and how long is left."""
    groups = queries.desk(user)["groups"]
    return {str(name): [(task.what, task.clock) for task in found] for name, found, _count in groups}


def visits_listed(user):
    """How long is left to each visit that the desk lists, as listed."""
    return [left for group in tasks(user).values() for what, left in group if what == "Thăm lại"]


@pytest.mark.parametrize(
    ("today", "group", "left", "title"),
    [
        ("07/11/2017", "Sắp tới", "Còn 2 ngày", "Hôm nay không có việc nào đến hạn."),
        ("09/11/2017", "Đến hạn hôm nay", "Hôm nay", "Hôm nay 1 việc đến hạn."),
        ("13/11/2017", "Quá hạn", "Quá hạn 4 ngày", "Hôm nay 1 việc quá hạn."),
    ],
)
def test_a_task_stands_where_its_day_is(notified, hanh, on_day, today, group, left, title):
    notified()
    on_day(today)
    assert tasks(hanh) == {group: [(TAKE, left)]}
    assert queries.desk(hanh)["title"] == title


def test_what_is_done_is_gone_and_what_another_must_do_is_waited_for(verifying, hanh, dung):
    verifying()
    assert tasks(hanh) == {}
    assert (ANSWER, "Công an huyện Trảng Bom") in [
        (row["what"], row["agency"]) for row in queries.desk(hanh)["panels"]["waiting"]["listed"]
    ]
    assert queries.desk(dung)["panels"]["waiting"]["listed"] == []


def test_a_task_far_ahead_is_not_on_the_desk_until_two_weeks_before(verifying, dung, on_day):
    verifying()
    assert tasks(dung) == {}
    on_day("14/11/2017")
    assert tasks(dung) == {"Sắp tới": [(ANSWER, "Còn 14 ngày")]}


def test_a_stay_past_its_sixtieth_day_stays_on_the_desk_of_the_place_that_houses_the_person(in_shelter, hoa, on_day):
    # Thông tư 35/2013, Điều 14 khoản 1: entered on 09/11/2017, the sixtieth day is 07/01/2018.
    in_shelter()
    on_day("08/01/2018")
    stay = "Đưa người ấy về nơi cư trú hoặc chuyển nơi khác khi hết thời gian lưu trú"
    assert (stay, "Quá hạn 1 ngày") in tasks(hoa).get("Quá hạn", [])


def test_a_right_that_has_lapsed_is_nobodys_task(in_shelter, hoa, on_day):
    in_shelter()
    on_day("08/01/2018")
    listed = [what for found in tasks(hoa).values() for what, _clock in found]
    assert "Tiền ăn tại cơ sở do ngân sách bảo đảm" not in listed


def test_nobody_finds_the_tasks_of_another_district(notified, quang):
    notified()
    assert tasks(quang) == {}
    assert queries.desk(quang)["panels"]["new"]["listed"] == []


def test_a_case_is_new_until_somebody_took_it(notified, requested, hanh, dung):
    case = notified()
    assert [row["case"] for row in queries.desk(hanh)["panels"]["new"]["listed"]] == [case]
    requested(case)
    assert [row["case"] for row in queries.desk(dung)["panels"]["new"]["listed"]] == [case]
    assert queries.desk(hanh)["panels"]["new"]["listed"] == []


def test_a_case_closed_leaves_every_desk(notified, hanh):
    closing.close(by=hanh, case=notified(), on=TODAY, closing="error")
    shown = queries.desk(hanh)
    assert (shown["groups"], shown["panels"]["new"]["listed"], shown["panels"]["waiting"]["listed"]) == ([], [], [])


def test_a_case_joined_to_another_is_new_no_more(notified, hanh):
    case, other = notified(), notified()
    identities.join(by=hanh, case=case, other=other)
    assert [row["case"] for row in queries.desk(hanh)["panels"]["new"]["listed"]] == [case]


def test_what_is_ones_own_to_do_is_not_waited_for(notified, hanh):
    notified()
    assert TAKE not in [row["what"] for row in queries.desk(hanh)["panels"]["waiting"]["listed"]]


def test_a_visit_to_somebody_whose_case_ended_is_nobodys_task(at_home, hanh):
    case = at_home()
    visits.plan_visit(by=hanh, case=case, planned_on=TODAY)
    closing.close(by=hanh, case=again(case), on=TODAY, closing="died")
    assert visits_listed(hanh) == []


def test_a_visit_agreed_is_a_task_and_not_late_in_law(at_home, lan, on_day):
    visits.plan_visit(by=lan, case=at_home(), planned_on=TODAY)
    assert ("Thăm lại", "Hôm nay") in tasks(lan)["Đến hạn hôm nay"]
    assert queries.desk(lan)["title"] == "Hôm nay 1 việc đến hạn."
    on_day("13/11/2017")
    assert ("Thăm lại", "Quá ngày hẹn 4 ngày") in tasks(lan)[WITHOUT_LIMIT]
    assert queries.desk(lan)["title"] == "Hôm nay không có việc nào đến hạn."


FOOD_AND_BED = "Nhu cầu chưa có trả lời: Ăn, uống; Chỗ nghỉ"


def test_what_somebody_needs_is_a_task_without_a_limit_until_it_is_met(screened, lan, as_lan):
    case = screened()
    page = words(as_lan.open("shell:home"))
    assert f"{FOOD_AND_BED} {case.alias}" in page.split(WITHOUT_LIMIT)[-1]
    for need in Need.objects.of(case):
        need.case = case
        needs.provide(by=lan, need=need, outcome="given", on=CAME)
    assert "Nhu cầu chưa có trả lời" not in words(as_lan.open("shell:home"))


@pytest.mark.parametrize(
    ("outcomes", "waits"),
    [
        ([], True),
        (["offered"], False),
        (["begun"], True),
        (["offered", "begun"], True),
        (["offered", "refused"], False),
    ],
)
def test_what_is_only_begun_still_waits_and_what_was_offered_does_not(screened, lan, as_lan, outcomes, waits):
    case = screened(wanted=["first_aid"])
    need = Need.objects.of(case).get()
    for outcome in outcomes:
        need.case = case
        needs.provide(by=lan, need=need, outcome=outcome, on=CAME)
    assert ("Nhu cầu chưa có trả lời: Khám, sơ cứu" in words(as_lan.open("shell:home"))) == waits


def test_an_offer_taken_back_answers_nothing(screened, lan, hanh, notified, as_hanh):
    case = notified(screened(wanted=["first_aid"]))
    need = Need.objects.of(case).get()
    need.case = case
    offer = needs.provide(by=lan, need=need, outcome="offered", on=CAME)
    offer.case = case
    needs.correct_provision(by=hanh, provision=offer, words="ghi nhầm người")
    assert "Nhu cầu chưa có trả lời: Khám, sơ cứu" in words(as_hanh.open("shell:home"))


def test_needs_are_the_task_of_who_manages_and_those_of_the_first_hours_of_who_received(assessed, cast):
    assessed(wanted=["medical"])
    manages, received, beside = (words(cast.browser(name).open("shell:home")) for name in ("hanh", "lan", "quang"))
    assert f"{FOOD_AND_BED}; Khám, chữa bệnh" in manages
    assert FOOD_AND_BED in received and "Khám, chữa bệnh" not in received
    assert "Nhu cầu chưa có trả lời" not in beside


@pytest.fixture
def moved(cast, assessed, hanh, quang):
    """Somebody with a clock that runs out today and a visit agreed, whose district of residence took over."""
    case = assessed()
    visits.plan_visit(by=hanh, case=case, planned_on=TODAY)
    referral = referrals.accept(by=quang, on=TODAY, referral=cast.referred(again(case), "residence", "labour-736"))
    stays.arrive(by=quang, referral=again(referral), on=TODAY)
    return again(case)


def test_the_district_that_takes_over_takes_over_the_clocks_and_the_visits(moved, hanh, quang):
    needed = "Nhu cầu chưa có trả lời: Ăn, uống; Chỗ nghỉ; Hỗ trợ tâm lý; Học nghề"
    assert tasks(quang) == {
        "Đến hạn hôm nay": [(TAKE, "Hôm nay"), ("Thăm lại", "Hôm nay")], WITHOUT_LIMIT: [(needed, "từ 06/11")],
    }  # fmt: skip
    assert tasks(hanh) == {}


def test_a_visit_of_an_agency_on_the_team_is_its_own_and_of_no_other(at_home, lan, hanh):
    visits.plan_visit(by=lan, case=at_home(), planned_on=TODAY)
    assert visits_listed(lan) == ["Hôm nay"] and visits_listed(hanh) == []


def test_visits_and_limits_stand_in_the_order_of_their_days(at_home, hanh, on_day):
    case = at_home()
    on_day("07/11/2017")
    for planned in ("10/11/2017", "08/11/2017"):
        visits.plan_visit(by=hanh, case=case, planned_on=day(planned))
    ahead = [left for name, group in tasks(hanh).items() for _what, left in group if name != WITHOUT_LIMIT]
    assert ahead == ["Còn 1 ngày", "Còn 2 ngày", "Còn 3 ngày"]


def test_a_visit_missed_takes_no_place_from_a_limit(few, at_home, notified, hanh, on_day):
    visits.plan_visit(by=hanh, case=at_home(), planned_on=TODAY)
    for _case in range(2):
        notified(came_on=day("07/11/2017"))
    on_day("10/11/2017")
    assert [what for what, _left in sum(tasks(hanh).values(), [])] == [TAKE, TAKE]


def test_where_not_all_fit_what_comes_stands_before_what_was_missed(few, at_home, lan, as_lan, on_day):
    case = at_home()
    for planned in ("09/11/2017", "10/11/2017", "16/11/2017", "17/11/2017"):
        visits.plan_visit(by=lan, case=case, planned_on=day(planned))
    on_day("13/11/2017")
    assert visits_listed(lan) == ["Còn 3 ngày", "Còn 4 ngày"]
    assert (
        queries.desk(lan)["more"] == 4
    )  # two visits, the needs nobody answered, the call about somebody of unknown age
    assert "Còn 4 việc nữa trong hai tuần tới" in words(as_lan.open("shell:home"))


def test_lists_beside_the_tasks_say_how_many_they_leave_out(few, notified, hanh, as_hanh):
    for _case in range(3):
        notified(**ADULT)
    shown = queries.desk(hanh)
    assert (len(shown["panels"]["new"]["listed"]), shown["panels"]["new"]["more"]) == (2, 1)
    assert (len(shown["panels"]["waiting"]["listed"]), shown["panels"]["waiting"]["more"]) == (2, 1)
    page = words(as_hanh.open("shell:home"))
    assert "Mới đến 3" in page and "Chờ nơi khác 3" in page and "Còn 1 việc nữa: xem ở Hồ sơ" in page


@pytest.mark.parametrize(
    ("today", "title", "heading"),
    [("09/11/2017", "Hôm nay 3 việc đến hạn.", "Đến hạn hôm nay 3"), ("10/11/2017", "Hôm nay 3 việc quá hạn.", "Quá hạn 3")],
)  # fmt: skip
def test_title_and_heading_count_what_does_not_fit_too(few, notified, as_hanh, on_day, today, title, heading):
    for _case in range(3):
        notified()
    on_day(today)
    page = words(as_hanh.open("shell:home"))
    assert title in page and heading in page


def test_the_desk_opens_in_the_last_days_of_the_years_known(as_hanh, on_day):
    on_day(f"31/12/{DayTable.load().years[-1]}")
    page = as_hanh.open("shell:home")
    assert page.status_code == 200 and "ngày nghỉ" in words(page)


def test_what_others_of_the_office_do_is_no_task_of_its_head(received, cast, as_son):
    received()
    commune = {"agency": agency_of(f"commune-{COMMUNE}"), "role": "head"}
    Membership.objects.filter(user=cast.officer("son")).update(**commune)
    desk = as_son.open("shell:home").context
    assert desk["groups"] == []
    assert [str(row["what"]) for row in desk["panels"]["office"]["listed"]][0] == "Báo ngay Phòng LĐ-TB&XH"


def test_who_has_no_role_is_told_who_gives_one_and_not_that_nothing_is_due(cast):
    cast.officer("van")
    cast.officer("son").memberships.all().delete()
    said = words(cast.browser("son").get("/"))
    assert "Chưa có vai trò nào có hiệu lực. " in said
    assert "Đề nghị người quản trị chương trình giao vai trò: Đinh Thúy Vân." in said
    assert "không có việc nào" not in said and "Việc mới hiển thị" not in said


def test_whose_only_role_waits_is_told_for_whom(cast, lan):
    head = cast.officer("son")
    Membership.objects.create(user=head, agency=agency_of(f"commune-{COMMUNE}"), role="head", since=TODAY,
                              confirmed_by=cast.officer("van"), confirmed_at=MOMENT)  # fmt: skip
    Membership.objects.filter(user=lan).update(confirmed_by=None, confirmed_at=None, granted_by=cast.officer("van"))
    said = words(cast.browser("lan").get("/"))
    assert "Cán bộ tiếp nhận: chờ thủ trưởng Mai Hồng Sơn xác nhận." in said and "không có việc nào" not in said


@pytest.mark.parametrize(
    ("name", "told"), [("van", "giao vai trò ở trang Quản lý tài khoản"), ("son", "ở trang Kế hoạch")]
)
def test_who_sees_no_case_is_not_told_that_cases_bring_work(cast, name, told):
    said = words(cast.browser(name).get("/"))
    assert told in said and "khi có người được tiếp nhận" not in said
