"""Two officers write at once: the second is told what changed and keeps every letter."""

import re
import threading
from functools import partial

import pytest
from django.db import IntegrityError, connections, transaction

from benan.cases import aliases
from benan.cases.actions import closing, corrections, erasures, receptions
from benan.cases.models import Case, Step
from benan.core.refusals import Refused
from benan.needs.models import Need
from benan.vault import access
from benan.verification import actions as verification
from tests.at_once import Together
from tests.cases.test_kept import hidden
from tests.cast import CAME, TODAY, again, agency_of, seen, words


def seen_on(page):
    """What the form on a page says it saw."""
    return re.search(r'name="seen" value="(\d+)"', page.content.decode())[1]


def test_the_second_officer_is_told_who_did_what_and_their_text_stays(notified, as_hanh, lan):
    case = notified()
    form = seen_on(as_hanh.open("cases:remark", case.code))
    receptions.explain_rights(by=lan, case=case, on=TODAY)
    page = as_hanh.send("cases:remark", case.code, on=TODAY, words="chị ngủ được rồi", seen=form)
    said = words(page)
    assert page.status_code == 422
    assert "Trong khi chị/anh nhập, người khác đã ghi vào hồ sơ này. Nội dung đã nhập vẫn được giữ" in said
    assert "09/11/2017: Đã giải thích quyền · Nguyễn Thị Lan" in said
    assert "chị ngủ được rồi" in page.content.decode()


def test_having_read_it_they_save_again_and_it_goes_through(notified, as_hanh, lan):
    case = notified()
    form = seen_on(as_hanh.open("cases:remark", case.code))
    receptions.explain_rights(by=lan, case=case, on=TODAY)
    page = as_hanh.send("cases:remark", case.code, on=TODAY, words="chị ngủ được rồi", seen=form)
    again = as_hanh.send("cases:remark", case.code, on=TODAY, words="chị ngủ được rồi", seen=seen_on(page))
    assert again.status_code == 302
    assert case.steps.filter(key="remark").count() == 1


def test_what_one_wrote_oneself_in_another_window_is_no_surprise(notified, as_hanh, hanh):
    case = notified()
    form = seen_on(as_hanh.open("cases:remark", case.code))
    corrections.remark(by=hanh, case=case, on=TODAY, words="trước")
    assert as_hanh.send("cases:remark", case.code, on=TODAY, words="sau", seen=form).status_code == 302


@pytest.mark.parametrize("told", ["", "abc", "-1", "0", "9" * 12, "9" * 30])
@pytest.mark.parametrize(
    ("page", "typed"),
    [(("cases:remark",), {"words": "chị ngủ được rồi", "on": TODAY}), (("cases:words",), {"own_words": "em sợ"}),
     (("cases:assign",), {"agency": "womens_union", "part": "supports"}),
     (("protection:act", "khong-bao"), {"agency": "police-737", "on": TODAY})],
)  # fmt: skip
def test_a_form_that_does_not_say_what_it_saw_records_nothing_until_the_case_is_read(cast, told, page, typed):
    case = cast.notified(cast.screened(danger="yes"))
    if "agency" in typed:
        typed = typed | {"agency": agency_of(typed["agency"]).pk}
    sent = partial(cast.browser("hanh").send, page[0], case.code, *page[1:], **typed)
    before = case.steps.count()
    answer = sent(seen=told)
    assert answer.status_code == 422 and "đọc hồ sơ này đến đâu" in words(answer)
    assert "Báo Phòng LĐ-TB&XH cấp huyện" in words(answer) and case.steps.count() == before
    assert sent(seen=seen_on(answer)).status_code == 302 and case.steps.count() > before


def test_a_step_of_another_case_is_nothing_seen_of_this_one(notified, as_hanh):
    case, other = notified(), notified()
    assert as_hanh.send("cases:remark", case.code, on=TODAY, words="gọi", seen=seen(other.code)).status_code == 422


KNOWN = {"sex": "female", "nationality": "citizen", "resides_here": "yes", "ethnic_code": "01"}


def known(case):
    """What the case says of the person."""
    return case.sex, case.nationality, case.resides_here, case.ethnic_code


@pytest.fixture
def two_tabs(received, as_lan):
    """A case, and the hidden fields of its page of who somebody is, opened by Lan before she wrote that in another tab."""
    case = received()
    old = hidden(as_lan.open("cases:who", case.code))
    assert as_lan.send("cases:who", case.code, **KNOWN, full_name="Trịnh Thị Nụ").status_code == 302
    return case, old


