"""Signs that look like numbers, numbers without end and signs that no text has, wherever a page reads a number of an address."""

import pytest
from django.urls import reverse

from tests.cast import PLAN

ODD = ["²", "1²", "٣", "9" * 5000, "-1", "1e3", "0x1", "1.0", "\x00", ""]
PAGES = [
    ("documents:register", (), "q"),
    ("documents:register", (), "year"),
    ("documents:register", (), "trang"),
    ("documents:register", (), "agency"),
    ("plan:agency_plan", (PLAN, "labour_department", 2017), "ban"),
    ("plan:progress", (PLAN, "II.3.a", "labour_department"), "thay"),
    ("rules:law", (), "nam"),
    ("cases:list", (), "trang"),
]


@pytest.mark.parametrize("odd", ODD, ids=[repr(odd)[:8] for odd in ODD])
@pytest.mark.parametrize(("page", "of", "name"), PAGES)
def test_a_page_is_answered_or_not_found(demo, as_thu, page, of, name, odd):
    assert as_thu.get(reverse(page, args=of), {name: odd}).status_code in (200, 302, 403, 404)


@pytest.mark.parametrize("odd", ODD, ids=[repr(odd)[:8] for odd in ODD])
def test_a_period_that_is_none_is_not_opened(demo, as_thu, odd):
    for key in (f"nam-{odd}", odd, f"{odd}-2017"):
        assert as_thu.post(reverse("reports:open_by_rule", args=[PLAN]), {"key": key}).status_code in (302, 404, 422)


@pytest.mark.parametrize("odd", ["%00", "%C2%B2", "%F0%9F%98%80"])
def test_an_account_that_is_none_is_not_found(demo, cast, odd):
    assert cast.browser("van").get(f"/tai-khoan/{odd}/").status_code == 404
