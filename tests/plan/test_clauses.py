"""Every clause of the plan: who answers for it, which page serves it, and whether that page opens for them."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from benan.accounts.models import Membership, User
from benan.accounts.roles import ROLES
from benan.agencies.models import Agency
from benan.core.clause_pages import clause_pages
from benan.plan import document, parties
from benan.plan import queries as plans
from benan.plan.serving import pages_serving
from tests.cast import MOMENT, PLAN, TODAY, Officer, words

FILE = Path(__file__).resolve().parents[2] / "plans/12089-KH-UBND.yaml"
CLAUSES = document.read(FILE.read_bytes(), FILE.name).clauses
# What every plan's overview shows, wherever its clauses stand.
OBJECTIVES = [f"II.1.{letter}" for letter in "abcdđ"]
INDICATORS = [f"II.2.{letter}" for letter in "abcdđ"]
SERVED = sorted({*(entry.number for entry in CLAUSES if entry.pages), *OBJECTIVES, *INDICATORS})


def printed():
    out = StringIO()
    call_command("plan_clauses", "--json", stdout=out)
    return json.loads(out.getvalue())


def member(kind, needs):
    """Somebody at an agency of a kind, in a role that has the permission, or the humblest role there is."""
    fitting = [role for role in ROLES.values() if kind in role.kinds and (needs is None or needs in role.permissions)]
    role = min(fitting, key=lambda role: len(role.permissions))
    user, made = User.objects.get_or_create(username=f"{kind}-{role.key}", full_name="Người thử (dữ liệu giả lập)")
    if made:
        agency = Agency.objects.filter(kind=kind).order_by("pk").first()
        Membership.objects.create(user=user, agency=agency, role=role.key, since=MOMENT.date())
    return Officer(user)


def test_all_seventy_clauses_are_printed_with_their_state(demo):
    answer = printed()
    assert len(answer["clauses"]) == 70
    served = sum(row["served"] for row in answer["clauses"])
    assert answer["totals"] == {"clauses": 70, "served": served, "not_served": 70 - served}


def test_the_page_of_the_docs_is_what_the_command_prints(demo):
    out = StringIO()
    call_command("plan_clauses", "--markdown", stdout=out)
    assert (FILE.parents[1] / "docs/clauses.md").read_text() == out.getvalue()


def test_a_clause_is_served_where_a_page_says_so_and_nowhere_else(demo):
    rows = printed()["clauses"]
    assert sorted(row["number"] for row in rows if row["served"]) == SERVED
    assert {row["state"] for row in rows if not row["by"]} == {"chưa có"}
    assert {row["state"] for row in rows if row["by"]} == {"đã có trang thực hiện"}


def test_the_plan_names_no_page_that_the_program_does_not_have():
    assert {key for entry in CLAUSES for key in entry.pages} <= {page.key for page in clause_pages}


def test_the_wording_is_the_plans_own(demo):
    row = next(row for row in printed()["clauses"] if row["number"] == "II.2.đ")
    assert row["wording"] == "100% nạn nhân có nhu cầu được tư vấn các dịch vụ sức khỏe, tâm lý."


@pytest.mark.parametrize("number", SERVED)
def test_whoever_answers_for_a_clause_opens_each_page_and_finds_it_cited(demo, number):
    clause = plans.clause(plans.plans().get(), number)
    for page in pages_serving(clause):
        for kind in {agency.kind for agency in parties.whole(clause.plan, clause.answerable, TODAY)}:
            answer = member(kind, page.permission or None).get(page.url(PLAN))
            assert (answer.status_code, number in words(answer)) == (200, True), (page.key, kind)


def test_every_key_of_the_plan_stands_for_agencies_that_there_are(demo):
    plan = plans.plans().get()
    for entry in CLAUSES:
        for key in (*entry.lead, *entry.cooperating):
            assert parties.members(plan, key, TODAY), key


def test_the_procuracy_finds_its_own_duty_first(demo, as_son):
    page = words(as_son.open("plan:clauses", PLAN))
    assert (
        page.index("Việc đơn vị mình chịu trách nhiệm")
        < page.index("Thực hành quyền công tố")
        < page.index("I.1. Mục đích")
    )


def test_a_clause_says_who_answers_by_when_and_where_it_stands(demo, as_son):
    page = words(as_son.open("plan:clause", PLAN, "V.1.k"))
    assert "Mục V.1.k: chưa bắt đầu" in page
    assert "Chủ trì: Sở Lao động - Thương binh và Xã hội" in page
    assert "14/11/2017 , 14/11/2018 , 14/11/2019 , 14/11/2020" in page


def test_a_clause_with_a_condition_says_that_it_binds_nobody_yet(demo, as_son):
    assert "Chưa đủ điều kiện nên điểm này chưa phải thực hiện." in words(as_son.open("plan:clause", PLAN, "V.1.đ"))


def test_lan_is_shown_the_page_where_she_receives(demo, as_lan):
    page = as_lan.open("plan:clause", PLAN, "III.4.a").content.decode()
    part = page.partition("Trang làm việc này")[2].partition("</section>")[0]
    assert 'href="/tiep-nhan/"' in part


def test_an_objective_lists_the_clauses_that_serve_it(demo, as_son):
    assert "III.3.c" in words(as_son.open("plan:clause", PLAN, "II.1.b"))


def test_a_clause_that_the_plan_does_not_have_is_not_found(demo, as_son):
    assert as_son.open("plan:clause", PLAN, "VII.1").status_code == 404


def test_a_plan_that_nobody_loaded_is_not_found(demo, as_son):
    assert as_son.open("plan:clauses", "1-KH-2016").status_code == 404
