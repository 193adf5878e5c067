"""Search before create: the one place where a stranger learns something, and how little that is."""

import re

import pytest

from benan.audit.models import Event
from benan.cases.actions import closing, identities
from benan.cases.events import CaseEvent
from benan.cases.models import Case
from benan.vault import access
from benan.vault.tracing import ComparedIdentity
from tests.cast import COMMUNE, TODAY, words

HOA = {"full_name": "Nguyễn Thị Hoà", "birth": "1995", "phone": "0912345678", "id_number": "272123456"}
STRONG = [
    {"phone": "0912 345 678"},
    {"id_number": "272123456"},
    {"full_name": "nguyen thi hoa", "birth": "1995"},
    {"full_name": "Nguyễn Thị Hoà", "birth": "22 tuổi"},
]
WEAK = [
    {"full_name": "Nguyễn Thị Hoà"},
    {"full_name": "Nguyễn Thị Hoà", "birth": "1990"},
    {"full_name": "Nguyễn Hoà", "birth": "1995"},
    {"id_number": "27212345"},
]


def asked(browser, **facts):
    """The page that answers a search."""
    return browser.post("/tiep-nhan/", {"full_name": "", **facts})


def answers(by, **facts):
    """What the verb answers."""
    return identities.search(by=by, facts=ComparedIdentity(**facts)).listed


@pytest.mark.parametrize("facts", STRONG + WEAK[:1])
def test_within_ones_reach_the_case_is_shown(as_lan, received, facts):
    case = received(identity=HOA)
    page = asked(as_lan, **facts)
    assert page.status_code == 200
    assert case.alias in words(page) and case.get_absolute_url() in page.content.decode()


def test_a_search_that_showed_a_case_was_a_look_at_it(as_lan, received):
    case = received(identity=HOA)
    asked(as_lan, phone="0912345678")
    row = Event.objects.filter(event=CaseEvent.VIEWED).get()
    assert (row.by, row.subject, row.data) == ("lan", f"case:{case.code}", {"where": "search"})


@pytest.mark.parametrize("facts", STRONG)
def test_elsewhere_a_strong_match_tells_who_manages_it_and_a_code_to_ring_with(as_quyen, notified, facts):
    case = notified(identity=HOA)
    page = asked(as_quyen, **facts)
    said = words(page)
    assert "Hồ sơ do Phòng LĐ-TB&XH huyện Trảng Bom quản lý" in said and "Đọc mã đề nghị LH-" in said
    assert not [
        secret
        for secret in (case.alias, case.code, "Chờ xác minh", "Sông Trầu", "Tiếp nhận tại")
        if secret in answer_part(page)
    ]


def answer_part(page):
    """What the page says between its heading and the form that asks again."""
    html = page.content.decode()
    return html[html.index("Có thể trùng") if "Có thể trùng" in html else 0 : html.index('id="tim-lai"')]


def test_elsewhere_a_telephone_tells_neither_the_name_nor_how_far_a_guessed_year_is_off(as_quyen, notified):
    notified(identity=HOA)
    guesses = ("Phùng Mộng Điệp", "1995"), ("Nguyễn Thị Hoà", "1998"), ("", "")
    told = [answer_part(asked(as_quyen, phone="0912345678", full_name=name, birth=year)) for name, year in guesses]
    assert all("Điện thoại: khớp" in part and "Họ tên" not in part and "Năm sinh" not in part for part in told)


@pytest.mark.parametrize("facts", WEAK)
def test_elsewhere_a_weak_match_tells_nothing(as_quyen, notified, facts):
    notified(identity=HOA)
    page = asked(as_quyen, **facts)
    assert "Không tìm thấy hồ sơ nào khớp. Tìm lại với cách viết khác của tên" in words(page)
    assert "LH-" not in words(page)


def test_a_weak_match_and_no_match_give_the_same_page(as_quyen, notified):
    notified(identity=HOA)
    near = answer_part(asked(as_quyen, full_name="Nguyễn Thị Hoà"))
    none = answer_part(asked(as_quyen, full_name="Phùng Mộng Điệp"))
    assert near.split("<main")[1] == none.split("<main")[1]


