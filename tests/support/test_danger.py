"""Danger: what it sets in motion, who is told, and until when it stands."""

from datetime import time

import pytest

from benan.accounts.models import DutyNumber, Membership
from benan.cases.actions import corrections, receptions
from benan.core.refusals import Refused
from benan.shell import queries as desk
from benan.support.actions import homeward, safety
from tests.cast import CAME, COMMUNE, TODAY, again, agency_of, day, words

MARK = "Có nguy hiểm, từ 06/11/2017"


@pytest.fixture
def endangered(cast):
    """Somebody in danger since they came, now with Hạnh."""
    return cast.notified(cast.screened(danger="yes"))


def marked(page):
    """Whether a page carries the mark of danger since the day they came."""
    return MARK in words(page)


def decided(by, file, *, stands, on=TODAY):
    """A measure, and whether the danger stands after it."""
    safety.start(by=by, file=file, on=on, kind="refuge", consented=True)
    safety.say_danger(by=by, file=file, on=on, stands=stands)


# The mark, on the file's head and in every list.


@pytest.mark.parametrize(
    "address",
    ["cases:file", "cases:looks", "support:needs", "support:safety", "support:homeward", "cases:reveal", "cases:remark",
     "support:now", "cases:rights"],
)  # fmt: skip
def test_danger_stands_on_the_head_of_every_page_of_the_file(endangered, as_lan, address):
    assert marked(as_lan.open(address, endangered.code))


def test_danger_stands_in_the_list_and_in_what_is_found(endangered, cast, as_hanh):
    assert marked(as_hanh.open("cases:list"))
    cast.notified()
    other = cast.notified()
    type(other).objects.unscoped(reason="two of one plant").filter(pk=other.pk).update(alias=f"{endangered.alias} 2")
    assert marked(as_hanh.open("cases:find", q=f"{endangered.alias} 3"))


def test_danger_stands_beside_those_who_came_along(cast, as_lan, lan):
    file = cast.received()
    child = receptions.add_companion(by=lan, file=file, kind="minor")
    cast.screened(file, danger="yes")
    assert marked(as_lan.open("cases:file", child.code))


def test_danger_stands_among_the_referrals(endangered, cast, as_hoa):
    cast.referred(endangered)
    assert marked(as_hoa.open("support:referrals"))


def test_danger_stands_in_what_search_before_create_finds_of_ones_own(cast, as_lan):
    cast.screened(danger="yes", identity={"full_name": "Nguyễn Thị Hoà", "birth": "1995"})
    assert marked(as_lan.send("cases:search", full_name="Nguyễn Thị Hoà", birth="1995"))


def test_a_child_in_danger_is_marked_and_its_mother_is_not(cast, lan, as_lan):
    file = cast.received()
    cast.screened(receptions.add_companion(by=lan, file=file, kind="minor"), danger="yes")
    said = words(as_lan.open("cases:file", file.code))
    assert said.count(MARK) == 1


# Until when it stands.


@pytest.mark.parametrize(
    ("end", "stands"),
    [
        (lambda by, file: safety.start(by=by, file=file, on=TODAY, kind="refuge", consented=True), True),
        (lambda by, file: decided(by, file, stands=True), True),
        (lambda by, file: decided(by, file, stands=False), False),
        (lambda by, file: safety.decline(by=by, file=file, on=TODAY, paper_no="1", paper_on=TODAY, words="đã rõ"), False),
        (lambda by, file: safety.refuse(by=by, file=file, on=TODAY, warned=True), False),
        (lambda by, file: homeward.close(by=by, file=file, on=TODAY, closing="left"), False),
        (lambda by, file: None, True),
    ],
    ids=["a decision", "said to stand", "said to be over", "a reasoned refusal", "the person's refusal", "the end of the file", "nothing"],
)  # fmt: skip
def test_danger_stands_until_it_is_over_or_a_reasoned_refusal(endangered, hanh, as_hanh, end, stands):
    """Nghị định 62/2012, Điều 10 khoản 2, 7."""
    assert marked(as_hanh.open("cases:file", endangered.code))
    end(hanh, endangered)
    assert marked(as_hanh.open("cases:file", endangered.code)) is stands


