"""The pages of a case ask the database as often for many rows of it as for one."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benan.cases.actions import corrections, receptions
from tests.cast import TODAY, agency_of
from tests.growing import grows

HOA = {"full_name": "Nguyễn Thị Hoà", "birth": "1995"}


def test_the_case_with_the_number_of_steps(notified, as_hanh, hanh):
    case = notified()
    more = lambda: corrections.remark(by=hanh, case=case, on=TODAY, words="ghi thêm")  # noqa: E731
    assert grows(lambda: as_hanh.open("cases:case", case.code), more) == []
    assert grows(lambda: as_hanh.open("cases:access_log", case.code), more) == []


def test_the_case_with_the_number_of_people_who_came_along(notified, as_hanh, lan):
    case = notified()
    more = lambda: receptions.add_companion(by=lan, case=case, kind="minor")  # noqa: E731
    assert grows(lambda: as_hanh.open("cases:case", case.code), more) == []


def test_the_search_with_the_number_of_ones_own_cases_that_match(cast, as_lan):
    asked = {"full_name": "Nguyễn Thị Hoà", "birth": "1995"}
    more = lambda: cast.received(identity=HOA)  # noqa: E731
    # Each case shown is a look of its own on the trail; the questions before that do not grow.
    small_and_large = []
    as_lan.post("/tiep-nhan/", asked)  # what the process keeps
    for _ in range(2):
        more()
        with CaptureQueriesContext(connection) as run:
            assert as_lan.post("/tiep-nhan/", asked).status_code == 200
        small_and_large.append(
            [q["sql"] for q in run if q["sql"].startswith("SELECT") and "audit_event" not in q["sql"]]
        )
        for _ in range(4):
            more()
    assert len({len([sql for sql in sqls if "advisory" not in sql]) for sqls in small_and_large}) == 1


def test_the_identity_with_the_number_of_notes(notified, as_hanh, hanh):
    case = notified(identity=HOA)
    sent = {"purpose": "support", "fields_wanted": ["notes"]}
    more = lambda: corrections.remark(by=hanh, case=case, on=TODAY, words="ghi thêm")  # noqa: E731
    assert grows(lambda: as_hanh.post(f"/ho-so/{case.code}/danh-tinh/", sent), more) == []


def test_the_team_with_its_agencies(notified, as_hanh, hanh):
    case = notified()
    others = iter(
        ["womens_union", "social_bank", "child_protection", "farmers_union", "propaganda", "fatherland_front"]
    )
    more = lambda: corrections.assign(by=hanh, case=case, part="supports", agency=agency_of(next(others)))  # noqa: E731
    assert grows(lambda: as_hanh.open("cases:case", case.code), more) == []