def test_who_asked_is_shown_to_those_who_hold_the_case_with_the_same_code(as_quyen, as_hanh, notified):
    case = notified(identity=HOA)
    code = words(asked(as_quyen, phone="0912345678")).split("Đọc mã đề nghị ")[1].split(".")[0]
    row = Event.objects.get(event=CaseEvent.SEARCH_MATCHED)
    assert (row.by, row.subject, code) == ("quyen", f"case:{case.code}", f"LH-{row.seq % 10_000:04d}")
    said = words(as_hanh.open("cases:access_log", case.code))
    assert f"Tạ Lệ Quyên đã tìm và được báo có thể đã có hồ sơ · {code}" in said


def test_every_search_is_on_the_trail_without_what_was_asked(as_quyen, notified):
    notified(identity=HOA)
    asked(as_quyen, **HOA)
    rows = Event.objects.filter(event__in=(CaseEvent.SEARCHED, CaseEvent.SEARCH_MATCHED), by="quyen")
    assert rows.count() == 2
    assert not [value for value in HOA.values() if value in str(list(rows.values()))]


@pytest.fixture
def one_a_day(notified, monkeypatch):
    """Elsewhere Hoà has a case, and a day allows one answer."""
    monkeypatch.setattr(identities, "MOST_ANSWERS_A_DAY", 1)
    return notified(identity=HOA)


def test_answers_about_others_are_limited_in_number_and_one_is_told_where_to_ring(one_a_day, as_quyen):
    assert "Đọc mã đề nghị LH-" in words(asked(as_quyen, phone="0912345678"))
    said = words(asked(as_quyen, phone="0912345678"))
    assert "Đọc mã đề nghị" not in said and "gọi trực ban Phòng LĐ-TB&XH. Vẫn tiếp nhận được ở bên dưới" in said


def test_once_they_are_used_up_nothing_tells_whether_there_was_a_match(one_a_day, as_quyen):
    asked(as_quyen, phone="0912345678")
    match, none = (answer_part(asked(as_quyen, phone=phone)) for phone in ("0912345678", "0900000001"))
    assert match.split("<main")[1] == none.split("<main")[1]


def test_one_search_stops_at_the_limit_of_the_day(notified, as_quyen, monkeypatch):
    monkeypatch.setattr(identities, "MOST_ANSWERS_A_DAY", 2)
    for phone in ("0912345678", "0912345679", "0912345671"):
        notified(identity={"full_name": "Nguyễn Thị Hoà", "phone": phone})
    said = words(asked(as_quyen, phone="0912345678, 0912345679, 0912345671"))
    assert said.count("Đọc mã đề nghị LH-") == 2 and "gọi trực ban" in said
    assert Event.objects.filter(event=CaseEvent.SEARCH_MATCHED).count() == 2


@pytest.mark.parametrize(
    ("box", "numbers"),
    [
        ("phone", "0912345678, 0912345679, 0912345671, 0912345672"),
        ("id_number", "270123456; 270123457; 270123458; 270123459"),
    ],
)
def test_one_search_asks_about_the_numbers_of_one_person(as_quyen, box, numbers):
    page = asked(as_quyen, **{box: numbers})
    assert page.status_code == 422 and "Ô này có 4 số" in words(page) and numbers in page.content.decode()
    assert not Event.objects.filter(event=CaseEvent.SEARCHED).exists()


def test_who_asks_about_many_numbers_that_are_nowhere_gets_no_answer_from_elsewhere(notified, as_quyen, monkeypatch):
    monkeypatch.setattr(identities, "MOST_UNANSWERED_A_DAY", 4, raising=False)
    notified(identity=HOA)
    for phones in ("0900000001, 0900000002", "0900000003", "0912345678, 0900000004"):
        assert "gọi trực ban" not in words(asked(as_quyen, phone=phones))
    said = words(asked(as_quyen, phone="0912345678"))
    assert "Đọc mã đề nghị" not in said and "gọi trực ban Phòng LĐ-TB&XH. Vẫn tiếp nhận được ở bên dưới" in said
    told = Event.objects.filter(event=CaseEvent.SEARCHED).order_by("seq").values_list("data", flat=True)
    assert [(each["asked"], each["answers"]) for each in told] == [(2, 0), (1, 0), (2, 1), (1, 0)]


def test_the_limit_is_ones_own(one_a_day, quyen, quang):
    assert len(answers(quyen, phone="0912345678")) == 1
    assert answers(quyen, phone="0912345678") == []
    assert len(answers(quang, phone="0912345678")) == 1


