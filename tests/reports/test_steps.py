"""The steps of a return, who takes them, and what is refused with a sentence."""

import datetime as dt
import io
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from benan.audit.models import Event as Trail
from benan.core.days import show
from benan.core.refusals import Refused
from benan.documents.actions import papers
from benan.documents.actions.papers import register_outgoing
from benan.documents.models import Paper
from benan.notices import due, feeds, letters
from benan.reports import period_pages
from benan.reports.actions import opening, returns, signed
from benan.reports.content import content
from benan.reports.models import Period, Return, ReturnStep
from tests.cast import PLAN, TODAY, Officer, agency_of, day, words
from tests.reports.playing import cell, everything, of, values

QUARTER = {
    "kind": "quy", "name": "quý II năm 2017", "first": day("01/04/2017"), "last": day("30/06/2017"),
    "due_on": day("20/11/2017"), "ground": "214/UBND-VX",
}  # fmt: skip


def test_what_the_head_gets_says_what_who_and_what_is_asked(reporting, ret):
    reporting.filled(ret, {("sessions", ""): 12})
    reporting.put(ret, "Xin ý kiến về kinh phí.")
    page = words(Officer(reporting.head("district-736")).open("reports:before_head", PLAN, "nam-2017", "district-736"))
    for said in (
        "Phiếu trình báo cáo năm 2017",
        "Xin ý kiến về kinh phí.",
        "Cuộc tuyên truyền (cuộc) 12",
        "không phải là chữ ký",
    ):
        assert said in page


def test_the_head_gives_it_back_with_words_and_the_drafter_goes_on(reporting, ret):
    returns.give_back(by=reporting.head("district-736"), ret=reporting.put(ret), words="Bổ sung số tờ rơi.")
    assert words(reporting.cast.browser("quang").open("reports:return", PLAN, "nam-2017", "district-736")).count(
        "Bổ sung số tờ rơi."
    )
    assert reporting.filled(ret, {("leaflets", ""): 300}).state == "draft"


def test_submitting_freezes_figures_with_the_version_of_each_measure(reporting, ret):
    ret = reporting.submitted(ret)
    assert ret.frozen_at and ret.measures["received_verified_and_supported"] >= 1
    with pytest.raises(Refused, match="Số liệu đã chốt ngày"):
        reporting.filled(ret, {("sessions", ""): 1})
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        cell(ret, "sessions").delete()


def test_the_history_is_only_added_to(reporting, ret):
    reporting.put(ret)
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        ReturnStep.objects.update(words="khác")


@pytest.mark.parametrize(
    ("who", "agency"), [("son", "district-736"), ("hanh", "district-736"), ("truong_phong", "district-737")]
)
def test_nobody_else_puts_it_before_the_head_or_submits_it(reporting, period, who, agency):
    ret = of(period, agency)
    with pytest.raises(PermissionDenied):
        returns.put_before_head(by=reporting.cast.officer(who), ret=ret)
    ret = reporting.put(ret)
    with pytest.raises(PermissionDenied):
        returns.submit(by=reporting.cast.officer(who), ret=ret)


def test_the_drafter_does_not_submit(reporting, ret):
    with pytest.raises(PermissionDenied):
        returns.submit(by=reporting.drafter("district-736"), ret=reporting.put(ret))


def test_a_district_may_be_sent_back_and_the_procuracy_only_invited(reporting, period, ret):
    thu = reporting.cast.officer("thu")
    district = returns.send_back(by=thu, ret=reporting.submitted(ret), words="Thiếu kinh phí.")
    invited = returns.send_back(
        by=thu, ret=reporting.submitted(of(period, "procuracy")), words="Mời thêm số phiên tòa."
    )
    assert (district.state, district.frozen_at, invited.state) == ("sent_back", None, "submitted")
    page = words(reporting.cast.browser("son").open("reports:return", PLAN, "nam-2017", "procuracy"))
    assert "Đã mời bổ sung" in page and "Mời thêm số phiên tòa." in page


def test_what_was_submitted_before_it_was_sent_back_stays_in_its_history(reporting, ret):
    reporting.filled(ret, {("sessions", ""): 12})
    returns.send_back(by=reporting.cast.officer("thu"), ret=reporting.submitted(ret), words="Xem lại.")
    reporting.filled(ret, {("sessions", ""): 15})
    step = ReturnStep.objects.get(ret=ret, kind="submitted")
    assert step.content["cells"]["sessions|"] == [None, 12, ""] and cell(ret, "sessions").value == 15


