"""A plan file that is wrong is refused with its line, its clause and what is expected."""

import datetime as dt
import re
import textwrap
import unicodedata
from pathlib import Path

import pytest

from benan.agencies import loading as agencies
from benan.plan import document
from benan.plan import report_entries as entries
from benan.plan.models import AgencyGroup, ClauseKind, Recurrence

SCHEMA = Path(__file__).resolve().parents[2] / "docs/plan-schema.md"
PLAN = textwrap.dedent(
    """\
    number: 01/KH-UBND
    title: Kế hoạch mẫu
    issuer: UBND tỉnh Bình Phước
    province: "70"
    issued_on: 05/01/2021
    period: {first: 2021-01-01, last: 2025-06-30}
    follow_up: labour_department
    bases: [Luật số 66/2011/QH12]
    recipients: [Như trên]
    signer: [CHỦ TỊCH]
    headings:
      - number: I
        heading: Mục tiêu
      - number: II
        heading: Nhiệm vụ
    clauses:
      - number: I.1
        wording: Giảm nguy cơ.
        kinds: [objective]
        meaning: Mục tiêu.
      - number: II.1
        wording: Báo cáo trước 10/6.
        kinds: [task]
        meaning: Báo cáo.
        lead: [all]
        serves: [I.1]
        deadlines:
          - key: report
            what: Báo cáo
            before: 10/06
            first_year: 2021
            last_year: 2024
    """
)


def problems(text):
    source = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(document.InvalidPlan) as refused:
        document.read(source, "mau.yaml")
    return [str(problem) for problem in refused.value.problems]


def changed(old, new):
    assert PLAN.count(old) == 1, "the file must change at one place"
    return PLAN.replace(old, new)


def test_a_right_file_is_read():
    plan = document.read(PLAN.encode(), "mau.yaml")
    assert (plan.number, plan.clauses[1].deadlines[0].before) == ("01/KH-UBND", (10, 6))


