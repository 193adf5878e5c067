"""What stands first on the desk of those who receive, shelter, support and watch over others."""

import datetime as dt

import pytest

from benan.agencies import queries as agencies
from benan.cases import receiving_desk
from benan.needs.actions import needs
from benan.needs.models import Need
from benan.shell import queries
from benan.support.actions import referrals
from tests.cast import ADULT, TODAY, agency_of, day, words


def panel(user, key):
    """A panel of a desk, or None."""
    return queries.desk(user)["panels"].get(key)


def test_a_reception_left_unfinished_is_gone_on_with_from_the_desk(received, lan, as_lan):
    case = received()
    shown = panel(lan, "unfinished")
    assert [(one["case"], one["label"]) for one in shown["listed"]] == [(case, "An toàn và nhu cầu ngay")]
    assert "Tiếp nhận chưa xong 1" in words(as_lan.open("shell:home"))
    assert as_lan.get(shown["listed"][0]["url"]).status_code == 200


def test_a_reception_told_to_the_district_is_unfinished_no_more(notified, lan):
    notified()
    assert panel(lan, "unfinished") is None


def test_a_reception_of_another_commune_is_not_ones_own_to_finish(cast, lan):
    cast.received(by="quyen")
    assert panel(lan, "unfinished") is None


@pytest.mark.parametrize(
    ("on", "time", "closed"),
    [("09/11/2017", "10:00", False), ("09/11/2017", "17:00", True), ("09/11/2017", "06:59", True), ("11/11/2017", "10:00", True)],
)  # fmt: skip
def test_offices_are_closed_at_night_and_at_week_ends(db, on, time, closed):
    assert receiving_desk.is_closed(day(on), dt.time.fromisoformat(time)) is closed


def test_when_offices_are_closed_who_receives_finds_the_numbers_of_the_own_district(lan, as_lan, monkeypatch):
    monkeypatch.setattr(receiving_desk, "OPENS", receiving_desk.CLOSES)
    numbers = agencies.contacts_near(agency_of("commune-26263"), TODAY, dt.datetime.now(dt.UTC).time())
    page = words(as_lan.open("shell:home"))
    assert "Ngoài giờ hành chính" in page and "gọi Công an trước" in page
    assert {number.phone for number in panel(lan, "night")["numbers"]} >= {n.phone for n in numbers if not n.area_code}


def test_a_shelter_sees_first_who_waits_for_its_answer_urgent_ones_before_others(cast, hoa, as_hoa):
    first = cast.referred(cast.assessed(**ADULT, sex="female")).case
    urgent = cast.assessed(sex="female")
    referrals.refer(
        by=cast.officer("hanh"), case=urgent, kind="shelter", receiver=agency_of("shelter_bien_hoa"), on=TODAY,
        consent="written", emergency=True,
    )  # fmt: skip
    assert [one["case"] for one in panel(hoa, "referrals")["listed"]] == [urgent, first]
    urgent_line, other = panel(hoa, "referrals")["listed"]
    assert (other["person"], other["needs"]) == ("Nữ, đủ 18 tuổi", "Ăn, uống; Chỗ nghỉ; Hỗ trợ tâm lý; Học nghề")
    assert "Khẩn cấp" in words(as_hoa.open("shell:home")) and urgent_line["row"].emergency


def test_a_shelter_sees_who_is_housed_and_until_when(in_shelter, hoa, as_hoa):
    case = in_shelter()
    housed = panel(hoa, "housed")["listed"]
    assert [one["case"] for one in housed] == [case]
    assert f"đến hết ngày {housed[0]['until']:%d/%m/%Y}" in words(as_hoa.open("shell:home"))


def test_whoever_left_the_shelter_is_housed_no_more(cast, in_shelter, hoa):
    cast.at_home(in_shelter())
    assert panel(hoa, "housed") is None


def test_what_was_offered_is_a_task_of_who_offered_it_until_its_result_is_known(cast, assessed, hanh):
    case = assessed()
    need = Need.objects.of(case).get(kind="vocational")
    needs.provide(by=hanh, need=need, outcome="offered", on=TODAY)
    what = "Thực hiện hỗ trợ đã đề nghị: Học nghề"
    assert what in [task.what for _name, tasks, _n in queries.desk(hanh)["groups"] for task in tasks]
    needs.provide(by=hanh, need=Need.objects.of(case).get(kind="vocational"), outcome="begun", on=TODAY)
    assert what not in [task.what for _name, tasks, _n in queries.desk(hanh)["groups"] for task in tasks]


def test_what_is_offered_after_another_began_it_is_a_task_too(cast, assessed, hanh):
    need = Need.objects.of(assessed()).get(kind="vocational")
    needs.provide(by=hanh, need=need, outcome="begun", on=TODAY, agency=agency_of("womens_union"))
    needs.provide(by=hanh, need=need, outcome="offered", on=TODAY)
    what = "Thực hiện hỗ trợ đã đề nghị: Học nghề"
    assert what in [task.what for _name, tasks, _n in queries.desk(hanh)["groups"] for task in tasks]


def test_the_department_sees_who_holds_what_is_overdue(notified, thu, as_thu, on_day):
    notified()
    on_day("13/11/2017")
    shown = panel(thu, "overdue")
    assert [(one["agency"], one["n"], one["days"]) for one in shown["listed"]] == [
        ("Phòng LĐ-TB&XH huyện Trảng Bom", 1, 4)
    ]
    assert as_thu.get(shown["listed"][0]["url"]).context["page"].paginator.count == 1


def test_what_is_overdue_at_a_district_that_is_no_more_is_listed_without_it(notified, thu, as_thu, on_day):
    on_day("30/06/2025")
    case = notified(came_on=day("30/06/2025"))
    on_day("15/07/2025")
    link = panel(thu, "overdue")["listed"][0]["url"]
    assert [line["case"] for line in as_thu.get(link).context["lines"]] == [case]


def test_a_district_sees_no_table_of_other_offices(notified, hanh, on_day):
    notified()
    on_day("13/11/2017")
    assert panel(hanh, "overdue") is None


def test_a_review_that_the_plan_asks_for_stands_once_on_the_desk_of_who_owes_it(thu, on_day):
    on_day("09/11/2017")
    told = [str(task.what) for _name, tasks, _count in queries.desk(thu)["groups"] for task in tasks]
    assert told.count("Sơ kết việc thực hiện kế hoạch trong năm") == 1 and "Báo cáo kết quả năm 2017" in told