def test_another_number_than_was_counted_wants_a_reason_and_keeps_what_was_counted(reporting, ret):
    key = ("II.2.a", "denominator")
    with pytest.raises(Refused, match="phải giải trình"):
        reporting.filled(ret, {key: 7})
    reporting.filled(ret, {key: 7}, reason="Một người nhập sau ngày chốt.")
    found = cell(ret, *key)
    assert (found.counted, found.value, found.reason) == (0, 7, "Một người nhập sau ngày chốt.")
    reporting.filled(ret, {key: 0})
    assert cell(ret, *key).reason == ""


def test_counting_again_keeps_what_was_typed_and_what_was_corrected(reporting, ret, cast):
    reporting.filled(ret, {("sessions", ""): 12})
    late = {("II.2.a", part): 3 for part in ("late", "numerator", "denominator")}
    reporting.filled(ret, late, reason="Theo sổ giấy.")
    returns.refresh(by=reporting.drafter("district-736"), ret=ret)
    said = values(ret)
    assert (said["sessions", ""], said["II.2.a", "late"], cell(ret, "II.2.a", "late").counted) == (12, 3, 0)


def test_a_return_that_replaces_another_counts_once_it_is_submitted_and_both_stay(reporting, period, ret):
    reporting.filled(ret, {("sessions", ""): 12})
    first = reporting.submitted(ret)
    later = returns.replace(by=reporting.drafter("district-736"), ret=first, words="Nhầm số cuộc tuyên truyền.")
    assert values(later) == values(first)
    reporting.filled(later, {("sessions", ""): 21})
    assert values(reporting.consolidated(period, with_missing=True))["sessions", ""] == 12
    reporting.submitted(later)
    assert values(reporting.consolidated(period, with_missing=True))["sessions", ""] == 21
    assert cell(first, "sessions").value == 12
    page = words(reporting.cast.browser("quang").open("reports:earlier", PLAN, "nam-2017", "district-736", 1))
    assert "Đã có báo cáo thay thế (lần 2) nộp ngày 09/11/2017." in page
    with pytest.raises(Refused, match="đã có báo cáo thay thế"):
        returns.replace(by=reporting.drafter("district-736"), ret=first, words="Lần nữa.")


def test_the_number_of_the_signed_paper_is_recorded_after_submission(reporting, ret):
    quang = reporting.drafter("district-736")
    with pytest.raises(Refused, match="sau khi báo cáo đã được duyệt"):
        signed.record_paper(by=quang, ret=ret, paper_no="214/BC-UBND", paper_on=day("09/11/2017"))
    ret = reporting.submitted(ret)
    for number in ("214/BC-UBND", "215/BC-UBND"):
        signed.record_paper(by=quang, ret=ret, paper_no=number, paper_on=day("09/11/2017"))
    assert content(Return.objects.get(pk=ret.pk)).paper_no == "215/BC-UBND"
    assert [step.words for step in ret.steps.filter(kind="paper")] == [
        "214/BC-UBND, 09/11/2017",
        "215/BC-UBND, 09/11/2017",
    ]


def test_the_agencys_own_officer_enters_the_signed_paper_in_its_register_with_its_scan(reporting, period):
    ret = reporting.submitted(of(period, "procuracy"))
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "JPEG")
    scan = SimpleUploadedFile("bao cao.jpg", picture.getvalue(), "image/jpeg")
    address = reverse("reports:paper", args=[PLAN, "nam-2017", "procuracy"])
    told = {"paper_no": "31/BC-VKS", "paper_on": "09/11/2017", "scan": scan}
    drafter = reporting.browser("procuracy")
    assert drafter.post(address, told).status_code == 302
    ret = Return.objects.get(pk=ret.pk)
    assert (ret.paper.number, ret.paper.year, ret.paper.subject) == (31, 2017, f"return:{ret.pk}")
    page = drafter.open("reports:return", PLAN, "nam-2017", "procuracy")
    (file,) = re.findall(r"/tep/[\w-]+/", page.content.decode())
    assert [browser.get(file).status_code for browser in (drafter, reporting.cast.browser("thu"))] == [200, 200]
    assert reporting.cast.browser("lan").get(file).status_code == 404


def test_a_number_recorded_anew_cancels_the_mistaken_line_of_the_register(reporting, period):
    drafter, ret = reporting.drafter("procuracy"), reporting.submitted(of(period, "procuracy"))
    for number in ("13/BC-VKS", "31/BC-VKS", "31/BC-VKS"):
        signed.record_paper(by=drafter, ret=ret, paper_no=number, paper_on=day("09/11/2017"))
    lines = Paper.objects.unscoped(reason="tests").filter(agency=agency_of("procuracy")).order_by("pk")
    assert [(line.number, line.cancelled_for) for line in lines] == [
        (13, "Số văn bản của báo cáo được ghi lại: 31/BC-VKS."),
        (31, ""),
    ]


