"""Danger: what it sets in motion, who is told, and until when it stands."""

from datetime import time

import pytest

from benan.accounts.models import Membership
from benan.agencies.models import OnCallContact
from benan.cases.actions import closing, corrections, receptions
from benan.core import desk as contributed
from benan.core.refusals import Refused
from benan.protection.actions import measures
from benan.shell import queries as desk
from benan.support.actions import visits
from tests.cast import CAME, COMMUNE, TODAY, again, agency_of, answers_sent, day, seen, words

MARK = "Có nguy hiểm, từ 06/11/2017"


@pytest.fixture
def endangered(cast):
    """Somebody in danger since they came, now with Hạnh."""
    return cast.notified(cast.screened(danger="yes"))


def marked(page):
    """Whether a page carries the mark of danger since the day they came."""
    return MARK in words(page)


def decided(by, case, *, stands, on=TODAY):
    """A measure, and whether the danger stands after it."""
    measures.start(by=by, case=case, on=on, kind="refuge", consented=True)
    measures.say_danger(by=by, case=case, on=on, stands=stands)


# The mark, on the case's head and in every list.


@pytest.mark.parametrize(
    "address",
    ["cases:case", "cases:access_log", "needs:overview", "protection:overview", "support:reintegration", "cases:reveal", "cases:remark",
     "support:screening", "cases:rights"],
)  # fmt: skip
def test_danger_stands_on_the_head_of_every_page_of_the_case(endangered, as_lan, address):
    assert marked(as_lan.open(address, endangered.code))


def test_danger_stands_in_the_list_and_in_what_is_found(endangered, cast, as_hanh):
    assert marked(as_hanh.open("cases:list"))
    cast.notified()
    other = cast.notified()
    type(other).objects.unscoped(reason="two of one plant").filter(pk=other.pk).update(alias=f"{endangered.alias} 2")
    assert marked(as_hanh.open("cases:find", q=f"{endangered.alias} 3"))


def test_danger_stands_beside_those_who_came_along(cast, as_lan, lan):
    case = cast.received()
    child = receptions.add_companion(by=lan, case=case, kind="minor")
    cast.screened(case, danger="yes")
    assert marked(as_lan.open("cases:case", child.code))


def test_danger_stands_among_the_referrals(endangered, cast, as_hoa):
    cast.referred(endangered)
    assert marked(as_hoa.open("support:referrals"))


def test_danger_stands_in_what_search_before_create_finds_of_ones_own(cast, as_lan):
    cast.screened(danger="yes", identity={"full_name": "Nguyễn Thị Hoà", "birth": "1995"})
    assert marked(as_lan.send("cases:search", full_name="Nguyễn Thị Hoà", birth="1995"))


def test_a_child_in_danger_is_marked_and_its_mother_is_not(cast, lan, as_lan):
    case = cast.received()
    cast.screened(receptions.add_companion(by=lan, case=case, kind="minor"), danger="yes")
    said = words(as_lan.open("cases:case", case.code))
    assert said.count(MARK) == 1


# Until when it stands.


@pytest.mark.parametrize(
    ("end", "stands"),
    [
        (lambda by, case: measures.start(by=by, case=case, on=TODAY, kind="refuge", consented=True), True),
        (lambda by, case: decided(by, case, stands=True), True),
        (lambda by, case: decided(by, case, stands=False), False),
        (lambda by, case: measures.decline(by=by, case=case, on=TODAY, paper_no="1", paper_on=TODAY, words="đã rõ"), False),
        (lambda by, case: measures.refuse(by=by, case=case, on=TODAY, warned=True), False),
        (lambda by, case: closing.close(by=by, case=case, on=TODAY, closing="left"), False),
        (lambda by, case: None, True),
    ],
    ids=["a decision", "said to stand", "said to be over", "a reasoned refusal", "the person's refusal", "the end of the case", "nothing"],
)  # fmt: skip
def test_danger_stands_until_it_is_over_or_a_reasoned_refusal(endangered, hanh, as_hanh, end, stands):
    """Nghị định 62/2012, Điều 10 khoản 2, 7."""
    assert marked(as_hanh.open("cases:case", endangered.code))
    end(hanh, endangered)
    assert marked(as_hanh.open("cases:case", endangered.code)) is stands


