"""Whatever is typed or sent: a sentence, never a breakdown, and what was typed stays."""

import html
import unicodedata

import pytest
from django.test import Client

from benan.cases.models import Step
from tests.cast import words
from tests.expected import EXPECTED, SHOWN, TAKEN, first_who
from tests.filling import form_of

# No such day; signs that cannot be seen; a page within the page; a number beyond all numbers.
RUBBISH = ("31/02/2017", "\x00\x1b[31m\u202e\u200b\ufeff", "<script>x</script>\"'>", "9" * 40)

pytestmark = pytest.mark.usefixtures("undone")


@pytest.mark.parametrize("address", SHOWN)
def test_rubbish_in_every_box_is_answered_in_sentences(world, address):
    name = first_who(TAKEN[address])  # of who may only read, tests/test_matrix.py asks that they send nothing
    form = form_of(world.get(name, address)) if name and EXPECTED[address][name] == "200" else None
    for rubbish in RUBBISH if form else ():
        answer = world.send(name, address, dict.fromkeys(form.fields, rubbish))
        assert answer.status_code in (200, 302, 422)
        if answer.status_code == 422:
            assert answer.context["form"].errors and "<script>x" not in answer.content.decode()


def test_what_was_typed_stays_in_every_box_that_takes_text(world):
    typed = {
        "paper_no": "214/<LĐ>",
        "words": 'chị nói "sợ"',
        "paper_on": "31/02/2017",
        "on": "hôm qua",
        "to_unit": "xx",
    }
    page = world.cast.browser("hanh").post(world.address("/ho-so/{code}/buoc/request_verification/"), typed)
    source = page.content.decode()
    assert page.status_code == 422
    assert [text for name, text in typed.items() if name != "to_unit" and html.escape(text) not in source] == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31/02/2017", "Ngày 31/02/2017 không có trong lịch."),
        ("09/11/17", "năm cần đủ bốn chữ số"),
        ("10/11/2017", "Ngày 10/11/2017 nằm sau hôm nay (09/11/2017)."),
        ("05/11/2017", "Ngày 05/11/2017 trước ngày tiếp nhận (06/11/2017)."),
        ("", "Ô này còn để trống."),
        ("hôm qua", "“hôm qua” không phải là một ngày."),
    ],
)
def test_a_day_that_cannot_be_is_said_in_a_sentence(world, typed, sentence):
    page = world.cast.browser("lan").post(world.address("/ho-so/{code}/ghi-them/"), {"on": typed, "words": "chào"})
    assert page.status_code == 422 and sentence in words(page)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("200 tuổi", "Tuổi này trên 110."),
        ("12/12/2017", "Ngày sinh sau ngày đến tiếp nhận."),
        ("31/02/1995", "không có trong lịch"),
    ],
)
def test_an_age_that_cannot_be_is_said_in_a_sentence(world, said, sentence):
    page = world.cast.browser("lan").post(
        world.address("/ho-so/{code}/tiep-nhan/nguoi-ay/"), {"said_birth": said, "full_name": "Nụ"}
    )
    assert page.status_code == 422 and sentence in words(page)
    assert f'value="{said}"' in page.content.decode() and 'value="Nụ"' in page.content.decode()


def test_a_megabyte_of_story_is_answered_with_how_much_is_too_much(world):
    page = world.cast.browser("lan").post(
        world.address("/ho-so/{code}/tiep-nhan/loi-ke/"), {"own_words": "á" * 500_000}
    )
    assert page.status_code == 422
    assert "Đã nhập 500.000 ký tự, ô này nhận nhiều nhất 20.000. Bớt 480.000 ký tự." in words(page)


REMARK = "/ho-so/{code}/ghi-them/"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"on=09%2F11%2F2017&words=" + b"a" * 4_000_000, "application/x-www-form-urlencoded"),
        (b"&".join(b"a%d=1" % n for n in range(1500)), "application/x-www-form-urlencoded"),
        ("words=chào".encode("utf-16"), "application/x-www-form-urlencoded; charset=utf-16"),
        ("words=chào".encode("latin-1"), "application/x-www-form-urlencoded; charset=latin-1"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=y"),
        (b"--x", "multipart/form-data"),
    ],
    ids=["4 MB", "1500 boxes", "UTF-16", "Latin-1", "broken parts", "no boundary"],
)
def test_what_no_browser_sends_records_nothing(world, body, kind):
    page = world.cast.browser("lan").generic("POST", world.address(REMARK), body, content_type=kind)
    assert page.status_code in (200, 400, 422)
    assert not Step.objects.filter(case__code=world.names["code"], by__username="lan", key="remark").exists()