def test_a_number_that_another_paper_has_is_refused(reporting, period):
    taken = {"on": day("09/11/2017"), "kind": "report", "about": "Báo cáo khác", "other_party": "UBND tỉnh"}
    drafter = reporting.drafter("procuracy")
    register_outgoing(by=drafter, agency=agency_of("procuracy"), number=31, notation="31/BC-KHAC", **taken)
    ret = reporting.submitted(of(period, "procuracy"))
    with pytest.raises(Refused, match="31"):
        signed.record_paper(by=drafter, ret=ret, paper_no="31/BC-VKS", paper_on=day("09/11/2017"))


def test_the_department_enters_what_came_in_its_register_once(reporting, ret):
    ret = reporting.submitted(ret)
    address = reverse("reports:arrival", args=[PLAN, "nam-2017", "district-736"])
    for _time in range(2):
        assert reporting.cast.browser("thu").post(address).status_code == 302
    ret = Return.objects.get(pk=ret.pk)
    assert (ret.arrival.agency.key, ret.arrival.number, ret.arrival.direction) == ("labour_department", 1, "in")
    assert reporting.cast.browser("quang").post(address).status_code == 403
    papers.cancel(by=reporting.cast.officer("thu"), paper=ret.arrival, words="Ghi nhầm sổ.")
    assert reporting.cast.browser("thu").post(address).status_code == 302
    assert Return.objects.get(pk=ret.pk).arrival.cancelled_on is None


def test_periods_of_a_kind_do_not_overlap(reporting):
    reporting.requested(**QUARTER)
    other = {**QUARTER, "first": day("30/06/2017"), "last": day("30/09/2017")}
    with pytest.raises(IntegrityError, match="periods_of_a_kind_do_not_overlap"), transaction.atomic():
        reporting.requested(**other)
    typed = {key: show(value) if isinstance(value, dt.date) else value for key, value in other.items()}
    answer = reporting.cast.browser("thu").post(f"/ke-hoach/{PLAN}/bao-cao/mo/", typed)
    assert answer.status_code == 422 and "chồng lên một kỳ cùng loại đã mở" in words(answer)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"last": day("01/03/2017")}, "Ngày cuối của kỳ phải từ ngày đầu trở đi."),
        ({"first": day("10/11/2017"), "last": day("30/12/2017")}, "Kỳ báo cáo chưa bắt đầu."),
        ({"due_on": day("29/06/2017")}, "Ngày nộp phải từ ngày chốt số liệu trở đi."),
        ({"kind": "tuan"}, "không có kỳ báo cáo nào để lấy mẫu"),
    ],
)
def test_days_that_make_no_period_are_refused(reporting, changed, sentence):
    with pytest.raises(Refused, match=sentence):
        reporting.requested(**QUARTER | changed)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({}, "Báo cáo kết quả quý II năm 2017"),
        ({"kind": "9-thang", "last": day("30/09/2017")}, "Báo cáo kết quả 9 tháng năm 2017"),
        ({"kind": "dot-xuat"}, "Báo cáo đột xuất, số liệu đến 30/06/2017"),
    ],
)
def test_what_leaves_by_mail_and_calendar_is_kind_and_days_and_no_typed_word(reporting, asked, told):
    reporting.requested(**QUARTER | asked | {"name": "về vụ chị Trịnh Thị Nụ, ấp 3"})
    officer = reporting.drafter("farmers_union")
    calendar = feeds.calendar(officer, TODAY).decode().replace("\r\n ", "").replace("\\", "")
    opened = due.open_dues(due.agencies_of(officer), TODAY)
    reminded = letters.reminder({each.key: each for each in opened}, TODAY).body
    for said in (calendar, letters.digest(officer, TODAY).body, reminded):
        assert told in said and "văn bản 214/UBND-VX" in said
        assert "Nụ" not in said and "ấp 3" not in said


def test_words_in_place_of_the_number_of_the_paper_that_asks_are_refused(reporting):
    typed = {key: show(value) if isinstance(value, dt.date) else value for key, value in QUARTER.items()}
    thu = reporting.cast.browser("thu")
    assert "Không ghi tên người" in words(thu.get(f"/ke-hoach/{PLAN}/bao-cao/mo/"))
    answer = thu.post(f"/ke-hoach/{PLAN}/bao-cao/mo/", typed | {"ground": "214/UBND-VX, mẹ là Bà Sáu"})
    assert answer.status_code == 422 and "không phải số văn bản" in words(answer)
    assert not Period.objects.exists()


