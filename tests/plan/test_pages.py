"""The pages of the plan as different people see them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benan.audit.models import Event as Trail
from benan.cases.actions import receptions
from benan.cases.models import Case
from benan.plan import figure_lists, pages
from tests.cast import PLAN, day, words

YEAR = {"ky": "nam-2017"}


def codes(page):
    return set(re.findall(r"ĐN-(\d{2}-\d{5})", page.content.decode()))


def test_thu_hears_the_state_of_the_plan_first(town, as_thu):
    page = as_thu.open("plan:overview", PLAN, **YEAR)
    heading = re.search(r"<h1.*?</h1>", page.content.decode(), re.DOTALL)[0]
    assert "Chưa đạt chỉ tiêu nào trong <b>5</b> chỉ tiêu." in heading
    assert "<b>13 người</b> chưa được hỗ trợ đủ." in heading
    assert "Báo cáo năm 2017: chậm nhất <b>14/11/2017</b>, còn 5 ngày." in heading


def test_every_fraction_is_on_the_plans_page(town, as_thu):
    page = words(as_thu.open("plan:overview", PLAN, **YEAR))
    assert all(f" {fraction} " in page for fraction in town.expected.values())


def test_a_ring_stands_for_each_person_still_without(town, as_thu):
    page = as_thu.open("plan:overview", PLAN, **YEAR).content.decode()
    assert page.count('class="missing"') == 1 + 6 + 3 + 2 + 2 + 2


def test_hanhs_rings_lead_to_the_cases_she_may_open(town, as_hanh):
    page = as_hanh.open("plan:overview", PLAN, ky="nam-2017", dia_ban="737")
    reached = set(Case.objects.visible_to(as_hanh.user).values_list("code", flat=True))
    rings = set(re.findall(r'<a href="/ho-so/([\d-]+)/" aria-label="[^"]+"><circle', page.content.decode()))
    assert rings and rings | codes(page) <= reached


def test_the_plan_begins_with_what_hanh_answers_for(town, as_hanh):
    page = words(as_hanh.open("plan:overview", PLAN))
    assert "huyện Trảng Bom" in page and "Cả kế hoạch, đến 09/11/2017" in page


def test_son_sees_totals_and_nobodys_reasons(town, as_son):
    page = as_son.open("plan:overview", PLAN)
    assert "22/28" in words(page)
    assert codes(page) == set()
    assert "Trang này chỉ có số liệu chung toàn tỉnh." in words(page)
    assert "Theo địa bàn" not in words(page)


def test_the_leader_sees_reasons_and_whose_move_without_codes(town, as_bao):
    page = as_bao.open("plan:overview", PLAN, **YEAR)
    assert codes(page) == set()
    assert "Việc của Công an huyện Trảng Bom" in words(page)


def test_the_leader_sees_the_districts(town, as_bao):
    page = words(as_bao.open("plan:overview", PLAN, **YEAR))
    assert "Huyện Trảng Bom 22/28 , chưa đủ" in page
    assert "9 địa bàn còn lại không phát sinh" in page


def test_a_commune_that_outlived_its_district_is_counted_in_it(town, cast, as_bao):
    receptions.receive(by=cast.officer("lan"), channel="self", came_on=day("01/06/2017"), area_code="26017")
    page = words(as_bao.open("plan:overview", PLAN, **YEAR))
    assert "Thành phố Biên Hòa 0/1 , chưa đủ" in page and "Nơi khác" not in page


def test_hanh_is_refused_the_figures_of_another_district(town, as_hanh):
    page = words(as_hanh.open("plan:overview", PLAN, ky="nam-2017", dia_ban="736"))
    assert "Còn 1 ô cần sửa" in page


def test_hanh_is_refused_the_province_outside_the_periods_of_reports(town, as_hanh):
    page = words(as_hanh.open("plan:overview", PLAN, ky="ca-ke-hoach", dia_ban=""))
    assert "Số liệu toàn tỉnh chỉ xem được theo kỳ báo cáo." in page


def test_days_that_make_no_period_are_told_beside_the_figures_one_may_see(town, as_thu):
    page = as_thu.open("plan:overview", PLAN, tu="01/06/2017", den="01/01/2017")
    assert "Ngày cuối 01/01/2017 trước ngày đầu 01/06/2017." in words(page)
    assert "Năm chỉ tiêu" in words(page)


@pytest.mark.parametrize("day", ["31/02/2017", "mai", "10/11/2017"])
def test_a_day_of_looking_that_is_none_is_told(town, as_thu, day):
    assert "Còn 1 ô cần sửa" in words(as_thu.open("plan:overview", PLAN, ky="nam-2017", xet=day))


def test_showing_codes_is_on_the_trail_before_the_page_is_sent(town, as_thu):
    page = as_thu.open("plan:indicator", PLAN, "II.2.a", **YEAR)
    line = Trail.objects.filter(event="figures_listed", by="thu").latest("seq")
    assert set(line.data["short"]["II.2.a"]) == codes(page)


def test_who_is_on_the_page_only_as_a_part_of_a_number_is_not_on_the_trail(town, as_thu, monkeypatch):
    monkeypatch.setattr(figure_lists, "MOST_DOTS", 0)
    page = as_thu.open("plan:overview", PLAN, **YEAR)
    line = Trail.objects.filter(event="figures_listed", by="thu").latest("seq")
    on_the_trail = {code for shown in line.data["short"].values() for code in shown}
    assert on_the_trail == codes(page) and len(on_the_trail) == pages.FEW


def test_a_page_without_codes_leaves_no_line(town, as_bao):
    as_bao.open("plan:overview", PLAN, **YEAR)
    assert not Trail.objects.filter(event="figures_listed").exists()


def test_the_page_of_an_indicator_says_how_it_is_counted_and_who_is_counted_apart(town, as_thu):
    page = words(as_thu.open("plan:indicator", PLAN, "II.2.c", **YEAR))
    assert "Được bảo vệ an toàn: 2/4 (50,0%)." in page
    assert "Mẫu số: nạn nhân, thân nhân và người chưa thành niên đến cùng nạn nhân" in page
    assert "Người còn chờ xác minh (và người đi cùng) có nhu cầu an toàn 2" in page


def test_where_nothing_arose_there_is_no_percentage(town, as_thu):
    page = words(as_thu.open("plan:indicator", PLAN, "II.2.c", tu="01/01/2016", den="02/01/2016"))
    assert "Được bảo vệ an toàn: không phát sinh." in page
    assert "0%" not in re.sub("100%", "", page)


def test_the_plan_says_how_many_of_its_deadlines_are_not_listed(town, as_thu):
    said = words(as_thu.open("plan:overview", PLAN))
    assert re.search(r"Và \d+ thời hạn nữa về sau, ở từng mục của kế hoạch", said)


def test_an_indicator_that_the_plan_does_not_have_is_not_found(town, as_thu):
    assert as_thu.open("plan:indicator", PLAN, "II.2.e").status_code == 404


def test_the_questions_of_a_page_do_not_grow_with_the_people_on_it(town, as_thu):
    def questions(**query):
        with CaptureQueriesContext(connection) as captured:
            as_thu.open("plan:overview", PLAN, **query)
        return len(captured)

    # Somebody falls short of each indicator in both: where nobody does, their names are not asked for.
    few = questions(tu="01/06/2017", den="31/10/2017", xet="09/11/2017")
    assert questions(tu="01/11/2016", den="31/10/2017", xet="09/11/2017") == few


@pytest.mark.parametrize("name", ["plan:overview", "plan:clauses", "plan:agencies", "reports:report"])
def test_no_page_asks_for_script(town, as_thu, name):
    page = as_thu.get(reverse(name, args=[PLAN])).content.decode()
    assert re.findall(r"<script(?! src)|style=| on\w+=", page) == []


def test_more_than_forty_people_are_a_bar(town, as_thu, monkeypatch):
    monkeypatch.setattr("benan.plan.figure_lists.MOST_DOTS", 10)
    page = as_thu.open("plan:overview", PLAN, **YEAR).content.decode()
    assert page.count('<rect class="served"') == 1


def test_the_pages_say_whose_figures_they_show_where_not_the_province_s(town, as_thu, as_hanh):
    asked = {"ky": "nam-2017", "dia_ban": "737", "don_vi": "labour-737"}
    whose = "số liệu của Phòng LĐ-TB&XH huyện Trảng Bom, huyện Trảng Bom từ 01/11/2016"
    assert whose in words(as_thu.open("plan:overview", PLAN, **asked))
    assert whose in words(as_thu.open("plan:indicator", PLAN, "II.2.b", **asked))
    assert "số liệu từ 01/11/2016" in words(as_thu.open("plan:overview", PLAN, **YEAR))
    refused = words(as_hanh.open("plan:overview", PLAN, ky="ca-ke-hoach", dia_ban=""))
    assert "số liệu của huyện Trảng Bom từ 01/01/2016" in refused


def test_an_indicator_that_is_reached_is_said_with_its_comma(town, as_thu):
    reached = as_thu.open("plan:indicator", PLAN, "II.2.b", ky="nam-2017", dia_ban="736")
    assert re.search(r"Được hỗ trợ theo luật:\s*<b>\d+/\d+</b>,\s*đạt\.", reached.content.decode())


def test_years_are_written_as_years(town, as_son):
    page = words(as_son.open("plan:timeline", PLAN))
    assert " 2017 " in page and "2.017" not in page


def test_the_page_of_a_count_lists_the_cases_one_may_see_and_leaves_a_line_on_the_trail(town, as_thu, as_bao, as_son):
    page = as_thu.open("plan:count", PLAN, "persons_received", **YEAR)
    line = Trail.objects.filter(event="figures_counted", by="thu").latest("seq")
    assert line.data["cases"] == sorted(codes(page)) and line.data["count"] == "persons_received"
    leader = as_bao.open("plan:count", PLAN, "persons_received", **YEAR)
    assert not codes(leader) and f"{len(codes(page))} hồ sơ ngoài phạm vi được xem" in words(leader)
    assert "không có danh sách hồ sơ" in words(as_son.open("plan:count", PLAN, "persons_received", **YEAR))
    assert Trail.objects.filter(event="figures_counted").count() == 1


@pytest.mark.parametrize("part", ["sex:nobody", "colour:red", "sex"])
def test_a_part_that_a_count_does_not_have_is_not_found(town, as_thu, part):
    assert as_thu.open("plan:count", PLAN, "persons_received", phan=part).status_code == 404


def test_who_sees_only_totals_is_shown_no_part(town, as_son):
    assert as_son.open("plan:count", PLAN, "persons_received", phan="sex:female", **YEAR).status_code == 404
