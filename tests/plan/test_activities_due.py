"""Activities of approved plans of agencies among what is due: on pages with their title, in letters and calendars without."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benan.core import reference
from benan.notices import due, feeds, letters
from benan.plan import dues, queries
from benan.plan.actions import agency_plans as verbs
from benan.plan.actions import progress
from tests.cast import PLAN, TODAY, agency_of, words

DAY = dt.timedelta(days=1)
TITLE = "Thăm nhà bà Nguyễn Thị Kín (dữ liệu giả lập)"


@pytest.fixture
def head(cast):
    """The head of the procuracy."""
    return cast.appoint("vien_truong", "Viện trưởng (dữ liệu giả lập)", "head", "procuracy")


@pytest.fixture
def approve(cast, head):
    """Call with the last days of activities under V.5: the procuracy's plan of a year with these, approved by its head."""

    def make(*days, year=2017, made=None):
        by, plan = cast.officer("son"), queries.by_slug(PLAN)
        made = made or verbs.draft(by=by, plan=plan, agency=agency_of("procuracy"), year=year)
        for last in days:
            verbs.add_activity(
                by=by, agency_plan=made, clause=queries.clause(plan, "V.5"), what=TITLE, first=last - DAY, last=last,
                people="Phòng 2",
            )  # fmt: skip
        verbs.put_before_head(by=by, agency_plan=made)
        return verbs.approve(by=head, agency_plan=made)

    return make


def listed(agency="procuracy", done=False):
    """The activities due from an agency within 30 days, or overdue for a year at most: day and place in the plan."""
    found = due.dues([agency_of(agency).pk], TODAY - due.BACK, TODAY + due.AHEAD)
    return [each for each in found if each.key.startswith("activity:") and each.done == done]


def finish(cast, activity, on=TODAY):
    """Record that an activity was done."""
    progress.record_progress(
        by=cast.officer("son"), clause=activity.clause, agency=agency_of("procuracy"), on=on, state="done", words="Xong.",
        activity=activity,
    )  # fmt: skip


def test_activities_that_are_not_done_are_due_until_their_last_day_and_overdue_after_it(approve, cast):
    made = approve(TODAY - DAY, TODAY + 30 * DAY, TODAY + 31 * DAY)
    assert [(each.day, each.what) for each in listed()] == [
        (TODAY - DAY, "Hoàn thành hoạt động thứ 1 của mục V.5, kế hoạch năm 2017"),
        (TODAY + 30 * DAY, "Hoàn thành hoạt động thứ 2 của mục V.5, kế hoạch năm 2017"),
    ]
    finish(cast, made.activities.first())
    assert [each.day for each in listed()] == [TODAY + 30 * DAY]
    assert [each.day for each in listed(done=True)] == [TODAY - DAY]


def test_only_the_version_in_force_counts_and_the_key_stays(approve, cast):
    made = approve(TODAY, TODAY + DAY)
    keys = {each.key for each in listed()}
    later = verbs.replace(by=cast.officer("son"), agency_plan=made)
    verbs.remove_activity(by=cast.officer("son"), activity=later.activities.first())
    assert {each.key for each in listed()} == keys
    approve(made=later)
    (left,) = listed()
    assert left.day == TODAY + DAY and left.key in keys and left.what.startswith("Hoàn thành hoạt động thứ 1 ")


def test_desk_and_calendar_tell_the_title_letters_and_feed_do_not(approve, cast, as_son):
    approve(TODAY - DAY, TODAY + DAY)
    son = cast.officer("son")
    for page in (as_son.open("shell:home"), as_son.open("notices:calendar")):
        assert f"Hoàn thành hoạt động thứ 2 của mục V.5, kế hoạch năm 2017: {TITLE}" in words(page)
    own = due.open_dues(due.agencies_of(son), TODAY)
    sent = [letters.digest(son, TODAY).body, letters.reminder({each.key: each for each in own}, TODAY).body]
    sent.append(feeds.calendar(son, TODAY).decode().replace("\r\n ", ""))
    for each in sent:
        assert "hoạt động thứ 2 của mục V.5" in each.replace("\\,", ",") and "Kín" not in each


def test_an_activity_of_last_year_that_is_overdue_can_still_be_reported(approve, cast, as_son):
    made = approve(TODAY - 360 * DAY, year=2016)
    (late,) = listed()
    page = as_son.get(late.url.split("#")[0])
    (activity,) = made.activities.all()
    assert f'id="{late.url.split("#")[1]}"' in page.content.decode()
    address = f"/ke-hoach/{PLAN}/muc/V.5/tien-do/procuracy/tep/?hoat-dong={activity.pk}"
    assert address in page.content.decode()
    assert f'value="{activity.pk}" selected' in as_son.get(address).content.decode()
    told = {"on": f"{TODAY:%d/%m/%Y}", "state": "done", "words": "Xong.", "activity": activity.pk}
    assert as_son.post(address, told).status_code == 302
    assert not listed()


def test_a_plan_is_read_in_as_many_statements_whatever_it_holds(approve):
    def asked():
        with (
            reference.asked_once(),
            CaptureQueriesContext(
                connection,
            ) as statements,
        ):
            list(dues.due([agency_of("procuracy").pk], TODAY - due.BACK, TODAY + due.AHEAD))
        return len(statements)

    approve(TODAY)
    asked()
    few = asked()
    approve(*(TODAY + n * DAY for n in range(20)), year=None)
    assert asked() == few