def test_a_later_no_does_not_take_the_decision_away(endangered, cast, as_hanh):
    cast.screened(endangered, danger="no")
    assert marked(as_hanh.open("cases:case", endangered.code))


def test_a_line_put_right_after_the_danger_was_over_leaves_no_danger(endangered, as_hanh, hanh):
    decided(hanh, endangered, stands=False)
    step = endangered.steps.get(event="protection_started")
    as_hanh.send("cases:correct_day", endangered.code, step.pk, on=CAME, words="quyết định ngay tối ấy")
    found = endangered.steps.get(event="protection_needed")
    as_hanh.send("cases:correct_day", endangered.code, found.pk, on=day("07/11/2017"), words="hôm sau mới rõ")
    assert found.corrected_by and again(endangered).danger_since is None


def test_danger_found_where_a_measure_is_in_force_stands_until_it_is_over(endangered, cast, hanh, as_hanh):
    """Nghị định 62/2012, Điều 10 khoản 3, 6: more measures where more are called for."""
    decided(hanh, endangered, stands=False, on=CAME)
    cast.screened(endangered, danger="yes")
    assert marked(as_hanh.open("cases:case", endangered.code))
    sent = as_hanh.send("protection:act", endangered.code, "ra-soat", on=TODAY)
    assert marked(as_hanh.open("cases:case", endangered.code))
    assert "còn gặp nguy hiểm không" in words(as_hanh.get(sent.url))
    as_hanh.send("protection:act", endangered.code, "con-nguy-hiem", stands="no", on=TODAY)
    assert not marked(as_hanh.open("cases:case", endangered.code))


def test_not_safe_at_a_visit_is_danger(at_home, lan, as_lan):
    case = at_home()
    visit = visits.plan_visit(by=lan, case=case, planned_on=TODAY)
    as_lan.send("support:visit", case.code, visit.pk, on=TODAY, safe="no")
    assert "Có nguy hiểm, từ 09/11/2017" in words(as_lan.open("cases:case", case.code))
    assert again(case).tracks.get(kind="protection").stage == "needed"


# On whose desk.


@pytest.mark.parametrize("name", ["lan", "hanh", "truong_phong", "dung", "hung", "hoa"])
def test_danger_is_first_and_red_on_the_desk_of_those_who_may_decide(cast, name):
    """Điều 8 khoản 2 điểm a, g: the commune, the labour office, the facility, and the police for what is theirs."""
    case = cast.requested(cast.screened(danger="yes"))
    if name == "hoa":
        cast.referred(case)
    page = cast.browser(name).open("shell:home")
    said = words(page)
    assert "Đang có nguy hiểm 1" in said and "1 người đang gặp nguy hiểm" in said and case.alias in said
    assert [task.state for task in page.context["dangers"]["listed"]] == ["danger"]


def test_what_follows_a_measure_asks_whether_the_danger_is_over_and_nothing_is_chosen(endangered, as_hanh):
    sent = as_hanh.send("protection:act", endangered.code, "ap-dung", kind="refuge", consented="on", on=TODAY)
    page = as_hanh.get(sent.url)
    assert "Đã ra quyết định áp dụng biện pháp bảo vệ" in words(page) and "checked" not in page.content.decode()
    assert as_hanh.post(sent.url, {"on": "09/11/2017"}).status_code == 422
    task = as_hanh.open("shell:home").context["dangers"]["listed"][0]
    assert (task.case, task.action_url) == (endangered, sent.url)
    as_hanh.send("protection:act", endangered.code, "con-nguy-hiem", stands="no", on=TODAY)
    assert as_hanh.get(sent.url).url == f"/ho-so/{endangered.code}/bao-ve/"


def test_before_a_decision_danger_is_not_said_to_be_over(endangered, hanh):
    with pytest.raises(Refused, match="Quyết định bảo vệ, hoặc trả lời bằng văn bản"):
        measures.say_danger(by=hanh, case=endangered, on=TODAY, stands=False)


def test_danger_stays_on_the_desks_after_a_measure_until_it_is_over(endangered, hanh, as_hanh, as_lan):
    measures.start(by=hanh, case=endangered, on=TODAY, kind="refuge", consented=True)
    for browser in (as_hanh, as_lan):
        assert "Đang có nguy hiểm" in words(browser.open("shell:home"))
    measures.say_danger(by=hanh, case=endangered, on=TODAY, stands=False)
    for browser in (as_hanh, as_lan):
        assert "Đang có nguy hiểm" not in words(browser.open("shell:home"))


