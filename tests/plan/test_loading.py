import datetime as dt
import io
from pathlib import Path

import pytest
from django.core.management import call_command

from benan.audit.models import Event as TrailRow
from benan.core.refusals import Refused
from benan.plan import document, queries
from benan.plan.actions import loading
from benan.plan.events import PlanEvent
from benan.plan.models import Clause, ClauseAgency, Plan, PlanDeadline
from tests.plan.test_schema import PLAN

SHIPPED = Path(__file__).resolve().parents[2] / "plans/12089-KH-UBND.yaml"

pytestmark = pytest.mark.django_db


def load(text=PLAN):
    return loading.load(by=None, source=text.encode(), path="mau.yaml")


def rows():
    return [list(model.objects.order_by("pk").values()) for model in (Plan, Clause, ClauseAgency, PlanDeadline)]


def trail():
    return TrailRow.objects.filter(event=PlanEvent.LOADED)


def test_a_plan_of_another_province_and_period_is_loaded_beside_the_first():
    loaded = load()
    assert (loaded.frame, loaded.added, loaded.changed, loaded.kept) == (
        ["01/KH-UBND", "I", "II"], ["I.1", "II.1"], [], [],
    )  # fmt: skip
    assert queries.current(dt.date(2022, 1, 1), province="70") == loaded.plan
    assert queries.current(dt.date(2022, 1, 1)) is None
    assert {plan.number for plan in queries.plans()} == {"01/KH-UBND", "12089/KH-UBND"}


def test_what_is_loaded_can_be_read():
    plan = load().plan
    clause = queries.clause(plan, "II.1")
    assert (clause.leads, [target.number for target in clause.serves.all()]) == (["all"], ["I.1"])
    dues = queries.due_days(plan, dt.date(2024, 1, 1), dt.date(2030, 1, 1))
    assert [due.on for due in dues] == [dt.date(2024, 6, 9)]


def test_loading_the_shipped_plan_again_changes_nothing():
    before = rows()
    loaded = loading.load(by=None, source=SHIPPED.read_bytes(), path=SHIPPED.name)
    assert (loaded.frame, loaded.added, loaded.changed, loaded.kept) == ([], [], [], [])
    assert rows() == before


def test_the_trail_tells_a_load_once():
    load()
    load()
    (row,) = trail().filter(subject="plan:tinh-70-01-KH-UBND-2021")
    assert row.data == {"frame": ["01/KH-UBND", "I", "II"], "added": ["I.1", "II.1"], "changed": [], "kept": []}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Báo cáo trước 10/6.", "Báo cáo trước 20/6."),
        ("lead: [all]", "lead: [ppc]"),
        ("lead: [all]", "cooperating: [all]"),
        ("serves: [I.1]", "serves: []"),
        ("before: 10/06", "before: 20/06"),
        ("before: 10/06", "by: 10/06"),
    ],
)
def test_a_changed_clause_is_updated_and_reported(old, new):
    load()
    assert old in PLAN
    assert load(PLAN.replace(old, new)).changed == ["II.1"]
    assert load(PLAN.replace(old, new)).changed == []


def test_a_changed_heading_is_reported_by_its_number():
    load()
    assert load(PLAN.replace("heading: Nhiệm vụ", "heading: Việc làm")).frame == ["II"]


def test_a_deadline_keeps_its_row_when_its_day_changes():
    load()
    before = PlanDeadline.objects.get(key="report", clause__plan__number="01/KH-UBND").pk
    load(PLAN.replace("before: 10/06", "before: 20/06"))
    assert PlanDeadline.objects.get(pk=before).day == 20


def test_a_clause_missing_from_a_later_file_stays_and_is_reported():
    load()
    shorter = PLAN[: PLAN.index("  - number: II.1\n")]
    loaded = load(shorter)
    assert (loaded.changed, loaded.kept) == ([], ["II.1"])
    assert queries.clause(loaded.plan, "II.1").wording == "Báo cáo trước 10/6."


def test_a_plan_of_a_year_stands_beside_the_plan_of_the_years_and_is_the_one_shown():
    yearly = PLAN.replace('"70"', '"75"').replace(
        "first: 2021-01-01, last: 2025-06-30", "first: 2020-01-01, last: 2020-12-31"
    )
    loaded = load(yearly)
    assert queries.current(dt.date(2020, 6, 1)) == loaded.plan
    assert queries.current(dt.date(2019, 6, 1)).number == "12089/KH-UBND"


