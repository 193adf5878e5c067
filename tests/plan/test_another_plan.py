"""A plan with other numbers and targets counts by the same measures, without a change of the program."""

import io
import json
import re
import textwrap
from io import StringIO

import pytest
from django.core.management import call_command
from docx import Document

from benan.audit.models import Event as Trail
from benan.plan import indicators
from benan.plan import queries as plans
from benan.plan.actions import loading
from tests.cast import words
from tests.plan.emptying import remove_plans

PLAN = textwrap.dedent(
    """\
    number: 07/KH-UBND
    title: Kế hoạch mẫu
    issuer: UBND tỉnh Đồng Nai
    province: "75"
    issued_on: 05/01/2016
    period: {first: 2016-11-01, last: 2019-12-31}
    follow_up: labour_department
    bases: [Luật số 66/2011/QH12]
    recipients: [Như trên]
    signer: [CHỦ TỊCH]
    forms:
      - {key: mau, title: "Kết quả {period}", sections: [{key: chung, heading: Kết quả chung}]}
    headings:
      - {number: I, heading: Mục tiêu}
      - {number: III, heading: Chỉ tiêu}
      - {number: III.4, heading: Chỉ tiêu hỗ trợ}
      - {number: V, heading: Tổ chức thực hiện}
    clauses:
      - {number: I.1, wording: Bảo vệ nạn nhân., kinds: [objective], meaning: Mục tiêu.}
      - number: III.3
        wording: Một nửa số người có nhu cầu được bảo vệ.
        kinds: [indicator]
        meaning: Chỉ tiêu.
        serves: [I.1]
        indicator: {measure: people_protected, target: 50}
      - number: III.4.g
        wording: 80% nạn nhân được hỗ trợ.
        kinds: [indicator]
        meaning: Chỉ tiêu.
        serves: [I.1]
        indicator: {measure: victims_supported, target: 80}
      - number: III.4.h
        wording: 90% người được vay vốn.
        kinds: [indicator]
        meaning: Chỉ tiêu.
        indicator: {measure: people_lent_money, target: 90}
      - number: V.2
        wording: Báo cáo.
        kinds: [report]
        meaning: Báo cáo.
        reports:
          - {key: nam, name: "năm {year}", first: 01/11 năm trước, last: 31/10, before: 15/11, first_year: 2017,
             last_year: 2019, givers: [all], form: mau}
    """
)
YEAR = {"ky": "nam-2017"}


@pytest.fixture
def loaded(town):
    """The town, under this plan alone; gives what loading printed."""
    remove_plans()
    loading.load(by=None, source=PLAN.encode(), path="mau.yaml")
    return town


def test_its_indicators_are_those_it_names_with_their_targets(loaded):
    found = indicators.indicators(plans.plans().get())
    assert [(each.number, each.letter, each.target, each.measure.key) for each in found] == [
        ("III.3", "3", 50, "people_protected"),
        ("III.4.g", "g", 80, "victims_supported"),
    ]


def test_the_overview_counts_them_under_their_numbers(loaded, as_thu):
    page = as_thu.open("plan:overview", "07-KH-UBND-2016", **YEAR)
    said = words(page)
    assert "Hai chỉ tiêu " in said and "mục tiêu 50%" in said and "mục tiêu 80%" in said
    assert f" {loaded.expected['c']} " in said and f" {loaded.expected['b']} " in said
    assert set(re.findall(r"/chi-tieu/([^/]+)/", page.content.decode())) == {"III.3", "III.4.g"}


def test_a_target_below_everyone_is_reached_although_somebody_falls_short(loaded, as_thu):
    assert "Đạt <b>1 trên 2</b> chỉ tiêu." in as_thu.open("plan:overview", "07-KH-UBND-2016", **YEAR).content.decode()
    assert "Được bảo vệ an toàn: 2/4 , đạt." in words(as_thu.open("plan:indicator", "07-KH-UBND-2016", "III.3", **YEAR))
    assert "Được hỗ trợ theo luật: 3/6 (50,0%)." in words(
        as_thu.open("plan:indicator", "07-KH-UBND-2016", "III.4.g", **YEAR)
    )