def test_a_later_no_does_not_take_the_decision_away(endangered, cast, as_hanh):
    cast.screened(endangered, danger="no")
    assert marked(as_hanh.open("cases:file", endangered.code))


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
    assert marked(as_hanh.open("cases:file", endangered.code))
    sent = as_hanh.send("support:safety_act", endangered.code, "ra-soat", on=TODAY)
    assert marked(as_hanh.open("cases:file", endangered.code))
    assert "còn gặp nguy hiểm không" in words(as_hanh.get(sent.url))
    as_hanh.send("support:safety_act", endangered.code, "con-nguy-hiem", stands="no", on=TODAY)
    assert not marked(as_hanh.open("cases:file", endangered.code))


def test_not_safe_at_a_visit_is_danger(at_home, lan, as_lan):
    file = at_home()
    visit = homeward.plan_visit(by=lan, file=file, planned_on=TODAY)
    as_lan.send("support:visit", file.code, visit.pk, on=TODAY, safe="no")
    assert "Có nguy hiểm, từ 09/11/2017" in words(as_lan.open("cases:file", file.code))
    assert again(file).tracks.get(kind="protection").stage == "needed"


# On whose desk.


@pytest.mark.parametrize("name", ["lan", "hanh", "truong_phong", "dung", "hung", "hoa"])
def test_danger_is_first_and_red_on_the_desk_of_those_who_may_decide(cast, name):
    """Điều 8 khoản 2 điểm a, g: the commune, the labour office, the facility, and the police for what is theirs."""
    file = cast.requested(cast.screened(danger="yes"))
    if name == "hoa":
        cast.referred(file)
    page = cast.browser(name).open("shell:home")
    said = words(page)
    assert "Đang có nguy hiểm 1" in said and "1 người đang gặp nguy hiểm" in said and file.alias in said
    assert [task["state"] for task in page.context["dangers"]["listed"]] == ["nguy"]


def test_what_follows_a_measure_asks_whether_the_danger_is_over_and_nothing_is_chosen(endangered, as_hanh):
    sent = as_hanh.send("support:safety_act", endangered.code, "ap-dung", kind="refuge", consented="on", on=TODAY)
    page = as_hanh.get(sent.url)
    assert "Đã có quyết định bảo vệ" in words(page) and "checked" not in page.content.decode()
    assert as_hanh.post(sent.url, {"on": "09/11/2017", "seen": ""}).status_code == 422
    task = as_hanh.open("shell:home").context["dangers"]["listed"][0]
    assert (task["file"], task["action_url"]) == (endangered, sent.url)
    as_hanh.send("support:safety_act", endangered.code, "con-nguy-hiem", stands="no", on=TODAY)
    assert as_hanh.get(sent.url).url == f"/ho-so/{endangered.code}/bao-ve/"


def test_before_a_decision_danger_is_not_said_to_be_over(endangered, hanh):
    with pytest.raises(Refused, match="Quyết định bảo vệ, hoặc trả lời bằng văn bản"):
        safety.say_danger(by=hanh, file=endangered, on=TODAY, stands=False)


def test_danger_stays_on_the_desks_after_a_measure_until_it_is_over(endangered, hanh, as_hanh, as_lan):
    safety.start(by=hanh, file=endangered, on=TODAY, kind="refuge", consented=True)
    for browser in (as_hanh, as_lan):
        assert "Đang có nguy hiểm" in words(browser.open("shell:home"))
    safety.say_danger(by=hanh, file=endangered, on=TODAY, stands=False)
    for browser in (as_hanh, as_lan):
        assert "Đang có nguy hiểm" not in words(browser.open("shell:home"))


def test_a_desk_with_more_tasks_than_it_shows_still_shows_every_danger_first(cast, as_hanh, monkeypatch):
    monkeypatch.setattr(desk, "MOST", 2)
    for _file in range(3):
        cast.notified(came_on=CAME)
    file = cast.notified(cast.screened(danger="yes"))
    page = as_hanh.open("shell:home")
    assert [task["file"] for task in page.context["dangers"]["listed"]] == [file]


