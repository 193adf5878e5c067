"""Somebody who is or may be under 18: the family that did the harm, who represents, and the call about a child."""

import datetime as dt
import re

import pytest

from benan.cases.models import Deadline
from benan.needs.models import Need
from benan.protection.actions import measures
from benan.shell import queries as shell
from tests.cast import ADULT, CAME, CHILD, COMMUNE, TODAY, again, day, seen, words

SEVENTEEN = {"born_from": day("10/11/1999"), "born_to": day("31/12/1999")}
STEP, CALL = "/ho-so/{}/tiep-nhan/duoi-18-tuoi/", "/ho-so/{}/tiep-nhan/bao-ve-tre-em/"
TASK = "Gọi cán bộ bảo vệ trẻ em cấp xã hoặc Tổng đài bảo vệ trẻ em"
URGENT = "Can thiệp khẩn cấp cho trẻ em, cách ly khỏi người gây hại"


def asked(browser, case, harm, representative="facility", on=CAME, **more):
    """What the page answers to whether the family did the harm, and who represents."""
    data = {"harm": harm, "representative": representative, "on": f"{on:%d/%m/%Y}", "seen": seen(case.code), **more}
    return browser.post(STEP.format(case.code), data)


def told(browser, case, outcome="waiting", on=CAME, **more):
    """What the page answers to a call about a child."""
    data = {"whom": "commune", "outcome": outcome, "on": f"{on:%d/%m/%Y}", "seen": seen(case.code), **more}
    return browser.post(CALL.format(case.code), data)


def desk(user):
    """The tasks of a desk: what is to be done and under which law."""
    return {str(t.what): t.law for _name, found, _n in shell.desk(user)["groups"] for t in found}


def steps_of(page):
    """The steps of receiving as a page lists them."""
    listed = page.content.decode().split("bare steps")[1].split("</ol>")[0]
    return re.sub(r"<[^>]+>|\s+", " ", listed)


# Who is asked about.


@pytest.mark.parametrize(("born", "asks"), [(CHILD, True), (SEVENTEEN, True), ({}, True), (ADULT, False)])
def test_of_who_may_be_under_18_the_family_is_asked_about_right_after_danger(received, as_lan, born, asks):
    case = received(**born)
    page = as_lan.open("support:screening", case.code)
    assert ("Người chưa đủ 18 tuổi" in steps_of(page)) == asks
    sent = {"danger": "no", "needs": ["none"], "on": "06/11/2017", "seen": seen(case.code)}
    onward = as_lan.post(f"/ho-so/{case.code}/tiep-nhan/an-toan/", sent)["Location"]
    assert onward == (STEP.format(case.code) if asks else f"/ho-so/{case.code}/tiep-nhan/di-cung/")


def test_left_for_later_it_is_offered_from_the_case(received, as_lan):
    minor, adult = received(**SEVENTEEN), received(**ADULT)
    assert STEP.format(minor.code) in as_lan.open("cases:case", minor.code).content.decode()
    assert STEP.format(adult.code) not in as_lan.open("cases:case", adult.code).content.decode()
    asked(as_lan, minor, "no", "parent")
    said = words(as_lan.open("cases:case", minor.code))
    assert "Hỏi về gia đình và ghi người đại diện" in said and "Người đại diện Cha hoặc mẹ" in said


def test_child_protection_is_offered_on_the_page_of_a_child_and_not_of_an_adult(received, as_lan):
    for age, offered in ((CHILD, True), (ADULT, False)):
        page = as_lan.open("cases:case", received(**age).code).content.decode()
        assert ("/tiep-nhan/bao-ve-tre-em/" in page) == offered


def test_an_adult_needs_nobody_to_represent_them(received, as_lan):
    case = received(**ADULT)
    assert as_lan.get(STEP.format(case.code)).status_code == 200
    answer = asked(as_lan, case, "no")
    assert answer.status_code == 422 and "đã đủ 18 tuổi" in words(answer)


# Nghị định 56/2017, Điều 27 khoản 1 điểm h, Điều 31 khoản 1: who did the harm is not asked and does not represent.