def test_answers_of_another_day_do_not_count(one_a_day, quyen, monkeypatch):
    answers(quyen, phone="0912345678")
    monkeypatch.setattr(identities, "A_DAY", -identities.A_DAY)
    assert len(answers(quyen, phone="0912345678")) == 1


def test_what_one_holds_oneself_is_not_limited(received, lan, monkeypatch):
    monkeypatch.setattr(identities, "MOST_ANSWERS_A_DAY", 0)
    received(identity=HOA)
    assert len(answers(lan, phone="0912345678")) == 1


def test_a_closed_case_elsewhere_is_no_answer(notified, hanh, quyen):
    closing.close(by=hanh, case=notified(identity=HOA), on=TODAY, closing="left")
    assert answers(quyen, phone="0912345678") == []


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"full_name": "Hoà"},
        {"full_name": "Hoà", "birth": "dưới 18 tuổi"},
        {"birth": "1995"},
        {"full_name": "Hoà", "phone": " - "},
    ],
)
def test_what_identifies_nobody_is_not_searched(as_lan, facts):
    page = asked(as_lan, **facts)
    assert page.status_code == 422
    assert "Ghi ít nhất hai tiếng của họ tên, hoặc riêng tên kèm năm sinh hay tuổi" in words(page)


def test_a_birth_that_cannot_be_read_is_said_at_its_box_and_the_rest_stays(as_lan):
    page = asked(as_lan, full_name="Nguyễn Thị Hoà", birth="năm con Hợi")
    assert page.status_code == 422
    assert "Không đọc được “năm con Hợi”" in words(page) and 'value="Nguyễn Thị Hoà"' in page.content.decode()


@pytest.mark.parametrize("name", ["dung", "hoa", "thu", "bao", "son", "vy", "truong_phong", "phuong"])
def test_who_receives_nobody_does_not_search(cast, name):
    assert asked(cast.browser(name), phone="0912345678").status_code == 403


def test_a_name_never_stands_in_an_address(as_lan):
    page = as_lan.get("/tiep-nhan/", {"full_name": "Nguyễn Thị Hoà"}).content.decode()
    assert "Nguyễn Thị Hoà" not in page
    forms = [form for form in re.findall(r"<form.*?</form>", page, re.DOTALL) if 'name="full_name"' in form]
    assert forms and all('method="post"' in form[: form.index(">")] for form in forms)
    assert asked(as_lan, full_name="Nguyễn Thị Hoà").status_code == 200


def test_what_was_searched_goes_on_to_the_case_and_nowhere_else(as_lan, lan):
    page = asked(as_lan, full_name="Nguyễn Thị Hoà", birth="khoảng 22 tuổi")
    assert page.content.decode().count('type="hidden" name="full_name" value="Nguyễn Thị Hoà"') == 1
    sent = {"channel": "self", "came_on": "06/11/2017", "came_at": "21:40", "area_code": "26263"}
    answer = as_lan.post("/tiep-nhan/moi/", {"full_name": "Nguyễn Thị Hoà", "birth": "khoảng 22 tuổi", **sent})
    case = Case.objects.visible_to(lan).get()
    assert answer["Location"] == f"/ho-so/{case.code}/tiep-nhan/an-toan/"
    assert (case.age_class, access.first_year_of_birth_class(person_id=case.person_id)) == ("adult", None)
    opened = identities.open_identity(by=lan, case=case, purpose="contact", fields=["full_name", "birth"])
    assert [row.text for row in opened] == ["Nguyễn Thị Hoà", "khoảng 22 tuổi (sinh khoảng 1992-1997)"]


def button(page, words):
    """What somebody gets by a button or link of a page that says these words: its address, and how it is asked for."""
    html = page.content.decode()
    before = html[: html.index(words)]
    opened = re.findall(r"<(form|a)\b([^>]*)>", before)[-1]
    target = re.search(r'(?:action|href)="([^"]*)"', opened[1])[1]
    return ("post" if opened[0] == "form" else "get"), target


def test_who_knows_nothing_yet_gets_the_arrival_filled_in_with_nothing_red(as_lan):
    how, target = button(as_lan.get("/tiep-nhan/"), "Chưa có thông tin, tiếp nhận ngay")
    page = getattr(as_lan, how)(target)
    html = page.content.decode()
    boxes = re.findall(r'<input[^>]*name="came_(?:on|at)"[^>]*>', html)
    assert "09/11/2017" in boxes[0] and re.search(r'value="\d\d:\d\d"', boxes[1])
    assert re.search(rf'<option value="{COMMUNE}"[^>]*selected', html)
    assert page.status_code == 200 and "aria-invalid" not in html and "Ô này còn để trống" not in html
    assert "Không tìm thấy hồ sơ nào khớp" not in words(page), "nobody searched"


