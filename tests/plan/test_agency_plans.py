"""Plans under the plan: drafted by the agency, approved by its head, replaced by a later version, and what they leave out."""

import datetime as dt
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.utils import DatabaseError
from django.urls import reverse

from benan.audit.models import Event as Trail
from benan.core import reference
from benan.core.refusals import Refused
from benan.notices import due
from benan.plan import agency_plans as read
from benan.plan import queries
from benan.plan.actions import agency_plans as verbs
from benan.plan.actions import progress
from benan.plan.agency_plans import ActivityState
from benan.plan.models import Activity, AgencyPlan, AgencyPlanStep
from tests.cast import PLAN, TODAY, Officer, agency_of, day, words

ADDRESS = f"/ke-hoach/{PLAN}/don-vi/procuracy/ke-hoach/2017/"
TOLD = {
    "what": "Kiểm sát tin báo (dữ liệu giả lập)", "people": "Phòng 2", "partners": "", "money": None, "source": "", "product": "Báo cáo",
}  # fmt: skip
SENT = {
    "clause": "V.5", "what": "Chọn vụ án điểm (dữ liệu giả lập)", "first": "01/03/2017", "last": "31/03/2017", "people": "Phòng 2",
    "money": "12.500.000", "source": "kinh phí thường xuyên",
}  # fmt: skip


@pytest.fixture
def plan(demo):
    return queries.by_slug(PLAN)


@pytest.fixture
def head(cast):
    """The head of the procuracy."""
    return cast.appoint("vien_truong", "Viện trưởng (dữ liệu giả lập)", "head", "procuracy")


@pytest.fixture
def drafted(plan, cast):
    """The procuracy's plan for 2017, empty."""
    return verbs.draft(by=cast.officer("son"), plan=plan, agency=agency_of("procuracy"), year=2017)


def add(cast, made, number="V.5", first="01/02/2017", last="30/06/2017", **more):
    facts = TOLD | {"first": day(first), "last": day(last)} | more
    return verbs.add_activity(
        by=cast.officer("son"), agency_plan=made, clause=queries.clause(made.plan, number), **facts
    )


@pytest.fixture
def in_force(drafted, cast, head):
    """The same with one activity, approved."""
    add(cast, drafted)
    verbs.put_before_head(by=cast.officer("son"), agency_plan=drafted)
    return verbs.approve(by=head, agency_plan=drafted)


def test_son_drafts_and_the_head_approves_on_their_pages(plan, as_son, as_lan, cast, head):
    page = as_son.get(ADDRESS)
    assert "Đơn vị chưa lập kế hoạch này." in words(page) and "3 trên 3 việc chủ trì chưa có hoạt động" in words(page)
    assert as_son.post(f"{ADDRESS}lap/").status_code == 302
    assert as_son.post(f"{ADDRESS}hoat-dong/", SENT).status_code == 302
    page = words(as_son.get(ADDRESS))
    assert "2 trên 3 việc chủ trì chưa có hoạt động" in page and "12.500.000 đồng" in page
    assert "Đơn vị đang lập kế hoạch này" in words(as_lan.get(ADDRESS)) and "vụ án điểm" not in words(
        as_lan.get(ADDRESS)
    )
    assert as_son.post(f"{ADDRESS}trinh/").status_code == 302
    assert as_son.get(f"{ADDRESS}duyet/").status_code == 403
    as_head = type(as_son)(head)
    assert "Kế hoạch năm 2017" in words(as_head.get("/")) and "chờ duyệt" in words(as_head.get("/"))
    seen = re.search(r'name="seen" value="(\d+)"', as_head.get(f"{ADDRESS}duyet/").content.decode())[1]
    told = {"words": "", "paper_no": "45/KH-VKS", "paper_on": "02/11/2017", "seen": seen}
    assert as_head.post(f"{ADDRESS}duyet/", told).status_code == 302
    page = words(as_lan.get(ADDRESS))
    assert "Kèm theo văn bản số 45/KH-VKS ngày 02/11/2017 · bản 1, đã duyệt" in page and "vụ án điểm" in page


def test_what_was_given_back_is_on_the_desk_of_who_drafts(drafted, cast, head, as_son):
    add(cast, drafted)
    verbs.put_before_head(by=cast.officer("son"), agency_plan=drafted)
    verbs.send_back(by=head, agency_plan=drafted, words="Bổ sung kinh phí.")
    assert "Sửa kế hoạch năm 2017 của Viện Kiểm sát nhân dân tỉnh: Bổ sung kinh phí." in words(as_son.get("/"))
    add(cast, drafted)
    assert verbs.put_before_head(by=cast.officer("son"), agency_plan=drafted).state == AgencyPlan.State.BEFORE_HEAD


