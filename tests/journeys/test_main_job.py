"""The main job, by those whose job it is: somebody comes at night and is received, verified, supported and brought home.

Once at a desk, once on a phone with scripts off. Everybody is fictional (dữ liệu giả lập).
"""

import datetime as dt
import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from playwright.sync_api import sync_playwright

from benan.accounts import installation
from benan.accounts.actions import links, numbers
from benan.accounts.models import EntryLink, User
from tests import chromium, databases
from tests.cast import Cast, answers_sent
from tests.journeys.browsing import Browser

TODAY = "09/11/2017"
PASSWORD = "Bến đỗ bình an 1968"
PEOPLE = ("lan", "hanh", "dung", "hung", "hoa", "thu")


@pytest.fixture(scope="module")
def browsers():
    """Chromium, once for all journeys."""
    with sync_playwright() as playwright:
        chromium_ = playwright.chromium.launch(**chromium.launch_options())
        yield chromium_
        chromium_.close()


@pytest.fixture
def copy(fresh_database, django_db_blocker):
    """The database of a demo province with the officers of one district."""
    made = fresh_database()
    with django_db_blocker.unblock(), databases.in_process(made):
        installation.mark_as_demo_or_real(demo=True)
        cast = Cast()
        for name in PEOPLE:
            cast.officer(name)
        hours = {"from_hour": dt.time(0), "to_hour": dt.time(0), "since": dt.date(2017, 1, 1)}
        numbers.add_number(by=cast.officer("van"), desk="labour_office", area_code="737", phone="0900 000 737",
                           label="Trực Phòng LĐ-TB&XH huyện Trảng Bom", **hours)  # fmt: skip
    return made


@pytest.fixture
def invitation(copy, django_db_blocker):
    """The secret of the link by which Lan enters for the first time."""
    with django_db_blocker.unblock(), databases.in_process(copy):
        lan = User.objects.get(username="lan")
        lan.authenticator_set.all().delete()
        lan.set_unusable_password()
        lan.save()
        return links.make_link(by=None, user=lan, kind=EntryLink.Kind.INVITATION)


@pytest.fixture
def province(copy, live_server_process):
    """The province, running."""
    return live_server_process(today="2017-11-09", copy=copy)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("width", "scripts"), [(1366, True), (360, False)], ids=["at a desk", "on a phone without scripts"]
)
def test_somebody_is_received_verified_supported_and_brought_home(browsers, invitation, province, width, scripts):
    running = province

    def browser():
        return Browser(browsers, running, width=width, scripts=scripts)

    def entered(name):
        officer = browser()
        enter(officer, running, name)
        return officer

    lan = browser()
    first_entry(lan, invitation)
    alias, code = receive(lan)
    hanh = entered("hanh")
    request_verification(hanh, alias)
    verify(entered("dung"), entered("hung"), alias)
    support(hanh, entered("hoa"), alias, code)
    report(entered("thu"))


@pytest.mark.browser
def test_what_was_typed_in_a_page_left_open_is_saved_after_signing_in_anew(browsers, province):
    lan = Browser(browsers, province, width=360, scripts=False)
    enter(lan, province, "lan")
    lan.open("/tiep-nhan/")
    lan.write(full_name="Đỗ Thị Ý")
    lan.press("Tìm")
    lan.write(channel="self", came_on=TODAY, sex="female")
    lan.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    lan.press(re.compile("Lập hồ sơ"), status=403)
    left_open = lan.page
    lan.page = lan.context.new_page()
    enter(lan, province, "lan")
    lan.page = left_open
    lan.press("Gửi lại", status=403)
    assert lan.sees("Việc sẽ ghi dưới tên Nguyễn Thị Lan")
    lan.press("Gửi lại")
    assert re.search(r"/ho-so/\d\d-\d{5}/tiep-nhan/an-toan/", lan.page.url)


@pytest.mark.browser
def test_a_button_of_the_entrance_pressed_twice_works_once(browsers, invitation, province):
    lan = Browser(browsers, province, width=1366, scripts=True)
    lan.open(f"/vao/{invitation}/")
    lan.write(password1=PASSWORD, password2=PASSWORD)
    lan.press_twice(re.compile("Đặt mật khẩu|Vào|Tiếp tục"), "/cua/buoc-hai/totp/activate/")
    secret = re.sub(r"\s", "", lan.page.locator("details .secret-key").first.text_content())
    lan.write(code=code_of(secret))
    lan.press_twice(re.compile("Tiếp tục"), "/cua/buoc-hai/recovery-codes/")
    lan.page.context.clear_cookies()
    lan.open("/cua/vao/")
    lan.write(login="lan", password=PASSWORD)
    lan.press_twice("Tiếp tục", "/cua/buoc-hai/authenticate/")
    lan.write(code=code_of(secret, step=1))
    lan.press_twice("Đăng nhập", "/")


