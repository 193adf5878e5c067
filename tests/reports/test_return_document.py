"""The paper of a return as its agency signs it."""

import datetime as dt
import io
import time

import pytest
from docx import Document

from benan.reports.content import LineContent, SectionContent
from benan.reports.return_document import Reason, return_as_docx
from benan.reports.submission_note import submission_note_as_docx
from tests.reports import contents


def read(made):
    """A made file as python-docx reads it."""
    return Document(io.BytesIO(made))


def text(paper):
    """Everything a paper says, cells included."""
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in paper.paragraphs] + cells)


@pytest.fixture
def in_2017(town, on_day):
    on_day("10/11/2017")


def made(content, *more):
    return read(return_as_docx(content, *more))


def test_a_district_signs_as_a_peoples_committee_does(in_2017):
    paper = made(contents.of_agency())
    assert paper.tables[0].rows[0].cells[0].text.split("\n")[:2] == ["ỦY BAN NHÂN DÂN", "HUYỆN TRẢNG BOM"]
    number_and_day = [cell.text for cell in paper.tables[0].rows[1].cells]
    assert number_and_day == ["Số: ……/BC-UBND", "Trảng Bom, ngày …… tháng …… năm 2017"]
    assert paper.tables[-1].rows[0].cells[1].text.split() == ["TM.", "ỦY", "BAN", "NHÂN", "DÂN", "CHỦ", "TỊCH"]


@pytest.mark.parametrize(
    ("agency", "signer"),
    [
        ("labour_department", ["GIÁM ĐỐC"]),
        ("police_province", ["GIÁM ĐỐC"]),
        ("womens_union", ["TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"]),
        ("procuracy", ["VIỆN TRƯỞNG"]),
        ("propaganda", ["TRƯỞNG BAN"]),
        ("fatherland_front", ["TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"]),
    ],
)
def test_each_kind_of_agency_signs_in_its_own_form(in_2017, agency, signer):
    paper = made(contents.of_agency(agency))
    assert paper.tables[0].rows[1].cells[1].text.endswith("Đồng Nai, ngày …… tháng …… năm 2017")
    assert [line for line in paper.tables[-1].rows[0].cells[1].text.split("\n") if line] == signer


def test_number_and_day_stand_once_they_are_recorded(in_2017):
    paper = made(contents.of_agency(paper_no="45/BC-UBND", paper_on=dt.date(2017, 2, 5), signer="Trần Văn A"))
    assert "Số: 45/BC-UBND" in text(paper)
    assert "Trảng Bom, ngày 05 tháng 02 năm 2017" in text(paper)
    assert paper.tables[-1].rows[0].cells[1].text.endswith("Trần Văn A")


def test_it_goes_to_the_recipients_of_its_sender(in_2017):
    foot = made(contents.consolidated()).tables[-2].rows[0].cells[0].text
    assert foot.split("\n") == ["Nơi nhận:", "- UBND tỉnh;", "- Bộ Lao động - Thương binh và Xã hội;", "- Lưu: VT."]


def test_indicators_stand_with_target_and_reasons(in_2017):
    reasons = [Reason("II.2.a", "Nhu cầu chưa được hỗ trợ", "Phòng LĐ-TB&XH huyện Trảng Bom", 6)]
    said = text(made(contents.of_agency(), reasons))
    assert (
        "Kết quả: 22/28 người, đạt 78,6%; mức phải đạt 100%: chưa đạt. Trong đó 3 người được giải quyết quá hạn."
        in said
    )
    assert "Còn 6 người chưa được hỗ trợ đủ, gồm:" in said
    assert "- Nhu cầu chưa được hỗ trợ: 6 người (việc của Phòng LĐ-TB&XH huyện Trảng Bom)." in said
    assert said.count("Kết quả: không phát sinh.") == 1


def test_lines_stand_with_their_parts_and_earlier_periods(in_2017):
    rows = [[cell.text for cell in row.cells] for row in made(contents.of_agency()).tables[1].rows]
    assert rows[0] == ["TT", "Nội dung", "Đơn vị tính", "Kỳ này", "Kỳ trước", "Cùng kỳ năm trước"]
    assert rows[1] == ["1", "Người được tiếp nhận", "người", "28", "20", "không phát sinh"]
    assert [row[1] for row in rows[2:5]] == ["- Nữ", "- Nam", "- Dưới 16 tuổi"]