@pytest.mark.parametrize("name", ["truong_phong", "hung"])
def test_the_heads_who_may_decide_do(cast, name):
    """Điều 8 khoản 2 điểm a, g name the heads."""
    file, browser = cast.requested(cast.screened(danger="yes")), cast.browser(name)
    sent = browser.send("support:safety_act", file.code, "ap-dung", kind="refuge", consented="on", on=TODAY)
    assert sent.status_code == 302 and file.steps.filter(event="protection_started").exists()


def test_who_sits_where_nothing_is_decided_decides_nothing(cast, endangered, as_hanh):
    head = Membership.objects.get(user=cast.officer("truong_phong"))
    corrections.assign(by=cast.officer("hanh"), file=endangered, part="supports", agency=agency_of("womens_union"))
    Membership.objects.filter(pk=head.pk).update(agency=agency_of("womens_union"))
    browser = cast.browser("truong_phong")
    assert browser.open("support:safety_act", endangered.code, "tu-choi").status_code == 403
    assert "Đang có nguy hiểm" not in words(browser.open("shell:home"))


# Who is told without being on the team.


@pytest.fixture
def told(cast):
    """Lan finds danger at night; nobody was notified yet. Gives the file and how the police of the district see it."""
    cast.officer("dung"), cast.officer("hanh")
    return cast.screened(danger="yes", wanted=[])


@pytest.mark.parametrize("name", ["dung", "hung", "hanh", "truong_phong"])
def test_the_police_and_the_labour_office_are_told_before_they_are_on_the_team(told, cast, name):
    browser = cast.browser(name)
    page = browser.open("shell:home")
    assert "Đang có nguy hiểm 1" in words(page) and told.alias in words(page)
    notice = browser.get(page.context["dangers"]["listed"][0]["url"])
    assert "xã Sông Trầu" in words(notice) and "113" in words(notice)
    assert browser.open("cases:file", told.code).status_code == 404


# What is said at once.


def test_what_to_do_is_said_on_the_page_that_follows(cast, as_lan):
    cast.officer("hanh")
    file = cast.received()
    sent = as_lan.send("support:now", file.code, danger="yes", needs=["none"], on=TODAY)
    said = words(as_lan.get(sent.url))
    assert "Có nguy hiểm. Gọi ngay:" in said and "113" in said
    assert "nơi tạm lánh" in said and "Phòng LĐ-TB&XH huyện Trảng Bom" in said


def test_a_no_after_danger_says_what_ends_it(endangered, as_lan):
    sent = as_lan.send("support:now", endangered.code, danger="no", needs=["none"], on=TODAY)
    assert "Hồ sơ vẫn báo có nguy hiểm" in words(as_lan.get(sent.url))


@pytest.mark.parametrize(
    ("name", "address", "data"),
    [("hanh", "support:assess", {"danger": "yes"}), ("phuong", "support:now", {"danger": "yes", "needs": ["none"]})],
)
def test_danger_found_elsewhere_is_said_just_so(cast, notified, name, address, data):
    file = notified()
    corrections.assign(by=cast.officer("hanh"), file=file, part="supports", agency=agency_of("womens_union"))
    sent = cast.browser(name).send(address, file.code, on=TODAY, **data)
    assert "Có nguy hiểm. Gọi ngay:" in words(cast.browser(name).get(sent.url))


# Danger waits for no other answer.


