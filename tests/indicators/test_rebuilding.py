"""Standings are judged anew after an upgrade or a change of the law, and stay right without it."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benan.cases import steps
from benan.cases.actions import calendar, corrections, receptions
from benan.cases.extensions import lines_of_words
from benan.cases.models import Case
from benan.core.figures import every_row
from benan.indicators import rebuilding
from benan.indicators.models import CaseStanding, Rebuild
from benan.rules.models import TimeLimit
from tests.cast import PLAN, TODAY, Officer, day, words
from tests.indicators.player import Life

COLUMNS = [each.attname for each in CaseStanding._meta.concrete_fields if not each.primary_key]


def rows():
    """All standings, without their ids."""
    return sorted(every_row(CaseStanding).values_list(*COLUMNS), key=repr)


def rebuild(**options):
    """What the command prints."""
    out = StringIO()
    call_command("rebuild_standings", **options, stdout=out)
    return out.getvalue()


def derived(case):
    """Everything that is stored about a case and computed from its history."""
    case.refresh_from_db()
    plain = {each.attname: getattr(case, each.attname) for each in case._meta.concrete_fields}
    deadlines = [{**vars(row), "id": None, "_state": None} for row in case.deadlines.all()]
    return plain, deadlines, list(case.statuses.values("status", "since", "until")), rows()


def remark(cast, case):
    corrections.remark(by=cast.officer("hanh"), case=case, on=TODAY, words="Đã gọi điện.")


WORDS = {"remark": remark}


@pytest.mark.parametrize("key", sorted(lines_of_words()))
@pytest.mark.parametrize("name", ["Sậy", "Vẹt", "Bần", "Bình Bát"])
def test_of_a_line_of_words_nothing_is_derived(town, cast, key, name):
    case = every_row(Case).get(pk=town.cases[name])
    before = derived(case)
    WORDS[key](cast, case)
    assert derived(case) == before
    steps.after_change(Case.objects.lock(case))
    assert derived(case) == before


def test_a_remark_asks_nothing_of_standings_or_deadlines(town, cast):
    case = every_row(Case).get(pk=town.cases["Vẹt"])
    with CaptureQueriesContext(connection) as captured:
        remark(cast, case)
    asked = [query["sql"] for query in captured]
    assert [sql for sql in asked if "indicators_" in sql or "cases_deadline" in sql or "rules_" in sql] == []


def test_a_pass_that_was_stopped_goes_on_where_it_stopped(town, monkeypatch):
    monkeypatch.setattr(rebuilding, "AT_ONCE", 5)
    before = rows()
    every_row(CaseStanding).delete()
    passing = rebuilding.rebuild()
    assert [next(passing).judged for _batch in range(2)] == [5, 10]
    passing.close()
    assert not rebuilding.is_current()
    assert next(rebuilding.rebuild()).judged == 15
    said = rebuild()
    assert f"của {len(town.cases)} hồ sơ" in said
    assert rebuilding.is_current() and rows() == before


def test_nothing_differs_where_everything_is_right(town):
    rebuild()
    assert "0 dòng thay đổi" in rebuild()
    assert rebuild(if_needed=True) == ""


@pytest.mark.parametrize(
    ("page", "args"), [("plan:overview", (PLAN,)), ("plan:indicator", (PLAN, "II.2.a")), ("reports:report", (PLAN,))]
)
def test_pages_say_that_figures_were_judged_by_an_earlier_version(town, cast, page, args):
    rebuild()
    notice = "Số liệu đang được tính lại."
    assert notice not in words(cast.browser("thu").open(page, *args))
    Rebuild.objects.update(versions="received_verified_and_supported:0")
    assert notice in words(cast.browser("thu").open(page, *args))
    rebuild(if_needed=True)
    assert notice not in words(cast.browser("thu").open(page, *args))


def test_a_load_that_changes_a_limit_has_open_deadlines_and_standings_judged_anew(town):
    rebuild()
    before, limit = rows(), TimeLimit.objects.filter(key="verify_district").latest("pk")
    case = every_row(Case).get(pk=town.cases["Mắm"])
    TimeLimit.objects.filter(pk=limit.pk).update(n=limit.n + 7)
    steps.after_change(Case.objects.lock(case))
    assert rows() != before
    call_command("load_reference", demo=True, stdout=StringIO())
    assert not rebuilding.is_current()
    rebuild(if_needed=True)
    assert rebuilding.is_current() and rows() == before


def test_a_deadline_that_was_met_is_judged_by_the_calendar_of_its_time(town, cast):
    case = every_row(Case).get(pk=town.cases["Lau"])
    due = case.deadlines.get(limit="verify_district")
    assert (due.due_on, due.met_on) == (day("08/06/2017"), day("08/06/2017"))
    calendar.correct_official_day(
        by=cast.officer("thu"), day=due.due_on, kind="off", name="Nghỉ", source="Thông báo 1/TB"
    )
    receptions.explain_rights(by=cast.officer("lan"), case=case, on=TODAY)
    assert case.deadlines.get(limit="verify_district").due_on == due.due_on


def test_a_corrected_day_judges_the_cases_anew_whose_open_deadlines_it_spans(cast, town):
    cases = {}
    life = ("01/11/2017 đến trình báo", "01/11/2017 hỏi nhu cầu ban đầu", "01/11/2017 báo Phòng LĐ-TB&XH")
    Life(cast, {"name": "Ai đó", "life": life}, cases).live()
    due = every_row(Case).get(pk=cases["Ai đó"]).deadlines.get(limit="labour_intake").due_on
    ends = every_row(CaseStanding).filter(case=cases["Ai đó"], until__gt=due).values_list("until", flat=True)
    before = sorted(ends)
    notice = {"day": f"{due:%d/%m/%Y}", "kind": "off", "name": "Nghỉ", "source": "Thông báo 1/TB"}
    Officer(cast.officer("thu")).post(reverse("cases:correct_official_day"), notice)
    assert sorted(ends.all()) != before