@pytest.mark.parametrize("who", ["parent", "guardian", "relative"])
def test_who_did_the_harm_does_not_represent(received, as_lan, who):
    case = received(**CHILD)
    answer = asked(as_lan, case, "yes", who)
    assert "Người gây hại không được làm người đại diện." in words(answer)
    assert [row.representative for row in case.guardianships.all()] == [""]
    assert asked(as_lan, case, "yes", who, apart="on").status_code == 302


@pytest.mark.parametrize("wrong", [{"representative": "parent"}, {"on": "31/02/2017"}, {"representative": "nobody"}])
def test_that_the_family_did_the_harm_is_recorded_though_the_rest_is_refused(received, as_lan, wrong):
    case = received(**CHILD)
    data = {"harm": "yes", "representative": "facility", "on": "06/11/2017", "seen": seen(case.code), **wrong}
    page = as_lan.post(STEP.format(case.code), data)
    assert Deadline.objects.filter(case=case, limit="protect_child", met_on=None).exists()
    assert "Còn 1 ô cần sửa" in words(page) and "Đã ghi: gia đình là người gây hại" in words(page)


def test_harm_is_recorded_before_it_is_known_who_represents(received, as_lan):
    case = received(**CHILD)
    assert asked(as_lan, case, "yes", "").status_code == 302
    assert case.guardianships.get().harm == "yes"


@pytest.mark.parametrize("who", ["facility", "appointed", "none"])
def test_others_represent_in_their_place(received, as_lan, who):
    assert asked(as_lan, received(**CHILD), "yes", who).status_code == 302


@pytest.mark.parametrize(("harm", "sentence"), [(None, "hỏi rõ trước khi gọi"), ("unknown", "hỏi rõ trước khi gọi"),
                                                ("yes", "không gọi, không báo"), ("no", None)])  # fmt: skip
@pytest.mark.parametrize(
    "page", ["tiep-nhan/nguoi-ay/", "tiep-nhan/an-toan/", "ve-nha/ve-noi-cu-tru/", "ve-nha/hen-tham/"]
)
def test_where_the_family_would_be_called_the_page_says_what_is_known(screened, as_lan, page, harm, sentence):
    case = screened(**SEVENTEEN)
    if harm:
        asked(as_lan, case, harm)
    said = words(as_lan.get(f"/ho-so/{case.code}/{page}"))
    assert [each for each in ("hỏi rõ trước khi gọi", "không gọi, không báo") if each in said] == [sentence] * bool(
        sentence
    )


def test_the_case_of_whom_the_family_harmed_says_so_at_its_head(received, as_lan):
    case = received(**CHILD)
    asked(as_lan, case, "yes")
    assert "không gọi, không báo" in words(as_lan.open("cases:case", case.code))


def test_the_family_that_did_the_harm_is_not_told_to_come(in_shelter, as_hanh):
    case = in_shelter(**CHILD)
    asked(as_hanh, case, "no", on=TODAY)
    assert Deadline.objects.filter(case=case, limit="tell_family").exists()
    asked(as_hanh, case, "yes", on=TODAY)
    assert not Deadline.objects.filter(case=case, limit="tell_family").exists()


def test_whom_the_family_harmed_is_not_given_to_it_when_no_victim(not_victim, as_hanh):
    case = not_victim(**SEVENTEEN)
    asked(as_hanh, case, "yes", on=TODAY)
    sent = {"onward": "family", "on": "09/11/2017", "seen": seen(case.code)}
    answer = as_hanh.post(f"/ho-so/{case.code}/buoc/tell_outcome/", sent)
    assert answer.status_code == 422 and "không giao người chưa đủ 18 tuổi cho gia đình" in words(answer)


def test_the_need_to_call_the_family_says_what_is_known(screened, as_lan):
    case = screened(wanted=["call_family"], **SEVENTEEN)
    asked(as_lan, case, "yes")
    page = as_lan.get(f"/ho-so/{case.code}/nhu-cau/{Need.objects.of(case).get().pk}/")
    assert "không gọi, không báo" in words(page)


def back_home(browser, case, **more):
    """What the page answers to a return home whose safety is said to have been assessed."""
    data = {"residence_code": COMMUNE, "on": "09/11/2017", "safety_assessed": "on", "seen": seen(case.code), **more}
    return browser.post(f"/ho-so/{case.code}/ve-nha/ve-noi-cu-tru/", data)