def test_zero_is_a_result_and_nothing_filled_is_none(in_2017):
    rows = [[cell.text for cell in row.cells] for row in made(contents.of_agency()).tables[2].rows]
    assert [row[3] for row in rows] == ["Kỳ này", "175", "18.960", "không phát sinh", "chưa có số liệu"]


def test_another_number_than_was_counted_is_explained(in_2017):
    said = text(made(contents.of_agency()))
    assert "chương trình đếm được 2, báo cáo ghi 3: một người do Công an tỉnh bảo vệ, chưa ghi trong hồ sơ." in said


def test_the_face_of_a_consolidated_report_says_who_is_missing(in_2017):
    said = text(made(contents.consolidated()))
    assert "Báo cáo tổng hợp từ 3 trên 4 đơn vị." in said
    assert "Chưa có báo cáo của 1 đơn vị, số liệu dưới đây không gồm các đơn vị này: UBND huyện Tân Phú." in said
    assert "chốt ngày 10/11/2017" in said


def test_a_consolidated_report_has_units_and_differences(in_2017):
    tables = [
        [[cell.text for cell in row.cells] for row in table.rows] for table in made(contents.consolidated()).tables
    ]
    fractions = next(table for table in tables if table[0][2:] == ["a", "b", "đ"])
    assert fractions[1:] == [["1", "UBND huyện số 1", "22/28", "-", "9/9"], ["", "Cộng", "22/28", "-", "9/9"]]
    differences = next(table for table in tables if table[0][-1] == "Giải thích")
    assert differences[1][1:5] == ["Người được tiếp nhận", "UBND huyện số 1", "28", "29"]
    annex = tables[-1]
    assert annex[1][1:] == ["UBND huyện số 1", "28", "3", "175", "18.960"]
    assert annex[2][1:4] == ["UBND huyện số 2", "-", "-"]
    assert annex[4][1:4] == ["UBND huyện Tân Phú (chưa báo cáo)", "", ""]


def test_a_line_that_no_unit_has_takes_no_column_and_is_named(in_2017):
    said = text(made(contents.consolidated()))
    assert "Không đơn vị nào phát sinh: Tờ rơi đã phát." in said
    assert "Chưa đơn vị nào ghi: Tin, bài đã đăng, phát." in said


def test_two_columns_that_say_the_same_are_one(in_2017):
    line = LineContent("x", "Kinh phí", "đồng", "s", (contents.cell(5, previous=4, year_before=4),))
    content = contents.of_agency(sections=(SectionContent("s", "S", (), "", (line,)),))
    rows = [[cell.text for cell in row.cells] for row in made(content).tables[1].rows]
    assert rows == [
        ["TT", "Nội dung", "Đơn vị tính", "Kỳ này", "Cùng kỳ năm trước"],
        ["1", "Kinh phí", "đồng", "5", "4"],
    ]


def test_words_that_look_like_markup_stay_words(in_2017):
    said = text(made(contents.consolidated(missing=("</w:t><w:p/> & Co\x07",))))
    assert "</w:t><w:p/> & Co" in said


def test_of_200_units_it_takes_less_than_a_second(in_2017):
    begun = time.perf_counter()
    return_as_docx(contents.consolidated(200))
    assert time.perf_counter() - begun < 1


def test_the_note_to_the_head_says_what_to_look_at(in_2017):
    paper = read(submission_note_as_docx(contents.of_agency()))
    said = text(paper)
    assert "Kính gửi: Chủ tịch Ủy ban nhân dân huyện Trảng Bom" in said
    assert "phải nộp chậm nhất ngày 14/11/2017" in said
    assert "3. Số khác số chương trình đếm: Người được áp dụng biện pháp bảo vệ: chương trình 2, báo cáo 3" in said
    assert "4. Chưa có số liệu: Tin, bài đã đăng, phát." in said
    assert [cell.text.split("\n")[0] for cell in paper.tables[-1].rows[0].cells] == ["NGƯỜI TRÌNH", "CHỦ TỊCH"]