def test_the_same_number_in_another_province_or_year_is_another_plan():
    shipped = SHIPPED.read_text()
    title = Plan.objects.get().title
    load(shipped.replace('province: "75"', 'province: "70"').replace("title: >-", "title: >-\n  Của tỉnh khác.", 1))
    load(shipped.replace("issued_on: 2016-12-12", "issued_on: 2017-01-12"))
    assert Plan.objects.get(slug="12089-KH-UBND-2016").title == title
    assert set(Plan.objects.values_list("slug", flat=True)) == {
        "12089-KH-UBND-2016", "tinh-70-12089-KH-UBND-2016", "12089-KH-UBND-2017",
    }  # fmt: skip


def test_a_condition_that_was_met_binds_from_its_day():
    met = "lead: [all]\n    condition: {text: Có quyết định, met_on: 01/07/2021, document: 05/QĐ-UBND}"
    clause = queries.clause(load(PLAN.replace("lead: [all]", met)).plan, "II.1")
    assert not clause.condition_met(dt.date(2021, 6, 30))
    assert clause.condition_met(dt.date(2021, 7, 1))
    assert [due.on.year for due in queries.due_days(clause.plan, dt.date(2021, 1, 1), dt.date(2022, 12, 31))] == [2022]


INDICATORS = PLAN.replace("serves: [I.1]", "indicator: {measure: one, target: 100}").replace("[task]", "[indicator]")


def test_indicators_may_change_places():
    other = "meaning: Mục tiêu.\n    indicator: {measure: two, target: 90}"
    text = INDICATORS.replace("meaning: Mục tiêu.", other).replace("[objective]", "[objective, indicator]")
    load(text)
    swapped = (
        text.replace("measure: one", "measure: x")
        .replace("measure: two", "measure: one")
        .replace("measure: x", "measure: two")
    )
    assert load(swapped).changed == ["I.1", "II.1"]


def test_an_indicator_does_not_leave_a_clause_that_is_kept():
    load(INDICATORS)
    with pytest.raises(Refused, match="Chỉ tiêu “one” thuộc điểm II.1"):
        load(INDICATORS.replace("number: II.1\n", "number: II.2\n"))


def test_a_wrong_file_loads_nothing():
    with pytest.raises(document.InvalidPlan):
        load(PLAN.replace("[task]", "[tasks]"))
    assert not Plan.objects.filter(number="01/KH-UBND").exists()


@pytest.fixture
def run(tmp_path):
    """Run load_plan on a file of this text; gives what it printed, what it complained and how it ended."""

    def command(text, *options):
        path = tmp_path / "mau.yaml"
        path.write_text(text, encoding="utf-8")
        out, err, code = io.StringIO(), io.StringIO(), 0
        try:
            call_command("load_plan", str(path), *options, stdout=out, stderr=err, no_color=True)
        except SystemExit as stop:
            code = stop.code
        return out.getvalue(), err.getvalue().replace(str(tmp_path), ""), code

    return command


def test_the_command_tells_what_it_added(run):
    out, _err, code = run(PLAN)
    assert code == 0
    assert "điểm thêm mới: 2 (I.1, II.1)" in out


def test_the_command_ends_with_1_and_the_lines_of_the_errors(run):
    out, err, code = run(PLAN.replace("[task]", "[tasks]"))
    assert (out, code) == ("", 1)
    assert err.startswith("/mau.yaml, dòng 23, điểm II.1: “tasks” không phải loại")


def test_the_command_can_only_check(run):
    out, _err, code = run(PLAN, "--check")
    assert code == 0
    assert "đúng mẫu: kế hoạch 01/KH-UBND, 2 mục, 2 điểm" in out
    assert not Plan.objects.filter(number="01/KH-UBND").exists()


def test_the_command_points_out_a_number_passed_over(run):
    out, _err, _code = run(PLAN.replace("number: II.1\n", "number: II.2\n"))
    assert "Lưu ý: kế hoạch không có số II.1" in out


def test_the_command_says_which_file_it_cannot_read(tmp_path):
    err = io.StringIO()
    with pytest.raises(SystemExit, match="1"):
        call_command("load_plan", str(tmp_path / "khong-co.yaml"), stderr=err, no_color=True)
    assert "khong-co.yaml: không đọc được tệp" in err.getvalue()
