"""Files made of a return that is kept: who gets them, what they say, and what stands on the trail."""

import datetime as dt
import io

import openpyxl
import pytest
from docx import Document

from benan.audit.models import Event
from benan.plan import queries as plans
from benan.reports.actions import papers
from benan.reports.starting_template import starting_template
from tests.cast import PLAN, agency_of, words
from tests.documents import evil
from tests.reports.playing import Reporting, of
from tests.reports.test_return_document import text

HERE = (PLAN, "nam-2017", "district-737")


@pytest.fixture
def reporting(town, cast, on_day):
    on_day("01/11/2017")
    return Reporting(cast)


@pytest.fixture
def period(reporting):
    return reporting.opened()


def paper(answer):
    return Document(io.BytesIO(answer.content))


def test_the_paper_says_what_the_return_says_with_reasons(period, as_hanh):
    answer = as_hanh.send("reports:download_docx", *HERE)
    assert answer["Content-Disposition"] == 'attachment; filename="bao-cao-nam-2017-district-737.docx"'
    said = text(paper(answer))
    assert "Kết quả: 22/28 người, đạt 78,6%" in said
    assert "- Nhu cầu chưa được hỗ trợ: 2 người (việc của Phòng LĐ-TB&XH huyện Trảng Bom)" in said
    assert "TM. ỦY BAN NHÂN DÂN" in said and "- UBND tỉnh (qua Sở Lao động - Thương binh và Xã hội);" in said


def test_reasons_of_other_figures_than_the_returns_are_not_printed(period, reporting, as_hanh):
    reporting.filled(of(period, "district-737"), {("II.2.a", "numerator"): 21}, reason="một người đếm nhầm")
    said = text(paper(as_hanh.send("reports:download_docx", *HERE)))
    assert "Kết quả: 21/28 người, đạt 75,0%" in said
    assert "Chương trình đếm được 22 (đã đạt); báo cáo ghi 21: một người đếm nhầm." in said
    first, second = said.index("a) "), said.index("b) ")
    assert "người chưa được hỗ trợ đủ" not in said[first:second]


def test_the_workbook_holds_the_same_figures(period, as_hanh):
    answer = as_hanh.send("reports:download_xlsx", *HERE)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content), data_only=True)["Chỉ tiêu"]
    assert [cell.value for cell in sheet[6]][1:5] == [22, 28, 3, 6]


def test_the_note_to_the_head_is_of_who_put_it_there(period, reporting, as_hanh):
    reporting.put(of(period, "district-737"), "Kính trình Chủ tịch xem xét.")
    said = text(paper(as_hanh.send("reports:download_note", *HERE)))
    assert "Trảng Bom, ngày 01 tháng 11 năm 2017" in said
    assert "Ý kiến của người trình: Kính trình Chủ tịch xem xét." in said


def test_the_consolidated_report_is_the_departments(period, reporting, as_thu):
    for ret in period.returns.exclude(agency__key="district-734").select_related("agency"):
        reporting.submitted(ret)
    reporting.consolidated(period, with_missing=True)
    said = text(paper(as_thu.send("reports:download_docx", PLAN, "nam-2017", "tong-hop")))
    assert "Báo cáo tổng hợp từ 19 trên 20 đơn vị." in said
    assert "số liệu dưới đây không gồm các đơn vị này: UBND huyện" in said
    assert "- UBND tỉnh;" in said and "- Lưu: VT." in said and "VX" not in said
    assert "GIÁM ĐỐC" in said


def test_an_offices_own_template_is_filled(period, reporting, as_hanh):
    office = agency_of("district-737")
    assert as_hanh.send("reports:download_own", *HERE).status_code == 404
    file = evil.upload("mau.docx", starting_template(office, dt.date(2017, 11, 1)))
    head = reporting.head("district-737")
    papers.keep_template(
        by=head, plan=plans.by_slug(PLAN), form="dinh_ky", agency=office, file=file, since=dt.date(2017, 11, 1)
    )
    said = text(paper(as_hanh.send("reports:download_own", *HERE)))
    assert "22/28" in said and "78,6%" in said
    assert "Theo mẫu của đơn vị (.docx)" in words(as_hanh.open("reports:return", *HERE))


def test_each_file_is_on_the_trail(period, as_hanh):
    for kind in ("docx", "xlsx", "note"):
        as_hanh.send(f"reports:download_{kind}", *HERE)
    ret = of(period, "district-737")
    rows = Event.objects.filter(event="report_made", subject=f"return:{ret.pk}").order_by("seq")
    assert [(row.by, row.data["kind"]) for row in rows] == [("hanh", "docx"), ("hanh", "xlsx"), ("hanh", "phieu-trinh")]


def test_to_others_there_is_no_return_and_no_file(period, as_quang, as_son):
    for browser in (as_quang, as_son):
        assert browser.send("reports:download_docx", *HERE).status_code == 404


def test_an_earlier_return_is_asked_for_by_its_number(period, reporting, as_hanh):
    reporting.submitted(of(period, "district-737"))
    assert as_hanh.send("reports:download_docx", *HERE, lan="1").status_code == 200
    assert as_hanh.send("reports:download_docx", *HERE, lan="2").status_code == 404
    assert as_hanh.send("reports:download_docx", *HERE, lan="²").status_code == 200