@pytest.mark.parametrize("born", [CHILD, SEVENTEEN, {}])
def test_nobody_goes_back_to_a_family_that_did_the_harm_without_a_written_assessment(assessed, as_hanh, born):
    case = assessed(**born)
    asked(as_hanh, case, "yes", on=TODAY)
    answer = back_home(as_hanh, case)
    assert answer.status_code == 422 and "cần số và ngày bản đánh giá an toàn" in words(answer)
    assert back_home(as_hanh, case, assessment_no="12/ĐG", assessment_on="09/11/2017").status_code == 302
    assert again(case).steps.get(key="return_home").paper_no == "12/ĐG"


def test_others_go_home_as_before(assessed, as_hanh):
    case = assessed(**CHILD)
    asked(as_hanh, case, "no", on=TODAY)
    assert "Mẫu số 03" not in words(as_hanh.get(f"/ho-so/{case.code}/ve-nha/ve-noi-cu-tru/"))
    assert back_home(as_hanh, case).status_code == 302


# Under 16: Nghị định 56/2017, Điều 25 khoản 1 (at once), Điều 26 khoản 3 and Điều 31 khoản 2 (12 hours).


@pytest.mark.parametrize(("born", "calls"), [(CHILD, True), ({}, True), (SEVENTEEN, False), (ADULT, False)])
def test_of_who_may_be_under_16_the_call_is_on_the_desk_until_it_was_made(received, lan, as_lan, born, calls):
    case = received(**born)
    assert (TASK in words(as_lan.open("shell:home"))) == calls
    if calls:
        assert "Nghị định 56/2017, Điều 25 khoản 1" in desk(lan)[TASK]
        assert told(as_lan, case).status_code == 302
        assert TASK not in words(as_lan.open("shell:home"))
        assert "Đã báo cán bộ bảo vệ trẻ em cấp xã" in words(as_lan.open("cases:case", case.code))


def test_of_who_is_16_nobody_is_told_in_this_way(received, as_lan):
    answer = told(as_lan, received(**SEVENTEEN))
    assert answer.status_code == 422 and "đã đủ 16 tuổi" in words(answer)


def test_a_child_who_came_along_is_called_about_too(cast, received, as_lan, lan):
    as_lan.send("cases:companions", received(**ADULT).code, kind="minor", full_name="Bé Na", said_birth="2012")
    assert TASK in desk(lan)


def test_before_the_decree_there_was_no_such_call(received, lan, on_day):
    on_day("30/06/2017")
    received(came_on=day("30/06/2017"), **CHILD)
    assert TASK not in desk(lan)
    on_day("01/07/2017")
    received(came_on=day("01/07/2017"), **CHILD)
    assert TASK in desk(lan)


@pytest.mark.parametrize(
    ("came_at", "until"), [(dt.time(21, 40), "hạn 09:40 ngày 07/11/2017"), (dt.time(8, 0), "hạn 20:00 ngày 06/11/2017"),
                           (None, "hạn 12:00 ngày 06/11/2017")],
)  # fmt: skip
def test_a_child_harmed_by_the_family_is_made_safe_within_12_hours(received, lan, as_lan, on_day, came_at, until):
    on_day("06/11/2017")
    case = received(came_at=came_at, **CHILD)
    assert URGENT not in desk(lan)
    asked(as_lan, case, "yes")
    hour = f"{came_at or dt.time():%H:%M}"
    assert f"{until} · trong 12 giờ từ lúc {hour} ngày 06/11" in desk(lan).get(URGENT, "")
    assert "Nghị định 56/2017, Điều 31 khoản 2" in desk(lan)[URGENT]
    told(as_lan, case, outcome="separated")
    assert URGENT not in desk(lan)


def test_what_is_learned_later_gives_12_hours_from_then(received, lan, as_lan):
    case = received(came_at=dt.time(8), **CHILD)
    asked(as_lan, case, "yes", on=TODAY)
    assert Deadline.objects.get(case=case, limit="protect_child").started_on == TODAY
    asked(as_lan, case, "yes", on=TODAY, representative="appointed")
    assert Deadline.objects.filter(case=case, limit="protect_child").count() == 1


