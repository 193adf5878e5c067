"""Open duties of a plan are carried over to the plan that follows it, at the agency or its successor, or ended."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.utils import DatabaseError

from benan.core.refusals import Refused
from benan.plan import carrying, queries
from benan.plan.actions import carrying as verbs
from benan.plan.actions import progress
from benan.plan.models import CarriedDuty
from tests.cast import PLAN, agency_of, day, words
from tests.plan.test_plan_files import ELSEWHERE, HEALTH, HEALTH_SLUG, load

TODAY = "15/03/2026"


@pytest.fixture
def plan(demo, on_day):
    on_day(TODAY)
    return load(HEALTH)


def carry(cast, plan, number, heirs, to="II.1", **more):
    """Thu says what becomes of duties of a clause of plan 12089."""
    named = {agency_of(old): new and agency_of(new) for old, new in heirs.items()}
    return verbs.carry_over(
        by=cast.officer("thu"), plan=plan, clause=queries.clause(queries.by_slug(PLAN), number),
        to_clause=queries.clause(plan, to) if to else None, heirs=named, **more,
    )  # fmt: skip


def test_the_plan_that_is_followed_is_found_by_its_number_and_province(plan):
    assert carrying.followed(plan).slug == PLAN
    assert carrying.followed(queries.by_slug(PLAN)) is None
    assert carrying.followed(load(ELSEWHERE)) is None


def test_agencies_that_ended_find_their_successors(plan):
    heirs = {key: {each.key for each in carrying.heirs(agency_of(key), plan, day(TODAY))} for key in (
        "labour_department", "information_department", "procuracy", "district-737",
    )}  # fmt: skip
    assert heirs == {
        "labour_department": {"health_department", "home_affairs_department"},
        "information_department": {"culture_department", "science_department"},
        "procuracy": {"procuracy"},
        "district-737": set(),
    }


def test_thu_carries_a_duty_over_and_both_clauses_say_so(plan, as_thu, as_son):
    page = words(as_son.open("plan:carry", HEALTH_SLUG))
    assert "nhiệm vụ chưa xong cần chuyển tiếp hoặc kết thúc" in page and "Chuyển tiếp hoặc kết thúc" not in page
    address = f"/ke-hoach/{HEALTH_SLUG}/chuyen-tiep/V.1.a/"
    form = as_thu.get(address)
    assert "nhiều đơn vị kế tiếp; chọn đơn vị nhận việc" in words(form)
    key = f"to-{agency_of('labour_department').pk}"
    told = {"to_clause": "II.1", key: "", "reason": "", "seen": "0"}
    assert as_thu.post(address, told).status_code == 422
    assert as_thu.post(address, told | {key: agency_of("health_department").pk}).status_code == 302
    new, old = (
        words(as_son.open("plan:clause", slug, number)) for slug, number in ((HEALTH_SLUG, "II.1"), (PLAN, "V.1.a"))
    )
    assert "tiếp nối nhiệm vụ của Sở Lao động - Thương binh và Xã hội trong kế hoạch 12089/KH-UBND, mục V.1.a" in new
    assert "chuyển cho Sở Y tế theo kế hoạch 15/KH-UBND, mục II.1" in old
    assert "chuyển sang mục II.1" in words(as_son.open("plan:carry", HEALTH_SLUG))


def test_a_duty_may_end_for_a_reason(plan, cast, as_son):
    with pytest.raises(Refused, match="Ghi lý do kết thúc"):
        carry(cast, plan, "V.5", {"procuracy": None}, to=None)
    carry(cast, plan, "V.5", {"procuracy": None}, to=None, reason="Đã giao theo quy chế khác.")
    assert "kết thúc ngày 15/03/2026: Đã giao theo quy chế khác." in words(as_son.open("plan:clause", PLAN, "V.5"))


@pytest.mark.parametrize(
    ("number", "heirs", "to", "sentence"),
    [
        ("V.1.a", {"labour_department": "police_province"}, "II.1", "không phải đơn vị kế tiếp"),
        ("V.1.a", {"labour_department": "home_affairs_department"}, "II.1", "Điểm II.1 không giao việc cho Sở Nội vụ."),
        ("V.1.a", {"procuracy": "procuracy"}, "II.1", "đã hoàn thành hoặc không có trong kế hoạch trước"),
    ],
)
def test_what_cannot_be_carried_is_refused(plan, cast, number, heirs, to, sentence):
    with pytest.raises(Refused, match=sentence):
        carry(cast, plan, number, heirs, to)
    assert not CarriedDuty.objects.exists()


def test_the_latest_row_counts_and_none_is_changed(plan, cast):
    carry(cast, plan, "V.1.a", {"labour_department": "health_department"}, seen=0)
    with pytest.raises(Refused, match="Có người vừa ghi"):
        carry(cast, plan, "V.1.a", {"labour_department": None}, to=None, reason="Khác.", seen=0)
    carry(cast, plan, "V.1.a", {"labour_department": None}, to=None, reason="Khác.")
    clause = queries.clause(queries.by_slug(PLAN), "V.1.a")
    (row,) = carrying.decided(plan).values()
    assert row.reason == "Khác." and CarriedDuty.objects.count() == 2
    assert carrying.came_from(queries.clause(plan, "II.1")) == []
    assert [one.reason for one, _before, _after in carrying.went_to(clause)] == ["Khác."]
    with pytest.raises(DatabaseError), transaction.atomic():
        CarriedDuty.objects.update(reason="")


def test_only_who_may_load_plans_carries_duties(plan, cast, as_son):
    assert as_son.get(f"/ke-hoach/{HEALTH_SLUG}/chuyen-tiep/V.1.a/").status_code == 403
    with pytest.raises(PermissionDenied):
        verbs.carry_over(
            by=cast.officer("son"), plan=plan, clause=queries.clause(queries.by_slug(PLAN), "V.5"), to_clause=None, heirs={},
        )  # fmt: skip


def test_every_open_duty_of_every_clause_has_a_form(plan, as_thu):
    for row in carrying.open_duties(queries.by_slug(PLAN), day(TODAY)):
        page = as_thu.open("plan:carry_clause", HEALTH_SLUG, row.clause.number)
        assert page.status_code == 200, row.clause.number


def test_who_comes_to_a_clause_whose_duties_are_done_meanwhile_is_led_to_those_that_are_open(plan, cast, as_thu):
    address = f"/ke-hoach/{HEALTH_SLUG}/chuyen-tiep/V.1.k/"
    assert as_thu.get(address).status_code == 200
    for deadline in (*(f"annual_review-{year}" for year in range(2017, 2021)), "final_review-2020"):
        progress.record_progress(
            by=cast.officer("thu"), clause=queries.clause(queries.by_slug(PLAN), "V.1.k"), on=day("31/12/2020"), words="Xong.",
            agency=agency_of("labour_department"), state="done", deadline=deadline,
        )  # fmt: skip
    answer = as_thu.get(address)
    assert (answer.status_code, answer["Location"]) == (302, f"/ke-hoach/{HEALTH_SLUG}/chuyen-tiep/")
    assert "Mục V.1.k không còn nhiệm vụ nào chưa hoàn thành" in words(as_thu.get(answer["Location"]))
