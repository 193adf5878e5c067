"""What happened is told in the names of its day, and what happened somewhere is recorded where it then was."""

import datetime as dt

import pytest

from benan.agencies import queries as agencies
from benan.cases.models import Case
from benan.core.refusals import Refused
from benan.needs.actions import needs
from benan.needs.models import Need
from benan.places import choices
from benan.protection.actions import measures
from benan.support.actions import reintegration, visits
from tests.cast import COMMUNE, TODAY, again, agency_of, day, words

DISSOLVED = "26407"  # xã Suối Trầu, huyện Long Thành, until 31/05/2019
RENAMED = "26119"  # xã Dak Lua until 30/06/2025, xã Đak Lua since


def filed():
    """The case that was just made."""
    return Case.objects.unscoped(reason="tests").select_related("reception").get()


def send_arrival(browser, area, on):
    return browser.post("/tiep-nhan/moi/", {"channel": "self", "came_on": on, "area_code": area})


@pytest.fixture
def in_long_khanh(cast):
    """A case of 2017 with the police of Long Khánh, which was a town until 31/05/2019."""
    return cast.requested(to_unit="732")


def test_a_step_of_2017_says_thi_xa_long_khanh_in_2020(cast, in_long_khanh, on_day):
    on_day("15/06/2020")
    said = words(cast.browser("hanh").open("cases:case", in_long_khanh.code))
    assert "Công an thị xã Long Khánh" in said


def test_what_is_still_to_be_done_is_the_task_of_the_office_as_it_is_called_now(cast, in_long_khanh, on_day):
    on_day("15/06/2020")
    said = words(cast.browser("hanh").open("cases:case", in_long_khanh.code))
    assert "Xác minh Công an thành phố Long Khánh" in said


@pytest.mark.parametrize(
    "address", ["/ho-so/{code}/nhu-cau/", "/ho-so/{code}/bao-ve/", "/ho-so/{code}/ve-nha/", "/chuyen-tuyen/"]
)
def test_support_is_told_in_the_names_of_its_day(cast, on_day, address):
    case = cast.notified(cast.screened(danger="yes"))
    hanh = cast.officer("hanh")
    need = Need.objects.of(case).select_related("case").first()
    needs.provide(by=hanh, need=need, outcome="offered", on=TODAY, agency=agency_of("labour-732"))
    measures.start(by=hanh, case=case, on=TODAY, kind="refuge", consented=True)
    measures.say_danger(by=hanh, case=again(case), on=TODAY, stands=False)  # nobody is to be called any more
    visit = visits.plan_visit(by=hanh, case=case, planned_on=TODAY)
    visits.make_visit(by=hanh, visit=visit, on=TODAY, safe=True)
    cast.referred(again(case), kind="residence", to="labour-732")
    rename(agency_of("labour-737"), "Phòng cũ", "Phòng mới")
    on_day("15/06/2020")
    said = words(cast.browser("hanh").get(address.format(code=case.code)))
    assert "Phòng LĐ-TB&XH thành phố Long Khánh" not in said and "Phòng mới" not in body(said)


def rename(agency, before, after):
    """An office that is called otherwise since 01/01/2019."""
    name = agency.names.get()
    name.in_force = (name.in_force.lower, dt.date(2019, 1, 1))
    name.name = before
    name.save()
    agency.names.create(name=after, sort_key=after, in_force=(dt.date(2019, 1, 1), None))


def body(said):
    """What a page says before the bar that names the officer and their office."""
    return said.replace("Trần Minh Hạnh , Phòng mới", "").replace("Trần Minh Hạnh Phòng mới", "")


def test_names_of_many_days_are_asked_once_by_a_process(db, django_assert_num_queries):
    police = agency_of("police-732")
    agencies.names([], TODAY)
    with django_assert_num_queries(1):  # that nothing was changed
        called = agencies.names_by_day([(police.pk, day("31/05/2019")), (police.pk, day("01/06/2019")), (None, TODAY)])
    assert called == {
        (police.pk, day("31/05/2019")): "Công an thị xã Long Khánh",
        (police.pk, day("01/06/2019")): "Công an thành phố Long Khánh",
    }