def test_danger_is_recorded_where_needs_could_not_be_asked_about(cast, as_lan, lan):
    file = cast.received()
    as_lan.send("support:now", file.code, danger="yes", on=TODAY)
    assert again(file).danger_since == TODAY
    assert not file.steps.filter(event="needs_screened").exists()
    tasks = [str(task["what"]) for _name, found, _n in desk.desk(lan)["groups"] for task in found]
    assert "Đáp ứng ngay nhu cầu thiết yếu" in tasks


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"on": "31/02/2017"}, "không có trong lịch"), ({"on": "01/11/2017"}, "trước ngày tiếp nhận"),
     ({"needs": ["none", "food"]}, "Bỏ một bên"), ({"words": "a" * 5001}, "ô này nhận nhiều nhất")],
)  # fmt: skip
def test_danger_is_recorded_though_the_rest_of_the_form_is_refused(cast, as_lan, wrong, sentence):
    file = cast.received()
    page = as_lan.send("support:now", file.code, **{"danger": "yes", "needs": ["food"], "on": TODAY, **wrong})
    assert again(file).danger_since == TODAY
    said = words(page)
    assert sentence in said and "Có nguy hiểm. Gọi ngay:" in said and "Phần còn lại của trang này chưa lưu" in said
    again_sent = {"danger": "yes", "needs": ["food"], "on": TODAY}
    assert as_lan.send("support:now", file.code, **again_sent).status_code == 302
    assert file.steps.filter(event="protection_needed").count() == 1


def test_danger_is_recorded_though_somebody_else_wrote_meanwhile(cast, notified, lan, as_hanh):
    file = notified()
    before = file.steps.latest("pk").pk
    corrections.remark(by=lan, file=file, on=TODAY, words="chữ của Lan")
    page = as_hanh.send("support:now", file.code, danger="yes", needs=["food"], on=TODAY, seen=before)
    assert again(file).danger_since == TODAY and "Ghi thêm · Nguyễn Thị Lan" in words(page)


def test_danger_found_at_an_assessment_or_visit_is_recorded_though_the_rest_is_refused(at_home, as_hanh, lan, as_lan):
    file, other = at_home(), at_home()
    as_hanh.send("support:assess", file.code, danger="yes", needs=["legal_aid"], groups=[], on=TODAY)
    assert again(file).danger_since == TODAY
    visit = homeward.plan_visit(by=lan, file=other, planned_on=TODAY)
    as_lan.send("support:visit", other.code, visit.pk, on="", safe="no")
    assert again(other).danger_since == TODAY
    assert not other.steps.filter(key="visit_made").exists()


def test_danger_recorded_by_itself_is_not_told_to_the_office_it_comes_from(cast, as_lan, as_dung):
    file = cast.received()
    police = agency_of("police-737")
    as_lan.send("support:now", file.code, danger="yes", danger_from=police.pk, needs=["food"], on="")
    assert again(file).danger_since == TODAY
    assert file.alias not in words(as_dung.open("shell:home"))


# The call, then the paper (Điều 10 khoản 1).


def test_a_call_is_recorded_and_a_paper_is_still_asked_for(endangered, as_lan):
    to = as_lan.open("support:safety_act", endangered.code, "da-goi").context["form"].fields["to"].choices
    police = next(key for key, name in to[1][1] if "113" in name)
    data = {"to": police, "on": TODAY, "at": "21:40", "words": "tổ công tác đến trong 20 phút"}
    assert as_lan.send("support:safety_act", endangered.code, "da-goi", **data).status_code == 302
    said = words(as_lan.open("support:safety", endangered.code))
    assert "21:40" in said and "113" in said and "còn phải gửi văn bản đề nghị" in said and "tổ công tác" not in said
    to = as_lan.open("support:safety_act", endangered.code, "van-ban").context["form"].fields["to"].choices[-1][0]
    data = {"to": to, "paper_no": "15/UBND", "paper_on": TODAY, "on": TODAY}
    assert as_lan.send("support:safety_act", endangered.code, "van-ban", **data).status_code == 302
    said = words(as_lan.open("support:safety", endangered.code))
    assert "15/UBND" in said and "còn phải gửi văn bản đề nghị" not in said


def test_who_only_supports_records_the_call_too(cast, endangered, as_phuong):
    corrections.assign(by=cast.officer("hanh"), file=endangered, part="supports", agency=agency_of("womens_union"))
    data = {"to": f"noi:{agency_of('labour-737').pk}", "on": TODAY, "at": "7:05"}
    assert as_phuong.send("support:safety_act", endangered.code, "da-goi", **data).status_code == 302


