"""The page of the next 30 days, the sheet of the weekly meeting, and what is due as tasks of the desk."""

import re

import pytest

from benan.notices import due, queries
from benan.notices.due import DUES
from tests.cast import TODAY, day, words

pytestmark = pytest.mark.django_db
CODE = re.compile(r"\b\d{2}-\d{5}\b")


def test_what_is_due_comes_by_day_and_only_from_ones_own_agencies(planned, hanh):
    later, sooner = planned("labour-737", "20/11/2017"), planned("labour-737", "14/11/2017")
    planned("labour-736", "14/11/2017")
    assert due.open_dues(due.agencies_of(hanh), TODAY) == [sooner, later]


def test_what_is_done_or_beyond_thirty_days_or_over_for_a_year_is_left_out(planned, hanh):
    planned("labour-737", "14/11/2017", done=True)
    planned("labour-737", "10/12/2017")
    planned("labour-737", "08/11/2016")
    edge, old = planned("labour-737", "09/12/2017"), planned("labour-737", "09/11/2016")
    assert due.open_dues(due.agencies_of(hanh), TODAY) == [old, edge]


def test_nothing_is_asked_for_who_has_no_agency(monkeypatch):
    monkeypatch.setattr(DUES, "_items", [lambda *asked: pytest.fail("asked")])
    assert due.open_dues([], TODAY) == []


def test_the_page_tells_plan_days_in_words_by_week(planned, as_hanh):
    planned("labour-737", "07/11/2017", "Nộp kế hoạch năm")
    planned("labour-737", "12/11/2017", "Nộp báo cáo năm")
    planned("labour-737", "13/11/2017", "Gửi số liệu")
    said = words(as_hanh.open("notices:calendar"))
    assert "Có 1 việc của kế hoạch quá hạn, 2 việc của kế hoạch đến hạn trong 30 ngày tới." in said
    order = ["Quá hạn Nộp kế hoạch năm", "Quá hạn 2 ngày", "Tuần này 09/11/2017 – 12/11/2017 Nộp báo cáo năm", "Còn 3 ngày",
             "Tuần sau 13/11/2017 – 19/11/2017 Gửi số liệu", "2 tuần nữa"]  # fmt: skip
    assert [said.find(each) for each in order] == sorted(said.find(each) for each in order)
    assert all(each in said for each in order)
    assert "chậm nhất Chủ nhật, 12/11/2017 · kế hoạch 12089/KH-UBND, mục VI.1" in said


def test_cases_are_numbers_of_a_day_that_lead_to_the_desk(planned, as_hanh, notified):
    case = notified()
    page = as_hanh.open("notices:calendar")
    said = words(page)
    assert re.search(r"Việc của hồ sơ đến hạn : (Thứ \w+|Chủ nhật), \d\d/11/2017: 1 ", said)
    assert not CODE.search(page.content.decode()) and case.alias not in said
    assert not CODE.search(as_hanh.open("notices:sheet").content.decode())


def test_a_task_of_no_case_is_not_counted_among_those_of_cases(planned, thu):
    planned("labour_department", "14/11/2017")
    assert queries.case_counts(thu, TODAY).counts.total() == 0


def test_the_sheet_tells_the_week_before_this_week_and_what_is_overdue(planned, as_hanh):
    planned("labour-737", "01/11/2017", "Nộp báo cáo tháng", done=True)
    planned("labour-737", "02/11/2017", "Gửi danh sách")
    planned("labour-737", "10/11/2017", "Họp ban chỉ đạo")
    planned("labour-737", "13/11/2017", "Gửi số liệu")
    said = words(as_hanh.open("notices:sheet"))
    before, now, late = (
        said.index(each) for each in ("1. Tuần trước (30/10/2017 – 05/11/2017)", "2. Tuần này", "3. Quá hạn")
    )
    assert "Đã xong 1/2 việc của kế hoạch." in said
    assert before < said.index("Nộp báo cáo tháng (01/11/2017, Đã xong)") < now
    assert now < said.index("Họp ban chỉ đạo") < late < said.rindex("Gửi danh sách (02/11/2017, Quá hạn 7 ngày)")
    assert "Gửi số liệu" not in said


def test_the_sheet_says_how_much_each_officer_has(planned, as_dung, as_hanh, notified):
    notified()
    said = words(as_hanh.open("notices:sheet"))
    assert "Cán bộ phụ trách Quá hạn Tất cả" in said
    assert re.search(r"(Trần Minh Hạnh|Chưa phân công) 0 1", said)


def test_a_long_part_of_the_sheet_is_cut_and_says_so(planned, as_hanh):
    for n in range(1, 8):
        planned("labour-737", "10/11/2017", f"Nộp biểu {n}", key=f"form:{n}")
    assert "và 2 việc nữa, ở trang Lịch việc" in words(as_hanh.open("notices:sheet"))


def test_who_records_the_work_of_an_agency_has_what_is_due_on_the_desk(planned, as_thu, as_vy):
    planned("labour_department", "07/11/2017", "Nộp kế hoạch năm")
    planned("labour_department", "09/12/2017", "Nộp báo cáo năm", url="/ke-hoach/muc/")
    planned("labour_department", "10/11/2017", "Việc khác", on_desk=False)
    planned("operator", "10/11/2017", "Nộp báo cáo quản trị")
    page = as_thu.open("shell:home")
    said = words(page)
    assert "Quá hạn 2 ngày" in said and "Nộp báo cáo năm" in said and "Mở trang" in said and "Việc khác" not in said
    assert 'href="/ke-hoach/muc/"' in page.content.decode()
    assert "Nộp báo cáo quản trị" not in words(as_vy.open("shell:home"))
    assert "Lịch việc 30 ngày tới" in said


@pytest.mark.parametrize(
    ("on", "done", "state"),
    [("08/11/2017", False, "overdue"), ("08/11/2017", True, "done"), ("09/11/2017", False, "today"),
     ("12/11/2017", False, "soon"), ("13/11/2017", False, "later")],
)  # fmt: skip
def test_something_due_is_overdue_the_day_after(planned, on, done, state):
    assert queries.state_of(planned("labour-737", on, done=done), TODAY) == state


def test_weeks_begin_on_monday():
    assert queries.monday(day("06/11/2017")) == queries.monday(day("12/11/2017")) == day("06/11/2017")


def test_what_is_done_stands_in_the_days_shown_and_is_not_counted(planned, as_hanh):
    planned("labour-737", "08/11/2017", "Nộp kế hoạch năm", done=True)
    planned("labour-737", "10/11/2017", "Gửi số liệu", done=True)
    said = words(as_hanh.open("notices:calendar"))
    assert "30 ngày tới không có việc của kế hoạch đến hạn." in said and "Nộp kế hoạch năm" not in said
    assert "Gửi số liệu Đã xong chậm nhất Thứ Sáu, 10/11/2017" in said
