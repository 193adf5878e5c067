"""Pages ask the database as often for six people as for one: what grows is the page, never the number of questions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benan.cases.actions import corrections, receptions
from benan.support.actions import homeward, needs
from benan.support.models import Need
from tests.cast import TODAY, agency_of

HOA = {"full_name": "Nguyễn Thị Hoà", "birth": "1995"}


def questions(ask):
    """The SQL of one request, the second of its kind: what a process keeps from the first does not count."""
    ask()
    with CaptureQueriesContext(connection) as run:
        page = ask()
    assert page.status_code == 200
    return [query["sql"] for query in run]


def grows(ask, enlarge):
    """Questions of the small page that the large one asks more often."""
    enlarge()
    small = questions(ask)
    for _ in range(5):
        enlarge()
    large = questions(ask)
    return [sql[:160] for sql in large[len(small) :]] if len(large) != len(small) else []


@pytest.mark.parametrize(
    ("name", "address"),
    [("hanh", "/"), ("hanh", "/ho-so/"), ("hanh", "/ke-hoach/"), ("hanh", "/ke-hoach/chi-tieu/II.2.a/"), ("thu", "/ho-so/"),
     ("thu", "/ke-hoach/"), ("thu", "/ke-hoach/bao-cao/"), ("lan", "/"), ("vy", "/tai-khoan/")],
)  # fmt: skip
def test_with_the_number_of_files(cast, name, address):
    browser = cast.browser(name)
    assert grows(lambda: browser.get(address), cast.notified) == []


@pytest.mark.parametrize("name", ["lan", "hanh"])
def test_the_desk_with_the_number_of_files_whose_needs_wait(cast, name):
    browser = cast.browser(name)
    assert grows(lambda: browser.get("/"), lambda: cast.notified(cast.screened())) == []


def test_the_desk_of_the_police_with_the_number_of_requests(cast, as_dung):
    assert grows(lambda: as_dung.open("shell:home"), cast.requested) == []


def test_the_file_with_the_number_of_steps(notified, as_hanh, hanh):
    file = notified()
    more = lambda: corrections.remark(by=hanh, file=file, on=TODAY, words="ghi thêm")  # noqa: E731
    assert grows(lambda: as_hanh.open("cases:file", file.code), more) == []
    assert grows(lambda: as_hanh.open("cases:looks", file.code), more) == []


def test_the_file_with_the_number_of_people_who_came_along(notified, as_hanh, lan):
    file = notified()
    more = lambda: receptions.add_companion(by=lan, file=file, kind="minor")  # noqa: E731
    assert grows(lambda: as_hanh.open("cases:file", file.code), more) == []


def test_the_needs_with_what_is_needed_and_given(assessed, as_hanh, hanh):
    file = assessed(wanted=[])
    kinds = iter(["legal_aid", "job", "medical", "schooling", "vocational", "counselling"])

    def more():
        needs.record_needs(by=hanh, file=file, on=TODAY, kinds=[next(kinds)])
        need = Need.objects.of(file).select_related("file").order_by("pk").last()
        needs.provide(by=hanh, need=need, outcome="offered", on=TODAY)

    assert grows(lambda: as_hanh.open("support:needs", file.code), more) == []


def test_the_way_home_with_its_visits(at_home, as_hanh, hanh):
    file = at_home()
    more = lambda: homeward.plan_visit(by=hanh, file=file, planned_on=TODAY)  # noqa: E731
    assert grows(lambda: as_hanh.open("support:homeward", file.code), more) == []
    assert grows(lambda: as_hanh.open("shell:home"), more) == []


@pytest.mark.parametrize("name", ["hanh", "hoa"])
def test_the_referrals_with_their_number(cast, name):
    browser = cast.browser(name)
    more = lambda: cast.referred(cast.notified())  # noqa: E731
    assert grows(lambda: browser.open("support:referrals"), more) == []


def test_the_search_with_the_number_of_ones_own_files_that_match(cast, as_lan):
    asked = {"full_name": "Nguyễn Thị Hoà", "birth": "1995"}
    more = lambda: cast.received(identity=HOA)  # noqa: E731
    # Each file shown is a look of its own on the trail; the questions before that do not grow.
    small_and_large = []
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
    file = notified(identity=HOA)
    sent = {"purpose": "support", "fields_wanted": ["notes"]}
    more = lambda: corrections.remark(by=hanh, file=file, on=TODAY, words="ghi thêm")  # noqa: E731
    assert grows(lambda: as_hanh.post(f"/ho-so/{file.code}/danh-tinh/", sent), more) == []


def test_the_team_with_its_agencies(notified, as_hanh, hanh):
    file = notified()
    others = iter(
        ["womens_union", "social_bank", "child_protection", "farmers_union", "propaganda", "fatherland_front"]
    )
    more = lambda: corrections.assign(by=hanh, file=file, part="supports", agency=agency_of(next(others)))  # noqa: E731
    assert grows(lambda: as_hanh.open("cases:file", file.code), more) == []
