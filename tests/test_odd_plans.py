"""No page answers with an error for a plan that the program accepts, or where there is nothing yet."""

import re
import textwrap

import pytest
from django.test import Client

from benan.accounts.models import User
from benan.agencies.models import OnCallContact
from benan.plan.actions import loading
from benan.plan.models import Clause, Plan
from tests.cast import PLAN, Officer, words
from tests.expected import EXPECTED
from tests.plan.emptying import remove_plans

FRAME = textwrap.dedent(
    """\
    number: {number}
    title: Kế hoạch mẫu
    issuer: UBND tỉnh Đồng Nai
    province: "{province}"
    issued_on: 05/01/2021
    period: {{first: {first}, last: {last}}}
    follow_up: {follow_up}
    bases: []
    recipients: []
    signer: []
    forms:
      - {{key: mau, title: "Kết quả {{period}}", sections: [{{key: chung, heading: Kết quả chung}}]}}
    headings:
      - {{number: I, heading: Mục tiêu}}
      - {{number: II, heading: Nhiệm vụ}}
    clauses:
    """
)
OBJECTIVE = "  - {number: I.1, wording: Giảm nguy cơ., kinds: [objective], meaning: Mục tiêu.}\n"


def plan(*clauses, number="01/KH-UBND", province="75", first="01/01/2021", last="31/12/2025", follow_up="all"):
    """A plan case of these clauses."""
    frame = FRAME.format(number=number, province=province, first=first, last=last, follow_up=follow_up)
    return frame + ("".join(clauses) or OBJECTIVE)


def clause(number, more="", kind="task"):
    """One clause of a plan case."""
    return f"  - {{number: {number}, wording: Việc., kinds: [{kind}], meaning: Việc.{more}}}\n"


def rule(key, first, last, day="by: 15/12"):
    """A report that a clause asks for."""
    span = "first: 01/11 năm trước, last: 30/04" if key == "6-thang" else "first: 01/11 năm trước, last: 31/10"
    return (
        f", reports: [{{key: {key}, name: 'kỳ {{year}}', {span}, first_year: {first}, last_year: {last}, {day}, "
        "givers: [all], form: mau}]"
    )


ODD = {
    "no report at all": ([plan()], "15/03/2023"),
    "no report, the first day": ([plan()], "01/01/2021"),
    "no report, after the end": ([plan()], "27/11/2026"),
    "one day long": ([plan(first="15/03/2023", last="15/03/2023")], "15/03/2023"),
    "over the turn of a year": ([plan(first="20/12/2022", last="10/01/2023")], "05/01/2023"),
    "only yearly reports": ([plan(clause("II.1", rule("nam", 2021, 2025)))], "15/03/2023"),
    "reports under other names": ([plan(clause("II.1", rule("bao-cao", 2021, 2025)))], "15/03/2023"),
    "reports only later": ([plan(clause("II.1", rule("nam", 2025, 2025)))], "15/03/2023"),
    "reports beyond its years": ([plan(clause("II.1", rule("6-thang", 2000, 2100)))], "15/03/2023"),
    "a report due before the first of January": (
        [plan(clause("II.1", rule("nam", 2021, 2025, "before: 01/01")))], "15/03/2023",
    ),
    "years that overlap": (
        [plan(clause("I.1", rule("6-thang", 2021, 2024)) + clause("II.1", rule("nam", 2022, 2025)))],
        "15/03/2023",
    ),
    "a report named again in a clause that stayed": (
        [plan(clause("II.1", rule("nam", 2021, 2025))), plan(clause("II.2", rule("nam", 2021, 2025)))],
        "15/03/2023",
    ),
    "a clause that is a whole heading": ([plan(clause("I"), clause("II", ", lead: [all]", kind="duty"))], "15/03/2023"),
    "a letter under a heading": ([plan(clause("I.a"), clause("I.đ"), clause("II.1.y"))], "15/03/2023"),
    "an indicator of another name": (
        [plan(clause("I.1", ", indicator: {measure: khac, target: 50}", kind="indicator"))], "15/03/2023",
    ),
    "an indicator under a number of the program's": (
        [plan("  - {number: II.2.a, wording: A., kinds: [task], meaning: B.}\n")], "15/03/2023",
    ),
    "followed up by those who are no office here": (
        [plan(clause("II.1"), follow_up="police_communes")], "15/03/2023",
    ),
    "a condition not met": ([plan(clause("II.1", ", condition: {text: Có quyết định}"))], "15/03/2023"),
    "of the future": ([plan(first="01/01/2030", last="31/12/2035")], "15/03/2023"),
    "of the future, with reports": (
        [plan(clause("II.1", rule("nam", 2030, 2035)), first="01/01/2030", last="31/12/2035")], "15/03/2023",
    ),
    "past and future": (
        [plan(), plan(number="02/KH-UBND", first="01/01/2030", last="31/12/2035")], "27/11/2026",
    ),
    "of another province": ([plan(province="70")], "15/03/2023"),
    "of another province, later than one's own": (
        [plan(), plan(number="02/KH-UBND", province="70", first="01/01/2024", last="31/12/2030")], "15/03/2023",
    ),
    "none": ([], "15/03/2023"),
}  # fmt: skip
PLAN_PAGES = [address for address in EXPECTED if address.startswith("/ke-hoach/")]
READERS = ("lan", "thu", "son")


