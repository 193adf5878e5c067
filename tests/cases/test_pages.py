"""The pages of cases: what stands there, for whom, and that nobody is called a victim before it is found."""

import re
import unicodedata

import pytest

from benan.accounts.models import User
from benan.accounts.policy import Held
from benan.agencies.models import Agency
from benan.cases import acts
from benan.cases.actions import closing, receptions
from benan.cases.models import Case
from benan.needs.models import Need
from benan.places import queries as places
from benan.rules import procedures
from benan.verification import actions as verification
from tests.cast import ADULT, CAME, COMMUNE, STAGES, TODAY, Officer, again, day, words


def main(page):
    """What a page says between its navigation and its foot."""
    return words(page).split("Đến nội dung chính")[1]


@pytest.mark.parametrize("stage", STAGES)
def test_the_case_can_be_read_at_every_stage(cast, stage):
    case = getattr(cast, stage)()
    page = cast.browser("lan" if stage in ("received", "screened") else "hanh").open("cases:case", case.code)
    assert page.status_code == 200
    assert f"<title>{case.alias} ĐN-{case.code}" in page.content.decode()


def test_the_next_step_says_what_whose_by_when_and_under_which_article(notified, as_hanh, as_lan):
    case = notified()
    said = main(as_hanh.open("cases:case", case.code))
    assert "Gửi Công an cấp huyện văn bản đề nghị xác minh, nếu chưa có giấy tờ" in said
    assert "Hôm nay" in said and "hạn 09/11/2017" in said and "Điều 24" in said
    assert "Phòng LĐ-TB&XH huyện Trảng Bom" in main(as_lan.open("cases:case", case.code))


@pytest.mark.parametrize(
    ("stage", "name", "offered"),
    [
        ("received", "lan", {"Báo Phòng LĐ-TB&XH cấp huyện"}),
        ("notified", "hanh", {"Xác nhận đã nhận thông báo", "Ghi nhận giấy tờ chứng nhận nạn nhân",
                              "Gửi Công an cấp huyện văn bản đề nghị xác minh"}),
        ("requested", "dung", {"Ghi ngày Công an nhận văn bản đề nghị", "Dự thảo kết luận xác minh"}),
        ("requested", "hanh", {"Ghi thay: Ghi ngày Công an nhận văn bản đề nghị", "Ghi nhận văn bản trả lời bằng giấy"}),
        ("verifying", "dung", {"Báo cáo Công an tỉnh chỉ đạo xác minh", "Dự thảo kết luận xác minh"}),
        ("not_victim", "hanh", {"Báo kết quả cho người ấy và giới thiệu tiếp"}),
    ],
)  # fmt: skip
def test_the_page_offers_what_this_officer_may_do_next(cast, stage, name, offered):
    said = main(cast.browser(name).open("cases:case", getattr(cast, stage)().code))
    assert [label for label in offered if label not in said] == []


def left_over(page):
    """The links of the steps of receiving that a case's page says were left."""
    html = page.content.decode()
    if "Bước tiếp nhận chưa hoàn thành" not in html:
        return {}
    part = html.split("Bước tiếp nhận chưa hoàn thành")[1].split("</section>")[0]
    return {label: url for url, label in re.findall(r'<a href="([^"]*)">([^<]*)</a>', part)}


def test_steps_of_receiving_that_were_left_are_offered_again(screened, as_lan):
    case = screened(**ADULT)
    left = left_over(as_lan.open("cases:case", case.code))
    assert list(left) == ["Người đi cùng", "Danh tính (nếu người ấy muốn nói)", "Lời của người ấy", "Quyền đã giải thích",
                          "Hỗ trợ đã cấp", "Xem lại và báo cấp huyện"]  # fmt: skip
    assert {as_lan.get(url).status_code for url in left.values()} == {200}


