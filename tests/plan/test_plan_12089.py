"""Plan 12089/KH-UBND, as the program ships it."""

import datetime as dt
import itertools
from pathlib import Path

import pytest

from benan.plan import document, periods, queries
from benan.plan.models import ClauseKind

FILE = Path(__file__).resolve().parents[2] / "plans/12089-KH-UBND.yaml"

# How many lettered clauses stand under each heading; where none do, the heading's own text is the clause.
LETTERS = "abcdđeghik"
CLAUSES = {
    "I.1": 2,
    "I.2": 2,
    "II.1": 5,
    "II.2": 5,
    "II.3": 3,
    "III.1": 4,
    "III.2": 5,
    "III.3": 4,
    "III.4": 9,
    "III.5": 5,
    "IV.1": 2,
    "IV.2": 3,
    "IV.3": 0,
    "V.1": 10,
    "V.2": 2,
    "V.3": 0,
    "V.4": 3,
    "V.5": 0,
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return queries.current(dt.date(2017, 11, 9))


@pytest.fixture(scope="module")
def file():
    return document.read(FILE.read_bytes(), FILE.name)


def test_the_plan_in_force_in_2017_is_12089_issued_on_12_december_2016(plan):
    assert (plan.number, plan.issued_on, plan.last_day) == (
        "12089/KH-UBND", dt.date(2016, 12, 12), dt.date(2020, 12, 31),
    )  # fmt: skip


def test_no_plan_is_in_force_after_2020():
    assert queries.current(dt.date(2021, 1, 1)) is None


def test_all_seventy_clauses_stand_in_the_order_of_the_plan(plan):
    numbers = [clause.number for clause in queries.clauses(plan)]
    lettered = [
        [f"{heading}.{letter}" for letter in LETTERS[:count]] or [heading] for heading, count in CLAUSES.items()
    ]
    assert numbers == [*itertools.chain(*lettered), "VI.1", "VI.2", "VI.3"]
    assert len(numbers) == 70


@pytest.mark.parametrize(
    ("number", "first_words", "last_words"),
    [
        ("I.1.a", "Tổ chức nghiên cứu, phổ biến, quán triệt", "đảm bảo quyền và lợi ích của nạn nhân."),
        ("I.2.b", "Các sở, ban, ngành, đoàn thể, UBND các huyện", "có hiệu quả công tác PCMBN."),
        ("II.2.d", "100% nạn nhân được hỗ trợ các dịch vụ", "sau khi xác định nơi cư trú của nạn nhân."),
        ("II.3.c", "Thời gian thực hiện:", "Giai đoạn 2016 - 2020."),
        ("III.2.b", "Tổ chức thực hiện chiến lược truyền thông", "cộng đồng về phòng chống mua bán người."),
        ("III.4.g", "Thực hiện các biện pháp bảo vệ nạn nhân", "để hỗ trợ, bảo vệ nếu cần thiết."),
        ("IV.3", "Tập trung kinh phí của Nhà nước", "trong việc hỗ trợ nạn nhân."),
        ("V.1.đ", "Tổ chức tiếp nhận, quản lý, giáo dục", "Trung tâm bảo trợ Huấn nghệ cô nhi Biên Hòa."),
        ("V.5", "Thực hành quyền công tố", "xét xử lưu động để phòng ngừa răn đe tội phạm."),
        ("VI.1", "Các sở, ban, ngành, đoàn thể", "và Bộ Lao động - Thương binh và Xã hội theo quy định."),
        ("VI.3", "Sở Lao động - Thương binh và Xã hội có", "kết quả thực hiện Kế hoạch để theo dõi, chỉ đạo."),
    ],
)
def test_a_clause_begins_and_ends_with_its_own_words(plan, number, first_words, last_words):
    wording = queries.clause(plan, number).wording
    assert wording.startswith(first_words)
    assert wording.endswith(last_words)


def test_the_plan_keeps_its_own_slips(plan):
    assert "cán cử nội dung" in queries.clause(plan, "I.2.b").wording
    assert "nạn nhan là trẻ em" in queries.clause(plan, "III.4.g").wording


def test_no_wording_carries_the_lines_of_the_paper(file):
    for clause in file.clauses:
        assert "  " not in clause.wording, clause.number
        assert all(line.startswith("- ") for line in clause.wording.split("\n")[1:]), clause.number


def test_every_clause_says_what_it_means_for_the_program(file):
    assert [clause.number for clause in file.clauses if not clause.meaning.endswith(".")] == []


def test_clauses_stand_under_their_headings(plan):
    outline = {section.number: [clause.number for clause in clauses] for section, clauses in queries.outline(plan)}
    assert list(outline) == sorted({*CLAUSES, "I", "II", "III", "IV", "V", "VI"})
    assert outline["IV"] == []
    assert outline["IV.3"] == ["IV.3"]
    assert outline["VI"] == ["VI.1", "VI.2", "VI.3"]


def test_the_outline_takes_as_many_queries_however_long_the_plan(plan, django_assert_num_queries):
    with django_assert_num_queries(5):
        assert sum(len(clauses) for _section, clauses in queries.outline(plan)) == 70


def test_five_indicators_aim_at_everyone(plan):
    indicators = queries.clauses(plan, ClauseKind.INDICATOR)
    assert [(clause.number, clause.target) for clause in indicators] == [(f"II.2.{letter}", 100) for letter in "abcdđ"]
    assert len({clause.measure for clause in indicators}) == 5


def test_every_objective_is_served_by_tasks(plan):
    objectives = list(queries.clauses(plan, ClauseKind.OBJECTIVE))
    assert [clause.number for clause in objectives] == [f"II.1.{letter}" for letter in "abcdđ"]
    for objective in objectives:
        assert queries.clauses_serving(objective).filter(kinds__contains=[ClauseKind.TASK]).exists(), objective.number


def test_every_indicator_is_served_by_tasks_and_serves_an_objective(plan):
    for indicator in queries.clauses(plan, ClauseKind.INDICATOR):
        assert queries.clauses_serving(indicator).filter(kinds__contains=[ClauseKind.TASK]).exists(), indicator.number
        assert [target.number for target in indicator.serves.all()] == ["II.1.c"]


def test_a_reader_sees_when_everything_of_2017_falls_due(plan):
    dues = queries.due_days(plan, dt.date(2017, 1, 1), dt.date(2017, 12, 31))
    assert [(due.on.strftime("%d/%m/%Y"), due.clause.number, due.key) for due in dues] == [
        ("14/05/2017", "VI.1", "6-thang"),
        ("14/11/2017", "V.1.k", "annual_review"),
        ("14/11/2017", "VI.1", "nam"),
        ("24/11/2017", "VI.3", "tong-hop-nam"),
    ]


def test_14_may_2017_is_a_sunday_and_stays_the_deadline(plan):
    (due,) = queries.due_days(plan, dt.date(2017, 5, 14), dt.date(2017, 5, 14))
    assert due.on.isoweekday() == 7


def test_nothing_falls_due_before_the_plan_was_issued_or_after_it_ended(plan):
    assert queries.due_days(plan, dt.date(2016, 1, 1), dt.date(2016, 12, 31)) == []
    assert queries.due_days(plan, dt.date(2021, 1, 1), dt.date(2030, 12, 31)) == []


def test_the_plan_names_no_day_of_2020_for_the_final_review(plan):
    dues = queries.due_days(plan, dt.date(2020, 12, 1), dt.date(2020, 12, 31))
    assert [(due.on, due.key) for due in dues] == [
        (dt.date(2020, 12, 31), "final_review"), (dt.date(2020, 12, 31), "tong-ket"),
    ]  # fmt: skip
    words = "trong năm 2020, kế hoạch không nêu ngày (chương trình nhắc đến hết 31/12/2020)"
    assert {due.due_words for due in dues} == {words}
    others = queries.due_days(plan, dt.date(2016, 1, 1), dt.date(2020, 11, 30))
    assert not [due for due in others if due.within_year] and others[0].due_words == "chậm nhất 14/05/2017"


def test_periods_of_a_kind_do_not_overlap_and_the_last_covers_the_whole_plan(plan):
    found = periods.periods(plan, dt.date(2020, 11, 5))
    for kind in {period.kind for period in found}:
        own = sorted((period for period in found if period.kind == kind), key=lambda period: period.first)
        assert all(a.last < b.first for a, b in itertools.pairwise(own)), kind
    (final,) = [period for period in found if period.kind == "tong-ket"]
    assert (final.first, final.last, final.key) == (plan.period.lower, plan.last_day, "tong-ket-2020")
    begun = [final.is_begun(dt.date(*day)) for day in ((2019, 12, 31), (2020, 1, 1))]
    assert begun == [False, True]


def test_the_police_answer_for_their_duties_and_for_what_everyone_does(plan):
    numbers = [clause.number for clause in queries.led_by(plan, "police_province")]
    assert numbers == [
        "I.1.a", "I.2.b", "III.3.a", "III.3.b", "III.3.d", "III.4.b", "III.4.g", "V.2.a", "V.2.b", "VI.1",
    ]  # fmt: skip


def test_a_district_answers_for_what_its_group_does(plan):
    numbers = [clause.number for clause in queries.led_by(plan, "district_731", "districts")]
    assert numbers == ["I.1.a", "I.1.b", "I.2.b", "VI.1"]


def test_the_labour_department_answers_for_what_nobody_leads(plan):
    clauses = {clause.number: clause for clause in queries.led_by(plan, "labour_department")}
    assert clauses["III.4.i"].leads == []
    assert clauses["III.4.i"].answerable == ["labour_department"]
    assert {"V.2.a", "III.3.a", "III.3.c", "III.2.b"}.isdisjoint(clauses)
    assert clauses["III.4.d"].leads == ["labour_department"]


# What each agency leads and works at together with others in section III, by the words of section V.
LEADS = {
    "police_province": {"III.3.a", "III.3.b", "III.3.d", "III.4.b", "III.4.g"},
    "procuracy": {"III.3.c"},
    "womens_union": {"III.2.a", "III.2.b", "III.2.c", "III.4.c"},
    "information_department": {"III.2.a", "III.2.đ"},
    "labour_department": {"III.1.b", "III.4.c", "III.4.d", "III.4.h", "III.5.a", "III.5.c", "III.5.d"},
}


def test_tasks_are_led_by_those_to_whom_section_v_gives_them(file):
    tasks = [clause for clause in file.clauses if clause.number.startswith("III.")]
    assert {key: {task.number for task in tasks if key in task.lead} for key in LEADS} == LEADS
    named = {clause.number: {*clause.lead, *clause.cooperating} for clause in file.clauses}
    for task in tasks:
        assert set(task.lead) <= set(task.read_from), task.number  # no task names who leads it
        for key, numbers in task.read_from.items():
            assert key == "all" or all(key in named[number] for number in numbers), (task.number, key)
            assert all(number.startswith(("V.", "VI.")) for number in numbers), (task.number, key)


@pytest.mark.parametrize(
    ("number", "key", "sentence"),
    [
        (
            "III.3.a",
            "labour_department",
            "Phối hợp Công an các cấp trong công tác chỉ đạo và tiến hành điều tra, khảo sát",
        ),
        ("III.3.b", "police_province", "khẩn trương điều tra, khám phá các vụ mua bán người"),
        ("III.3.c", "procuracy", "Phối hợp lựa chọn vụ án điểm đưa ra xét xử lưu động"),
        ("III.2.b", "womens_union", "triển khai “Chiến lược truyền thông thay đổi hành vi tại cộng đồng”"),
        ("III.2.đ", "information_department", "phổ biến giáo dục pháp luật về phòng, chống tội phạm mua bán người"),
        ("III.4.c", "womens_union", "vay vốn, giúp sử dụng vốn có hiệu quả"),
        ("III.4.d", "labour_department", "Thực hiện quy trình chuẩn về hỗ trợ nạn nhân hòa nhập cộng đồng"),
        ("III.5.c", "labour_department", "tập huấn cho cán bộ làm công tác tiếp nhận, hỗ trợ tái hòa nhập"),
    ],
)
def test_the_clauses_from_which_a_part_is_read_give_that_work(plan, number, key, sentence):
    read_from = queries.clause(plan, number).read_from[key]
    assert any(sentence in queries.clause(plan, other).wording for other in read_from)


def test_the_duty_of_the_shelter_binds_nobody_before_the_province_decides(plan):
    shelter = queries.clause(plan, "V.1.đ")
    assert shelter.condition.startswith("UBND tỉnh ban hành Quyết định")
    assert not shelter.condition_met(dt.date(2017, 11, 9))
    assert queries.clause(plan, "V.1.e").condition_met(dt.date(2017, 11, 9))


def test_reports_find_the_recipients_the_plan_names(plan):
    assert len(plan.recipients) == 10
    assert plan.recipients[-1] == "Lưu: VT, VX, NC"
    assert plan.signer == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