@pytest.mark.parametrize("typed", ["\uff12\uff11\uff1a\uff14\uff10", "21.40", "21h40"])
def test_the_hour_of_a_call_is_taken_as_it_is_typed(endangered, as_lan, typed):
    data = {"to": f"noi:{agency_of('labour-737').pk}", "on": TODAY, "at": typed}
    assert as_lan.send("support:safety_act", endangered.code, "da-goi", **data).status_code == 302
    assert "21:40" in words(as_lan.open("support:safety", endangered.code))


# Where an office is itself the danger.


def test_the_office_that_is_the_danger_is_not_told_and_its_superior_is(cast, as_lan, as_dung, as_minh):
    file = cast.received()
    page = as_lan.send(
        "support:now", file.code, danger="yes", danger_from=agency_of("police-737").pk, needs=["none"], on=TODAY
    )
    assert "Không được biết hồ sơ này" in words(as_lan.get(page.url))
    assert f" {file.alias} " not in words(as_dung.open("shell:home"))
    told = as_minh.open("shell:home")
    assert file.alias in words(told)
    notice = as_minh.get(told.context["dangers"]["listed"][0]["url"])
    assert "thay cho Công an huyện Trảng Bom" in words(notice)


def test_where_it_managed_the_file_the_labour_office_does(cast, as_lan, as_hanh, lan):
    file = cast.received()
    child = receptions.add_companion(by=lan, file=file, kind="minor")
    cast.officer("hanh")
    here = agency_of(f"commune-{COMMUNE}")
    sent = as_lan.send("support:now", file.code, danger="yes", danger_from=here.pk, needs=["none"], on=TODAY)
    assert sent.status_code == 200 and as_lan.open("cases:file", file.code).status_code == 404
    assert as_lan.open("cases:file", child.code).status_code == 404
    assert "Gọi ngay" in words(sent)
    assert as_hanh.open("cases:file", child.code).status_code == 200
    assert again(file).agency == agency_of("labour-737")


@pytest.fixture
def numbers(cast):
    """The telephones at which the commune, the labour office and the police of the district answer."""
    for desk_, area, phone in (("child_protection", COMMUNE, "02513111111"), ("labour_office", "737", "02513222222"),
                               ("police", "737", "02513333333")):  # fmt: skip
        DutyNumber.objects.create(desk=desk_, area_code=area, label=f"Trực {area}", phone=phone, from_hour=time(0),
                                  to_hour=time(0), in_force=(day("01/01/2016"), None))  # fmt: skip


@pytest.mark.usefixtures("numbers")
@pytest.mark.parametrize("page", ["support:now", "support:safety_act"])
def test_whose_own_office_is_the_danger_is_told_once_who_goes_on(cast, as_lan, page):
    cast.officer("hanh")
    file = cast.screened(danger="yes") if page != "support:now" else cast.received()
    here = agency_of(f"commune-{COMMUNE}").pk
    if page == "support:now":
        sent = as_lan.send(page, file.code, danger="yes", danger_from=here, needs=["none"], on=TODAY, once="x" * 32)
    else:
        sent = as_lan.send(page, file.code, "khong-bao", agency=here, on=TODAY)
    said = words(sent)
    assert file.alias in said and file.shown_code in said
    assert "từ đây Phòng LĐ-TB&XH huyện Trảng Bom phụ trách" in said and "02513222222" in said
    assert "người đứng đầu Phòng LĐ-TB&XH huyện Trảng Bom." in said
    assert "UBND xã Sông Trầu (gọi UBND huyện Trảng Bom thay)" in said and "02513111111" not in said


def test_the_page_that_is_shown_once_leads_to_the_desk_when_it_is_sent_again(cast, as_lan):
    cast.officer("hanh")
    file = cast.received()
    form = {
        "danger": "yes",
        "danger_from": agency_of(f"commune-{COMMUNE}").pk,
        "on": TODAY,
        "once": "x" * 32,
        "seen": "",
    }
    assert as_lan.send("support:now", file.code, **form).status_code == 200
    answer = as_lan.send("support:now", file.code, **form)
    assert answer.url == "/" and "chỉ hiện một lần" in words(as_lan.get(answer.url))