def test_steps_that_were_done_or_answered_with_no_are_not_offered_again(screened, as_lan, as_hanh, lan):
    case = screened(wanted=[], **ADULT)
    receptions.explain_rights(by=lan, case=case, on=CAME)
    as_lan.send("cases:companions", case.code, kind="nobody")
    as_lan.send("cases:words", case.code, declined="on")
    as_lan.send("cases:who", case.code, declined="on")
    assert list(left_over(as_lan.open("cases:case", case.code))) == ["Xem lại và báo cấp huyện"]
    said = main(as_lan.open("cases:case", case.code))
    assert all(line in said for line in ("Không có ai đi cùng", "Người ấy chưa muốn kể", "Người ấy chưa muốn nói"))
    receptions.notify_labour(by=lan, case=case, on=CAME)
    assert left_over(as_hanh.open("cases:case", case.code)) == {}


def test_what_was_left_is_offered_to_who_receives_while_the_case_is_open(notified, as_hanh, as_thu, hanh):
    case = notified()
    assert left_over(as_hanh.open("cases:case", case.code)) and not left_over(as_thu.open("cases:case", case.code))
    closing.close(by=hanh, case=case, on=TODAY, closing="left")
    assert left_over(as_hanh.open("cases:case", case.code)) == {}


def test_of_who_came_along_only_what_is_asked_of_each_is_left(received, lan, as_lan):
    child = receptions.add_companion(by=lan, case=received(), kind="minor")
    left = left_over(as_lan.open("cases:case", child.code))
    assert "Quyền đã giải thích" in left and not {"Người đi cùng", "Xem lại và báo cấp huyện"} & set(left)


def test_somebody_is_alone_or_with_others(received, lan, as_lan):
    case = received()
    receptions.add_companion(by=lan, case=case, kind="minor")
    page = as_lan.send("cases:companions", case.code, kind="nobody")
    assert page.status_code == 422 and "Đã ghi người đi cùng." in words(page)


@pytest.mark.parametrize(("page", "said"), [("cases:words", "own_words"), ("cases:who", "full_name")])
def test_what_was_said_is_not_declined_too(received, as_lan, page, said):
    answer = as_lan.send(page, received().code, declined="on", **{said: "Em tên Nụ"})
    assert answer.status_code == 422 and "Bỏ một trong hai." in words(answer)


def test_a_draft_is_read_at_the_office_that_wrote_it_and_nowhere_else(cast):
    case = cast.verifying()
    verification.draft_finding(by=cast.officer("dung"), case=case, outcome="not_victim")
    assert "Không phải nạn nhân" in main(cast.browser("hung").open("cases:case", case.code))
    assert "Không phải nạn nhân" not in main(cast.browser("hanh").open("cases:case", case.code))


@pytest.mark.parametrize(
    ("stage", "name", "never"),
    [("notified", "lan", "Gửi Công an cấp huyện"), ("verifying", "hung", "Ký kết luận"), ("verifying", "thu", "Ghi thay"),
     ("victim", "dung", "Dự thảo"), ("requested", "lan", "Ghi nhận văn bản trả lời bằng giấy")],
)  # fmt: skip
def test_the_page_offers_nothing_that_would_be_refused(cast, stage, name, never):
    page = cast.browser(name).open("cases:case", getattr(cast, stage)().code)
    links = [part.split("</a>")[0] for part in page.content.decode().split("<a ")[1:]]
    assert not [link for link in links if never in link]


def test_the_draft_waits_for_the_head_on_the_page_and_the_desk(verifying, dung, as_hung):
    case = verifying()
    verification.draft_finding(by=dung, case=case, outcome="victim", grounds=["sold"], sources=["own_statement"])
    assert "Ký kết luận xác minh" in main(as_hung.open("cases:case", case.code))
    assert "Ký kết luận xác minh" in main(as_hung.open("shell:home"))
    said = main(as_hung.open("verification:sign", case.code))
    assert "Là nạn nhân" in said and "do Phạm Văn Dũng dự thảo" in said and "Bị mua bán, coi như hàng hóa" in said