def test_danger_to_a_child_gives_12_hours_too_and_a_measure_ends_them(screened, lan, on_day):
    on_day("06/11/2017")
    case = screened(danger="yes", came_at=dt.time(21, 40), **CHILD)
    assert "hạn 09:40 ngày 07/11/2017" in desk(lan).get(URGENT, "")
    measures.start(by=lan, case=case, on=CAME, kind="refuge", consented=True)
    assert URGENT not in desk(lan)


def test_what_turned_out_otherwise_asks_no_hours(received, lan, as_lan):
    case = received(**CHILD)
    asked(as_lan, case, "yes")
    asked(as_lan, case, "no")
    assert URGENT not in desk(lan)


def test_the_call_follows_when_the_family_was_asked_about(received, as_lan):
    child, older = received(**CHILD), received(**SEVENTEEN)
    assert asked(as_lan, child, "no", "parent")["Location"] == CALL.format(child.code)
    assert asked(as_lan, older, "no", "parent")["Location"] == f"/ho-so/{older.code}/tiep-nhan/di-cung/"
    assert "Mẫu số 01" in words(as_lan.get(CALL.format(child.code)))


# The same duty, the same button and the same hour wherever it stands.


@pytest.fixture
def harmed(received, as_lan):
    """A child whom the family harmed, recorded today at 15:45: until 03:45 tomorrow."""
    case = received(came_on=TODAY, came_at=dt.time(15, 45), **CHILD)
    asked(as_lan, case, "yes", on=TODAY)
    return case


def test_the_next_step_of_a_childs_duty_has_the_button_of_the_desk(harmed, screened, notified, as_lan):
    told(as_lan, notified(screened(harmed)), on=TODAY)
    step = as_lan.open("cases:case", harmed.code).context["next"]
    shown = [(str(one.label), one.url) for one in step["actions"]]
    assert (str(step["what"]), shown) == (URGENT, [("Ghi can thiệp", CALL.format(harmed.code))])


@pytest.mark.parametrize(
    ("hour", "group", "words"),
    [(15, "Sắp tới", "Đến 03:45"), (16, "Đến hạn hôm nay", "Đến 03:45"), (23, "Đến hạn hôm nay", "Đến 03:45")],
)
def test_a_limit_of_the_next_twelve_hours_is_of_today_whatever_the_date(harmed, lan, at_hour, hour, group, words):
    at_hour(hour)
    found = shell.desk(lan)
    stands = {str(name): {str(t.what): t.clock for t in tasks} for name, tasks, _count in found["groups"]}
    assert stands[group].get(URGENT) == words
    count = next((count for name, _tasks, count in found["groups"] if name == "Đến hạn hôm nay"), 0)
    assert count == len(stands["Đến hạn hôm nay"]) and f"{count} việc đến hạn" in found["title"]


def test_twelve_hours_gone_by_are_overdue_to_the_hour(received, as_lan, lan, at_hour):
    case = received(came_on=TODAY, came_at=dt.time(1), **CHILD)
    asked(as_lan, case, "yes", on=TODAY)
    at_hour(12)
    assert "Quá hạn" not in [str(name) for name, _tasks, _count in shell.desk(lan)["groups"]]
    at_hour(14)
    found = {str(name): [(str(t.what), t.clock) for t in tasks] for name, tasks, _n in shell.desk(lan)["groups"]}
    assert found["Quá hạn"] == [(URGENT, "Quá hạn từ 13:00")]


def test_a_childs_duty_overdue_at_the_commune_is_red_on_the_desk_of_the_district(notified, hanh):
    notified(**CHILD)
    found = shell.desk(hanh)
    late = next(tasks for name, tasks, _count in found["groups"] if name == "Quá hạn")
    assert [(task.state, str(task.what)) for task in late] == [("overdue", f"Nhắc nơi được giao: {TASK}")]
    assert TASK not in [str(one["what"]) for one in found["panels"]["waiting"]["listed"]]
    assert "1 việc quá hạn" in found["title"]


def test_of_somebody_whose_age_nobody_knows_nothing_is_overdue_for_a_child(notified, hanh):
    notified()
    assert "Quá hạn" not in [str(name) for name, _tasks, _count in shell.desk(hanh)["groups"]]