def test_an_old_tab_of_the_same_officer_is_told_before_it_writes_over(two_tabs, as_lan):
    case, old = two_tabs
    page = as_lan.send("cases:who", case.code, **old, full_name="Trịnh Thị Nụ Em")
    assert page.status_code == 422
    said = words(page)
    assert "Trong khi nhập, chị/anh đã ghi vào hồ sơ này ở một trang khác." in said
    assert "Ghi danh tính · Nguyễn Thị Lan" in said and 'value="Trịnh Thị Nụ Em"' in page.content.decode()


def test_answers_left_alone_in_an_old_tab_are_not_written(two_tabs, as_lan):
    case, old = two_tabs
    page = as_lan.send("cases:who", case.code, **old, stay="nhà bà Tư")
    if page.status_code == 422:
        page = as_lan.send("cases:who", case.code, **hidden(page), stay="nhà bà Tư")
    assert page.status_code == 302
    assert known(again(case)) == ("female", "citizen", True, "01")
    assert "stay" in access.known_fields(case.person_id)


def test_the_answer_that_was_changed_is_written_and_no_other(received, as_lan, lan):
    case = received(sex="female", nationality="citizen")
    old = hidden(as_lan.open("cases:who", case.code))
    receptions.record_facts(by=lan, case=case, nationality="stateless", resides_here=True)
    sent = {"sex": "", "nationality": "citizen", "resides_here": "", "ethnic_code": ""}
    page = as_lan.send("cases:who", case.code, **old, **sent)
    page = as_lan.send("cases:who", case.code, **{**old, **hidden(page)}, **sent)
    assert page.status_code == 302
    assert known(again(case)) == ("", "stateless", True, "")


def test_an_old_tab_of_the_assessment_leaves_the_poor_household_alone(notified, as_hanh, hanh):
    case = notified()
    old = hidden(as_hanh.open("support:assess", case.code))
    receptions.record_facts(by=hanh, case=case, poor_household=True)
    sent = {"answers-legal_aid": "yes", "on": TODAY, "poor_household": ""}
    assert as_hanh.send("support:assess", case.code, **old, **sent).status_code == 302
    assert again(case).poor_household is True


@pytest.mark.parametrize(("page", "data"), [("cases:words", {"own_words": "Em bị lừa."})])
def test_words_in_an_old_tab_do_not_take_the_place_of_later_ones_unseen(received, as_lan, lan, page, data):
    case = received()
    old = hidden(as_lan.open(page, case.code))
    receptions.record_words(by=lan, case=case, words="Em bị lừa sang bên kia.")
    answer = as_lan.send(page, case.code, **old, **data)
    assert answer.status_code == 422 and "chị/anh đã ghi" in words(answer)


def test_a_draft_in_an_old_tab_does_not_take_the_place_of_a_later_one_unseen(verifying, as_dung, dung):
    case = verifying()
    old = hidden(as_dung.open("verification:draft", case.code))
    verification.draft_finding(by=dung, case=case, outcome="victim", grounds=["sold"], sources=["own_statement"])
    page = as_dung.send("verification:draft", case.code, **old, outcome="not_victim")
    assert page.status_code == 422 and "chị/anh đã ghi" in words(page)
    assert case.findings.get(withdrawn=False).outcome == "victim"


def test_adding_an_office_again_leaves_who_is_in_charge_there(notified, lan, as_hanh):
    case = notified()
    office = agency_of("commune-26263")
    assert as_hanh.send("cases:assign", case.code, agency=office.pk, part="receives").status_code == 422
    assert case.team.members.get(agency=office, part="receives", until=None).seat.user == lan


def test_the_form_that_joins_two_cases_notices(notified, as_hanh, lan):
    case, other = notified(), notified()
    form = seen(case.code)
    corrections.remark(by=lan, case=case, on=TODAY, words="chữ của Lan")
    before = Step.objects.count()
    answer = as_hanh.send("cases:join", case.code, code=other.code, seen=form)
    assert answer.status_code == 422 and "Ghi thêm · Nguyễn Thị Lan" in words(answer)
    assert Step.objects.count() == before


def test_so_does_the_form_that_opens_a_case_again(notified, hanh, as_hanh, lan):
    case = notified()
    closing.close(by=hanh, case=case, on=TODAY, closing="left")
    form = seen(case.code)
    corrections.remark(by=lan, case=case, on=TODAY, words="chữ của Lan")
    answer = as_hanh.send("cases:reopen", case.code, words="nhầm người", seen=form)
    assert answer.status_code == 422 and "Ghi thêm · Nguyễn Thị Lan" in words(answer)