@pytest.mark.parametrize(
    ("stage", "spoken"),
    [
        ("received", "Chờ xác minh"),
        ("verifying", "Chờ xác minh"),
        ("victim", "Nạn nhân"),
        ("not_victim", "Người được tiếp nhận"),
    ],
)
def test_how_the_person_is_spoken_of(cast, stage, spoken):
    case = getattr(cast, stage)()
    browser = cast.browser("lan")
    for name, args in (("cases:case", [case.code]), ("cases:list", []), ("needs:overview", [case.code])):
        said = main(browser.open(name, *args))
        assert spoken in said
        assert [other for other in ("Chờ xác minh", "Người được tiếp nhận") if other != spoken and other in said] == []


def test_no_page_of_a_case_names_the_person(notified, as_hanh):
    case = notified(identity={"full_name": "Trịnh Thị Nụ", "own_words": "Em bị lừa sang Lạng Sơn"})
    for name in (
        "cases:case",
        "cases:access_log",
        "cases:who",
        "needs:overview",
        "protection:overview",
        "support:reintegration",
        "cases:remark",
    ):
        said = as_hanh.open(name, case.code).content.decode()
        assert "Nụ" not in said and "Lạng Sơn" not in said


# The list, and finding one's way.


def test_the_list_holds_ones_own_cases_by_state(cast, notified, hanh, as_hanh):
    mine, ended, elsewhere = notified(), notified(), cast.received(by="quyen")
    closing.close(by=hanh, case=ended, on=TODAY, closing="left")
    listed = {state: main(as_hanh.open("cases:list", **{"trang-thai": state})) for state in ("mo", "dong", "tat-ca")}
    assert mine.alias in listed["mo"] and ended.code not in listed["mo"]
    assert ended.code in listed["dong"] and mine.code not in listed["dong"]
    assert mine.code in listed["tat-ca"] and ended.code in listed["tat-ca"]
    assert not [state for state in listed if elsewhere.code in listed[state]]


@pytest.mark.parametrize(
    "query", [{"trang": "9999"}, {"trang": "-1"}, {"trang": "hai"}, {"trang-thai": "<b>"}, {"trang": "1e9"}]
)
def test_a_list_asked_for_in_another_way_is_still_a_list(received, as_lan, query):
    received()
    page = as_lan.get("/ho-so/", query)
    assert page.status_code == 200 and "<b>" not in page.content.decode().split("<main")[1].split('class="tabs"')[0]


CODES = ["{code}", "ĐN-{code}", "dn-{code}", " đn-{code} ", "ĐN {spaced}", "đn{code}", "{spaced}", "{close}", "DN{close}", "\u00d0N-{code}",
         "\u0110N\u2013{code}", "\uff24\uff2e\uff0d{wide}"]  # fmt: skip


def typed_as(form, case):
    """A case's code in one way of writing it."""
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in case.code)
    return form.format(code=case.code, spaced=case.code.replace("-", " "), close=case.code.replace("-", ""), wide=wide)


@pytest.mark.parametrize("form", [*CODES, unicodedata.normalize("NFD", CODES[1])])
def test_a_case_is_found_by_its_code_however_it_is_typed(received, as_lan, form):
    case = received()
    answer = as_lan.get("/ho-so/tim/", {"q": typed_as(form, case)})
    assert answer.get("Location") == f"/ho-so/{case.code}/"


@pytest.mark.parametrize("form", CODES)
def test_the_box_for_the_other_case_of_a_join_takes_the_same_codes(notified, as_hanh, form):
    case, other = notified(), notified()
    as_hanh.send("cases:join", case.code, code=typed_as(form, other))
    assert again(other).joined_to == case


@pytest.fixture
def grass(received, monkeypatch):
    """Call with an alias: somebody is received under it."""

    def under(alias):
        case = received()
        case.alias = alias
        case.save(update_fields=["alias"])
        return case

    return under


