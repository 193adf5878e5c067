"""Where the duties of the plan stand, and how agencies record what they did."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from PIL import Image

from benan.core import reference
from benan.core.refusals import Refused
from benan.plan import duties, queries, state_pages
from benan.plan.actions import progress
from benan.plan.duties import DutyState, Fulfilment
from benan.plan.models import Progress, TypedFigure
from tests.cast import PLAN, TODAY, agency_of, day, words


@pytest.fixture
def plan(demo):
    return queries.by_slug(PLAN)


def standing(plan, number, agency, on=TODAY):
    """The duty of an agency under a clause on a day."""
    rows = duties.duties(plan, on, agency=agency_of(agency))
    return next(row.duties[0] for row in rows if row.clause.number == number)


def done(cast, number, agency, who, on, **more):
    """Somebody records what their agency did of a clause."""
    return progress.record_progress(
        by=cast.officer(who), clause=queries.clause(queries.by_slug(PLAN), number), agency=agency_of(agency), on=day(on),
        **{"state": "under_way", "words": "Đã triển khai (dữ liệu giả lập).", **more},
    )  # fmt: skip


def test_nothing_recorded_is_not_begun(plan):
    assert standing(plan, "V.5", "procuracy").state == DutyState.NOT_BEGUN


def test_recorded_work_is_under_way_and_turns_silent_after_half_a_year(plan, cast):
    done(cast, "V.5", "procuracy", "son", "01/03/2017")
    assert standing(plan, "V.5", "procuracy", day("31/08/2017")).state == DutyState.UNDER_WAY
    silent = standing(plan, "V.5", "procuracy", day("01/09/2017"))
    assert (silent.state, silent.since) == (DutyState.SILENT, day("01/03/2017"))


def test_a_deadline_that_went_by_is_late_until_somebody_says_that_it_was_met(plan, cast):
    assert standing(plan, "V.1.k", "labour_department", day("14/11/2017")).state == DutyState.NOT_BEGUN
    late = standing(plan, "V.1.k", "labour_department", day("15/11/2017"))
    assert (late.state, late.since) == (DutyState.LATE, day("14/11/2017"))
    done(cast, "V.1.k", "labour_department", "thu", "09/11/2017", deadline="annual_review-2017", state="done")
    assert standing(plan, "V.1.k", "labour_department", day("15/11/2017")).state == DutyState.UNDER_WAY


def test_a_clause_whose_condition_is_not_met_binds_nobody(plan):
    assert standing(plan, "V.1.đ", "labour_department").state == DutyState.NOT_BINDING


def test_a_duty_of_everybody_stands_where_each_of_them_does(plan, cast):
    done(cast, "VI.1", "procuracy", "son", "01/11/2017")
    (row,) = [each for each in duties.duties(plan, day("01/02/2017")) if each.clause.number == "VI.1"]
    names = {duty.agency.key for duty in row.duties}
    assert {"procuracy", "district-737", "labour_department"} <= names and "commune-26263" not in names


def test_duties_are_read_in_as_many_statements_whatever_was_recorded(plan, cast, django_assert_max_num_queries):
    for number in range(1, 6):
        done(cast, "V.5", "procuracy", "son", f"0{number}/11/2017")
    duties.duties(plan, TODAY)
    with reference.asked_once(), django_assert_max_num_queries(16):
        duties.duties(plan, TODAY)


def test_agencies_bear_the_sign_of_their_most_urgent_duty(plan, cast):
    done(cast, "V.5", "procuracy", "son", "01/08/2016")
    before, later = (
        state_pages.agencies_page(cast.officer("son"), plan, day(on))["offices"] for on in ("01/03/2017", "01/06/2017")
    )
    signs = [(agency.key, sign) for agency, _name, _words, sign in before if sign]
    assert signs == [("procuracy", "duty-soon")] and before[0][0].key == "procuracy"
    signs = {agency.key: sign for agency, _name, _words, sign in later}
    assert (signs["procuracy"], signs["bcd138"]) == ("duty-late", "")


def test_a_labour_office_records_for_the_committee_of_its_district(plan, cast):
    row = done(cast, "VI.1", "district-737", "hanh", "08/11/2017")
    assert row.agency.key == "district-737"


@pytest.mark.parametrize(
    ("number", "agency"),
    [
        ("III.3.a", "police_province"), ("III.3.b", "police_province"), ("III.4.b", "police_province"),
        ("III.4.g", "police_province"), ("III.3.c", "procuracy"), ("III.2.b", "womens_union"),
        ("III.3.a", "labour_department"), ("III.2.a", "fatherland_front"),
    ],
)  # fmt: skip
def test_those_who_lead_by_section_v_and_those_who_work_with_them_record_their_part(plan, cast, number, agency):
    by = cast.appoint(
        "own", "Cán bộ (dữ liệu giả lập)", "department" if agency == "labour_department" else "member", agency
    )
    row = progress.record_progress(
        by=by, clause=queries.clause(plan, number), agency=agency_of(agency), on=day("01/06/2017"), state="under_way",
        words="Đã triển khai (dữ liệu giả lập).",
    )  # fmt: skip
    assert row.agency.key == agency


def test_a_page_says_which_part_the_clause_does_not_name(as_son):
    page = words(as_son.open("plan:clause", PLAN, "III.4.g"))
    assert re.search(r"Chủ trì: Công an tỉnh Đồng Nai theo phân công ở mục V\.2\.a ", page)
    assert "Điểm này không nêu tên các đơn vị có ghi “theo phân công”" in page
    assert page.rstrip().index("Dịch vụ bảo vệ trẻ em") and "Dịch vụ bảo vệ trẻ em tỉnh theo phân công" not in page
    assert "theo phân công" not in words(as_son.open("plan:clause", PLAN, "V.4.b"))
    assert "Kế hoạch không nêu đơn vị chủ trì; đơn vị theo dõi:" in words(as_son.open("plan:clause", PLAN, "III.4.i"))


@pytest.mark.parametrize(
    ("number", "agency", "more", "sentence"),
    [
        ("V.2.a", "procuracy", {}, "Điểm V.2.a không giao việc cho đơn vị này."),
        ("V.5", "procuracy", {"on": "10/11/2017"}, "Ngày 10/11/2017 chưa đến; ghi ngày đã làm."),
        ("V.5", "procuracy", {"on": "31/12/2015"}, "Ngày 31/12/2015 trước khi kế hoạch bắt đầu."),
        ("V.5", "procuracy", {"deadline": "annual_review-2017"}, "Thời hạn này không có hoặc đã ghi hoàn thành."),
    ],
)
def test_what_cannot_be_recorded_is_refused(plan, cast, number, agency, more, sentence):
    with pytest.raises(Refused, match=sentence):
        done(cast, number, agency, "son", **{"on": "08/11/2017"} | more)


def test_a_wrong_line_is_set_aside_by_another_and_both_stay(plan, cast):
    wrong = done(cast, "V.5", "procuracy", "son", "08/11/2017")
    right = done(cast, "V.5", "procuracy", "son", "07/11/2017", instead_of=wrong)
    assert standing(plan, "V.5", "procuracy").progress == right
    assert Progress.objects.count() == 2
    with pytest.raises(Refused, match="đã được thay"):
        done(cast, "V.5", "procuracy", "son", "07/11/2017", instead_of=wrong)


def test_son_records_what_his_agency_did_and_everybody_reads_it(as_son, as_lan):
    address = "/ke-hoach/12089-KH-UBND-2016/muc/V.5/tien-do/procuracy/tep/"
    told = {
        "on": "08/11/2017",
        "state": "under_way",
        "words": "Đã kiểm sát 12 tin báo.",
        "deadline": "",
        "money": "12.500.000",
    }
    sent = as_son.post(address, told)
    assert sent.status_code == 302, words(sent)[-900:]
    page = words(as_lan.open("plan:clause", PLAN, "V.5"))
    assert "Mục V.5: đang thực hiện" in page and "Đã kiểm sát 12 tin báo." in page and "12.500.000 đồng" in page
    assert as_lan.get(address).status_code == 403


def test_evidence_is_read_by_the_agency_and_by_who_follows_the_plan_up(as_son, as_thu, as_lan):
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "JPEG")
    sent = SimpleUploadedFile("Nguyễn Thị A.jpg", picture.getvalue(), "image/jpeg")
    told = {"on": "08/11/2017", "state": "under_way", "words": "Đã tập huấn.", "money": "", "evidence": sent}
    assert as_son.post("/ke-hoach/12089-KH-UBND-2016/muc/V.5/tien-do/procuracy/tep/", told).status_code == 302
    (address,) = re.findall(r"/tep/[\w-]+/", as_son.open("plan:clause", PLAN, "V.5").content.decode())
    assert [browser.get(address).status_code for browser in (as_son, as_thu, as_lan)] == [200, 200, 404]
    assert "/tep/" not in as_lan.open("plan:clause", PLAN, "V.5").content.decode().partition("Kết quả đã ghi")[2]


def test_an_indicator_without_a_measure_is_typed_by_who_answers_for_it(plan, cast, as_thu):
    clause = queries.clause(plan, "II.2.a")
    clause.measure = "officers_trained"
    clause.save()
    address = "/ke-hoach/12089-KH-UBND-2016/muc/II.2.a/so-lieu/labour_department/"
    told = {
        "first": "01/01/2017",
        "last": "30/09/2017",
        "numerator": "41",
        "denominator": "40",
        "words": "Sổ tập huấn.",
    }
    refused = as_thu.post(address, told)
    assert refused.status_code == 422 and "Số đã đạt không được lớn hơn tổng số." in words(refused)
    assert as_thu.post(address, told | {"denominator": "50"}).status_code == 302
    assert TypedFigure.objects.get().numerator == 41
    page = words(as_thu.open("plan:clause", PLAN, "II.2.a"))
    assert "chưa có cách đếm" in page and "41/50 (82,0%)" in page


def test_the_department_marks_an_area_and_ends_it(as_thu, as_son):
    told = {"unit_code": "26263", "why": "border", "since": "01/11/2017", "paper_no": "45/KH-UBND"}
    assert as_thu.post(f"/ke-hoach/{PLAN}/dia-ban/", told).status_code == 302
    again = as_thu.post(f"/ke-hoach/{PLAN}/dia-ban/", told)
    assert again.status_code == 422 and "đã được đánh dấu ưu tiên vì lý do ấy" in words(again)
    page = words(as_son.open("plan:areas", PLAN))
    assert "Sông Trầu" in page and "khu vực giáp ranh" in page and "Đánh dấu" not in page


def test_a_clause_says_how_many_of_how_many_agencies_stand_where(plan, as_lan, monkeypatch):
    def heading():
        return words(as_lan.open("plan:clause", PLAN, "VI.1")).partition("VI. Tổ chức thực hiện")[2][:45]

    assert heading().startswith(" Mục VI.1: cả 20 đơn vị quá hạn ")
    given = [queries.deadline_key(each.key, each.year) for each in queries.every_due_day(plan)]
    met = [Fulfilment(key, agency_of("procuracy").pk, TODAY) for key in given]
    monkeypatch.setattr(duties.FULFILMENTS, "_items", [lambda _plan, _on: met])
    assert heading().startswith(" Mục VI.1: 19 trong 20 đơn vị quá hạn ")


def test_an_agencys_page_shows_the_newest_of_registers_and_of_what_was_recorded(plan, cast, as_lan, monkeypatch):
    office = agency_of("labour_department")
    monkeypatch.setattr(
        duties.FULFILMENTS,
        "_items",
        [lambda _plan, _on: [Fulfilment("annual_review-2017", office.pk, day("07/11/2017"))]],
    )

    def shown():
        page = words(as_lan.open("plan:agency", PLAN, "labour_department"))
        return page.partition("Sơ kết việc thực hiện")[2] or page

    done(cast, "V.1.k", "labour_department", "thu", "06/11/2017", words="Đang chuẩn bị sơ kết.")
    assert "Gần nhất 07/11/2017, theo sổ và báo cáo." in shown() and "Đang chuẩn bị sơ kết." not in shown()
    done(cast, "V.1.k", "labour_department", "thu", "08/11/2017", words="Đã họp sơ kết.")
    assert "Gần nhất 08/11/2017: Đã họp sơ kết." in shown()


def test_every_state_that_is_drawn_stands_in_the_legend(plan, as_lan):
    legend = render_to_string("components/squares_legend.html").strip()
    page = as_lan.open("plan:overview", PLAN).content.decode()
    assert legend in page and all(str(state.label) in legend for state in DutyState)
    assert {f"duty-{square}" for square in state_pages.SQUARES.values()} == set(re.findall(r"#(duty-\w+)", legend))
    assert len(set(state_pages.SQUARES.values())) == len(DutyState)