def test_the_head_approves_only_what_was_in_view(drafted, cast, head):
    add(cast, drafted)
    verbs.put_before_head(by=cast.officer("son"), agency_plan=drafted)
    seen = drafted.steps.last().pk
    verbs.send_back(by=head, agency_plan=drafted, words="Sửa.", seen=seen)
    verbs.put_before_head(by=cast.officer("son"), agency_plan=drafted)
    with pytest.raises(Refused, match="đã được sửa và trình lại"):
        verbs.approve(by=head, agency_plan=drafted, seen=seen)


def test_only_the_agency_drafts_and_only_its_head_approves(plan, drafted, cast):
    with pytest.raises(PermissionDenied):
        verbs.draft(by=cast.officer("lan"), plan=plan, agency=agency_of("procuracy"), year=2018)
    add(cast, drafted)
    verbs.put_before_head(by=cast.officer("son"), agency_plan=drafted)
    for verb in (verbs.approve, verbs.send_back):
        with pytest.raises(PermissionDenied):
            verb(by=cast.officer("son"), agency_plan=drafted, words="")


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"last": "31/01/2017"}, "Ngày cuối phải từ ngày đầu trở đi."),
        ({"last": "01/01/2018"}, "nằm ngoài thời gian của kế hoạch này, 01/01/2017 đến 31/12/2017"),
        ({"money": 1_000_000}, "Ghi nguồn của kinh phí này."),
        ({"number": "V.2.a"}, "Điểm V.2.a không giao việc cho đơn vị này."),
    ],
)
def test_an_activity_that_cannot_be_is_refused(drafted, cast, more, sentence):
    with pytest.raises(Refused, match=sentence):
        add(cast, drafted, **more)


def test_a_plan_without_activities_is_not_put_before_the_head(drafted, as_son):
    page = as_son.post(f"{ADDRESS}trinh/")
    assert page.status_code == 422 and "Kế hoạch chưa có hoạt động nào để trình." in words(page)


def test_an_approved_plan_is_not_edited_but_replaced_and_both_stay(in_force, cast, head, as_son, as_lan):
    with pytest.raises(Refused, match="Kế hoạch này đã duyệt nên không sửa được"):
        add(cast, in_force)
    with pytest.raises(Refused, match="đã duyệt nên không sửa được"):
        verbs.remove_activity(by=cast.officer("son"), activity=in_force.activities.get())
    assert as_son.post(f"{ADDRESS}thay/").status_code == 302
    later = read.versions(in_force.plan, in_force.agency, 2017).first()
    (copied,) = later.activities.all()
    assert (later.version, copied.root, copied.what) == (2, in_force.activities.get(), TOLD["what"])
    assert "Bản 1, đã duyệt" in words(as_lan.get(ADDRESS)) and "Bản 2, đang lập" in words(as_son.get(ADDRESS))
    add(cast, later)
    verbs.put_before_head(by=cast.officer("son"), agency_plan=later)
    verbs.approve(by=head, agency_plan=later)
    assert "Bản 2, đã duyệt" in words(as_lan.get(ADDRESS)) and "1 hoạt động" in words(as_lan.get(ADDRESS + "?ban=1"))
    assert Activity.objects.filter(agency_plan=in_force).count() == 1


def test_progress_says_of_which_activity_it_is_and_that_is_done(in_force, cast, as_son):
    (activity,) = in_force.activities.all()
    assert [line.state for line in read.lines([activity], TODAY)] == [ActivityState.LATE]
    address = reverse("plan:progress", args=[PLAN, "V.5", "procuracy"])
    assert TOLD["what"] in words(as_son.get(address))
    told = {"on": "08/11/2017", "state": "done", "words": "Xong.", "activity": activity.pk}
    assert as_son.post(address, told).status_code == 302
    assert [line.state for line in read.lines([activity], TODAY)] == [ActivityState.DONE]
    assert [line.state for line in read.lines([activity], day("07/11/2017"))] == [ActivityState.LATE]
    assert TOLD["what"] not in words(as_son.get(address))
    later = verbs.replace(by=cast.officer("son"), agency_plan=in_force)
    assert [line.state for line in read.lines(list(later.activities.all()), TODAY)] == [ActivityState.DONE]