def test_only_who_follows_up_the_plan_opens_and_consolidates(reporting, period):
    rule, year = period_pages.rule_of(reporting.plan, "nam-2018")
    with pytest.raises(PermissionDenied):
        opening.open_period(by=reporting.cast.officer("bao"), plan=reporting.plan, rule=rule, year=year)
    with pytest.raises(Refused, match="Kỳ báo cáo chưa bắt đầu"):
        reporting.opened("nam-2019")
    with pytest.raises(Refused, match="không yêu cầu báo cáo này của năm 2031"):
        opening.open_period(by=reporting.cast.officer("thu"), plan=reporting.plan, rule=rule, year=2031)
    with pytest.raises(Refused, match="Chưa đơn vị nào nộp"):
        reporting.consolidated(period)


def test_a_consolidated_report_takes_no_numbers_and_cannot_be_made_again_while_the_head_has_it(reporting, period, ret):
    reporting.submitted(ret)
    whole = reporting.consolidated(period, with_missing=True)
    with pytest.raises(Refused, match="là tổng các báo cáo"):
        reporting.filled(whole, {("sessions", ""): 1})
    reporting.filled(whole, texts={"difficulties": "Thiếu cán bộ."})
    assert (
        reporting.consolidated(period, with_missing=True).narratives.get(section="difficulties").words
        == "Thiếu cán bộ."
    )
    reporting.put(whole)
    with pytest.raises(Refused, match="đang chờ thủ trưởng duyệt"):
        reporting.consolidated(period, with_missing=True)


def test_a_correction_of_a_unit_is_explained_in_the_consolidated_report(reporting, period, ret):
    reporting.filled(ret, {("II.2.a", "denominator"): 2}, reason="Hai người theo sổ giấy.")
    reporting.filled(ret, {("II.2.a", "numerator"): 1}, reason="Hai người theo sổ giấy.")
    reporting.submitted(ret)
    said = content(reporting.consolidated(period, with_missing=True))
    found = [row for row in said.differences if row.line == "II.2.a" and row.returned == 2]
    assert [(row.unit, row.live, row.why) for row in found] == [
        ("UBND huyện Định Quán", 0, "Đơn vị sửa: Hai người theo sổ giấy.")
    ]
    assert [unit.name for unit in said.units][:1] == ["UBND huyện Định Quán"]
    assert (said.given, len(said.missing), said.not_added) == (
        1, 17, ("Hội Liên hiệp Phụ nữ tỉnh", "Viện Kiểm sát nhân dân tỉnh")
    )  # fmt: skip


def test_units_that_wrote_the_same_are_named_together_and_own_words_stay_in_one_piece(reporting, period):
    wrote = {
        "district-736": "Thiếu cán bộ.", "district-737": "Thiếu cán bộ.", "district-734": "Nguyên nhân:\nThiếu cán bộ.",
        "procuracy": "Nguyên nhân:\nThiếu kinh phí.",
    }  # fmt: skip
    for agency, told in wrote.items():
        reporting.filled(of(period, agency), texts={"difficulties": told, "proposals": "Tập huấn thêm."})
        reporting.submitted(of(period, agency))
    texts = dict(reporting.consolidated(period, with_missing=True).narratives.values_list("section", "words"))
    assert texts["difficulties"].split("\n\n") == [
        "UBND huyện Định Quán; UBND huyện Trảng Bom: Thiếu cán bộ.",
        "Viện Kiểm sát nhân dân tỉnh:\nNguyên nhân:\nThiếu kinh phí.",
        "UBND huyện Tân Phú:\nNguyên nhân:\nThiếu cán bộ.",
    ]
    assert texts["proposals"] == "Tất cả 4 đơn vị đã báo cáo: Tập huấn thêm."


def test_every_step_is_on_the_trail_without_a_figure(reporting, ret):
    reporting.filled(ret, {("sessions", ""): 12})
    reporting.accepted(reporting.submitted(ret))
    rows = list(Trail.objects.filter(event__startswith="return_").order_by("seq"))
    assert [row.event for row in rows] == [
        "return_filled",
        "return_counted_again",
        "return_put_before_head",
        "return_submitted",
        "return_accepted",
    ]
    assert rows[0].data == {
        "period": "nam-2017",
        "agency": "district-736",
        "number": 1,
        "figures": ["sessions"],
        "text": [],
    }