@pytest.mark.parametrize("typed", ["Cỏ Tranh 2", "co tranh 2", "Cỏ Tranh \uff12", "tranh", "Cò Tranh"])
def test_a_near_alias_is_listed_and_never_opened(grass, as_lan, typed):
    case = grass("Cỏ Tranh")
    page = as_lan.get("/ho-so/tim/", {"q": typed})
    assert page.status_code == 200
    assert "Không tìm thấy hồ sơ nào có mã hoặc bí danh" in words(page) and "Những bí danh gần giống" in words(page)
    assert case.get_absolute_url() in page.content.decode()


@pytest.mark.parametrize(("typed", "n"), [("Cỏ Tranh", 0), ("co tranh", 0), ("CỎ TRANH 2", 1), ("cỏ tranh2", 1)])
def test_the_alias_itself_opens_its_case_beside_others_that_are_near(grass, as_lan, typed, n):
    cases = [grass("Cỏ Tranh"), grass("Cỏ Tranh 2"), grass("Cỏ Tranh 3")]
    assert as_lan.get("/ho-so/tim/", {"q": typed}).get("Location") == cases[n].get_absolute_url()


@pytest.mark.parametrize("typed", ["Cỏ Tranh Ven Hồ", "co tranh ven ho", "CỎ TRANH VEN HỒ"])
def test_an_alias_with_where_the_plant_grows_opens_its_case_and_not_the_plants(grass, as_lan, typed):
    cases = [grass("Cỏ Tranh"), grass("Cỏ Tranh Ven Hồ"), grass("Cỏ Tranh Bờ Ao")]
    assert as_lan.get("/ho-so/tim/", {"q": typed}).get("Location") == cases[1].get_absolute_url()


def test_marks_tell_two_plants_apart(grass, as_lan):
    case = grass("Sến")
    assert as_lan.get("/ho-so/tim/", {"q": "sến"}).get("Location") == case.get_absolute_url()
    assert as_lan.get("/ho-so/tim/", {"q": "sen"}).status_code == 200  # Sen is another plant


@pytest.mark.parametrize("typed", ["a\nb", "2", "9" * 60, "%", "\\"])
def test_odd_words_are_looked_for_like_others(received, as_lan, typed):
    received()
    assert as_lan.get("/ho-so/tim/", {"q": typed}).status_code == 200


def test_a_case_is_found_by_its_alias_with_or_without_marks(received, as_lan, monkeypatch):
    monkeypatch.setattr(receptions, "PLANTS", ("Bằng Lăng",))
    case = received()
    for typed in ("Bằng Lăng", "bang lang", "BANG LANG"):
        assert as_lan.get("/ho-so/tim/", {"q": typed})["Location"] == f"/ho-so/{case.code}/"


@pytest.mark.parametrize("typed", ["", "   ", "\u200b"])
def test_who_asks_for_nothing_is_asked_for_what(as_lan, typed):
    assert "<h1>Tìm hồ sơ</h1>" in as_lan.get("/ho-so/tim/", {"q": typed}).content.decode()


@pytest.mark.parametrize("typed", ["không có ai", "<script>x</script>", "x" * 5000])
def test_what_finds_nothing_is_answered_with_the_way_on(received, as_lan, typed):
    page = as_lan.get("/ho-so/tim/", {"q": typed})
    assert page.status_code == 200
    assert "Không tìm thấy hồ sơ nào" in words(page) and "<script>x" not in page.content.decode()


def test_a_case_out_of_reach_is_not_found_by_code_or_alias(received, as_quang):
    case = received()
    assert "Không tìm thấy hồ sơ nào" in words(as_quang.get("/ho-so/tim/", {"q": case.code}))
    assert "Không tìm thấy hồ sơ nào" in words(as_quang.get("/ho-so/tim/", {"q": case.alias}))


def test_names_are_not_searched_there(notified, as_hanh):
    notified(identity={"full_name": "Trịnh Thị Nụ"})
    assert "Không tìm thấy hồ sơ nào" in words(as_hanh.get("/ho-so/tim/", {"q": "Trịnh Thị Nụ"}))


# The program on a day for which it has no procedure.