def test_progress_of_an_activity_of_others_is_refused(in_force, cast):
    with pytest.raises(Refused, match="không có trong kế hoạch đã duyệt"):
        progress.record_progress(
            by=cast.officer("son"), clause=queries.clause(in_force.plan, "VI.1"), agency=in_force.agency, on=TODAY,
            state="done", words="Xong.", activity=in_force.activities.get(),
        )  # fmt: skip


def test_last_years_activities_are_copied_with_their_days_moved(in_force, plan, cast):
    made = verbs.draft(by=cast.officer("son"), plan=plan, agency=in_force.agency, year=2018, from_last_year=True)
    (copied,) = made.activities.all()
    assert (copied.first, copied.last, copied.root) == (dt.date(2018, 2, 1), dt.date(2018, 6, 30), None)
    with pytest.raises(Refused, match="chưa có kế hoạch được duyệt để chép lại"):
        verbs.draft(by=cast.officer("son"), plan=plan, agency=in_force.agency, year=2020, from_last_year=True)


def test_a_second_draft_of_a_year_and_a_year_outside_the_plan_are_refused(drafted, plan, cast):
    for year, sentence in ((2017, "đã có kế hoạch cho thời gian này"), (2021, "không có năm 2021")):
        with pytest.raises(Refused, match=sentence):
            verbs.draft(by=cast.officer("son"), plan=plan, agency=drafted.agency, year=year)


def test_everybody_reads_who_has_a_plan_and_what_is_left_out(in_force, as_lan, django_assert_max_num_queries):
    page = words(as_lan.open("plan:agency_plans", PLAN))
    assert "1 trên 22 đơn vị đã có kế hoạch được duyệt." in page, page[:900]
    row = next(one for one in read.rows(in_force.plan, 2017, TODAY) if one.agency.key == "procuracy")
    assert [clause.number for clause in row.uncovered] == ["III.3.c", "VI.1"]
    with reference.asked_once(), django_assert_max_num_queries(20):
        read.rows(in_force.plan, 2017, TODAY)


def test_the_paper_is_recorded_once(in_force, cast):
    verbs.record_paper(by=cast.officer("son"), agency_plan=in_force, paper_no="45/KH-VKS", paper_on=TODAY)
    with pytest.raises(Refused, match="đã ghi văn bản 45/KH-VKS"):
        verbs.record_paper(by=cast.officer("son"), agency_plan=in_force, paper_no="46/KH-VKS", paper_on=TODAY)


def test_steps_are_only_added_to_and_stand_in_the_trail(in_force):
    kinds = [step.kind for step in in_force.steps.all()]
    assert kinds == ["drafted", "put_before_head", "approved"]
    done = [row.data["done"] for row in Trail.objects.filter(event="agency_plan").order_by("seq")]
    assert done == ["drafted", "activity_added", "put_before_head", "approved"]
    with pytest.raises(DatabaseError), transaction.atomic():
        AgencyPlanStep.objects.update(words="khác")


def test_what_was_typed_while_a_colleague_put_the_plan_before_the_head_is_given_back(drafted, cast, as_son, head):
    add(cast, drafted)
    verbs.put_before_head(by=cast.officer("son"), agency_plan=drafted)
    answer = as_son.post(f"{ADDRESS}hoat-dong/", SENT)
    assert answer.status_code == 422 and "nên không sửa được; mở lại trang để xem" in words(answer)
    assert SENT["what"] in answer.content.decode()
    verbs.approve(by=head, agency_plan=drafted)
    answer = Officer(head).post(f"{ADDRESS}tra-lai/", {"words": "Ghi rõ số tin."})
    assert answer.status_code == 422 and "Ghi rõ số tin." in answer.content.decode()


def test_the_agencys_page_and_desk_lead_to_its_plan(in_force, as_son):
    page = words(as_son.open("plan:agency", PLAN, "procuracy"))
    assert "Kế hoạch năm 2017 đã duyệt." in page and TOLD["what"] in page
    assert TOLD["what"] in words(as_son.get("/"))


def test_the_desk_of_a_head_does_not_say_that_nothing_waits_beside_a_decision(drafted, cast, head, monkeypatch):
    monkeypatch.setattr(due.DUES, "_items", [])
    browser, nothing = Officer(head), "Không có việc nào trong hai tuần tới."
    add(cast, drafted)
    page = words(browser.get("/"))
    assert nothing in page and "Hôm nay không có việc nào đến hạn." in page
    verbs.put_before_head(by=cast.officer("son"), agency_plan=drafted)
    page = words(browser.get("/"))
    assert "1 việc chờ chị/anh quyết định. Hôm nay không có việc nào đến hạn." in page and nothing not in page