@pytest.mark.parametrize(
    ("old", "new", "line", "clause", "expected"),
    [
        (
            "issuer: UBND",
            "nơi: UBND\nissuer: UBND",
            3,
            "",
            "khóa “nơi” không có trong mẫu; dùng một trong: number, title",
        ),
        ("01/KH-UBND", "01/" + "KH" * 20, 1, "", "số, ký hiệu dài quá 40 ký tự"),
        ("title: Kế hoạch mẫu\n", "", 1, "", "thiếu khóa “title” (tên kế hoạch)"),
        ("title: Kế hoạch mẫu", "title:", 2, "", "không được để trống"),
        ("title: Kế hoạch mẫu", "title: 2021", 2, "", "cần chữ; số, ngày, yes và no phải đặt trong dấu ngoặc kép"),
        ("title: Kế hoạch mẫu", "title: [Kế hoạch mẫu]", 2, "", "cần chữ; số, ngày, yes và no"),
        ('"70"', '"7"', 4, "", "“7” không phải mã tỉnh"),
        (
            "05/01/2021",
            "31/02/2021",
            5,
            "",
            "“31/02/2021” không phải một ngày có thật từ năm 2000; viết như 12/12/2016",
        ),
        ("05/01/2021", "05/01/21", 5, "", "không phải một ngày có thật"),
        ("05/01/2021", "tháng một", 5, "", "không phải một ngày có thật"),
        ("05/01/2021", "{ngày: 5}", 5, "", "không phải một ngày có thật"),
        ("last: 2025-06-30", "last: 2020-06-30", 6, "", "ngày cuối của kế hoạch phải từ ngày đầu trở đi"),
        ("{first: 2021-01-01, last: 2025-06-30}", "2021-2025", 6, "", "cần các khóa: first, last"),
        ("labour_department", "so_ld", 7, "", "“so_ld” không phải khóa đơn vị; dùng một trong: districts, communes"),
        ("01/KH-UBND", "ủ/ấ", 1, "", "số, ký hiệu “ủ/ấ” phải có chữ cái không dấu hoặc chữ số, ví dụ 12089/KH-UBND"),
        ("01/KH-UBND", "ﬃ" * 40, 1, "", "phải có chữ cái không dấu hoặc chữ số"),
        ("[Như trên]", "Như trên", 9, "", "cần một danh sách"),
        ("number: I\n", "number: Mục 1\n", 12, "", "“Mục 1” không phải số mục; viết như II, II.1 hoặc II.1.đ"),
        ("heading: Nhiệm vụ\n", "heading: Nhiệm vụ\n  - {number: I, heading: Lại}\n", 16, "", "số mục “I” ghi hai lần"),
        ("  - number: I.1\n    wording", "  - wording", 17, "thứ 1 trong danh sách", "thiếu khóa “number” (số điểm"),
        ("number: II.1\n", "number: II.1.f\n", 21, "II.1.f", "“II.1.f” không phải số mục"),
        ("number: II.1\n", "number: I.1\n", 21, "", "số điểm “I.1” ghi hai lần"),
        ("number: II.1\n", "number: IV.1\n", 21, "IV.1", "không mục nào trong “headings” chứa điểm này"),
        ("[task]", "[tasks]", 23, "II.1", "“tasks” không phải loại; dùng một trong: objective, indicator"),
        ("kinds: [task]", "kinds: []", 23, "II.1", "điểm phải có ít nhất một loại"),
        ("kinds: [task]", "kinds: [task, task]", 23, "II.1", "loại “task” ghi hai lần"),
        ("kinds: [task]", "kinds: [indicator]", 21, "II.1", "điểm loại indicator phải có khóa “indicator”"),
        ("    meaning: Báo cáo.\n", "", 21, "II.1", "thiếu khóa “meaning” (ý nghĩa của điểm"),
        ("meaning: Báo cáo.", "meaning: Báo cáo.\n    meaning: Lại.", 25, "II.1", "khóa “meaning” ghi hai lần"),
        ("lead: [all]", "leads: [all]", 25, "II.1", "khóa “leads” không có trong mẫu; dùng một trong: number, wording"),
        ("lead: [all]", "lead: [cong_an]", 25, "II.1", "“cong_an” không phải khóa đơn vị"),
        ("lead: [all]", "lead: [all]\n    cooperating: [all]", 26, "II.1", "đơn vị “all” ghi hai lần"),
        ("serves: [I.1]", "read_from: {all: [II.2]}", 26, "II.1", "“II.2” không phải một điểm khác của kế hoạch này"),
        ("serves: [I.1]", "read_from: {all: [II.1]}", 26, "II.1", "“II.1” không phải một điểm khác"),
        ("serves: [I.1]", "read_from: {all: []}", 26, "II.1", "phải nêu ít nhất một điểm"),
        ("serves: [I.1]", "read_from: {ppc: [I.1]}", 26, "II.1", "“ppc” không đứng ở “lead” hay “cooperating”"),
        ("serves: [I.1]", "read_from: [I.1]", 26, "II.1", "cần khóa đơn vị, mỗi khóa có danh sách số điểm"),
        ("serves: [I.1]", "read_from: {all: [I.1], all: [I.1]}", 26, "II.1", "đơn vị “all” ghi hai lần"),
        ("serves: [I.1]", "serves: [I.2]", 26, "II.1", "“I.2” không phải mục tiêu hay chỉ tiêu của kế hoạch này"),
        ("serves: [I.1]", "indicator: {measure: moi, target: 101}", 26, "II.1", "cần số nguyên từ 1 đến 100"),
        ("serves: [I.1]", "condition: {text: Có, met_on: 2021-05-01}", 26, "II.1", "phải có cả “met_on” và “document”"),
        ("key: report", "key: Báo cáo", 28, "II.1", "“Báo cáo” phải là chữ thường không dấu"),
        ("10/06", "29/02", 30, "II.1", "“29/02” không phải ngày có ở mọi năm; viết ngày/tháng như 15/05"),
        (
            "before: 10/06",
            "by: 10/06\n        before: 10/06",
            28,
            "II.1",
            "đúng một trong các khóa “before”, “by” và “within_year”",
        ),
        ("before: 10/06", "within_year: có", 30, "II.1", "viết true, hoặc bỏ khóa này"),
        ("before: 10/06", "before: 10/06\n        within_year: true", 28, "II.1", "đúng một trong các khóa"),
        ("last_year: 2024", "last_year: 2020", 28, "II.1", "“last_year” phải từ “first_year” trở đi"),
        ("first_year: 2021", "first_year: năm 2021", 31, "II.1", "cần số nguyên từ 2000 đến 2100"),
        ("heading: Nhiệm vụ", "heading: Nhiệm vụ: mới", 15, "", "sai cú pháp YAML ở cột"),
        ("    heading: Nhiệm vụ", "\theading: Nhiệm vụ", 15, "", "sai cú pháp YAML ở cột 1"),
        ("lead: [all]", "lead: &a [all]\n    cooperating: *a", 26, "", "ký hiệu & và *"),
        ("Giảm nguy cơ.", "Giảm \x07 nguy cơ.", 18, "", "có ký tự điều khiển; hãy xóa ký tự ấy"),
    ],
)
def test_an_error_names_its_line_its_clause_and_what_is_expected(old, new, line, clause, expected):
    (problem,) = problems(changed(old, new))
    place = f"mau.yaml, dòng {line}" + (f", điểm {clause}" if clause else "")
    assert problem.startswith(f"{place}: ")
    assert expected in problem


def test_a_file_in_another_encoding_is_refused_at_its_line():
    source = PLAN.encode().replace("Giảm".encode(), "Giảm".encode("utf-16-le"))
    assert problems(source) == ["mau.yaml, dòng 18: tệp không phải UTF-8; hãy lưu lại với bảng mã UTF-8."]