@pytest.fixture
def without_plan(undone):
    """The world of the tests, before any plan was loaded."""
    remove_plans()


def errors(browser, addresses):
    """The addresses, of those, that answer with an error of the program."""
    browser.raise_request_exception = False
    return [address for address in addresses if browser.get(address).status_code >= 500]


@pytest.fixture
def load(without_plan, settings):
    """Call with the name of an odd plan: it is loaded, on its day."""

    def odd(name):
        cases, today = ODD[name]
        for source in cases:
            loading.load(by=None, source=source.encode(), path="mau.yaml")
        settings.BENAN_TODAY = "-".join(reversed(today.split("/")))

    return odd


@pytest.mark.parametrize("name", ODD)
def test_every_page_of_a_plan_opens(world, load, name):
    load(name)
    clauses = Clause.objects.values_list("plan__slug", "number")
    numbers = [f"/ke-hoach/{slug}/muc/{number}/" for slug, number in clauses]
    own = [page.replace(PLAN, slug) for slug in Plan.objects.values_list("slug", flat=True) for page in PLAN_PAGES]
    found = {who: errors(world.cast.browser(who), ["/", "/ke-hoach/", *own, *numbers]) for who in READERS}
    assert {who: addresses for who, addresses in found.items() if addresses} == {}


@pytest.mark.parametrize("name", ODD)
def test_the_report_of_a_plan_is_made_or_refused_in_words(world, load, name):
    load(name)
    browser = world.cast.browser("thu")
    browser.raise_request_exception = False
    for slug in Plan.objects.values_list("slug", flat=True):
        shown = browser.get(f"/ke-hoach/{slug}/bao-cao/so-lieu/", follow=True).content.decode()
        wanted = re.search(r'<option value="([^"]+)" selected', shown)
        answer = browser.post(f"/ke-hoach/{slug}/bao-cao/so-lieu/tai/", {"ky": wanted[1] if wanted else ""})
        assert answer.status_code in (200, 404, 422)


def test_without_reports_figures_are_told_by_calendar_years(world, load):
    load("no report at all")
    said = words(world.cast.browser("son").get("/ke-hoach/01-KH-UBND-2021/bao-cao/so-lieu/"))
    assert "Báo cáo năm 2023" in said and "Số liệu từ 01/01/2023 đến 31/12/2023, xét đến hết ngày 28/02/2023" in said


def test_a_plan_that_has_not_begun_says_when_it_does(world, load):
    load("of the future")
    assert "Kế hoạch bắt đầu ngày 01/01/2030" in words(world.cast.browser("son").get("/ke-hoach/"))
    assert "Giảm nguy cơ." in words(world.cast.browser("son").get("/ke-hoach/01-KH-UBND-2021/muc/"))


@pytest.mark.parametrize("name", ["of another province, later than one's own", "past and future"])
def test_the_plan_shown_is_the_provinces_that_has_begun(world, load, name):
    load(name)
    assert "Kế hoạch 01/KH-UBND" in words(world.cast.browser("thu").get("/ke-hoach/", follow=True))


def test_every_page_opens_where_there_is_no_plan(world, without_plan):
    found = {}
    for name in {*READERS, "dung", "hung", "hoa", "phuong"}:
        found[name] = errors(world.cast.browser(name), [world.address(each) for each in EXPECTED])
    assert {name: addresses for name, addresses in found.items() if addresses} == {}


def test_every_page_opens_in_a_database_without_cases_numbers_plan_or_roles(world, without_plan, db):
    OnCallContact.objects.all().delete()
    newcomer = Officer(User.objects.create(username="ai", full_name="Lê Thị Ai"))
    addresses = [
        world.address(each, code="17-99999", step=0, need=0, visit=0, provision=0, referral=0) for each in EXPECTED
    ]
    assert (errors(newcomer, addresses), errors(Client(), addresses)) == ([], [])