@pytest.mark.parametrize(
    "body", [b"on=09/11/2017&words=%FF%FE%80", b"on=09/11/2017&words=\xff\xfe", b"on=09/11/2017&words=%ED%A0%80"]
)
def test_bytes_that_are_no_text_never_break_the_page(world, body):
    page = world.cast.browser("lan").generic(
        "POST", world.address(REMARK), body, content_type="application/x-www-form-urlencoded"
    )
    assert page.status_code in (302, 400, 422)


@pytest.mark.parametrize("seen", ["abc", "9" * 30, "-1", "\x00"])
def test_what_a_form_says_it_saw_may_be_anything(world, seen):
    page = world.cast.browser("lan").post(world.address(REMARK), {"on": "09/11/2017", "words": "chào", "seen": seen})
    assert page.status_code in (302, 422)


@pytest.mark.parametrize(
    "address",
    ["/ho-so/17-0000/", "/ho-so/17-000000/", "/ho-so/%00/", "/ho-so/{code}/buoc/%F0%9F%98%80/", "/ho-so/{code}/buoc/xoa/",
     "/ho-so/{code}/sua-ngay/99999999999999999999999/", "/ho-so/{code}/nhu-cau/99999999999999999999999/",
     "/ho-so/{code}/bao-ve/x/", "/ho-so/{code}/ve-nha/x/", "/ho-so/{code}/chuyen-tuyen/{referral}/x/", "/khong-co/",
     "/ho-so/{code}/tham/0/", "/ke-hoach/12089-KH-UBND-2016/muc/%00/", "/ke-hoach/%00/", "/ke-hoach/12089-KH-UBND-2016/chi-tieu/%00/", "/" + "a" * 3000 + "/"],
)  # fmt: skip
def test_an_address_that_leads_nowhere_is_not_found(world, address):
    assert world.cast.browser("hanh").get(world.address(address)).status_code == 404


def stored(world, **typed):
    """The step made from what Hạnh typed on the request's page for a new case."""
    case = world.cast.notified()
    sent = {"to_unit": "737", "paper_no": "1", "paper_on": "09/11/2017", "on": "09/11/2017", **typed}
    page = world.cast.browser("hanh").post(f"/ho-so/{case.code}/buoc/request_verification/", sent)
    assert page.status_code == 302
    return case, case.steps.get(event="request_sent")


def test_decomposed_letters_are_stored_composed(world):
    _case, step = stored(world, paper_no=unicodedata.normalize("NFD", "214/LĐTBXH-TƯ"))
    assert step.paper_no == unicodedata.normalize("NFC", "214/LĐTBXH-TƯ")


def test_signs_that_cannot_be_seen_are_not_stored(world):
    _case, step = stored(world, paper_no="21\u200b4\x00/\x07LĐ\u202e")
    assert step.paper_no == "214/LĐ"


def test_a_page_within_a_page_is_shown_as_text(world):
    case, typed = world.cast.notified(), "<script>x</script>"
    sent = {"to_unit": "737", "paper_no": typed, "paper_on": "09/11/2017", "on": "09/11/2017"}
    page = world.cast.browser("hanh").post(f"/ho-so/{case.code}/buoc/request_verification/", sent)
    assert page.status_code == 422
    assert "<script>x" not in page.content.decode() and "&lt;script&gt;x" in page.content.decode()


@pytest.mark.parametrize("address", ["/tiep-nhan/", "/ho-so/{code}/ghi-them/", "/ho-so/{code}/danh-tinh/", "/cua/ra/"])
def test_without_the_token_of_the_page_nothing_is_taken(world, address):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = world.cast.browser("lan").cookies
    assert browser.post(world.address(address), {"on": "09/11/2017", "words": "chào"}).status_code == 403