TODAY_COMMUNE = "25195"  # phường Bình Phước, from 01/07/2025


@pytest.fixture
def as_receiver_of_today(cast, on_day):
    """Somebody who receives people in a ward of the map of 01/07/2025, on 25/11/2026."""
    on_day("25/11/2026")
    agency = Agency.objects.get(kind="commune", unit_code=TODAY_COMMUNE, in_force__contains=day("25/11/2026"))
    user = cast.officer("quyen")
    user.memberships.update(agency=agency)
    return Officer(User.objects.get(pk=user.pk))


def received_today(browser):
    """The case of somebody who came on 25/11/2026."""
    data = {"channel": "self", "came_on": "25/11/2026", "area_code": TODAY_COMMUNE}
    assert browser.post("/tiep-nhan/moi/", data).status_code == 302
    return Case.objects.unscoped(reason="tests").get()


def test_after_the_procedure_ended_every_page_says_so_and_old_cases_can_be_read(notified, as_hanh, on_day):
    case = notified()
    on_day("01/07/2025")
    page = as_hanh.open("cases:case", case.code)
    assert page.status_code == 200
    assert "Chương trình chưa có thủ tục của ngày hôm nay" in words(page)


def test_after_the_procedure_ended_a_step_of_a_case_that_began_under_it_is_still_taken(notified, as_hanh, on_day):
    case = notified()
    on_day("01/07/2025")
    assert as_hanh.send("verification:act", case.code, "take_notice", on="01/07/2025").status_code == 302


def test_on_a_day_without_a_procedure_somebody_who_comes_is_received(as_receiver_of_today):
    assert received_today(as_receiver_of_today).opened_on == day("25/11/2026")


def test_the_form_to_receive_opens_with_today_though_no_procedure_covers_it(as_receiver_of_today):
    asked = as_receiver_of_today.post("/tiep-nhan/", {"full_name": "Trịnh Thị Nụ"})
    assert 'value="25/11/2026"' in asked.content.decode()


def test_the_form_to_receive_opens_with_the_commune_into_which_ones_own_went(as_lan, on_day):
    on_day("25/11/2026")
    opened = as_lan.get("/tiep-nhan/moi/").context["arrival"].initial["area_code"]
    assert [unit.code for unit in places.lying(COMMUNE, day("30/06/2025"), day("25/11/2026"))] == [opened]


def test_on_a_day_without_a_procedure_danger_and_needs_are_asked_and_care_is_recorded(as_receiver_of_today):
    case = received_today(as_receiver_of_today)
    asked = {"danger": "yes", "needs": ["food", "lodging"], "on": day("25/11/2026")}
    assert as_receiver_of_today.send("support:screening", case.code, **asked).status_code == 302
    food = Need.objects.of(case).get(kind="food")
    given = {"given": [food.pk], "on": day("25/11/2026")}
    assert as_receiver_of_today.send("needs:given", case.code, **given).status_code == 302
    assert Need.objects.of(case).get(kind="food").met_on == day("25/11/2026")


def test_who_came_before_the_procedure_ended_is_entered_in_the_commune_of_that_day(as_lan, on_day):
    on_day("25/11/2026")
    as_lan.post("/tiep-nhan/moi/", {"channel": "self", "came_on": "02/06/2025", "area_code": COMMUNE})
    assert Case.objects.unscoped(reason="tests").get().opened_on == day("02/06/2025")


def test_a_case_without_a_procedure_says_which_steps_are_not_reckoned_and_shows_no_clock(as_receiver_of_today):
    case = received_today(as_receiver_of_today)
    said = words(as_receiver_of_today.open("cases:case", case.code))
    assert "chưa tính được việc báo, xác minh, trả lời và hạn của các việc ấy" in said
    assert not case.deadlines.exists()


