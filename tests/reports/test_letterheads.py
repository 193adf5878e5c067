"""The head and the foot of papers of every kind of agency: what is known of them, and room for what is not."""

import io

import pytest
from docx import Document

from benan.agencies import papers
from benan.agencies.kinds import AgencyKind
from benan.reports.issuers import BLANK, letterhead
from benan.reports.return_document import return_as_docx
from tests.cast import agency_of, day
from tests.reports import contents

STATE = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]


@pytest.fixture
def in_2017(town, on_day):
    on_day("10/11/2017")


def head_of(agency):
    """The lines above a return of an agency, on the left and on the right."""
    paper = Document(io.BytesIO(return_as_docx(contents.of_agency(agency))))
    left, right = ([line for line in cell.text.split("\n") if line] for cell in paper.tables[0].rows[0].cells)
    return left, right


@pytest.mark.parametrize(
    ("agency", "left", "right"),
    [
        ("ppc", ["ỦY BAN NHÂN DÂN", "TỈNH ĐỒNG NAI"], STATE),
        ("district-737", ["ỦY BAN NHÂN DÂN", "HUYỆN TRẢNG BOM"], STATE),
        ("commune-26263", ["ỦY BAN NHÂN DÂN", "XÃ SÔNG TRẦU"], STATE),
        ("labour_department", ["ỦY BAN NHÂN DÂN", "TỈNH ĐỒNG NAI", "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI"], STATE),
        ("labour-737", ["ỦY BAN NHÂN DÂN", "HUYỆN TRẢNG BOM", "PHÒNG LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "HUYỆN TRẢNG BOM"], STATE),
        ("police_province", ["BỘ CÔNG AN", "CÔNG AN TỈNH ĐỒNG NAI"], STATE),
        ("police-737", ["CÔNG AN TỈNH ĐỒNG NAI", "CÔNG AN HUYỆN TRẢNG BOM"], STATE),
        ("womens_union", [BLANK, "HỘI LIÊN HIỆP PHỤ NỮ", "TỈNH ĐỒNG NAI"], STATE),
        ("farmers_union", [BLANK, "HỘI NÔNG DÂN", "TỈNH ĐỒNG NAI"], STATE),
        ("fatherland_front", [BLANK, "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM", "TỈNH ĐỒNG NAI"], STATE),
        ("procuracy", [BLANK, "VIỆN KIỂM SÁT NHÂN DÂN", "TỈNH ĐỒNG NAI"], STATE),
        ("social_bank", [BLANK, "NGÂN HÀNG CHÍNH SÁCH XÃ HỘI", "TỈNH ĐỒNG NAI"], STATE),
        ("court", [BLANK, "TÒA ÁN NHÂN DÂN", "TỈNH ĐỒNG NAI"], STATE),
        ("propaganda", ["TỈNH ỦY ĐỒNG NAI", "BAN TUYÊN GIÁO"], ["ĐẢNG CỘNG SẢN VIỆT NAM"]),
        ("youth_union", [BLANK, "TỈNH ĐOÀN ĐỒNG NAI"], [BLANK]),
    ],
)  # fmt: skip
def test_the_head_names_superior_agency_and_motto(in_2017, agency, left, right):
    assert head_of(agency) == (left, right)


def test_a_paper_of_the_party_has_no_number_in_the_form_of_the_state(in_2017):
    assert letterhead(agency_of("propaganda"), day("10/11/2017")).number() == "……"


def test_letters_of_an_agency_stand_where_one_of_its_papers_was_seen(in_2017):
    on = day("10/11/2017")
    assert letterhead(agency_of("bcd138"), on).number() == "……/BC-BCĐ"
    assert letterhead(agency_of("procuracy"), on).number() == "……/BC-……"


def test_every_kind_of_agency_has_a_form(in_2017):
    assert [kind for kind in AgencyKind.values if papers._forms("kinds").get(kind) is None] == []