def test_who_knows_nothing_yet_receives_with_one_choice_and_what_stands_there(as_lan, lan):
    how, target = button(as_lan.get("/tiep-nhan/"), "Chưa có thông tin, tiếp nhận ngay")
    form = getattr(as_lan, how)(target).context["arrival"]
    standing = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    sent = {name: value for name, value in standing.items() if value} | {"came_on": "09/11/2017", "channel": "self"}
    answer = as_lan.post("/tiep-nhan/moi/", sent)
    case = Case.objects.visible_to(lan).get()
    assert answer["Location"] == f"/ho-so/{case.code}/tiep-nhan/an-toan/"
    assert (case.reception.came_on, case.area_code) == (TODAY, COMMUNE)


def test_on_a_phone_the_step_at_hand_is_named(as_lan):
    assert "Bước 1/9: Tìm trước khi tạo" in words(as_lan.open("cases:search"))
    assert "Bước 2/9: Cách đến" in words(asked(as_lan, full_name="Phùng Mộng Điệp"))


# However it was written, then and now.

SAME = [
    ({"phone": "0912345678"}, {"phone": "84912345678"}),
    ({"phone": "0912345678"}, {"phone": "0084 912 345 678"}),
    ({"phone": "+84 (0)912 345 678"}, {"phone": "0912.345.678"}),
    ({"phone": "ĐT: 0912 345 678"}, {"phone": "0912345678"}),
    ({"phone": "0987654321 / 0912345678"}, {"phone": "0912345678"}),
    ({"phone": "0912345678 (mẹ), 0987654321"}, {"phone": "0987654321"}),
    ({"phone": "01688123456"}, {"phone": "0388123456"}),  # the mobile prefixes of 2018
    ({"phone": "0388123456"}, {"phone": "+84 168 812 3456"}),
    ({"phone": "061.3822123"}, {"phone": "0251 3822 123"}),  # the area codes of 2017
    ({"phone": "08 3822 1234"}, {"phone": "08.3822.1234"}),
    ({"phone": "+855 12 345 678"}, {"phone": "00855 12345678"}),
    ({"phone": "0912345678"}, {"phone": "\uff10\uff19\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18"}),
    ({"id_number": "CMND 270123456"}, {"id_number": "270.123.456"}),
    ({"id_number": "CMND 270123456, CCCD 075195001234"}, {"id_number": "075 195 001 234"}),
    ({"id_number": "hộ chiếu B 1234567"}, {"id_number": "b1234567"}),
    ({"id_number": "270123456 cấp ngày 12/03/2010 tại Đồng Nai"}, {"id_number": "270123456"}),
    ({"full_name": "Hoà Nguyễn Thị", "birth": "1995"}, {"full_name": "Nguyễn Thị Hoà", "birth": "1995"}),
    ({"full_name": "\u00d0ỗ Thị Nụ", "birth": "1995"}, {"full_name": "Do Thi Nu", "birth": "1995"}),
    ({"full_name": "Nguyễn Thị H\u043e\u0430", "birth": "1995"}, {"full_name": "Nguyễn Thị Hoa", "birth": "1995"}),
    ({"full_name": "ស្រី មុំ", "birth": "1995"}, {"full_name": "ស្រីមុំ", "birth": "1995"}),
    ({"full_name": "王小明", "birth": "1995"}, {"full_name": "王小明", "birth": "22 tuổi"}),
]


@pytest.mark.parametrize(("said", "asked_for"), SAME + [(b, a) for a, b in SAME[:4]])
def test_the_same_written_otherwise_is_a_strong_match(as_quyen, notified, said, asked_for):
    notified(identity=said)
    assert "Hồ sơ do Phòng LĐ-TB&XH huyện Trảng Bom quản lý" in words(asked(as_quyen, **asked_for))


