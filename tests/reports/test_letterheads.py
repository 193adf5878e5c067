"""The head and the foot of papers of every kind of agency: what is known of them, and room for what is not."""

import io

import pytest
from docx import Document

from benan.accounts.models import Membership
from benan.agencies import papers
from benan.agencies.kinds import AgencyKind
from benan.reports import template_fields
from benan.reports.actions import returns
from benan.reports.actions.signed import record_paper
from benan.reports.content import content
from benan.reports.issuers import BLANK, letterhead
from benan.reports.return_document import return_as_docx
from tests.cast import agency_of, day
from tests.reports import contents
from tests.reports.playing import Reporting, of

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


# --- Who signs


@pytest.fixture
def submitted(demo, cast):
    """A return of the information department that somebody approved; `post` is theirs when they were appointed."""

    def made(post):
        reporting = Reporting(cast)
        ret = of(reporting.opened(), "information_department")
        by = cast.appoint("duyet", "Trần Văn Nam", "head", "information_department")
        Membership.objects.filter(user=by).update(post=post)
        return returns.submit(by=by, ret=reporting.put(ret))

    return made


def signed(ret):
    """The lines above and below the signature of a return's paper."""
    foot = Document(io.BytesIO(return_as_docx(content(ret)))).tables[-1]
    return [line for line in foot.rows[0].cells[1].text.split("\n") if line]


@pytest.mark.parametrize(
    ("post", "lines"),
    [
        ("head", ["GIÁM ĐỐC", "Trần Văn Nam"]),
        ("deputy", ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Văn Nam"]),
        ("", [BLANK]),
    ],
)
def test_a_name_stands_below_the_capacity_that_belongs_to_it(submitted, post, lines):
    assert signed(submitted(post)) == lines


def test_a_template_of_an_office_says_the_same(submitted):
    ret = submitted("deputy")
    values = template_fields.values(content(ret), template_fields.fields(ret.period.plan, "dinh_ky"))
    assert (values["chuc_vu_ky"], values["nguoi_ky"]) == (["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], "Trần Văn Nam")


def test_a_deputy_signs_for_a_committee_on_behalf_of_it_and_in_place_of_its_chair(in_2017):
    lines = letterhead(agency_of("district-737"), day("10/11/2017")).signature("deputy")
    assert lines == ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")


def test_until_it_is_approved_the_heads_line_stands_without_a_name(demo, cast):
    assert signed(of(Reporting(cast).opened(), "information_department")) == ["GIÁM ĐỐC"]


# --- Who gets it


def recipients(ret):
    """The lines of recipients below a return's paper."""
    foot = Document(io.BytesIO(return_as_docx(content(ret)))).tables[-1]
    return foot.rows[0].cells[0].text.split("\n")


def test_an_agency_reports_to_the_peoples_committee_through_whoever_consolidates(demo, cast):
    period = Reporting(cast).opened()
    through = "- UBND tỉnh (qua Sở Lao động - Thương binh và Xã hội);"
    assert recipients(of(period, "district-736")) == ["Nơi nhận:", through, "- Lưu: VT."]
    assert recipients(of(period, "labour_department")) == ["Nơi nhận:", "- UBND tỉnh;", "- Lưu: VT."]


def test_the_register_of_outgoing_papers_names_the_same_addressee(demo, cast, on_day):
    reporting = Reporting(cast)
    ret = reporting.submitted(of(reporting.opened(), "information_department"))
    drafter = reporting.drafter("information_department")
    ret = record_paper(by=drafter, ret=ret, paper_no="214/BC-STTTT", paper_on=day("09/11/2017"))
    assert ret.paper.other_party == "UBND tỉnh (qua Sở Lao động - Thương binh và Xã hội)"
