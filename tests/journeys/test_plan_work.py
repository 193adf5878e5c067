"""The work of the plan, by those to whom it gives it: plans of agencies, progress, returns, the report of all, the next plan.

Once at a desk, once on a phone with scripts off. Everybody is fictional (dữ liệu giả lập).
"""

import re
from io import BytesIO

import openpyxl
import pytest
from playwright.sync_api import sync_playwright

from benan.accounts.actions import links
from benan.accounts.models import EntryLink
from tests import chromium, databases
from tests.cast import PLAN, TODAY, Cast, day, demo_installation
from tests.documents import evil
from tests.journeys.browsing import Browser

HOME = f"/ke-hoach/{PLAN}/"
YEAR = f"{HOME}bao-cao/nam-2017/"
NEXT = "/ke-hoach/45-KH-UBND-2020/"
MISSING = ("Viện Kiểm sát nhân dân tỉnh", "UBND huyện Định Quán", "Công an tỉnh Đồng Nai")
INFORMATION, UNION, DISTRICT = "information_department", "womens_union", "district-737"
OF_CAST = ("thu", "phuong", "hanh", "bao", "son")
APPOINTED = {
    "tam": ("Phan Minh Tâm", "member", INFORMATION),
    "giam_doc_tttt": ("Cao Thị Ngân", "head", INFORMATION),
    "chu_tich_hoi": ("Tô Thị Mai", "head", UNION),
    "chu_tich_huyen": ("Lưu Văn Phát", "head", DISTRICT),
    "giam_doc": ("Huỳnh Văn Tịnh", "head", "labour_department"),
}
JPEG = {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": evil.picture()}
PDF = {"name": "bao-cao.pdf", "mimeType": "application/pdf", "buffer": evil.pdf()}


@pytest.fixture(scope="module")
def chromium_():
    """Chromium, once for both."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(**chromium.launch_options())
        yield started
        started.close()


@pytest.fixture
def officers(fresh_database, django_db_blocker, live_server_process, tmp_path, chromium_):
    """Call with a width and whether scripts run, then with a name: that officer's browser, signed in.

    Two people came to xã Sông Trầu, huyện Trảng Bom, in October 2017. The legal day is 09/11/2017.
    """
    made = fresh_database()
    with django_db_blocker.unblock(), databases.in_process(made), demo_installation(tmp_path):
        cast = Cast()
        users = {name: cast.officer(name) for name in OF_CAST}
        users |= {name: cast.appoint(name, *facts) for name, facts in APPOINTED.items()}
        for sex in ("female", "male"):
            cast.received(came_on=day("10/10/2017"), sex=sex)
        secrets = {name: links.make_link(by=None, user=user, kind=EntryLink.Kind.DEMO) for name, user in users.items()}
    running = live_server_process(today=TODAY.isoformat(), copy=made, KEY_FILE=str(tmp_path / "vault.key"))

    def as_seen(width, scripts):
        signed_in = {}

        def officer(name):
            if name not in signed_in:
                signed_in[name] = one = Browser(chromium_, running, width=width, scripts=scripts)
                one.open(f"/vao/{secrets[name]}/")
                one.press(re.compile("Đăng nhập với tên"))
            return signed_in[name]

        return officer

    return as_seen


@pytest.mark.browser
@pytest.mark.parametrize(
    ("width", "scripts"), [(1366, True), (360, False)], ids=["at a desk", "on a phone without scripts"]
)
def test_the_leads_of_the_plan_do_their_work_in_it(officers, width, scripts):
    officer = officers(width, scripts)
    plan_of_the_agency(officer("tam"), officer("giam_doc_tttt"))
    progress(officer("tam"), officer("son"))
    period_opened(officer("thu"))
    return_of_an_agency(officer("tam"), officer("giam_doc_tttt"))
    return_of_the_union(officer("phuong"), officer("chu_tich_hoi"))
    return_of_a_district(officer("hanh"), officer("chu_tich_huyen"))
    left_open = accepted_and_sent_back(officer("thu"), officer("tam"), officer("giam_doc_tttt"))
    report_of_all(officer("thu"), officer("giam_doc"))
    locked(officer("tam"), left_open)
    leader(officer("bao"))
    next_plan(officer("thu"))


def once(officer, words, leads_to):
    """Press a button; at a desk twice in a row."""
    if officer.scripts:
        officer.press_twice(words, leads_to)
    else:
        officer.press(words)
        assert officer.page.url.endswith(leads_to)


def put(officer, name, file):
    """Choose a file for a box."""
    officer.page.locator(f"main [name='{name}']").set_input_files(file)


def type_in(officer, **figures):
    """Type figures of a return, by the names of their lines."""
    for name, value in figures.items():
        officer.page.get_by_label(name.replace("_", " "), exact=True).fill(value)


def plan_of_the_agency(tam, head):
    """III.1.a to c, VI.1: the department breaks its duty into activities; its head gives it back, then approves."""
    at = f"{HOME}don-vi/{INFORMATION}/ke-hoach/2017/"
    tam.open(at)
    once(tam, "Lập kế hoạch", at)
    tam.follow("Thêm hoạt động V.3")
    tam.write(what="Chuyên mục phát thanh về phòng, chống mua bán người", first="01/12/2017", last="31/12/2017",
              people="Phòng Thông tin, Báo chí", money="12.500.000", product="02 chuyên mục")  # fmt: skip
    tam.press("Thêm hoạt động", status=422)
    tam.write(source="kinh phí thường xuyên")
    once(tam, "Thêm hoạt động", at)
    assert tam.sees("1 hoạt động") and tam.sees("12.500.000 đồng")
    tam.follow("Thêm hoạt động")
    tam.write(what="Cung cấp tin cho đài huyện", first="01/11/2017", last="30/11/2017", people="Văn phòng Sở")
    tam.press("Thêm hoạt động")
    tam.page.go_back()
    tam.press("Thêm hoạt động", status=422)
    tam.open(at)
    assert tam.sees("2 hoạt động")
    tam.press("Trình thủ trưởng")
    head.open(at)
    head.follow("Trả lại để sửa")
    head.write(words="Ghi rõ số tin cung cấp.")
    head.press("Trả lại")
    tam.open(at)
    assert tam.sees("Ghi rõ số tin cung cấp.")
    tam.follow("Sửa Cung cấp tin cho đài huyện")
    tam.write(product="04 tin")
    tam.press("Lưu hoạt động")
    tam.press("Trình thủ trưởng")
    head.open(at)
    assert head.sees("04 tin")
    head.follow("Duyệt")
    once(head, "Duyệt kế hoạch", at)
    assert head.sees("đã duyệt") and head.page.get_by_role("link", name="Trả lại để sửa").count() == 0


def progress(tam, son):
    """III.1.c, V.3: what was done, with a picture; another agency reads it without the picture."""
    at = f"{HOME}muc/V.3/"
    tam.open(at)
    tam.follow(re.compile("Ghi tiến độ"))
    tam.write(state="done", words="Đã phát 02 chuyên mục trên đài tỉnh.", money="10.000.000")
    put(tam, "evidence", JPEG)
    once(tam, "Ghi tiến độ", at)
    results = tam.page.get_by_role("region", name="Kết quả đã ghi")
    assert tam.sees("Đã chi 10.000.000 đồng") and results.get_by_text("Đã phát 02 chuyên mục").count() == 1
    assert results.get_by_role("link").count() == 1
    son.open(at)
    assert (
        son.sees("Đã phát 02 chuyên mục")
        and son.page.get_by_role("region", name="Kết quả đã ghi").get_by_role("link").count() == 0
    )


def period_opened(thu):
    """VI.1: the labour department opens the period of the year."""
    thu.open(f"{HOME}bao-cao/")
    once(thu, "Mở kỳ năm 2017", YEAR)


def return_of_an_agency(tam, head):
    """VI.1: drafted, put before the head, approved and submitted by the head; then the signed paper is recorded."""
    tam.open("/lich/")
    assert tam.page.locator("main li", has_text="năm 2017").filter(has_text="14/11/2017").count() == 1
    at = f"{YEAR}{INFORMATION}/"
    tam.open(at)
    type_in(tam, Cuộc_tuyên_truyền="12", Lượt_người_dự_tuyên_truyền="1.840", Kinh_phí_đã_chi="10.000.000")
    tam.write(**{"n-communication": "Sở đã định hướng báo, đài tuyên truyền."})
    once(tam, "Lưu báo cáo", at)
    assert tam.page.get_by_label("Lượt người dự tuyên truyền", exact=True).input_value() == "1.840"
    submitted(tam, head, at)
    tam.open(at)
    tam.follow("Ghi số văn bản")
    tam.write(paper_no="85/BC-STTTT", paper_on="09/11/2017")
    put(tam, "scan", PDF)
    once(tam, "Ghi số văn bản", at)
    assert tam.sees("85/BC-STTTT, 09/11/2017") and tam.page.get_by_role("link", name=re.compile("PDF")).count() == 1
    tam.open("/lich/")
    given = tam.page.locator("main li", has_text="năm 2017").filter(has_text="14/11/2017")
    assert given.count() == 1 and given.filter(has_text="Đã xong").count() == 1


def submitted(drafter, head, at):
    """The drafter puts a return before the head, who approves and submits."""
    drafter.open(at)
    drafter.follow("Trình thủ trưởng")
    drafter.write(words="Kính trình.")
    drafter.press("Trình thủ trưởng")
    head.open(f"{at}trinh/")
    once(head, "Duyệt và nộp báo cáo", at)
    assert head.sees("chốt ngày")


def return_of_the_union(phuong, head):
    """V.4, VI.1: the women's union, which the plan asks, gives its return as well."""
    at = f"{YEAR}{UNION}/"
    phuong.open(at)
    type_in(phuong, Cuộc_tuyên_truyền="30")
    phuong.press("Lưu báo cáo")
    submitted(phuong, head, at)


def return_of_a_district(hanh, chairman):
    """VI.1: the district's labour office finds its figures counted, types the rest; the chairman submits."""
    at = f"{YEAR}{DISTRICT}/"
    hanh.open(at)
    row = hanh.page.get_by_role("row", name=re.compile("Người được tiếp nhận")).first
    assert "2" in row.inner_text().split(), row.inner_text()
    type_in(hanh, Cuộc_tuyên_truyền="8")
    hanh.press("Lưu báo cáo")
    submitted(hanh, chairman, at)


def accepted_and_sent_back(thu, tam, head):
    """VI.3: one return is accepted, one sent back and given again; the union is only invited to add."""
    thu.open(f"{YEAR}{DISTRICT}/")
    once(thu, "Nhận báo cáo", f"{YEAR}{DISTRICT}/")
    assert not thu.sees("Nhận báo cáo")
    thu.open(f"{YEAR}{UNION}/")
    assert thu.page.get_by_role("link", name="Trả lại").count() == 0
    thu.follow("Mời bổ sung")
    thu.write(words="Mời Hội bổ sung kinh phí đã chi.")
    thu.press("Mời bổ sung báo cáo")
    assert thu.sees("đã nộp")
    thu.open(f"{YEAR}{INFORMATION}/")
    thu.follow("Trả lại")
    thu.write(words="Thiếu số tin, bài đã đăng.")
    once(thu, "Trả lại báo cáo", f"{YEAR}{INFORMATION}/")
    at = f"{YEAR}{INFORMATION}/"
    tam.open(at)
    assert tam.sees("Thiếu số tin, bài đã đăng.")
    left_open, tam.page = tam.page, tam.context.new_page()
    tam.open(at)
    type_in(tam, **{"Tin,_bài,_chuyên_mục_đã_đăng,_phát": "64"})
    tam.press("Lưu báo cáo")
    submitted(tam, head, at)
    return left_open


def report_of_all(thu, director):
    """V.1.k, VI.3: one report of all, which names who did not report; the department's director submits it."""
    at = f"{YEAR}tong-hop/"
    thu.open("/lich/")
    assert thu.sees("24/11/2017")
    thu.open(YEAR)
    thu.follow("Tổng hợp")
    thu.press("Tổng hợp", status=422)
    thu.write(with_missing="on")
    once(thu, "Tổng hợp", at)
    assert thu.sees("Chưa có báo cáo của:")
    submitted(thu, director, at)
    thu.open(at)
    text = thu.download("Báo cáo (.docx)")
    assert all(name in text for name in MISSING) and "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    book = openpyxl.load_workbook(BytesIO(thu.file("Bảng tính có công thức (.xlsx)")), data_only=True)
    heads, *rows = book["Số liệu"].iter_rows(min_row=5, values_only=True)
    said = {row[:2]: (row[3], row[7]) for row in rows}
    assert said["Cuộc tuyên truyền", "Tổng số"] == (12 + 30 + 8, 12 + 30 + 8)
    assert said["Người được tiếp nhận", "Tổng số"] == (2, 2)
    assert said["Người được tiếp nhận", "Giới tính: Nữ"] == said["Người được tiếp nhận", "Giới tính: Nam"] == (1, 1)
    assert set(MISSING) < set(heads)
    counted = [row[:2] for row in book["Cách đếm"].iter_rows(values_only=True)]
    assert all((name, "chưa báo cáo") in counted for name in MISSING)
    thu.open("/lich/")
    assert thu.page.locator("main li", has_text="24/11/2017").filter(has_text="Đã xong").count() == 1


def locked(tam, left_open):
    """What was gathered is edited no more, nor from a page that was left open before."""
    tam.open(f"{YEAR}{INFORMATION}/")
    assert tam.sees("đã khóa") and tam.page.get_by_role("button", name="Lưu báo cáo").count() == 0
    tam.page = left_open
    type_in(tam, Cuộc_tuyên_truyền="99")
    tam.press("Lưu báo cáo", status=422)
    assert tam.sees("Số liệu đã chốt ngày 09/11/2017, không sửa được nữa.")


def leader(bao):
    """I.1.b: a leader reads how far the province is, and goes to what is late, and whose it is."""
    bao.open(HOME)
    assert bao.sees("Hai người chưa được hỗ trợ đủ.") and bao.sees("Một nhiệm vụ quá hạn")
    bao.page.get_by_role("region", name="Theo đơn vị").get_by_role("link").first.click()
    bao.look()
    late = bao.page.locator("li", has_text=re.compile("quá hạn", re.IGNORECASE)).first
    late.get_by_role("link").first.click()
    bao.look()
    assert bao.page.url.endswith(f"{HOME}muc/VI.1/")


def next_plan(thu):
    """II.3.c: the plan is copied into the next period, changed, looked at, loaded, and compared with this one."""
    words = "chủ động thực hiện theo chức năng của đơn vị"
    thu.open(f"{HOME}sao-chep/")
    thu.write(number="45/KH-UBND", issued_on="15/12/2020")
    source = thu.file("Tải tệp kế hoạch").decode()
    changed = source.replace("tổ chức thực hiện theo chức năng của đơn vị", words)
    assert changed != source
    thu.open("/ke-hoach/nap/tep/")
    put(thu, "file", {"name": "moi.yaml", "mimeType": "application/yaml", "buffer": changed.encode()})
    thu.press("Xem những gì sẽ thay đổi")
    assert thu.sees("Chưa có gì được nạp.")
    once(thu, "Nạp kế hoạch", f"{NEXT}muc/")
    assert thu.sees("Đã nạp kế hoạch 45/KH-UBND")
    thu.open(f"{HOME}so-sanh/")
    thu.follow("45/KH-UBND")
    assert thu.sees(words)
    assert thu.sees("tổng hợp, gửi UBND tỉnh, Bộ Lao động - Thương binh và Xã hội, trước 25/11, mục VI.3")
