"""The report of a period as officers get it."""

import io
import re
from zipfile import ZipFile

import pytest
from docx import Document

from benan.audit.models import Event as Trail
from benan.cases.models import Case
from benan.reports.issuers import BLANK
from tests.cast import PLAN, words

YEAR = {"ky": "nam-2017", "dia_ban": "", "don_vi": "", "tu": "", "den": "", "xet": ""}


@pytest.fixture
def paper(town, as_thu):
    """The yearly report of 2017, made by Thu, as python-docx reads it."""
    answer = as_thu.send("reports:report_docx", PLAN, **YEAR)
    assert answer["Content-Disposition"] == 'attachment; filename="bao-cao-nam-2017.docx"'
    return Document(io.BytesIO(answer.content))


def text(paper):
    """Everything the paper says, cells included."""
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in paper.paragraphs] + cells)


def test_it_is_issued_by_thus_agency(paper):
    left, right = paper.tables[0].rows[0].cells
    assert left.text.split("\n")[:2] == ["ỦY BAN NHÂN DÂN", "TỈNH ĐỒNG NAI"]
    assert left.text.split("\n")[2] == "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI"
    assert right.text.split("\n")[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert "Đồng Nai, ngày …… tháng …… năm 2017" in text(paper)


def test_its_number_is_left_to_the_registry(paper):
    assert "Số: ……/BC-……" in text(paper)


def test_it_says_which_days_it_counts(paper):
    assert "Số liệu tính từ ngày 01/11/2016 đến ngày 31/10/2017, xét đến hết ngày 31/10/2017." in text(paper)


def test_another_cut_off_is_printed_when_an_authority_sets_one(town, as_thu):
    answer = as_thu.send("reports:report_docx", PLAN, **YEAR | {"tu": "15/12/2016", "den": "14/10/2017"})
    assert "Số liệu tính từ ngày 15/12/2016 đến ngày 14/10/2017" in text(Document(io.BytesIO(answer.content)))


def test_it_prints_every_fraction_with_its_share(paper):
    said = text(paper)
    assert "Kết quả: 22/28 người, đạt 78,6%. Trong đó 3 người được giải quyết quá hạn." in said
    assert said.count("Kết quả: 2/4 người, đạt 50,0%.") == 3


def test_it_gives_reasons_as_counts(paper):
    assert "- Nhu cầu chưa được hỗ trợ: 2 người (việc của Phòng LĐ-TB&XH huyện Trảng Bom);" in text(paper)


def test_it_prints_the_districts(paper):
    rows = [[cell.text for cell in row.cells] for row in paper.tables[1].rows]
    assert rows[2:] == [
        ["2", "Huyện Trảng Bom", "22/28", "2/5", "2/4", "2/4", "1/3"],
        ["", "Toàn tỉnh", "22/28", "3/6", "2/4", "2/4", "2/4"],
    ]


def test_of_a_demo_it_says_that_nobody_in_it_is_real(paper):
    assert "Dữ liệu giả lập: mọi người và mọi số liệu ở đây không có thật." in text(paper)


def test_it_names_no_case_and_no_alias(paper):
    said = text(paper)
    aliases = Case.objects.unscoped(reason="tests").values_list("alias", flat=True)
    assert not re.search(r"\d\d-\d{5}", said)
    assert [alias for alias in aliases if re.search(rf"\b{alias}\b", said)] == []


def test_nothing_in_the_file_tells_who_made_it(town, as_thu):
    packed = ZipFile(io.BytesIO(as_thu.send("reports:report_docx", PLAN, **YEAR).content))
    core = packed.read("docProps/core.xml").decode()
    assert "<dc:creator></dc:creator>" in core or "<dc:creator/>" in core


def test_it_goes_to_whom_the_plan_sends_the_departments_report(paper):
    left, right = paper.tables[-1].rows[0].cells
    assert left.text.split("\n") == [
        "Nơi nhận:",
        "- UBND tỉnh;",
        "- Bộ Lao động - Thương binh và Xã hội;",
        "- Giám đốc và các Phó Giám đốc Sở;",
        "- Lưu: VT.",
    ]
    assert right.text.strip() == "GIÁM ĐỐC"


def test_it_says_that_its_small_numbers_stay_between_agencies(paper):
    assert "chỉ lưu hành giữa các cơ quan có nhiệm vụ trong kế hoạch, không công bố./." in text(paper)


def test_of_the_peoples_committee_recipients_are_left_to_be_filled_in(town, as_bao):
    left, right = (
        Document(io.BytesIO(as_bao.send("reports:report_docx", PLAN, **YEAR).content)).tables[-1].rows[0].cells
    )
    assert left.text.split("\n") == ["Nơi nhận:", f"- {BLANK};", "- Lưu: VT."]
    assert right.text.strip().split("\n") == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]