def test_a_desk_with_more_tasks_than_it_shows_still_shows_every_danger_first(cast, as_hanh, monkeypatch):
    monkeypatch.setattr(contributed, "MOST", 2)
    for _case in range(3):
        cast.notified(came_on=CAME)
    case = cast.notified(cast.screened(danger="yes"))
    page = as_hanh.open("shell:home")
    assert [task.case for task in page.context["dangers"]["listed"]] == [case]


@pytest.mark.parametrize("name", ["truong_phong", "hung"])
def test_the_heads_who_may_decide_do(cast, name):
    """Điều 8 khoản 2 điểm a, g name the heads."""
    case, browser = cast.requested(cast.screened(danger="yes")), cast.browser(name)
    sent = browser.send("protection:act", case.code, "ap-dung", kind="refuge", consented="on", on=TODAY)
    assert sent.status_code == 302 and case.steps.filter(event="protection_started").exists()


def test_who_sits_where_nothing_is_decided_decides_nothing(cast, endangered, as_hanh):
    head = Membership.objects.get(user=cast.officer("truong_phong"))
    corrections.assign(by=cast.officer("hanh"), case=endangered, part="supports", agency=agency_of("womens_union"))
    Membership.objects.filter(pk=head.pk).update(agency=agency_of("womens_union"))
    browser = cast.browser("truong_phong")
    assert browser.open("protection:act", endangered.code, "tu-choi").status_code == 403
    assert "Đang có nguy hiểm" not in words(browser.open("shell:home"))


# Who is told without being on the team.


@pytest.fixture
def told(cast):
    """Lan finds danger at night; nobody was notified yet. Gives the case and how the police of the district see it."""
    cast.officer("dung"), cast.officer("hanh")
    return cast.screened(danger="yes", wanted=[])


@pytest.mark.parametrize("name", ["dung", "hung", "hanh", "truong_phong"])
def test_the_police_and_the_labour_office_are_told_before_they_are_on_the_team(told, cast, name):
    browser = cast.browser(name)
    page = browser.open("shell:home")
    assert "Đang có nguy hiểm 1" in words(page) and told.alias in words(page)
    notice = browser.get(page.context["dangers"]["listed"][0].url)
    assert "xã Sông Trầu" in words(notice) and "113" in words(notice)
    assert browser.open("cases:case", told.code).status_code == 404


# What is said at once.


def test_what_to_do_is_said_on_the_page_that_follows(cast, as_lan):
    cast.officer("hanh")
    case = cast.received()
    sent = as_lan.send("support:screening", case.code, danger="yes", needs=["none"], on=TODAY)
    said = words(as_lan.get(sent.url))
    assert "Có nguy hiểm. Gọi ngay:" in said and "113" in said
    assert "nơi tạm lánh" in said and "Phòng LĐ-TB&XH huyện Trảng Bom" in said


def test_a_no_after_danger_says_what_ends_it(endangered, as_lan):
    sent = as_lan.send("support:screening", endangered.code, danger="no", needs=["none"], on=TODAY)
    assert "Hồ sơ vẫn có cảnh báo nguy hiểm" in words(as_lan.get(sent.url))


@pytest.mark.parametrize(
    ("name", "address", "data"),
    [
        ("hanh", "support:assess", {"danger": "yes"}),
        ("phuong", "support:screening", {"danger": "yes", "needs": ["none"]}),
    ],
)
def test_danger_found_elsewhere_is_said_just_so(cast, notified, name, address, data):
    case = notified()
    corrections.assign(by=cast.officer("hanh"), case=case, part="supports", agency=agency_of("womens_union"))
    sent = cast.browser(name).send(address, case.code, on=TODAY, **data)
    assert "Có nguy hiểm. Gọi ngay:" in words(cast.browser(name).get(sent.url))


# Danger waits for no other answer.