def test_a_quarter_without_a_case_is_a_result_and_typed_sessions_stand_beside_it(reporting, on_day):
    on_day("02/07/2020")
    quarter = reporting.requested(
        **QUARTER
        | {
            "name": "quý II năm 2020",
            "first": day("01/04/2020"),
            "last": day("30/06/2020"),
            "due_on": day("10/07/2020"),
        }
    )
    assert quarter.key == "quy-2-2020"
    ret = of(quarter, "district-736")
    reporting.filled(ret, {("sessions", ""): 175, ("attendances", ""): 18_960, ("spent", ""): 0})
    page = words(reporting.cast.browser("quang").open("reports:return", PLAN, "quy-2-2020", "district-736"))
    assert "không phát sinh" in page
    for row in quarter.returns.exclude(pk=ret.pk).select_related("agency"):
        reporting.submitted(row)
    reporting.submitted(ret)
    whole = reporting.consolidated(quarter)
    said = values(whole)
    assert (said["sessions", ""], said["attendances", ""], said["spent", ""]) == (175, 18_960, 0)
    assert said["leaflets", ""] is None
    shown = content(whole)
    assert [each.reached for each in shown.indicators] == [None] * 5 and not shown.differences
    told = whole.narratives.get(section="communication").words
    assert "Cuộc tuyên truyền: 175 cuộc; Lượt người dự tuyên truyền: 18.960 lượt." in told
    page = words(reporting.cast.browser("thu").open("reports:return", PLAN, "quy-2-2020", "tong-hop"))
    assert "18.960" in page and "chưa ghi" in page and "không phát sinh" in page


def test_a_quarter_stands_beside_the_quarter_before_and_the_year_before(reporting):
    before = reporting.requested(
        **QUARTER | {"name": "quý I năm 2017", "first": day("01/01/2017"), "last": day("31/03/2017")}
    )
    ret = of(before, "district-736")
    reporting.filled(ret, {("sessions", ""): 9})
    reporting.submitted(ret)
    found = cell(of(reporting.requested(**QUARTER), "district-736"), "sessions")
    assert (found.previous, found.year_before) == (9, None)
    assert everything(ret) and Period.objects.count() == 2


STEPS = ("trinh", "nop", "chuyen-lai", "tinh-lai", "nhan", "tra-lai", "vao-so", "thay-the", "van-ban/tep")


@pytest.mark.parametrize("brought", ["put", "submitted", "accepted"])
def test_the_address_of_a_step_that_is_past_leads_whoever_reads_the_return_to_it(reporting, ret, brought):
    {"put": reporting.put, "submitted": reporting.submitted}.get(
        brought, lambda row: reporting.accepted(reporting.submitted(row))
    )(ret)
    readers = [reporting.cast.browser("quang"), Officer(reporting.head("district-736"))]
    readers += [reporting.cast.browser("thu")] if brought != "put" else []
    for browser in readers:
        for step in STEPS:
            answer = browser.get(f"/ke-hoach/{PLAN}/bao-cao/nam-2017/district-736/{step}/", follow=True)
            assert answer.status_code == 200, step
    assert reporting.cast.browser("lan").get(f"/ke-hoach/{PLAN}/bao-cao/nam-2017/district-736/nop/").status_code == 404


def test_a_step_from_an_old_page_says_what_became_of_the_return(reporting, ret):
    head = Officer(reporting.head("district-736"))
    reporting.submitted(ret)
    address = f"/ke-hoach/{PLAN}/bao-cao/nam-2017/district-736/"
    for step in ("nop", "chuyen-lai"):
        page = words(head.get(f"{address}{step}/", follow=True))
        assert "Báo cáo này đã nộp, chờ nhận nên không làm bước ấy lúc này." in page and "Các bước" in page
    assert "Bước ấy là việc của cơ quan theo dõi kế hoạch." in words(head.get(f"{address}nhan/", follow=True))
    refused = [head.post(f"{address}nop/"), head.post(f"{address}chuyen-lai/", {"words": "Sửa lại."})]
    assert [answer.status_code for answer in refused] == [422, 422]
    assert all("không chờ thủ trưởng duyệt nữa" in words(answer) for answer in refused)
    assert "Sửa lại." in refused[1].content.decode()
    drafter = reporting.cast.browser("quang").post(f"{address}trinh/", {"words": ""})
    assert drafter.status_code == 422 and "Số liệu đã chốt ngày" in words(drafter)
    assert ret.steps.filter(kind="submitted").count() == 1
