"""Every page of the program fits a desk and a telephone, and can be used by those who do not see it or use no mouse."""

import re
from urllib.parse import unquote, urlparse

import pytest
from playwright.sync_api import sync_playwright

from tests import chromium, databases
from tests.cast import TODAY, demo_installation
from tests.expected import EXPECTED, SHOWN, first_who
from tests.factories import World
from tests.journeys.browsing import Browser

WIDTHS = (1366, 360)
# What stands on two lines of what is seen: a number, a date or a code, or "chưa" and "có".
BROKEN = r"""() => {
  const unseen = part => part && (part.offsetWidth === 1 || unseen(part.parentElement));
  const found = [], texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (!node.parentElement.checkVisibility() || unseen(node.parentElement)) continue;
    for (const part of node.data.matchAll(/[0-9][0-9.,\/]*[0-9]|[Cc]hưa\s+có/gu)) {
      const range = document.createRange();
      range.setStart(node, part.index);
      range.setEnd(node, part.index + part[0].length);
      const lines = new Set([...range.getClientRects()].filter(each => each.width > 1).map(each => Math.round(each.top)));
      if (lines.size > 1) found.push(node.parentElement.className + ": " + part[0]);
    }
  }
  return found;
}"""
# Cells of tables that run over the edge of their card: how many pixels.
OVER = r"""() => [...document.querySelectorAll(".card .table :is(td, th)")].filter(cell => cell.checkVisibility())
  .map(cell => Math.round(cell.getBoundingClientRect().right - cell.closest(".card").getBoundingClientRect().right))
  .filter(pixels => pixels > 0)"""


@pytest.fixture(scope="module")
def browsers(django_db_setup, django_db_blocker, tmp_path_factory):
    """The world of the other tests behind a real server; call with a name and a width for that person's browser."""
    folder, open_now = tmp_path_factory.mktemp("world"), {}
    with (
        databases.copy() as copy,
        django_db_blocker.unblock(),
        databases.in_process(copy),
        demo_installation(folder),
    ):
        world = World()
        with (
            databases.web_server(copy, today=TODAY.isoformat(), KEY_FILE=str(folder / "vault.key")) as running,
            sync_playwright() as playwright,
        ):
            engine = playwright.chromium.launch(**chromium.launch_options())

            def browser(name, width):
                if (name, width) not in open_now:
                    open_now[name, width] = one = Browser(engine, running, width=width, scripts=True)
                    if name != "anon":
                        one.open(re.search(r"/vao/\S+/", running.manage("sign_in_link", name))[0])
                        one.press(re.compile("Đăng nhập với tên"))
                return open_now[name, width]

            yield world, browser
            engine.close()


@pytest.mark.browser
@pytest.mark.parametrize("address", SHOWN)
def test_a_page_fits_and_has_no_axe_violation(browsers, address):
    world, browser = browsers
    answers = EXPECTED[address]
    name = "anon" if answers["anon"] == "200" else first_who(answers)
    for width in WIDTHS:
        at, here = world.address(address), browser(name, width)
        here.open(at)
        assert unquote(urlparse(here.page.url).path) == at.partition("?")[0], "led on to another page"
        assert here.page.evaluate(BROKEN) == []
        if address.endswith(("/phieu-giay/", "/giao-ban/")):
            assert len(re.findall(rb"/Type /Page\b", here.page.pdf(format="A4"))) == 1, (
                "the form for paper is one sheet"
            )


@pytest.mark.browser
def test_a_long_list_is_found_by_typing_without_marks_and_chooses_nothing_by_itself(browsers):
    _world, browser = browsers
    here = browser("lan", 1366)
    here.open("/tiep-nhan/moi/")
    box, communes = here.page.get_by_label("Tiếp nhận tại xã, phường: Gõ để tìm"), here.page.locator("#id_area_code")
    box.fill("dinh quan")
    offered = communes.evaluate("list => [...list.options].map(option => option.label)")
    assert "xã Gia Canh" in offered and "xã Sông Trầu" not in offered
    assert communes.evaluate("list => list.selectedIndex") == -1
    box.fill("gia canh dinh")
    assert here.sees("Đã chọn xã Gia Canh.")
    box.press("Enter")
    here.page.keyboard.press("Tab")
    assert communes.evaluate("list => [list.selectedOptions[0].label, list.options.length > 100]") == [
        "xã Gia Canh",
        True,
    ]
    box.fill("xuan loc")
    with here.page.expect_navigation():
        box.press("Control+Enter")
    assert communes.input_value() == "", "of several that were found none was chosen, so none was sent"


@pytest.mark.browser
@pytest.mark.parametrize("width", [1366, 768, 360])
def test_the_table_of_an_agencys_plan_stays_in_its_card(browsers, width):
    _world, browser = browsers
    here = browser("lan", width)
    here.open("/ke-hoach/12089-KH-UBND-2016/don-vi/labour-737/ke-hoach/2016/")
    assert here.page.locator(".table tbody tr").count() == 1 and here.page.evaluate(OVER) == []