def test_danger_is_recorded_where_needs_could_not_be_asked_about(cast, as_lan, lan):
    case = cast.received()
    as_lan.send("support:screening", case.code, danger="yes", on=TODAY)
    assert again(case).danger_since == TODAY
    assert not case.steps.filter(event="needs_screened").exists()
    tasks = [str(task.what) for _name, found, _n in desk.desk(lan)["groups"] for task in found]
    assert "Đáp ứng ngay nhu cầu thiết yếu" in tasks


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"on": "31/02/2017"}, "không có trong lịch"), ({"on": "01/11/2017"}, "trước ngày tiếp nhận"),
     ({"needs": ["none", "food"]}, "Bỏ một bên"), ({"words": "a" * 5001}, "ô này nhận nhiều nhất")],
)  # fmt: skip
def test_danger_is_recorded_though_the_rest_of_the_form_is_refused(cast, as_lan, wrong, sentence):
    case = cast.received()
    page = as_lan.send("support:screening", case.code, **{"danger": "yes", "needs": ["food"], "on": TODAY, **wrong})
    assert again(case).danger_since == TODAY
    said = words(page)
    assert sentence in said and "Có nguy hiểm. Gọi ngay:" in said and "Phần còn lại của trang này chưa được lưu" in said
    again_sent = {"danger": "yes", "needs": ["food"], "on": TODAY}
    assert as_lan.send("support:screening", case.code, **again_sent).status_code == 302
    assert case.steps.filter(event="protection_needed").count() == 1


def test_danger_is_recorded_though_somebody_else_wrote_meanwhile(cast, notified, lan, as_hanh):
    case = notified()
    before = case.steps.latest("pk").pk
    corrections.remark(by=lan, case=case, on=TODAY, words="chữ của Lan")
    page = as_hanh.send("support:screening", case.code, danger="yes", needs=["food"], on=TODAY, seen=before)
    assert again(case).danger_since == TODAY and "Ghi thêm · Nguyễn Thị Lan" in words(page)


def test_danger_found_at_an_assessment_or_visit_is_recorded_though_the_rest_is_refused(at_home, as_hanh, lan, as_lan):
    case, other = at_home(), at_home()
    as_hanh.send("support:assess", case.code, danger="yes", **answers_sent("legal_aid"), on="")
    assert again(case).danger_since == TODAY
    visit = visits.plan_visit(by=lan, case=other, planned_on=TODAY)
    as_lan.send("support:visit", other.code, visit.pk, on="", safe="no")
    assert again(other).danger_since == TODAY
    assert not other.steps.filter(key="visit_made").exists()


def test_danger_recorded_by_itself_is_not_told_to_the_office_it_comes_from(cast, as_lan, as_dung):
    case = cast.received()
    police = agency_of("police-737")
    as_lan.send("support:screening", case.code, danger="yes", danger_from=police.pk, needs=["food"], on="")
    assert again(case).danger_since == TODAY
    assert case.alias not in words(as_dung.open("shell:home"))


# The call, then the paper (Điều 10 khoản 1).


def test_a_call_is_recorded_and_a_paper_is_still_asked_for(endangered, as_lan):
    to = as_lan.open("protection:act", endangered.code, "da-goi").context["form"].fields["to"].choices
    police = next(key for key, name in to[1][1] if "113" in name)
    data = {"to": police, "on": TODAY, "at": "21:40", "words": "tổ công tác đến trong 20 phút"}
    assert as_lan.send("protection:act", endangered.code, "da-goi", **data).status_code == 302
    said = words(as_lan.open("protection:overview", endangered.code))
    assert "21:40" in said and "113" in said and "còn phải gửi văn bản đề nghị" in said and "tổ công tác" not in said
    to = as_lan.open("protection:act", endangered.code, "van-ban").context["form"].fields["to"].choices[-1][0]
    data = {"to": to, "paper_no": "15/UBND", "paper_on": TODAY, "on": TODAY}
    assert as_lan.send("protection:act", endangered.code, "van-ban", **data).status_code == 302
    said = words(as_lan.open("protection:overview", endangered.code))
    assert "15/UBND" in said and "còn phải gửi văn bản đề nghị" not in said


def test_who_only_supports_records_the_call_too(cast, endangered, as_phuong):
    corrections.assign(by=cast.officer("hanh"), case=endangered, part="supports", agency=agency_of("womens_union"))
    data = {"to": f"noi:{agency_of('labour-737').pk}", "on": TODAY, "at": "7:05"}
    assert as_phuong.send("protection:act", endangered.code, "da-goi", **data).status_code == 302