def test_who_came_to_a_commune_that_has_ended_since_is_entered_there(cast, on_day):
    on_day("15/06/2020")
    as_lan = cast.browser("lan")
    asked = as_lan.post("/tiep-nhan/", {"full_name": "Trịnh Thị Nụ"})
    assert "xã Suối Trầu (đến 31/05/2019)" in words(asked)
    send_arrival(as_lan, DISSOLVED, "06/11/2017")
    assert (filed().area_code, "xã Suối Trầu" in words(as_lan.open("cases:case", filed().code))) == (DISSOLVED, True)


def test_nobody_is_entered_in_a_commune_after_its_end(cast, on_day):
    on_day("15/06/2020")
    answer = send_arrival(cast.browser("lan"), DISSOLVED, "01/06/2019")
    assert answer.status_code == 422
    assert "Ngày 01/06/2019 không có xã Suối Trầu (từ 01/01/2016 đến 31/05/2019)" in words(answer)


def test_a_unit_is_not_taken_for_an_earlier_one_of_the_same_code(cast, on_day):
    on_day("15/06/2025")
    as_lan = cast.browser("lan")
    assert {"26041", "26041.2016-01-01"} <= {
        value for _name, rows in choices.communes(day("15/06/2025")) for value, _label in rows
    }
    answer = send_arrival(as_lan, "26041", "06/11/2017")
    assert answer.status_code == 422 and "không có phường Trung Dũng (từ 01/11/2024" in words(answer)
    send_arrival(as_lan, "26041.2016-01-01", "06/11/2017")
    assert "phường Quyết Thắng" in words(as_lan.open("cases:case", filed().code))


def test_a_commune_that_only_changed_its_type_is_one_choice(cast, on_day):
    on_day("15/06/2020")
    send_arrival(cast.browser("lan"), "26068", "06/11/2017")
    assert "xã Hóa An" in words(cast.browser("lan").open("cases:case", filed().code))


def test_choices_stand_under_their_districts_those_that_ended_after_the_others(db):
    groups = dict(choices.communes(day("15/06/2020")))
    assert "xã Suối Trầu (đến 31/05/2019)" in dict(groups["huyện Long Thành"]).values()
    assert [name for name in groups if "đến" in name] == [] and "thành phố Long Khánh" in groups
    later = dict(choices.communes(day("27/11/2026")))
    assert next(iter(later)) == "thành phố Đồng Nai" and "huyện Trảng Bom (đến 30/06/2025)" in later


def test_the_police_of_a_district_that_has_ended_are_asked_for_its_day(cast, on_day):
    case = cast.notified()
    on_day("15/06/2021")
    answer = cast.browser("hanh").send(
        "verification:act", case.code, "request_verification", to_unit="763", paper_no="1", paper_on=TODAY, on=TODAY
    )
    assert answer.status_code == 302


def test_a_district_is_not_asked_before_it_was(cast, on_day):
    case = cast.notified()
    on_day("15/06/2021")
    answer = cast.browser("hanh").send(
        "verification:act", case.code, "request_verification", to_unit="769", paper_no="1", paper_on=TODAY, on=TODAY
    )
    assert answer.status_code == 422 and "không có thành phố Thủ Đức (từ 01/01/2021" in words(answer)


def test_somebody_went_home_to_a_commune_that_has_ended_since(cast, on_day):
    case = cast.assessed()
    on_day("15/06/2020")
    sent = {"residence_code": DISSOLVED, "on": TODAY, "safety_assessed": "on"}
    assert cast.browser("hanh").send("support:act", case.code, "ve-noi-cu-tru", **sent).status_code == 302
    assert again(case).residence_code == DISSOLVED


def test_nobody_goes_home_to_a_place_that_is_not(cast):
    case = cast.assessed()
    with pytest.raises(Refused, match="Ngày 09/11/2017 không có phường Trung Dũng"):
        reintegration.return_home(
            by=cast.officer("hanh"), case=case, on=TODAY, residence_code="26041.2024-11-01", safety_assessed=True
        )
    assert again(case).residence_code == "" and COMMUNE