def test_on_a_day_without_a_procedure_danger_is_told_without_the_articles_of_the_old_law(as_receiver_of_today):
    case = received_today(as_receiver_of_today)
    asked = {"danger": "yes", "needs": ["food"], "on": day("25/11/2026")}
    as_receiver_of_today.send("support:screening", case.code, **asked)
    said = words(as_receiver_of_today.open("protection:overview", case.code))
    assert "chưa có quy định hiện hành về thẩm quyền quyết định từng biện pháp" in said and "Điều 8 khoản 2" not in said
    desk = words(as_receiver_of_today.get("/"))
    assert "Nguy hiểm" in desk and "Nghị định 62/2012" not in desk


def test_nothing_asks_for_a_notice_where_none_is_known(as_receiver_of_today):
    case = received_today(as_receiver_of_today)
    for page in ("cases:case", "cases:review"):
        assert "báo cấp huyện" not in words(as_receiver_of_today.open(page, case.code)), page


def test_the_last_step_of_receiving_shows_whom_to_ring_where_no_notice_is_known(as_receiver_of_today):
    case = received_today(as_receiver_of_today)
    said = words(as_receiver_of_today.open("cases:review", case.code))
    assert "việc theo luật thì hỏi cơ quan ở các số điện thoại trong trang" in said and "113" in said


def test_the_blank_form_can_be_printed(as_lan):
    said = words(as_lan.open("cases:paper"))
    assert "Phiếu tiếp nhận người tự đến trình báo" in said and "không thay thế Tờ khai theo Phụ lục 2" in said


def test_a_paper_form_is_entered_later_with_the_true_day(as_lan, lan):
    as_lan.post(
        "/tiep-nhan/moi/",
        {"channel": "border", "came_on": "01/11/2017", "came_at": "23:10", "area_code": "26263", "on_paper": "on"},
    )
    case = Case.objects.visible_to(lan).get()
    assert (case.reception.on_paper, case.opened_on, case.reception.came_at.hour) == (True, day("01/11/2017"), 23)


def test_who_was_found_not_to_be_a_victim_awaits_nothing_on_the_desk(not_victim, as_hanh):
    case = not_victim()
    said = main(as_hanh.open("shell:home"))
    assert case.alias in said and "Người được tiếp nhận" in said and "Chờ xác minh" not in said


def test_who_was_found_not_to_be_a_victim_awaits_nothing_among_those_found_by_alias(not_victim, received, as_lan):
    case, other = not_victim(), received()
    cases = Case.objects.unscoped(reason="tests")
    cases.filter(pk=other.pk).update(alias=f"{case.alias} 2")
    said = main(as_lan.open("cases:find", q=f"{case.alias} 3"))
    assert said.count("Người được tiếp nhận") == 1 and said.count("Chờ xác minh") == 1


def test_who_was_found_not_to_be_a_victim_awaits_nothing_beside_the_case_of_who_came_along(
    not_victim, received, lan, as_lan
):
    case = received()
    minor = receptions.add_companion(by=lan, case=case, kind="minor")
    not_victim(case)
    said = main(as_lan.open("cases:case", minor.code))
    assert case.alias in said and "Người được tiếp nhận" in said and "Chờ xác minh" not in said


def test_the_box_for_codes_and_aliases_cuts_nothing(as_lan):
    page = as_lan.get("/ho-so/tim/").content.decode()
    assert re.search(r'<input id="tim"[^>]*>', page) and "maxlength" not in re.search(r'<input id="tim"[^>]*>', page)[0]


@pytest.mark.parametrize("limit", [key for key, duty in procedures.duties().items() if duty.button])
def test_who_may_do_nothing_about_a_deadline_is_led_to_the_case_or_to_the_page_of_danger(limit):
    offer = acts.button_of_limit(limit, procedures.duties()[limit].track, Held(), "17-00001")
    assert offer.url == ("/ho-so/17-00001/bao-ve/" if limit == "decide_protection" else "/ho-so/17-00001/")


def test_only_the_office_that_must_act_is_offered_to_end_a_verification(notified, requested, as_hanh):
    def offered(case):
        return "buoc/close_verification/" in as_hanh.open("cases:case", case.code).content.decode()

    assert offered(notified()) and not offered(requested())