def enter(officer, running, name):
    """Come into the demo by a one-time link."""
    officer.open(re.search(r"/vao/\S+/", running.manage("sign_in_link", name))[0])
    officer.press(re.compile("Đăng nhập với tên"))


def first_entry(lan, invitation):
    """Lan sets her password, sets up her second factor, and later signs in with both."""
    lan.open(f"/vao/{invitation}/")
    lan.write(password1=PASSWORD, password2=PASSWORD)
    lan.press(re.compile("Đặt mật khẩu|Vào|Tiếp tục"))
    secret = re.sub(r"\s", "", lan.page.locator("details .secret-key").first.text_content())
    lan.write(code=code_of(secret))
    lan.press(re.compile("Tiếp tục"))
    lan.open("/")
    lan.page.context.clear_cookies()
    lan.open("/cua/vao/")
    lan.write(login="lan", password=PASSWORD)
    lan.press("Tiếp tục")
    lan.write(code=code_of(secret, step=1))
    lan.press("Đăng nhập")
    assert lan.sees("Hôm nay")


def code_of(secret, *, step=0):
    """The six digits that an authenticator shows now, or one step on where this step's was used."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def receive(lan):
    """At night a young woman comes to the commune with a child; she says little, and nothing is forced."""
    lan.open("/tiep-nhan/")
    lan.write(full_name="Đỗ Thị Ý", birth="khoảng 20 tuổi")
    lan.press("Tìm")
    lan.write(channel="self", came_on="08/11/2017", came_at="21:40", sex="female")
    lan.press(re.compile("Lập hồ sơ"))
    code = re.search(r"\d\d-\d{5}", lan.page.url)[0]
    lan.write(danger="no", needs=["food", "lodging"], on="08/11/2017")
    lan.press(re.compile("Lưu"))
    lan.write(kind="minor", full_name="Bé Na", said_birth="3 tuổi")
    lan.press(re.compile("Lưu"))
    lan.follow("Để sau")
    lan.write(nationality="citizen", resides_here="yes", phone="0987 654 321")
    lan.press(re.compile("Lưu"))
    lan.write(own_words="Em được rủ đi làm xa rồi bị giữ giấy tờ (dữ liệu giả lập).")
    lan.press(re.compile("Lưu"))
    lan.write(explained="on", language="vi", on="08/11/2017")
    lan.press(re.compile("Lưu"))
    given = [box.get_attribute("value") for box in lan.page.locator("main [name='given']").all()]
    lan.write(given=given, on="08/11/2017")
    lan.press(re.compile("Lưu"))
    lan.write(how="call", on="08/11/2017", at="22:05")
    lan.press(re.compile("Ghi đã báo"))
    assert lan.sees("Thời hạn 03 ngày của Phòng bắt đầu tính")
    return lan.page.locator("h1").inner_text().split(" ĐN-")[0].strip(), code


def request_verification(hanh, alias):
    """Hạnh sees the new case on her desk, takes it, and asks the district police in writing."""
    assert hanh.sees(alias)
    hanh.follow(re.compile(rf"Nhận.*{alias}"))
    hanh.press("Ghi bước này")
    hanh.follow(re.compile("Gửi Công an cấp huyện"))
    hanh.write(to_unit="737", paper_no="214/LĐTBXH", paper_on=TODAY, on=TODAY)
    hanh.press("Ghi bước này")
    assert hanh.sees("Công an huyện Trảng Bom")


def verify(dung, hung, alias):
    """Dũng notes the arrival and drafts; his head signs. Nobody was called a victim before."""
    dung.follow(re.compile(rf"Nhận.*{alias}"))
    dung.write(arrival_no="77", on=TODAY)
    dung.press("Ghi bước này")
    assert dung.sees("Chờ xác minh")
    dung.follow("Dự thảo kết luận xác minh")
    dung.write(outcome="victim", grounds=["forced_labour"], sources=["own_statement"])
    dung.press("Trình thủ trưởng ký")
    hung.open("/")
    hung.follow("Ký kết luận xác minh")
    hung.press(re.compile("^Mở"))
    hung.write(draft="on", answer_no="90/CAH", on=TODAY, certificate_no="12/GXN", certificate_on=TODAY)
    hung.press("Ký và trả lời")
    assert hung.sees("Nạn nhân")


def support(hanh, hoa, alias, code):
    """Needs are assessed and met, a shelter takes her in, she goes home, is visited, and the case ends well."""
    hanh.open(f"/ho-so/{code}/nhu-cau/danh-gia/")
    hanh.write(**answers_sent("psychological"), danger="no", poor_household="no", on=TODAY)
    hanh.press("Lưu đánh giá")
    hanh.open(f"/ho-so/{code}/ve-nha/chuyen-tuyen/")
    shelter = hanh.page.locator("main option", has_text="Huấn nghệ cô nhi Biên Hòa").get_attribute("value")
    hanh.write(kind="shelter", receiver=shelter, consent="written", on=TODAY)
    hanh.press("Ghi")
    hoa.open("/chuyen-tuyen/")
    assert hoa.sees(alias)
    hoa.follow("Nhận")
    hoa.write(on=TODAY)
    hoa.press("Ghi")
    hoa.follow("Ghi đã đến nơi")
    hoa.write(on=TODAY, grounds="care")
    hoa.press("Ghi")
    hanh.open(f"/ho-so/{code}/nhu-cau/")
    hanh.follow(re.compile("Ghi hỗ trợ.*tâm lý"))
    hanh.write(outcome="given", on=TODAY)
    hanh.press("Ghi")
    hanh.open(f"/ho-so/{code}/ve-nha/ve-noi-cu-tru/")
    hanh.write(residence_code="26263", on=TODAY)
    hanh.press("Ghi")
    hanh.follow("Bắt đầu hỗ trợ hòa nhập")
    hanh.write(plan_made="on", on=TODAY)
    hanh.press("Ghi")
    hanh.follow("Hẹn thăm")
    hanh.write(planned_on="20/11/2017")
    hanh.press("Ghi")
    assert hanh.sees("không phải thời hạn luật định")
    hanh.open(f"/ho-so/{code}/ket-thuc/")
    hanh.write(closing="reintegrated", on=TODAY)
    hanh.press("Kết thúc hồ sơ")
    assert hanh.sees("Ổn định cuộc sống, hòa nhập")


def report(thu):
    """The department sees the plan with its indicators and prints the report of the period."""
    thu.open("/ke-hoach/12089-KH-UBND-2016/")
    assert thu.sees("1/1")
    thu.open("/ke-hoach/12089-KH-UBND-2016/bao-cao/so-lieu/")
    text = thu.download(re.compile("Tải|In|Xuất"))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "1/1" in text
    assert settings.DATA_DIR.name not in text


@pytest.mark.browser
def test_keys_lead_to_places_and_never_while_somebody_writes(browsers, province):
    lan = Browser(browsers, province, width=1366, scripts=True)
    enter(lan, province, "lan")
    keys, press = lan.page.locator("#phim-tat"), lan.page.keyboard.press
    press("Alt+p")
    assert keys.is_visible() and "Tiếp nhận người mới" in keys.inner_text()
    press("Escape")
    press("Alt+k")
    press("?")
    press("p")
    assert lan.page.locator("#tim").input_value() == "?p" and keys.is_hidden()
    press("Alt+n")
    lan.page.wait_for_url("/tiep-nhan/")


@pytest.mark.browser
def test_a_page_that_was_filled_in_is_not_left_without_asking(browsers, province):
    lan, asked = Browser(browsers, province, width=1366, scripts=True), []
    enter(lan, province, "lan")
    lan.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    lan.open("/tiep-nhan/moi/")
    lan.page.keyboard.press("Alt+b")
    lan.page.wait_for_url("/")
    lan.open("/tiep-nhan/moi/")
    lan.write(said_birth="khoảng 20 tuổi")
    with lan.page.expect_event("dialog"):
        lan.page.keyboard.press("Alt+b")
    assert asked == ["beforeunload"] and lan.page.url.endswith("/tiep-nhan/moi/")
    lan.write(channel="self", said_birth="15")
    lan.page.locator("[name='said_birth']").press("Control+Enter")
    lan.page.wait_for_url("**/an-toan/")
    assert asked == ["beforeunload"], "what was sent is not asked about"