def test_an_indicator_has_a_page_under_its_own_number_alone(loaded, as_thu):
    assert [
        as_thu.open("plan:indicator", "07-KH-UBND-2016", number).status_code for number in ("II.2.b", "II.2.c")
    ] == [404, 404]


def test_an_indicator_by_a_measure_that_the_program_does_not_have_can_be_read_but_not_counted(loaded, as_thu):
    assert as_thu.open("plan:indicator", "07-KH-UBND-2016", "III.4.h").status_code == 404
    assert "chưa có cách đếm" in words(as_thu.open("plan:clause", "07-KH-UBND-2016", "III.4.h"))


def test_loading_names_the_measure_that_the_program_does_not_have(town, tmp_path):
    remove_plans()
    path, out = tmp_path / "mau.yaml", StringIO()
    path.write_text(PLAN)
    for more in (["--check"], []):
        call_command("load_plan", str(path), *more, stdout=out)
    assert out.getvalue().count("Lưu ý: điểm III.4.h dùng số đo “people_lent_money”") == 2
    assert out.getvalue().count("dùng số đo") == 2


def test_its_clauses_lead_to_the_pages_that_serve_them(loaded, as_thu):
    for number, named in (("III.4.g", "Chỉ tiêu III.4.g"), ("I.1", "Tình hình kế hoạch")):
        page = words(as_thu.open("plan:clause", "07-KH-UBND-2016", number))
        assert named in page.partition("Trang làm việc này")[2]
    assert "Trang làm việc này" not in words(as_thu.open("plan:clause", "07-KH-UBND-2016", "V.2"))


def test_pages_of_the_plan_cite_it_at_their_foot(loaded, as_thu):
    assert "Thực hiện kế hoạch 07/KH-UBND: mục III.4.g ." in words(
        as_thu.open("plan:indicator", "07-KH-UBND-2016", "III.4.g")
    )
    assert "Thực hiện kế hoạch 07/KH-UBND: mục I.1 , III.3 , III.4.g ." in words(
        as_thu.open("plan:overview", "07-KH-UBND-2016")
    )


def test_the_command_prints_its_numbers(loaded):
    out = StringIO()
    call_command("indicators", "--from", "2016-11-01", "--to", "31/10/2017", "--json", stdout=out)
    found = [(one["key"], one["numerator"], one["denominator"]) for one in json.loads(out.getvalue())["indicators"]]
    assert found == [("III.3", 2, 4), ("III.4.g", 3, 6)]


def test_the_trail_keeps_codes_under_its_numbers(loaded, as_thu):
    as_thu.open("plan:indicator", "07-KH-UBND-2016", "III.4.g", **YEAR)
    line = Trail.objects.filter(event="figures_listed", by="thu").latest("seq")
    assert line.data["short"].keys() == {"III.4.g"}


def test_the_report_speaks_in_its_words(loaded, as_thu):
    paper = Document(io.BytesIO(as_thu.send("reports:report_docx", "07-KH-UBND-2016", **YEAR).content))
    said = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "I. KẾT QUẢ CÁC CHỈ TIÊU (MỤC III, III.4 CỦA KẾ HOẠCH)" in said
    assert "g) 80% nạn nhân được hỗ trợ." in said and "vay vốn" not in said
    assert "mục V.2" in words(as_thu.open("reports:report", "07-KH-UBND-2016", **YEAR))


def test_a_plan_without_indicators_says_so(town, as_thu):
    remove_plans()
    source = re.sub(r"      indicator: .*\n|    indicator: .*\n", "", PLAN).replace("[indicator]", "[task]")
    loading.load(by=None, source=source.encode(), path="mau.yaml")
    assert "không có chỉ tiêu nào mà chương trình đếm được" in words(
        as_thu.open("plan:overview", "07-KH-UBND-2016", **YEAR)
    )
    assert as_thu.open("reports:report", "07-KH-UBND-2016", **YEAR).status_code == 200