@pytest.mark.parametrize("text", ["", "\n\n", "# chỉ có chú thích\n", "\ufeff"])
def test_an_empty_file_is_refused(text):
    assert problems(text) == ["mau.yaml, dòng 1: tệp trống; kế hoạch phải có number, title và các khóa khác"]


def test_a_list_is_no_plan():
    assert problems("- a\n")[0].startswith("mau.yaml, dòng 1: cần các khóa: number, title")


def test_every_problem_is_told_at_once_in_the_order_of_the_file():
    text = PLAN.replace("[task]", "[tasks]").replace("05/01/2021", "5/13/2021").replace("    meaning: Mục tiêu.\n", "")
    assert [problem.split(":")[0] for problem in problems(text)] == [
        "mau.yaml, dòng 5", "mau.yaml, dòng 17, điểm I.1", "mau.yaml, dòng 22, điểm II.1",
    ]  # fmt: skip


def test_letters_written_in_pieces_are_joined():
    pieces = unicodedata.normalize("NFD", PLAN)
    assert pieces != PLAN
    assert document.read(pieces.encode(), "mau.yaml") == document.read(PLAN.encode(), "mau.yaml")


def test_a_file_saved_on_windows_is_read():
    windows = b"\xef\xbb\xbf" + PLAN.replace("\n", "\r\n").encode()
    assert document.read(windows, "mau.yaml") == document.read(PLAN.encode(), "mau.yaml")


def test_a_number_passed_over_is_pointed_out():
    plan = document.read(changed("number: II.1\n", "number: II.3\n").encode(), "mau.yaml")
    assert plan.passed_over() == ["II.1", "II.2"]


def test_the_schema_is_told_in_full():
    text = re.sub(r"```.*?```", "", SCHEMA.read_text(encoding="utf-8"), flags=re.DOTALL)
    told = set(re.findall(r"`([^`]+)`", text))
    shapes = (document.PLAN, document.PERIOD, document.HEADING, document.CLAUSE, document.INDICATOR)
    shapes += (
        entries.REPORT,
        entries.CUT_OFF,
        entries.CONSOLIDATION,
        entries.FORM,
        entries.FORM_SECTION,
        entries.FORM_LINE,
    )
    keys = {key for shape in (*shapes, document.CONDITION, document.DEADLINE) for key in shape}
    assert {*keys, *ClauseKind.values, *AgencyGroup.values, *agencies.keys(), *Recurrence.values} <= told


WITH_REPORT = PLAN.replace(
    "clauses:\n",
    "forms:\n  - {key: mau, title: Kết quả, sections: [{key: chung, heading: Kết quả chung, clauses: [II.1]}]}\nclauses:\n",
    1,
).replace(
    "        deadlines:\n".replace("        ", "    "),
    "    reports:\n"
    "      - {key: nam, name: năm, first: 01/11 năm trước, last: 31/10, before: 15/11, first_year: 2021, last_year: 2024,\n"
    "         givers: [all], form: mau}\n"
    "    deadlines:\n",
    1,
)  # fmt: skip


def test_a_report_is_read_with_the_days_it_covers():
    (report,) = document.read(WITH_REPORT.encode(), "mau.yaml").clauses[1].reports
    span = report.span(2023, dt.date(2021, 1, 1))
    assert (span.first, span.last) == (dt.date(2022, 11, 1), dt.date(2023, 10, 31))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("givers: [all]", "givers: [so_la]", "điểm II.1: “so_la” không phải khóa đơn vị; dùng một trong: districts"),
        ("last: 31/10", "last: 30/11", "kỳ của hai năm liền nhau chồng lên nhau"),
        ("last: 31/10", "last: 31/10 năm trước", "ngày chốt của kỳ phải từ ngày đầu trở đi"),
        ("last: 31/10", "last: 31 tháng 10", "“31 tháng 10” không phải ngày của kỳ; viết như 30/04"),
        ("form: mau}", "form: khac}", "không mẫu nào trong “forms” có khóa “khac”"),
        ("key: nam,", "key: Năm,", "“Năm” phải là chữ thường không dấu, số và dấu gạch nối"),
        ("clauses: [II.1]", "clauses: [II.9]", "kế hoạch này không có điểm “II.9”"),
        ("kinds: [task]", "kinds: [duty]", None),
        ("lead: [all]", "kinds: [duty]", "trách nhiệm phải có đơn vị chủ trì ở “lead”"),
    ],
)
def test_a_report_or_a_duty_that_cannot_be_is_named_with_its_line(old, new, expected):
    assert WITH_REPORT.count(old) == 1
    text = WITH_REPORT.replace(old, new)
    if old == "lead: [all]":
        text = text.replace("    kinds: [task]\n", "", 1)
    if expected is None:
        document.read(text.encode(), "mau.yaml")
    else:
        (problem,) = problems(text)
        assert re.match(r"mau.yaml, dòng \d+", problem) and expected in problem