def both(act):
    """What two people who do the same at the same moment get: what it gave, or the refusal."""
    start, ended = threading.Barrier(2), []

    def one():
        start.wait()
        try:
            ended.append(act())
        except (Refused, IntegrityError) as refused:
            ended.append(refused)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ended


def test_two_who_give_the_notice_at_once_give_it_once(town):
    case, lan = town.received(), town.officer("lan")
    told = both(lambda: receptions.notify_labour(by=lan, case=case, on=CAME))
    (refused,) = [each for each in told if isinstance(each, Exception)]
    assert isinstance(refused, Refused) and "Không làm được bước" in str(refused)
    assert case.steps.filter(event="labour_notified").count() == 1


def test_two_who_open_a_case_for_one_person_at_once_open_one(town):
    lan, person = town.officer("lan"), access.enrol()
    made = both(lambda: town.received(person_id=person.pk))
    assert sum(isinstance(each, Refused | IntegrityError) for each in made) == 1
    assert Case.objects.visible_to(lan).filter(person=person.pk).count() == 1


def test_nobody_is_received_again_while_who_they_are_is_being_erased(town):
    case = closing.close(by=town.officer("hanh"), case=town.assessed(), on=TODAY, closing="left")
    head, lan, together = town.officer("truong_phong"), town.officer("lan"), Together(town.copy)
    erasures.ask(by=town.officer("hanh"), case=case, reason="error", received_on=TODAY)
    with transaction.atomic():
        erasures.decide(by=head, case=case, agreed=True, decision_no="5/QĐ", decision_on=TODAY)
        together.begin(
            lambda: receptions.come_back(by=lan, case=case, channel="self", came_on=TODAY, area_code=case.area_code)
        )
    (refused,) = together.ends()
    assert isinstance(refused, Refused) and "đã được xóa vĩnh viễn" in str(refused)
    assert Case.objects.visible_to(lan).filter(person=case.person_id).count() == 1


def test_two_who_receive_at_once_give_two_aliases(town, monkeypatch):
    monkeypatch.setattr(receptions, "PLANTS", ("Sen",))
    monkeypatch.setattr(aliases, "PLACES", ("Ven Hồ",))
    town.officer("lan")
    assert sorted(case.alias for case in both(town.received)) == ["Sen", "Sen Ven Hồ"]


# Two pages of one officer that say the same.


def two_pages_say(officer, page, args, data):
    """Send one form from two pages that were open at once; gives the second answer, and that after saving it again."""
    first, second = (hidden(officer.open(page, *args)) for _page in range(2))
    assert officer.send(page, *args, **first, **data).status_code == 302
    answer = officer.send(page, *args, **second, **data)
    again_ = hidden(answer) if answer.status_code == 422 else second
    return answer, lambda: officer.send(page, *args, **again_, **data)


SAME = {
    "cases:companions": {"kind": "minor", "full_name": "Bé Na"},
    "needs:provide": {"outcome": "begun", "on": TODAY, "amount": "3.000.000"},
    "support:act": {"planned_on": "16/11/2017"},
}


@pytest.mark.parametrize("page", SAME)
def test_the_same_thing_from_two_pages_is_recorded_twice_only_when_one_insists(at_home, as_hanh, page):
    case = at_home()
    args, data = (case.code,), dict(SAME[page])
    if page == "needs:provide":
        args += (Need.objects.of(case).filter(met_on=None).first().pk,)
        data["agency"] = agency_of("labour-737").pk
    elif page == "support:act":
        args += ("hen-tham",)
    before = Step.objects.count()
    answer, insist = two_pages_say(as_hanh, page, args, data)
    assert answer.status_code == 422 and "Chị/anh vừa ghi đúng việc này ở một trang khác" in words(answer)
    written = Step.objects.count()
    assert insist().status_code == 302
    assert Step.objects.count() - written == written - before


def test_other_things_from_two_pages_are_recorded_without_a_question(notified, screened, as_hanh):
    case = notified(screened(wanted=["food", "lodging"]))
    food, lodging = Need.objects.of(case).order_by("kind")
    data = {"outcome": "begun", "on": TODAY, "agency": agency_of("labour-737").pk}
    open_ = {need: hidden(as_hanh.open("needs:provide", case.code, need.pk)) for need in (food, lodging)}
    for need, fields in open_.items():
        assert as_hanh.send("needs:provide", case.code, need.pk, **fields, **data).status_code == 302
