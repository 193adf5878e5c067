"""The law page, for everybody; correcting a day, for those who keep the calendar."""

import pytest
from django.test import Client
from django.urls import reverse

from benan.audit.models import Event
from benan.rules.calendar import DayTable
from tests.cast import TODAY, Cast, Officer, day, words

pytestmark = pytest.mark.django_db
NOTICE = {"day": "13/11/2017", "kind": "off", "name": "Nghỉ hoán đổi", "source": "Thông báo 01/TB (dữ liệu giả lập)"}


@pytest.fixture(autouse=True)
def legal_day(settings):
    settings.BENAN_TODAY = TODAY.isoformat()


@pytest.fixture
def as_son(db):
    return Officer(Cast().officer("son"))


@pytest.fixture
def as_thu(db):
    return Officer(Cast().officer("thu"))


def law(browser, **query):
    return words(browser.get(reverse("rules:law"), query))


def test_every_officer_reads_it_and_no_stranger(as_son):
    assert as_son.get(reverse("rules:law")).status_code == 200
    assert Client().get(reverse("rules:law")).status_code == 302


def test_a_limit_stands_with_its_number_whose_it_is_and_its_article(as_son):
    page = law(as_son)
    assert "Công an cấp huyện trả lời kết quả xác minh Công an cấp huyện 20 ngày kể từ ngày nhận được công văn" in page
    assert "Luật 66/2011, Điều 24 khoản 4; TTLT 01/2014, Điều 6 khoản 3 điểm a" in page


def test_what_was_not_checked_says_so_beside_its_article(as_son):
    page = law(as_son)
    assert "TTLT 01/2014, Điều 7 khoản 3 chưa kiểm chứng" in page
    assert "TTLT 01/2014, Điều 6 khoản 3 điểm a chưa kiểm chứng" not in page


def test_the_values_are_those_of_the_legal_day(as_son, settings):
    assert "Tiền ăn tại cơ sở do ngân sách bảo đảm Cơ sở bảo trợ xã hội, cơ sở hỗ trợ nạn nhân 60 ngày" in law(as_son)
    settings.BENAN_TODAY = "2020-01-15"
    assert "Tiền ăn tại cơ sở do ngân sách bảo đảm Cơ sở bảo trợ xã hội, cơ sở hỗ trợ nạn nhân 03 tháng" in law(as_son)


def test_the_lists_of_the_day_stand_with_their_articles(as_son, settings):
    page = law(as_son)
    assert "Cần bảo vệ khẩn cấp, cần nơi an toàn ngay (Nghị định 136/2013, chưa kiểm chứng)" in page
    assert "Bố trí nơi tạm lánh; Bố trí nơi ở" in page and "Nghị định 62/2012, Điều 7, Điều 8 khoản 2" in page
    settings.BENAN_TODAY = "2021-07-01"
    page = law(as_son)
    assert "cần nơi an toàn ngay (Nghị định 20/2021, Điều 28 khoản 2)" in page and "136/2013, chưa" not in page


def test_only_instruments_in_force_are_listed(as_son, settings):
    assert "Luật Trợ giúp pháp lý số 11/2017/QH14" not in law(as_son)
    settings.BENAN_TODAY = "2018-01-02"
    assert "Luật Trợ giúp pháp lý số 11/2017/QH14" in law(as_son)


def test_after_its_last_day_the_procedure_says_that_it_ended(as_son, settings):
    settings.BENAN_TODAY = "2025-07-01"
    assert "đã hết hiệu lực sau ngày 30/06/2025" in law(as_son)


def test_the_procedure_is_drawn_with_nobody_in_it(as_son):
    page = as_son.get(reverse("rules:law")).content.decode()
    assert "procedure-picture" in page and "station-here" not in page and "Đề nghị xác minh" in page


@pytest.mark.parametrize(("asked", "year"), [("2026", 2026), ("1999", 2017), ("năm nay", 2017), ("", 2017)])
def test_days_off_are_those_of_the_year_asked_for(as_son, asked, year):
    assert f"Ngày nghỉ, làm bù năm {year}" in law(as_son, nam=asked)


def test_days_not_announced_yet_say_that_they_may_change(as_son):
    assert "tạm tính, chờ thông báo" in law(as_son, nam=2030) and "tạm tính" not in law(as_son, nam=2017)


def test_who_keeps_the_calendar_corrects_a_day(as_thu):
    page = as_thu.post(reverse("cases:correct_official_day"), NOTICE, follow=True)
    assert "Đã sửa ngày 13/11/2017. Đã tính lại thời hạn của 0 hồ sơ" in words(page)
    assert "Lê Thanh Thu sửa ngày" in words(page) and "Thông báo 01/TB" in words(page)
    assert DayTable.load().is_off(day("13/11/2017")) and Event.objects.filter(event="day_corrected", by="thu").exists()


def test_a_correction_without_its_ground_is_refused_at_the_field(as_thu):
    page = as_thu.post(reverse("cases:correct_official_day"), NOTICE | {"source": " "})
    assert page.status_code == 422 and "Căn cứ: Ô này còn để trống." in words(page)
    assert 'value="Nghỉ hoán đổi"' in page.content.decode()


def test_others_neither_see_the_button_nor_the_form(as_son):
    assert "Sửa bảng ngày nghỉ" not in law(as_son)
    assert as_son.get(reverse("cases:correct_official_day")).status_code == 403
    assert as_son.post(reverse("cases:correct_official_day"), NOTICE).status_code == 403