@pytest.mark.parametrize("typed", ["\uff12\uff11\uff1a\uff14\uff10", "21.40", "21h40"])
def test_the_hour_of_a_call_is_taken_as_it_is_typed(endangered, as_lan, typed):
    data = {"to": f"noi:{agency_of('labour-737').pk}", "on": TODAY, "at": typed}
    assert as_lan.send("protection:act", endangered.code, "da-goi", **data).status_code == 302
    assert "21:40" in words(as_lan.open("protection:overview", endangered.code))


# Where an office is itself the danger.


def test_the_office_that_is_the_danger_is_not_told_and_its_superior_is(cast, as_lan, as_dung, as_minh):
    case = cast.received()
    page = as_lan.send(
        "support:screening", case.code, danger="yes", danger_from=agency_of("police-737").pk, needs=["none"], on=TODAY
    )
    assert "Không được chia sẻ hồ sơ này" in words(as_lan.get(page.url))
    assert f" {case.alias} " not in words(as_dung.open("shell:home"))
    told = as_minh.open("shell:home")
    assert case.alias in words(told)
    notice = as_minh.get(told.context["dangers"]["listed"][0].url)
    assert "thay cho Công an huyện Trảng Bom" in words(notice)


def test_where_it_managed_the_case_the_labour_office_does(cast, as_lan, as_hanh, lan):
    case = cast.received()
    child = receptions.add_companion(by=lan, case=case, kind="minor")
    cast.officer("hanh")
    here = agency_of(f"commune-{COMMUNE}")
    sent = as_lan.send("support:screening", case.code, danger="yes", danger_from=here.pk, needs=["none"], on=TODAY)
    assert sent.status_code == 200 and as_lan.open("cases:case", case.code).status_code == 404
    assert as_lan.open("cases:case", child.code).status_code == 404
    assert "Gọi ngay" in words(sent)
    assert as_hanh.open("cases:case", child.code).status_code == 200
    assert again(case).agency == agency_of("labour-737")


@pytest.fixture
def numbers(cast):
    """The telephones at which the commune, the labour office and the police of the district answer."""
    for desk_, area, phone in (("child_protection", COMMUNE, "02513111111"), ("labour_office", "737", "02513222222"),
                               ("police", "737", "02513333333")):  # fmt: skip
        OnCallContact.objects.create(desk=desk_, area_code=area, label=f"Trực {area}", phone=phone, from_hour=time(0),
                                  to_hour=time(0), in_force=(day("01/01/2016"), None))  # fmt: skip


@pytest.mark.usefixtures("numbers")
@pytest.mark.parametrize("page", ["support:screening", "protection:act"])
def test_whose_own_office_is_the_danger_is_told_once_who_goes_on(cast, as_lan, page):
    cast.officer("hanh")
    case = cast.screened(danger="yes") if page != "support:screening" else cast.received()
    here = agency_of(f"commune-{COMMUNE}").pk
    if page == "support:screening":
        sent = as_lan.send(page, case.code, danger="yes", danger_from=here, needs=["none"], on=TODAY, once="x" * 32)
    else:
        sent = as_lan.send(page, case.code, "khong-bao", agency=here, on=TODAY)
    said = words(sent)
    assert case.alias in said and case.shown_code in said
    assert "từ đây Phòng LĐ-TB&XH huyện Trảng Bom phụ trách" in said and "02513222222" in said
    assert "điểm g): Phòng LĐ-TB&XH huyện Trảng Bom." in said
    assert "UBND xã Sông Trầu (gọi UBND huyện Trảng Bom thay)" in said and "02513111111" not in said


def test_the_page_that_is_shown_once_leads_to_the_desk_when_it_is_sent_again(cast, as_lan):
    cast.officer("hanh")
    case = cast.received()
    form = {
        "danger": "yes",
        "danger_from": agency_of(f"commune-{COMMUNE}").pk,
        "on": TODAY,
        "once": "x" * 32,
        "seen": seen(case.code),
    }
    assert as_lan.send("support:screening", case.code, **form).status_code == 200
    answer = as_lan.send("support:screening", case.code, **form)
    assert answer.url == "/" and "chỉ hiện một lần" in words(as_lan.get(answer.url))