@pytest.mark.usefixtures("numbers")
def test_nobody_is_led_to_the_telephone_of_the_office_that_is_the_danger(cast, as_lan, as_minh):
    file = cast.received()
    assert "02513333333" in words(as_lan.open("support:now", file.code))
    police = agency_of("police-737").pk
    sent = as_lan.send("support:now", file.code, danger="yes", danger_from=police, needs=["none"], on=TODAY)
    said = words(as_lan.get(sent.url))
    assert "Cả canh gác, đi cùng, răn đe, ngăn chặn: Công an tỉnh Đồng Nai." in said
    notice = as_minh.get(as_minh.open("shell:home").context["dangers"]["listed"][0]["url"])
    pages = [as_lan.open(name, file.code) for name in ("support:now", "support:safety", "cases:review")]
    assert [page for page in (said, *map(words, (notice, *pages))) if "02513333333" in page] == []


@pytest.mark.usefixtures("numbers")
def test_who_is_told_in_place_of_the_office_of_reception_is_not_led_back_to_it(cast, as_lan, as_hanh, as_dung):
    cast.officer("hanh"), cast.officer("dung")
    file = cast.received()
    here = agency_of(f"commune-{COMMUNE}").pk
    as_lan.send("support:now", file.code, danger="yes", danger_from=here, needs=["none"], on=TODAY)
    notice = as_dung.get(as_dung.open("shell:home").context["dangers"]["listed"][0]["url"])
    assert "Phòng LĐ-TB&XH huyện Trảng Bom" in words(notice) and "UBND xã Sông Trầu" not in words(notice)


@pytest.fixture
def supported(cast, endangered):
    """The same, with the Women's Union on the team."""
    corrections.assign(by=cast.officer("hanh"), file=endangered, part="supports", agency=agency_of("womens_union"))
    return endangered


def test_who_only_supports_takes_no_office_away_alone(supported, as_phuong, as_hanh):
    data = {"agency": agency_of("labour-737").pk, "on": TODAY}
    assert as_phuong.send("support:safety_act", supported.code, "khong-bao", **data).status_code == 403
    assert "Không cho một cơ quan biết" not in words(as_phuong.open("support:safety", supported.code))
    assert as_hanh.open("cases:file", supported.code).status_code == 200


def test_who_only_supports_says_where_the_danger_is_that_they_record_themselves(supported, as_phuong, as_hanh):
    data = {"danger": "yes", "danger_from": agency_of("labour-737").pk, "needs": ["none"], "on": TODAY}
    assert as_phuong.send("support:now", supported.code, **data).status_code == 302
    assert as_hanh.open("cases:file", supported.code).status_code == 404


def test_without_danger_nobody_takes_an_office_away(cast, as_lan, as_hanh):
    file = cast.notified(cast.screened(danger="no"))
    page = as_lan.send("support:safety_act", file.code, "khong-bao", agency=agency_of("labour-737").pk, on=TODAY)
    assert page.status_code == 422 and "không báo có nguy hiểm" in words(page)
    assert as_hanh.open("cases:file", file.code).status_code == 200


def test_who_neither_manages_nor_received_takes_an_office_only_from_files_they_reach(cast, lan, as_dung, as_lan):
    file = cast.received()
    child = receptions.add_companion(by=lan, file=file, kind="minor")
    cast.requested(cast.screened(file, danger="yes"))
    here = agency_of(f"commune-{COMMUNE}")
    assert as_dung.open("cases:file", child.code).status_code == 404
    as_dung.send("support:safety_act", file.code, "khong-bao", agency=here.pk, on=TODAY)
    assert as_lan.open("cases:file", file.code).status_code == 404
    assert as_lan.open("cases:file", child.code).status_code == 200


def test_no_office_is_kept_from_a_file_without_danger(cast, as_lan):
    file = cast.received()
    page = as_lan.send(
        "support:now", file.code, danger="no", danger_from=agency_of("labour-737").pk, needs=["none"], on=TODAY
    )
    assert page.status_code == 422 and "Chỉ chọn cơ quan này khi có nguy hiểm" in words(page)