def test_the_sheet_is_a4_with_the_margins_of_the_rules(paper):
    section = paper.sections[0]
    sizes = (
        section.page_width,
        section.page_height,
        section.top_margin,
        section.bottom_margin,
        section.left_margin,
        section.right_margin,
    )
    assert [round(size.mm) for size in sizes] == [210, 297, 20, 20, 30, 20]


def test_it_is_set_in_times_new_roman(paper):
    assert paper.styles["Normal"].font.name == "Times New Roman"


def numbers(part):
    return "PAGE" in part._element.xml


def test_until_2020_pages_are_numbered_below(paper):
    section = paper.sections[0]
    assert (numbers(section.header), numbers(section.footer)) == (False, True)


def test_from_05_03_2020_they_are_numbered_above(town, as_thu, on_day):
    on_day("05/03/2020")
    section = Document(io.BytesIO(as_thu.send("reports:report_docx", PLAN, **YEAR).content)).sections[0]
    assert (numbers(section.header), numbers(section.footer)) == (True, False)


def test_the_first_page_bears_no_number(paper):
    assert paper.sections[0].different_first_page_header_footer


def test_a_period_in_which_nothing_arose_says_so(town, as_thu, on_day):
    on_day("05/11/2019")
    answer = as_thu.send("reports:report_docx", PLAN, **YEAR | {"ky": "nam-2019"})
    said = text(Document(io.BytesIO(answer.content)))
    assert said.count("Kết quả: không phát sinh.") == 5
    assert "%" not in re.sub("100%", "", said)


def test_making_it_is_on_the_trail(paper):
    line = Trail.objects.filter(event="report_made", by="thu").latest("seq")
    assert (line.subject, line.data["period"]) == ("plan:12089-KH-UBND-2016", "nam-2017")


@pytest.mark.parametrize("name", ["hanh", "son", "lan", "vy"])
def test_who_may_not_make_it_is_refused(town, cast, name):
    assert cast.browser(name).send("reports:report_docx", PLAN, **YEAR).status_code == 403


def test_days_that_make_no_period_come_back_with_what_was_typed(town, as_thu):
    answer = as_thu.send("reports:report_docx", PLAN, **YEAR | {"den": "01/01/2016"})
    assert answer.status_code == 422
    assert 'value="01/01/2016"' in answer.content.decode()


def test_the_page_shows_what_the_report_will_say(town, as_thu):
    page = words(as_thu.open("reports:report", PLAN, ky="nam-2017"))
    assert "a) Được làm thủ tục xác minh và hỗ trợ ban đầu 22 28 78,6% 3 6 6" in page


def test_son_sees_the_totals_and_who_makes_the_report(town, as_son):
    page = words(as_son.open("reports:report", PLAN))
    assert "Sở Lao động - Thương binh và Xã hội và UBND tỉnh lập báo cáo này." in page
    assert "Tải báo cáo" not in page


def test_the_desk_of_who_makes_the_report_says_by_which_day_it_is_due(town, as_thu):
    page = words(as_thu.open("shell:home"))
    assert "chậm nhất 14/11/2017 · kế hoạch 12089/KH-UBND, mục VI.1" in page
    assert "Mở báo cáo" in page


def test_another_desk_does_not_name_the_report(town, as_lan):
    assert "Mở báo cáo" not in words(as_lan.open("shell:home"))


def test_of_a_district_it_says_so_and_nothing_of_others(town, as_thu):
    said = text(Document(io.BytesIO(as_thu.send("reports:report_docx", PLAN, **YEAR | {"dia_ban": "737"}).content)))
    assert "Kế hoạch 12089/KH-UBND năm 2017 của huyện Trảng Bom\n" in said
    assert "Số liệu của huyện Trảng Bom tính từ ngày 01/11/2016" in said
    assert "Toàn tỉnh" not in said and "THEO ĐỊA BÀN" not in said and "III. ĐÁNH GIÁ" in said


def test_of_an_agency_its_sum_is_not_that_of_the_province(town, as_thu):
    said = text(
        Document(io.BytesIO(as_thu.send("reports:report_docx", PLAN, **YEAR | {"don_vi": "labour-737"}).content))
    )
    assert "Số liệu của Phòng LĐ-TB&XH huyện Trảng Bom tính từ ngày 01/11/2016" in said
    assert "Toàn tỉnh" not in said and "\nCộng\n" in said


def test_the_page_says_of_which_district_its_figures_are(town, as_thu):
    assert "Số liệu của huyện Trảng Bom từ 01/11/2016" in words(
        as_thu.open("reports:report", PLAN, ky="nam-2017", dia_ban="737")
    )