@pytest.mark.parametrize(
    ("said", "asked_for"),
    [
        ({"phone": "0912345678 (mẹ)"}, {"phone": "0912345678"}),
        ({"phone": "số của chồng: 0912345678"}, {"phone": "0912345678"}),
        ({"phone": "0912345678"}, {"phone": "0912345678 (mẹ)"}),
        ({"phone": "0912345678 mẹ 0987654321"}, {"phone": "0987654321"}),  # whose is not clear
        ({"phone": "Tuấn 0912345678"}, {"phone": "0912345678"}),
        ({"id_number": "CMND mẹ 270123456"}, {"id_number": "270123456"}),
        ({"phone": "0838221234"}, {"phone": "028 3822 1234"}),  # an old number of Sài Gòn, or a mobile of today
        ({"phone": "1800 1567"}, {"phone": "18001567"}),  # a hotline is nobody's
    ],
)
def test_a_number_that_is_or_may_be_somebody_elses_is_never_strong_and_finds_nobody_alone(
    as_lan, as_quyen, notified, said, asked_for
):
    case = notified(identity=said)
    assert "LH-" not in words(asked(as_quyen, **asked_for))
    assert case.shown_code not in words(asked(as_lan, **asked_for))


def test_a_mothers_number_beside_a_name_that_is_near_is_worth_a_look_within_reach(as_lan, as_quyen, notified):
    case = notified(identity={"full_name": "Nguyễn Thị Hoà", "phone": "0912345678 (mẹ)"})
    known = {"full_name": "Nguyễn Hoà", "phone": "0912345678"}
    said = words(asked(as_lan, **known))
    assert case.alias in said and "chưa chắc là số của chính người ấy" in said and "Điện thoại: khớp" not in said
    assert "LH-" not in words(asked(as_quyen, **known))


HEARD = [
    ({"full_name": "Trần Văn Than", "birth": "1985"}, {"full_name": "Trần Văn Thang", "birth": "1985"}),
    ({"full_name": "Hồ Thị Chim", "birth": "2004"}, {"full_name": "Hồ Thị Trim", "birth": "2004"}),
    ({"full_name": "Phan Thị Rơm", "birth": "1998"}, {"full_name": "Phan Thị Dơm", "birth": "1998"}),
    ({"full_name": "Phan Thị Rơm", "birth": "1998"}, {"full_name": "Phang thi rom"}),
    ({"full_name": "Phan Thị Rơm", "birth": "1998"}, {"full_name": "Phan Rơm"}),
    ({"full_name": "Phan Thị Rơm", "birth": "1998"}, {"full_name": "Rơm Phan"}),
    ({"full_name": "Phan Thị Rơm"}, {"full_name": "Dơm Phang"}),
    ({"full_name": "Phan Rơm"}, {"full_name": "Phan Thị Rơm", "birth": "1998"}),
    ({"full_name": "Thạch Thị Đom Đóm", "birth": "2000"}, {"full_name": "Đom Đóm"}),
    ({"full_name": "Thạch Thị Đom Đóm", "birth": "2000"}, {"full_name": "Đom Đóm", "birth": "khoảng 17 tuổi"}),
    ({"full_name": "Đặng Thị Vân"}, {"full_name": "Đặng Vân"}),
    ({"full_name": "Lê Xuân Mít", "birth": "1990"}, {"full_name": "Mích", "birth": "1991"}),
    ({"full_name": "Bùi Thị Sương", "birth": "1990"}, {"full_name": "Xươn", "birth": "1990"}),
]


@pytest.mark.parametrize(("said", "asked_for"), HEARD)
def test_who_is_asked_for_as_an_officer_hears_the_name_is_found_within_reach_and_nowhere_else(
    as_lan, as_quyen, notified, said, asked_for
):
    case = notified(identity=said)
    page = words(asked(as_lan, **asked_for))
    assert case.shown_code in page and ("phát âm giống" in page or "gần giống" in page)
    assert "LH-" not in words(asked(as_quyen, **asked_for))


@pytest.mark.parametrize(
    "asked_for",
    [
        {"full_name": "Phan Thị Dơm", "birth": "1985"},  # heard the same, but of another age
        {"full_name": "Thị Rơm"},
        {"full_name": "Phan Thị"},
        {"full_name": "Phan Thị Mận"},
        {"full_name": "Lê Rơm"},
    ],
)
def test_who_only_shares_a_part_of_a_name_is_not_looked_at(as_lan, notified, asked_for):
    case = notified(identity={"full_name": "Phan Thị Rơm", "birth": "1998"})
    assert case.shown_code not in words(asked(as_lan, **asked_for))


