"""A page explains itself until an officer says that they have read it."""

import pytest
from django.urls import reverse

from tests.cast import words

SAID = "Tìm trước khi lập hồ sơ, vì một người chỉ có một hồ sơ trong toàn tỉnh."


def read(officer, page, path):
    """Press "Đã hiểu" on a page."""
    return officer.post(reverse("shell:explained"), {"page": page, "path": path})


def test_a_page_explains_itself_until_it_was_read(as_lan):
    path = reverse("cases:search")
    assert SAID in words(as_lan.open("cases:search"))
    answer = read(as_lan, "cases:search", path)
    assert (answer.status_code, answer.url) == (302, path)
    assert SAID not in words(as_lan.open("cases:search"))
    assert "Bàn việc liệt kê việc của đơn vị mình" in words(as_lan.open("shell:home")), "each page by itself"


def test_what_one_officer_has_read_the_next_at_the_same_browser_has_not(as_lan, as_hanh):
    read(as_lan, "cases:search", "/tiep-nhan/")
    as_hanh.cookies.update({key: value for key, value in as_lan.cookies.items() if key.startswith("da-doc")})
    assert SAID in words(as_hanh.open("cases:search"))


def test_the_cookie_holds_names_of_pages_alone_and_no_script_reads_it(as_lan, lan, received):
    case = received()
    read(as_lan, "cases:case", reverse("cases:case", args=[case.code]))
    cookie = as_lan.cookies[f"da-doc-{lan.pk}"]
    assert cookie.value == "cases:case" and cookie["httponly"] and cookie["samesite"] == "Lax"


@pytest.mark.parametrize("path", [
    "https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "", " ", "tiep-nhan", "\r\nX: 1", "cases:list",
])  # fmt: skip
def test_nobody_is_led_elsewhere(as_lan, path):
    assert read(as_lan, "cases:search", path).url == reverse("shell:home")


def test_a_page_without_an_explanation_is_not_remembered(as_lan, lan):
    read(as_lan, "no:page", "/")
    assert as_lan.cookies[f"da-doc-{lan.pk}"].value == ""