@pytest.mark.usefixtures("numbers")
def test_nobody_is_led_to_the_telephone_of_the_office_that_is_the_danger(cast, as_lan, as_minh):
    case = cast.received()
    assert "02513333333" in words(as_lan.open("support:screening", case.code))
    police = agency_of("police-737").pk
    sent = as_lan.send("support:screening", case.code, danger="yes", danger_from=police, needs=["none"], on=TODAY)
    said = words(as_lan.get(sent.url))
    assert (
        "Trong vụ việc do mình thụ lý, cơ quan sau đây quyết định được cả việc bố trí lực lượng bảo vệ, phòng ngừa, ngăn chặn "
        "hành vi xâm hại (Điều 8 khoản 2 điểm a): Công an tỉnh Đồng Nai." in said
    )
    notice = as_minh.get(as_minh.open("shell:home").context["dangers"]["listed"][0].url)
    pages = [as_lan.open(name, case.code) for name in ("support:screening", "protection:overview", "cases:review")]
    assert [page for page in (said, *map(words, (notice, *pages))) if "02513333333" in page] == []


@pytest.mark.usefixtures("numbers")
def test_who_is_told_in_place_of_the_office_of_reception_is_not_led_back_to_it(cast, as_lan, as_hanh, as_dung):
    cast.officer("hanh"), cast.officer("dung")
    case = cast.received()
    here = agency_of(f"commune-{COMMUNE}").pk
    as_lan.send("support:screening", case.code, danger="yes", danger_from=here, needs=["none"], on=TODAY)
    notice = as_dung.get(as_dung.open("shell:home").context["dangers"]["listed"][0].url)
    assert "Phòng LĐ-TB&XH huyện Trảng Bom" in words(notice) and "UBND xã Sông Trầu" not in words(notice)


@pytest.fixture
def supported(cast, endangered):
    """The same, with the Women's Union on the team."""
    corrections.assign(by=cast.officer("hanh"), case=endangered, part="supports", agency=agency_of("womens_union"))
    return endangered


def test_who_only_supports_takes_no_office_away_alone(supported, as_phuong, as_hanh):
    data = {"agency": agency_of("labour-737").pk, "on": TODAY}
    assert as_phuong.send("protection:act", supported.code, "khong-bao", **data).status_code == 403
    assert "Không chia sẻ hồ sơ với một cơ quan" not in words(as_phuong.open("protection:overview", supported.code))
    assert as_hanh.open("cases:case", supported.code).status_code == 200


def test_who_only_supports_says_where_the_danger_is_that_they_record_themselves(supported, as_phuong, as_hanh):
    data = {"danger": "yes", "danger_from": agency_of("labour-737").pk, "needs": ["none"], "on": TODAY}
    assert as_phuong.send("support:screening", supported.code, **data).status_code == 302
    assert as_hanh.open("cases:case", supported.code).status_code == 404


def test_without_danger_nobody_takes_an_office_away(cast, as_lan, as_hanh):
    case = cast.notified(cast.screened(danger="no"))
    page = as_lan.send("protection:act", case.code, "khong-bao", agency=agency_of("labour-737").pk, on=TODAY)
    assert page.status_code == 422 and "không có cảnh báo nguy hiểm" in words(page)
    assert as_hanh.open("cases:case", case.code).status_code == 200


def test_who_neither_manages_nor_received_takes_an_office_only_from_cases_they_reach(cast, lan, as_dung, as_lan):
    case = cast.received()
    child = receptions.add_companion(by=lan, case=case, kind="minor")
    cast.requested(cast.screened(case, danger="yes"))
    here = agency_of(f"commune-{COMMUNE}")
    assert as_dung.open("cases:case", child.code).status_code == 404
    as_dung.send("protection:act", case.code, "khong-bao", agency=here.pk, on=TODAY)
    assert as_lan.open("cases:case", case.code).status_code == 404
    assert as_lan.open("cases:case", child.code).status_code == 200


def test_no_office_is_kept_from_a_case_without_danger(cast, as_lan):
    case = cast.received()
    page = as_lan.send(
        "support:screening", case.code, danger="no", danger_from=agency_of("labour-737").pk, needs=["none"], on=TODAY
    )
    assert page.status_code == 422 and "Chỉ chọn cơ quan khi có nguy hiểm" in words(page)