@pytest.fixture
def seven_alike(received):
    """Seven people whose names sound alike, the last of them born in 1998."""
    years = ["1970", "1972", "1974", "1976", "1978", "1980", "1998"]
    return [received(identity={"full_name": "Phan Thị Rơm", "birth": year}) for year in years]


def test_one_search_looks_at_five_unsure_cases_and_says_how_many_more_there_are(as_lan, seven_alike):
    page = asked(as_lan, full_name="Phan Dơm")
    assert Event.objects.filter(event=CaseEvent.VIEWED, data={"where": "search"}).count() == 5
    assert "Còn 2 hồ sơ có tên giống như vậy chưa hiện. Ghi thêm tên đệm, năm sinh" in words(page)


def test_who_agrees_best_is_never_left_out(as_lan, seven_alike):
    assert seven_alike[-1].shown_code in words(asked(as_lan, full_name="Phan Dơm", birth="1997"))


def test_somebody_within_reach_is_found_however_many_are_called_so_elsewhere(as_lan, received, lan):
    for _ in range(access.MOST_CANDIDATES + 1):
        access.write(by=lan, person_id=access.enrol().pk, values={"full_name": "Phan Văn Rơm"})
    case = received(identity={"full_name": "Phan Thị Rơm"})
    assert case.shown_code in words(asked(as_lan, full_name="Phan Rơm"))


def test_a_number_is_found_however_many_bear_the_name(as_lan, received, lan):
    case = received(identity={"full_name": "Trần Thị Nụ", "phone": "0912345678"})
    for _ in range(access.MOST_CANDIDATES + 1):
        access.write(by=lan, person_id=access.enrol().pk, values={"full_name": "Phan Thị Rơm", "birth": "1998"})
    known = {"full_name": "Phan Thị Rơm", "birth": "1998", "phone": "0912345678"}
    assert case.shown_code in words(asked(as_lan, **known))


def test_who_finds_nobody_is_told_what_else_to_try_and_has_not_to_type_it_again(as_lan):
    page = asked(as_lan, full_name="Phùng Mộng Điệp", birth="1990")
    said, form = words(page), page.content.decode().split('id="tim-lai"')[1].split("</form>")[0]
    assert "cách viết khác của tên, tên gọi khác, năm sinh, số giấy tờ" in said
    assert said.index("Tìm lại với cách viết khác") < said.index("Nếu vẫn không thấy thì tiếp nhận người mới")
    assert 'value="Phùng Mộng Điệp"' in form and 'value="1990"' in form and 'action="/tiep-nhan/"' in form


@pytest.mark.parametrize(
    "facts", [{"full_name": "Hoà", "birth": "1995"}, {"full_name": "hoa", "birth": "khoảng 22 tuổi"}]
)
def test_a_given_name_with_a_birth_year_is_enough_within_reach_and_nowhere_else(as_lan, as_quyen, notified, facts):
    case = notified(identity=HOA)
    assert case.alias in words(asked(as_lan, **facts))
    assert "LH-" not in words(asked(as_quyen, **facts))


@pytest.mark.parametrize("birth", ["trên 18 tuổi", "sau 1990", "1980-2000"])
def test_a_whole_name_with_a_guess_of_many_years_tells_nothing_elsewhere(as_quyen, notified, birth):
    notified(identity=HOA)
    assert "LH-" not in words(asked(as_quyen, full_name="Nguyễn Thị Hoà", birth=birth))


@pytest.mark.parametrize("name", ["ស្រី មុំ", "王小明", "สมชาย"])
def test_a_name_in_another_script_is_kept_as_typed_and_found_by_itself(as_lan, lan, received, name):
    case = received(identity={"full_name": name})
    assert case.alias in words(asked(as_lan, full_name=name))
    opened = identities.open_identity(by=lan, case=case, purpose="contact", fields=["full_name"])
    assert [row.text for row in opened] == [name]


def test_two_papers_and_two_telephones_fit_in_their_boxes(as_lan, received):
    case = received()
    numbers = {"id_number": "CMND 270123456, CCCD 075195001234", "phone": "0912345678 (mẹ), của em: 0987654321"}
    assert as_lan.send("cases:who", case.code, **numbers).status_code == 302
    for asked_for in ({"id_number": "270123456"}, {"id_number": "075195001234"}, {"phone": "0987654321"}):
        assert case.alias in words(asked(as_lan, **asked_for))
